// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/decoder_reading.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace headlens {
namespace {

constexpr double kMost = 1e12; // of what a number of config.json may be
constexpr std::int64_t kMostTokens = 16'777'216;

Json partOf(const Json& json, const char* key)
{
    return json.contains(key) && json[key].is_object() ? json[key] : Json::object();
}

// "rope_parameters" of transformers 5 holds what "rope_theta" and "rope_scaling" said before, for all layers or by
// their kind.
Json scalingOf(const Json& json, const char* layerType)
{
    const Json both = partOf(json, "rope_parameters");
    if (both.empty()) return partOf(json, "rope_scaling");
    return *layerType != '\0' && both.contains(layerType) ? partOf(both, layerType) : both;
}

std::vector<double> numbersOf(const Json& json, const char* key, const JsonFields& fields)
{
    if (!json.contains(key) || !json[key].is_array()) fields.refuse(std::string(key) + " is missing");
    std::vector<double> numbers;
    for (const Json& number : json[key]) {
        if (!number.is_number()) fields.refuse(std::string(key) + " holds something that is no number");
        numbers.push_back(number.get<double>());
    }
    return numbers;
}

void readLlama3(RotaryConfig& rotary, const JsonFields& how)
{
    rotary.scaling = RotaryConfig::Llama3;
    rotary.lowFactor = how.real("low_freq_factor", 1, 1e-3, kMost);
    rotary.highFactor = how.real("high_freq_factor", 4, 1e-3, kMost);
    rotary.originalPositions = how.real("original_max_position_embeddings", 8'192, 1, kMost);
}

// The factor of the file: transformers computes its own where `original_max_position_embeddings` is given.
void readYarn(RotaryConfig& rotary, const JsonFields& how, std::vector<std::string>& assumptions)
{
    rotary.scaling = RotaryConfig::Yarn;
    rotary.originalPositions = how.real("original_max_position_embeddings", rotary.positions, 2, kMost);
    rotary.fastTurns = how.real("beta_fast", 32, 1e-3, kMost);
    rotary.slowTurns = how.real("beta_slow", 1, 1e-3, kMost);
    rotary.magnitude = how.real("attention_factor", 0, 0, kMost);
    const double told = rotary.positions / rotary.originalPositions;
    if (how.present("original_max_position_embeddings") && told != rotary.factor)
        assumptions.push_back("rope_scaling: its factor " + std::to_string(rotary.factor) +
                              ", although max_position_embeddings says " + std::to_string(told));
}

void readLong(RotaryConfig& rotary, const JsonFields& how, const Json& scaling, const JsonFields& fields)
{
    rotary.scaling = RotaryConfig::Long;
    rotary.originalPositions =
        how.real("original_max_position_embeddings",
                 fields.real("original_max_position_embeddings", rotary.positions, 2, kMost), 2, kMost);
    rotary.shortFactors = numbersOf(scaling, "short_factor", how);
    rotary.longFactors = numbersOf(scaling, "long_factor", how);
    rotary.magnitude = how.real("attention_factor", 0, 0, kMost);
}

} // namespace

DecoderReader::DecoderReader(const Checkpoint& checkpoint, const ModelSettings& settings, const char* section)
    : m_subject(checkpoint.path() + "/config.json"), m_settings(settings), m_checkpoint(checkpoint),
      m_reader(checkpoint, settings, section)
{
}

void DecoderReader::settleHeads(StackConfig& config, FusedReading fused) const
{
    config.heads =
        settingOf(m_settings, "num_heads", fields().integer(m_defaults.headsKey, m_defaults.heads, 1, 1'024));
    const std::int64_t usual = m_defaults.keyHeads > 0 ? m_defaults.keyHeads : config.heads;
    const std::int64_t told = fields().integer("num_key_value_heads", usual, 1, 1'024);
    const std::string block = config.name + ".layer.0.self.";
    const bool apart = fused == FusedReading::Apart;
    const std::int64_t rows = extentOf(m_checkpoint, block + (apart ? "query.weight" : "reading.weight"), 0);
    const std::int64_t shares = apart ? config.heads : config.heads + 2 * told;
    if (rows < 1 || rows % shares != 0)
        fields().refuse(std::to_string(config.heads) + " heads do not divide the " + std::to_string(rows) +
                        " rows of the queries");
    config.headWidth = rows / shares;
    const std::int64_t keys = apart ? extentOf(m_checkpoint, block + "key.weight", 0) : told * config.headWidth;
    if (keys < config.headWidth || keys % config.headWidth != 0)
        fields().refuse(std::to_string(config.heads) + " heads of " + std::to_string(config.headWidth) +
                        " do not fit keys of the width " + std::to_string(keys));
    config.groups = keys / config.headWidth;
    if (fields().present("num_key_value_heads") && told != config.groups)
        fields().refuse("num_key_value_heads is not " + std::to_string(config.groups) + ", as the weights say");
    config.fusedReading = fused;
}

StackConfig DecoderReader::outline(const DecoderDefaults& defaults, FusedReading fused)
{
    m_defaults = defaults;
    StackConfig config = m_reader.outline("text", m_defaults.widthKey, m_defaults.layersKey);
    settleHeads(config, fused);
    config.eps = epsOf(m_settings, fields().real(m_defaults.epsKey, m_defaults.eps, 0, 1));
    m_reader.settleActivation(config, fields().text(m_defaults.activationKey, m_defaults.activation), m_assumptions);
    config.normFirst = config.causal = true;
    config.rmsNorm = m_defaults.rmsNorm;
    config.normBiases = m_checkpoint.has("text.norm.bias");
    config.positionKind = TextPositions::Rotary;
    config.positions = fields().integer(m_defaults.positionsKey, m_defaults.positions, 1, kMostTokens);
    config.rotary = rotary(config.headWidth);
    config.padToken = std::max<std::int64_t>(0, m_reader.token("pad_token_id", 0));
    config.tiedHead = fields().flag("tie_word_embeddings", false);
    return config;
}

RotaryConfig DecoderReader::unscaled(const JsonFields& how, std::int64_t headWidth) const
{
    RotaryConfig rotary;
    const double theta =
        fields().real(m_defaults.thetaKey, fields().real("rope_theta", m_defaults.theta, 1, kMost), 1, kMost);
    rotary.theta = how.real("rope_theta", theta, 1, kMost);
    const double share =
        how.real("partial_rotary_factor", fields().real(m_defaults.shareKey, m_defaults.rotaryShare, 0, 1), 0, 1);
    rotary.width = std::int64_t(double(headWidth) * share);
    rotary.positions = fields().real(m_defaults.positionsKey, double(m_defaults.positions), 1, kMost);
    return rotary;
}

RotaryConfig DecoderReader::rotary(std::int64_t headWidth, const char* layerType)
{
    const Json scaling = scalingOf(json(), layerType);
    const JsonFields how(scaling, m_subject);
    RotaryConfig rotary = unscaled(how, headWidth);
    const std::string kind = how.text("rope_type", how.text("type", "default"));
    rotary.factor = how.real("factor", 1, 1e-3, 1e6);
    if (fields().present("rope_frequency_divisors")) // of GGUF files
        rotary.divisors = numbersOf(json(), "rope_frequency_divisors", fields());
    rotary.sections = how.integers("mrope_section", {}, 0, 65'536, 3);
    if (kind == "linear")
        rotary.scaling = RotaryConfig::Linear;
    else if (kind == "dynamic")
        rotary.scaling = RotaryConfig::Dynamic;
    else if (kind == "llama3")
        readLlama3(rotary, how);
    else if (kind == "yarn")
        readYarn(rotary, how, m_assumptions);
    else if (kind == "longrope" || kind == "su")
        readLong(rotary, how, scaling, fields());
    else if (kind != "default" && kind != "mrope" && kind != "none")
        throw Error(ErrorCode::UnsupportedModel, m_subject,
                    "scales its rotary positions by \"" + kind + "\", which this version cannot compute",
                    "use a model with rope_scaling default, linear, dynamic, llama3, yarn or longrope");
    return rotary;
}

std::vector<LayerKind> DecoderReader::sliding(std::int64_t layers, std::int64_t reach,
                                              const std::function<bool(std::int64_t layer)>& slides) const
{
    std::vector<LayerKind> kinds(static_cast<std::size_t>(std::clamp<std::int64_t>(layers, 0, 1'000)));
    const Json types = json().contains("layer_types") ? json()["layer_types"] : Json();
    if (types.is_array() && types.size() != kinds.size())
        fields().refuse("layer_types names " + std::to_string(types.size()) + " layers instead of " +
                        std::to_string(layers));
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const bool isLocal = types.is_array() ? types[i] == "sliding_attention" : slides(std::int64_t(i));
        if (isLocal) kinds[i].reach = reach;
    }
    return kinds;
}

std::int64_t DecoderReader::window(std::int64_t fallback) const
{
    if (json().contains("sliding_window") && json()["sliding_window"].is_null()) return 0;
    return fields().integer("sliding_window", fallback, 0, kMostTokens);
}

double DecoderReader::cap(const char* key, double fallback) const
{
    if (json().contains(key) && json()[key].is_null()) return 0;
    return fields().real(key, fallback, 0, 1e6);
}

int scoreDecoder(const Checkpoint& checkpoint)
{
    const bool told = !modelTypeOf(checkpoint).empty(); // sizes of the heads stand in config.json alone
    return told && checkpoint.has("text.layer.0.self.output.weight") ? 2 : 0;
}

Checkpoint DecoderReader::weights() const
{
    if (!m_addsOne) return m_checkpoint;
    return m_checkpoint.changed([before = m_checkpoint.change()](const std::string& name, const at::Tensor& stored) {
        const at::Tensor weight = before ? before(name, stored) : stored;
        return name.starts_with("text.") && name.ends_with("norm.weight") ? weight + 1 : weight;
    });
}

int DecoderReader::endToken() const
{
    const Json id = json().contains("eos_token_id") ? json()["eos_token_id"] : Json(m_defaults.endToken);
    const Json first = id.is_array() && !id.empty() ? id[0] : id;
    return first.is_number_integer() ? first.get<int>() : -1;
}

namespace {

const Architecture& decoderOf(const std::string& type, const Checkpoint& checkpoint)
{
    for (const Architecture* architecture : allArchitectures())
        if (architecture->decoder != nullptr &&
            std::ranges::find(architecture->modelTypes, type) != architecture->modelTypes.end())
            return *architecture;
    throw Error(ErrorCode::UnsupportedModel, checkpoint.path(),
                "writes by a language model of the type \"" + type + "\", which this version cannot run",
                "use one of the language models that README names");
}

} // namespace

StackConfig decoderConfig(const std::string& type, DecoderReader& reader)
{
    StackConfig config = decoderOf(type, reader.checkpoint()).decoder(reader);
    validate(config, reader.checkpoint().path());
    return config;
}

LoadedModel loadDecoder(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const std::string type = modelTypeOf(checkpoint);
    DecoderReader reader(checkpoint, settings);
    const StackConfig config = decoderConfig(type, reader);
    ModelFacts facts;
    facts.architecture = decoderOf(type, checkpoint).name;
    facts.assumptions = reader.assumptions();
    facts.text = textFactsOf(config);
    facts.text.endToken = reader.endToken();
    return loadCausalText(config, std::move(facts), reader.weights(), settings);
}

} // namespace headlens
