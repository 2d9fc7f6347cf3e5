// SPDX-License-Identifier: GPL-3.0-or-later
// Small ViTs that read the warm digit, each with another attention: dense, cheaper patterns, and Mixture-of-Depths,
// where two of four blocks look at 8 of 64 patches.
#include "core/training/data/glyphs.h"
#include "core/training/tasks/image_classifier.h"
#include "core/training/tasks/measuring.h"
#include "core/training/tasks/task_table.h"
#include "core/training/trainer/model_files.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {
namespace {

constexpr std::int64_t kSide = 64, kPatch = 8, kBatch = 64, kCapacity = 8;

ClassifierShape routedShape()
{
    ClassifierShape shape{{4}, {4}, 96, kPatch};
    shape.routed = {1, 3};
    shape.capacity = kCapacity;
    return shape;
}

ClassifierShape patternShape(const std::string& pattern)
{
    ClassifierShape shape{{3}, {4}, 64, kPatch};
    shape.pattern = pattern;
    shape.narrow = true;
    if (pattern == "low rank") shape.recipes = 8;
    return shape;
}

struct Batch : LabelledPictures {
    std::vector<GlyphScene> scenes;
};

Batch drawn(std::uint64_t seed, std::int64_t step, int count)
{
    std::vector<GlyphScene> scenes;
    std::vector<std::int64_t> digits;
    for (int i = 0; i < count; ++i) {
        scenes.push_back(glyphScene(exampleSeed(seed, step, i), int(kSide)));
        digits.push_back(scenes.back().digit);
    }
    return {{pixelsOf(scenes), at::tensor(digits, at::kLong)}, std::move(scenes)};
}

// Whether a patch shows ink of the warm digit.
bool touches(const GlyphScene& scene, std::int64_t patch)
{
    const std::int64_t columns = kSide / kPatch, x = patch % columns * kPatch, y = patch / columns * kPatch;
    return x < scene.x + scene.width && scene.x < x + kPatch && y < scene.y + scene.height && scene.y < y + kPatch;
}

class GlyphTask : public TrainingTask {
public:
    GlyphTask(ClassifierShape shape, const TrainRequest& request)
        : TrainingTask(request), m_shape(std::move(shape)), m_scenes(std::max(int(kBatch), measuringCount(2048))),
          m_network(makeClassifier(m_shape, kSide, 10))
    {
    }
    std::shared_ptr<Network> network() override { return m_network; }

    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        const Batch batch = drawn(seed, step, int(kBatch));
        return at::cross_entropy_loss(m_network->logits(batch.pixels), batch.labels);
    }

    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        return m_shape.routed.empty() ? measurePattern(model) : measureDepths(model);
    }

    void writeFiles(const std::string& folder) override { writePreprocessor(folder, kSide); }
    Json moreConfig() const override
    {
        Json labels = Json::object();
        for (int digit = 0; digit < 10; ++digit) labels[std::to_string(digit)] = std::to_string(digit);
        return {{"id2label", labels}};
    }
    std::optional<ExamplePicture> examplePicture(int number) const override
    {
        constexpr int kLarge = 4; // times the side the model sees
        GlyphScene scene = glyphScene(exampleSeed(kMeasuringSeed, 7, number), int(kSide) * kLarge);
        return {{"glyphs-" + std::to_string(scene.digit), std::move(scene.picture)}};
    }
    std::string data() const override
    {
        return "Pictures are drawn on the fly by `core/training/data/glyphs.cpp`: one warm digit to read, two cold "
               "ones to "
               "ignore, a soft background.\nNo outside data.";
    }

private:
    static constexpr double kChance = 1.0 / 10;

    // As it was trained, with its attention cut off, and with every other pattern put upon it afterwards.
    std::vector<TaskScore> measurePattern(const TransformerModel& model) const
    {
        const bool windows = m_shape.pattern.starts_with("window");
        const double off = windows ? right(model, withSwitches({{"attention", "window 1 alone"}}))
                                   : right(model, ablation(model.facts(), {AttentionKind::Self}));
        std::vector<TaskScore> scores{{"the warm digit read", right(model, withSwitches({})), off,
                                       windows ? "class token cut off" : "every head silenced", kChance}};
        for (const std::string& name : model.facts().switches.at(0).choices)
            if (name != m_shape.pattern && name != "window 1 alone")
                scores.push_back({"the same weights with the pattern \"" + name + "\" afterwards",
                                  right(model, withSwitches({{"attention", name}})), -1, "", kChance});
        return scores;
    }

    std::vector<TaskScore> measureDepths(const TransformerModel& model) const
    {
        const double learned = right(model, withSwitches({})),
                     random = right(model, withSwitches({{"routing", "random"}})),
                     all = right(model, withSwitches({{"routing", "all"}}));
        std::vector<TaskScore> scores{{"the warm digit read, 8 of 64 patches in every second block", learned, random,
                                       "patches chosen at random", kChance},
                                      {"the same with every patch in every block", all, -1, "", kChance}};
        for (const std::int64_t block : m_shape.routed) {
            const auto [precision, recall, base] = chosen(model, std::size_t(block));
            const std::string where = " of block " + std::to_string(block);
            scores.push_back({"patches of the digit among the chosen ones" + where, precision, -1, "", base});
            scores.push_back({"patches of the digit that are chosen" + where, recall, -1, "",
                              double(kCapacity) / double(kSide / kPatch * (kSide / kPatch))});
        }
        return scores;
    }

    double right(const TransformerModel& model, const ForwardOptions& options) const
    {
        return accuracy(model, options, m_scenes,
                        [](std::int64_t begin) { return drawn(kMeasuringSeed, begin, int(kBatch)); });
    }

    struct Choice {
        double precision = 0, recall = 0, base = 0; // base: patches of the digit among all
    };
    Choice chosen(const TransformerModel& model, std::size_t block) const
    {
        const int few = m_scenes / 4;
        double hits = 0, ink = 0;
        for (int i = 0; i < few; ++i) {
            const Batch one = drawn(kMeasuringSeed, 100'000 + i, 1);
            const at::Tensor tokens = model.run(inputOf(one.pixels), {}, {}).trace.blocks.at(block).tokens;
            for (std::int64_t patch = 0; patch < (kSide / kPatch) * (kSide / kPatch); ++patch) {
                if (!touches(one.scenes[0], patch)) continue;
                ++ink;
                hits += tokens.eq(patch + 1).any().item<bool>() ? 1 : 0; // the class token comes first
            }
        }
        const double patches = double(kSide / kPatch * (kSide / kPatch));
        return {hits / (few * double(kCapacity)), hits / ink, ink / few / patches};
    }

    ClassifierShape m_shape;
    int m_scenes; // to measure with
    std::shared_ptr<ImageClassifier> m_network;
};

} // namespace

std::unique_ptr<TrainingTask> makeDepthsTask(const TrainRequest& request)
{
    return std::make_unique<GlyphTask>(routedShape(), request);
}

std::unique_ptr<TrainingTask> makePatternTask(const TrainRequest& request)
{
    const std::string name = request.recipe;
    return std::make_unique<GlyphTask>(patternShape(name == "glyph-window"     ? "window 1"
                                                    : name == "glyph-coarse"   ? "coarse 2"
                                                    : name == "glyph-low-rank" ? "low rank"
                                                    : name == "glyph-linear"   ? "linear"
                                                                               : "dense"),
                                       request);
}

} // namespace headlens
