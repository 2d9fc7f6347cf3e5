// SPDX-License-Identifier: GPL-3.0-or-later
// Learning what things are from pictures without labels (DINO), and the same with one of its two safeguards left out:
// without centring, or without sharpening, the teacher ends in saying the same of every picture.
#include "core/trace/readers.h"
#include "core/training/tasks/dino_network.h"
#include "core/training/tasks/small_stacks.h"
#include "core/training/tasks/things_task.h"
#include "core/training/trainer/training_state.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

DinoShape shapeOf(const std::string& recipe)
{
    const bool collapses = recipe != "things-dino";
    DinoShape shape;
    shape.vision =
        smallVit(collapses ? StackSize{2, 48, 4} : StackSize{4, 64, 4}, ThingsTask::kSide, ThingsTask::kPatch);
    if (recipe == "things-dino-flat") shape.teacherHeat = shape.studentHeat;
    if (recipe == "things-dino-spike") shape.centres = false;
    return shape;
}

double entropyOf(const at::Tensor& shares) // [..,K], in nats, mean over all rows
{
    return -(shares * (shares + 1e-12).log()).sum(-1).mean().item<double>();
}

class DinoTask : public ThingsTask {
public:
    explicit DinoTask(const TrainRequest& request)
        : ThingsTask(request), m_recipe(request.recipe),
          m_network(std::make_shared<DinoNetwork>(shapeOf(request.recipe)))
    {
        m_history.title = m_recipe == "things-dino" ? "Student and teacher agree without becoming the same to all"
                          : m_recipe == "things-dino-flat" ? "Without sharpening everything becomes equally likely"
                                                           : "Without centring one answer takes all";
        for (const auto& [panel, name] : kCurves) m_history.curves.push_back({panel, name, {}});
        const double most = std::log(double(m_network->shape().prototypes));
        m_history.levels = {{kCurves[1].first, "all answers alike", most}};
        m_history.bars = {{"what the teacher says of many pictures, on average", {}}};
    }
    std::shared_ptr<Network> network() override { return m_network; }

    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        if (step == 0) m_network->mixTeacher(0); // begins as its student
        const auto view = [&](int number) { return viewsOf({seed, step}, {exampleSeed(seed + 1, step, number), 0}); };
        const at::Tensor both = at::cat({view(0), view(1)});
        const Taught taught = m_network->teacher(both);
        const std::vector<at::Tensor> target = taught.shares.chunk(2), said = m_network->student(both).chunk(2);
        // Nobody is taught by the view it sees itself.
        const at::Tensor loss = (m_network->loss(said[0], target[1]) + m_network->loss(said[1], target[0])) / 2;
        m_network->recentre(taught.logits);
        m_loss = loss.item<double>();
        m_divergence = m_loss - entropyOf(taught.shares);
        return loss;
    }

    void afterStep(std::int64_t step) override
    {
        m_network->follow(done(step));
        if (step == 1 || step % std::max<std::int64_t>(1, steps() / 40) == 0) record(step);
    }
    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        DinoNetwork fresh(shapeOf(m_recipe));
        const TrainingState begin(std::shared_ptr<Network>(std::shared_ptr<void>(), &fresh), request().seed);
        fresh.mixTeacher(0);
        const Encode trained = [&](const at::Tensor& pixels) {
            ForwardResult result = model.run(inputOf(pixels), {}, {});
            return std::pair(result.outputs.at("last_hidden_state").select(1, 0), std::move(result.trace));
        };
        const Encode untrained = [&](const at::Tensor& pixels) {
            auto encoded = fresh.teacherVision().encode(pixels, {}, PassOptions{{true, false}});
            return std::pair(encoded.normed.select(1, 0), std::move(encoded.trace));
        };
        const int count = measuringCount(512);
        const Found with = found(trained, count), without = found(untrained, count);
        const std::string what =
            "the same thing found again before another background, nearest of " + std::to_string(count) + " pictures";
        const double any = 1.0 / count;
        if (m_recipe != "things-dino") return {{what, with.again, -1, "", any}}; // it shows a failure
        const char* const how = "before training";
        return {{what, with.again, without.again, how, any},
                {"its shape told by the five nearest of labelled pictures", with.nearest, without.nearest, how,
                 1.0 / kObjectKinds},
                {"patches of the thing told by where CLS looks (AUROC), last block, best head", with.last, without.last,
                 how, with.middle},
                {"the same, best head of all blocks: " + with.best.first, with.best.second, without.best.second, how,
                 with.middle}};
    }

    std::string data() const override
    {
        return "Pictures are drawn on the fly by `core/training/data/object_scenes.cpp`: two views of a thing share "
               "the "
               "thing alone, the\nbackground is new in each. No labels are used, and no outside data. `history.json` "
               "holds what student and teacher\nsaid at steps of the training.\n\nNot as in the paper: two views of a "
               "whole picture and no smaller crops, 128 prototypes, a teacher sharpened to 0.02 from\nthe first step "
               "(at 0.04, with crops, this small one became uniform).";
    }

private:
    using Encode = std::function<std::pair<at::Tensor, Trace>(const at::Tensor& pixels)>; // CLS [B,D] and trace
    static constexpr std::array<std::pair<const char*, const char*>, 5> kCurves{{
        {"loss (nats)", "loss"},
        {"entropy (nats)", "of the teacher, one picture"},
        {"entropy (nats)", "of the teacher, all pictures together"},
        {"difference of student and teacher (KL, nats)", "KL"},
        {"share", "of the answer given most often"},
    }};

    // What the teacher says of the same pictures at every recorded step, and where it looks in four of them.
    void record(std::int64_t step)
    {
        constexpr int kPictures = 128, kShown = 4;
        const c10::NoGradGuard noGrad;
        const std::vector<ObjectScene> scenes = measuredScenes(kPictures, int(kSide));
        const at::Tensor pixels = pixelsOf(scenes);
        const at::Tensor shares = m_network->teacher(pixels).shares, mean = shares.mean(0);
        addPoint(step, {m_loss, entropyOf(shares), entropyOf(mean), m_divergence, mean.max().item<double>()});
        std::vector<double> bars;
        for (std::int64_t k = 0; k < mean.size(0); ++k) bars.push_back(fourDecimals(mean[k].item<double>()));
        m_history.bars[0].values.push_back(std::move(bars));
        if (m_recipe != "things-dino") return;
        const auto encoded =
            m_network->teacherVision().encode(pixels.slice(0, 0, kShown), {}, PassOptions{{true, false}});
        const at::Tensor looks = clsRow(encoded.trace.blocks.back()).mean(1); // [4,N], all heads together
        for (int i = 0; i < kShown; ++i) addMap(i, scenes[std::size_t(i)], looks[i]);
    }
    void addMap(int number, const ObjectScene& scene, const at::Tensor& look)
    {
        const std::string name = "picture " + std::to_string(number + 1), map = "where CLS looks, " + name;
        if (std::ranges::find(m_history.pictures, map, &verbs::HistoryPicture::name) == m_history.pictures.end()) {
            m_history.pictures.push_back({name, "", int(kSide), int(kSide), 3, {historyFrame(scene.picture.pixels)}});
            m_history.pictures.push_back({map, name, int(kSide / kPatch), int(kSide / kPatch), 1, {}});
        }
        std::ranges::find(m_history.pictures, map, &verbs::HistoryPicture::name)
            ->frames.push_back(frameOf((look / look.max() * 255).round().to(at::kByte)));
    }
    // What CLS gives to the patches in one block, each row summing to 1 [B,H,N].
    static at::Tensor clsRow(const AttentionRecord& block)
    {
        const at::Tensor row = attentionRows(block, 0, 1).select(2, 0).slice(2, 1);
        return row / row.sum(-1, true);
    }

    struct Found {
        double again = 0, nearest = 0; // shares
        double last = 0, middle = 0;   // areas under curves: the last block's best head, knowing nothing but the middle
        std::pair<std::string, double> best;
    };
    static Found found(const Encode& encode, int count)
    {
        const c10::NoGradGuard noGrad;
        const std::vector<ObjectScene> scenes = measuredScenes(2 * count, int(kSide)),
                                       again = measuredScenes(count, int(kSide), /*view=*/1);
        Found found;
        Looks looks;
        const at::Tensor features = seen(encode, scenes, &looks);
        found.nearest = byNearest(features, scenes);
        found.again = foundAgain(features.slice(0, 0, count), seen(encode, again, nullptr));
        found.middle = looks.middle;
        for (std::size_t block = 0; block < looks.areas.size(); ++block)
            for (std::size_t head = 0; head < looks.areas[block].size(); ++head) {
                const double area = looks.areas[block][head];
                if (block + 1 == looks.areas.size()) found.last = std::max(found.last, area);
                if (area <= found.best.second) continue;
                found.best = {"block " + std::to_string(block) + ", head " + std::to_string(head), area};
            }
        return found;
    }
    // Mean areas under curves, by block and head.
    struct Looks {
        std::vector<std::vector<double>> areas;
        double middle = 0;
    };
    // Features of length 1 [n,D]; `looks` may be null.
    static at::Tensor seen(const Encode& encode, const std::vector<ObjectScene>& scenes, Looks* looks)
    {
        std::vector<at::Tensor> features;
        constexpr std::size_t kTogether = 64;
        for (std::size_t i = 0; i < scenes.size(); i += kTogether) {
            const std::size_t end = std::min(scenes.size(), i + kTogether);
            const std::vector<ObjectScene> some(scenes.begin() + std::ptrdiff_t(i),
                                                scenes.begin() + std::ptrdiff_t(end));
            const auto [cls, trace] = encode(pixelsOf(some));
            features.push_back(cls / cls.norm(2, -1, true));
            if (looks != nullptr) look(trace, some, double(scenes.size()), *looks);
        }
        return at::cat(features);
    }
    static void look(const Trace& trace, const std::vector<ObjectScene>& scenes, double all, Looks& looks)
    {
        looks.areas.resize(trace.blocks.size());
        for (std::size_t s = 0; s < scenes.size(); ++s)
            looks.middle += areaUnderCurve(nearMiddle(int(kSide / kPatch)), patchesOf(scenes[s], int(kPatch))) / all;
        for (std::size_t block = 0; block < trace.blocks.size(); ++block) {
            const at::Tensor rows = clsRow(trace.blocks[block]).contiguous();
            looks.areas[block].resize(std::size_t(rows.size(1)));
            for (std::size_t s = 0; s < scenes.size(); ++s)
                for (std::size_t h = 0; h < looks.areas[block].size(); ++h)
                    looks.areas[block][h] += areaUnderCurve(numbersOf(rows[std::int64_t(s)][std::int64_t(h)]),
                                                            patchesOf(scenes[s], int(kPatch))) /
                                             all;
        }
    }

    std::string m_recipe;
    std::shared_ptr<DinoNetwork> m_network;
    double m_loss = 0, m_divergence = 0;
};

} // namespace

std::unique_ptr<TrainingTask> makeDinoTask(const TrainRequest& request)
{
    return std::make_unique<DinoTask>(request);
}

} // namespace headlens
