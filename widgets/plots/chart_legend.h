// SPDX-License-Identifier: GPL-3.0-or-later
// The legend of a chart: names beside how they are drawn, each with its value if it has one, in as many columns as the
// width allows. Values change without a new layout. Window's thread.
#pragma once

#include <QPointF>
#include <QStringList>

#include <vector>

class QCPAbstractPlottable;
class QCPLegend;
class QColor;
class QCustomPlot;
class QFont;

namespace headlens {

class ChartLegend {
public:
    explicit ChartLegend(QCustomPlot& plot); // of which it takes the legend; hidden until set()

    void set(const std::vector<QCPAbstractPlottable*>& drawn, const QStringList& names);
    // `widest`: the longest value that will be shown.
    void setValues(const QStringList& values, const QString& widest);
    const QStringList& values() const { return m_values; }
    void setLook(const QFont& font, const QColor& text);
    void fit(int width);
    QString tipAt(const QPointF& point) const; // the whole name and its value

private:
    class Item;
    QCPLegend* m_legend;
    std::vector<Item*> m_items; // owned by the plot
    QStringList m_names, m_values;
    QString m_widest;
};

} // namespace headlens
