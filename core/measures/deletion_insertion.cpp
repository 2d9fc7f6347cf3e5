// SPDX-License-Identifier: GPL-3.0-or-later
// How faithful a map is (RISE, Petsiuk and others 2018; methods-addendum.md): patches are covered, or put back, in the
// order of the map, and the probability of the class is watched. Both begin and end at the same two pictures.
#include "core/measures/faithfulness.h"

#include "core/attribution/grids.h"
#include "core/attribution/input_gradient.h"
#include "core/attribution/needs.h"
#include "core/attribution/settings.h"
#include "core/base/error.h"
#include "core/measures/measures.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {
namespace {

// How strongly pictures [B,C,H,W] speak for what is explained [B]: the softmax probability of the class, or the cosine
// with the text, which is not read again.
at::Tensor answersTo(const ScoredModel& model, const at::Tensor& pictures)
{
    ModelInput input = model.input();
    input.pixels = pictures;
    PassOptions options;
    options.keep = {.attention = false, .hidden = false, .values = false, .firstText = false};
    if (!model.isDualEncoder())
        return at::softmax(model.pass(input, options).outputs.at("logits"), -1).select(1, model.said().target);
    const at::Tensor text = model.run().tensors().result.outputs.at("text_embeds")[model.said().target];
    return at::mv(model.pass({.pixels = pictures}, options).outputs.at("image_embeds"), text);
}

// Of the first 0, 1 ... N patches in `order` taken from `other` [N+1].
at::Tensor curve(const ScoredModel& model, const at::Tensor& from, const at::Tensor& other, const at::Tensor& order)
{
    const TokenStream& stream = pictureStream(model.run().tensors().result.trace);
    const std::int64_t cell = stream.cell, steps = order.size(0) + 1, batch = batchFor(model, steps);
    const auto patchOf = [&](const at::Tensor& picture, std::int64_t patch) {
        return picture.narrow(-2, patch / stream.gridWidth * cell, cell)
            .narrow(-1, patch % stream.gridWidth * cell, cell);
    };
    at::Tensor now = from.clone();
    std::vector<at::Tensor> pictures, found;
    for (std::int64_t step = 0; step < steps; ++step) {
        if (step > 0) {
            const auto patch = order[step - 1].item<std::int64_t>();
            patchOf(now, patch).copy_(patchOf(other, patch));
        }
        pictures.push_back(now.clone());
        if (std::int64_t(pictures.size()) < batch && step + 1 < steps) continue;
        model.checkpoint(int(step), int(steps));
        found.push_back(answersTo(model, at::cat(pictures)));
        pictures.clear();
    }
    return at::cat(found);
}

double areaUnder(const at::Tensor& curve)
{
    const at::Tensor exact = curve.to(at::kDouble);
    const double ends = (exact[0] + exact[-1]).item<double>() / 2;
    return (exact.sum().item<double>() - ends) / double(exact.size(0) - 1);
}

} // namespace

Faithfulness faithfulnessOf(const ScoredModel& model, const at::Tensor& map, const at::Tensor& colour)
{
    const auto& outputs = model.run().tensors().result.outputs;
    const auto logits = outputs.find("logits");
    if (!model.isDualEncoder() && (logits == outputs.end() || logits->second.dim() != 2))
        throw Error(ErrorCode::BadRequest, "deletion and insertion",
                    "are measured by a class, or by the similarity with a text",
                    "open a model that classifies pictures, or compares them with texts");
    Faithfulness found;
    // Falling, and of equal ones the lower patch first.
    found.order = std::get<1>(at::sort(map.flatten().cpu(), /*stable=*/true, -1, /*descending=*/true));
    const at::Tensor& picture = model.input().pixels;
    const at::Tensor covered = at::zeros_like(picture) + colour;
    found.deletion = curve(model, picture, covered, found.order);
    found.insertion = curve(model, covered, picture, found.order);
    found.deletionArea = areaUnder(found.deletion);
    found.insertionArea = areaUnder(found.insertion);
    return found;
}

namespace measures {
namespace {

MethodResult deletionInsertionOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const Settings settings(deletionInsertion, asked);
    const auto given = run.tensors().extras.find("saliency");
    const TokenStream& stream = pictureStream(run.tensors().result.trace);
    if (given == run.tensors().extras.end() || given->second.numel() != stream.gridHeight * stream.gridWidth)
        throw Error(ErrorCode::BadRequest, "saliency", "is missing or has not one number a patch",
                    "give a tensor \"saliency\" of " + std::to_string(stream.gridHeight) + " x " +
                        std::to_string(stream.gridWidth) + " with --inputs");
    const ScoredModel model(run, asked.score, control);
    const Faithfulness found =
        faithfulnessOf(model, given->second, fillColour(run, settings.value("fill"), model.input().pixels));
    MethodResult result;
    result.explained = model.said();
    result.parts = {{"order", found.order},
                    {"deletion", found.deletion},
                    {"insertion", found.insertion},
                    {"auc", at::tensor(std::vector<double>{found.deletionArea, found.insertionArea}, at::kDouble)}};
    return result;
}

std::string needsClassesOfPictures(const ModelFacts& model)
{
    return model.takesPictures() && (model.classes > 0 || model.text.compares)
               ? ""
               : HEADLENS_TEXT("Methods", "open a model that classifies pictures, or compares them with texts");
}

} // namespace

const Method deletionInsertion{
    {.id = "deletion-insertion",
     .title = HEADLENS_TEXT("Methods", "deletion and insertion"),
     .says = HEADLENS_TEXT("Methods", "How faithful a map is: how fast the probability of the class falls as its "
                                      "patches are covered, and rises as they are put back"),
     .unit = "share",
     .over = "run",
     .ofScore = true,
     .settings = {kFillSetting}},
    needsClassesOfPictures,
    deletionInsertionOf};

} // namespace measures
} // namespace headlens
