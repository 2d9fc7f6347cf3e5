// SPDX-License-Identifier: GPL-3.0-or-later
// The pane of studies: which one, its settings, its matrix, the strongest cells, and for rows over a picture their
// patches. What is chosen here is chosen everywhere. Window's thread.
#pragma once

#include "widgets/measures/matrix_words.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QAction;
class QListWidget;
class QMenu;
class QSplitter;
class QTabWidget;

namespace headlens {

class ElidedLabel;
class DisplaySettings;
class HeatMatrix;
class Studies;
class StudyExport;
class ToolRow;

class StudiesView : public QWidget {
    Q_OBJECT
public:
    StudiesView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    Studies* studies() const { return m_studies; }
    HeatMatrix* matrix() const { return m_matrix; }
    HeatMatrix* patches() const { return m_patches; } // of the row under the cursor
    QListWidget* strongest() const { return m_strongest; }
    QMenu* studyMenu() const { return m_which; }
    QMenu* cellMenu() const { return m_cell; } // what can be done at the cell it was opened at
    void showMatrix(int which);                // of the answer's
    // As the ending of the file says: .csv the numbers, .png the matrix.
    void write(const QString& file);
    QString note() const;
    QSize sizeHint() const override { return {440, 360}; }
    QSize minimumSizeHint() const override { return {240, 160}; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void buildBar();
    void fillStudies();
    void fillMatrices();
    void take(); // another answer, or another matrix of it
    void fillStrongest();
    void showPatches(int row);
    void choose(const CellPlace& place);
    void openCellMenu(const CellPlace& place, const QPoint& where);
    void follow(); // what is selected
    void arrange();
    void nameFields();
    void tellState();
    QString stateText(const QString& refusal) const; // of the chosen study; empty: there is none
    void point(const MatrixWords& words, const QPoint& cell);
    void say(const QString& note);
    void retranslate();

    InspectionModel* m_model;
    Selection* m_selection;
    Studies* m_studies;
    ToolRow* m_bar;
    QMenu *m_which, *m_part, *m_cell;
    QAction *m_settings, *m_run;
    int m_whichField = 0, m_partField = 0, m_exportField = 0; // parts of the bar
    ElidedLabel* m_note;
    QSplitter* m_split;
    HeatMatrix *m_matrix, *m_patches;
    StudyExport* m_export;
    QTabWidget* m_side;
    QListWidget* m_strongest;
    int m_shown = 0; // which matrix of the answer
    bool m_isArranged = false;
    bool m_isChoosing = false; // the selection moves because of a cell
};

} // namespace headlens
