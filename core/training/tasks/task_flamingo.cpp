// SPDX-License-Identifier: GPL-3.0-or-later
// Flamingo in small, in three parts one after the other: a ViT that names shapes, a language model that knows the
// captions without seeing anything, and the bridge between the two, with both of them frozen.
#include "core/models/zoo/flamingo_network.h"
#include "core/training/data/shape_scenes.h"
#include "core/training/tasks/measuring.h"
#include "core/training/tasks/small_stacks.h"
#include "core/training/tasks/stack_names.h"
#include "core/training/tasks/task_table.h"
#include "core/training/tasks/word_tokenizer.h"
#include "core/training/trainer/model_files.h"
#include "core/training/trainer/recorded_task.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

constexpr std::int64_t kSide = 32, kPatch = 4, kWidth = 64, kHeads = 4, kLongest = 48, kBatch = 32;
constexpr double kSeeing = 0.3, kTelling = 0.45; // shares of all steps after which the next part begins

WordTokenizerPlan plan()
{
    return {shapeVocabulary(), {"<pad>", "<end>", "<unk>", "<image>"}, "", ""};
}

FlamingoConfig configFor(std::int64_t vocabulary)
{
    FlamingoConfig config;
    config.vision = smallEye({2, kWidth, kHeads}, kSide, kPatch);
    config.text = smallStack("text", {3, kWidth, kHeads}, vocabulary, kLongest);
    config.text.causal = true;
    config.heads = kHeads;
    config.imageToken = 3;
    return config;
}

class FlamingoTrainee : public ModelNetwork<FlamingoNetwork> {
public:
    explicit FlamingoTrainee(std::int64_t vocabulary) : ModelNetwork(FlamingoNetwork(configFor(vocabulary))) {}
    void visit(const Visit& visit) override
    {
        m_model.visit(visit);
        visit("namer.weight", m_namer, {kShapeColours + kShapes + kPlaces, kWidth}); // only to teach the ViT
    }
    at::Tensor firstValue(const std::string& name, const std::vector<std::int64_t>& shape) const override
    {
        if (name.ends_with("_gate")) return at::zeros(shape); // shut
        return name.starts_with("vision.") ? at::Tensor() : byFanIn(shape);
    }
    double lrMultiplier(const std::string& name) const override { return name.ends_with("_gate") ? 3 : 1; }
    void finish(std::map<std::string, at::Tensor>& weights) const override { weights.erase("namer.weight"); }
    Json config() const override
    {
        const FlamingoConfig& c = m_model.config();
        Json json = visionLanguageJson(c.vision, c.text);
        json.update({{"architectures", {"FlamingoMini"}},
                     {"model_type", "flamingo_mini"},
                     {"num_attention_heads", c.heads},
                     {"resampler_layers", c.resamplerLayers},
                     {"image_token_id", c.imageToken},
                     {"headlens_example", {{"text", "<image> a red ring middle . <image> a"}}}});
        return json;
    }
    // Which part learns at this moment.
    enum Part : std::uint8_t { Vision, Text, Bridge };
    void teach(Part part)
    {
        visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>&) {
            const bool own = part == Vision ? name.starts_with("vision.") || name.starts_with("namer.")
                             : part == Text ? name.starts_with("text.")
                                            : name.starts_with("resampler.") || name.starts_with("bridge.");
            weight.set_requires_grad(own);
        });
    }
    // Scores of colours, shapes and places, one after the other [B,12].
    at::Tensor named(const at::Tensor& pixels) const { return at::linear(m_model.see(pixels, {}).mean(1), m_namer); }

private:
    at::Tensor m_namer;
};

struct Batch {
    at::Tensor pixels, ids; // [B,3,S,n*S], [B,T]
    std::vector<std::vector<ShapeScene>> scenes;
};

class FlamingoTask : public RecordedTask {
public:
    explicit FlamingoTask(const TrainRequest& request)
        : RecordedTask(request), m_ids(plan()), m_network(std::make_shared<FlamingoTrainee>(m_ids.size()))
    {
        m_history.title = "The gates open while the bridge learns";
        for (const char* gate : kGates) m_history.curves.push_back({"tanh of the gate", gate, {}});
        m_history.curves.push_back({"loss", "loss", {}});
    }
    std::shared_ptr<Network> network() override { return m_network; }

    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        const auto part = done(step) < kSeeing    ? FlamingoTrainee::Vision
                          : done(step) < kTelling ? FlamingoTrainee::Text
                                                  : FlamingoTrainee::Bridge;
        m_network->teach(part);
        const Batch batch = drawn(seed, step, part == FlamingoTrainee::Vision ? 1 : 2 + int(step % 2), int(kBatch));
        if (part == FlamingoTrainee::Vision) return naming(batch);
        const FlamingoNetwork& network = m_network->model();
        at::Tensor latents;
        if (part == FlamingoTrainee::Bridge)
            latents = network.resample(network.see(batch.pixels, {}), batch.pixels.size(3) / kSide, {});
        const std::int64_t last = batch.ids.size(1) - 1;
        const at::Tensor scores = network.scores(network.read(batch.ids.slice(1, 0, last), latents, {}));
        at::Tensor target = batch.ids.slice(1, 1).clone();
        target.masked_fill_(target == network.config().imageToken, -100); // nobody has to guess where a picture comes
        const at::Tensor loss = at::cross_entropy_loss(scores.flatten(0, 1), target.flatten());
        m_loss = loss.item<double>();
        return loss;
    }

    // How the gates open: a line every 25 steps of the bridge.
    void afterStep(std::int64_t step) override
    {
        if (done(step) < kTelling || step % 25 != 0) return;
        std::vector<double> values = m_network->model().gates();
        values.push_back(m_loss);
        addPoint(step, values);
    }
    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        SwitchValues shut;
        for (const Switch& one : model.facts().switches) shut[one.name] = "0";
        const Said with = said(model, withSwitches({})), without = said(model, withSwitches(shut));
        const char* const how = "gates at 0";
        const double colour = 1.0 / kShapeColours, shape = 1.0 / kShapes, place = 1.0 / kPlaces;
        return {{"the whole caption, two pictures", with.all, without.all, how, colour * shape * place},
                {"the whole caption of the second picture", with.second, without.second, how, colour * shape * place},
                {"its colour", with.colour, without.colour, how, colour},
                {"its shape", with.shape, without.shape, how, shape},
                {"its place", with.place, without.place, how, place}};
    }

    void writeFiles(const std::string& folder) override
    {
        m_ids.write(folder, kLongest);
        writePreprocessor(folder, kSide, PictureFit::Height);
        RecordedTask::writeFiles(folder);
    }
    std::optional<ExamplePicture> examplePicture(int number) const override
    {
        constexpr int kLarge = 6; // times the side the model sees
        std::vector<ShapeScene> scenes;
        for (int k = 0; k < 2; ++k)
            scenes.push_back(shapeScene(exampleSeed(kMeasuringSeed, 7, 2 * number + k), int(kSide) * kLarge));
        return {{"shapes", sideBySide(scenes)}};
    }
    std::string data() const override
    {
        return "Pictures and captions are made on the fly by `core/training/data/shape_scenes.cpp`. First the ViT "
               "learns to "
               "name colour,\nshape and place, then the language model learns the captions without pictures, then both "
               "are frozen and the\nbridge between them learns. `history.json` holds the gates and the loss at steps "
               "of the bridge. "
               "No outside data.";
    }

private:
    static constexpr std::array kGates{"layer 0, attention", "layer 0, MLP",       "layer 1, attention",
                                       "layer 1, MLP",       "layer 2, attention", "layer 2, MLP"};

    Batch drawn(std::uint64_t seed, std::int64_t step, int pictures, int count) const
    {
        Batch batch;
        std::vector<Image8> strips;
        std::vector<std::int64_t> ids;
        for (int i = 0; i < count; ++i) {
            std::vector<ShapeScene> scenes;
            for (int k = 0; k < pictures; ++k) {
                scenes.push_back(shapeScene(exampleSeed(seed, step, i * 4 + k), int(kSide)));
                ids.push_back(m_ids.of("<image>"));
                const std::vector<std::int64_t> words = m_ids.all(scenes.back().caption());
                ids.insert(ids.end(), words.begin(), words.end());
            }
            ids.push_back(m_ids.of("<end>"));
            strips.push_back(sideBySide(scenes));
            batch.scenes.push_back(std::move(scenes));
        }
        batch.pixels = pixelsOf(strips);
        batch.ids = at::tensor(ids, at::kLong).view({count, -1});
        return batch;
    }

    at::Tensor naming(const Batch& batch) const
    {
        const at::Tensor scores = m_network->named(batch.pixels);
        std::vector<std::int64_t> colours, shapes, places;
        for (const auto& scenes : batch.scenes) {
            colours.push_back(scenes[0].colour);
            shapes.push_back(scenes[0].shape);
            places.push_back(scenes[0].place);
        }
        const auto part = [&](int begin, int count, const std::vector<std::int64_t>& right) {
            return at::cross_entropy_loss(scores.slice(1, begin, begin + count), at::tensor(right, at::kLong));
        };
        return part(0, kShapeColours, colours) + part(kShapeColours, kShapes, shapes) +
               part(kShapeColours + kShapes, kPlaces, places);
    }

    struct Said {
        double all = 0, second = 0, colour = 0, shape = 0, place = 0;
    };
    // Written freely: the first caption, then, behind the second "<image>", the second one.
    Said said(const TransformerModel& model, const ForwardOptions& options) const
    {
        const int examples = measuringCount(512);
        Said found;
        for (int i = 0; i < examples; ++i) {
            const Batch one = drawn(kMeasuringSeed, 1'000'000 + i, 2, 1);
            const auto writer = model.startGeneration(inputOf(one.pixels), options);
            std::vector<std::vector<std::string>> captions;
            constexpr std::size_t kWords = 5;
            constexpr std::int64_t kNoEnd = -1;
            for (int k = 0; k < 2; ++k)
                captions.push_back(m_ids.words(greedy(*writer, {m_ids.of("<image>")}, kNoEnd, kWords)));
            const std::vector<std::string> right = one.scenes[0][1].caption();
            const bool second = captions[1] == right;
            found.all += second && captions[0] == one.scenes[0][0].caption() ? 1 : 0;
            found.second += second ? 1 : 0;
            found.colour += captions[1][1] == right[1] ? 1 : 0;
            found.shape += captions[1][2] == right[2] ? 1 : 0;
            found.place += captions[1][3] == right[3] ? 1 : 0;
        }
        for (double* share : {&found.all, &found.second, &found.colour, &found.shape, &found.place}) *share /= examples;
        return found;
    }

    WordIds m_ids;
    std::shared_ptr<FlamingoTrainee> m_network;
    double m_loss = 0;
};

} // namespace

std::unique_ptr<TrainingTask> makeFlamingoTask(const TrainRequest& request)
{
    return std::make_unique<FlamingoTask>(request);
}

} // namespace headlens
