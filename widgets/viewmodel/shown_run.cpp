// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/shown_run.h"

#include <algorithm>

namespace headlens {
namespace {

// Where the tokens of every block lie: keys and queries.
void layOutTokens(ShownRun& run, const verbs::ModelInfo& model)
{
    const verbs::InputInfo& input = run.input;
    const bool isFirst = input.blocks.empty() || input.blocks[0].keyStream == 0;
    run.layout = isFirst ? TokenLayout::from(model, input) : TokenLayout::ofStream(model, input, 0);
    for (int layer = 0; layer < int(input.blocks.size()); ++layer) {
        const verbs::BlockGrid& block = input.blocks[std::size_t(layer)];
        run.keys.push_back(TokenLayout::from(model, input, layer));
        const bool apart = block.queryStream != block.keyStream;
        run.queries.push_back(apart ? TokenLayout::ofStream(model, input, block.queryStream) : run.keys.back());
        if (apart) run.queries.back().block = block; // sizes, tower and streams are the block's
    }
    for (int stream = 0; stream < int(input.streams.size()); ++stream)
        run.among.push_back(TokenLayout::amongWords(input, stream));
}

} // namespace

// In the format that paints fastest: RGB888 would be converted again in every frame.
QImage toQImage(const Image8& image)
{
    if (image.empty() || image.channels != 3) return {};
    const QImage shared(image.pixels.data(), image.width, image.height, qsizetype(image.width) * 3,
                        QImage::Format_RGB888);
    return shared.convertToFormat(QImage::Format_RGB32);
}

ShownRun ShownRun::from(const verbs::ModelInfo& model, const verbs::InputAnswer& answer)
{
    ShownRun run;
    run.input = answer.info;
    run.seen = toQImage(answer.seen);
    run.original = toQImage(answer.original);
    run.reconstruction = toQImage(answer.reconstruction);
    layOutTokens(run, model);
    return run;
}

bool ShownRun::hasState(const QString& name) const
{
    return std::ranges::find(input.states, name.toStdString(), &verbs::StateInfo::name) != input.states.end();
}

int ShownRun::pictureStream() const
{
    const auto hit = std::ranges::find_if(input.streams, [](const verbs::Stream& s) { return s.gridWidth > 0; });
    return hit == input.streams.end() ? 0 : int(hit - input.streams.begin());
}

const TokenLayout& ShownRun::layoutOf(int layer, bool reverse) const
{
    const std::vector<TokenLayout>& layouts = reverse ? queries : keys;
    return layer >= 0 && std::size_t(layer) < layouts.size() ? layouts[std::size_t(layer)] : layout;
}

const TokenLayout* ShownRun::onPicture(int layer, bool reverse) const
{
    const TokenLayout& own = layoutOf(layer, reverse);
    if (own.isPicture()) return &own;
    if (layer < 0 || std::size_t(layer) >= input.blocks.size()) return nullptr;
    const verbs::BlockGrid& block = input.blocks[std::size_t(layer)];
    const auto stream = std::size_t(reverse ? block.queryStream : block.keyStream);
    const bool isThere = stream < among.size() && among[stream].isPicture() && among[stream].tokens() == own.tokens();
    return isThere ? &among[stream] : nullptr;
}

const TokenLayout* ShownRun::pictureOf(int rows, int columns) const
{
    const auto fits = [rows, columns](const TokenLayout& one) {
        return one.isPicture() && (rows == 0 || (one.gridHeight == rows && one.gridWidth == columns));
    };
    for (const std::vector<TokenLayout>* layouts : {&keys, &among})
        if (const auto hit = std::ranges::find_if(*layouts, fits); hit != layouts->end()) return &*hit;
    return nullptr;
}

int ShownRun::middleLayerThatReads() const
{
    std::vector<int> reading;
    for (int layer = 0; layer < int(keys.size()); ++layer)
        if (!keys[std::size_t(layer)].isPicture() && onPicture(layer, false) != nullptr) reading.push_back(layer);
    return reading.empty() ? -1 : reading[reading.size() / 2];
}

int ShownRun::lastLayerThatLooks() const
{
    const int picture = pictureStream();
    int layer = int(keys.size()) - 1;
    const auto looks = [picture](const TokenLayout& one) {
        return one.isPicture() && one.block.kind == "self" && one.block.queryStream == picture;
    };
    while (layer >= 0 && !looks(keys[std::size_t(layer)])) --layer;
    return layer;
}

} // namespace headlens
