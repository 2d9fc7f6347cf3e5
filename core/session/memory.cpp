// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/memory.h"

#include "core/base/error.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <limits>

namespace headlens {

std::uint64_t availableMemory()
{
    std::ifstream info("/proc/meminfo");
    for (std::string key; info >> key;) {
        std::uint64_t kilobytes = 0;
        if (key == "MemAvailable:" && info >> kilobytes) return kilobytes * 1024;
        info.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    }
    return std::numeric_limits<std::uint64_t>::max();
}

void requireMemory(std::uint64_t bytes, const std::string& what, double share)
{
    const std::uint64_t free = availableMemory();
    if (double(bytes) <= share * double(free)) return;
    throw Error(ErrorCode::NotEnoughMemory, what,
                "needs " + sizeText(bytes) + ", but only " + sizeText(free) + " are free",
                "close other programs or choose a smaller model or picture");
}

RunExtent usualExtent(const ModelFacts& facts)
{
    constexpr std::int64_t kText = 512; // where positions set no limit
    const std::int64_t text = !facts.text.reads ? 0 : facts.text.longest > 0 ? facts.text.longest : kText;
    return {1, facts.imageHeight, facts.imageWidth, text};
}

ModelInput madeUpInput(const ModelFacts& facts, std::int64_t height, std::int64_t width, std::int64_t tokens)
{
    ModelInput input;
    if (facts.takesPictures())
        input.pixels = at::linspace(-1, 1, facts.channels * height * width).view({1, facts.channels, height, width});
    if (!facts.text.reads) return input;
    const std::int64_t count = facts.text.longest > 0 ? std::min<std::int64_t>(tokens, facts.text.longest) : tokens;
    input.ids = at::arange(count, at::kLong).remainder(std::max(1, facts.text.vocabulary)).view({1, count});
    if (facts.text.isEncoderDecoder)
        input.decoderInputIds = input.ids.slice(1, 0, std::max<std::int64_t>(1, count / 2));
    return input;
}

std::uint64_t runBytes(const ModelFacts& facts, const RunExtent& extent, bool keepHidden)
{
    constexpr std::uint64_t kFloat = 4;
    constexpr std::uint64_t kScores = 100'000'000; // libraries, scores and what threads work in
    const std::int64_t patch = std::max(1, facts.patch);
    const std::uint64_t patches =
        std::uint64_t((extent.height + patch - 1) / patch) * std::uint64_t((extent.width + patch - 1) / patch);
    // Of towers with names "vision" looks, the others read; without a name all tokens stand side by side.
    const auto tokensOf = [&](const std::string& tower) {
        const std::uint64_t seen = patches + facts.prefixTokens.size();
        if (!facts.text.reads || tower == "vision") return seen;
        return tower.empty() && facts.takesPictures() ? seen + std::uint64_t(extent.text) : std::uint64_t(extent.text);
    };
    std::uint64_t kept = 0, working = 0;
    int stage = 0;
    std::uint64_t tokens = tokensOf({});
    for (const BlockFacts& block : facts.blocks) {
        if (facts.text.reads) tokens = tokensOf(block.tower);
        // A Swin quarters its map between stages; the two halves of a masked autoencoder have the same one.
        if (block.stage > stage && block.tower.empty()) tokens = (tokens + 3) / 4;
        stage = block.stage;
        const std::uint64_t state = tokens * std::uint64_t(block.width) * kFloat;
        kept += (keepHidden ? 3 : 2) * state;
        const auto window = std::uint64_t(block.windowTokens);
        const std::uint64_t bias = 3 * std::uint64_t(block.heads) * window * window * kFloat; // and its scores
        working = std::max(working, 16 * state + bias);
    }
    // Masks of what comes later and biases by distance are one number for every pair of tokens (and head).
    std::uint64_t heads = 0;
    for (const BlockFacts& block : facts.blocks) heads = std::max(heads, std::uint64_t(block.heads));
    const auto pairs = std::uint64_t(extent.text) * std::uint64_t(extent.text);
    if (facts.text.reads) working += pairs * (facts.text.longest == 0 ? 16 + 12 * heads : 8);
    // Between what is kept lie holes that temporary results left: measured up to a quarter.
    const std::uint64_t lines = std::uint64_t(extent.batch), keptLines = extent.keepsFirst ? 1 : lines;
    return keptLines * (kept + kept / 3) + lines * working + kScores;
}

std::string runSmaller(const std::vector<SmallerMode>& modes)
{
    for (const SmallerMode& mode : modes) {
        try {
            guarded(mode.run);
            return mode.name;
        } catch (const Error& problem) {
            if (problem.code() != ErrorCode::NotEnoughMemory || &mode == &modes.back()) throw;
        }
    }
    return {};
}

std::uint64_t largestTensorBytes(const Checkpoint& checkpoint)
{
    std::uint64_t largest = 0;
    for (const StoredTensor& tensor : checkpoint.tensors())
        largest = std::max(largest, bytesFor(tensor.shape, tensor.dtype).value_or(0) +
                                        bytesFor(tensor.shape, DType::F32).value_or(0));
    return largest;
}

std::string sizeText(std::uint64_t bytes)
{
    return bytes >= 1'000'000'000 ? fmt::format("{:.1f} GB", double(bytes) / 1e9)
                                  : fmt::format("{:.1f} MB", double(bytes) / 1e6);
}

} // namespace headlens
