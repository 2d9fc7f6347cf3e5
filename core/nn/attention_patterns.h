// SPDX-License-Identifier: GPL-3.0-or-later
// Attention that costs less than everybody looking at everybody, on the same queries and keys of a picture's tokens.
// A model may have been trained with one of these, or be run with one afterwards to see what breaks.
#pragma once

#include "core/trace/trace.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlens {

struct AttentionPattern {
    enum Kind : std::uint8_t {
        Dense,
        Window,  // patches at most `radius` rows and columns away (Longformer's window, in two dimensions)
        Random,  // the same, and `radius` patches more, chosen once for each patch (after BigBird)
        Coarse,  // keys and values are means of `radius` x `radius` patches (after PVT, which learns them)
        LowRank, // keys and values are learnt mixtures of all tokens (Linformer)
        Linear,  // phi(q) phi(k), phi = elu + 1
        Favor,   // exp(q k) by `radius` random features (Performer, FAVOR+)
    } kind = Dense;
    std::int64_t radius = 0;
    bool global = true; // special tokens look at everybody and are looked at by everybody
};

// Every pattern by the name that it has as a switch and in config.json ("attention_pattern"): "dense", "window 1" ...
// LowRank is no choice for models that were not trained with it.
const std::vector<std::string>& patternNames();
// Throws Error(BadConfig) for other names.
AttentionPattern patternFrom(const std::string& name);

// The tokens of a picture: special ones, then the grid.
struct PictureTokens {
    std::int64_t prefix = 0, gridHeight = 0, gridWidth = 0;
    std::int64_t cell = 0; // pixels a side of a patch
    std::int64_t count() const { return prefix + gridHeight * gridWidth; }
};

// 1 where a token may look at another, else 0 [N,N] float32; undefined where everybody may look at everybody.
at::Tensor allowedPairs(const AttentionPattern& pattern, const PictureTokens& tokens);

// Attention by `pattern`. `record` holds q and k [B,H,N,d] and the scale and is made to say what was computed: keys,
// rule, mask, kind. value [B,H,N,d]; recipe [k,N] of LowRank. The heads side by side [B,N,H*d].
at::Tensor attendBy(const AttentionPattern& pattern, const PictureTokens& tokens, AttentionRecord& record,
                    const at::Tensor& value, const at::Tensor& recipe);

// The streams of a picture whose blocks attend by `pattern`: its tokens, and what they look at where that differs.
std::vector<TokenStream> streamsBy(const AttentionPattern& pattern, const PictureTokens& tokens, std::int64_t recipes);

// Positive random features of x [..,d]: exp(w x - |x|^2 / 2) for the rows w of `omega` [m,d]; the mean over m of
// phi(x) phi(y) is exp(x y) (Choromanski et al. 2021, arXiv 2009.14794, Eq. 7). Rows of `omega` are orthogonal in
// blocks of d, with the lengths of Gaussian vectors.
at::Tensor randomDirections(std::int64_t features, std::int64_t width, std::uint64_t seed);

} // namespace headlens
