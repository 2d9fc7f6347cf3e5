// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run.h"

#include "core/base/error.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

namespace headlens {

Run::Run(std::shared_ptr<const OpenedModel> opened)
    : m_model(std::move(opened)), m_tensors(std::make_unique<RunTensors>())
{
}
Run::~Run() = default;
Run::Run(Run&&) noexcept = default;
Run& Run::operator=(Run&&) noexcept = default;

const verbs::ModelInfo& Run::modelInfo() const
{
    return m_model->info;
}

const AttentionRecord& blockOf(const Run& run, int layer)
{
    const auto& blocks = run.tensors().result.trace.blocks;
    if (layer < 0 || layer >= int(blocks.size()))
        throw Error(ErrorCode::BadRequest, "layer " + std::to_string(layer),
                    "there are " + std::to_string(blocks.size()) + " layers");
    return blocks[std::size_t(layer)];
}

const TokenStream& streamOf(const Run& run, int stream)
{
    const auto& streams = run.tensors().result.trace.streams;
    if (stream < 0 || stream >= int(streams.size()))
        throw Error(ErrorCode::BadRequest, "stream " + std::to_string(stream),
                    "there are " + std::to_string(streams.size()));
    return streams[std::size_t(stream)];
}

BlockMap mapOf(const Run& run, int layer)
{
    const AttentionRecord& record = blockOf(run, layer);
    return blockMapOf(record, streamOf(run, record.keyStream));
}

at::Tensor hiddenBehind(const Run& run, int layer)
{
    blockOf(run, layer); // throws where there is none
    const at::Tensor state = run.tensors().result.trace.behind(std::size_t(layer));
    if (!state.defined())
        throw Error(ErrorCode::NotEnoughMemory, "hidden states", "were not kept, because memory was short",
                    "use a smaller picture or close other programs");
    return state;
}

at::Tensor lastFeatures(const Run& run)
{
    const auto& hidden = run.tensors().result.trace.hidden;
    for (const char* tower : {"decoder", "", "text"}) {
        const auto states = hidden.find(tower);
        if (states != hidden.end() && !states->second.empty()) return states->second.back();
    }
    return {};
}

bool holdsVocabularyScores(const ForwardResult& result)
{
    const auto logits = result.outputs.find("logits");
    return logits != result.outputs.end() && logits->second.dim() == 3;
}

ModelInput firstOfBatch(const ModelInput& input)
{
    ModelInput one = input;
    for (at::Tensor* batch :
         {&one.pixels, &one.ids, &one.mask, &one.segments, &one.decoderInputIds, &one.decoderInputMask})
        if (batch->defined()) *batch = batch->narrow(0, 0, 1);
    return one;
}

} // namespace headlens
