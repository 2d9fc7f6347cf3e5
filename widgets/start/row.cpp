// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/row.h"

#include "widgets/palette/fuzzy_match.h"
#include "widgets/start/score_tip.h"
#include "widgets/start/wrapped_text.h"

#include <QFontDatabase>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headlens {
namespace {

constexpr int kEdge = 8, kGap = 12, kPad = 3, kLine = 2; // pixels; kPad: above and below
constexpr int kWide = 56;                                // letters from which name and text stand side by side

QFont fontOf(const RowContent& content, const QFont& usual)
{
    if (!content.isCode) return usual;
    QFont code = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    code.setPointSizeF(usual.pointSizeF());
    return code;
}

} // namespace

bool matches(const QString& text, const QString& words)
{
    const QString letters = folded(text).letters;
    const QStringList all = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::ranges::all_of(all, [&](const QString& word) { return letters.contains(folded(word).letters); });
}

bool matches(const RowContent& content, const QString& words)
{
    const QStringList texts{content.name, content.about, content.whyNot, content.tip, content.alsoFoundBy};
    return matches(texts.join(QLatin1Char('\n')), words);
}

Row::Row(const RowContent& content, QWidget* parent) : TextButton(QSizePolicy::Expanding, parent)
{
    setContent(content);
}

void Row::setContent(const RowContent& content)
{
    m_content = content;
    tell(content.name, {content.about, content.whyNot}, content.scores);
    setToolTip(content.scores.isEmpty() ? content.tip : QString()); // bars come in its place
    setCursor(content.whyNot.isEmpty() ? Qt::PointingHandCursor : Qt::ArrowCursor);
    offerRemoving();
    updateGeometry();
    update();
}

void Row::offerRemoving()
{
    if (!m_content.isRemovable) {
        delete std::exchange(m_remove, nullptr);
        return;
    }
    if (m_remove == nullptr) {
        m_remove = new QToolButton(this);
        m_remove->setAutoRaise(true);
        m_remove->setFocusPolicy(Qt::NoFocus); // its key is Delete
        connect(m_remove, &QToolButton::clicked, this, &Row::removeWanted);
    }
    m_remove->setIcon(headlens::icon(Icon::Close));
    if (m_remove->icon().isNull()) m_remove->setText(QStringLiteral("×"));
    m_remove->setToolTip(tr("Remove from this list (Del)"));
    m_remove->setAccessibleName(tr("Remove %1 from this list").arg(m_content.name));
}

QFont Row::nameFont() const
{
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    return strong;
}

int Row::side() const
{
    return fontMetrics().height() * 3 / 2;
}

int Row::nameWidth() const
{
    constexpr int kSlack = 2; // pixels: a layout of text rounds up, and would break the name at its hyphen
    return int(std::ceil(QFontMetricsF(nameFont()).horizontalAdvance(m_content.name))) + kSlack;
}

void Row::setColumn(int width)
{
    m_column = width;
    update();
}

// All texts in their places, and the height of everything.
QList<Row::Text> Row::laidOut(int width, int& height) const
{
    const int left = kEdge + side() + kGap, taken = m_content.isRemovable ? side() : 0;
    const int room = std::max(1, width - left - kEdge - taken);
    const bool isWide = room >= kWide * fontMetrics().averageCharWidth();
    const bool isGrey = !m_content.whyNot.isEmpty();
    const int column = isWide ? std::min(std::max(m_column, 1), room * 2 / 5) : room;
    const int beside = isWide ? left + column + kGap : left;
    const QFont small = fontOf(m_content, font());
    QList<Text> all{{m_content.name, nameFont(), isGrey ? QPalette::PlaceholderText : QPalette::Text, {}},
                    {m_content.about, small, QPalette::PlaceholderText, {}},
                    {m_content.whyNot, font(), QPalette::PlaceholderText, {}}};
    const int first = kPad + std::max(0, (side() - fontMetrics().height()) / 2);
    int bottom = first, below = first;
    for (Text& text : all) {
        const bool isName = &text == &all.first();
        const int wide = isName ? column : left + room - beside;
        const int high = heightOfText(text.words, text.font, wide);
        text.place = QRect(isName ? left : beside, below, wide, high);
        bottom = std::max(bottom, below + high);
        if ((isName && isWide) || high == 0) continue; // the next one stands beside it
        below += high + kLine;
    }
    height = std::max(bottom + first, side() + 2 * kPad);
    return all;
}

QSize Row::sizeHint() const
{
    constexpr int kUsual = 500;
    return {kUsual, heightForWidth(kUsual)};
}

void Row::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QColor accent = palette().color(QPalette::Highlight);
    QColor ground = accent;
    ground.setAlpha(isDown() ? 60 : 28);
    const bool isUnder = underMouse() || isDown();
    painter.setPen(hasFocus() ? QPen(accent, 2) : QPen(Qt::NoPen));
    painter.setBrush(isUnder ? QBrush(ground) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    const QRect square(kEdge, kPad, side(), side());
    constexpr double kGrey = 0.4;
    painter.setOpacity(m_content.whyNot.isEmpty() ? 1 : kGrey);
    if (m_content.picture.isNull()) {
        const int inset = side() / 6;
        headlens::icon(m_content.icon).paint(&painter, square.adjusted(inset, inset, -inset, -inset));
    } else {
        const QSize fits = m_content.picture.size().scaled(square.size(), Qt::KeepAspectRatio);
        QRect place({}, fits);
        place.moveCenter(square.center());
        painter.drawImage(place, m_content.picture);
    }
    painter.setOpacity(1);
    paintTexts(painter);
}

void Row::showScores(const QPoint& at)
{
    if (m_scores.isNull()) m_scores = new ScoreTip(m_content.tip, m_content.scores, this);
    static_cast<ScoreTip*>(m_scores.data())->showBeside(QRect(mapToGlobal(QPoint()), size()), at);
}

bool Row::event(QEvent* event)
{
    const bool isAsked = event->type() == QEvent::ToolTip && !m_content.scores.isEmpty();
    if (isAsked) {
        showScores(static_cast<const QHelpEvent*>(event)->globalPos());
        return true;
    }
    const bool goes = event->type() == QEvent::Leave || event->type() == QEvent::MouseButtonPress ||
                      event->type() == QEvent::Wheel || event->type() == QEvent::Hide;
    if (goes && !m_scores.isNull()) m_scores->close();
    return TextButton::event(event);
}

void Row::resizeEvent(QResizeEvent* event)
{
    if (m_remove != nullptr) m_remove->setGeometry(width() - kEdge / 2 - side(), kPad, side(), side());
    TextButton::resizeEvent(event);
}

void Row::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Delete) return TextButton::keyPressEvent(event);
    m_remove != nullptr ? Q_EMIT removeWanted() : event->ignore();
}

} // namespace headlens
