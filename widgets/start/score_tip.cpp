// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/score_tip.h"

#include "widgets/start/score_bars.h"
#include "widgets/start/wrapped_text.h"

#include <QPainter>
#include <QScreen>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

constexpr int kEdge = 10; // pixels
constexpr int kWide = 44; // letters

} // namespace

ScoreTip::ScoreTip(QString what, QList<GalleryScore> scores, QWidget* parent)
    : QWidget(parent, Qt::ToolTip), m_what(std::move(what)), m_scores(std::move(scores))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAttribute(Qt::WA_ShowWithoutActivating);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    QStringList said{m_what};
    for (const GalleryScore& score : m_scores) said << wordsOf(score);
    setAccessibleName(said.join(QLatin1Char('\n')));
    const int width = kWide * fontMetrics().averageCharWidth();
    const int height = heightOfText(m_what, font(), width) + heightOfScores(m_scores, font(), width);
    resize(width + 2 * kEdge, height + 2 * kEdge);
}

void ScoreTip::showBeside(const QRect& row, const QPoint& mouse)
{
    const QRect all = parentWidget()->screen()->availableGeometry();
    const int below = row.bottom() + 2, above = row.top() - 2 - height();
    const int left = std::max(all.left(), std::min(mouse.x(), all.right() - width()));
    move(left, below + height() <= all.bottom() ? below : above);
    show();
}

void ScoreTip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::Mid));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    const QRect inside = rect().adjusted(kEdge, kEdge, -kEdge, -kEdge);
    painter.setPen(palette().color(QPalette::Text));
    paintText(painter, inside, m_what, font());
    const int taken = heightOfText(m_what, font(), inside.width());
    paintScores(painter, inside.adjusted(0, taken, 0, 0), m_scores, font(), palette());
}

} // namespace headlens
