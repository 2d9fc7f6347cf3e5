// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/vit_model.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace headlens {
namespace {

const std::string kBlock0 = "encoder.layer.0.";

// Nothing in a bare checkpoint holds the head count; these are the published models of each width.
std::int64_t usualHeads(std::int64_t width)
{
    static constexpr std::array<std::pair<std::int64_t, std::int64_t>, 10> kTable{{{192, 3},
                                                                                   {384, 6},
                                                                                   {768, 12},
                                                                                   {1024, 16},
                                                                                   {1152, 16},
                                                                                   {1280, 16},
                                                                                   {1408, 16},
                                                                                   {1536, 24},
                                                                                   {1664, 16},
                                                                                   {4096, 32}}};
    for (const auto& [known, heads] : kTable)
        if (known == width) return heads;
    return width % 64 == 0 ? width / 64 : 1;
}

void readPrefix(VitConfig& config, const Checkpoint& checkpoint)
{
    config.prefix.clear();
    if (checkpoint.has("embeddings.cls_token")) config.prefix.push_back({"cls_token", "cls", 1});
    if (checkpoint.has("embeddings.distillation_token")) config.prefix.push_back({"distillation_token", "dist", 1});
    if (checkpoint.has("embeddings.register_tokens"))
        config.prefix.push_back({"register_tokens", "reg", extentOf(checkpoint, "embeddings.register_tokens", 1)});
}

// Which parts a block has is seen from its tensors.
void readParts(VitConfig& config, const Checkpoint& checkpoint)
{
    const auto has = [&](const std::string& name) { return checkpoint.has(kBlock0 + name); };
    config.queryBias = has("attention.attention.query.bias");
    config.keyBias = has("attention.attention.key.bias");
    config.valueBias = has("attention.attention.value.bias");
    config.outputBias = has("attention.output.dense.bias");
    config.mlpBias = has("intermediate.dense.bias");
    config.patchBias = checkpoint.has("embeddings.patch_embeddings.projection.bias");
    config.layerScale = has("layer_scale1");
    config.gated = has("gate.weight");
    config.queryKeyNorm = has("attention.query_norm.weight");
    config.normBefore = checkpoint.has("embeddings.norm_pre.weight");
    config.relativeBias = has("relative_position_bias_table");
    config.sharedRelativeBias = checkpoint.has("encoder.relative_position_bias_table");
    config.finalNorm = checkpoint.has("layernorm.weight");
    config.positions = checkpoint.has("embeddings.position_embeddings");
    const bool dino3 = !config.positions && !config.relativeBias && !config.sharedRelativeBias;
    if (dino3 && !checkpoint.has("embeddings.register_tokens") && !checkpoint.has("embeddings.rope_periods"))
        throw Error(
            ErrorCode::UnsupportedModel, checkpoint.path(),
            "stores no positions of a kind that this version knows: no table, no biases, no registers beside rotary "
            "ones",
            "choose a ViT, DeiT, BEiT, DINO, MAE or Swin model");
    config.ropeTheta = dino3 ? 100 : 0;
    config.eps = dino3 ? 1e-5 : 1e-6;
    config.activation = config.gated ? "silu" : "gelu";
}

// Rows of the position table that belong to prefix tokens, and the trained grid.
void readGrid(VitConfig& config, const Checkpoint& checkpoint, const TimmConfig& timm, const ModelSettings& settings,
              std::vector<std::string>& assumptions)
{
    std::int64_t patches = 0;
    if (config.positions) {
        const std::int64_t rows = extentOf(checkpoint, "embeddings.position_embeddings", 1);
        const auto [height, width] = imageSizeOf(settings, {timm.imageHeight, timm.imageWidth});
        const std::int64_t known = (height / config.patch) * (width / config.patch);
        config.positionedPrefix = config.prefixTokens();
        for (const std::int64_t candidate : {config.prefixTokens(), std::int64_t(1), std::int64_t(0)}) {
            const bool fits = known > 0 ? rows - candidate == known : rootOf(rows - candidate) > 0;
            if (candidate > config.prefixTokens() || !fits) continue;
            config.positionedPrefix = candidate;
            break;
        }
        patches = rows - config.positionedPrefix;
    } else {
        config.positionedPrefix = 0;
        const std::string table = config.sharedRelativeBias ? "encoder.relative_position_bias_table"
                                                            : kBlock0 + "relative_position_bias_table";
        if (checkpoint.has(table)) {
            const std::int64_t side = (rootOf(extentOf(checkpoint, table, 0) - 3) + 1) / 2;
            patches = side * side;
        }
    }
    const std::int64_t side = rootOf(patches);
    if (timm.imageHeight > 0) {
        config.imageHeight = timm.imageHeight;
        config.imageWidth = timm.imageWidth;
        return;
    }
    const bool told = settings.contains("image_size");
    if (side == 0 && config.positions && !told)
        throw Error(ErrorCode::BadWeights, checkpoint.path(),
                    "has " + std::to_string(patches) +
                        " positions, which make no square: rectangular pictures, or a "
                        "token that this version does not know",
                    "give the pictures' size in pixels with --set image_size=HEIGHTxWIDTH, for example 64x32");
    const std::int64_t fallback = side > 0 ? side * config.patch : 224;
    std::tie(config.imageHeight, config.imageWidth) = imageSizeOf(settings, {fallback, fallback});
    if (side == 0 && !told) assumptions.push_back("image_size: 224");
}

PositionInterpolation interpolationFor(const Checkpoint& checkpoint, const VitConfig& config, const TimmConfig& timm)
{
    const std::string& layout = checkpoint.layout().name;
    if (layout == "torchvision") return PositionInterpolation::HuggingFace;
    if (!timm.architecture.empty()) return PositionInterpolation::Timm;
    const bool registers = checkpoint.has("embeddings.register_tokens");
    const bool headless = !checkpoint.has("classifier.weight") && !checkpoint.has("pooler.layernorm.weight");
    const bool facebookDino = layout == "facebook" || (headless && config.prefixTokens() == 1);
    return facebookDino && !registers ? PositionInterpolation::Facebook : PositionInterpolation::Timm;
}

PositionInterpolation chosenInterpolation(const ModelSettings& settings, PositionInterpolation fallback)
{
    const auto hit = settings.find("interpolation");
    if (hit == settings.end()) return fallback;
    if (hit->second == "hf") return PositionInterpolation::HuggingFace;
    if (hit->second == "facebook") return PositionInterpolation::Facebook;
    return PositionInterpolation::Timm; // loadModel() lets no other word through
}

bool namesOneOf(const std::string& name, std::initializer_list<const char*> words)
{
    return std::ranges::any_of(words, [&](const char* word) { return name.find(word) != std::string::npos; });
}

// timm's files do not store what these do differently; running them without would be silently wrong.
void refuseUnknownBlocks(const VitConfig& config, const Checkpoint& checkpoint, const TimmConfig& timm)
{
    const std::string& name = timm.architecture;
    const bool named = namesOneOf(name, {"eva02", "_rope", "vit_pe_", "_sapiens2", "_lingbot"});
    const bool eva =
        name.empty() && config.positions && config.gated && config.queryBias && !config.keyBias && !config.layerScale;
    if (named || eva)
        throw Error(ErrorCode::UnsupportedModel, checkpoint.path(),
                    "looks like a model with rotary positions of its own kind (EVA-02, timm's rope models), which this "
                    "version cannot run",
                    "choose a ViT, DeiT, BEiT, DINO, MAE or Swin model");
    if (namesOneOf(name, {"_rpn_"}))
        throw Error(ErrorCode::UnsupportedModel, checkpoint.path(),
                    "has its norms behind attention and MLP, which this version cannot run",
                    "choose a ViT whose norms stand in front");
}

// What timm's architectures compute with beside the class default: known by name only.
std::string timmActivation(const TimmConfig& timm, const std::string& fallback)
{
    const std::string& name = timm.architecture;
    const bool siglip = namesOneOf(name, {"_siglip"});
    const bool smooth = namesOneOf(name, {"giantopt", "_patch32_", "so400m_patch16_"}) ||
                        (namesOneOf(name, {"large_patch16_"}) && name.ends_with("512"));
    if (timm.activation == "gelu_tanh" || (timm.activation.empty() && siglip && smooth)) return "gelu_pytorch_tanh";
    static const std::map<std::string, std::string> kNamed{
        {"relu", "relu"}, {"silu", "silu"}, {"swish", "silu"}, {"gelu", "gelu"}};
    if (const auto hit = kNamed.find(timm.activation); hit != kNamed.end()) return hit->second;
    if (timm.activation == "quick_gelu" || name.find("quickgelu") != std::string::npos) return "quick_gelu";
    return fallback;
}

// Flax keeps the heads apart: query [width,heads,width of a head]. 0 for other layouts.
std::int64_t storedHeads(const Checkpoint& checkpoint)
{
    const auto query = checkpoint.layout().views.find(kBlock0 + "attention.attention.query.weight");
    if (query == checkpoint.layout().views.end() || !query->second.transposed) return 0;
    const auto& shape = checkpoint.tensors()[query->second.index].shape;
    return shape.size() == 3 ? shape[1] : 0;
}

VitConfig configFromShapes(const Checkpoint& checkpoint, const ModelSettings& settings,
                           std::vector<std::string>& assumptions)
{
    const std::string patches = "embeddings.patch_embeddings.projection.weight";
    const TimmConfig timm = timmConfigOf(checkpoint);
    VitConfig config;
    config.width = extentOf(checkpoint, patches, 0);
    config.channels = extentOf(checkpoint, patches, 1);
    config.patch = std::max<std::int64_t>(1, extentOf(checkpoint, patches, 2));
    config.mlpWidth = extentOf(checkpoint, kBlock0 + "intermediate.dense.weight", 0);
    config.layers = 0;
    while (checkpoint.has("encoder.layer." + std::to_string(config.layers) + ".layernorm_before.weight"))
        ++config.layers;
    if (checkpoint.config()) config.labels = parseLabels(*checkpoint.config(), checkpoint.path() + "/config.json");
    readPrefix(config, checkpoint);
    readParts(config, checkpoint);
    readGrid(config, checkpoint, timm, settings, assumptions);
    const std::string& name = timm.architecture; // EVA-CLIP keeps the usual eps
    const bool clip = name.empty() ? config.normBefore : namesOneOf(name, {"_clip_"}) && name.starts_with("vit_");
    if (clip) config.eps = 1e-5;
    config.activation = activationOf(settings, timmActivation(timm, config.activation));
    config.interpolation = interpolationFor(checkpoint, config, timm);
    refuseUnknownBlocks(config, checkpoint, timm);
    const auto table = checkpoint.shapeOf(config.relativeBias ? kBlock0 + "relative_position_bias_table"
                                                              : "encoder.relative_position_bias_table");
    const std::int64_t known =
        table && table->size() == 2 ? (*table)[1] : std::max(timm.heads, storedHeads(checkpoint));
    const bool giantopt = namesOneOf(name, {"giantopt"});
    const bool hugePlus = config.ropeTheta > 0 && config.width == 1280; // DINOv3's H+
    const std::int64_t usual = giantopt ? 16 : hugePlus ? 20 : usualHeads(config.width);
    config.heads = settingOf(settings, "num_heads", known > 0 ? known : usual);
    if (known == 0 && !settings.contains("num_heads"))
        assumptions.push_back("heads: " + std::to_string(config.heads) + " (usual for width " +
                              std::to_string(config.width) + ")");
    config.eps = epsOf(settings, config.eps);
    assumeNumbers(config.eps, config.activation, settings, assumptions);
    if (checkpoint.layout().name == "Flax" && !settings.contains("activation"))
        assumptions.emplace_back(
            "exact GELU, as timm and transformers read these files; Google's own code computes its "
            "tanh form (--set activation=gelu_new)");
    return config;
}

} // namespace

VitConfig vitConfigFor(const Checkpoint& checkpoint, const ModelSettings& settings,
                       std::vector<std::string>& assumptions)
{
    const auto& json = checkpoint.config();
    const bool described = json && (json->contains("hidden_size") || !modelTypeOf(checkpoint).empty());
    VitConfig config = described ? parseVitConfig(*json, checkpoint.path() + "/config.json")
                                 : configFromShapes(checkpoint, settings, assumptions);
    if (described) {
        config.heads = settingOf(settings, "num_heads", config.heads);
        config.eps = epsOf(settings, config.eps);
        config.activation = activationOf(settings, config.activation);
        std::tie(config.imageHeight, config.imageWidth) =
            imageSizeOf(settings, {config.imageHeight, config.imageWidth});
        if (checkpoint.has("embeddings.distillation_token")) {
            config.prefix.push_back({"distillation_token", "dist", 1});
            config.positionedPrefix = 2;
        }
        if (!config.finalNorm && checkpoint.has("layernorm.weight")) config.finalNorm = true;
    }
    config.interpolation = chosenInterpolation(settings, config.interpolation);
    validate(config, checkpoint.path());
    return config;
}

namespace {

// What a model was trained with, and what it may be run with instead. Learnt mixtures cannot be done without.
Switch patternSwitch(const VitConfig& config)
{
    Switch one{"attention", "Who looks at whom", {}, 0, 0, config.pattern};
    for (const std::string& name : patternNames())
        if (name != "low rank" || config.recipes > 0) one.choices.push_back(name);
    return one;
}

} // namespace

ModelFacts factsFrom(const VitConfig& config)
{
    ModelFacts facts;
    for (std::int64_t i = 0; i < config.layers; ++i)
        facts.blocks.push_back({0, int(config.heads), int(config.width), {}});
    facts.patch = int(config.patch);
    facts.channels = int(config.channels);
    facts.imageHeight = int(config.imageHeight);
    facts.imageWidth = int(config.imageWidth);
    facts.labels = config.labels;
    for (const PrefixToken& token : config.prefix)
        for (std::int64_t i = 0; i < token.count; ++i)
            facts.prefixTokens.push_back(token.shown == "reg" ? "reg" + std::to_string(i) : token.shown);
    facts.choosesTokens = !config.routed.empty();
    const bool biased = config.ropeTheta > 0 || config.relativeBias || config.sharedRelativeBias;
    if (!facts.choosesTokens && !biased) facts.switches = {patternSwitch(config)};
    if (!facts.choosesTokens) return facts;
    facts.switches = {{"routing", "Who is processed", {"learned", "random", "all"}, 0, 0, "learned"},
                      {"capacity",
                       "Patches of a routed block",
                       {},
                       1,
                       double(config.gridHeight() * config.gridWidth()),
                       std::to_string(config.capacity)}};
    return facts;
}

void VitModel::load(const Checkpoint& checkpoint, WeightBinder& binder)
{
    m_encoder.visit(takenFrom(binder));
    const VitConfig& config = m_encoder.config();
    if (checkpoint.has("embeddings.rope_periods"))
        m_encoder.setRotaryPeriods(binder.take("embeddings.rope_periods", {config.width / config.heads / 4}));
    loadHeads(checkpoint, binder);
    binder.finish();
}

at::Tensor VitModel::finalNorm(const at::Tensor& hidden) const
{
    return hidden.size(-1) == m_encoder.config().width ? m_encoder.finalNorm(hidden) : hidden;
}

AttentionPattern VitModel::patternOf(const ForwardOptions& options) const
{
    const bool choice = std::ranges::find(m_facts.switches, "attention", &Switch::name) != m_facts.switches.end();
    if (!choice) return {};
    const AttentionPattern pattern = patternFrom(switchValue(m_facts.switches, options.switches, "attention"));
    if (options.maps != nullptr && pattern.kind != AttentionPattern::Dense)
        throw Error(ErrorCode::BadRequest, "relevance", "needs attention of everybody to everybody",
                    "set the switch \"attention\" to dense");
    return pattern;
}

ForwardResult VitModel::forward(const at::Tensor& pixels, const ForwardOptions& options,
                                const JobControl& control) const
{
    RoutingChoice routing;
    if (m_facts.choosesTokens) {
        const std::string chosen = switchValue(m_facts.switches, options.switches, "routing");
        routing.routing = chosen == "random" ? Routing::Random : chosen == "all" ? Routing::All : Routing::Learned;
        routing.capacity = std::llround(switchNumber(m_facts.switches, options.switches, "capacity"));
        routing.seed = options.seed;
    }
    const AttentionPattern pattern = patternOf(options);
    auto encoded = m_encoder.encode(pixels, control, options, routing, pattern);
    ForwardResult result{std::move(encoded.trace), {{"last_hidden_state", encoded.normed}}};
    if (pattern.kind != AttentionPattern::Dense)
        result.trace.streams =
            streamsBy(pattern, {prefixCount(), encoded.gridHeight, encoded.gridWidth, m_encoder.config().patch},
                      m_encoder.config().recipes);
    result.gridHeight = int(encoded.gridHeight);
    result.gridWidth = int(encoded.gridWidth);
    addOutputs(encoded, result);
    return result;
}

void VitModel::eachParameter(const std::function<void(at::Tensor&)>& visit)
{
    m_encoder.visit([&](const std::string&, at::Tensor& weight, const auto&) { visit(weight); });
    visitHeads(visit);
}

} // namespace headlens
