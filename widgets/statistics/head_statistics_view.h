// SPDX-License-Identifier: GPL-3.0-or-later
// What every head does on the whole: a table that is sorted and searched, and a dot a head over the depth of the model.
// What is chosen here is chosen everywhere. Window's thread.
#pragma once

#include "widgets/statistics/head_profiles.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

#include <optional>

class QLineEdit;
class QMenu;
class QSplitter;
class QTableView;
class QToolButton;

namespace headlens {

class ElidedLabel;
class HeadScatter;
class HeadTableModel;
class ProfileSource;
class ShownHeadRows;

class HeadStatisticsView : public QWidget {
    Q_OBJECT
public:
    HeadStatisticsView(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    QTableView* table() const { return m_table; }
    HeadScatter* scatter() const { return m_scatter; }
    QLineEdit* search() const { return m_search; }
    ProfileSource* source() const { return m_source; }
    void showPattern(std::optional<int> pattern); // as ShownHeadRows::setPattern()
    // As the ending of the file says: .csv the table as it is shown, .png the scatter.
    void write(const QString& file);
    QSize sizeHint() const override { return {440, 360}; }
    QSize minimumSizeHint() const override { return {240, 160}; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void buildTable();
    void fillPatterns();
    void fillAxis();
    void fillSave();
    void ask(const QString& ending, const QString& filter);
    void choose(const HeadPlace& place);
    void follow(); // the chosen head
    void say();
    void say(const QString& note);

    InspectionModel* m_model;
    HeadChoice* m_heads;
    HeadProfiles* m_profiles;
    ProfileSource* m_source;
    HeadTableModel* m_rows;
    ShownHeadRows* m_shown;
    QLineEdit* m_search;
    QToolButton *m_patterns, *m_axis, *m_save;
    ElidedLabel* m_note;
    QSplitter* m_split;
    QTableView* m_table;
    HeadScatter* m_scatter;
    bool m_isFollowing = false; // the table moves because the choice did
};

} // namespace headlens
