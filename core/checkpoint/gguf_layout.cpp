// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/gguf_layout.h"

#include "core/base/error.h"
#include "core/wire/safe_json.h"

#include <fmt/format.h>

#include <array>

namespace headlens {
namespace {

constexpr char kSlice = '%'; // in a name: the number of the slice

// What stands behind "blk.N." in all architectures that have it.
constexpr std::array kCommonParts = std::to_array<Rename>({
    {"attn_norm.*", "input_layernorm.*"},
    {"attn_q.*", "self_attn.q_proj.*"},
    {"attn_k.*", "self_attn.k_proj.*"},
    {"attn_v.*", "self_attn.v_proj.*"},
    {"attn_output.*", "self_attn.o_proj.*"},
    {"attn_q_norm.*", "self_attn.q_norm.*"},
    {"attn_k_norm.*", "self_attn.k_norm.*"},
    {"ffn_norm.*", "post_attention_layernorm.*"},
    {"ffn_gate.*", "mlp.gate_proj.*"},
    {"ffn_up.*", "mlp.up_proj.*"},
    {"ffn_down.*", "mlp.down_proj.*"},
});

// "blk.3.attn_q.weight": "attn_q.weight"; nothing for what belongs to no block.
std::string partOfBlock(const std::string& name)
{
    static constexpr std::array kBehind = std::to_array<Rename>({{"blk.#.*", "*"}});
    const std::string part = renamed(name, kBehind);
    return part == name ? std::string() : part;
}

std::string nameThere(const std::string& name, const GgufArchitecture& architecture)
{
    const std::string part = partOfBlock(name);
    std::string there = renamed(part, architecture.parts);
    if (there == part) there = renamed(part, kCommonParts);
    return renamed(name.substr(0, name.size() - part.size()) + there, architecture.names);
}

HeadRows rowsOf(const std::string& name, const GgufArchitecture& architecture, const Json& config)
{
    const std::string part = partOfBlock(name), module = part.substr(0, part.find('.'));
    const auto heads = [&](const char* key) { return config.value(key, std::int64_t{1}); };
    const bool ofPairs = architecture.order == RowOrder::Pairs, ofParts = architecture.order == RowOrder::Parts;
    if (ofPairs && module == "attn_q") return {RowOrder::Pairs, heads("num_attention_heads")};
    if (ofPairs && module == "attn_k") return {RowOrder::Pairs, heads("num_key_value_heads")};
    if (ofParts && module == "attn_qkv") return {RowOrder::Parts, heads("num_attention_heads")};
    return {};
}

void requireHeads(const GgufTensor& tensor, const HeadRows& rows, const std::string& subject)
{
    if (rows.order == RowOrder::Same) return;
    const bool inBlocks = tensor.shape.size() == 1 && tensor.type->values > 1; // of which no single value can be read
    if (tensor.shape.empty() || tensor.shape.size() > 2 || inBlocks || tensor.shape[0] % rows.divisor() != 0)
        throw Error(ErrorCode::BadWeights, subject,
                    fmt::format("has a tensor {} whose rows are not those of {} heads", tensor.name, rows.heads),
                    "download it again");
}

// One view for each slice of the first axis.
void addSlices(std::vector<GgufView>& views, const GgufView& stack, const std::string& subject)
{
    constexpr std::int64_t kMostSlices = 1'024;
    constexpr std::size_t kMostViews = 200'000;
    if (stack.shape.size() < 2 || stack.shape[0] > kMostSlices || views.size() > kMostViews)
        throw Error(ErrorCode::BadHeader, subject, "stacks too many tensors in " + stack.name, "download it again");
    const std::size_t at = stack.name.find(kSlice);
    for (std::int64_t slice = 0; slice < stack.shape[0]; ++slice) {
        GgufView view{stack.name, stack.tensor, slice, {stack.shape.begin() + 1, stack.shape.end()}};
        view.name.replace(at, 1, std::to_string(slice));
        views.push_back(std::move(view));
    }
}

} // namespace

std::int64_t HeadRows::divisor() const
{
    return order == RowOrder::Pairs ? 2 * heads : order == RowOrder::Parts ? 3 * heads : 1;
}

std::int64_t HeadRows::stored(std::int64_t row, std::int64_t rows) const
{
    if (order == RowOrder::Same) return row;
    const std::int64_t width = rows / divisor(); // of half a head, or of one part of it
    const std::int64_t inPart = row % width, part = row / width;
    if (order == RowOrder::Pairs) return part / 2 * 2 * width + 2 * inPart + part % 2;
    return (part % 3 * heads + part / 3) * width + inPart;
}

bool isRotaryFactor(std::string_view name)
{
    return name == "rope_freqs.weight" || name == "rope_factors_long.weight" || name == "rope_factors_short.weight";
}

std::vector<GgufView> ggufViews(const GgufHeader& header, const GgufArchitecture* architecture, const Json& config,
                                const std::string& subject)
{
    std::vector<GgufView> views;
    for (std::size_t i = 0; i < header.tensors.size(); ++i) {
        const GgufTensor& tensor = header.tensors[i];
        GgufView view{tensor.name, i, -1, tensor.shape};
        if (architecture != nullptr) {
            if (isRotaryFactor(tensor.name)) continue;
            view.name = nameThere(tensor.name, *architecture);
            view.rows = rowsOf(tensor.name, *architecture, config);
            requireHeads(tensor, view.rows, subject);
        }
        if (view.name.find(kSlice) != std::string::npos && architecture != nullptr)
            addSlices(views, view, subject);
        else
            views.push_back(std::move(view));
    }
    return views;
}

} // namespace headlens
