// SPDX-License-Identifier: GPL-3.0-or-later
// A language model that sees: its eyes make vectors as wide as words of pictures, and these stand in the places of one
// token of the text (LLaVA, PaliGemma, Gemma 3, SmolVLM, Qwen2-VL). What differs are the eyes.
#pragma once

#include "core/models/heads/word_head.h"
#include "core/models/skeletons/decoder_reading.h"
#include "core/models/skeletons/picture_eyes.h"

#include <memory>
#include <optional>

namespace headlens {

struct PictureWords {
    std::int64_t token = 0;      // its places are taken by the vectors of pictures, in reading order
    std::int64_t perPicture = 0; // vectors of one picture; 0: as many as its size asks for
    std::int64_t filmToken = -1; // the same for the frames of films; -1: it sees none
    double scale = 1;            // of the vectors on their way among the words
    // Which tokens see each other whatever their order.
    enum Sight : std::uint8_t {
        Causal,  // none
        Picture, // those of one picture (Gemma 3)
        Prompt, // those of segment 0, all where none is told: picture and question, but not what is written (PaliGemma)
    } sight = Causal;
};

class PictureDecoder : public TransformerModel {
public:
    PictureDecoder(std::unique_ptr<PictureEyes> eyes, const StackConfig& text, const PictureWords& words,
                   ModelFacts facts);
    // Takes every weight, those of the eyes from `seeing`, which may be another checkpoint. Throws Error(BadWeights).
    void load(WeightBinder& binder, WeightBinder& seeing);

    const ModelFacts& facts() const override { return m_facts; }
    // pixels [P,3,H,W]: the pictures of all texts, in reading order; undefined where no text names one.
    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override;
    std::map<int, int> widerTokens(const at::Tensor& pixels) const override;
    at::Tensor finalNorm(const at::Tensor& hidden) const override;
    at::Tensor vocabularyScores(const at::Tensor& hidden) const override;
    PositionTable positionTable(const TokenStream& stream) const override;
    std::unique_ptr<Writer> startGeneration(const ModelInput& input, const ForwardOptions& options) const override;
    void eachParameter(const std::function<void(at::Tensor&)>& visit) override;
    void packWeights(Precision precision) override;

private:
    bool isText(const at::Tensor& hidden) const { return hidden.size(-1) == m_text.config().width; }
    // ids [B,T] -> [B,T,D], with what was seen in the places of pictures. Throws Error(BadRequest) where it does not
    // fit.
    at::Tensor sentence(const at::Tensor& ids, const SeenVectors& seen, const Stack::Embedding& how) const;
    // words [B,T,D] with `vectors` [n,D] where `here` [B,T] says so.
    at::Tensor placed(const at::Tensor& words, const at::Tensor& here, const at::Tensor& vectors) const;
    at::Tensor together(const ModelInput& input) const; // StackPass::together

    at::Tensor isPicture(const at::Tensor& ids) const; // of the same shape, bool
    // Where the first text of ids [B,T] holds the patches of pictures.
    std::vector<PictureSpan> picturesIn(const at::Tensor& ids, const SeenVectors& seen) const;

    ModelFacts m_facts;
    std::unique_ptr<PictureEyes> m_eyes;
    Stack m_text;
    PictureWords m_words;
    WordHead m_head;
};

// What the loaders of these models share: the decoder by "text_config" (or, without one, the whole file), whose type is
// `usualText` where it is not said.
struct PictureDecoderParts {
    StackConfig text;
    ModelFacts facts;
    Checkpoint weights;                  // from which to load
    std::optional<Checkpoint> eyes = {}; // where those of the eyes lie in a checkpoint of their own
};
PictureDecoderParts readPictureDecoder(const char* name, const char* usualText, const Checkpoint& checkpoint,
                                       const ModelSettings& settings);
LoadedModel loadPictureDecoder(PictureDecoderParts parts, const PictureWords& words, std::unique_ptr<PictureEyes> eyes,
                               const ModelSettings& settings);

// --set image_token_index=ID; `fallback` without. Throws Error(Usage).
std::int64_t imageTokenOf(const ModelSettings& settings, std::int64_t fallback);
// "image_token_index" or, newer, "image_token_id".
std::int64_t imageTokenOf(const JsonFields& fields, std::int64_t fallback);

} // namespace headlens
