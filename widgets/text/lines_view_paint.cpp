// SPDX-License-Identifier: GPL-3.0-or-later
// How LinesView looks, and the events that change nothing else.
#include "widgets/text/lines_view.h"

#include "widgets/viewmodel/heat_image.h"

#include <QComboBox>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kSmallestRow = 18, kMargin = 4;
constexpr double kFaded = 0.15;           // lines that are not meant
constexpr double kWeakestLine = 0.04;     // no line that is drawn vanishes
constexpr std::size_t kMostSmooth = 2000; // more lines are drawn without antialiasing, several times as fast
constexpr double kWeakestMeant = 0.3;

} // namespace

int LinesView::rowHeight() const
{
    return std::max(kSmallestRow, fontMetrics().height() + 2);
}

int LinesView::top() const
{
    int below = kMargin;
    if (!m_filter->isHidden()) below += m_filter->sizeHint().height() + kMargin + 2;
    if (!m_text->isHidden()) below += m_text->heightForWidth(std::max(100, width() - 2 * kMargin)) + kMargin + 2;
    return below + rowHeight(); // the line with the names of the columns
}

QRect LinesView::rowRect(bool key, int row) const
{
    const int wide = std::min(side(key).widest + 2 * kMargin, width() * 2 / 5);
    return {key ? width() - wide : 0, top() + row * rowHeight(), wide, rowHeight()};
}

QString LinesView::nameOf(const Side& one, int row, bool full) const
{
    if (&one == &m_queries && m_poolsQueries) return tr("learnt query");
    return full ? one.layout.name(row) : one.layout.shortName(row);
}

QLine LinesView::placeOf(const Line& line) const
{
    const QRect from = rowRect(false, line.query), to = rowRect(true, line.key);
    return {from.right() + kMargin, from.center().y(), to.left() - kMargin, to.center().y()};
}

double LinesView::opacityOf(float weight) const
{
    const bool logarithmic = m_display->get().logarithmic && !m_lines.empty();
    const float shown = logarithmic ? ValueScale{0, m_lines.back().weight, true}.unit(weight) : weight;
    return std::clamp(double(shown), kWeakestLine, 1.0);
}

void LinesView::repaintAll()
{
    m_picture = {};
    update();
}

// The part of all lines that is on the screen: thousands of them are drawn once, not in every frame.
void LinesView::drawAll(const QRect& seen)
{
    const double ratio = devicePixelRatioF();
    m_picture = QPixmap(seen.size() * ratio);
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(Qt::transparent);
    m_pictured = seen;
    QPainter painter(&m_picture);
    painter.setRenderHint(QPainter::Antialiasing, m_lines.size() <= kMostSmooth);
    painter.translate(-seen.topLeft());
    const auto isSeen = [&](int y) { return y >= seen.top() - rowHeight() && y <= seen.bottom() + rowHeight(); };
    for (const Line& line : m_lines) {
        const QLine at = placeOf(line);
        if (!isSeen(at.y1()) && !isSeen(at.y2())) continue; // passes by: nobody sees what it joins
        QColor color = headQColor(line.head);
        color.setAlphaF(float(opacityOf(line.weight)));
        painter.setPen(color);
        painter.drawLine(at);
    }
}

void LinesView::paintLines(QPainter& painter, const QRect& seen)
{
    if (m_picture.isNull() || m_pictured != seen) drawAll(seen);
    const Place focus = focused();
    painter.setOpacity(focus.row < 0 ? 1 : kFaded);
    painter.drawPixmap(seen.topLeft(), m_picture);
    painter.setOpacity(1);
    if (focus.row < 0) return;
    painter.setRenderHint(QPainter::Antialiasing);
    float strongest = 0;
    const auto meant = [&](const Line& line) { return (focus.key ? line.key : line.query) == focus.row; };
    for (const Line& line : m_lines)
        if (meant(line)) strongest = line.weight; // the last one is the strongest
    for (const Line& line : m_lines) {
        if (!meant(line)) continue;
        QColor color = headQColor(line.head);
        color.setAlphaF(float(std::max(kWeakestMeant, double(line.weight / strongest))));
        painter.setPen(QPen(color, 2));
        painter.drawLine(placeOf(line));
        color.setAlphaF(float(opacityOf(line.weight)) * 0.6F); // beneath the name of the token
        painter.fillRect(rowRect(!focus.key, focus.key ? line.query : line.key), color);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void LinesView::paintTokens(QPainter& painter, const QRect& seen) const
{
    const Place focus = focused();
    for (const bool key : {false, true}) {
        const Side& one = side(key);
        const int first = std::max(0, (seen.top() - top()) / rowHeight());
        for (int row = first; row < one.rows && rowRect(key, row).top() <= seen.bottom(); ++row) {
            const QRect at = rowRect(key, row);
            const bool meant = focus == Place{key, row};
            if (meant) painter.fillRect(at, palette().color(QPalette::Highlight));
            painter.setPen(palette().color(meant ? QPalette::HighlightedText : QPalette::Text));
            const QRect room = at.adjusted(kMargin, 0, -kMargin, 0);
            painter.drawText(room, int(Qt::AlignVCenter | (key ? Qt::AlignLeft : Qt::AlignRight)),
                             fontMetrics().elidedText(nameOf(one, row, false), Qt::ElideMiddle, room.width()));
        }
    }
}

// The names of the columns, and which colour is which head.
void LinesView::paintHeader(QPainter& painter) const
{
    const int y = top() - rowHeight(), square = rowHeight() / 2;
    const QString left = tr("Query"), right = tr("Key");
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(QRect(kMargin, y, width() - 2 * kMargin, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter, left);
    painter.drawText(QRect(kMargin, y, width() - 2 * kMargin, rowHeight()), Qt::AlignRight | Qt::AlignVCenter, right);
    const bool fused = m_heads->fusion() != HeadFusion::Single;
    int x = fontMetrics().horizontalAdvance(left) + 4 * kMargin;
    const int end = width() - fontMetrics().horizontalAdvance(right) - 4 * kMargin;
    painter.setPen(palette().color(QPalette::Text));
    for (int i = 0; i < (fused ? 1 : int(m_heads->heads().size())); ++i) {
        const QString name = fused ? tr("all heads") : tr("head %1").arg(m_heads->heads()[i]);
        const int wide = fontMetrics().horizontalAdvance(name);
        if (x + square + kMargin + wide > end) return; // the controls list them all
        painter.fillRect(x, y + (rowHeight() - square) / 2, square, square, headQColor(i));
        painter.drawText(QRect(x + square + kMargin, y, wide + 1, rowHeight()), Qt::AlignVCenter, name);
        x += square + wide + 4 * kMargin;
    }
}

void LinesView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    if (m_queries.rows > 0) {
        // All that is on the screen, even when a part of it is exposed anew; a grab may want more than that.
        const QRect onScreen = visibleRegion().boundingRect();
        const QRect seen = onScreen.contains(event->rect()) ? onScreen : event->rect();
        paintLines(painter, seen);
        paintTokens(painter, event->rect());
        paintHeader(painter);
    }
    Q_EMIT painted();
}

void LinesView::leaveEvent(QEvent* event)
{
    m_under = {};
    m_tokens->leave();
    update();
    QWidget::leaveEvent(event);
}

void LinesView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up: return m_tokens->setToken(m_tokens->query().token - 1);
    case Qt::Key_Down: return m_tokens->setToken(m_tokens->query().token + 1);
    default: QWidget::keyPressEvent(event);
    }
}

void LinesView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void LinesView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    measure();
}

void LinesView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::FontChange) measure();
    if (event->type() == QEvent::PaletteChange) repaintAll();
    QWidget::changeEvent(event);
}

bool LinesView::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const Place place = placeAt(help->pos());
    if (place.row < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), // pieces like "<s>" are no tags
                           QStringLiteral("<qt>%1</qt>")
                               .arg(tr("%1, token %2")
                                        .arg(nameOf(side(place.key), place.row, true), QString::number(place.row))
                                        .toHtmlEscaped()),
                           this);
    return true;
}

} // namespace headlens
