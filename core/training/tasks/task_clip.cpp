// SPDX-License-Identifier: GPL-3.0-or-later
// A CLIP that learns emoji scenes and their captions by contrast, in the layout of Hugging Face.
#include "core/models/skeletons/stack.h"
#include "core/models/skeletons/vit_encoder.h"
#include "core/training/tasks/emoji_art.h"
#include "core/training/tasks/measuring.h"
#include "core/training/tasks/small_stacks.h"
#include "core/training/tasks/stack_names.h"
#include "core/training/tasks/task_table.h"
#include "core/training/tasks/word_tokenizer.h"
#include "core/training/trainer/model_files.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr std::int64_t kSide = 64, kSpace = 64, kBatch = 96, kLongest = 20, kPad = 0, kStart = 1,
                       kEnd = 3; // 2 would mean: the largest id

VitConfig visionConfig()
{
    return smallClipEye({4, 128, 4, 384}, kSide, 8);
}

StackConfig textConfig(std::int64_t vocabulary)
{
    StackConfig config = smallStack("text", {3, 96, 4, 288}, vocabulary, kLongest);
    config.activation = "quick_gelu";
    config.causal = true;
    return config;
}

class ClipNetwork : public Network {
public:
    explicit ClipNetwork(std::int64_t vocabulary)
        : m_vision(visionConfig()), m_text(textConfig(vocabulary)), m_vocabulary(vocabulary)
    {
    }
    void visit(const Visit& visit) override
    {
        m_vision.visit(renamed(visit, clipVisionName));
        m_text.visit(renamed(visit, clipTextName));
        visit("visual_projection.weight", m_pictureProjection, {kSpace, visionConfig().width});
        visit("text_projection.weight", m_textProjection, {kSpace, textConfig(m_vocabulary).width});
        visit("logit_scale", m_scale, {});
    }
    at::Tensor firstValue(const std::string& name, const std::vector<std::int64_t>& shape) const override
    {
        return name == "logit_scale" ? at::full({}, std::log(1 / 0.07)) : byFanIn(shape);
    }
    void finish(std::map<std::string, at::Tensor>& weights) const override
    {
        at::Tensor& token = weights.at("vision_model.embeddings.class_embedding");
        token = token.view({-1});
        const char* places = "vision_model.embeddings.position_embedding.weight";
        weights.at(places) = weights.at(places).squeeze(0);
        weights.at("logit_scale") = weights.at("logit_scale").clamp_max(std::log(100.0));
    }
    Json config() const override
    {
        const VitConfig v = visionConfig();
        const StackConfig t = textConfig(m_vocabulary);
        Json vision = sizesOf(v);
        vision["model_type"] = "clip_vision_model";
        vision["hidden_act"] = v.activation;
        return {{"architectures", {"CLIPModel"}},
                {"model_type", "clip"},
                {"projection_dim", kSpace},
                {"headlens_example",
                 {{"candidates", {"a dog", "a cat", "a car", "a dog on a blue background", "a cat left of a dog"}}}},
                {"vision_config", vision},
                {"text_config",
                 {{"model_type", "clip_text_model"},
                  {"hidden_size", t.width},
                  {"num_hidden_layers", t.layers},
                  {"num_attention_heads", t.heads},
                  {"intermediate_size", t.mlpWidth},
                  {"max_position_embeddings", t.positions},
                  {"vocab_size", m_vocabulary},
                  {"bos_token_id", kStart},
                  {"eos_token_id", kEnd},
                  {"pad_token_id", kPad},
                  {"hidden_act", t.activation}}}};
    }
    // Normalised features [B,kSpace].
    at::Tensor pictures(const at::Tensor& pixels) const
    {
        return unit(at::linear(m_vision.encode(pixels, {}, {{false, false}}).normed.select(1, 0), m_pictureProjection));
    }
    at::Tensor texts(const at::Tensor& ids) const
    {
        const at::Tensor x = m_text.finalNorm(m_text.run(m_text.embed(ids), {}));
        const at::Tensor ends = (ids == kEnd).to(at::kInt).argmax(1);
        return unit(
            at::linear(x.gather(1, ends.view({-1, 1, 1}).expand({-1, 1, x.size(2)})).squeeze(1), m_textProjection));
    }
    at::Tensor scale() const { return m_scale.clamp_max(std::log(100.0)).exp(); }

private:
    static at::Tensor unit(const at::Tensor& x) { return x / x.norm(2, -1, /*keepdim=*/true); }
    VitEncoder m_vision;
    Stack m_text;
    std::int64_t m_vocabulary;
    at::Tensor m_pictureProjection, m_textProjection, m_scale;
};

struct Pairs {
    at::Tensor pixels, ids; // [B,3,S,S] in -1..1, [B,T]
    std::vector<std::string> captions;
    std::vector<CaptionedScene> scenes;
};

class ClipTask : public TrainingTask {
public:
    explicit ClipTask(const TrainRequest& request)
        : TrainingTask(request), m_art(request.artFolder), m_ids(planOf(m_art.seen)),
          m_network(std::make_shared<ClipNetwork>(m_ids.size())),
          m_batches(
              [this](std::uint64_t seed, std::int64_t step) { return pairs(m_art.seen, seed, step, kBatch, true); })
    {
    }
    std::shared_ptr<Network> network() override { return m_network; }

    // The mean of both cross entropies over the similarities of a batch (Radford et al. 2021).
    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        const Pairs batch = m_batches.at(seed, step);
        const at::Tensor scores =
            at::matmul(m_network->texts(batch.ids), m_network->pictures(batch.pixels).t()) * m_network->scale();
        const at::Tensor same = targets(batch);
        const at::Tensor toTexts = same.t() / same.t().sum(1, true);
        const at::Tensor loss =
            (at::cross_entropy_loss(scores, same) + at::cross_entropy_loss(scores.t(), toTexts)) / 2;
        m_loss = loss.item<double>();
        return loss;
    }

    void afterStep(std::int64_t step) override
    {
        // At 1, 2, 4, ... and every thousand: where most happens first.
        const bool power = (step & (step - 1)) == 0;
        if (!power && step % 1000 != 0) return;
        const c10::NoGradGuard noGrad;
        const Pairs fixed = pairs(m_art.seen, kMeasuringSeed, 1, kShown, false);
        const at::Tensor cosines = at::matmul(m_network->texts(fixed.ids), m_network->pictures(fixed.pixels).t());
        Json rows = Json::array();
        for (std::int64_t i = 0; i < kShown; ++i) {
            Json row = Json::array();
            for (std::int64_t j = 0; j < kShown; ++j)
                row.push_back(std::round(cosines[i][j].item<double>() * 1e4) / 1e4);
            rows.push_back(row);
        }
        m_history.push_back({{"step", step},
                             {"loss", std::round(m_loss * 1e4) / 1e4},
                             {"temperature", std::round(1e4 / m_network->scale().item<double>()) / 1e4},
                             {"cosines", rows}});
        m_captions = fixed.captions;
    }

    std::string saveState() const override { return record().dump(); }
    void loadState(const std::string& state) override
    {
        const Json kept = parseJsonObject(state, "the state of the training task");
        if (!kept.contains("steps") || !kept["steps"].is_array()) return;
        m_history = kept["steps"];
        if (kept.contains("captions")) m_captions = kept["captions"].get<std::vector<std::string>>();
    }

    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        const ForwardOptions all = withSwitches({}), none = ablation(model.facts(), {AttentionKind::Self});
        const char* const off = "every head silenced";
        const auto [seenNames, seenPairs] = measured(model, all, m_art.seen);
        const auto [newNames, newPairs] = measured(model, all, m_art.unseen);
        const auto [blindNames, blindPairs] = measured(model, none, m_art.seen);
        const auto [blindNewNames, blindNewPairs] = measured(model, none, m_art.unseen);
        return {
            {"the right caption among 64 scenes, seen styles", seenPairs, blindPairs, off, 1.0 / 64},
            {"the right caption among 64 scenes, a style never seen (twemoji)", newPairs, blindNewPairs, off, 1.0 / 64},
            {"one emoji named among 64 words, seen styles", seenNames, blindNames, off, 1.0 / 64},
            {"one emoji named among 64 words, a style never seen (twemoji)", newNames, blindNewNames, off, 1.0 / 64}};
    }

    void writeFiles(const std::string& folder) override
    {
        m_ids.write(folder, kLongest);
        writePreprocessor(folder, kSide);
        writeText(folder + "/contrast.json", record().dump() + "\n");
    }
    std::optional<ExamplePicture> examplePicture(int number) const override
    {
        return m_art.examplePicture(request(), number);
    }
    std::string data() const override
    {
        return "Scenes and captions are composed on the fly from emoji art (the styles google, noto1, fluent3d, "
               "fluentflat, "
               "fxemoji;\ntwemoji for measuring only; licences as in the card of emoji-vit) on colours and procedural "
               "backgrounds.\n`contrast.json` holds the similarities of 16 fixed scenes and captions at steps of the "
               "training.";
    }

private:
    static constexpr std::int64_t kShown = 16;

    Json record() const { return {{"captions", m_captions}, {"steps", m_history}}; }

    static WordTokenizerPlan planOf(const SceneMaker& maker)
    {
        return {maker.captionWords(), {"<pad>", "<start>", "<unk>", "<end>"}, "<start>", "<end>"};
    }
    at::Tensor idsOf(const std::vector<std::vector<std::string>>& captions) const
    {
        std::vector<std::vector<std::int64_t>> lines;
        for (const auto& caption : captions) {
            lines.push_back(m_ids.all(caption));
            lines.back().insert(lines.back().begin(), kStart);
            lines.back().push_back(kEnd);
        }
        return padded(lines, kPad, kLongest);
    }
    Pairs pairs(const SceneMaker& maker, std::uint64_t seed, std::int64_t step, std::int64_t count, bool hard) const
    {
        Pairs batch;
        std::vector<std::vector<std::string>> captions;
        for (std::int64_t i = 0; i < count; ++i) {
            batch.scenes.push_back(maker.makeCaptioned(exampleSeed(seed, step, int(i)), int(kSide), hard));
            captions.push_back(batch.scenes.back().caption);
            batch.captions.push_back(joined(captions.back()));
        }
        batch.pixels = pixelsOf(batch.scenes);
        batch.ids = idsOf(captions);
        return batch;
    }
    // Equal captions of a batch are all right: rows of equal shares [B,B].
    static at::Tensor targets(const Pairs& batch)
    {
        const auto count = std::int64_t(batch.captions.size());
        at::Tensor same = at::zeros({count, count});
        for (std::int64_t i = 0; i < count; ++i)
            for (std::int64_t j = 0; j < count; ++j)
                if (batch.captions[std::size_t(i)] == batch.captions[std::size_t(j)]) same[i][j] = 1;
        return same / same.sum(1, /*keepdim=*/true);
    }
    // Single emoji named, and captions found again.
    std::pair<double, double> measured(const TransformerModel& model, const ForwardOptions& options,
                                       const SceneMaker& maker) const
    {
        const auto read = [&](const at::Tensor& ids) {
            ModelInput input;
            input.ids = ids;
            input.mask = (ids != kPad).to(at::kLong);
            return model.run(input, options, {}).outputs.at("text_embeds");
        };
        const auto seen = [&](const at::Tensor& pixels) {
            return model.run(inputOf(pixels), options, {}).outputs.at("image_embeds");
        };
        std::vector<std::vector<std::string>> names;
        for (int i = 0; i < maker.concepts(); ++i) {
            names.push_back(maker.nameOf(i));
            names.back().insert(names.back().begin(), "a");
        }
        const at::Tensor words = read(idsOf(names));
        double named = 0, single = 0, found = 0, all = 0;
        constexpr int kScenes = 64;
        for (int round = 0; round < measuringCount(16); ++round) {
            const Pairs batch = pairs(maker, kMeasuringSeed, 100 + round, kScenes, false);
            const at::Tensor pictures = seen(batch.pixels);
            const at::Tensor name = at::matmul(pictures, words.t()).argmax(1);
            const at::Tensor caption = at::matmul(pictures, read(batch.ids).t()).argmax(1);
            for (std::int64_t i = 0; i < kScenes; ++i) {
                const CaptionedScene& scene = batch.scenes[std::size_t(i)];
                if (scene.concepts.size() == 1) {
                    named += name[i].item<std::int64_t>() == scene.concepts[0] ? 1 : 0;
                    ++single;
                }
                found += batch.captions[std::size_t(caption[i].item<std::int64_t>())] == batch.captions[std::size_t(i)]
                             ? 1
                             : 0;
                ++all;
            }
        }
        return {named / std::max(1.0, single), found / all};
    }

    EmojiArt m_art;
    WordIds m_ids;
    std::shared_ptr<ClipNetwork> m_network;
    double m_loss = 0;
    Json m_history = Json::array();
    std::vector<std::string> m_captions;
    BatchesAhead<Pairs> m_batches;
};

} // namespace

std::unique_ptr<TrainingTask> makeClipTask(const TrainRequest& request)
{
    return std::make_unique<ClipTask>(request);
}

} // namespace headlens
