// SPDX-License-Identifier: GPL-3.0-or-later
// The pane of the sheet: its bar, the tiles, and what the model does not allow, with the reasons. Window's thread.
#pragma once

#include <QWidget>

class QLabel;
class QScrollArea;

namespace headlens {

class DisplaySettings;
class InspectionModel;
class MethodSheet;
class Selection;
class SheetBar;
class SheetGrid;

class SheetView : public QWidget {
    Q_OBJECT
public:
    SheetView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    SheetGrid* grid() const { return m_grid; }
    SheetBar* bar() const { return m_bar; }
    QSize sizeHint() const override { return {480, 420}; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void exportFigure();
    void exportNumbers();
    void tellUnwritten(const QString& path);

    InspectionModel* m_model;
    MethodSheet* m_sheet;
    DisplaySettings* m_display;
    SheetBar* m_bar;
    QScrollArea* m_scroll;
    SheetGrid* m_grid;
    QLabel* m_refused;
};

} // namespace headlens
