// SPDX-License-Identifier: GPL-3.0-or-later
// All layers and heads as small maps of the current query; click chooses, Ctrl-click overlays.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QVariantAnimation>
#include <QWidget>

namespace headlens {

class HeadGrid : public QWidget {
    Q_OBJECT
public:
    HeadGrid(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    QRectF cellRect(int layer, int head) const;
    QSize sizeHint() const override { return {380, 380}; }

Q_SIGNALS:
    void painted(); // after each frame, for benchmarks

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Cell {
        int layer = -1, head = -1;
        bool isValid() const { return layer >= 0; }
    };
    Cell cellAt(const QPointF& point) const;
    int columns() const { return m_columns; } // cells in a line
    int lineOf(int layer) const;              // of the first line of a layer; of one past the last: the number of lines
    // Columns of layers beside each other.
    struct Groups {
        std::vector<int> first; // layer of each
        int lines = 1;          // of the longest
        QSizeF cell{1, 1};
    };
    void arrange();
    void spread();
    Groups groupsOf(int count) const;
    double groupLeft(int layer) const; // pixels, of the group of this layer
    double left() const;               // pixels
    QString labelOf(int layer) const;
    bool isAblated(int layer, int head) const;
    void toggleAblated(int layer, int head);
    void paintCell(QPainter& painter, int layer, int head, const ValueScale& layerScale,
                   const std::vector<bool>& reachable, const std::vector<std::vector<bool>>& sinks) const;
    void updateMinimum();
    void paintVeil(QPainter& painter, int layer, int heads) const;
    void emphasise(); // heads that a lesson does not speak of step back, in a quarter of a second

    InspectionModel* m_model;
    HeadChoice* m_heads;
    Emphasis* m_emphasis;
    DisplaySettings* m_display;
    QVariantAnimation m_veil; // over the others, 0 to 1
    int m_columns = 1;
    Groups m_groups;
    std::vector<int> m_lines{0}; // by layer, asked for by every cell of every frame
};

} // namespace headlens
