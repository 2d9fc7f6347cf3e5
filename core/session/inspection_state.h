// SPDX-License-Identifier: GPL-3.0-or-later
// What an Inspection holds between questions. Private to core/session.
#pragma once

#include "core/attribution/token_pca.h"
#include "core/base/error.h"
#include "core/imaging/video.h"
#include "core/models/registry.h"
#include "core/session/inspection.h"
#include "core/trace/block_map.h"

#include <functional>
#include <memory>

namespace headlens {

struct Inspection::State {
    struct Open {
        LoadedModel loaded;
        verbs::ModelInfo info;
    };
    struct Ran {
        ForwardResult result;
        at::Tensor pixels; // [B,C,H,W] on the CPU
        verbs::InputInfo info;
        Image8 seen, reconstruction; // the second of a masked autoencoder only
    };
    std::shared_ptr<Open> open;
    std::shared_ptr<Ran> ran;
    std::vector<std::shared_ptr<Ran>> batch; // of setPictures(); null where a picture failed
    std::unique_ptr<VideoReader> video;
    std::string videoName;
    PcaBasis pca; // of the last fit; belongs to the open model

    const Open& model() const;                     // Throws Error(NothingOpen).
    const Ran& input() const;                      // Throws Error(NothingOpen).
    const AttentionRecord& block(int layer) const; // Throws Error(BadRequest).
    BlockMap mapOf(int layer) const;
    // The hidden state behind `layer` [B,N,D].
    const at::Tensor& behind(int layer) const;
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
    // Fills `next.result`; where memory is short with less than asked for. Answers what was left out
    // (InputInfo.notice).
    std::string forward(Ran& next, ForwardOptions options, const JobControl& control);
    // On the device and in the type that the model computes in.
    at::Tensor ready(const at::Tensor& pixels) const;
    void moveToCpu();
};

} // namespace headlens
