// SPDX-License-Identifier: GPL-3.0-or-later
// A masked autoencoder of our own: pictures of things, of which a quarter of the patches is seen and the rest painted.
#include "core/models/skeletons/mae_decoder.h"
#include "core/training/tasks/small_stacks.h"
#include "core/training/tasks/stack_names.h"
#include "core/training/tasks/things_task.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

constexpr std::int64_t kSide = ThingsTask::kSide, kPatch = ThingsTask::kPatch, kGrid = kSide / kPatch,
                       kPatches = kGrid * kGrid;
constexpr double kHidden = 0.75;

constexpr StackSize kEncoder{4, 96, 4}, kDecoder{2, 64, 4};

class MaeNetwork : public Network {
public:
    void visit(const Visit& visit) override
    {
        m_encoder.visit(prefixed(visit, "vit."));
        m_decoder.visit(visit);
    }
    // Positions begin as large as what they are added to: a hidden patch has nothing else to say where it is.
    at::Tensor firstValue(const std::string& name, const std::vector<std::int64_t>& shape) const override
    {
        if (shape.size() == 4) return at::randn(shape) / std::sqrt(double(shape[1] * shape[2] * shape[3]));
        return name.find("pos") != std::string::npos ? at::randn(shape) * 0.5 : byFanIn(shape);
    }
    Json config() const override
    {
        const VitConfig &c = m_encoder.config(), &d = m_decoder.config();
        Json json = vitJson(c);
        json.update({{"architectures", {"ViTMAEForPreTraining"}},
                     {"model_type", "vit_mae"},
                     {"decoder_hidden_size", d.width},
                     {"decoder_num_hidden_layers", d.layers},
                     {"decoder_num_attention_heads", d.heads},
                     {"decoder_intermediate_size", d.mlpWidth},
                     {"mask_ratio", kHidden},
                     {"norm_pix_loss", false}});
        return json;
    }
    // Every patch as it is painted [B,N,p*p*C]; `order` [B,N]: the first quarter is seen.
    at::Tensor painted(const at::Tensor& pixels, const at::Tensor& order) const
    {
        const auto kept = std::int64_t(double(kPatches) * (1 - kHidden));
        const auto encoded =
            m_encoder.encodeKept(pixels, order.slice(1, 0, kept), {}, m_decoder.blocks(), PassOptions{{false, false}});
        return m_decoder.paint(encoded, at::argsort(order, std::int64_t(1)), Pass{});
    }
    // 1 for hidden patches [B,N,1].
    static at::Tensor hidden(const at::Tensor& order)
    {
        const auto kept = std::int64_t(double(kPatches) * (1 - kHidden));
        return at::argsort(order, std::int64_t(1)).ge(kept).to(at::kFloat).unsqueeze(-1);
    }

private:
    VitEncoder m_encoder{smallVit(kEncoder, kSide, kPatch)};
    MaeDecoder m_decoder{smallVit(kDecoder, kSide, kPatch), smallVit(kEncoder, kSide, kPatch)};
};

class MaeTask : public ThingsTask {
public:
    explicit MaeTask(const TrainRequest& request) : ThingsTask(request), m_network(std::make_shared<MaeNetwork>())
    {
        m_history.title = "Hidden patches are filled in, and the error falls";
        m_history.curves = {{"error of hidden patches (mean square)", "what it paints", {}}};
    }
    std::shared_ptr<Network> network() override { return m_network; }

    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        return error(viewsOf({seed, step}, {seed + 1, step}), shuffled(exampleSeed(seed + 2, step, 0), kBatch));
    }

    // A few steps, closer together at the beginning, where most is learnt.
    void afterStep(std::int64_t step) override
    {
        constexpr std::array<double, 11> kWhen{0, 0.01, 0.02, 0.04, 0.08, 0.15, 0.25, 0.4, 0.6, 0.8, 1};
        for (const double when : kWhen)
            if (step == std::max<std::int64_t>(1, std::llround(when * double(steps()))) &&
                (m_history.steps.empty() || m_history.steps.back() < step))
                return record(step);
    }
    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        const int count = measuringCount(512);
        return {{"what hidden patches differ by is painted (share of their variance)", explained(model, {}, count),
                 explained(model, ablation(model.facts(), {AttentionKind::Self}), count), "every head silenced", 0}};
    }

    std::string data() const override
    {
        return "Pictures are drawn on the fly by `core/training/data/object_scenes.cpp`. No labels and no outside "
               "data. "
               "`history.json` holds what\nit painted at steps of the training.\n\nVariance is that of the hidden "
               "patches around the mean colour of the seen ones of the same picture; 0 % is what painting\nthat "
               "colour reaches.";
    }

private:
    static at::Tensor shuffled(std::uint64_t seed, std::int64_t count)
    {
        return at::argsort(at::rand({count, kPatches}, at::make_generator<at::CPUGeneratorImpl>(seed)),
                           std::int64_t(1));
    }
    at::Tensor error(const at::Tensor& pixels, const at::Tensor& order) const
    {
        const at::Tensor hidden = MaeNetwork::hidden(order);
        const at::Tensor square = (m_network->painted(pixels, order) - asPatches(pixels, kPatch)).pow(2).mean(-1, true);
        return (square * hidden).sum() / hidden.sum();
    }

    void record(std::int64_t step)
    {
        constexpr int kPictures = 64, kShown = 2;
        const c10::NoGradGuard noGrad;
        const std::vector<ObjectScene> scenes = measuredScenes(kPictures, int(kSide));
        const at::Tensor pixels = pixelsOf(scenes), order = shuffled(kMeasuringSeed, kPictures);
        if (m_history.steps.empty()) begin(scenes, pixels, order, kShown);
        addPoint(step, {error(pixels, order).item<double>()});
        const at::Tensor some = pixels.slice(0, 0, kShown), hidden = MaeNetwork::hidden(order).slice(0, 0, kShown);
        const at::Tensor painted = m_network->painted(some, order.slice(0, 0, kShown));
        const at::Tensor whole =
            fromPatches(at::where(hidden.gt(0), painted, asPatches(some, kPatch)), kPatch, kGrid, kGrid);
        for (int i = 0; i < kShown; ++i)
            m_history.pictures[std::size_t(3 * i + 2)].frames.push_back(painting(whole[i]));
    }
    void begin(const std::vector<ObjectScene>& scenes, const at::Tensor& pixels, const at::Tensor& order, int shown)
    {
        const at::Tensor hidden = MaeNetwork::hidden(order), own = asPatches(pixels, kPatch);
        const at::Tensor even = seenColour(own, hidden);
        const at::Tensor square = (own - even).pow(2).mean(-1, true);
        m_history.levels = {{m_history.curves[0].panel, "one colour for all",
                             fourDecimals(((square * hidden).sum() / hidden.sum()).item<double>())}};
        const at::Tensor masked = fromPatches(at::where(hidden.gt(0), at::zeros_like(own), own), kPatch, kGrid, kGrid);
        for (int i = 0; i < shown; ++i) {
            const std::string name = "picture " + std::to_string(i + 1);
            const int side = int(kSide);
            m_history.pictures.push_back(
                {name, "", side, side, 3, {historyFrame(scenes[std::size_t(i)].picture.pixels)}});
            m_history.pictures.push_back({name + ", as it is seen", "", side, side, 3, {painting(masked[i])}});
            m_history.pictures.push_back({name + ", filled in", "", side, side, 3, {}});
        }
    }
    static std::string painting(const at::Tensor& picture) // [3,S,S] in -1..1
    {
        return frameOf(((picture + 1) * 127.5).round().clamp(0, 255).to(at::kByte).permute({1, 2, 0}));
    }
    // The mean colour of the patches that are seen, as patches [B,1,p*p*3].
    static at::Tensor seenColour(const at::Tensor& patches, const at::Tensor& hidden)
    {
        const at::Tensor seen = 1 - hidden, colours = patches.view({patches.size(0), patches.size(1), -1, 3}).mean(2);
        const at::Tensor mean = (colours * seen).sum(1) / seen.sum(1);
        return mean.repeat({1, kPatch * kPatch}).unsqueeze(1);
    }

    // 1 - error / variance over all hidden patches, not below 0.
    static double explained(const TransformerModel& model, ForwardOptions options, int count)
    {
        const c10::NoGradGuard noGrad;
        double error = 0, variance = 0;
        for (int i = 0; i < count; ++i) {
            const ModelInput input = inputOf(pixelsOf(std::vector{measuredScene(1'000 + i, int(kSide))}));
            options.seed = exampleSeed(kMeasuringSeed, 3, i);
            const ForwardResult result = model.run(input, options, {});
            const at::Tensor own = asPatches(input.pixels, kPatch);
            const at::Tensor hidden = result.hiddenPatches.to(at::kFloat).unsqueeze(-1);
            error += ((result.outputs.at("decoder.logits") - own).pow(2) * hidden).sum().item<double>();
            variance += ((own - seenColour(own, hidden)).pow(2) * hidden).sum().item<double>();
        }
        return std::max(0.0, 1 - error / variance);
    }

    std::shared_ptr<MaeNetwork> m_network;
};

} // namespace

std::unique_ptr<TrainingTask> makeMaeTask(const TrainRequest& request)
{
    return std::make_unique<MaeTask>(request);
}

} // namespace headlens
