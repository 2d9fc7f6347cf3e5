// SPDX-License-Identifier: GPL-3.0-or-later
// Layers with Infini-attention (Munkhdalai, Faruqui, Gopal 2024, arXiv 2404.07143): softmax attention inside segments,
// and a memory of fixed size that carries what earlier segments said. For inference and training.
#pragma once

#include "core/models/transformer_model.h"
#include "core/models/zoo/pre_norm_layer.h"

#include <string>
#include <vector>

namespace headlens {

struct InfiniConfig {
    std::int64_t layers = 2, width = 64, heads = 4, mlpWidth = 256, vocabulary = 0, segment = 32;
    double eps = 1e-5, rotaryBase = 10'000;
    bool delta = false; // the memory is written by the delta rule (Eq. 9) instead of by adding (Eq. 8)
    std::int64_t headWidth() const { return width / heads; }
};

struct InfiniLayer : PreNormLayer {
    Linear keyBefore; // of the token before: what stands behind a name is found by the name (see the .cpp)
    at::Tensor beta;  // [H]: the gate before its sigmoid
};

// What one pass is told and where it leaves what it saw.
struct InfiniPass : Pass {
    at::Tensor mask = {};  // [B,T] int64: 0 for tokens that nobody may look at; undefined: all are seen
    bool remembers = true; // false: the memory is emptied before every segment
    bool delta = false;    // how the memory is written: InfiniConfig says how it was in training
    at::Tensor gates = {}; // [layers,H] in place of sigmoid(beta); undefined: as trained
    std::map<std::string, at::Tensor>* states = nullptr; // "gate", "memory.<layer>" ... of the first of the batch
};

class InfiniStack {
public:
    explicit InfiniStack(const InfiniConfig& config);

    void visit(const Weights& weights); // every weight once, by the name it is stored under

    // ids [B,T] int64 -> features behind the last layer [B,T,D], before the final norm. Throws Error(BadRequest) for
    // ids outside the vocabulary.
    at::Tensor run(const at::Tensor& ids, const InfiniPass& pass) const;
    at::Tensor finalNorm(const at::Tensor& x) const { return m_final(x); }
    at::Tensor scores(const at::Tensor& hidden) const; // [..,D] -> [..,V], through final norm and token table

    const InfiniConfig& config() const { return m_config; }
    at::Tensor gates() const; // [layers,H]: sigmoid(beta)

private:
    struct Heads { // of one layer, [B,H,T,d] each
        at::Tensor query, key, value;
    };
    struct Memory {
        at::Tensor read;               // [B,H,T,d]: A_mem of every token
        at::Tensor states, normaliser; // M [S,H,d,d] and z [S,H,d] after each segment, of the first of the batch
    };
    at::Tensor attention(const InfiniLayer& layer, std::int64_t index, const at::Tensor& x,
                         const InfiniPass& pass) const;
    at::Tensor local(const Heads& rotated, const at::Tensor& mask) const;
    Memory memory(const Heads& heads, const InfiniPass& pass) const;
    Heads rotated(const Heads& heads) const;
    at::Tensor localMask(std::int64_t tokens, const InfiniPass& pass, const at::Tensor& like) const;
    void remember(const Heads& plain, const Heads& turned, const InfiniPass& pass) const;

    InfiniConfig m_config;
    at::Tensor m_tokens; // [V,D]
    LayerNorm m_final;
    std::vector<InfiniLayer> m_layers;
};

} // namespace headlens
