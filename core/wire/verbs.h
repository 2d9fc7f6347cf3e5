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
    int processId = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Hello, program, version, torch, blas, threads, cuda, processId)

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

// open_model -> ModelInfo. `path` is a path on the engine's machine or the name of an embedded model.
inline constexpr const char* kOpenModel = "open_model";
struct OpenModel {
    std::string path;
    std::string device = "auto";            // auto, cpu, cuda
    std::map<std::string, std::string> set; // what a file cannot say: num_heads=6, image_size=224, ...
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(OpenModel, path, device, set)

struct TensorInfo {
    std::string name, dtype;
    std::vector<std::int64_t> shape;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(TensorInfo, name, dtype, shape)

struct ModelInfo {
    std::string name, path, architecture, layout, device;
    int layers = 0, heads = 0, width = 0, patch = 0, imageHeight = 0, imageWidth = 0, classes = 0;
    std::int64_t parameters = 0, fileBytes = 0;
    std::string sha256; // of the weight file; of the concatenated shard hashes when there are several
    std::vector<std::string> prefixTokens;  // "cls", "dist", "reg0" ... in token order, before the patches
    std::vector<std::string> preprocessing; // one line per step
    std::vector<std::string> assumptions;   // what the files did not say
    std::vector<std::string> unusedTensors;
    std::vector<TensorInfo> tensors;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ModelInfo, name, path, architecture, layout, device, layers, heads,
                                                width, patch, imageHeight, imageWidth, classes, parameters, fileBytes,
                                                sha256, prefixTokens, preprocessing, assumptions, unusedTensors,
                                                tensors)

// set_input -> InputInfo. Runs the model. Request tensor "image": U8 [bytes of the file].
// Answer tensors "seen" U8 [h,w,3] (what the model saw) and "original" U8 [h,w,3] (upright, at most 2048 px a side).
inline constexpr const char* kSetInput = "set_input";
struct SetInput {
    std::string name;
    std::string fit = "trained"; // trained: resize and crop as trained; squash: the whole picture into that size;
                                 // native: the whole picture at its own aspect, positions interpolated
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(SetInput, name, fit)

struct Prediction {
    int index = 0;
    std::string label;
    double probability = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Prediction, index, label, probability)

struct InputInfo {
    std::string name, sha256;
    int tokens = 0, gridHeight = 0, gridWidth = 0, patchPixels = 0;
    int seenWidth = 0, seenHeight = 0, originalWidth = 0, originalHeight = 0;
    std::vector<double> region; // x, y, width, height of the seen picture in pixels of the upright original
    std::vector<Prediction> predictions;
    double decodeMs = 0, preprocessMs = 0, forwardMs = 0;
    std::int64_t traceBytes = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(InputInfo, name, sha256, tokens, gridHeight, gridWidth, patchPixels,
                                                seenWidth, seenHeight, originalWidth, originalHeight, region,
                                                predictions, decodeMs, preprocessMs, forwardMs, traceBytes)

// thumbnail -> {}. Request tensor "image": U8 [bytes of the file]. Answer tensor "picture" U8 [h,w,3].
inline constexpr const char* kThumbnail = "thumbnail";
struct Thumbnail {
    int side = 64; // the longer one
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Thumbnail, side)

// rows -> Rows. Answer tensors "rows.<layer>" F32 [H,N]: what `token` attends to in every layer and head, or with
// `reverse` how much every token attends to it.
inline constexpr const char* kRows = "rows";
struct Rows {
    int token = 0;
    bool reverse = false;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Rows, token, reverse)

// tile -> Tile (as asked). Ranges are clipped to what exists. Answer tensor "tile" F32 [rows,columns]: the mean of the attention
// over each cell of an even cut of the queries and keys asked for. `head` counts from 0; `fusion` as in
// attention_math.h.
inline constexpr const char* kTile = "tile";
struct Tile {
    int layer = 0, head = 0;
    std::string fusion = "single";
    int queryBegin = 0, queryEnd = 0, keyBegin = 0, keyEnd = 0;
    int rows = 0, columns = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Tile, layer, head, fusion, queryBegin, queryEnd, keyBegin, keyEnd, rows,
                                                columns)

// export -> {}. Answer tensor "file" U8: the finished file. One implementation for window and command line.
inline constexpr const char* kExport = "export";
struct Export {
    std::string what = "map";   // map: one map over the picture; grid: all layers and heads; row; matrix
    std::string format = "png"; // png, svg (map, grid), csv, npy (map: [gh,gw]; grid: [L,H,N]; row: [N]; matrix: [N,N])
    int layer = 0, head = 0, token = 0;
    std::string fusion = "single";
    bool reverse = false;
    std::string colormap = "viridis";
    double opacity = 0.65;
    bool logarithmic = false, smooth = false;
    std::string scale = "map"; // map, layer, global
    double keepMass = 1.0;     // below 1: cells outside the mass mask stay unpainted
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Export, what, format, layer, head, token, fusion, reverse, colormap,
                                                opacity, logarithmic, smooth, scale, keepMass)

// The body of a Failed message. The window owns the sentence; `detail` holds the facts.
struct Failure {
    std::string code, subject, why, remedy;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Failure, code, subject, why, remedy)

// The body of a Progress message; total 0 means unknown.
struct Progress {
    int done = 0, total = 0;
    std::string stage;
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
