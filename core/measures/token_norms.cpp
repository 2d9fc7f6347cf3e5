// SPDX-License-Identifier: GPL-3.0-or-later
// The length of every token behind every block, and which are outliers: large models keep notes of the whole picture in
// patches that show nothing (Darcet and others 2024, arXiv 2309.16588; methods.md 4.14). The limit is counted over
// patches, because CLS and registers are long in many models and would hide them; of a text over all tokens.
#include "core/attribution/settings.h"
#include "core/base/outliers.h"
#include "core/measures/hidden_states.h"
#include "core/measures/measures.h"

#include <ATen/ATen.h>

namespace headlens::measures {
namespace {

// Above which a token is an outlier, of norms [n] in double.
double limitOf(const at::Tensor& norms, const std::string& rule)
{
    const at::Tensor all = norms.contiguous();
    return outlierLimit({all.data_ptr<double>(), std::size_t(all.numel())},
                        rule == "percentile" ? OutlierRule::Percentile : OutlierRule::Deviations);
}

MethodResult tokenNormsOf(const Run& run, const verbs::MapQuestion& asked, const JobControl& control)
{
    const std::string rule = Settings(tokenNorms, asked).value("outliers");
    const TokenStream& stream = run.tensors().result.trace.streams.front();
    const std::vector<at::Tensor> states = hiddenOfFirstStream(run);
    MethodResult result;
    for (std::size_t i = 0; i < states.size(); ++i) {
        control.checkpoint(int(i), int(states.size()), "measure");
        const at::Tensor norms = states[i].norm(2, -1); // [N]
        // Stages of a Swin have maps of their own, without special tokens.
        const bool hasPrefix = stream.gridHeight > 0 && norms.size(0) == stream.tokens();
        const double limit = limitOf(norms.slice(0, hasPrefix ? stream.text + stream.prefix : 0), rule);
        const std::string number = "." + std::to_string(i);
        result.parts["norm" + number] = norms;
        result.parts["limit" + number] = at::full({1}, limit, at::kDouble);
        result.parts["outliers" + number] = norms.gt(limit).nonzero().view({-1});
    }
    return result;
}

} // namespace

const Method tokenNorms{
    {.id = "token-norms",
     .title = HEADLENS_TEXT("Methods", "lengths of hidden states"),
     .says = HEADLENS_TEXT("Methods", "How long every token's hidden state is behind every block, and which tokens are "
                                      "outliers"),
     .formula = "|x_i|; outliers above mean + 3 sd, or above the 99th percentile",
     .source = HEADLENS_TEXT("Methods", "Darcet and others 2024, arXiv 2309.16588"),
     .unit = "score",
     .over = "run",
     .settings = {{"outliers",
                   HEADLENS_TEXT("Methods", "Outliers lie above"),
                   {"deviations", "percentile"},
                   0,
                   0,
                   "deviations"}}},
    nullptr,
    tokenNormsOf,
    nullptr,
    {{.title = HEADLENS_TEXT("Methods", "lengths"),
      .parts = {"norm.*"},
      .rows = "state",
      .columns = "token",
      .unit = "length",
      .outliers = "outliers.*"}}};

} // namespace headlens::measures
