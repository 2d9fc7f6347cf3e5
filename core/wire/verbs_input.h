// SPDX-License-Identifier: GPL-3.0-or-later
// Verbs that bring pictures, text and films, and what comes back of a run.
#pragma once

#include "core/base/float_array.h"
#include "core/base/image8.h"
#include "core/wire/question.h"
#include "core/wire/verbs_outputs.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace headlens::verbs {

struct HeadAddress {
    int layer = 0, head = 0;
};
HEADLENS_WIRE_TYPE(HeadAddress)

// One intervention while the input runs.
struct Change {
    std::string kind;          // a name of kChangeKinds (core/wire/changes.h), which says what else counts
    int block = -1, head = -1; // -1: all
    double factor = 0;
    std::vector<int> queries, keys; // tokens; empty: all
    // Sets of inputs on the engine's machine: a folder of pictures, or a text file with a text a line.
    std::string source = {}, against = {};
    bool operator==(const Change&) const = default;
};
HEADLENS_WIRE_TYPE(Change)

// set_input -> InputAnswer. Runs the model. Request tensor "image": U8 [bytes of the file]; without it the picture of
// the last input is taken again where the model looks at one.
struct SetInput {
    std::string name;
    std::string fit = "trained";      // trained: resize and crop as trained; squash: the whole picture into that size;
                                      // native: the whole picture at its own aspect, positions interpolated
    double maskRatio = -1;            // masked autoencoders: share of hidden patches; -1 as trained
    std::uint64_t maskSeed = 0;       // which ones
    std::string text, pair;           // what is read, and a second text (BERT)
    std::string written;              // what a decoder has written so far
    std::vector<int> decoderInputIds; // the same as exact tokens, without its start; goes before `written`
    std::vector<std::string> candidates;         // scored against the picture beside `text` (CLIP, SigLIP)
    bool chat = false;                // `text` is a question, which goes through the model's chat template
    std::string system;               // what the template says first; only of a chat
    std::string cutFrom = "end";                 // where a text that is too long is cut: begin, end
    std::vector<int> hiddenTokens;               // of the first text stream, by position: nobody attends to them
    std::vector<HeadAddress> ablated;            // heads that contribute nothing
    std::vector<Change> changes;                 // what else is changed, all at once
    bool takesCut = false;                       // a picture file that ends too early is shown as far as it goes
    bool keepsAllTexts = false;                  // of the candidates as well, where usually only `text` is looked into
    std::map<std::string, std::string> switches; // ModelInfo.switches that are not as trained
};
HEADLENS_WIRE_TYPE(SetInput)

// Where the tokens of one block lie: a map of its own in every stage of a Swin. Tokens count the special ones first,
// then the map row by row. `cell`: pixels a side of one of the map.
struct BlockGrid {
    int gridHeight = 0, gridWidth = 0, cell = 0;
    int windowHeight = 0, windowWidth = 0; // 0: every token sees every token
    int shiftY = 0, shiftX = 0;
    bool padAfterRoll = false;
    bool hidesPatches = false; // the hidden patches of the input take no part
    std::string tower, kind = "self";
    int queryStream = 0, keyStream = 0; // whose tokens ask and answer: InputInfo.streams
    int queries = 0, keys = 0, heads = 0;
    std::string rule = "softmax"; // softmax, linear, delta: how weights come from queries and keys
    int segment = 0;              // above 0: a query reads only segments of this many tokens before its own
    std::vector<int> taking;      // the tokens that take part, where the block chooses them; empty: all
    std::vector<double> router;   // by token: the scores of that choice
};
HEADLENS_WIRE_TYPE(BlockGrid)

// A word of the vocabulary beside a vector that is none.
struct NearWord {
    std::string piece;
    double cosine = 0;
};
HEADLENS_WIRE_TYPE(NearWord)

struct TextToken {
    int id = 0;
    std::string piece;      // as the vocabulary writes it
    int begin = 0, end = 0; // code points of Stream.text (of its second text where `segment` is 1 and `inPair`)
    int segment = 0;
    bool special = false, inPair = false;
    std::string kind;           // "image", "state", "object", "date": stands among the words but is none (PaLM-E);
                                // "unknown": typed, and in no vocabulary
    std::vector<NearWord> near; // of such a token: the words whose embeddings lie nearest, best first
};
HEADLENS_WIRE_TYPE(TextToken)

// PictureSpan on its way.
struct PictureAmongWords {
    int begin = 0, gridHeight = 0, gridWidth = 0;
};
HEADLENS_WIRE_TYPE(PictureAmongWords)

// One sequence that attention runs over: text tokens first, then special picture tokens, then patches.
struct Stream {
    std::string name; // "", "text", "vision", "encoder", "decoder"
    std::string text, pair;
    std::vector<TextToken> tokens;
    int prefix = 0, gridHeight = 0, gridWidth = 0;
    int cell = 0; // pixels a side of a patch in the picture that the model sees
    std::vector<PictureAmongWords> pictures;
    int asked = 0; // code points of `text` that were there before the model wrote: the prompt, through its template
};
HEADLENS_WIRE_TYPE(Stream)

// What else a mechanism holds: verb state.
struct StateInfo {
    std::string name;
    std::vector<std::int64_t> shape;
};
HEADLENS_WIRE_TYPE(StateInfo)

// `tokens` and the grid are those of the first block.
struct InputInfo {
    std::string name, sha256;
    std::int64_t frame = -1; // of a video
    std::vector<BlockGrid> blocks;
    std::vector<int> hiddenPatches; // of a masked autoencoder, row-major
    std::vector<StateInfo> states;
    std::vector<Stream> streams; // the first is that of the first block
    int tokens = 0, gridHeight = 0, gridWidth = 0, patchPixels = 0;
    int cut = 0; // tokens of the text that did not fit
    int seenWidth = 0, seenHeight = 0, originalWidth = 0, originalHeight = 0;
    std::vector<double> region; // x, y, width, height of the seen picture in pixels of the upright original
    Outputs outputs;
    double decodeMs = 0, preprocessMs = 0, forwardMs = 0;
    std::int64_t traceBytes = 0, hiddenBytes = 0; // queries and keys; hidden states
    // What memory forced: "" nothing, "hidden" hidden states were not kept, "cpu" moved from the GPU to the CPU.
    std::string notice;
    std::vector<std::string> remarks; // on the picture's file: what was stretched, cut off or left out
};
HEADLENS_WIRE_TYPE(InputInfo)
struct InputAnswer {
    InputInfo info;
    Image8 seen, original; // what entered the model; upright, at most 2048 pixels a side; of a text alone empty
    Image8 reconstruction; // of a masked autoencoder
    HEADLENS_WIRE_TENSORS(TensorField{"seen", &InputAnswer::seen}, TensorField{"original", &InputAnswer::original},
                          TensorField{"reconstruction", &InputAnswer::reconstruction})
};
HEADLENS_WIRE_TYPE(InputAnswer)
inline constexpr Question<SetInput, InputAnswer> kSetInput{"set_input"};

// open_video -> VideoInfo. `source`: a path on the engine's machine, or "camera:0". The video stays open until another
// one or close_video.
struct OpenVideo {
    std::string source;
};
HEADLENS_WIRE_TYPE(OpenVideo)
struct VideoInfo {
    std::string source;
    int width = 0, height = 0;
    std::int64_t frames = 0; // 0: a camera, which has no end
    double framesPerSecond = 0;
};
HEADLENS_WIRE_TYPE(VideoInfo)
inline constexpr Question<OpenVideo, VideoInfo> kOpenVideo{"open_video"};

// set_frame -> InputAnswer with `frame`: runs one frame. Frames are pulled one at a time;
// what the camera saw meanwhile is dropped.
struct SetFrame {
    std::int64_t frame = 0; // of a file, pulled into its range; a camera gives its newest picture
    SetInput with;          // everything but the picture
};
HEADLENS_WIRE_TYPE(SetFrame)
inline constexpr Question<SetFrame, InputAnswer> kSetFrame{"set_frame"};

// close_video {}: lets go of the file or camera.
inline constexpr Question<Nothing, Nothing> kCloseVideo{"close_video"};

// thumbnail -> SmallPicture. Request tensor "image": U8 [bytes of the file].
struct Thumbnail {
    int side = 64; // the longer one
};
HEADLENS_WIRE_TYPE(Thumbnail)
struct SmallPicture {
    Image8 picture;
    HEADLENS_WIRE_TENSORS(TensorField{"picture", &SmallPicture::picture})
};
HEADLENS_WIRE_TYPE(SmallPicture)
inline constexpr Question<Thumbnail, SmallPicture> kThumbnail{"thumbnail"};

} // namespace headlens::verbs
