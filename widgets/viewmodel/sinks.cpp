// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/sinks.h"

#include "widgets/viewmodel/inspection_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace headlens {
namespace {

// Marks that stand between texts. Gaps ([MASK]), unknown words and padding are none.
constexpr std::array<std::string_view, 22> kSeparators{"<start>",
                                                       "<end>",
                                                       "[CLS]",
                                                       "[SEP]",
                                                       "<s>",
                                                       "</s>",
                                                       "<cls>",
                                                       "<sep>",
                                                       "<bos>",
                                                       "<eos>",
                                                       "<eos_token>",
                                                       "<|bos|>",
                                                       "<|endoftext|>",
                                                       "<|im_start|>",
                                                       "<|im_end|>",
                                                       "<|begin_of_text|>",
                                                       "<|end_of_text|>",
                                                       "<|eot_id|>",
                                                       "<|startoftext|>",
                                                       "<|start_header_id|>",
                                                       "<|end_header_id|>",
                                                       "<start_of_turn>"};

const Sinks& of(const std::vector<Sinks>& sinks, int layer)
{
    static const Sinks kNone;
    return std::size_t(layer) < sinks.size() ? sinks[std::size_t(layer)] : kNone;
}

float highestOfHeads(const FloatArray& layer, const Sinks& sinks)
{
    float high = 0;
    for (int head = 0; head < layer.rows(); ++head) high = std::max(high, highestBeside(layer.part(head), sinks));
    return high;
}

} // namespace

bool isSeparator(const verbs::TextToken& token)
{
    return std::ranges::find(kSeparators, std::string_view(token.piece)) != kSeparators.end();
}

Sinks sinksOf(const verbs::InputInfo& input, int stream)
{
    if (stream < 0 || std::size_t(stream) >= input.streams.size()) return {};
    const verbs::Stream& text = input.streams[std::size_t(stream)];
    if (text.gridWidth > 0 || text.tokens.size() < 2) return {};
    Sinks sinks;
    for (const verbs::TextToken& token : text.tokens) sinks.push_back(sinks.empty() || isSeparator(token));
    return sinks;
}

std::vector<Sinks> sinksOfLayers(const InspectionModel& model, const Display& display)
{
    std::vector<Sinks> sinks;
    if (!display.withoutSinks) return sinks;
    const bool reverse = model.rows()->of().reverse;
    for (const verbs::BlockGrid& block : model.input().blocks)
        sinks.push_back(sinksOf(model.input(), reverse ? block.queryStream : block.keyStream));
    return sinks;
}

std::vector<Sinks> besidePicture(const InspectionModel& model)
{
    const ShownRun& run = model.run();
    std::vector<Sinks> beside;
    if (run.middleLayerThatReads() < 0) return beside;
    for (int layer = 0; layer < int(run.keys.size()); ++layer) {
        const TokenLayout* picture = run.onPicture(layer, model.rows()->of().reverse);
        Sinks& sinks = beside.emplace_back();
        for (int token = 0; picture != nullptr && token < picture->tokens(); ++token)
            sinks.push_back(!picture->isPatch(token));
    }
    return beside;
}

float highestBeside(std::span<const float> row, const Sinks& sinks)
{
    float words = 0, all = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const float far = std::abs(row[i]);
        all = std::max(all, far);
        if (i >= sinks.size() || !sinks[i]) words = std::max(words, far);
    }
    return words > 0 ? words : all;
}

float highestBeside(const Display& display, const AllRows& rows, int layer, std::span<const float> currentRow,
                    const std::vector<Sinks>& sinks)
{
    if (display.scope == ScaleScope::Map) return highestBeside(currentRow, of(sinks, layer));
    float high = 0;
    for (int one = 0; one < int(rows.size()); ++one)
        if (display.scope == ScaleScope::Global || one == layer)
            high = std::max(high, highestOfHeads(rows[std::size_t(one)], of(sinks, one)));
    return high;
}

double shareOf(std::span<const float> row, const Sinks& sinks)
{
    double taken = 0, all = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        all += double(row[i]);
        if (i < sinks.size() && sinks[i]) taken += double(row[i]);
    }
    return all > 0 ? std::clamp(taken / all, 0.0, 1.0) : 0;
}

} // namespace headlens
