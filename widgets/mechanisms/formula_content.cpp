// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/formula_content.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <QCoreApplication>

namespace headlens {
namespace {

struct FormulaText { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::FormulaContent)
};

} // namespace

QString FormulaContent::nameOf(const FormulaRow& row) const
{
    return row.key < 0 ? FormulaText::tr("%1 others").arg(row.count) : keyName ? keyName(row.key) : QString();
}

std::vector<FormulaContent::Piece> FormulaContent::pieces() const
{
    using enum FormulaStep;
    const QChar phi(0x03C6), dot(0x00B7), root(0x221A), sum(0x03A3);
    if (formula.said.rule != "softmax")
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

std::vector<FormulaContent::Column> FormulaContent::columns() const
{
    using enum FormulaStep;
    const bool exponential = formula.said.rule == "softmax";
    const std::vector<Column> all =
        exponential ? std::vector<Column>{{Dot, QStringLiteral("q·k")},
                                          {Scale, QStringLiteral("/√d")},
                                          {Mask, QStringLiteral("+b+m")},
                                          {Softmax, QStringLiteral("exp")},
                                          {Softmax, FormulaText::tr("weight")}}
                    : std::vector<Column>{{Dot, QStringLiteral("φ(q)·φ(k)")}, {Divide, FormulaText::tr("weight")}};
    std::vector<Column> done;
    for (const Column& column : all)
        if (int(column.step) <= int(step)) done.push_back(column);
    return done;
}

// The second column of a softmax are its weights; so is that of a division.
QString FormulaContent::cell(const FormulaRow& row, FormulaStep of) const
{
    const bool sums = row.key < 0;
    switch (of) {
    case FormulaStep::Dot:
        if (formula.said.rule != "softmax") return row.shareText;
        return sums ? QStringLiteral("…") : fixedNumber(row.dot, 2);
    case FormulaStep::Scale: return sums ? QStringLiteral("…") : fixedNumber(row.scaled, 2);
    case FormulaStep::Mask: return sums ? QStringLiteral("…") : fixedNumber(row.scaled + row.added, 2);
    case FormulaStep::Softmax: return row.shareText;
    default: return row.weightText;
    }
}

QString FormulaContent::totalOf(FormulaStep of) const
{
    switch (of) {
    case FormulaStep::Softmax: return formula.sumText;
    case FormulaStep::Dot: return formula.said.rule == "softmax" ? QString() : formula.sumText;
    case FormulaStep::Divide:
    case FormulaStep::Sum: return formula.weightSumText;
    default: return {};
    }
}

QStringList FormulaContent::lines() const
{
    QStringList all;
    for (const FormulaRow& row : formula.rows) {
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

} // namespace headlens
