// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/model_estimate.h"

#include "core/base/error.h"
#include "core/session/memory.h"
#include "core/session/model_source.h"
#include "core/tensors/runtime.h"

#include <c10/core/GradMode.h>

#include <algorithm>

namespace headlens {

Checkpoint checkpointOf(const verbs::OpenModel& request)
{
    const ModelSource source = sourceOf(request);
    return openCheckpoint(source.path, source.weights, source.adapter);
}

namespace {

// What is kept as it is stored is known to the byte; the margin is for the rest.
bool fitsBeside(std::int64_t kept, std::int64_t others, std::int64_t available)
{
    return double(others) <= kUsableShare * double(available - kept);
}

// Texts that are gone on with are counted with 512 tokens: most models have positions for far more than anybody reads.
RunExtent expectedExtent(const ModelFacts& facts)
{
    constexpr std::int64_t kText = 512;
    RunExtent extent = usualExtent(facts);
    if (facts.text.writes) extent.text = std::min(extent.text, kText);
    return extent;
}

void addBytes(const Checkpoint& checkpoint, Outline& outline)
{
    constexpr std::int64_t kUnpacking = 100'000'000; // what threads unpack weights into
    verbs::ModelEstimate& estimate = outline.estimate;
    const Checkpoint::Kept kept = checkpoint.kept();
    std::int64_t widened = 0;
    outline.loaded.model->eachParameter([&](at::Tensor& weight) { widened += weight.numel(); });
    estimate.parameters = widened + kept.values;
    auto largest = std::int64_t(largestTensorBytes(checkpoint));
    if (kept.values > 0) largest = std::min(largest, 8 * widened) + kUnpacking;
    estimate.weightBytes = 4 * widened + kept.bytes + largest;
    const ModelFacts& facts = outline.loaded.model->facts();
    estimate.runBytes = std::int64_t(runBytes(facts, expectedExtent(facts)));
    estimate.totalBytes = estimate.weightBytes + estimate.runBytes + std::int64_t(kProgramBytes);
    estimate.availableBytes = std::int64_t(availableMemory());
    estimate.fits =
        fitsBeside(kept.bytes, estimate.weightBytes - kept.bytes + estimate.runBytes, estimate.availableBytes);
}

} // namespace

Outline outlineOf(const Checkpoint& checkpoint, const std::map<std::string, std::string>& settings)
{
    const c10::NoGradGuard noGrad;
    Outline outline{loadModel(checkpoint.withoutValues(), settings), {}};
    const ModelFacts& facts = outline.loaded.model->facts();
    verbs::ModelEstimate& estimate = outline.estimate;
    estimate.name = checkpoint.name();
    estimate.architecture = facts.architecture;
    estimate.layout = checkpoint.layout().name;
    estimate.assumptions = checkpoint.assumptions();
    estimate.assumptions.insert(estimate.assumptions.end(), outline.loaded.assumptions.begin(),
                                outline.loaded.assumptions.end());
    estimate.unusedTensors = outline.loaded.unusedTensors;
    addBytes(checkpoint, outline);
    return outline;
}

OpeningPlan planOf(const verbs::OpenModel& request, const std::string& device, std::uint64_t available)
{
    constexpr std::uint64_t kShare = 4; // of what is free, at most, for weights as float32
    const Checkpoint checkpoint = checkpointOf(request);
    const bool asked = request.precision == "stored";
    if (asked) return {checkpoint.keeping(), outlineOf(checkpoint.keeping(), request.set), request.precision, {}};
    OpeningPlan plan{checkpoint, outlineOf(checkpoint, request.set), request.precision, {}};
    const std::uint64_t widened = 4 * std::uint64_t(plan.outline.estimate.parameters);
    if (device != "cpu" || request.precision != "float32" || widened <= available / kShare) return plan;
    const Checkpoint keeping = checkpoint.keeping();
    Outline outline = outlineOf(keeping, request.set);
    if (keeping.kept().values == 0) return plan; // they are float32 in the file too
    const std::string remark = "precision: stored, because the weights would take " + sizeText(widened) +
                               " as float32, more than a quarter of the free memory";
    outline.estimate.assumptions.push_back(remark);
    return {checkpoint.keeping(), std::move(outline), "stored", remark};
}

// Says what would fit instead: weights alone, or nothing.
void requireFit(const verbs::ModelEstimate& estimate, const ModelFacts& facts)
{
    if (estimate.fits) return;
    const double usable = kUsableShare * double(estimate.availableBytes);
    int side = facts.imageHeight / 2;
    const auto runs = [&] {
        RunExtent extent = expectedExtent(facts);
        extent.height = extent.width = side;
        return double(runBytes(facts, extent));
    };
    while (facts.takesPictures() && side >= facts.patch && double(estimate.weightBytes) + runs() > usable) side /= 2;
    throw Error(ErrorCode::NotEnoughMemory, estimate.name,
                "needs " + sizeText(std::uint64_t(estimate.totalBytes)) + " with one picture, but only " +
                    sizeText(std::uint64_t(estimate.availableBytes)) + " are free",
                facts.takesPictures() && side >= facts.patch
                    ? "open it with --set image_size=" + std::to_string(side) + ", or close other programs"
                    : "close other programs, or choose a smaller variant of the model");
}

verbs::ModelEstimate estimateModel(const verbs::OpenModel& request)
{
    return planOf(request, chooseDevice(request.device), availableMemory()).outline.estimate;
}

} // namespace headlens
