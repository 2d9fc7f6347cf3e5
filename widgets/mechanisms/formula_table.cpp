// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/formula_table.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <QEvent>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

constexpr int kMostRows = 8; // so many keys, or one less and the others

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
    m_formula = formula;
    m_nameOf = std::move(nameOf);
    update();
}

void FormulaTable::setStep(FormulaStep step)
{
    m_step = step;
    update();
}

QString FormulaTable::nameOf(const FormulaRow& row) const
{
    return row.key < 0 ? tr("%1 others").arg(row.count) : m_nameOf ? m_nameOf(row.key) : QString();
}

std::vector<FormulaTable::Piece> FormulaTable::pieces() const
{
    using enum FormulaStep;
    const QChar phi(0x03C6), dot(0x00B7), root(0x221A), sum(0x03A3);
    if (m_formula.said.rule != "softmax")
        return {{Sum, QString(sum) + QLatin1String(" v ") + dot + QLatin1Char(' ')},
                {Query, QString(phi) + QLatin1String("(q)")},
                {Dot, QString(dot) + phi + QLatin1String("(k)")},
                {Divide, QLatin1String(" / ") + sum + QLatin1Char(' ') + phi + QLatin1String("(q)") + dot + phi +
                             QLatin1String("(k)")}};
    return {{Sum, QString(sum) + QLatin1String(" v ") + dot + QLatin1Char(' ')},
            {Softmax, QStringLiteral("softmax( ")},
            {Query, QStringLiteral("q")},
            {Dot, QString(dot) + QLatin1Char('k')},
            {Scale, QLatin1String(" / ") + root + QLatin1Char('d')},
            {Mask, QStringLiteral(" + b + m")},
            {Softmax, QStringLiteral(" )")}};
}

std::vector<FormulaTable::Column> FormulaTable::columns() const
{
    using enum FormulaStep;
    const bool exponential = m_formula.said.rule == "softmax";
    const std::vector<Column> all =
        exponential ? std::vector<Column>{{Dot, QStringLiteral("q·k")},
                                          {Scale, QStringLiteral("/√d")},
                                          {Mask, QStringLiteral("+b+m")},
                                          {Softmax, QStringLiteral("exp")},
                                          {Softmax, tr("weight")}}
                    : std::vector<Column>{{Dot, QStringLiteral("φ(q)·φ(k)")}, {Divide, tr("weight")}};
    std::vector<Column> done;
    for (const Column& column : all)
        if (int(column.step) <= int(m_step)) done.push_back(column);
    return done;
}

// The second column of a softmax are its weights; so is that of a division.
QString FormulaTable::cell(const FormulaRow& row, FormulaStep step) const
{
    const bool sums = row.key < 0;
    switch (step) {
    case FormulaStep::Dot:
        if (m_formula.said.rule != "softmax") return row.shareText;
        return sums ? QStringLiteral("…") : fixedNumber(row.dot, 2);
    case FormulaStep::Scale: return sums ? QStringLiteral("…") : fixedNumber(row.scaled, 2);
    case FormulaStep::Mask: return sums ? QStringLiteral("…") : fixedNumber(row.scaled + row.added, 2);
    case FormulaStep::Softmax: return row.shareText;
    default: return row.weightText;
    }
}

QString FormulaTable::totalOf(FormulaStep step) const
{
    switch (step) {
    case FormulaStep::Softmax: return m_formula.sumText;
    case FormulaStep::Dot: return m_formula.said.rule == "softmax" ? QString() : m_formula.sumText;
    case FormulaStep::Divide:
    case FormulaStep::Sum: return m_formula.weightSumText;
    default: return {};
    }
}

QStringList FormulaTable::lines() const
{
    QStringList all;
    for (const FormulaRow& row : m_formula.rows) {
        QStringList line{nameOf(row)};
        FormulaStep before = FormulaStep::Query;
        for (const Column& column : columns()) {
            line << column.title + QLatin1Char(' ') + cell(row, column.step == before ? FormulaStep::Sum : column.step);
            before = column.step;
        }
        all << line.join(QLatin1String(", "));
    }
    return all;
}

double FormulaTable::nameWidth() const
{
    double widest = fontMetrics().horizontalAdvance(tr("sum"));
    for (const FormulaRow& row : m_formula.rows)
        widest = std::max(widest, double(fontMetrics().horizontalAdvance(nameOf(row))));
    return std::min(widest + 8, std::max(70.0, width() * (columns().size() > 3 ? 0.27 : 0.4)));
}

void FormulaTable::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) update();
    QWidget::changeEvent(event);
}

} // namespace headlens
