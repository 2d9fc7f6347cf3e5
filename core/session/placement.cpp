// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/placement.h"

#include "core/base/error.h"
#include "core/base/resources.h"
#include "core/checkpoint/file_bytes.h"
#include "core/imaging/codec.h"
#include "core/imaging/preprocess.h"
#include "core/session/memory.h"
#include "core/tensors/bridge.h"
#include "core/tensors/runtime.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <filesystem>

namespace headlens {
namespace {

// The picture at hand, else the sample that comes with HeadLens; undefined where neither fits.
at::Tensor pictureProbe(const LoadedModel& loaded, const at::Tensor& atHand)
{
    const ModelFacts& facts = loaded.model->facts();
    if (atHand.defined() && atHand.size(1) == facts.channels && atHand.size(2) >= facts.patch &&
        atHand.size(3) >= facts.patch)
        return atHand.slice(0, 0, 1);
    const std::string sample = resourceFolder() + "/images/chelsea.jpg";
    if ((facts.channels != 3 && facts.channels != 1) || !std::filesystem::exists(sample)) return {};
    const std::string file = readWhole(sample, 16U << 20);
    const Image8 picture = decodePicture(std::as_bytes(std::span(file.data(), file.size())), sample).image;
    Preprocessed seen = preprocess(picture, loaded.plan, Fit::Trained, facts.patch);
    return at::from_blob(seen.pixels.data(), {1, facts.channels, seen.seen.height, seen.seen.width}).clone();
}

// Something to measure a precision with: a picture where there is one, else a ramp, and made-up tokens.
ModelInput probeFor(const LoadedModel& loaded, const at::Tensor& atHand)
{
    const ModelFacts& facts = loaded.model->facts();
    ModelInput probe = madeUpInput(facts, facts.imageHeight, facts.imageWidth);
    if (const at::Tensor picture = facts.takesPictures() ? pictureProbe(loaded, atHand) : at::Tensor();
        picture.defined())
        probe.pixels = picture;
    return probe;
}

// How far the weights of two traces of one picture are apart; streamed, never two whole maps.
void compare(const Trace& truth, const Trace& other, verbs::ModelInfo& info)
{
    constexpr std::int64_t kRows = 256;
    double sum = 0, count = 0;
    for (std::size_t layer = 0; layer < truth.blocks.size(); ++layer)
        for (std::int64_t begin = 0; begin < truth.blocks[layer].queries(); begin += kRows) {
            const std::int64_t end = std::min(begin + kRows, truth.blocks[layer].queries());
            const at::Tensor apart = (attentionRows(truth.blocks[layer], begin, end).cpu() -
                                      attentionRows(other.blocks[layer], begin, end).cpu())
                                         .abs();
            if (!apart.isfinite().all().item<bool>())
                throw Error(ErrorCode::BadWeights, info.name, "gives no finite weights in " + info.precision,
                            "choose float32");
            info.largestDifference = std::max(info.largestDifference, apart.max().item<double>());
            sum += apart.sum(at::kDouble).item<double>();
            count += double(apart.numel());
        }
    info.meanDifference = count > 0 ? sum / count : 0;
}

// Moves the weights to `device` and into `precision`. Reduced precision is measured on the way: the pass of reference
// needs the weights as they came, so it goes first.
void place(LoadedModel& loaded, verbs::ModelInfo& info, const at::Tensor& atHand)
{
    TransformerModel& model = *loaded.model;
    const Precision precision = precisionFrom(info.precision, info.device);
    const auto moveTo = [&](at::ScalarType type) {
        model.eachParameter([&](at::Tensor& weight) { weight = weight.to(at::Device(info.device), type); });
    };
    moveTo(at::kFloat);
    ForwardResult truth;
    ModelInput probe;
    const auto probed = [&](at::ScalarType type) {
        ModelInput moved = probe;
        if (moved.pixels.defined()) moved.pixels = moved.pixels.to(at::Device(info.device), type);
        for (at::Tensor* ids : {&moved.ids, &moved.decoderInputIds})
            if (ids->defined()) *ids = ids->to(at::Device(info.device));
        ForwardOptions options;
        options.vocabularyScores = false;
        return model.run(moved, options, {});
    };
    const bool isRounded = precision != Precision::Float32 && precision != Precision::Stored;
    if (isRounded) {
        const c10::InferenceMode inference;
        probe = probeFor(loaded, atHand);
        truth = probed(at::kFloat);
    }
    if (info.device == "cpu") {
        const LoadingMemory quiet;
        model.packWeights(precision);
    } else {
        moveTo(typeOf(precision));
    }
    if (!isRounded) return;
    const c10::InferenceMode inference;
    const at::ScalarType type = info.device == "cpu" ? at::kFloat : typeOf(precision);
    compare(truth.trace, probed(type).trace, info);
}

} // namespace

void placeWithFallback(LoadedModel& loaded, verbs::ModelInfo& info, const at::Tensor& atHand,
                       const std::function<LoadedModel()>& load)
{
    try {
        guarded([&] { place(loaded, info, atHand); });
    } catch (const Error& problem) {
        if (problem.code() != ErrorCode::NotEnoughMemory || info.device == "cpu") throw;
        info.device = "cpu";
        info.precision = "float32";
        info.notice = "cpu";
        info.largestDifference = info.meanDifference = 0;
        loaded = {}; // its weights may be rounded already
        loaded = load();
        place(loaded, info, atHand);
    }
}

} // namespace headlens
