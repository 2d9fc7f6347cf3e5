// SPDX-License-Identifier: GPL-3.0-or-later
// What the charts share that QCustomPlot draws: colours, font and words follow the window, a heading above, a legend
// below, tool tips, the frame of the focus. Drawn when it is painted, never while hidden. Window's thread.
#pragma once

#include <QStringList>
#include <QWidget>

#include <memory>

class QCPAxis;
class QCPTextElement;
class QCustomPlot;

namespace headlens {

class ChartLegend;

class Chart : public QWidget {
    Q_OBJECT
public:
    explicit Chart(QWidget* parent = nullptr);
    ~Chart() override;
    QSize sizeHint() const override { return minimumSizeHint().expandedTo({320, 0}); }

protected:
    // Pens and brushes, of the current palette.
    virtual void style() {}
    // Words that are shown and said, in the current language.
    virtual void tell() = 0;
    // Before each drawing: what depends on the room there is.
    virtual void fit();
    // What the mouse points at, in pixels of the plot; empty: nothing.
    virtual QString tipAt(const QPointF&) const { return {}; }

    QCustomPlot& plot() const { return *m_plot; }
    ChartLegend& legend() const { return *m_legend; }
    void setHeading(const QStringList& lines, bool bold = false);
    void setHeights(int pixels, int linesBelow = 0); // of the axes, and how many lines of words stand below them
    static void bare(QCPAxis* axis);                 // only its words are left
    void redraw(bool onlyOverlay = false);           // the layer "overlay" and the legend

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Due : int { Nothing, Overlay, All };
    void drawWhatIsDue();
    void settle();
    void takeLook();

    QCustomPlot* m_plot;
    QCPTextElement* m_heading;
    std::unique_ptr<ChartLegend> m_legend;
    QStringList m_lines; // of the heading
    bool m_bold = false;
    Due m_due = Due::All;
    int m_lowest = 0; // pixels that the plot last asked for
};

} // namespace headlens
