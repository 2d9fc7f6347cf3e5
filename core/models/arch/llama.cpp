// SPDX-License-Identifier: GPL-3.0-or-later
// Llama 1 to 3 and what is built alike: TinyLlama, SmolLM, Vicuna, Yi.
#include "core/models/arch/decoder_names.h"
#include "core/models/skeletons/decoder_reading.h"

namespace headlens {

static LoadedModel loadLlama(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    DecoderReader reader(checkpoint, settings, {});
    return loadDecoder("Llama", reader.outline(), reader, checkpoint, settings);
}

const Architecture architectures::llama{"Llama", {"llama"}, scoreDecoder, loadLlama, &kDecoderLayout};

} // namespace headlens
