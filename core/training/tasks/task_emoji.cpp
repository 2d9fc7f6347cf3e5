// SPDX-License-Identifier: GPL-3.0-or-later
// A ViT and a Swin that name the one emoji in a composed scene.
#include "core/training/tasks/emoji_art.h"
#include "core/training/tasks/image_classifier.h"
#include "core/training/tasks/measuring.h"
#include "core/training/tasks/task_table.h"
#include "core/training/trainer/model_files.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {
namespace {

struct Schedule {
    int firstSide, finalSide; // of the pictures, in pixels
    double grows;             // share of the training after which they have the final side
    int batch;
};

class EmojiTask : public TrainingTask {
public:
    EmojiTask(const ClassifierShape& shape, const Schedule& schedule, const TrainRequest& request)
        : TrainingTask(request), m_schedule(schedule), m_art(request.artFolder),
          m_network(makeClassifier(shape, schedule.firstSide, std::int64_t(m_art.library.concepts().size()))),
          m_batches([this](std::uint64_t seed, std::int64_t step) {
              return drawn(m_art.seen, seed, step, {m_schedule.batch, sideAt(step), /*hard=*/true});
          })
    {
    }
    std::shared_ptr<Network> network() override { return m_network; }

    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        constexpr double kSmoothing = 0.05;
        if (sideAt(step) == m_schedule.finalSide) grow();
        const LabelledPictures batch = m_batches.at(seed, step);
        return at::cross_entropy_loss(m_network->logits(batch.pixels), batch.labels, {}, at::Reduction::Mean, -100,
                                      kSmoothing);
    }
    std::string saveState() const override { return std::to_string(m_network->side()); }
    void loadState(const std::string& state) override
    {
        if (state == std::to_string(m_schedule.finalSide)) grow();
    }

    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        const double chance = 1.0 / double(m_art.library.concepts().size());
        const auto scored = [&](const std::string& what, const SceneMaker& maker) -> TaskScore {
            return {what, right(model, withSwitches({}), maker),
                    right(model, ablation(model.facts(), {AttentionKind::Self}), maker), "every head silenced", chance};
        };
        return {
            scored("the emoji named, styles seen in training", m_art.seen),
            scored(std::string("the emoji named, a style never seen (") + EmojiArt::kUnseenStyle + ")", m_art.unseen)};
    }

    void writeFiles(const std::string& folder) override { writePreprocessor(folder, m_network->side()); }
    Json moreConfig() const override
    {
        Json labels = Json::object();
        for (const Concept& item : m_art.library.concepts()) labels[std::to_string(labels.size())] = item.name;
        return {{"id2label", labels}};
    }
    std::optional<ExamplePicture> examplePicture(int number) const override
    {
        return m_art.examplePicture(request(), number);
    }
    std::string data() const override;

private:
    struct Kind {
        int count, side;
        bool hard;
    };
    static LabelledPictures drawn(const SceneMaker& maker, std::uint64_t seed, std::int64_t step, const Kind& kind)
    {
        std::vector<Scene> scenes;
        std::vector<std::int64_t> labels;
        for (int i = 0; i < kind.count; ++i) {
            scenes.push_back(maker.make(exampleSeed(seed, step, i), kind.side, kind.hard));
            labels.push_back(scenes.back().label);
        }
        return {pixelsOf(scenes), at::tensor(labels, at::kLong)};
    }
    int sideAt(std::int64_t step) const // the final one at the last step at the latest
    {
        const bool first = done(step) < m_schedule.grows && step + 1 < steps();
        return first ? m_schedule.firstSide : m_schedule.finalSide;
    }
    void grow()
    {
        if (m_network->side() == m_schedule.finalSide) return;
        m_network->resizePictures(m_schedule.finalSide);
        m_network->visit([](const std::string&, at::Tensor& weight, const auto&) { weight.set_requires_grad(true); });
    }
    double right(const TransformerModel& model, const ForwardOptions& options, const SceneMaker& maker) const
    {
        const int scenes = measuringCount(2048);
        const Kind kind{std::min(scenes, 128), model.facts().imageHeight, /*hard=*/false};
        return accuracy(model, options, scenes,
                        [&](std::int64_t begin) { return drawn(maker, kMeasuringSeed, begin, kind); });
    }

    Schedule m_schedule;
    EmojiArt m_art;
    std::shared_ptr<ImageClassifier> m_network;
    BatchesAhead<LabelledPictures> m_batches;
};

std::string EmojiTask::data() const
{
    const std::string first = std::to_string(m_schedule.firstSide), last = std::to_string(m_schedule.finalSide);
    return "Scenes are composed on the fly from emoji art (styles in training: " + joined(m_art.seenStyles) +
           ") on procedural backgrounds,\n" + std::to_string(m_schedule.batch) + " a step, " +
           (first == last ? "of " + last + " pixels" : "first of " + first + " pixels, then of " + last) +
           ". The model has never seen a photograph: what it says about one is a guess, and a\n"
           "good occasion to look at where it looks.\n\n"
           "- google, noto1: Noto Emoji by Google, Apache License 2.0 (npm emoji-datasource-google, "
           "@iconify-json/noto-v1)\n"
           "- fluent3d, fluentflat: Fluent Emoji by Microsoft, MIT (npm @lobehub/fluent-emoji-3d, "
           "@iconify-json/fluent-emoji-flat)\n"
           "- fxemoji: Firefox OS Emoji by Mozilla, Apache License 2.0 (npm @iconify-json/fxemoji)\n"
           "- twemoji (measuring only): Twemoji by Twitter and contributors, graphics CC BY 4.0 (npm @twemoji/svg)";
}

} // namespace

std::unique_ptr<TrainingTask> makeEmojiTask(const TrainRequest& request)
{
    if (request.recipe == "emoji-swin")
        return std::make_unique<EmojiTask>(ClassifierShape{{2, 2, 2}, {3, 6, 12}, 48, 4, 6}, Schedule{96, 96, 0, 64},
                                           request);
    return std::make_unique<EmojiTask>(ClassifierShape{{6}, {4}, 128, 8}, Schedule{64, 96, 3200.0 / 3500, 128},
                                       request);
}

} // namespace headlens
