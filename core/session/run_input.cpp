// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_input.h"

#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "core/checkpoint/file_bytes.h"
#include "core/imaging/codec.h"
#include "core/imaging/preprocess.h"
#include "core/session/chat_prompt.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace headlens {
Picture decodedPicture(const verbs::SetInput& request, std::span<const std::byte> file)
{
    const Stopwatch clock;
    DecodedPicture found =
        decodePicture(file, request.name, request.takesCut ? CutPicture::Shown : CutPicture::Refused);
    Picture picture{std::move(found.image), request.name, sha256Of(file), 0, std::move(found.remarks)};
    picture.decodeMs = clock.milliseconds();
    return picture;
}

Image8 reducedTo(const Image8& picture, int side)
{
    const int longest = std::max(picture.width, picture.height);
    if (longest <= side) return picture;
    const double scale = double(side) / longest;
    return pilResize(picture, std::max(1, int(picture.width * scale)), std::max(1, int(picture.height * scale)),
                     Filter::Box);
}

std::shared_ptr<Run> preparedRun(std::shared_ptr<const OpenedModel> opened, const Image8& picture,
                                 const verbs::SetInput& request)
{
    const auto fit = fitFrom(request.fit);
    if (!fit) throw Error(ErrorCode::BadRequest, "fit", "\"" + request.fit + "\" is not trained, squash or native");
    const OpenedModel& model = *opened;
    if (!model.facts().takesPictures())
        throw Error(ErrorCode::UnsupportedModel, model.info.name, "takes text, not pictures", "give it a text");
    const std::int64_t channels = model.loaded.plan.channels;
    if (channels != 3 && channels != 1)
        throw Error(ErrorCode::UnsupportedModel, model.info.name,
                    "takes pictures of " + std::to_string(channels) + " channels, which no picture file has",
                    "give pixel values with --inputs");
    const Stopwatch clock;
    Preprocessed prepared = preprocess(picture, model.loaded.plan, *fit, model.info.patch);
    auto next = std::make_shared<Run>(std::move(opened));
    next->request = request;
    next->tensors().in.pixels =
        at::from_blob(prepared.pixels.data(), {1, channels, prepared.seen.height, prepared.seen.width}).clone();
    next->info.name = request.name;
    next->info.originalWidth = picture.width;
    next->info.originalHeight = picture.height;
    next->info.region.assign(prepared.region.begin(), prepared.region.end());
    next->info.preprocessMs = clock.milliseconds();
    next->seen = std::move(prepared.seen);
    return next;
}

void addText(Run& next)
{
    const OpenedModel& model = next.model();
    ModelFacts facts = model.facts();
    if (!facts.text.reads) return;
    facts.widerTokens = model.transformer().widerTokens(next.tensors().in.pixels);
    verbs::SetInput read = next.request;
    // Two towers need not both be used: without texts, or without a tokenizer to read them, the picture runs alone.
    const bool wordless = (read.text.empty() && read.candidates.empty()) || model.tokenizer == nullptr;
    if (facts.text.compares && wordless) return;
    if (facts.text.compares && read.text.empty()) { // the first candidate is the one that is looked into
        read.text = read.candidates.front();
        read.candidates.erase(read.candidates.begin());
    }
    bool addsMarks = true;
    if (read.chat && model.tokenizer != nullptr) {
        if (model.chat == nullptr)
            throw Error(ErrorCode::PartMissing, model.info.name, "has no chat template",
                        "switch the chat template off and type what the model is to read");
        const ChatPrompt prompt = chatPrompt(*model.chat, facts, *model.tokenizer,
                                             {read.text, read.system, next.tensors().in.pixels.defined()});
        read.text = prompt.text;
        addsMarks = prompt.addsMarks;
    }
    TextInput text = readText(read, model.tokenizers(), facts, model.info.path, addsMarks);
    text.input.pixels = next.tensors().in.pixels;
    next.tensors().in = std::move(text.input);
    next.info.streams = std::move(text.streams);
    next.info.cut = text.cut;
    if (facts.text.compares) {
        verbs::Similarity asked{{{read.text, 0, 0, 0}}};
        for (const std::string& candidate : read.candidates)
            asked.texts.push_back({candidate, int(asked.texts.size()), 0, 0});
        next.info.outputs.set(std::move(asked));
    }
}

} // namespace headlens
