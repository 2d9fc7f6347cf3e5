// SPDX-License-Identifier: GPL-3.0-or-later
// A language model that sees: a tower looks at pictures, a connector makes vectors as wide as words of what it saw, and
// they stand in the places of one token of the text (LLaVA, PaliGemma, Gemma 3). What differs is the connector.
#pragma once

#include "core/models/heads/word_head.h"
#include "core/models/skeletons/decoder_reading.h"
#include "core/models/skeletons/vision_tower.h"

#include <memory>

namespace headlens {

// What one look of the tower left, for the connector.
struct TowerFeatures {
    const SeenPicture& seen;
    const std::vector<at::Tensor>& states; // [0] what enters the first block, [i+1] what leaves block i: [P,N,D]
    std::int64_t prefix;                   // tokens before the patches
};

class PictureConnector {
public:
    virtual ~PictureConnector() = default;
    virtual void load(WeightBinder& binder) = 0;
    virtual void visit(const std::function<void(at::Tensor&)>& visit) = 0;
    // [P,n,D]: n vectors of every picture, as wide as words.
    virtual at::Tensor operator()(const TowerFeatures& features) const = 0;
};

struct PictureWords {
    std::int64_t token = 0;      // its places are taken by the vectors of pictures, in reading order
    std::int64_t perPicture = 0; // vectors of one picture
    double scale = 1;            // of the vectors on their way among the words
    // Which tokens see each other whatever their order.
    enum Sight : std::uint8_t {
        Causal,  // none
        Picture, // those of one picture (Gemma 3)
        Prompt,  // those of segment 0, all where none is told: picture and question, but not what is written (PaliGemma)
    } sight = Causal;
};

class PictureDecoder : public TransformerModel {
public:
    PictureDecoder(const VitConfig& vision, const StackConfig& text, const PictureWords& words,
                   std::unique_ptr<PictureConnector> connector, ModelFacts facts);
    // Takes every weight. Throws Error(BadWeights).
    void load(const Checkpoint& checkpoint, WeightBinder& binder);

    const ModelFacts& facts() const override { return m_facts; }
    // pixels [P,3,H,W]: the pictures of all texts, in reading order; undefined where no text names one.
    ForwardResult run(const ModelInput& input, const ForwardOptions& options, const JobControl& control) const override;
    at::Tensor finalNorm(const at::Tensor& hidden) const override;
    at::Tensor vocabularyScores(const at::Tensor& hidden) const override;
    PositionTable positionTable(const TokenStream& stream) const override;
    std::unique_ptr<Writer> startGeneration(const ModelInput& input, const ForwardOptions& options) const override;
    void eachParameter(const std::function<void(at::Tensor&)>& visit) override;
    void packWeights(Precision precision) override;

private:
    bool isText(const at::Tensor& hidden) const { return hidden.size(-1) == m_text.config().width; }
    // Looks, leaving the tower's part in `result`: [P*n,D], undefined without pictures.
    at::Tensor see(const at::Tensor& pixels, ForwardOptions options, const JobControl& control,
                   ForwardResult& result) const;
    // ids [B,T] -> [B,T,D], with `vectors` in the places of pictures. Throws Error(BadRequest) where they do not fit.
    at::Tensor sentence(const at::Tensor& ids, const at::Tensor& vectors, const Stack::Embedding& how) const;
    at::Tensor together(const ModelInput& input) const; // StackPass::together

    ModelFacts m_facts;
    VisionTower m_vision;
    Stack m_text;
    PictureWords m_words;
    std::unique_ptr<PictureConnector> m_connector;
    WordHead m_head;
};

// What the loaders of these models share: the tower by "vision_config", the decoder by "text_config", whose type is
// `usualText` where it is not said; `perPicture` vectors a picture from the tower's configuration.
struct PictureDecoderParts {
    VitConfig vision;
    StackConfig text;
    ModelFacts facts;
    PreprocessPlan plan;
    Checkpoint weights; // from which to load
};
PictureDecoderParts readPictureDecoder(const char* name, const VisionTowerDefaults& vision, const char* usualText,
                                       const Checkpoint& checkpoint, const ModelSettings& settings);
LoadedModel loadPictureDecoder(PictureDecoderParts parts, const PictureWords& words,
                               std::unique_ptr<PictureConnector> connector, const ModelSettings& settings);

// "image_token_index" or, newer, "image_token_id".
std::int64_t imageTokenOf(const JsonFields& fields, std::int64_t fallback);

} // namespace headlens
