// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/model_estimate.h"

#include "core/base/error.h"
#include "core/session/memory.h"
#include "core/session/model_source.h"

#include <c10/core/GradMode.h>

namespace headlens {

Checkpoint checkpointOf(const verbs::OpenModel& request)
{
    const ModelSource source = sourceOf(request);
    return openCheckpoint(source.path, source.weights, source.adapter);
}

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
    outline.loaded.model->eachParameter([&](at::Tensor& weight) { estimate.parameters += weight.numel(); });
    estimate.weightBytes = 4 * estimate.parameters + std::int64_t(largestTensorBytes(checkpoint));
    estimate.runBytes = std::int64_t(runBytes(facts, usualExtent(facts)));
    estimate.totalBytes = estimate.weightBytes + estimate.runBytes + std::int64_t(kProgramBytes);
    estimate.availableBytes = std::int64_t(availableMemory());
    estimate.fits =
        estimate.weightBytes + estimate.runBytes <= std::int64_t(kUsableShare * double(estimate.availableBytes));
    return outline;
}

// Says what would fit instead: weights alone, or nothing.
void requireFit(const verbs::ModelEstimate& estimate, const ModelFacts& facts)
{
    if (estimate.fits) return;
    const double usable = kUsableShare * double(estimate.availableBytes);
    int side = facts.imageHeight / 2;
    const auto runs = [&] {
        RunExtent extent = usualExtent(facts);
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
    return outlineOf(checkpointOf(request), request.set).estimate;
}

} // namespace headlens
