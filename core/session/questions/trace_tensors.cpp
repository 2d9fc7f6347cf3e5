// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/questions/questions.h"

#include "core/base/error.h"
#include "core/session/memory.h"
#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"
#include "core/trace/readers.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

namespace headlens::questions {
namespace {

// "attentions.3", "decoder.cross_attentions.1".
std::string traceName(const Trace& trace, std::size_t block)
{
    const AttentionRecord& record = trace.blocks[block];
    // A resampler has no other attention than to what it reads.
    const bool crosses = record.kind == AttentionKind::Cross && record.tower != "resampler";
    return (record.tower.empty() ? "" : record.tower + ".") +
           (crosses                                ? "cross_attentions."
            : record.kind == AttentionKind::Memory ? "memory_attentions."
                                                   : "attentions.") +
           std::to_string(trace.depthOf(block));
}

// Scores of every token over the vocabulary [B,T,V]; undefined for models without such a head, and where outputs hold
// them already.
at::Tensor vocabularyScores(const Run& run)
{
    if (holdsVocabularyScores(run.tensors().result)) return {};
    const at::Tensor features = lastFeatures(run);
    if (!features.defined()) return {};
    requireMemory(std::uint64_t(features.size(0) * features.size(1)) * std::uint64_t(run.modelInfo().text.vocabulary) *
                      8,
                  "writing the scores of every token");
    return run.model().transformer().vocabularyScores(features);
}

} // namespace

std::vector<TensorBytes> traceTensors(const Run& run)
{
    const c10::InferenceMode inference;
    const ModelInput& in = run.tensors().in;
    const ForwardResult& result = run.tensors().result;
    std::uint64_t bytes = 0;
    for (const AttentionRecord& block : result.trace.blocks)
        bytes += std::uint64_t(block.q.size(0) * block.heads() * block.queries() * block.keys()) * 4;
    requireMemory(bytes, "writing every attention map");
    std::vector<TensorBytes> tensors;
    const auto& trace = result.trace;
    for (std::size_t i = 0; i < trace.blocks.size(); ++i)
        if (trace.blocks[i].kind != AttentionKind::Pool) // is among the outputs
            tensors.push_back(toBytes(traceName(trace, i), attentionMap(trace.blocks[i])));
    for (const ExpertRouting& routing : trace.routing) {
        const std::string layer = std::to_string(routing.layer);
        tensors.push_back(toBytes("router_logits." + layer, routing.logits));
        tensors.push_back(toBytes("router_weights." + layer, routing.weights));
    }
    for (const auto& [tower, states] : trace.hidden)
        for (std::size_t i = 0; i < states.size(); ++i)
            tensors.push_back(
                toBytes((tower.empty() ? "" : tower + ".") + "hidden_states." + std::to_string(i), states[i]));
    for (const auto& [name, value] : result.outputs) tensors.push_back(toBytes(name, value));
    for (const auto& [name, value] : result.states) tensors.push_back(toBytes("states." + name, value));
    if (const at::Tensor scores = vocabularyScores(run); scores.defined()) tensors.push_back(toBytes("logits", scores));
    if (in.pixels.defined() && !result.outputs.contains("pixel_values")) // the model may have cut them
        tensors.push_back(toBytes("pixel_values", in.pixels));
    if (in.ids.defined()) tensors.push_back(toBytes("input_ids", in.ids));
    return tensors;
}

} // namespace headlens::questions
