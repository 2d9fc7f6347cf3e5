// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/consolidated.h"

#include "core/base/error.h"
#include "core/checkpoint/consolidated_params.h"
#include "core/checkpoint/gguf_layout.h"
#include "core/checkpoint/layouts.h"
#include "core/checkpoint/model_folder.h"
#include "core/wire/safe_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

namespace headlens {
namespace {

namespace fs = std::filesystem;

constexpr const char *kWhole = "consolidated.safetensors", *kIndex = "consolidated.safetensors.index.json",
                     *kParams = "params.json";

constexpr std::array kNames = std::to_array<Rename>({
    {"tok_embeddings.weight", "model.embed_tokens.weight"},
    {"norm.weight", "model.norm.weight"},
    {"output.weight", "lm_head.weight"},
    {"layers.#.attention_norm.weight", "model.layers.$1.input_layernorm.weight"},
    {"layers.#.ffn_norm.weight", "model.layers.$1.post_attention_layernorm.weight"},
    {"layers.#.attention.wq.*", "model.layers.$1.self_attn.q_proj.*"},
    {"layers.#.attention.wk.*", "model.layers.$1.self_attn.k_proj.*"},
    {"layers.#.attention.wv.*", "model.layers.$1.self_attn.v_proj.*"},
    {"layers.#.attention.wo.*", "model.layers.$1.self_attn.o_proj.*"},
    {"layers.#.feed_forward.w1.*", "model.layers.$1.mlp.gate_proj.*"},
    {"layers.#.feed_forward.w2.*", "model.layers.$1.mlp.down_proj.*"},
    {"layers.#.feed_forward.w3.*", "model.layers.$1.mlp.up_proj.*"},
    {"layers.#.feed_forward.gate.*", "model.layers.$1.block_sparse_moe.gate.*"},
    {"layers.#.feed_forward.experts.#.*", "model.layers.$1.block_sparse_moe.experts.$2.*"},
});

// "consolidated.07.pth": 7; -1 for other names.
int partNumber(const std::string& name)
{
    constexpr std::string_view kBefore = "consolidated.", kBehind = ".pth";
    if (name.size() != kBefore.size() + 2 + kBehind.size() || !name.starts_with(kBefore) || !name.ends_with(kBehind))
        return -1;
    const char tens = name[kBefore.size()], ones = name[kBefore.size() + 1];
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    return isDigit(tens) && isDigit(ones) ? (tens - '0') * 10 + (ones - '0') : -1;
}

// The files, in order.
std::vector<std::unique_ptr<Container>> partsIn(const fs::path& folder)
{
    std::vector<std::unique_ptr<Container>> parts;
    if (fs::exists(folder / kIndex)) {
        parts.push_back(openSharded((folder / kIndex).string()));
        return parts;
    }
    if (fs::exists(folder / kWhole)) {
        parts.push_back(openContainer((folder / kWhole).string()));
        return parts;
    }
    int last = -1;
    for (const auto& entry : fs::directory_iterator(folder))
        last = std::max(last, partNumber(entry.path().filename().string()));
    for (int number = 0; number <= last; ++number) {
        const fs::path file = folder / fmt::format("consolidated.{:02}.pth", number);
        if (!fs::exists(file))
            throw Error(ErrorCode::PartMissing, file.string(), "is missing, and later parts of the model are there",
                        "download the missing file");
        parts.push_back(openContainer(file.string()));
    }
    return parts;
}

ConsolidatedParams paramsIn(const fs::path& folder)
{
    const auto json = readJsonFile(folder / kParams);
    if (!json)
        throw Error(ErrorCode::PartMissing, folder.string(),
                    "holds a model as Meta or Mistral give it out, but params.json is missing",
                    "put params.json beside the weights");
    return parseConsolidatedParams(*json, (folder / kParams).string());
}

// One tensor of the model, and where each of its parts is.
struct Joined {
    std::vector<std::pair<std::size_t, std::size_t>> places; // file, tensor
    int axis = -1;
    HeadRows rows;
};

class ConsolidatedFiles : public Container {
public:
    explicit ConsolidatedFiles(const fs::path& folder);

    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }
    RawTensor read(std::size_t index) const override;
    std::optional<FileSlice> sliceOf(std::size_t index) const override
    {
        const Joined& joined = m_joined.at(index);
        if (joined.places.size() > 1 || joined.rows.order != RowOrder::Same) return std::nullopt;
        return m_parts[joined.places[0].first]->sliceOf(joined.places[0].second);
    }
    std::vector<std::string> files() const override;
    const Json* settings() const override { return &m_settings; }
    std::vector<std::string> remarks() const override { return m_remarks; }

private:
    void add(const std::string& stored, std::vector<std::pair<std::size_t, std::size_t>> places,
             const ConsolidatedParams& params);
    const StoredTensor& stored(std::pair<std::size_t, std::size_t> place) const
    {
        return m_parts[place.first]->tensors()[place.second];
    }
    void settle(const ConsolidatedParams& params);
    const StoredTensor* named(std::string_view name) const
    {
        const auto hit = std::ranges::find(m_tensors, name, &StoredTensor::name);
        return hit == m_tensors.end() ? nullptr : &*hit;
    }
    [[noreturn]] void refuse(const std::string& why) const
    {
        throw Error(ErrorCode::BadWeights, m_folder, why, "download all its files again");
    }

    std::string m_folder;
    std::vector<std::unique_ptr<Container>> m_parts;
    std::vector<StoredTensor> m_tensors;
    std::vector<Joined> m_joined;
    Json m_settings;
    std::vector<std::string> m_remarks;
};

ConsolidatedFiles::ConsolidatedFiles(const fs::path& folder) : m_folder(folder.string())
{
    const ConsolidatedParams params = paramsIn(folder);
    m_parts = partsIn(folder);
    std::map<std::string, std::vector<std::pair<std::size_t, std::size_t>>> places; // by stored name
    for (std::size_t part = 0; part < m_parts.size(); ++part)
        for (std::size_t i = 0; i < m_parts[part]->tensors().size(); ++i)
            places[m_parts[part]->tensors()[i].name].emplace_back(part, i);
    for (auto& [name, where] : places)
        if (name != "rope.freqs") add(name, std::move(where), params); // computed anew
    settle(params);
}

void ConsolidatedFiles::add(const std::string& name, std::vector<std::pair<std::size_t, std::size_t>> places,
                            const ConsolidatedParams& params)
{
    const StoredTensor& first = stored(places[0]);
    Joined joined{std::move(places), consolidatedAxis(name), {}};
    if (name == "tok_embeddings.weight") // Llama 3 cuts the words, those before it the width
        joined.axis = first.shape.size() == 2 && first.shape[1] == params.width ? 0 : 1;
    if (joined.places.size() != m_parts.size()) refuse("lacks " + name + " in one of its files");
    StoredTensor whole{consolidatedName(name), first.dtype, first.shape};
    if (joined.axis < 0 || m_parts.size() == 1) joined.places.resize(1);
    if (joined.places.size() > 1) {
        if (first.shape.size() != 2) refuse("has a part of " + name + " that is no matrix");
        for (const auto& place : joined.places)
            if (stored(place).shape != first.shape || stored(place).dtype != first.dtype)
                refuse("has parts of " + name + " that do not fit each other");
        whole.shape[std::size_t(joined.axis)] *= std::int64_t(joined.places.size());
    }
    const bool isQuery = whole.name.find(".q_proj.") != std::string::npos,
               isKey = whole.name.find(".k_proj.") != std::string::npos;
    if (isQuery || isKey) {
        joined.rows = {RowOrder::Pairs, isQuery ? params.heads : params.keyHeads};
        if (whole.shape.empty() || whole.shape[0] != joined.rows.heads * params.headWidth ||
            whole.shape[0] % joined.rows.divisor() != 0)
            refuse(
                fmt::format("has a tensor {} of {} rows, which are not those of {} heads of {}: a file is missing, or "
                            "params.json belongs to another model",
                            name, whole.shape.empty() ? 0 : whole.shape[0], joined.rows.heads, params.headWidth));
    }
    m_tensors.push_back(std::move(whole));
    m_joined.push_back(std::move(joined));
}

void ConsolidatedFiles::settle(const ConsolidatedParams& params)
{
    const StoredTensor* words = named("model.embed_tokens.weight");
    const StoredTensor* gate = named(params.experts > 0 ? "model.layers.0.block_sparse_moe.experts.0.w1.weight"
                                                        : "model.layers.0.mlp.gate_proj.weight");
    if (words == nullptr || gate == nullptr || words->shape.empty() || gate->shape.empty())
        refuse("lacks the tensors of a model of Meta or Mistral (tok_embeddings.weight, layers.0.feed_forward.w1)");
    m_settings = configOf(params, words->shape[0], gate->shape[0], named("lm_head.weight") == nullptr, m_remarks);
    m_remarks.insert(m_remarks.begin(),
                     fmt::format("opened: params.json with {} file{} of {}, queries and keys in the order of Hugging "
                                 "Face",
                                 files().size(), files().size() > 1 ? "s" : "", params.isMistral ? "Mistral" : "Meta"));
}

std::vector<std::string> ConsolidatedFiles::files() const
{
    std::vector<std::string> all;
    for (const auto& part : m_parts)
        for (std::string& file : part->files()) all.push_back(std::move(file));
    return all;
}

RawTensor ConsolidatedFiles::read(std::size_t index) const
{
    const Joined& joined = m_joined.at(index);
    const auto& [name, dtype, shape] = m_tensors[index];
    RawTensor whole = m_parts[joined.places[0].first]->read(joined.places[0].second);
    const bool isPlain = joined.places.size() == 1 && joined.rows.order == RowOrder::Same;
    if (isPlain || whole.bytes.empty()) return whole;
    std::vector<RawTensor> parts;
    parts.push_back(std::move(whole));
    for (std::size_t i = 1; i < joined.places.size(); ++i)
        parts.push_back(m_parts[joined.places[i].first]->read(joined.places[i].second));
    const auto rows = std::size_t(shape[0]);
    const std::size_t partRows = std::size_t(parts[0].shape[0]), bytes = parts[0].bytes.size() / partRows;
    const bool isBeside = joined.places.size() > 1 && joined.axis == 1; // parts of each row
    RawTensor tensor{dtype, shape, std::vector<std::byte>(parts.size() * parts[0].bytes.size())};
    std::byte* to = tensor.bytes.data();
    for (std::size_t row = 0; row < rows; ++row) {
        const auto from = std::size_t(joined.rows.stored(std::int64_t(row), std::int64_t(rows)));
        for (std::size_t i = 0; i < (isBeside ? parts.size() : 1); ++i, to += bytes) {
            const RawTensor& part = parts[isBeside ? i : from / partRows];
            std::memcpy(to, part.bytes.data() + (isBeside ? from : from % partRows) * bytes, bytes);
        }
    }
    return tensor;
}

} // namespace

bool isConsolidatedFile(const std::string& name)
{
    return name == kWhole || partNumber(name) >= 0;
}

bool holdsConsolidated(const fs::path& folder)
{
    return fs::exists(folder / kIndex) || fs::exists(folder / kWhole) || fs::exists(folder / "consolidated.00.pth");
}

std::unique_ptr<Container> openConsolidated(const fs::path& folder)
{
    return std::make_unique<ConsolidatedFiles>(folder);
}

std::string consolidatedName(const std::string& stored)
{
    return renamed(stored, kNames);
}

int consolidatedAxis(const std::string& stored)
{
    static constexpr std::array<std::string_view, 6> kRows{".wq.", ".wk.", ".wv.", ".w1.", ".w3.", "output."};
    static constexpr std::array<std::string_view, 3> kColumns{".wo.", ".w2.", "tok_embeddings."};
    const auto holds = [&](std::string_view piece) { return stored.find(piece) != std::string::npos; };
    return std::ranges::any_of(kRows, holds) ? 0 : std::ranges::any_of(kColumns, holds) ? 1 : -1;
}

} // namespace headlens
