// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/chart_legend.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr int kSwatch = 28, kGap = 6, kBetween = 16, kLine = 3; // pixels; kBetween: columns, kLine: lines

} // namespace

// The value stands at the right of what QCustomPlot draws.
class ChartLegend::Item : public QCPPlottableLegendItem {
public:
    Item(QCPLegend* legend, QCPAbstractPlottable* drawn) : QCPPlottableLegendItem(legend, drawn)
    {
        setLayer(QStringLiteral("overlay")); // on which a value changes without the rest
    }
    QString value;

protected:
    void draw(QCPPainter* painter) override
    {
        QCPPlottableLegendItem::draw(painter); // leaves its font and pen
        painter->drawText(mRect, Qt::AlignRight | Qt::AlignTop, value);
    }
};

ChartLegend::ChartLegend(QCustomPlot& plot) : m_legend(plot.legend)
{
    m_legend->setLayer(QStringLiteral("overlay"));
    m_legend->setBorderPen(Qt::NoPen);
    m_legend->setBrush(Qt::NoBrush);
    m_legend->setMargins({});
    m_legend->setRowSpacing(0);
    m_legend->setColumnSpacing(kBetween);
    m_legend->setIconTextPadding(kGap);
}

void ChartLegend::set(const std::vector<QCPAbstractPlottable*>& drawn, const QStringList& names)
{
    if (!m_legend->visible()) { // the first time: from above the curves to below the axes
        QCPLayoutGrid* rows = m_legend->parentPlot()->plotLayout();
        auto* row = new QCPLayoutGrid;
        rows->addElement(rows->rowCount(), 0, row);
        row->addElement(0, 0, m_legend);
        row->addElement(0, 1, new QCPLayoutElement(m_legend->parentPlot())); // the legend stays as narrow as it is
        m_legend->setVisible(true);
    }
    m_legend->clearItems();
    m_legend->simplify();
    m_items.clear();
    m_names = names;
    for (QCPAbstractPlottable* one : drawn) {
        m_items.push_back(new Item(m_legend, one));
        m_legend->addItem(m_items.back());
    }
}

void ChartLegend::setValues(const QStringList& values, const QString& widest)
{
    m_values = values;
    m_widest = widest;
    for (std::size_t i = 0; i < m_items.size(); ++i) m_items[i]->value = values.value(qsizetype(i));
}

void ChartLegend::setLook(const QFont& font, const QColor& text)
{
    m_legend->setFont(font); // hands both to its items
    m_legend->setTextColor(text);
    m_legend->setIconSize(kSwatch, QFontMetrics(font).height());
}

void ChartLegend::fit(int width)
{
    if (m_items.empty()) return;
    const QFontMetrics font(m_legend->font());
    int widest = 0;
    for (const QString& name : m_names) widest = std::max(widest, font.horizontalAdvance(name) + 2);
    const int value = m_widest.isEmpty() ? 0 : font.horizontalAdvance(m_widest) + kGap;
    const int one = kSwatch + kGap + widest + value, count = int(m_items.size());
    const int most = std::clamp((width + kBetween) / (one + kBetween), 1, count);
    const int lines = (count + most - 1) / most, columns = (count + lines - 1) / lines; // as many in every line
    const int wide = std::min(one, (width + kBetween) / columns - kBetween);
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        m_items[i]->plottable()->setName(
            font.elidedText(m_names[qsizetype(i)], Qt::ElideMiddle, std::max(0, wide - kSwatch - kGap - value)));
        m_items[i]->setMinimumSize(wide, font.height() + kLine);
        m_items[i]->setMaximumSize(wide, font.height() + kLine);
    }
    m_legend->setWrap(columns);
    m_legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
}

QString ChartLegend::tipAt(const QPointF& point) const
{
    for (std::size_t i = 0; i < m_items.size(); ++i)
        if (m_items[i]->outerRect().contains(point.toPoint()))
            return QStringList{m_names[qsizetype(i)], m_values.value(qsizetype(i))}.join(QLatin1Char('\n')).trimmed();
    return {};
}

} // namespace headlens
