// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/formula.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headlens {
namespace {

constexpr int kDigits = 4; // of shares and weights

// What is no number cannot be put in order.
double finite(double value)
{
    return std::isfinite(value) ? value : 0;
}

FormulaRow rowOf(const verbs::RowFormula& parts, std::size_t key)
{
    const bool exponential = parts.rule == "softmax";
    FormulaRow row;
    row.key = int(key);
    row.dot = double(parts.dot[key]);
    row.scaled = row.dot * parts.scale;
    if (parts.cap > 0) row.scaled = parts.cap * std::tanh(row.scaled / parts.cap);
    row.added = double(parts.bias[key]) + double(parts.mask[key]);
    row.forbidden = parts.forbidden[key] != 0;
    row.weight = row.forbidden ? 0 : finite(double(parts.weight[key]));
    row.share = row.forbidden ? 0 : exponential ? std::exp(double(parts.score[key]) - parts.highest) : row.dot;
    row.share = finite(row.share);
    const std::size_t width = parts.width();
    for (std::size_t i = 0; i < width && !parts.values.empty(); ++i)
        row.contribution.push_back(float(row.weight) * parts.values.values[key * width + i]);
    return row;
}

void addTo(FormulaRow& all, const FormulaRow& one)
{
    all.count += 1;
    all.share += one.share;
    all.weight += one.weight;
    all.contribution.resize(one.contribution.size());
    for (std::size_t i = 0; i < one.contribution.size(); ++i) all.contribution[i] += one.contribution[i];
}

// Keys that may be read, by falling weight; equal ones in their order.
std::vector<std::size_t> readKeys(const verbs::RowFormula& parts)
{
    std::vector<std::size_t> keys;
    for (std::size_t key = 0; key < parts.weight.size(); ++key)
        if (parts.forbidden[key] == 0) keys.push_back(key);
    std::ranges::stable_sort(keys, [&](std::size_t a, std::size_t b) {
        return std::abs(finite(double(parts.weight[a]))) >
               std::abs(finite(double(parts.weight[b]))); // of the delta rule some are negative
    });
    return keys;
}

void print(Formula& formula)
{
    std::vector<double> shares, weights;
    for (const FormulaRow& row : formula.rows) {
        shares.push_back(row.share);
        weights.push_back(row.weight);
    }
    const std::vector<QString> shareTexts = roundedParts(shares, kDigits, &formula.sumText);
    const std::vector<QString> weightTexts = roundedParts(weights, kDigits, &formula.weightSumText);
    for (std::size_t i = 0; i < formula.rows.size(); ++i) {
        formula.rows[i].shareText = shareTexts[i];
        formula.rows[i].weightText = weightTexts[i];
    }
}

// What is read of an answer has as many numbers as there are keys: nothing is read beyond an end. False where the
// engine does not say how the weights come about.
bool completed(verbs::RowFormula& parts)
{
    const std::size_t keys = parts.weight.size();
    if (keys == 0 || parts.width() == 0 || parts.dot.size() != keys || parts.score.size() != keys) return false;
    for (FloatArray* table : {&parts.keys, &parts.values})
        if (table->values.size() != keys * parts.width()) *table = {};
    parts.bias.resize(keys);
    parts.mask.resize(keys);
    parts.forbidden.resize(keys);
    return true;
}

} // namespace

std::vector<FormulaStep> stepsOf(const std::string& rule)
{
    using enum FormulaStep;
    if (rule == "softmax") return {Query, Dot, Scale, Mask, Softmax, Sum};
    return {Query, Dot, Mask, Divide, Sum};
}

std::vector<QString> roundedParts(const std::vector<double>& values, int digits, QString* sum)
{
    const double unit = std::pow(10.0, digits);
    const double total = std::accumulate(values.begin(), values.end(), 0.0);
    std::vector<double> whole;
    std::vector<std::size_t> order(values.size());
    for (const double value : values) whole.push_back(std::floor(value * unit));
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return values[a] * unit - whole[a] > values[b] * unit - whole[b]; });
    double missing = std::round(total * unit) - std::accumulate(whole.begin(), whole.end(), 0.0);
    for (std::size_t i = 0; i < order.size() && missing > 0.5; ++i, --missing) whole[order[i]] += 1;
    std::vector<QString> texts;
    for (const double one : whole) texts.push_back(QString::number(one / unit + 0.0, 'f', digits));
    if (sum != nullptr) *sum = QString::number(std::round(total * unit) / unit + 0.0, 'f', digits);
    return texts;
}

Formula formulaOf(const verbs::RowFormula& found, int most)
{
    Formula formula;
    verbs::RowFormula parts = found;
    if (!completed(parts)) return formula;
    formula.said = parts;
    const std::vector<std::size_t> keys = readKeys(parts);
    formula.forbidden = int(parts.weight.size() - keys.size());
    formula.hasBias = std::ranges::any_of(parts.bias, [](float b) { return b != 0; });
    formula.hasMask = formula.forbidden > 0 || std::ranges::any_of(parts.mask, [](float m) { return m != 0; });
    // One that would be alone among the others has a row of its own.
    const std::size_t shown = keys.size() <= std::size_t(most) + 1 ? keys.size() : std::size_t(most);
    FormulaRow others;
    others.count = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const FormulaRow row = rowOf(parts, keys[i]);
        if (i < shown)
            formula.rows.push_back(row);
        else
            addTo(others, row);
        formula.output.resize(row.contribution.size());
        for (std::size_t d = 0; d < row.contribution.size(); ++d) formula.output[d] += row.contribution[d];
    }
    if (!keys.empty() && !parts.keys.empty()) {
        const auto first = parts.keys.values.begin() + std::ptrdiff_t(keys[0] * parts.width());
        formula.firstKey.assign(first, first + std::ptrdiff_t(parts.width()));
    }
    if (others.count > 0) formula.rows.push_back(others);
    print(formula);
    return formula;
}

} // namespace headlens
