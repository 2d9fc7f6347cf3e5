// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/card.h"

#include "widgets/start/score_bars.h"
#include "widgets/start/wrapped_text.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

constexpr int kMargin = 12, kGap = 10, kLine = 3; // pixels; kLine: between texts
constexpr int kUsualWidth = 260;

} // namespace

Card::Card(CardContent content, QWidget* parent) : TextButton(QSizePolicy::Preferred, parent)
{
    setContent(std::move(content));
}

void Card::setContent(CardContent content)
{
    m_content = std::move(content);
    tell(m_content.name, {m_content.title, m_content.note}, m_content.scores);
    setCursor(Qt::PointingHandCursor);
    updateGeometry();
    update();
}

int Card::iconSide() const
{
    return fontMetrics().height() * (m_content.isLarge ? 9 : 5) / 2;
}

QList<Card::Text> Card::laidOut(int width, int& height) const
{
    QFont name = font(), small = font();
    name.setBold(true);
    if (m_content.isLarge) name.setPointSizeF(name.pointSizeF() * 1.15);
    QList<Text> all{{m_content.name, name, QPalette::Text, {}},
                    {m_content.title, small, QPalette::Text, {}},
                    {m_content.note, small, QPalette::PlaceholderText, {}}};
    const int left = kMargin + iconSide() + kGap, room = std::max(1, width - left - kMargin);
    int top = kMargin;
    for (Text& text : all) {
        if (text.words.isEmpty()) continue;
        const int high = heightOfText(text.words, text.font, room);
        text.place = QRect(left, top, room, high);
        top += high + kLine;
    }
    height = std::max(top, kMargin + iconSide());
    return all;
}

int Card::heightForWidth(int width) const
{
    return TextButton::heightForWidth(width) + heightOfScores(m_content.scores, font(), width - 2 * kMargin) + kMargin;
}

QSize Card::sizeHint() const
{
    return {kUsualWidth, heightForWidth(kUsualWidth)};
}

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QColor edge = palette().color(QPalette::Text);
    edge.setAlpha(60);
    const bool isChosen = hasFocus() || underMouse();
    painter.setPen(isChosen ? QPen(palette().color(QPalette::Highlight), hasFocus() ? 3 : 1.5) : QPen(edge, 1));
    painter.setBrush(palette().color(isDown() ? QPalette::AlternateBase : QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6);
    const QRect icon(kMargin, kMargin, iconSide(), iconSide());
    if (m_content.picture.isNull())
        paintIcon(painter, icon, m_content.icon, palette());
    else
        painter.drawImage(icon, m_content.picture);
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintTexts(painter);
    const int top = TextButton::heightForWidth(width());
    paintScores(painter, QRect(kMargin, top, width() - 2 * kMargin, height() - top), m_content.scores, font(),
                palette());
}

} // namespace headlens
