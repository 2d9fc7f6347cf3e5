// SPDX-License-Identifier: GPL-3.0-or-later
// Queries on the left, keys on the right, a line for every weight that counts: for texts, inside a QScrollArea.
#pragma once

#include "widgets/text/lines_scene.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QPixmap>
#include <QWidget>

class QComboBox;
class QLabel;

namespace headlens {

struct LinesPicture;

class LinesView : public QWidget {
    Q_OBJECT
public:
    LinesView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    const std::vector<Line>& lines() const { return m_lines; }
    QRect rowRect(bool key, int row) const; // where a token stands
    QSize sizeHint() const override { return {360, minimumHeight()}; }

Q_SIGNALS:
    void painted(); // after each frame, for benchmarks

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void retranslate();
    void arrange();
    void measure();
    void ask();
    void take(int index, const verbs::TileMeans& tile);
    void rebuild();
    void repaintAll(); // the picture of the lines as well
    LinesSide sideOf(int stream, int tokens, bool key) const;
    QString limits(const verbs::BlockGrid& block, bool& none) const;
    verbs::Tile wanted(int index) const;
    bool passes(int query, int key) const; // the filter of pairs, and of sinks
    const LinesSide& side(bool key) const { return key ? m_keys : m_queries; }
    LinesPlace focused() const; // under the mouse, else what is pinned
    LinesScene scene() const;
    int above() const;
    QStringList headNames() const;
    void showQuery();
    void drawAll(const LinesScene& now, const LinesPicture& picture, const QRect& seen);
    void paintColumns(QPainter& painter, const QRect& exposed);

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    DisplaySettings* m_display;
    QComboBox* m_filter; // All, A→A, A→B, B→A, B→B
    QLabel* m_text;      // what the view cannot show
    LinesSide m_queries, m_keys;
    std::vector<verbs::TileMeans> m_maps; // one a head
    std::vector<Line> m_lines;
    QPixmap m_picture; // all lines in m_pictured
    QRect m_pictured;
    LinesPlace m_under; // the mouse
    bool m_poolsQueries = false, m_withoutSinks = false;
};

} // namespace headlens
