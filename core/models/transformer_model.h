// SPDX-License-Identifier: GPL-3.0-or-later
// What every transformer offers to the layers above, whether it reads pictures, text or both. Adding an architecture:
// one file in arch/ and one row in registry.h (docs/extending.md).
#pragma once

#include "core/base/job_control.h"
#include "core/imaging/preprocess_plan.h"
#include "core/nn/pass.h"
#include "core/tensors/layers.h"
#include "core/trace/trace.h"
#include "core/wire/verbs_model.h"
#include "core/wire/verbs_outputs.h"

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace headlens {

struct BlockFacts {
    int stage = 0, heads = 0, width = 0;
    std::string tower; // "decoder", "text", "vision" ...; empty in models with one tower
    AttentionKind kind = AttentionKind::Self;
    int windowTokens = 0; // of one window; 0: every token sees every token
};

// What a model does with text, and what only the engine has to know of it.
struct TextFacts : verbs::TextAbilities {
    int startToken = -1;         // what a decoder begins with; -1: with the text itself
    bool bosReplacesCls = false; // it stands where the tokenizer puts its own mark (BLIP)
    int endToken = -1, padToken = 0;
    std::vector<int> neverWritten = {}; // Marian's padding
    // How its processor writes prompts, where no file brings a chat template: one in Jinja, which also reads `image`,
    // the mark of a picture (empty without one).
    std::string usualChat = {};
    // What the processor makes of a picture's mark in the rendered text: the mark and what stands for it.
    std::string pictureMark = {}, pictureText = {};
};

// Values of switches are texts; of a number its decimal form.
using Switch = verbs::Switch;
using SwitchValues = std::map<std::string, std::string>;

// The value of `name`, or as it was trained.
std::string switchValue(const std::vector<Switch>& known, const SwitchValues& values, const std::string& name);
double switchNumber(const std::vector<Switch>& known, const SwitchValues& values, const std::string& name);
std::vector<double> switchNumbers(const std::vector<Switch>& known, const SwitchValues& values,
                                  const std::string& name);
// Throws Error(BadRequest) for switches that the model does not have and for values out of their range.
void requireSwitches(const std::vector<Switch>& known, const SwitchValues& values);

struct ModelFacts {
    std::string architecture; // "ViT", "DeiT (distilled)", "DINO v1" ...
    std::vector<BlockFacts> blocks;
    int patch = 0, channels = 3, imageHeight = 0, imageWidth = 0;
    int classes = 0;                        // 0 without a head
    std::vector<verbs::OutputKind> outputs; // that its heads give, each at most once
    std::vector<std::string> prefixTokens;  // in token order, before the patches
    std::vector<std::string> labels;
    std::vector<std::string> assumptions; // what the files did not say
    double maskRatio = 0;                 // above 0: a masked autoencoder, which hides this share of the patches
    TextFacts text;
    bool packsPictures = false; // pixels may come as rows of patches [N,..] or as several pictures a text [B,n,C,H,W]
    bool textOnlyInput = false; // its text can be read without a picture beside it (CLIP, PaLM-E)
    std::vector<Switch> switches;
    bool choosesTokens = false; // blocks choose the tokens that they work on (Mixture-of-Depths)
    // Tokens that are no words, by their first id: "date", "state" ... up to the next entry; an empty kind ends one.
    std::map<int, std::string> tokenKinds;
    // Tokens that take several places in a row: one word that stands for the patches of a picture.
    std::map<int, int> widerTokens;

    bool takesPictures() const { return patch > 0; }
    bool gives(verbs::OutputKind kind) const { return std::ranges::find(outputs, kind) != outputs.end(); }
};

// What goes in. Undefined tensors are absent.
struct ModelInput {
    at::Tensor pixels = {};           // [B,C,H,W] float32
    at::Tensor ids = {};              // [B,T] int64: the text that is read
    at::Tensor mask = {};             // [B,T] int64: 0 for padding; undefined: all are real
    at::Tensor segments = {};         // [B,T] int64: 1 in the second text of a pair
    at::Tensor decoderInputIds = {};  // [B,T] int64: what a decoder has written so far
    at::Tensor decoderInputMask = {}; // [B,T]
    // What single families take beside, by its name in transformers: "image_grid_thw", "pixel_attention_mask" ...
    std::map<std::string, at::Tensor> more = {};
};

// What a forward pass may be told beside the picture.
// (PassOptions::keep: masked autoencoders keep queries and keys all the same).
struct ForwardOptions : PassOptions {
    double maskRatio = -1;        // masked autoencoders: share of hidden patches; -1 as trained
    std::uint64_t seed = 0;       // of the random choice of hidden patches
    at::Tensor noise = {};        // [B,N]: the choice itself, in place of the seed; smallest are kept
    SwitchValues switches = {};   // what is not named stays as trained
    bool vocabularyScores = true; // false: no logits over the vocabulary, which are N x V numbers
};

struct ForwardResult {
    Trace trace;
    // last_hidden_state [B,N,D], pooler_output [B,D], logits [B,C] or [B,T,V] ... with "text.", "vision.", "encoder."
    // or "decoder." before the names of a tower
    std::map<std::string, at::Tensor> outputs;
    int gridHeight = 0, gridWidth = 0; // of the patches that enter the first block
    at::Tensor patchEmbeds = {};       // [B,gh*gw,E] normalised: patches in the space where texts are compared
    at::Tensor reconstruction = {};    // [B,C,H,W] normalised pixels: hidden patches as the decoder paints them
    at::Tensor hiddenPatches = {};     // [B,N] bool: what a masked autoencoder did not see
    // What else a mechanism holds, of the first of the batch: "gate" [layers,H], "memory.0" [segments,H,d,d] ...
    std::map<std::string, at::Tensor> states = {};
};

// A text that grows token by token; keys and values of what was written are kept (the cache). Belongs to its model.
class Writer {
public:
    virtual ~Writer() = default;
    // Writes `ids` [B,n] (on the model's device) and answers the scores of what comes next [B,V].
    virtual at::Tensor next(const at::Tensor& ids) = 0;
    // Goes on with the lines `rows` [B'] (int64) of the batch, in that order; for beam search.
    virtual void reorder(const at::Tensor& rows) = 0;
};

// Places as vectors: added to the embeddings (learnt, sinusoidal) or turning queries and keys (rotary: the cosines,
// then the sines, of every angle).
struct PositionTable {
    std::string kind;     // learnt, sinusoidal, rotary, relative; empty: none
    at::Tensor rows = {}; // [n,D], one a token of the stream; undefined for relative ones
};

class TransformerModel {
public:
    virtual ~TransformerModel() = default;
    virtual const ModelFacts& facts() const = 0;
    // All tensors on the model's device. Checks `control` between blocks. Throws Error(BadRequest) for inputs that
    // the model cannot take.
    virtual ForwardResult run(const ModelInput& input, const ForwardOptions& options,
                              const JobControl& control) const = 0;
    // ModelFacts::widerTokens beside these pixels [1,C,H,W] (undefined: without a picture), where a larger picture
    // takes more places.
    virtual std::map<int, int> widerTokens(const at::Tensor& /*pixels*/) const { return facts().widerTokens; }
    // The final norm, for features of any layer [B,N,D]; unchanged where it does not fit.
    virtual at::Tensor finalNorm(const at::Tensor& hidden) const { return hidden; }
    // Scores over the vocabulary of any layer's features [..,D] -> [..,V], through final norm and head (logit lens).
    // Undefined for models without such a head.
    virtual at::Tensor vocabularyScores(const at::Tensor&) const { return {}; }
    // The classifier's scores of features of any layer [..,D] -> [..,C], read as if they stood where it reads, through
    // the final norm (logit lens). Undefined for models whose classifier reads more than one token.
    virtual at::Tensor classScores(const at::Tensor&) const { return {}; }
    // What tells the tokens of a stream their places.
    virtual PositionTable positionTable(const TokenStream&) const { return {}; }
    // Reads the picture or the text that is to be answered, without the ablated heads of `options`; nullptr for models
    // that do not write. `input.mask` (of a decoder alone) or `input.decoderInputMask` covers what the writer is fed
    // first.
    virtual std::unique_ptr<Writer> startGeneration(const ModelInput&, const ForwardOptions&) const { return nullptr; }
    // Every parameter, for moving to a device and for counting; not after packWeights().
    virtual void eachParameter(const std::function<void(at::Tensor&)>& visit) = 0;
    // For inference on the CPU: the weights of the blocks are given up for packed ones, layer by layer.
    virtual void packWeights(Precision precision) = 0;
};

} // namespace headlens
