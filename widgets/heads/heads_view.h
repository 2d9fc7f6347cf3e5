// SPDX-License-Identifier: GPL-3.0-or-later
// The pane of the heads: its bar, the grid, which scrolls where it must, and the magnifier over it.
#pragma once

#include <QWidget>

class QScrollArea;

namespace headlens {

class DisplaySettings;
class HeadGrid;
class HeadMagnifier;
class HeadOrder;
class HeadsBar;
class InspectionModel;
class Selection;

class HeadsView : public QWidget {
    Q_OBJECT
public:
    HeadsView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);
    ~HeadsView() override;

    HeadGrid* grid() const { return m_grid; }
    HeadOrder* order() const;
    HeadsBar* bar() const { return m_bar; }
    HeadMagnifier* magnifier() const { return m_magnifier; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void magnify();

    HeadGrid* m_grid;
    QScrollArea* m_scroll;
    HeadMagnifier* m_magnifier;
    HeadsBar* m_bar;
};

} // namespace headlens
