// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/card.h"

#include "widgets/start/score_bars.h"
#include "widgets/start/wrapped_text.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

constexpr int kMargin = 12, kGap = 10, kLine = 3; // pixels; kLine: between texts
constexpr int kUsualWidth = 260;

} // namespace

Card::Card(CardContent content, QWidget* parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover); // painted again when the mouse comes and goes
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setContent(std::move(content));
}

void Card::setContent(CardContent content)
{
    m_content = std::move(content);
    setText(QString(m_content.name).replace(QLatin1Char('&'), QLatin1String("&&"))); // no mnemonic
    setAccessibleName(m_content.name);
    QStringList more;
    for (const QString& words : {m_content.title, m_content.note})
        if (!words.isEmpty()) more << words;
    for (const GalleryScore& score : m_content.scores) more << wordsOf(score);
    setAccessibleDescription(more.join(QStringLiteral(". ")));
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
    int height = 0;
    laidOut(width, height);
    return height + heightOfScores(m_content.scores, font(), width - 2 * kMargin) + kMargin;
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
    int top = 0;
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const Text& text : laidOut(width(), top)) {
        painter.setPen(palette().color(text.role));
        paintText(painter, text.place, text.words, text.font);
    }
    paintScores(painter, QRect(kMargin, top, width() - 2 * kMargin, height() - top), m_content.scores, font(),
                palette());
}

bool Card::event(QEvent* event)
{
    if (event->type() == QEvent::FontChange) updateGeometry();
    return QAbstractButton::event(event);
}

// Space is the button's already; people press Enter as well. The arrows go to the page, which knows the neighbours.
void Card::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: return click();
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down: return event->ignore();
    default: QAbstractButton::keyPressEvent(event);
    }
}

} // namespace headlens
