// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs_model.h"

#include "core/wire/wire_fields.h"

namespace headlens::verbs {

HEADLENS_WIRE_FIELDS(Hello, program, version, torch, blas, threads, cuda, precisions, processId)
HEADLENS_WIRE_FIELDS(Cancel, id)
HEADLENS_WIRE_FIELDS(MeasuredScore, what, with, without, off, chance)
HEADLENS_WIRE_FIELDS(EmbeddedModel, name, path, title, shows, scores)
HEADLENS_WIRE_FIELDS(ModelList, models)
HEADLENS_WIRE_FIELDS(Sentence, text, about)
HEADLENS_WIRE_FIELDS(FindModels, folders)
HEADLENS_WIRE_FIELDS(FoundModel, name, path, source, type, bytes, used, whyNot)
HEADLENS_WIRE_FIELDS(FoundModels, models, remarks)
HEADLENS_WIRE_FIELDS(ModelEstimate, name, architecture, layout, parameters, weightBytes, runBytes, totalBytes,
                     availableBytes, fits, assumptions, unusedTensors)
HEADLENS_WIRE_FIELDS(Convert, source, target)
HEADLENS_WIRE_FIELDS(Converted, assumptions)
HEADLENS_WIRE_FIELDS(OpenModel, path, device, set, precision)
HEADLENS_WIRE_FIELDS(TensorInfo, name, dtype, shape)
HEADLENS_WIRE_FIELDS(BlockOutline, stage, heads, width, tower, kind)
HEADLENS_WIRE_FIELDS(TextAbilities, reads, writes, isEncoderDecoder, isMaskedLm, compares, padToMaxLength, longest,
                     longestWritten, vocabulary, tokenizer, maskPiece, chat, example, exampleCandidates)
HEADLENS_WIRE_FIELDS(AdapterInfo, name, folder, base, strength, rank, matrices, parameters, modules, saved)
HEADLENS_WIRE_FIELDS(ModelInfo, name, path, architecture, layout, device, precision, largestDifference, meanDifference,
                     notice, patch, imageHeight, imageWidth, classes, blocks, maskRatio, takesPictures,
                     remembersContrast, remembersTraining, text, switches, methods, parameters, fileBytes,
                     predictedBytes, sha256, prefixTokens, preprocessing, assumptions, unusedTensors, tensors, adapter)
HEADLENS_WIRE_FIELDS(ContrastStep, step, loss, temperature, cosines)
HEADLENS_WIRE_FIELDS(Contrast, captions, steps)
HEADLENS_WIRE_FIELDS(HistoryCurve, panel, name, values)
HEADLENS_WIRE_FIELDS(HistoryLevel, panel, name, value)
HEADLENS_WIRE_FIELDS(HistoryBars, name, values)
HEADLENS_WIRE_FIELDS(HistoryPicture, name, over, width, height, channels, frames)
HEADLENS_WIRE_FIELDS(History, title, steps, curves, levels, bars, pictures)

std::string plain(const Sentence& sentence)
{
    std::string said = sentence.text;
    const std::size_t at = said.find("%1");
    return at == std::string::npos ? said : said.replace(at, 2, sentence.about);
}

} // namespace headlens::verbs
