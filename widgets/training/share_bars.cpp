// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/share_bars.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kMargin = 6, kChart = 110; // pixels; kChart: height of the bars

QString percent(double share)
{
    return QString::number(100 * share, 'f', 1) + QStringLiteral(" %");
}

} // namespace

ShareBars::ShareBars(TrainingRecordPtr record, int bars, QWidget* parent)
    : QWidget(parent), m_record(std::move(record)), m_bars(std::size_t(bars)), m_highest(1.0 / count())
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(Qt::StrongFocus);
    for (int step = 0; step <= m_record->last(); ++step)
        m_highest = std::max(m_highest, std::ranges::max(sharesAt(this->bars(), step)));
    m_highest *= 1.05;
    setPosition(m_record->last());
}

void ShareBars::setPosition(double position)
{
    const bool newStep = m_shares.empty() || stepAt(position) != stepAt(m_position);
    m_position = position;
    m_shares = sharesAt(bars(), position);
    if (newStep) tell();
    update();
}

QString ShareBars::nameOf(int bar) const
{
    return tr("bar %1 of %2").arg(bar + 1).arg(count());
}

QStringList ShareBars::parts() const
{
    const std::vector<double> shares = sharesAt(bars(), stepAt(m_position));
    const ShareWords words = wordsOf(shares);
    if (words.where < 0) return {tr("all bars are 0")};
    return {tr("entropy %1 bits of at most %2").arg(words.entropy, 0, 'f', 2).arg(words.most, 0, 'f', 2),
            tr("largest share %1 (%2)").arg(percent(words.largest), nameOf(words.where))};
}

QString ShareBars::sentence() const
{
    return parts().join(QStringLiteral(", "));
}

// Counted for the longest numbers, so that the chart stays where it is.
int ShareBars::linesIn(int width) const
{
    const QString most = QString::number(std::log2(std::max(2, count())), 'f', 2);
    const QString longest = tr("entropy %1 bits of at most %2").arg(most, most) + QStringLiteral(", ") +
                            tr("largest share %1 (%2)").arg(percent(1), nameOf(count() - 1));
    return fontMetrics().horizontalAdvance(longest) + 2 * kMargin <= width ? 1 : 2;
}

int ShareBars::heightForWidth(int width) const
{
    const double line = fontMetrics().height();
    return int((1 + linesIn(width)) * line + kChart + line + 3 * kMargin);
}

QRectF ShareBars::chartRect() const
{
    const double line = fontMetrics().height(), top = kMargin + (1 + linesIn(width())) * line + kMargin;
    return {kMargin, top, std::max(1.0, width() - 2 * kMargin), kChart};
}

QRectF ShareBars::barRect(int bar) const
{
    const QRectF chart = chartRect();
    const double wide = chart.width() / count();
    const double tall = chart.height() * std::min(1.0, m_shares[std::size_t(bar)] / m_highest);
    return {chart.left() + bar * wide, chart.bottom() - tall, wide > 3 ? wide - 1 : std::max(wide, 0.5), tall};
}

void ShareBars::paintWords(QPainter& painter) const
{
    const double line = fontMetrics().height();
    QRectF text(kMargin, kMargin, width() - 2 * kMargin, line);
    painter.setPen(palette().color(QPalette::WindowText));
    const auto put = [&](const QString& words) {
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(words, Qt::ElideRight, int(text.width())));
        text.translate(0, line);
    };
    put(QString::fromStdString(bars().name));
    if (linesIn(width()) == 1)
        put(sentence());
    else
        for (const QString& part : parts()) put(part);
}

void ShareBars::paintUniform(QPainter& painter) const
{
    const QRectF chart = chartRect();
    const double y = chart.bottom() - chart.height() / count() / m_highest;
    painter.setPen(QPen(palette().color(QPalette::Text), 1, Qt::DashLine));
    painter.drawLine(QPointF(chart.left(), y), QPointF(chart.right(), y));
    const QString text = tr("all equal: %1").arg(percent(1.0 / count()));
    const double wide = fontMetrics().horizontalAdvance(text) + 6.0, line = fontMetrics().height();
    // Above the line, below it where the chart ends.
    const QRectF label(chart.right() - wide, y - line - 2 >= chart.top() ? y - line - 2 : y + 2, wide, line);
    QColor ground = palette().color(QPalette::Base);
    ground.setAlpha(200);
    painter.fillRect(label, ground);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(label, Qt::AlignCenter, text);
}

void ShareBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintWords(painter);
    const QRectF chart = chartRect();
    painter.fillRect(chart, palette().color(QPalette::Base));
    for (int i = 0; i < count(); ++i) painter.fillRect(barRect(i), QColor(kPositive));
    if (m_chosen >= 0) {
        const QRectF bar = barRect(m_chosen);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Text), 1.5));
        painter.drawRect(QRectF(bar.left(), chart.top(), bar.width(), chart.height()).adjusted(0, 1, 0, 0));
    }
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(chart.bottomLeft(), chart.bottomRight());
    paintUniform(painter);
    painter.setPen(palette().color(QPalette::WindowText));
    const QRectF below(chart.left(), chart.bottom() + 1, chart.width(), fontMetrics().height());
    const QString pointed =
        m_chosen < 0 ? QString()
                     : QStringLiteral("%1: %2").arg(nameOf(m_chosen), percent(m_shares[std::size_t(m_chosen)]));
    painter.drawText(below, Qt::AlignLeft, QStringLiteral("1"));
    painter.drawText(below, Qt::AlignHCenter, pointed);
    painter.drawText(below, Qt::AlignRight, QString::number(count()));
    paintFocus(painter, *this);
}

int ShareBars::barAt(double x) const
{
    const QRectF chart = chartRect();
    return std::clamp(int((x - chart.left()) / chart.width() * count()), 0, count() - 1);
}

void ShareBars::choose(int bar)
{
    m_chosen = bar < 0 ? -1 : std::min(bar, count() - 1);
    tell();
    update();
}

void ShareBars::tell()
{
    setAccessibleName(tr("Distribution over the training: %1").arg(QString::fromStdString(bars().name)));
    const QString pointed =
        m_chosen < 0 ? QString()
                     : QStringLiteral("%1: %2. ").arg(nameOf(m_chosen), percent(m_shares[std::size_t(m_chosen)]));
    setAccessibleDescription(pointed + sentence());
}

void ShareBars::mousePressEvent(QMouseEvent* event)
{
    if (chartRect().contains(event->position())) choose(barAt(event->position().x()));
}

void ShareBars::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left: choose(std::max(0, m_chosen - 1)); break;
    case Qt::Key_Right: choose(m_chosen + 1); break;
    case Qt::Key_Escape: choose(-1); break;
    default: QWidget::keyPressEvent(event);
    }
}

void ShareBars::focusOutEvent(QFocusEvent* event)
{
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason) choose(-1);
    QWidget::focusOutEvent(event);
}

void ShareBars::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) updateGeometry();
    QWidget::changeEvent(event);
}

bool ShareBars::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (!chartRect().contains(help->pos())) {
        QToolTip::hideText();
        return true;
    }
    const int bar = barAt(help->pos().x());
    QToolTip::showText(help->globalPos(),
                       QStringLiteral("%1: %2").arg(nameOf(bar), percent(m_shares[std::size_t(bar)])), this);
    return true;
}

} // namespace headlens
