// SPDX-License-Identifier: GPL-3.0-or-later
// Every verb of the engine, declared once with its fields; window, engine and command line all include this file.
// A field that is absent on the wire keeps its default. Tensors that travel with a verb are named beside it.
#pragma once

#include "core/base/error.h"
#include "core/wire/safe_json.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace headlens::verbs {

// hello -> Hello. The first question: who answers, on what.
inline constexpr const char* kHello = "hello";
struct Hello {
    std::string program, version, torch, blas; // blas: "openblas-openmp", "reference (slow)", ...
    int threads = 1;
    bool cuda = false;
    bool bfloat16 = false; // the device multiplies bfloat16 faster than float32
    int processId = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Hello, program, version, torch, blas, threads, cuda, bfloat16,
                                                processId)

// cancel {id}: answered by the ending of the request it names, never by itself.
inline constexpr const char* kCancel = "cancel";
struct Cancel {
    std::uint64_t id = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Cancel, id)

// list_models -> {"models": [EmbeddedModel...]}: the models that come with HeadLens.
inline constexpr const char* kListModels = "list_models";
struct EmbeddedModel {
    std::string name, path, title;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(EmbeddedModel, name, path, title)

// estimate_model (an OpenModel) -> ModelEstimate: what opening would need, from the headers alone.
inline constexpr const char* kEstimateModel = "estimate_model";
struct ModelEstimate {
    std::string name, architecture, layout;
    std::int64_t parameters = 0, weightBytes = 0, runBytes = 0, totalBytes = 0, availableBytes = 0;
    bool fits = true;
    std::vector<std::string> assumptions;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ModelEstimate, name, architecture, layout, parameters, weightBytes,
                                                runBytes, totalBytes, availableBytes, fits, assumptions)

// convert {source, target} -> {}: writes the tensors of any checkpoint, as they are named, into one safetensors file.
// Both are paths on the engine's machine.
inline constexpr const char* kConvert = "convert";
struct Convert {
    std::string source, target;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Convert, source, target)

// open_model -> ModelInfo. `path` is a path on the engine's machine or the name of an embedded model.
inline constexpr const char* kOpenModel = "open_model";
struct OpenModel {
    std::string path;
    std::string device = "auto";            // auto, cpu, cuda
    std::map<std::string, std::string> set; // what a file cannot say: num_heads=6, image_size=224, ...
    std::string precision = "float32";      // of the products with weights: float32, bfloat16, on CUDA also float16
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(OpenModel, path, device, set, precision)

struct TensorInfo {
    std::string name, dtype;
    std::vector<std::int64_t> shape;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(TensorInfo, name, dtype, shape)

// One attention block of a model.
struct BlockOutline {
    int stage = 0, heads = 0, width = 0;
    std::string tower;         // "decoder", "text", "vision" ...; empty in models with one tower
    std::string kind = "self"; // self, cross (keys of another sequence), pool (one learnt query)
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(BlockOutline, stage, heads, width, tower, kind)

// What a model does with text; all false or empty where it reads none.
struct TextAbilities {
    bool reads = false;
    bool writes = false;     // continues, answers or describes: generate
    bool translates = false; // an encoder reads first
    bool fillsGaps = false;  // guesses masked tokens
    bool compares = false;   // scores many texts against a picture: SetInput.candidates
    int longest = 0;         // tokens; 0: no limit
    int longestWritten = 0;
    int vocabulary = 0;
    std::string tokenizer; // "WordPiece, 30522 pieces"; empty: none lies beside the weights
    std::string maskPiece; // "[MASK]"; empty without
    // What a person may begin with; embedded models bring theirs in config.json ("headlens_example").
    std::string example;
    std::vector<std::string> exampleCandidates;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(TextAbilities, reads, writes, translates, fillsGaps, compares, longest,
                                                longestWritten, vocabulary, tokenizer, maskPiece, example,
                                                exampleCandidates)

struct ModelInfo {
    std::string name, path, architecture, layout, device;
    std::string precision = "float32";
    // Reduced precision: how far any attention weight is from float32 on the picture at hand; largest and mean.
    double largestDifference = 0, meanDifference = 0;
    std::string notice; // "cpu": the device had too little memory, the model runs on the CPU instead
    int patch = 0, imageHeight = 0, imageWidth = 0, classes = 0;
    std::vector<BlockOutline> blocks; // in execution order
    double maskRatio = 0;             // above 0: a masked autoencoder
    bool takesPictures = true;
    TextAbilities text;
    std::int64_t parameters = 0, fileBytes = 0;
    std::int64_t predictedBytes = 0; // memory with one picture of the trained size
    std::string sha256;              // of the weight file; of the concatenated shard hashes when there are several
    std::vector<std::string> prefixTokens;  // "cls", "dist", "reg0" ... in token order, before the patches
    std::vector<std::string> preprocessing; // one line per step
    std::vector<std::string> assumptions;   // what the files did not say
    std::vector<std::string> unusedTensors;
    std::vector<TensorInfo> tensors;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ModelInfo, name, path, architecture, layout, device, precision,
                                                largestDifference, meanDifference, notice, patch, imageHeight,
                                                imageWidth, classes, blocks, maskRatio, takesPictures, text, parameters,
                                                fileBytes, predictedBytes, sha256, prefixTokens, preprocessing,
                                                assumptions, unusedTensors, tensors)

struct HeadAddress {
    int layer = 0, head = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(HeadAddress, layer, head)

// set_input -> InputInfo. Runs the model. Request tensor "image": U8 [bytes of the file]; without it the picture of
// the last input is taken again where the model looks at one.
// Answer tensors "seen" U8 [h,w,3] (what the model saw), "original" U8 [h,w,3] (upright, at most 2048 px a side) and,
// of a masked autoencoder, "reconstruction" U8 [h,w,3].
inline constexpr const char* kSetInput = "set_input";
struct SetInput {
    std::string name;
    std::string fit = "trained"; // trained: resize and crop as trained; squash: the whole picture into that size;
                                 // native: the whole picture at its own aspect, positions interpolated
    double maskRatio = -1;       // masked autoencoders: share of hidden patches; -1 as trained
    std::uint64_t maskSeed = 0;  // which ones
    std::string text, pair;      // what is read, and a second text (BERT)
    std::string written;         // what a decoder has written so far
    std::vector<int> writtenIds; // the same as exact tokens, without its start; goes before `written`
    std::vector<std::string> candidates; // scored against the picture beside `text` (CLIP, SigLIP)
    std::string cutFrom = "end";         // where a text that is too long is cut: begin, end
    std::vector<int> hiddenTokens;       // of the first text stream, by position: nobody attends to them
    std::vector<HeadAddress> silenced;   // heads that contribute nothing
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(SetInput, name, fit, maskRatio, maskSeed, text, pair, written,
                                                writtenIds, candidates, cutFrom, hiddenTokens, silenced)

struct Prediction {
    int index = 0;
    std::string label;
    double probability = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Prediction, index, label, probability)

// Where the tokens of one block lie: a map of its own in every stage of a Swin. Tokens count the special ones first,
// then the map row by row. `halvings`: how often the map of the first block was halved.
struct BlockGrid {
    int gridHeight = 0, gridWidth = 0, halvings = 0;
    int windowHeight = 0, windowWidth = 0; // 0: every token sees every token
    int shiftY = 0, shiftX = 0;
    bool padAfterRoll = false;
    bool hidesPatches = false; // the hidden patches of the input take no part
    std::string tower, kind = "self";
    int queryStream = 0, keyStream = 0; // whose tokens ask and answer: InputInfo.streams
    int queries = 0, keys = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(BlockGrid, gridHeight, gridWidth, halvings, windowHeight, windowWidth,
                                                shiftY, shiftX, padAfterRoll, hidesPatches, tower, kind, queryStream,
                                                keyStream, queries, keys)

struct TextToken {
    int id = 0;
    std::string piece;      // as the vocabulary writes it
    int begin = 0, end = 0; // code points of Stream.text (of its second text where `segment` is 1 and `inPair`)
    int segment = 0;
    bool special = false, inPair = false;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(TextToken, id, piece, begin, end, segment, special, inPair)

// One sequence that attention runs over: text tokens first, then special picture tokens, then patches.
struct Stream {
    std::string name; // "", "text", "vision", "encoder", "decoder"
    std::string text, pair;
    std::vector<TextToken> tokens;
    int prefix = 0, gridHeight = 0, gridWidth = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Stream, name, text, pair, tokens, prefix, gridHeight, gridWidth)

// A text beside its score: CLIP's candidates, and tokens with their probability.
struct TextScore {
    std::string text;
    int id = -1;
    double score = 0, probability = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(TextScore, text, id, score, probability)

// What stands behind one token: the best guesses for a gap, or for what comes next.
struct TokenGuesses {
    int token = 0;
    std::vector<TextScore> best;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(TokenGuesses, token, best)

// `tokens` and the grid are those of the first block.
struct InputInfo {
    std::string name, sha256;
    std::int64_t frame = -1; // of a video
    std::vector<BlockGrid> blocks;
    std::vector<int> hiddenPatches; // of a masked autoencoder, row-major
    std::vector<Stream> streams;    // the first is that of the first block
    int tokens = 0, gridHeight = 0, gridWidth = 0, patchPixels = 0;
    int cut = 0;                       // tokens of the text that did not fit
    std::vector<TextScore> scores;     // candidates against the picture, in the order asked
    std::vector<TokenGuesses> guesses; // masked tokens, or the last one of a text that can be continued
    int seenWidth = 0, seenHeight = 0, originalWidth = 0, originalHeight = 0;
    std::vector<double> region; // x, y, width, height of the seen picture in pixels of the upright original
    std::vector<Prediction> predictions;
    double decodeMs = 0, preprocessMs = 0, forwardMs = 0;
    std::int64_t traceBytes = 0, hiddenBytes = 0; // queries and keys; hidden states
    // What memory forced: "" nothing, "hidden" hidden states were not kept, "cpu" moved from the GPU to the CPU.
    std::string notice;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(InputInfo, name, sha256, frame, blocks, hiddenPatches, streams, tokens,
                                                gridHeight, gridWidth, patchPixels, cut, scores, guesses, seenWidth,
                                                seenHeight, originalWidth, originalHeight, region, predictions,
                                                decodeMs, preprocessMs, forwardMs, traceBytes, hiddenBytes, notice)

// open_video -> VideoInfo. `source`: a path on the engine's machine, or "camera:0". The video stays open until another
// one or close_video.
inline constexpr const char* kOpenVideo = "open_video";
struct OpenVideo {
    std::string source;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(OpenVideo, source)
struct VideoInfo {
    std::string source;
    int width = 0, height = 0;
    std::int64_t frames = 0; // 0: a camera, which has no end
    double framesPerSecond = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(VideoInfo, source, width, height, frames, framesPerSecond)

// set_frame -> InputInfo with `frame`, and the tensors of set_input: runs one frame. Frames are pulled one at a time;
// what the camera saw meanwhile is dropped.
inline constexpr const char* kSetFrame = "set_frame";
struct SetFrame {
    std::int64_t frame = 0; // of a file, pulled into its range; a camera gives its newest picture
    std::string fit = "trained";
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(SetFrame, frame, fit)

// close_video {}: lets go of the file or camera.
inline constexpr const char* kCloseVideo = "close_video";

// thumbnail -> {}. Request tensor "image": U8 [bytes of the file]. Answer tensor "picture" U8 [h,w,3].
inline constexpr const char* kThumbnail = "thumbnail";
struct Thumbnail {
    int side = 64; // the longer one
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Thumbnail, side)

// rows -> Rows. Answer tensors "rows.<layer>" F32 [H,N]: what `token` attends to in every layer and head, or with
// `reverse` how much every token attends to it. `token` counts in the map of the first block; a layer with a smaller
// map answers for the cell that covers it. N are the tokens of the layer's own map, 0 outside a window. Layers that ask
// about (in reverse: answer from) another stream than `stream` send no numbers, [0,0].
inline constexpr const char* kRows = "rows";
struct Rows {
    int token = 0;
    bool reverse = false;
    int stream = 0; // in which `token` counts
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Rows, token, reverse, stream)

// tile -> Tile (as asked). Ranges are clipped to what exists. Answer tensor "tile" F32 [rows,columns]: the mean of the
// attention over each cell of an even cut of the queries and keys asked for. `head` counts from 0; `fusion` as in
// attention_math.h.
inline constexpr const char* kTile = "tile";
struct Tile {
    int layer = 0, head = 0;
    std::string fusion = "single";
    int window = 0; // of a windowed block; its tokens count within the window
    int queryBegin = 0, queryEnd = 0, keyBegin = 0, keyEnd = 0;
    int rows = 0, columns = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Tile, layer, head, fusion, window, queryBegin, queryEnd, keyBegin,
                                                keyEnd, rows, columns)

// overview -> Overview. One number per token of a whole block, answer tensor "map" F32 [gh,gw] (special tokens left
// out). `kind`: received (sum of the column), entropy (of the row, in nats), distance (mean, in pixels), or effective:
// how much every token of the first map contributes to `token` (-1: the mean of all) behind `layer` of a Swin.
inline constexpr const char* kOverview = "overview";
struct Overview {
    int layer = 0, head = 0;
    std::string fusion = "single", kind = "received";
    int token = -1; // in the map of the first block
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Overview, layer, head, fusion, kind, token)

// position_bias {layer} -> {}. Answer tensor "bias" F32 [H,2h-1,2w-1], query minus key; none for blocks without one.
inline constexpr const char* kPositionBias = "position_bias";
struct PositionBias {
    int layer = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PositionBias, layer)

// pca -> PcaResult. Answer tensor "rgb" U8 [gh,gw,3]: three principal components of the patches behind `layer` (-1: the
// last). The basis of the last fit is kept while the width stays the same, unless `refit`.
inline constexpr const char* kPca = "pca";
struct Pca {
    int layer = -1;
    std::string recipe = "v2";        // v2 or v3 of DINO (spec/methods.md 4.11)
    bool refit = false, flip = false; // flip: the other side of the first component is the foreground
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Pca, layer, recipe, refit, flip)
struct PcaResult {
    int layer = 0, fittedLayer = 0;
    std::vector<double> explained; // shares of the variance
    double foreground = 0;         // share of the patches
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PcaResult, layer, fittedLayer, explained, foreground)

// generate -> Written: lets the model continue its input (GPT-2), answer it (T5, BART, BLIP) or describe the picture,
// from where `SetInput.written` stands. A Progress message after every token carries the text so far as its stage.
inline constexpr const char* kGenerate = "generate";
struct Generate {
    int atMost = 40;        // tokens
    int beams = 1;          // above 1: beam search, which knows neither temperature nor chance
    double temperature = 0; // 0: always the most probable token
    int topK = 0;           // 0: all
    double topP = 1;        // the smallest set of tokens that holds this share
    std::uint64_t seed = 0;
    int shown = 8; // alternatives listed per step
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Generate, atMost, beams, temperature, topK, topP, seed, shown)
struct WrittenStep {
    TextScore token;                     // what was chosen
    std::vector<TextScore> alternatives; // most probable first, before temperature and cuts
    std::vector<TextScore> beams;        // lines of the beam search after this step: text, summed log-probability
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(WrittenStep, token, alternatives, beams)
struct Written {
    std::string text;     // all that is written, with what stood in SetInput.written
    std::vector<int> ids; // the same as tokens: SetInput.writtenIds
    std::vector<WrittenStep> steps;
    bool ended = false; // the model ended its text, instead of running out of steps
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Written, text, ids, steps, ended)

// lens {stream, token, shown} -> Lens: what every layer would predict if it were the last (logit lens).
inline constexpr const char* kLens = "lens";
struct LensQuestion {
    int stream = 0, token = -1; // -1: the last
    int shown = 5;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(LensQuestion, stream, token, shown)
struct Lens {
    std::vector<TokenGuesses> layers; // `token` is the number of the layer, 0 after the embedding
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Lens, layers)

// pair {layer, head, query, key} -> Pair and tensors "query", "key" F32 [d]: how one weight comes about.
inline constexpr const char* kPair = "pair";
struct PairQuestion {
    int layer = 0, head = 0, query = 0, key = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PairQuestion, layer, head, query, key)
struct Pair {
    double dot = 0, scale = 1, bias = 0, mask = 0; // mask: 0, or a large negative number where looking is forbidden
    double score = 0;                              // dot * scale + bias + mask
    double highest = 0, sum = 0;                   // of the row: largest score, and sum of exp(score - highest)
    double weight = 0;                             // exp(score - highest) / sum
    bool masked = false;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Pair, dot, scale, bias, mask, score, highest, sum, weight, masked)

// positions {stream} -> Positions and, where there are, tensors "table" F32 [n,D], "similarity" F32 [n,n] (cosine) and
// "bias" F32 [H,2n-1] by distance key - query from -(n-1).
inline constexpr const char* kPositions = "positions";
struct PositionsQuestion {
    int stream = 0, layer = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PositionsQuestion, stream, layer)
struct Positions {
    std::string kind; // learnt, sinusoidal, relative, rotary; empty: none
    int rows = 0, width = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Positions, kind, rows, width)

// similarity {texts} -> {}. Answer tensor "cosine" F32 [n,n] of the texts as the model represents them: the mean of its
// tokens (BERT), or the projected features (CLIP).
inline constexpr const char* kSimilarity = "similarity";
struct SimilarityQuestion {
    std::vector<std::string> texts;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(SimilarityQuestion, texts)

// picture_heat -> {}. Answer tensor "heat" F32 [gh,gw]: how much each patch has to do with a text. `method`: similarity
// (cosine of projected patch and text, CLIP and SigLIP), relevance (gradient-weighted attention of the score,
// spec/methods.md).
inline constexpr const char* kPictureHeat = "picture_heat";
struct PictureHeat {
    std::string method = "similarity";
    int candidate = 0; // which of the scored texts
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PictureHeat, method, candidate)

// export -> {}. Answer tensor "file" U8: the finished file. One implementation for window and command line.
inline constexpr const char* kExport = "export";
struct Export {
    // map: one map over the picture; grid: all layers and heads; row; matrix (of a windowed block: the token's window);
    // received, entropy, distance, effective: one number per token (as Overview); bias: the tables of relative
    // positions; pca: three components as colours; reconstruction: of a masked autoencoder
    std::string what = "map";
    std::string format = "png"; // png, svg (map, grid, overviews), csv, npy (map: [gh,gw]; grid: [L,H,N], of unequal
                                // layers only the chosen one [H,N]; row: [N]; matrix: [N,N]; bias: [H,2h-1,2w-1])
    std::string recipe = "v2";  // of pca
    int layer = 0, head = 0, token = 0;
    std::string fusion = "single";
    bool reverse = false;
    std::string colormap = "viridis";
    double opacity = 0.65;
    bool logarithmic = false, smooth = false;
    std::string scale = "map"; // map, layer, global
    double keepMass = 1.0;     // below 1: cells outside the mass mask stay unpainted
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Export, what, format, recipe, layer, head, token, fusion, reverse,
                                                colormap, opacity, logarithmic, smooth, scale, keepMass)

// export_film -> {"frames"}: a film with the map (or grid) painted over every frame, written on the engine's machine.
// Leaves the film open at its last frame. Progress counts frames.
inline constexpr const char* kExportFilm = "export_film";
struct ExportFilm {
    std::string source, target; // .mp4 or .avi
    Export look;
    std::string fit = "trained";
    std::int64_t first = 0, last = -1; // -1: to the end
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ExportFilm, source, target, look, fit, first, last)

// The body of a Failed message. The window owns the sentence; `detail` holds the facts.
struct Failure {
    std::string code, subject, why, remedy;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Failure, code, subject, why, remedy)

// The body of a Progress message; total 0 means unknown.
struct Progress {
    int done = 0, total = 0;
    std::string stage; // "open", "forward", or "needs 1.3 GB of 20 GB" before a model is loaded
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Progress, done, total, stage)

// Reads a body; a field of the wrong kind is an Error(BadRequest), never an exception of the JSON library.
template <class Fields>
Fields read(const Json& body)
{
    try {
        return body.get<Fields>();
    } catch (const Json::exception& problem) {
        throw Error(ErrorCode::BadRequest, "message", problem.what());
    }
}

} // namespace headlens::verbs
