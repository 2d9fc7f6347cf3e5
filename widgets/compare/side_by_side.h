// SPDX-License-Identifier: GPL-3.0-or-later
// Panes beside the main picture, linked to it by query, layer, head and zoom: another model, another input, another
// map, what was before a change, checkpoints of a training. There is always one, empty until something is chosen.
// Window's thread.
#pragma once

#include "widgets/compare/compare_pane.h"

#include <QWidget>

class QGridLayout;
class QToolButton;

namespace headlens {

class ElidedLabel;

// In how many columns so many panes have the largest pictures.
int columnsFor(int panes, const QSize& room);

class SideBySide : public QWidget {
    Q_OBJECT
public:
    SideBySide(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    void setMainCanvas(Canvas* main); // whose map is compared with, and whose zoom is shared
    void setSources(const PaneSources& sources) { m_sources = sources; }
    const QList<ComparePane*>& panes() const { return m_panes; }
    QToolButton* addButton() const { return m_add; }
    ComparePane* add(const PaneWish& wish = {}); // null: there are kMostPanes
    void remove(ComparePane* pane);
    // What sessions keep. What was put there opens when it is seen.
    QList<PaneWish> wishes() const;
    void setWishes(const QList<PaneWish>& wishes);

Q_SIGNALS:
    void wishesChanged();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void arrange();
    void shareZoom(const Canvas* from);
    void retranslate();
    void setAwake(bool awake);

    LinkedSelection::End m_window;
    DisplaySettings* m_display;
    PaneSources m_sources;
    ElidedLabel* m_title;
    QToolButton* m_add;
    QGridLayout* m_grid = nullptr;
    QList<ComparePane*> m_panes;
    QPointer<Canvas> m_main;
    int m_columns = 0;
};

} // namespace headlens
