// SPDX-License-Identifier: GPL-3.0-or-later
// What an Inspection holds between questions. Private to core/session.
#pragma once

#include "core/attribution/token_pca.h"
#include "core/base/error.h"
#include "core/imaging/video.h"
#include "core/models/registry.h"
#include "core/session/inspection.h"
#include "core/session/text_input.h"
#include "core/trace/block_map.h"

#include <functional>
#include <memory>

namespace headlens {

struct Inspection::State {
    struct Open {
        LoadedModel loaded;
        verbs::ModelInfo info;
        std::shared_ptr<const Tokenizer> tokenizer; // null: none lies beside the weights
        std::shared_ptr<const Tokenizer> written;   // of what a decoder writes, where it has its own (Marian)
    };
    struct Ran {
        ForwardResult result;
        ModelInput in; // on the CPU
        verbs::InputInfo info;
        Image8 seen, reconstruction; // the second of a masked autoencoder only
    };
    // The picture of the last input, so that a text beside it can change alone.
    struct Picture {
        Image8 image; // upright; empty: none
        std::string name, sha256;
        double decodeMs = 0;
        std::vector<std::string> remarks;
    };
    std::shared_ptr<Open> open;
    Picture lastPicture;
    std::shared_ptr<Ran> ran;
    std::shared_ptr<Ran> held;               // what other runs are compared with; null: nothing
    std::vector<std::shared_ptr<Ran>> batch; // of setPictures(); null where a picture failed
    std::unique_ptr<VideoReader> video;
    std::string videoName;
    PcaBasis pca; // of the last fit; belongs to the open model

    const Open& model() const;                     // Throws Error(NothingOpen).
    const Ran& input() const;                      // Throws Error(NothingOpen).
    const AttentionRecord& block(int layer) const; // Throws Error(BadRequest).
    BlockMap mapOf(int layer) const;
    // The hidden state behind `layer` [B,N,D].
    at::Tensor behind(int layer) const;
    const TokenStream& streamOf(int stream) const; // Throws Error(BadRequest).
    verbs::SetInput lastRequest;                   // of the last input, for its text
    static Picture decoded(const verbs::SetInput& request, std::span<const std::byte> file);
    // What is known of a picture before it runs.
    std::shared_ptr<Ran> prepare(const Image8& picture, const std::string& name, const std::string& fit) const;
    // Runs `next.pixels` and fills in the rest.
    void complete(Ran& next, const ForwardOptions& options, const JobControl& control);
    // As complete() for pictures of one size, in one pass, or in halves where memory is short; `fail` hears of those
    // that cannot run at all.
    using Fail = std::function<void(const Ran*, const Error&)>;
    void completeTogether(const std::vector<std::shared_ptr<Ran>>& pictures, const Fail& fail);
    void completeBatch(const std::vector<std::shared_ptr<Ran>>& pictures);
    void describe(Ran& done) const;
    // Reads the text of `request` into `next`.
    void addText(Ran& next, const verbs::SetInput& request) const;
    void describeText(Ran& done) const;
    void describeStreams(Ran& done) const;
    void nameKinds(verbs::Stream& stream, const ForwardResult& result) const;
    void describeGuesses(Ran& done) const; // of the last token, and of gaps
    // What the writing tower's features say about the vocabulary [B,T,V]; undefined for models without such a head, and
    // where outputs hold scores already.
    at::Tensor allScores() const;
    // Tokens of the text that were there before writing began.
    std::int64_t promptTokens() const;
    const Tokenizer* writtenTokenizer() const; // null: none
    Tokenizers tokenizers() const;
    static ModelInput firstLine(const ModelInput& input); // of a batch
    // The one stream of a model that takes nothing but a picture.
    static void completeStreams(ForwardResult& result, const ModelFacts& facts);

    // While it lives, input() is the held run.
    class LookAtHeld {
    public:
        explicit LookAtHeld(State& state);
        ~LookAtHeld();
        LookAtHeld(const LookAtHeld&) = delete;
        LookAtHeld& operator=(const LookAtHeld&) = delete;

    private:
        State& m_state;
    };
    void requireComparable() const; // Throws Error(NothingOpen | BadRequest).
    // As of Inspection, for the run that is looked at.
    verbs::RowsOfLayers rows(const verbs::Rows& request) const;
    verbs::TileMeans tile(const verbs::Tile& request) const;
    verbs::OverviewMap overview(const verbs::Overview& request) const;
    // Features behind the last layer of the tower that predicts tokens [B,T,D]; undefined without.
    static at::Tensor lastFeatures(const Ran& done);
    // Fills `next.result`; where memory is short with less than asked for. Answers what was left out
    // (InputInfo.notice).
    // One pass of the open model, with all threads, until the device has done it.
    ForwardResult compute(const ModelInput& in, const ForwardOptions& options, const JobControl& control) const;
    std::string forward(Ran& next, ForwardOptions options, const JobControl& control);
    // On the device and in the type that the model computes in.
    ModelInput ready(const ModelInput& input) const;
    void moveToCpu();
    void requireValues(const JobControl& control); // AttentionRecord::v of every block of the run
};

ForwardOptions optionsOf(const verbs::SetInput& request);

// This run minus the held one, number by number.
verbs::RowsOfLayers minus(verbs::RowsOfLayers now, const verbs::RowsOfLayers& then);
verbs::TileMeans minus(verbs::TileMeans now, const verbs::TileMeans& then);
verbs::OverviewMap minus(verbs::OverviewMap now, const verbs::OverviewMap& then);

} // namespace headlens
