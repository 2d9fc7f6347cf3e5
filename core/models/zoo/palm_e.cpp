// SPDX-License-Identifier: GPL-3.0-or-later
// PaLM-E in small as a model of the engine; the layout of config.json is ours. "<image>" in the text stands for the
// patches of the picture, "<obj1>" to "<obj3>" for its blocks, "red@b3" for the state of one.
#include "core/base/error.h"
#include "core/models/skeletons/uncached_decoder.h"
#include "core/models/skeletons/vit_model.h"
#include "core/models/zoo/palm_e_network.h"
#include "core/models/zoo/vision_language_config.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

class PalmE : public TransformerModel {
public:
    PalmE(const PalmEConfig& config, ModelFacts facts) : m_network(config), m_facts(std::move(facts))
    {
        m_network.text().appendFacts(m_facts, "");
        for (std::int64_t i = 0; i < config.vision.layers; ++i)
            m_facts.blocks.push_back(
                {0, int(config.vision.heads), int(config.vision.width), "vision", AttentionKind::Self, 0});
        m_facts.switches.push_back({"observation", "What is observed", {"on", "off"}, 0, 0, "on"});
    }

    void load(WeightBinder& binder)
    {
        m_network.visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
            // The ViT is recognised as one and stands there without its prefix (core/checkpoint/layouts.h).
            const std::string tower = "vision.";
            weight = binder.take(name.starts_with(tower) ? name.substr(tower.size()) : name, shape);
        });
        binder.finish();
    }

    const ModelFacts& facts() const override { return m_facts; }

    // Words first: where the sentence names no picture, there are no blocks of the ViT behind them.
    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override
    {
        if (!input.ids.defined()) throw Error(ErrorCode::BadRequest, "PaLM-E", "reads text and none was given");
        ForwardResult result;
        std::vector<at::Tensor> visionMaps;
        PalmENetwork::Seen seen = seenOf(input, options, options.maps != nullptr ? &visionMaps : nullptr);
        const at::Tensor sentence = m_network.sentence(input.ids, seen, observes(options), options.hooks);
        const int layers = int(m_network.config().text.layers);
        StackPass pass = passOf(options, control, layers, result);
        pass.mask = input.mask;
        const at::Tensor x = m_network.read(sentence, pass);
        if (options.maps != nullptr) options.maps->insert(options.maps->end(), visionMaps.begin(), visionMaps.end());
        result.trace.streams.push_back({.text = input.ids.size(1), .pictures = picturesIn(input)});
        result.outputs["last_hidden_state"] = m_network.text().finalNorm(x);
        if (options.vocabularyScores) result.outputs["logits"] = m_network.scores(x);
        leaveNeighbours(input.ids, sentence, result);
        if (input.pixels.defined()) addVision(std::move(seen.trace), result);
        return result;
    }

    at::Tensor finalNorm(const at::Tensor& hidden) const override
    {
        return isText(hidden) ? m_network.text().finalNorm(hidden) : hidden;
    }
    at::Tensor vocabularyScores(const at::Tensor& hidden) const override
    {
        return isText(hidden) ? m_network.scores(hidden) : at::Tensor();
    }
    PositionTable positionTable(const TokenStream& stream) const override
    {
        return stream.gridHeight == 0 ? m_network.text().positionTable(stream.tokens()) : PositionTable{};
    }
    std::unique_ptr<Writer> startGeneration(const ModelInput& input, const ForwardOptions& options) const override;

    void eachParameter(const std::function<void(at::Tensor&)>& visit) override
    {
        m_network.visit(
            [&](const std::string&, at::Tensor& weight, const std::vector<std::int64_t>&) { visit(weight); });
    }
    void packWeights(Precision) override {} // too small to gain from it

private:
    bool isText(const at::Tensor& hidden) const { return hidden.size(-1) == m_network.config().text.width; }
    bool observes(const ForwardOptions& options) const
    {
        return switchValue(m_facts.switches, options.switches, "observation") == "on";
    }

    // Where the first text holds the whole picture, patch by patch.
    std::vector<PictureSpan> picturesIn(const ModelInput& input) const
    {
        if (!input.pixels.defined()) return {};
        const at::Tensor places = (input.ids[0] == m_network.config().imageToken).nonzero().squeeze(1);
        constexpr int kPatches = kTableSide * kTableSide;
        if (places.size(0) != kPatches) return {};
        const auto first = places[0].item<std::int64_t>(), last = places[kPatches - 1].item<std::int64_t>();
        if (last - first != kPatches - 1) return {};
        return {{int(first), kTableSide, kTableSide}};
    }

    PalmENetwork::Seen seenOf(const ModelInput& input, const ForwardOptions& options,
                              std::vector<at::Tensor>* maps = nullptr) const
    {
        if (!input.pixels.defined()) return {};
        const VitConfig& vision = m_network.config().vision;
        if (input.pixels.size(2) != vision.imageHeight || input.pixels.size(3) != vision.imageWidth)
            throw Error(ErrorCode::BadRequest, "picture",
                        "must be " + std::to_string(vision.imageWidth) + " x " + std::to_string(vision.imageHeight) +
                            " pixels: one patch is one cell of the table",
                        "choose \"as trained\"");
        PassOptions seeing = options;
        seeing.maps = maps;
        seeing.firstBlock = int(m_network.config().text.layers);
        return m_network.see(input.pixels, seeing);
    }

    void addVision(Trace vision, ForwardResult& result) const
    {
        const VitConfig& config = m_network.config().vision;
        result.trace.streams.push_back({"vision", 0, 0, config.gridHeight(), config.gridWidth(), config.patch});
        for (AttentionRecord& record : vision.blocks) {
            record.tower = "vision";
            record.queryStream = record.keyStream = 1;
            result.trace.blocks.push_back(std::move(record));
        }
        if (!vision.hidden.empty()) result.trace.hidden["vision"] = std::move(vision.hidden.begin()->second);
    }

    // The words whose embeddings point most nearly where a token points that is none.
    void leaveNeighbours(const at::Tensor& ids, const at::Tensor& sentence, ForwardResult& result) const
    {
        constexpr std::int64_t kShown = 3;
        const std::int64_t from = m_network.config().firstObject + kMostObjects; // marks before it are no words
        const auto unit = [](const at::Tensor& x) { return x / x.norm(2, -1, true).clamp_min(1e-9); };
        const at::Tensor words = unit(m_network.text().tokens().slice(0, from));
        const auto [cosine, index] = at::matmul(unit(sentence[0]), words.t()).topk(std::min(kShown, words.size(0)), -1);
        const at::Tensor odd = m_network.isWord(ids[0]).logical_not().unsqueeze(-1);
        result.states["near.cosine"] = at::where(odd, cosine, at::zeros_like(cosine)).to(at::kFloat);
        result.states["near.id"] = at::where(odd, index + from, at::full_like(index, -1)).to(at::kFloat);
    }

    PalmENetwork m_network;
    ModelFacts m_facts;
};

// The picture is seen once.
std::unique_ptr<Writer> PalmE::startGeneration(const ModelInput& input, const ForwardOptions& options) const
{
    const auto scores = [this, whole = seenOf(input, options), observed = observes(options),
                         ablated = options.ablated](const at::Tensor& ids, const at::Tensor& mask) {
        PalmENetwork::Seen seen;
        if (whole.patches.defined()) {
            seen.patches = whole.patches.expand({ids.size(0), -1, -1});
            seen.objects = whole.objects.expand({ids.size(0), -1, -1});
        }
        StackPass pass;
        pass.mask = mask;
        pass.ablated = ablated;
        const at::Tensor x = m_network.read(m_network.sentence(ids, seen, observed), pass);
        return m_network.scores(x.select(1, x.size(1) - 1));
    };
    return std::make_unique<UncachedDecoder>(scores, input.mask);
}

PalmEConfig configOf(const VisionLanguageConfig& both, const JsonFields& fields)
{
    constexpr std::int64_t kAbsurd = 1'048'576;
    PalmEConfig config;
    config.vision = both.vision;
    config.text = both.text;
    config.imageToken = fields.integer("image_token_id", 0, 0, kAbsurd);
    config.firstObject = fields.integer("first_object_id", 0, 0, kAbsurd);
    config.firstState = fields.integer("first_state_id", 0, 0, kAbsurd);
    if (config.firstState != config.text.vocabulary) fields.refuse("first_state_id is not the number of words");
    if (config.firstObject + kMostObjects >= config.firstState || config.imageToken >= config.firstObject)
        fields.refuse("the ids of pictures, objects and states are not in this order, with words between");
    if (config.vision.gridHeight() != kTableSide || config.vision.gridWidth() != kTableSide)
        fields.refuse("a picture is not cut into 4 x 4 patches");
    return config;
}

} // namespace

static int scorePalmE(const Checkpoint& checkpoint)
{
    return !modelTypeOf(checkpoint).empty() && checkpoint.has("bridge.patch.weight") ? 4 : 0;
}

static LoadedModel loadPalmE(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const std::string subject = checkpoint.path() + "/config.json";
    const JsonFields fields(*checkpoint.config(), subject);
    ModelFacts facts;
    const VisionLanguageConfig both = readVisionLanguageConfig(checkpoint, settings, facts.assumptions);
    const PalmEConfig config = configOf(both, fields);
    facts.architecture = "PaLM-E (small)";
    describe(both, fields, facts);
    facts.tokenKinds = {{int(config.imageToken), "image"},
                        {int(config.firstObject), "object"},
                        {int(config.firstObject) + kMostObjects, ""},
                        {int(config.firstState), "state"}};
    facts.textOnlyInput = true;
    facts.widerTokens = {{int(config.imageToken), kTableSide * kTableSide}};
    const PreprocessPlan plan = planFor(checkpoint, facts.imageHeight, facts.imageWidth, facts.assumptions);
    WeightBinder binder(checkpoint, wantsNonFinite(settings));
    auto model = std::make_unique<PalmE>(config, std::move(facts));
    model->load(binder);
    return {std::move(model), plan, binder.unused()};
}

const Architecture architectures::palmE{"PaLM-E", {"palm_e_mini"}, scorePalmE, loadPalmE};

} // namespace headlens
