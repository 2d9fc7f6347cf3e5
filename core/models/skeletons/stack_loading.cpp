// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/stack_loading.h"

#include "core/base/error.h"
#include "core/models/skeletons/vit_config.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace headlens {
namespace {

Json sectionOf(const Checkpoint& checkpoint, const char* section)
{
    const auto& json = checkpoint.config();
    if (!json) return Json::object();
    if (*section == '\0') return *json;
    return json->contains(section) && (*json)[section].is_object() ? (*json)[section] : Json::object();
}

} // namespace

StackReader::StackReader(const Checkpoint& checkpoint, const ModelSettings& settings, const char* section)
    : m_json(sectionOf(checkpoint, section)), m_subject(checkpoint.path() + "/config.json"),
      m_fields(m_json, m_subject), m_silent(!checkpoint.config()), m_checkpoint(checkpoint), m_settings(settings)
{
}

StackConfig StackReader::outline(const std::string& name, const char* widthKey, const char* layersKey) const
{
    StackConfig config;
    config.name = name;
    const std::string block = name + ".layer.0.";
    const auto has = [&](const std::string& tensor) { return m_checkpoint.has(tensor); };
    const std::string reading = block + (has(block + "self.reading.weight") ? "self.reading." : "self.query.");
    config.width = extentOf(m_checkpoint, reading + "weight", 1);
    config.layers = 0;
    while (has(name + ".layer." + std::to_string(config.layers) + reading.substr(block.size() - 1) + "weight"))
        ++config.layers;
    if (has(block + "mlp.up.weight")) config.mlpWidth = extentOf(m_checkpoint, block + "mlp.up.weight", 0);
    config.biases = has(block + "mlp.up.bias");
    config.outputBias = has(block + "self.output.bias");
    config.readingBiases = has(reading + "bias");
    config.gated = has(block + "mlp.gate.weight");
    config.crossWidth = has(block + "cross.key.weight") ? extentOf(m_checkpoint, block + "cross.key.weight", 1) : 0;
    config.finalNorm = has(name + ".norm.weight");
    config.embeddingNorm = has(name + ".embeddings.norm.weight");
    const std::string table = name + ".embeddings.";
    if (has(table + "tokens")) config.vocabulary = extentOf(m_checkpoint, table + "tokens", 0);
    if (has(table + "tokens.more")) config.vocabulary += extentOf(m_checkpoint, table + "tokens.more", 0);
    if (has(table + "from_tokens.weight")) config.embeddingWidth = extentOf(m_checkpoint, table + "tokens", 1);
    if (has(table + "positions")) config.positions = extentOf(m_checkpoint, table + "positions", 0);
    config.segments = has(table + "segments") ? extentOf(m_checkpoint, table + "segments", 0) : 0;
    if (has(block + "self.distances")) config.buckets = extentOf(m_checkpoint, block + "self.distances", 0);
    const auto agree = [&](const char* key, std::int64_t actual) {
        if (m_fields.integer(key, actual, 1, 1'048'576) != actual)
            throw Error(ErrorCode::BadConfig, m_subject,
                        std::string(key) + " is not " + std::to_string(actual) + ", as the weights say",
                        "check that config.json belongs to these weights");
    };
    agree(widthKey, config.width);
    agree(layersKey, config.layers);
    return config;
}

void StackReader::settleHeads(StackConfig& config, const char* key, const char* setting, std::int64_t fallback,
                              std::vector<std::string>& assumptions) const
{
    const std::int64_t inner = extentOf(m_checkpoint, config.name + ".layer.0.self.query.weight", 0);
    if (inner < 1) throw Error(ErrorCode::BadWeights, m_checkpoint.path(), config.name + " has empty weights");
    const std::int64_t usual = inner % 64 == 0 ? inner / 64 : 1;
    const std::int64_t assumed = m_silent ? usual : m_fields.integer(key, fallback, 1, 1'024);
    config.heads = settingOf(m_settings, setting, assumed);
    if (m_silent && !m_settings.contains(setting))
        assumptions.push_back(std::string(setting) + ": " + std::to_string(config.heads));
    if (inner % config.heads != 0)
        throw Error(ErrorCode::BadConfig, m_subject,
                    std::to_string(config.heads) + " heads do not divide the width " + std::to_string(inner));
    config.headWidth = inner / config.heads;
    const std::int64_t keys = extentOf(m_checkpoint, config.name + ".layer.0.self.key.weight", 0);
    if (keys == inner) return;
    if (keys < config.headWidth || keys % config.headWidth != 0)
        throw Error(ErrorCode::BadConfig, m_subject,
                    std::to_string(config.heads) + " heads of " + std::to_string(config.headWidth) +
                        " do not fit keys of the width " + std::to_string(keys));
    config.groups = keys / config.headWidth;
}

void StackReader::settleActivation(StackConfig& config, const std::string& told,
                                   std::vector<std::string>& assumptions) const
{
    config.activation = activationOf(m_settings, told);
    if (m_silent) assumeNumbers(config.eps, config.activation, m_settings, assumptions);
}

std::int64_t StackReader::token(const char* key, std::int64_t fallback) const
{
    return m_fields.integer(key, fallback, -1, 16'777'216);
}

std::string firstOf(const Checkpoint& checkpoint, const std::vector<std::string>& names)
{
    for (const std::string& name : names)
        if (checkpoint.has(name)) return name;
    return {};
}

namespace {

// Query, key and value whose rows stand in one tensor "self.reading.*", taken apart as the stack asks for them.
class FusedRows {
public:
    FusedRows(const StackConfig& config, WeightBinder& binder) : m_config(config), m_binder(binder) {}

    // As take(), of rows that stay as they are stored; null where they cannot.
    std::shared_ptr<const HeldWeights> keep(const std::string& name, const Shape& shape)
    {
        const auto [fused, part] = placeOf(name);
        if (part < 0) return nullptr;
        const std::int64_t d = m_config.headWidth;
        std::vector<RowRange> rows;
        if (m_config.fusedReading == FusedReading::ByHead) // [H,3,d,..]
            for (std::int64_t head = 0; head < m_config.heads; ++head) rows.push_back({(3 * head + part) * d, d});
        else
            rows.push_back({firstRow(part), shape[0]});
        return m_binder.keep(fused, shape, rows);
    }

    // Nothing where `name` is no part of a fused tensor.
    std::optional<at::Tensor> take(const std::string& name, const Shape& shape)
    {
        const auto [fused, part] = placeOf(name);
        if (part < 0) return std::nullopt;
        return cut(fused, part, shape);
    }

private:
    // The fused tensor that holds `name`, and as which of its three parts; -1: none does.
    static std::pair<std::string, std::int64_t> placeOf(const std::string& name)
    {
        static constexpr std::array<std::string_view, 3> kParts{".self.query.", ".self.key.", ".self.value."};
        for (std::size_t part = 0; part < kParts.size(); ++part) {
            const std::size_t at = name.find(kParts[part]);
            if (at == std::string::npos) continue;
            std::string fused = name;
            return {fused.replace(at, kParts[part].size(), ".self.reading."), std::int64_t(part)};
        }
        return {{}, -1};
    }

    // Of a part in the order query, key, value.
    std::int64_t firstRow(std::int64_t part) const
    {
        const std::int64_t d = m_config.headWidth;
        return part == 0 ? 0 : (m_config.heads + (part - 1) * m_config.keyHeads()) * d;
    }

    at::Tensor cut(const std::string& fused, std::int64_t part, const Shape& shape)
    {
        const std::int64_t d = m_config.headWidth, queries = m_config.heads * d, keys = m_config.keyHeads() * d;
        if (fused != m_name) {
            Shape whole = shape;
            whole[0] = queries + 2 * keys;
            m_name = fused;
            m_rows = m_binder.take(fused, whole);
        }
        if (!m_rows.defined()) return {};
        if (m_config.fusedReading == FusedReading::ByHead) { // [H,3,d,..]
            Shape byHead = {m_config.heads, 3, d};
            byHead.insert(byHead.end(), shape.begin() + 1, shape.end());
            return m_rows.view(byHead).select(1, part).reshape(shape);
        }
        const std::int64_t from = firstRow(part);
        return m_rows.slice(0, from, from + shape[0]).clone();
    }

    const StackConfig& m_config;
    WeightBinder& m_binder;
    std::string m_name; // of the tensor at hand
    at::Tensor m_rows;
};

// One expert's matrix out of those that stand in one tensor [E,..], as transformers 5 holds them: gate and up behind
// each other, "experts.gated" [E,2m,D], and "experts.down" [E,D,m]. Nothing where `name` is none of an expert.
class StackedExperts {
public:
    explicit StackedExperts(WeightBinder& binder) : m_binder(binder) {}

    // As take(), of rows that stay as they are stored; null where they cannot.
    std::shared_ptr<const HeldWeights> keep(const Checkpoint& checkpoint, const std::string& name, const Shape& shape)
    {
        const auto place = placeOf(checkpoint, name, shape);
        return place ? m_binder.keep(place->all, shape, {{place->firstRow, shape[0]}}) : nullptr;
    }

    std::optional<at::Tensor> take(const Checkpoint& checkpoint, const std::string& name, const Shape& shape)
    {
        const auto place = placeOf(checkpoint, name, shape);
        if (!place) return std::nullopt;
        if (place->all != m_name) {
            m_name = place->all;
            m_all = m_binder.take(m_name, place->shape);
        }
        if (!m_all.defined()) return at::Tensor();
        const at::Tensor rows = m_all.flatten(0, 1);
        if (place->firstRow + shape[0] > rows.size(0)) return at::Tensor();
        return rows.slice(0, place->firstRow, place->firstRow + shape[0]).clone();
    }

private:
    struct Place {
        std::string all;       // the stacked tensor
        Shape shape;           // as it should be
        std::int64_t firstRow; // among all of its rows
    };
    static std::optional<Place> placeOf(const Checkpoint& checkpoint, const std::string& name, const Shape& shape)
    {
        constexpr std::string_view kOne = ".mlp.expert.";
        const std::size_t at = name.find(kOne);
        if (at == std::string::npos || checkpoint.has(name)) return std::nullopt;
        const std::size_t number = at + kOne.size(), part = name.find('.', number) + 1;
        const bool down = name.compare(part, 5, "down.") == 0, up = name.compare(part, 3, "up.") == 0;
        const std::string all = name.substr(0, at) + ".mlp.experts." + (down ? "down" : "gated");
        const auto stored = checkpoint.shapeOf(all);
        if (!stored || stored->size() != 3) return std::nullopt; // reported as missing by its own name
        const std::int64_t expert = std::stoll(name.substr(number, part - 1 - number)),
                           rows = (down ? 1 : 2) * shape[0];
        return Place{all, {(*stored)[0], rows, shape[1]}, expert * rows + (up ? shape[0] : 0)};
    }

    WeightBinder& m_binder;
    std::string m_name; // of the tensor at hand
    at::Tensor m_all;
};

// A norm [H,d] that is stored head by head: "query_norm.0.weight" ...
at::Tensor stackedNorm(WeightBinder& binder, const std::string& name, const Shape& shape)
{
    const std::string before = name.substr(0, name.size() - std::string_view("weight").size());
    std::vector<at::Tensor> heads;
    for (std::int64_t head = 0; head < shape[0]; ++head)
        heads.push_back(binder.take(before + std::to_string(head) + ".weight", {shape[1]}));
    const bool all = std::ranges::all_of(heads, &at::Tensor::defined);
    return all ? at::stack(heads) : at::Tensor();
}

} // namespace

at::Tensor takeWithMore(WeightBinder& binder, const std::string& name, const Shape& shape)
{
    const auto more = binder.checkpoint().shapeOf(name + ".more");
    if (!more || more->empty() || (*more)[0] >= shape[0]) return binder.take(name, shape);
    Shape own = shape, others = shape;
    others[0] = (*more)[0];
    own[0] -= others[0];
    const at::Tensor first = binder.take(name, own), then = binder.take(name + ".more", others);
    return first.defined() && then.defined() ? at::cat({first, then}) : at::Tensor();
}

std::int64_t expertWidth(const Checkpoint& checkpoint, const std::string& mlp)
{
    if (checkpoint.has(mlp + "experts.down")) return extentOf(checkpoint, mlp + "experts.down", 2);
    return extentOf(checkpoint, mlp + "expert.0.up.weight", 0);
}

void load(Stack& stack, WeightBinder& binder)
{
    const StackConfig& config = stack.config();
    FusedRows fused(config, binder);
    StackedExperts experts(binder);
    const auto take = [&](const std::string& name, at::Tensor& weight, const Shape& shape) {
        std::optional<at::Tensor> part;
        if (config.fusedReading != FusedReading::Apart) part = fused.take(name, shape);
        if (config.headNorms == HeadNorms::Own && name.ends_with("_norm.weight") && shape.size() == 2)
            part = stackedNorm(binder, name, shape);
        if (name.ends_with("embeddings.tokens")) part = takeWithMore(binder, name, shape);
        if (!part && config.experts.count > 0) part = experts.take(binder.checkpoint(), name, shape);
        weight = part ? *part : binder.take(name, shape);
    };
    const auto keep = [&](const std::string& name, Linear& layer, const Shape& shape) {
        if (config.fusedReading != FusedReading::Apart) layer.held = fused.keep(name, shape);
        if (!layer.held) layer.held = binder.keep(name, shape);
        if (!layer.held && config.experts.count > 0) layer.held = experts.keep(binder.checkpoint(), name, shape);
        return layer.held != nullptr;
    };
    stack.visit(Weights(take, keep));
}

void eachWeight(Stack& stack, const std::function<void(at::Tensor&)>& visit)
{
    stack.visit([&](const std::string&, at::Tensor& weight, const std::vector<std::int64_t>&) {
        if (weight.defined()) visit(weight);
    });
}

std::string classNameOf(const Checkpoint& checkpoint)
{
    const auto& json = checkpoint.config();
    if (!json || !json->contains("architectures") || !(*json)["architectures"].is_array()) return {};
    const Json& names = (*json)["architectures"];
    return !names.empty() && names[0].is_string() ? names[0].get<std::string>() : std::string();
}

std::vector<std::string> labelsOf(const Checkpoint& checkpoint)
{
    const auto& json = checkpoint.config();
    return json ? parseLabels(*json, checkpoint.path() + "/config.json") : std::vector<std::string>();
}

TextFacts textFactsOf(const StackConfig& config)
{
    TextFacts facts;
    facts.reads = true;
    facts.longest = config.hasMostPositions() ? int(config.positions) : 0;
    facts.vocabulary = int(config.vocabulary);
    facts.padToken = int(config.padToken);
    return facts;
}

TextFacts writingFactsOf(const JsonFields& fields, std::int64_t longest, std::int64_t vocabulary)
{
    constexpr std::int64_t kAbsurd = 1'048'576;
    TextFacts facts;
    facts.reads = facts.writes = true;
    facts.longest = int(longest);
    facts.vocabulary = int(vocabulary);
    facts.padToken = int(fields.integer("pad_token_id", 0, 0, kAbsurd));
    facts.endToken = int(fields.integer("eos_token_id", -1, -1, kAbsurd));
    return facts;
}

} // namespace headlens
