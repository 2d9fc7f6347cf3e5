// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/formula_explanation.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <QCoreApplication>

#include <cmath>

namespace headlens {
namespace {

struct Explained { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::FormulaExplanation)
};

// "1.20·0.50 + 0.30·-2.00 + … = 3.77": the first key of the table, with the first two products.
QString firstProduct(const Formula& formula)
{
    constexpr std::size_t kShown = 2;
    if (formula.firstKey.size() <= kShown || formula.rows.empty()) return {};
    QStringList products;
    for (std::size_t i = 0; i < kShown; ++i)
        products << fixedNumber(double(formula.said.queryVector[i]), 2) + QChar(0x00B7) +
                        fixedNumber(double(formula.firstKey[i]), 2);
    return QLatin1Char(' ') + Explained::tr("The first key: %1 + … = %2.")
                                  .arg(products.join(QLatin1String(" + ")), fixedNumber(formula.rows[0].dot, 2));
}

QString firstWeight(const Formula& formula)
{
    if (formula.rows.empty()) return {};
    return QLatin1Char(' ') + Explained::tr("The first key: %1 / %2 = %3.")
                                  .arg(formula.rows[0].shareText, formula.sumText, formula.rows[0].weightText);
}

QString aboutQuery(const Formula& formula)
{
    const auto width = int(formula.said.queryVector.size());
    return formula.said.rule == "softmax"
               ? Explained::tr("The query: what this token looks for, as %1 numbers.").arg(width)
               : Explained::tr("The query behind φ = elu + 1, which makes all its %1 numbers positive.").arg(width);
}

QString aboutProducts(const Formula& formula)
{
    if (formula.said.rule == "delta")
        return Explained::tr("What the memory still holds of every key: the delta rule takes away what was known "
                             "already.");
    if (formula.said.rule == "linear")
        return Explained::tr("Every key goes through φ as well; the products are all positive, so no exp is needed.");
    return Explained::tr("The query times every key: multiplied number by number and summed. Large: they fit.") +
           firstProduct(formula);
}

QString aboutScale(const Formula& formula)
{
    const double root = std::sqrt(double(formula.said.queryVector.size()));
    const QString bounded =
        formula.said.cap > 0
            ? QLatin1Char(' ') +
                  Explained::tr("Then bounded: %1 · tanh(s / %1) stays below %1.").arg(shortNumber(formula.said.cap))
            : QString();
    if (std::abs(formula.said.scale * root - 1) > 1e-3)
        return Explained::tr("Times the scale of this model, %1.").arg(shortNumber(formula.said.scale)) + bounded;
    return Explained::tr("Divided by √d = √%1 = %2, so that scores do not grow with the width.")
               .arg(formula.said.queryVector.size())
               .arg(fixedNumber(root, 3)) +
           bounded;
}

QString aboutMask(const Formula& formula)
{
    const QString bias =
        formula.hasBias ? Explained::tr("The bias of positions is added.") : Explained::tr("There is no bias.");
    return bias + QLatin1Char(' ') +
           (formula.forbidden > 0
                ? Explained::tr("Keys that must not be read get the weight 0: %1 here.").arg(formula.forbidden)
                : Explained::tr("No key is masked."));
}

} // namespace

QString explanationOf(const Formula& formula, FormulaStep step)
{
    switch (step) {
    case FormulaStep::Query: return aboutQuery(formula);
    case FormulaStep::Dot: return aboutProducts(formula);
    case FormulaStep::Scale: return aboutScale(formula);
    case FormulaStep::Mask: return aboutMask(formula);
    case FormulaStep::Softmax:
        return Explained::tr("Softmax: exp of every score less the highest (%1); their sum is %2; each divided by it "
                             "is a weight.")
                   .arg(fixedNumber(formula.said.highest, 2), formula.sumText) +
               firstWeight(formula);
    case FormulaStep::Divide:
        return Explained::tr("Each product divided by %1, the product with z: the weights.")
                   .arg(shortNumber(formula.said.sum)) +
               firstWeight(formula);
    case FormulaStep::Sum:
        return formula.output.empty()
                   ? Explained::tr("The head gives on the values of the keys, each times its weight.")
                   : Explained::tr("The head gives on the sum of all values, each times its weight: the last line.");
    }
    return {};
}

} // namespace headlens
