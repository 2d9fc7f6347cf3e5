// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/interventions/answer_bars.h"

#include "widgets/style/tokens.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headlens {

AnswerBars::AnswerBars(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus); // a screen reader reads it
    describe();
}

void AnswerBars::setAnswers(std::vector<AnswerDifference> answers, bool areNumbers)
{
    m_answers = std::move(answers);
    m_areNumbers = areNumbers;
    describe();
    updateGeometry();
    update();
}

// Name and shares in one line, the bar below.
int AnswerBars::lineHeight() const
{
    return fontMetrics().height() + 2 * kGap;
}

QSize AnswerBars::sizeHint() const
{
    return {240, int(m_answers.size()) * lineHeight()};
}

QSize AnswerBars::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

QString AnswerBars::sharesOf(const AnswerDifference& one) const
{
    const auto text = [this](const std::optional<double>& share, double least) {
        if (m_areNumbers) return QString::number(share.value_or(least), 'g', 4);
        return share ? tr("%1 %").arg(100 * *share, 0, 'f', 1) : tr("< %1 %").arg(100 * least, 0, 'f', 1);
    };
    return QStringLiteral("%1 \u2192 %2").arg(text(one.before, one.leastBefore), text(one.after, one.leastAfter));
}

QString AnswerBars::changeOf(const AnswerDifference& one) const
{
    const double difference = m_areNumbers ? one.difference() : 100 * one.difference();
    const QString number = QString::number(std::abs(difference), m_areNumbers ? 'g' : 'f', m_areNumbers ? 3 : 1);
    const QString bound = one.isAtLeast()  ? QStringLiteral("\u2265 ")
                          : one.isAtMost() ? QStringLiteral("\u2264 ")
                                           : QString();
    return bound + (difference < 0 ? QString(QChar(0x2212)) : QStringLiteral("+")) + number;
}

void AnswerBars::describe()
{
    setAccessibleName(tr("Answers before and after"));
    QStringList lines;
    for (const AnswerDifference& one : m_answers)
        lines << QStringLiteral("%1: %2 (%3)").arg(one.name, sharesOf(one), changeOf(one));
    setAccessibleDescription(lines.join(QLatin1String("; ")));
}

void AnswerBars::paintLine(QPainter& painter, const QRectF& line, const AnswerDifference& one, double most) const
{
    const QFontMetrics metrics = painter.fontMetrics();
    const QString shares = sharesOf(one), change = changeOf(one);
    const QRectF words(line.left(), line.top(), line.width(), metrics.height());
    const int room = int(line.width()) - metrics.horizontalAdvance(shares) - kGap;
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(one.name, Qt::ElideRight, room));
    painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, shares);
    const int number = metrics.horizontalAdvance(QStringLiteral("\u2265 +100.0")) + kTight;
    const QRectF track(line.left(), words.bottom() + kTight / 2.0, line.width() - number, kGap);
    const double zero = track.center().x(), length = track.width() / 2 * (most > 0 ? one.certain() / most : 0);
    QColor ground = palette().color(QPalette::Mid);
    ground.setAlphaF(0.35F);
    painter.fillRect(track, ground);
    QColor bar = palette().color(QPalette::Highlight);
    if (length < 0) bar = palette().color(QPalette::PlaceholderText);
    painter.fillRect(QRectF(QPointF(std::min(zero, zero + length), track.top()),
                            QSizeF(std::max(1.0, std::abs(length)), track.height())),
                     bar);
    painter.fillRect(QRectF(zero - 0.5, track.top() - 2, 1, track.height() + 4), palette().color(QPalette::Text));
    painter.drawText(QRectF(track.right(), track.center().y() - metrics.height() / 2.0, number, metrics.height()),
                     Qt::AlignRight | Qt::AlignVCenter, change);
}

void AnswerBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setFont(tabular(font()));
    double most = 0;
    for (const AnswerDifference& one : m_answers) most = std::max(most, std::abs(one.certain()));
    for (std::size_t i = 0; i < m_answers.size(); ++i)
        paintLine(painter, QRectF(1, double(i) * lineHeight(), width() - 2, lineHeight()), m_answers[i], most);
    if (!hasFocus()) return;
    painter.setPen(QPen(palette().color(QPalette::Highlight), kFocusWidth));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

void AnswerBars::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) describe();
    QWidget::changeEvent(event);
}

} // namespace headlens
