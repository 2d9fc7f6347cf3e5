// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/token_ticks.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr int kLongest = 10; // characters: of a label, not of a word
constexpr int kShare = 4;    // of the plot, that the labels of one axis may take at most

// The margins of the last layout, as fitTicks() takes them.
QSize roomOf(const QCustomPlot& plot, const QCPAxisRect& area)
{
    const QMargins around = area.margins();
    return {plot.width() - around.left() - around.right(), plot.height() - around.top() - around.bottom()};
}

bool wordsFit(const QCPAxis& axis, const QStringList& words)
{
    const QCustomPlot& plot = *axis.parentPlot();
    const bool isFlat = axis.orientation() == Qt::Horizontal;
    const QSize room = roomOf(plot, *axis.axisRect());
    const QFontMetrics metrics(plot.font());
    const double each = (isFlat ? room.width() : room.height()) / std::max(1e-9, axis.range().size());
    const int across = isFlat ? plot.height() : plot.width();
    return !words.isEmpty() && each >= 0.85 * metrics.height() && // without the gap between lines
           metrics.averageCharWidth() * kLongest * kShare <= across;
}

} // namespace

void labelTokens(QCPAxis& axis, const QStringList& words)
{
    const bool fits = wordsFit(axis, words), isFlat = axis.orientation() == Qt::Horizontal;
    axis.setTickLabelRotation(fits && isFlat ? -90 : 0); // one beside the other
    axis.setSubTicks(!fits);
    if (fits) {
        QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
        const auto first = qsizetype(std::max(0.0, std::ceil(axis.range().lower)));
        const auto last = std::min(words.size() - 1, qsizetype(axis.range().upper));
        for (qsizetype i = first; i <= last; ++i)
            ticker->addTick(double(i),
                            words[i].size() > kLongest ? words[i].left(kLongest - 1) + QStringLiteral("…") : words[i]);
        return axis.setTicker(ticker);
    }
    QSharedPointer<QCPAxisTickerFixed> ticker(new QCPAxisTickerFixed); // tokens are whole
    ticker->setTickStep(1);
    ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    axis.setTicker(ticker);
}

} // namespace headlens
