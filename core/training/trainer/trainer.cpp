// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer/trainer.h"

#include "core/base/error.h"
#include "core/base/resources.h"
#include "core/imaging/codec.h"
#include "core/models/registry.h"
#include "core/tensors/runtime.h"
#include "core/training/data/emoji_scenes.h"
#include "core/training/trainer/task.h"
#include "core/training/trainer/training_state.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <numbers>

namespace headlens {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kSaveEvery = 250;
constexpr int kEvaluationScenes = 2048;

struct Batch {
    at::Tensor pixels, labels; // [B,3,S,S] in -1..1; [B]
};

Batch makeBatch(const SceneMaker& maker, std::uint64_t seed, std::int64_t step, int count, int side, bool hard)
{
    Batch batch{at::empty({count, side, side, 3}, at::kByte), at::empty({count}, at::kLong)};
    const std::size_t bytes = std::size_t(side) * std::size_t(side) * 3;
    for (int i = 0; i < count; ++i) {
        const Scene scene = maker.make(exampleSeed(seed, step, i), side, hard);
        std::copy(scene.picture.pixels.begin(), scene.picture.pixels.end(),
                  batch.pixels.data_ptr<std::uint8_t>() + std::size_t(i) * bytes);
        batch.labels.data_ptr<std::int64_t>()[i] = scene.label;
    }
    batch.pixels = batch.pixels.permute({0, 3, 1, 2}).to(at::kFloat).div_(127.5).sub_(1).contiguous();
    return batch;
}

double accuracy(const TransformerModel& model, const ForwardOptions& options, const SceneMaker& maker, int scenes)
{
    const int batchSize = std::min(scenes, 128);
    std::int64_t right = 0;
    for (int begin = 0; begin < scenes; begin += batchSize) {
        const Batch batch = makeBatch(maker, kMeasuringSeed, begin, batchSize, model.facts().imageHeight, false);
        ModelInput input;
        input.pixels = batch.pixels;
        const at::Tensor logits = model.run(input, options, {}).outputs.at("logits");
        right += logits.argmax(1).eq(batch.labels).sum().item<std::int64_t>();
    }
    return double(right) / scenes;
}

struct Plan {
    std::int64_t first, total;
    explicit Plan(const TrainRecipe& recipe, double shorten)
        : first(std::max<std::int64_t>(1, std::llround(recipe.firstSteps * shorten))),
          total(first + std::max<std::int64_t>(1, std::llround(recipe.finalSteps * shorten)))
    {
    }
};

const TrainRecipe& recipeNamed(const std::string& name)
{
    for (const TrainRecipe& recipe : trainRecipes())
        if (name == recipe.name) return recipe;
    throw Error(ErrorCode::Usage, name, "is no model that can be trained", "see headlens-cli train --list");
}

// One run: draws the next batch on another thread while this one computes.
class Run {
public:
    Run(const TrainRecipe& recipe, const TrainRequest& request, const SceneMaker& maker, Trainable& network,
        TrainingState& state)
        : m_recipe(recipe), m_request(request), m_maker(maker), m_network(network), m_state(state),
          m_plan(recipe, request.shorten)
    {
    }

    void go(const JobControl& control, const std::function<void(const std::string&)>& report)
    {
        const std::string stateFile = m_request.outputFolder + "/training.safetensors";
        prefetch();
        while (m_state.step() < m_plan.total) {
            control.checkpoint(int(m_state.step()), int(m_plan.total), "train");
            if (m_state.step() == m_plan.first) resize(m_network, m_state, m_recipe.finalSide);
            const Batch batch = m_next.get();
            prefetchAfter();
            learn(batch);
            if (m_state.step() % 25 == 0) tell(report);
            if (m_state.step() % kSaveEvery == 0) save(stateFile);
        }
        if (m_next.valid()) m_next.wait();
        save(stateFile);
    }

    static void resize(Trainable& network, TrainingState& state, std::int64_t side)
    {
        if (network.side() == side) return;
        network.resizePictures(side);
        state.shapesChanged();
    }

private:
    void save(const std::string& path) const { m_state.save(path, {{"image_size", std::to_string(m_network.side())}}); }
    int sideAt(std::int64_t step) const { return step < m_plan.first ? m_recipe.firstSide : m_recipe.finalSide; }
    void prefetchStep(std::int64_t step)
    {
        m_next = std::async(std::launch::async, [this, step] {
            return makeBatch(m_maker, m_request.seed, step, m_recipe.batch, sideAt(step), true);
        });
    }
    void prefetch() { prefetchStep(m_state.step()); }
    void prefetchAfter()
    {
        if (m_state.step() + 1 < m_plan.total) prefetchStep(m_state.step() + 1);
    }
    void learn(const Batch& batch)
    {
        const at::Tensor logits = m_network.logits(batch.pixels);
        const at::Tensor loss = at::cross_entropy_loss(logits, batch.labels, {}, at::Reduction::Mean, -100, 0.05);
        loss.backward();
        m_state.update(m_settings, rateAt(m_recipe.rate, m_state.step(), m_plan.total));
        m_loss = 0.95 * m_loss + 0.05 * loss.item<double>();
        m_right = 0.95 * m_right + 0.05 * logits.argmax(1).eq(batch.labels).to(at::kFloat).mean().item<double>();
    }
    void tell(const std::function<void(const std::string&)>& report)
    {
        const double seconds = std::chrono::duration<double>(Clock::now() - m_started).count();
        const auto done = m_state.step() - m_begun;
        char line[160];
        std::snprintf(line, sizeof(line), "step %lld of %lld, loss %.3f, right %.1f %%, %.0f pictures/s, %.0f min left",
                      static_cast<long long>(m_state.step()), static_cast<long long>(m_plan.total), m_loss,
                      100 * m_right, double(done) * m_recipe.batch / seconds,
                      double(m_plan.total - m_state.step()) * seconds / double(done) / 60);
        report(line);
    }

    const TrainRecipe& m_recipe;
    const TrainRequest& m_request;
    const SceneMaker& m_maker;
    Trainable& m_network;
    TrainingState& m_state;
    Plan m_plan;
    AdamSettings m_settings;
    std::future<Batch> m_next;
    Clock::time_point m_started = Clock::now();
    std::int64_t m_begun = m_state.step();
    double m_loss = 4.16, m_right = 0; // ln 64: the loss of guessing
};

std::string conceptsFile()
{
    return resourceFolder() + "/training/emoji_concepts.tsv";
}

Json labelsOf(const ArtLibrary& library)
{
    Json names = Json::object();
    std::size_t id = 0;
    for (const Concept& item : library.concepts()) names[std::to_string(id++)] = item.name;
    return names;
}

// The art that the model saw in training, and the style that it did not.
struct Makers {
    ArtLibrary library;
    std::vector<std::string> seenStyles;
    SceneMaker seen, unseen;

    Makers(const TrainRecipe& recipe, const std::string& folder)
        : library(ArtLibrary::load(folder, conceptsFile())), seenStyles(stylesBut(recipe.unseenStyle, folder)),
          seen(library, seenStyles), unseen(library, {recipe.unseenStyle})
    {
    }

private:
    std::vector<std::string> stylesBut(const std::string& left, const std::string& folder) const
    {
        std::vector<std::string> styles = library.styles();
        if (std::erase(styles, left) == 0)
            throw Error(ErrorCode::FileMissing, folder, "lacks the style " + left, "run tools/emoji_art.sh again");
        return styles;
    }
};

// Of the finished model, as the engine opens it.
TrainScores measuredIn(const TrainRecipe& recipe, const TrainRequest& request, const Makers& art)
{
    const std::string& folder = request.outputFolder;
    const int scenes = measuringCount(request, kEvaluationScenes);
    const c10::NoGradGuard noGrad;
    const LoadedModel loaded = loadModel(openCheckpoint(folder), {});
    const TransformerModel& model = *loaded.model;
    const ForwardOptions on = withSwitches({}), off = ablation(model.facts(), {AttentionKind::Self});
    TrainScores scores;
    scores.seenStyles = accuracy(model, on, art.seen, scenes);
    scores.unseenStyle = accuracy(model, on, art.unseen, scenes);
    scores.seenAblated = accuracy(model, off, art.seen, scenes);
    scores.unseenAblated = accuracy(model, off, art.unseen, scenes);
    scores.scenes = scenes;
    const double chance = 1.0 / double(art.library.concepts().size());
    const bool windows = recipe.shape.window > 0;
    writeMeasured(folder, recipe.title, windows ? "windows that shift (Swin)" : "the vision transformer",
                  {{"the emoji named, styles seen in training", scores.seenStyles, scores.seenAblated,
                    "every head silenced", chance},
                   {std::string("the emoji named, a style never seen (") + recipe.unseenStyle + ")", scores.unseenStyle,
                    scores.unseenAblated, "every head silenced", chance}});
    return scores;
}

} // namespace

TrainScores measure(const TrainRequest& request)
{
    const TrainRecipe& recipe = recipeNamed(request.recipe);
    startRuntime();
    return measuredIn(recipe, request, Makers(recipe, request.artFolder));
}

void writePreprocessor(const std::string& folder, std::int64_t side)
{
    const Json preprocessor{{"image_processor_type", "ViTImageProcessor"},
                            {"do_resize", true},
                            {"size", {{"height", side}, {"width", side}}},
                            {"resample", 3},
                            {"do_rescale", true},
                            {"rescale_factor", 1.0 / 255.0},
                            {"do_normalize", true},
                            {"image_mean", {0.5, 0.5, 0.5}},
                            {"image_std", {0.5, 0.5, 0.5}}};
    writeText(folder + "/preprocessor_config.json", preprocessor.dump(2) + "\n");
}

void writeScenes(const TrainRequest& request, const std::string& style, int count, int side)
{
    const ArtLibrary library = ArtLibrary::load(request.artFolder, conceptsFile());
    if (std::ranges::find(library.styles(), style) == library.styles().end())
        throw Error(ErrorCode::Usage, "style " + style, "is not in " + request.artFolder);
    const SceneMaker maker(library, {style});
    fs::create_directories(request.outputFolder);
    for (int i = 0; i < count; ++i) {
        const Scene scene = maker.make(exampleSeed(request.seed, 0, i), side, false);
        const std::string name = library.concepts()[std::size_t(scene.label)].name + "-" + std::to_string(i) + ".png";
        std::ofstream(request.outputFolder + "/" + name, std::ios::binary) << encodePng(scene.picture);
    }
}

const std::vector<TrainRecipe>& trainRecipes()
{
    static const std::vector<TrainRecipe> kTable{
        {"emoji-vit",
         "64 everyday concepts in emoji scenes",
         "twemoji",
         {{6}, {4}, 128, 8},
         64,
         96,
         3200,
         300,
         128,
         1e-3},
        {"emoji-swin",
         "64 everyday concepts in emoji scenes",
         "twemoji",
         {{2, 2, 2}, {3, 6, 12}, 48, 4, 6},
         96,
         96,
         5700,
         100,
         64,
         1e-3},
    };
    return kTable;
}

TrainScores train(const TrainRequest& request, const JobControl& control,
                  const std::function<void(const std::string&)>& report)
{
    const TrainRecipe& recipe = recipeNamed(request.recipe);
    startRuntime();
    const auto started = Clock::now();
    const Makers art(recipe, request.artFolder);

    fs::create_directories(request.outputFolder);
    const std::shared_ptr<Trainable> network =
        makeTrainable(recipe.shape, recipe.firstSide, std::int64_t(art.library.concepts().size()));
    TrainingState state(network, request.seed);
    if (const std::string saved = request.outputFolder + "/training.safetensors"; request.resume && fs::exists(saved))
        state.restore(saved, [&](const TrainingState::Metadata& metadata) {
            Run::resize(*network, state, numberIn(metadata, "image_size", saved));
        });
    Run(recipe, request, art.seen, *network, state).go(control, report);

    state.saveModel(request.outputFolder, {{"id2label", labelsOf(art.library)}});
    writePreprocessor(request.outputFolder, network->side());
    report("measuring on new scenes");
    TrainScores scores = measuredIn(recipe, request, art);
    scores.steps = state.step();
    scores.parameters = state.parameters();
    scores.minutes = std::chrono::duration<double>(Clock::now() - started).count() / 60;
    std::ofstream(request.outputFolder + "/README.md") << modelCard(recipe, request, scores, art.seenStyles);
    return scores;
}

} // namespace headlens
