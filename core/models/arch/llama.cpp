// SPDX-License-Identifier: GPL-3.0-or-later
// Llama 1 to 3 and what is built alike: TinyLlama, SmolLM, Vicuna, Yi.
#include "core/models/arch/decoder_names.h"
#include "core/models/skeletons/decoder_reading.h"

namespace headlens {

static StackConfig llamaStack(DecoderReader& reader)
{
    return reader.outline({});
}

const Architecture architectures::llama{"Llama", {"llama"}, scoreDecoder, loadDecoder, &kDecoderLayout, llamaStack};

} // namespace headlens
