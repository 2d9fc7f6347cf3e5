// SPDX-License-Identifier: GPL-3.0-or-later
// Direct logit attribution (Elhage and others 2021, "A Mathematical Framework for Transformer Circuits"): what the
// embedding, every head and every MLP add to the score by themselves, at the token that is read. The final norm divides
// by what it did for the whole residual, so that all parts and the bias add up to the score.
#include "core/attribution/scored_model.h"
#include "core/base/error.h"
#include "core/measures/measures.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>

namespace headlens::measures {
namespace {

// What is added to the residual [1,D] each at one token.
struct Parts {
    at::Tensor start, whole;                         // what enters the first block, what leaves the last one [D]
    std::vector<at::Tensor> heads, projection, mlps; // by block: [H,D] without the projection's bias, the bias [D], [D]
};

// One pass: every head is shown to the output projection alone as well, and nothing, which gives its bias.
Parts partsOf(const ScoredModel& model, std::int64_t token)
{
    Parts parts;
    std::int64_t heads = 1;
    Hooks hooks;
    hooks.scores = [&](int, AttentionRecord& record) { heads = record.heads(); };
    hooks.activation = [&](HookPoint point, int block, const at::Tensor& x) {
        if (point == HookPoint::ResidualBefore && block == 0) parts.start = x[0][token];
        if (point == HookPoint::MlpOutput) parts.mlps.push_back(x[0][token]);
        if (point == HookPoint::ResidualAfter) parts.whole = x[0][token];
        if (point == HookPoint::HeadOutputs) {
            at::Tensor alone = at::zeros({heads + 2, x.size(1), x.size(2)}, x.options());
            alone[0].copy_(x[0]);
            const std::int64_t size = x.size(2) / heads;
            for (std::int64_t h = 0; h < heads; ++h)
                alone[h + 1].narrow(-1, h * size, size).copy_(x[0].narrow(-1, h * size, size));
            return alone;
        }
        if (point != HookPoint::AttentionOutput) return x;
        const at::Tensor nothing = x[heads + 1][token];
        parts.projection.push_back(nothing);
        parts.heads.push_back(x.slice(0, 1, heads + 1).select(1, token) - nothing);
        return x.slice(0, 0, 1);
    };
    PassOptions options;
    options.keep = {.attention = false, .hidden = false, .values = false, .firstText = false};
    options.hooks = &hooks;
    model.pass(options);
    return parts;
}

// Through the final norm as it is for the whole residual, and the head's column of the target: linear in the part.
class Reader {
public:
    Reader(const TransformerModel& model, const at::Tensor& whole, std::int64_t target)
        : m_model(model), m_target(target)
    {
        const at::Tensor nothing = at::zeros_like(whole).unsqueeze(0), even = at::ones_like(whole).unsqueeze(0);
        m_bias = scores(nothing);
        m_centres = at::allclose(m_model.finalNorm(nothing), m_model.finalNorm(even)); // LayerNorm, not RMS
        m_size = sizeOf(whole.unsqueeze(0));
    }
    // parts [n,D] -> [n].
    at::Tensor operator()(const at::Tensor& parts) const
    {
        constexpr double kLarge = 1e6; // the norm's epsilon then says nothing
        const at::Tensor sizes = sizeOf(parts), unit = parts / sizes.clamp_min(1e-30).unsqueeze(-1) * kLarge;
        return (scores(unit) - m_bias) * (sizes / m_size);
    }
    double bias() const { return m_bias.item<double>(); }

private:
    at::Tensor scores(const at::Tensor& x) const
    {
        const at::Tensor of = m_model.classScores(x), all = of.defined() ? of : m_model.vocabularyScores(x);
        return all.select(-1, m_target);
    }
    at::Tensor sizeOf(const at::Tensor& x) const // what the norm divides by
    {
        const at::Tensor moved = m_centres ? x - x.mean(-1, /*keepdim=*/true) : x;
        return moved.square().mean(-1).sqrt();
    }
    const TransformerModel& m_model;
    std::int64_t m_target;
    at::Tensor m_bias, m_size;
    bool m_centres = true;
};

// Where it does not come out something else is read as well: a second token, a layer behind the norm.
void requireSum(double sum, double score)
{
    constexpr double kClose = 1e-2;
    if (std::abs(sum - score) > kClose * std::max(1.0, std::abs(score)))
        throw Error(
            ErrorCode::BadRequest, "direct logit attribution",
            "does not add up for this model: its score reads more than one token through one norm and one layer",
            "choose another method");
}

MethodResult directLogitOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const ScoredModel model(run, asked.score, control);
    const std::int64_t token = std::max(0, model.said().token);
    const c10::NoGradGuard noGradients;
    const Parts parts = partsOf(model, token);
    const Reader reader(run.model().transformer(), parts.whole, model.said().target);
    std::vector<at::Tensor> heads, biases, mlps;
    for (std::size_t i = 0; i < parts.heads.size(); ++i) heads.push_back(reader(parts.heads[i]));
    MethodResult result;
    result.explained = model.said();
    result.parts = {{"heads", at::stack(heads)},
                    {"attention_bias", reader(at::stack(parts.projection))},
                    {"mlps", reader(at::stack(parts.mlps))},
                    {"embedding", reader(parts.start.unsqueeze(0))},
                    {"bias", at::tensor({reader.bias()}, at::kDouble)}};
    double sum = 0;
    for (const auto& [name, part] : result.parts) sum += part.sum().item<double>();
    requireSum(sum, model.said().score);
    return result;
}

// The residual is a sum, read by one norm and one linear head at one token.
std::string needsResidualSum(const ModelFacts& model)
{
    const bool one = std::ranges::all_of(model.blocks, [&](const BlockFacts& block) {
        return block.kind == AttentionKind::Self && block.tower == model.blocks.front().tower &&
               block.windowTokens == 0 && block.heads == model.blocks.front().heads;
    });
    const bool read = (model.takesPictures() && model.classes > 0 && !model.prefixTokens.empty()) || model.text.writes;
    return one && read && !model.choosesTokens && model.maskRatio <= 0
               ? ""
               : HEADLENS_TEXT("Methods", "open a ViT with a class token and a classifier, or a model that writes: one "
                                          "residual that a norm and one layer read");
}

} // namespace

const Method directLogit{
    {.id = "direct-logit",
     .title = HEADLENS_TEXT("Methods", "direct logit attribution"),
     .says =
         HEADLENS_TEXT("Methods", "What every head and every MLP adds to the score by itself, past all that follows"),
     .formula = "W LN'(what it adds), LN' divides as for the whole residual",
     .source = "Elhage and others 2021, A Mathematical Framework for Transformer Circuits",
     .unit = "score",
     .over = "run",
     .isSigned = true,
     .ofScore = true},
    needsResidualSum,
    directLogitOf,
    [](const Run&, const verbs::MapQuestion&) {
        return MethodCost{2, 0};
    },
    {{.title = HEADLENS_TEXT("Methods", "heads and MLPs"),
      .parts = {"heads", "mlps", "attention_bias"},
      .rows = "layer",
      .columns = "head",
      .named = {HEADLENS_TEXT("Methods", "MLP"), HEADLENS_TEXT("Methods", "bias of the attention")}},
     {.title = HEADLENS_TEXT("Methods", "what else adds to the score"),
      .parts = {"embedding", "bias"},
      .named = {HEADLENS_TEXT("Methods", "embedding"), HEADLENS_TEXT("Methods", "bias of norm and head")}}}};

} // namespace headlens::measures
