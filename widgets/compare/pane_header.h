// SPDX-License-Identifier: GPL-3.0-or-later
// The fields above a pane: its model, input, map and changes, each as the window shows or its own; its difference; and
// what takes it away. Window's thread.
#pragma once

#include "widgets/compare/checkpoint_series.h"
#include "widgets/compare/pane_sources.h"
#include "widgets/compare/pane_wish.h"

#include <QWidget>

#include <functional>

class QToolButton;

namespace headlens {

class FieldButton;
class PaneModel;

class PaneHeader : public QWidget {
    Q_OBJECT
public:
    PaneHeader(PaneModel* pane, const PaneSources* sources, QWidget* parent = nullptr);

    FieldButton* modelField() const { return m_model; }
    FieldButton* inputField() const { return m_input; }
    FieldButton* mapField() const { return m_map; }
    FieldButton* changesField() const { return m_changes; }
    QToolButton* difference() const { return m_difference; }
    QToolButton* removal() const { return m_remove; }
    void follow(); // what is shown has changed
    // Why there is no difference; empty: there is one.
    void setRefusal(const QString& why);

Q_SIGNALS:
    void removeWanted();
    void checkpointsWanted();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    using Change = std::function<void(PaneWish&)>;
    void addMenu(FieldButton* field, void (PaneHeader::*fill)(QMenu*));
    void fillModels(QMenu* menu);
    void fillInputs(QMenu* menu);
    void fillMaps(QMenu* menu);
    void fillChanges(QMenu* menu);
    QAction* addLine(QMenu* menu, const QString& text, bool isOn, const Change& change);
    void choose(const Change& change);
    void retranslate();
    void nameDifference();

    PaneModel* m_pane;
    const PaneSources* m_sources;
    FieldButton *m_model, *m_input, *m_map, *m_changes;
    QToolButton *m_difference, *m_remove;
};

} // namespace headlens
