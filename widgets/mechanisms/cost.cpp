// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/cost.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace headlens {
namespace {

constexpr int kSmallestSide = 4, kLargestSide = 64;
constexpr int kFewestTokens = 16, kStepsOfText = 32; // four steps to the double, up to 4096
constexpr int kNoModelWidth = 16, kNoModelHeads = 4;

// The first block that looks at its own tokens; -1: none.
int firstSelf(const verbs::ModelInfo& model)
{
    const auto found = std::ranges::find(model.blocks, "self", &verbs::BlockOutline::kind);
    return found == model.blocks.end() ? -1 : int(found - model.blocks.begin());
}

// The size of what is open; no tokens where nothing has been read yet.
AttentionShape ownShape(const verbs::ModelInfo& model, const verbs::InputInfo& input)
{
    const int first = firstSelf(model);
    AttentionShape shape{0, 0, 0, kNoModelWidth, kNoModelHeads, AttentionShape{}.recipes};
    if (first < 0) return shape;
    const verbs::BlockOutline& outline = model.blocks[std::size_t(first)];
    shape.heads = std::max(1, outline.heads);
    shape.headWidth = std::max(1, outline.width / shape.heads);
    for (const verbs::Stream& stream : input.streams)
        if (stream.name == "recipes") shape.recipes = std::max(1, stream.gridWidth);
    if (std::size_t(first) < input.blocks.size() && input.tokens > 0) {
        const verbs::BlockGrid& block = input.blocks[std::size_t(first)];
        shape.gridHeight = block.gridHeight;
        shape.gridWidth = block.gridWidth;
        const bool counts = block.windowHeight == 0 && block.router.empty(); // others count a part of their tokens
        const int others = block.queries - block.gridHeight * block.gridWidth;
        shape.special = counts ? std::max(0, others) : int(model.prefixTokens.size());
    } else if (model.takesPictures && model.patch > 0) {
        shape.gridHeight = model.imageHeight / model.patch;
        shape.gridWidth = model.imageWidth / model.patch;
        shape.special = int(model.prefixTokens.size());
    }
    return shape;
}

std::vector<AttentionShape> usualSizes(AttentionShape shape, bool picture)
{
    std::vector<AttentionShape> sizes;
    for (int side = kSmallestSide; picture && side <= kLargestSide; ++side) {
        shape.gridHeight = shape.gridWidth = side;
        sizes.push_back(shape);
    }
    for (int step = 0; !picture && step <= kStepsOfText; ++step) {
        shape.special = int(std::lround(kFewestTokens * std::exp2(step / 4.0)));
        sizes.push_back(shape);
    }
    return sizes;
}

QString digits(double number)
{
    return QLocale().toString(number, 'f', number < 10 ? 2 : number < 100 ? 1 : 0);
}

QString fewDigits(double number)
{
    return QLocale().toString(number, 'f', number < 9.95 ? 1 : 0);
}

} // namespace

double extentOf(const AttentionShape& shape)
{
    return shape.hasGrid() ? shape.patches() : shape.tokens();
}

int CostSizes::nearest(double count) const
{
    const auto distance = [&](const AttentionShape& shape) {
        return std::abs(std::log(extentOf(shape) / std::max(count, 1e-9)));
    };
    return int(std::ranges::min_element(sizes, {}, distance) - sizes.begin());
}

CostSizes costSizes(const verbs::ModelInfo& model, const verbs::InputInfo& input)
{
    AttentionShape own = ownShape(model, input);
    const bool there = own.tokens() > 0, picture = own.hasGrid() || firstSelf(model) < 0 || model.takesPictures;
    CostSizes found;
    if (!there && picture) own.special = 1;
    found.sizes = usualSizes(own, there ? own.hasGrid() : picture);
    if (!there) return found;
    std::erase_if(found.sizes, [&](const AttentionShape& any) { return extentOf(any) == extentOf(own); });
    const auto place = std::ranges::lower_bound(found.sizes, extentOf(own), {}, extentOf);
    found.own = int(place - found.sizes.begin());
    found.sizes.insert(place, own);
    return found;
}

std::string usualPattern(const verbs::InputInfo& input)
{
    for (const verbs::BlockGrid& block : input.blocks)
        if (block.windowHeight > 0 || block.segment > 0 || !block.router.empty() || block.rule != "softmax") return {};
    return input.blocks.empty() ? std::string() : "dense";
}

QString CostText::pattern(const std::string& name)
{
    static const std::map<std::string, const char*> kNames{
        {"dense", QT_TR_NOOP("dense")},
        {"window 1", QT_TR_NOOP("window 1")},
        {"window 2", QT_TR_NOOP("window 2")},
        {"window 1 alone", QT_TR_NOOP("window 1 alone")},
        {"window 1 and 3 random", QT_TR_NOOP("window 1 + random")},
        {"coarse 2", QT_TR_NOOP("coarse 2")},
        {"coarse 4", QT_TR_NOOP("coarse 4")},
        {"low rank", QT_TR_NOOP("low rank")},
        {"linear", QT_TR_NOOP("linear")},
        {"16 random features", QT_TR_NOOP("FAVOR+ 16")},
        {"64 random features", QT_TR_NOOP("FAVOR+ 64")},
        {"256 random features", QT_TR_NOOP("FAVOR+ 256")},
    };
    const auto known = kNames.find(name);
    return known == kNames.end() ? QString::fromStdString(name) : tr(known->second);
}

QString CostText::size(const AttentionShape& shape)
{
    if (shape.hasGrid()) return tr("%1 × %2").arg(shape.gridHeight).arg(shape.gridWidth);
    return tr("%n tokens", nullptr, shape.special);
}

QString CostText::count(double number)
{
    constexpr double kWhole = 100'000;
    if (number < kWhole) return exactly(number);
    static constexpr std::array<const char*, 5> kUnits{"", " k", " M", " G", " T"};
    std::size_t unit = 0;
    for (; number >= 999.5 && unit + 1 < kUnits.size(); ++unit) number /= 1000;
    return digits(number) + QLatin1String(kUnits[unit]);
}

QString CostText::exactly(double number)
{
    return QLocale().toString(number, 'f', 0);
}

QString CostText::against(double cost, double dense)
{
    if (cost == dense) return tr("the same");
    return cost < dense ? tr("%1 × less").arg(fewDigits(dense / cost)) : tr("%1 × more").arg(fewDigits(cost / dense));
}

QString CostText::share(double part, double whole)
{
    const double percent = 100 * part / std::max(whole, 1.0);
    return tr("%1 %").arg(QLocale().toString(percent, 'f', percent < 0.1 ? 3 : percent < 99.95 ? 1 : 0));
}

QString CostText::memory(double bytes)
{
    const QStringList parts = bytesText(bytes).split(QLatin1Char(' ')); // three digits will do
    const double number = parts[0].toDouble();
    return number < 100 ? bytesText(bytes) : QString::number(number, 'f', 0) + QLatin1Char(' ') + parts[1];
}

QString CostText::breakEven(const AttentionShape& shape)
{
    const auto from = [&](const char* pattern) {
        const double tokens = breakEvenTokens(pattern, shape).value_or(0);
        const int more = int(std::floor(tokens)) + 1;
        if (!shape.hasGrid()) return tr("%n tokens", nullptr, more);
        const int side = int(std::ceil(std::sqrt(std::max(0, more - shape.special)) - 1e-9));
        return tr("%1 (%2 × %2)").arg(tr("%n tokens", nullptr, more)).arg(side);
    };
    return tr("With heads of width %1, linear attention is cheaper than dense from %2 on; FAVOR+ with 16 features from "
              "%3, with 64 from %4, with 256 from %5.")
        .arg(shape.headWidth)
        .arg(from("linear"), from("16 random features"), from("64 random features"), from("256 random features"));
}

} // namespace headlens
