// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/memory_state.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <algorithm>

namespace headlens {
namespace {

constexpr double kFloatBytes = 4;

// The `head`-th piece after `after` of `segments` segments, `size` numbers long.
std::span<const float> pieceOf(const std::vector<float>& all, int after, int segments, int head, int heads,
                               std::size_t size)
{
    if (after < 1 || after > segments || head < 0 || head >= heads) return {};
    const std::size_t at = (std::size_t(after - 1) * std::size_t(heads) + std::size_t(head)) * size;
    return at + size <= all.size() ? std::span(all).subspan(at, size) : std::span<const float>();
}

float valueAt(const std::vector<float>& rows, int head, int token, int tokens)
{
    const std::size_t at = std::size_t(std::max(0, head)) * std::size_t(tokens) + std::size_t(std::max(0, token));
    return head >= 0 && token >= 0 && token < tokens && at < rows.size() ? rows[at] : 0;
}

} // namespace

bool MemoryState::take(const verbs::StateTensor& state)
{
    const std::vector<std::int64_t>& shape = state.numbers.shape;
    const std::vector<float>& values = state.numbers.values;
    const std::string kind = state.name.substr(0, state.name.find('.'));
    std::size_t count = 1;
    for (const std::int64_t side : shape) count *= std::size_t(std::max<std::int64_t>(0, side));
    if (shape.size() < 2 || values.size() != count || count == 0) return false;
    const auto side = [&](std::size_t i) { return int(shape[i]); };
    if (kind == "gate" && shape.size() == 2) {
        layers = side(0);
        heads = side(1);
        gates = values;
    } else if (kind == "memory" && shape.size() == 4 && side(2) == side(3)) {
        segments = side(0);
        heads = side(1);
        width = side(2);
        memory = values;
    } else if (kind == "normaliser" && shape.size() == 3) {
        normaliser = values;
    } else if ((kind == "read" || kind == "local") && shape.size() == 2) {
        tokens = side(1);
        (kind == "read" ? read : local) = values;
    } else {
        return false;
    }
    return true;
}

std::span<const float> MemoryState::memoryAfter(int after, int head) const
{
    return pieceOf(memory, after, segments, head, heads, std::size_t(width) * std::size_t(width));
}

std::span<const float> MemoryState::normaliserAfter(int after, int head) const
{
    return pieceOf(normaliser, after, segments, head, heads, std::size_t(width));
}

float MemoryState::highestMemory(int head) const
{
    float highest = 0;
    for (int after = 1; after <= segments; ++after) highest = std::max(highest, highestOf(memoryAfter(after, head)));
    return highest;
}

float MemoryState::highestNormaliser(int head) const
{
    float highest = 0;
    for (int after = 1; after <= segments; ++after)
        highest = std::max(highest, highestOf(normaliserAfter(after, head)));
    return highest;
}

float MemoryState::gate(int head) const
{
    const std::size_t at = std::size_t(std::max(0, layer)) * std::size_t(heads) + std::size_t(std::max(0, head));
    return head >= 0 && head < heads && at < gates.size() ? gates[at] : -1;
}

float MemoryState::readOf(int head, int token) const
{
    return valueAt(read, head, token, tokens);
}

float MemoryState::localOf(int head, int token) const
{
    return valueAt(local, head, token, tokens);
}

QString gateName(int layer, int head)
{
    return QStringLiteral("gate.%1.%2").arg(layer).arg(head);
}

std::vector<int> segmentLengths(int tokens, int segment)
{
    std::vector<int> lengths;
    const int each = segment > 0 ? segment : std::max(1, tokens);
    for (int begin = 0; begin < tokens; begin += each) lengths.push_back(std::min(each, tokens - begin));
    return lengths;
}

double memoryBytes(int layers, int heads, int width)
{
    return kFloatBytes * layers * heads * double(width) * (width + 1);
}

double cacheBytes(int layers, int heads, int width, double tokens)
{
    return kFloatBytes * 2 * layers * heads * width * tokens;
}

} // namespace headlens
