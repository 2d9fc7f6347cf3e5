// SPDX-License-Identifier: GPL-3.0-or-later
// The tiles of the sheet: a click opens a method on the canvas, dragging (or Alt and an arrow) moves it, arrows walk.
// Window's thread.
#pragma once

#include "widgets/explain/sheet_layout.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QPixmap>
#include <QWidget>

namespace headlens {

class DisplaySettings;
class MethodSheet;
struct SheetTile;

class SheetGrid : public QWidget {
    Q_OBJECT
public:
    SheetGrid(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);
    QSize minimumSizeHint() const override;

    const SheetLayout& tileLayout() const { return m_layout; }
    QString methodAt(int place) const; // in the order of the sheet; empty: none
    int current() const { return m_current; }
    void open(int place); // on the canvas; a dear one is computed, one that is under way stopped

Q_SIGNALS:
    void reached(const QRect& tile); // by the keyboard

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    const SheetTile& tileOf(const SheetLayout::Cell& cell) const;
    int stepOf(int key) const;
    void goTo(int to, bool moves);
    bool letGo();
    void arrange();
    void follow();
    void describe();
    void setCurrent(int place);
    void move(int from, int to);
    int methods() const;
    int sides() const;
    QString headingOf(const QString& method, int side) const;
    const QPixmap& photograph(const QSizeF& size);

    InspectionModel* m_model;
    MethodSheet* m_sheet;
    Selection* m_selection;
    DisplaySettings* m_display;
    SheetLayout m_layout;
    QImage m_seen;        // the part of the photograph that the model saw
    QPixmap m_photograph; // the same in the size of the tiles
    int m_current = 0;
    int m_pressed = -1, m_drop = -1; // places; -1: none
    QPointF m_from;                  // where the mouse was pressed
};

} // namespace headlens
