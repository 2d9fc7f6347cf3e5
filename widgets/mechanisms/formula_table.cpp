// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/formula_table.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <QEvent>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

constexpr int kMostRows = 8; // so many keys, or one less and the others
constexpr double kMargin = 4;
constexpr double kQueryBars = 34; // height

} // namespace

FormulaTable::FormulaTable(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
}

QSize FormulaTable::minimumSizeHint() const
{
    return {280, int((1.4 * (kMostRows + 2) + 3) * lineHeight() + kQueryBars) + 12}; // of the last step
}

void FormulaTable::setFormula(const Formula& formula, std::function<QString(int)> nameOf)
{
    m_content.formula = formula;
    m_content.keyName = std::move(nameOf);
    update();
}

void FormulaTable::setStep(FormulaStep step)
{
    m_content.step = step;
    update();
}

double FormulaTable::nameWidth() const
{
    double widest = fontMetrics().horizontalAdvance(tr("sum"));
    for (const FormulaRow& row : m_content.formula.rows)
        widest = std::max(widest, double(fontMetrics().horizontalAdvance(m_content.nameOf(row))));
    return std::min(widest + 8, std::max(70.0, width() * (m_content.columns().size() > 3 ? 0.27 : 0.4)));
}

void FormulaTable::paintFormula(QPainter& painter, const QRectF& area) const
{
    QFont large = font();
    large.setPointSizeF(font().pointSizeF() * 1.25);
    double width = 0, x = area.left() + 2;
    for (const FormulaContent::Piece& piece : m_content.pieces())
        width += QFontMetricsF(large).horizontalAdvance(piece.text);
    if (width > area.width() - 8) large.setPointSizeF(large.pointSizeF() * (area.width() - 8) / width);
    for (const FormulaContent::Piece& piece : m_content.pieces()) {
        const bool now = piece.step == m_content.step;
        QFont own = large;
        own.setBold(now);
        const QRectF place(x, area.top(), QFontMetricsF(own).horizontalAdvance(piece.text), area.height());
        if (now) {
            painter.fillRect(place.adjusted(0, 2, 0, -2), palette().color(QPalette::Highlight));
            painter.setPen(palette().color(QPalette::HighlightedText));
        } else {
            painter.setPen(palette().color(QPalette::WindowText));
        }
        painter.setFont(own);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, piece.text);
        x = place.right();
    }
    painter.setFont(font());
}

void FormulaTable::paintQuery(QPainter& painter, const QRectF& area) const
{
    const float highest = highestOf(m_content.formula.said.queryVector);
    const bool now = m_content.step == FormulaStep::Query;
    QFont bold = font();
    bold.setBold(now);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::WindowText));
    const QRectF title(area.left(), area.top(), area.width(), lineHeight());
    const bool signs = m_content.formula.said.rule == "softmax"; // φ makes all of them positive
    const QString size = QString::number(m_content.formula.said.queryVector.size()),
                  most = shortNumber(double(highest));
    painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter,
                     signs ? tr("q: %1 numbers, up to ±%2").arg(size, most)
                           : tr("φ(q): %1 numbers, up to %2").arg(size, most));
    painter.setFont(font());
    const QRectF bars(area.left(), title.bottom(), area.width(), kQueryBars);
    paintBars(painter, bars, m_content.formula.said.queryVector, highest, palette());
    if (!now) return;
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(bars);
}

// Left and right end of every column; those of shares and weights have more digits.
std::vector<QRectF> FormulaTable::columnRects(const QRectF& area) const
{
    const std::vector<FormulaContent::Column> shown = m_content.columns();
    const auto sizeOf = [](FormulaStep step) { return int(step) >= int(FormulaStep::Softmax) ? 1.3 : 1.0; };
    double all = 0, left = area.left() + nameWidth();
    for (const FormulaContent::Column& column : shown) all += sizeOf(column.step);
    const double unit = (area.right() - left) / std::max(3.0, all); // a few columns do not fill the whole width
    std::vector<QRectF> rects;
    for (const FormulaContent::Column& column : shown) {
        rects.emplace_back(left, area.top(), unit * sizeOf(column.step), lineHeight());
        left = rects.back().right();
    }
    return rects;
}

void FormulaTable::paintColumn(QPainter& painter, const FormulaContent::Column& column, const QRectF& top,
                               FormulaStep shows) const
{
    const std::size_t rows = m_content.formula.rows.size();
    const double line = lineHeight();
    const bool now = column.step == m_content.step, light = palette().color(QPalette::Base).lightness() > 127;
    if (now)
        painter.fillRect(QRectF(top.topLeft(), QSizeF(top.width(), (double(rows) + 2) * line)),
                         palette().color(QPalette::Highlight).lighter(light ? 175 : 55));
    painter.setPen(palette().color(QPalette::WindowText));
    const auto text = [&](double row, const QString& words) {
        painter.drawText(top.translated(0, row * line).adjusted(0, 0, -4, 0), Qt::AlignRight | Qt::AlignVCenter, words);
    };
    QFont bold = font();
    bold.setBold(now);
    painter.setFont(bold);
    text(0, column.title);
    painter.setFont(font());
    for (std::size_t r = 0; r < rows; ++r) text(double(r) + 1, m_content.cell(m_content.formula.rows[r], shows));
    text(double(rows) + 1, m_content.totalOf(shows));
}

void FormulaTable::paintNumbers(QPainter& painter, const QRectF& area) const
{
    const std::vector<FormulaContent::Column> shown = m_content.columns();
    const std::vector<QRectF> tops = columnRects(area);
    const double line = lineHeight(), names = nameWidth();
    for (std::size_t c = 0; c < shown.size(); ++c) {
        const bool second = c > 0 && shown[c].step == shown[c - 1].step; // the weights of the softmax
        paintColumn(painter, shown[c], tops[c], second ? FormulaStep::Sum : shown[c].step);
    }
    painter.setPen(palette().color(QPalette::WindowText));
    const double rows = double(m_content.formula.rows.size());
    const auto name = [&](double row, const QString& words) {
        painter.drawText(QRectF(area.left(), area.top() + row * line, names, line), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(words, Qt::ElideRight, int(names) - 3));
    };
    name(0, tr("key"));
    for (std::size_t r = 0; r < m_content.formula.rows.size(); ++r)
        name(double(r) + 1, m_content.nameOf(m_content.formula.rows[r]));
    if (shown.empty() || m_content.totalOf(shown.back().step).isEmpty()) return;
    name(rows + 1, tr("sum"));
    painter.setPen(palette().color(QPalette::Mid));
    const double y = area.top() + (rows + 1) * line;
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
}

// A line a key: its weight, and its value times the weight as bars; they add up to the bars of the last line.
void FormulaTable::paintSum(QPainter& painter, const QRectF& area) const
{
    const double line = 1.4 * lineHeight(), names = nameWidth();
    const double weights = fontMetrics().horizontalAdvance(QStringLiteral("-0.0000")) + 6;
    const QRectF bars(area.left() + names + weights + 6, area.top(), area.width() - names - weights - 6, line);
    float highest = highestOf(m_content.formula.output);
    for (const FormulaRow& one : m_content.formula.rows) highest = std::max(highest, highestOf(one.contribution));
    const auto row = [&](double at, const QString& name, const QString& weight, const std::vector<float>& values,
                         double share) {
        const QRectF place(area.left(), area.top() + at * line, names, line);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(name, Qt::ElideRight, int(names - 4)));
        painter.drawText(QRectF(place.right(), place.top(), weights, line), Qt::AlignRight | Qt::AlignVCenter, weight);
        const QRectF own = bars.translated(0, at * line).adjusted(0, 1, 0, -1);
        if (!values.empty()) return paintBars(painter, own, values, highest, palette());
        painter.fillRect(own, palette().color(QPalette::Base)); // values were not kept: the weight alone
        painter.fillRect(QRectF(own.topLeft(), QSizeF(own.width() * std::clamp(share, 0.0, 1.0), own.height())),
                         QColor(kPositive));
    };
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(bars, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(m_content.formula.output.empty() ? tr("weight") : tr("weight × value v"),
                                              Qt::ElideRight, int(bars.width())));
    double at = 1;
    for (const FormulaRow& one : m_content.formula.rows)
        row(at++, m_content.nameOf(one), one.weightText, one.contribution, one.weight);
    row(at, tr("sum"), m_content.formula.weightSumText, m_content.formula.output, 1);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(bars.translated(0, at * line).adjusted(0, 1, -1, -1));
}

void FormulaTable::paintEvent(QPaintEvent*)
{
    if (m_content.formula.isEmpty()) return;
    QPainter painter(this);
    const double line = lineHeight(), wide = width() - 2 * kMargin;
    paintFormula(painter, {kMargin, 0, wide, 1.7 * line});
    paintQuery(painter, {kMargin, 1.7 * line, wide, line + kQueryBars});
    const QRectF rest(kMargin, 2.7 * line + kQueryBars + 6, wide, height() - 2.7 * line - kQueryBars - 6);
    if (m_content.step == FormulaStep::Sum)
        paintSum(painter, rest);
    else if (m_content.step != FormulaStep::Query)
        paintNumbers(painter, rest);
}

void FormulaTable::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) update();
    QWidget::changeEvent(event);
}

} // namespace headlens
