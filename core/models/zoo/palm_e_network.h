// SPDX-License-Identifier: GPL-3.0-or-later
// PaLM-E in small (Driess et al. 2023, arXiv 2303.03378): a language model whose sentences hold vectors that are no
// words. Patches of a picture, the state of a block, or one block cut out of the picture become tokens of the same
// width and stand among the words. For inference and training.
#pragma once

#include "core/models/skeletons/stack.h"
#include "core/models/skeletons/vit_encoder.h"
#include "core/models/zoo/table_state.h"

#include <functional>
#include <string>
#include <vector>

namespace headlens {

struct PalmEConfig {
    VitConfig vision;                                             // without class token; one patch a cell
    StackConfig text;                                             // causal
    std::int64_t imageToken = 0, firstObject = 0, firstState = 0; // ids; states are the last of the vocabulary
};

struct PalmEPass {
    bool observes = true; // false: nothing but zeros is put into the sentence
    StackPass stack = {};
    Trace* visionTrace = nullptr;
};

class PalmENetwork {
public:
    explicit PalmENetwork(const PalmEConfig& config);

    void visit(const Weights& weights); // "vision.", "bridge.", "state.", "text."

    // pixels [B,3,S,S] -> tokens of its patches [B,P,d] and of its objects [B,3,d].
    struct Seen {
        at::Tensor patches, objects;
        Trace trace;
    };
    Seen see(const at::Tensor& pixels, const PassOptions& options) const;
    // Words, with vectors in the places of other tokens [B,T,d]; without positions. `seen` may be empty where no token
    // asks for it. Throws Error(BadRequest) when one does. `hooks` of HookPoint::WordEmbedding.
    at::Tensor sentence(const at::Tensor& ids, const Seen& seen, bool observes, const Hooks* hooks = nullptr) const;
    // ids [B,T] -> features behind the last layer [B,T,d].
    at::Tensor read(const at::Tensor& sentence, const StackPass& pass) const;
    at::Tensor scores(const at::Tensor& hidden) const; // [..,d] -> [..,V], words only
    at::Tensor isWord(const at::Tensor& ids) const;    // [B,T] bool

    const PalmEConfig& config() const { return m_config; }
    const Stack& text() const { return m_text; }

private:
    at::Tensor cutOut(const at::Tensor& pixels, at::Tensor& present) const;
    at::Tensor states(const at::Tensor& ids) const;

    PalmEConfig m_config;
    VitEncoder m_vision;
    Stack m_text;
    Linear m_fromPatch, m_fromObject, m_stateIn, m_stateOut;
};

} // namespace headlens
