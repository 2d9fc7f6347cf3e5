// SPDX-License-Identifier: GPL-3.0-or-later
// Verbs about the engine and its models.
#pragma once

#include "core/wire/question.h"
#include "core/wire/verbs_maps.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace headlens::verbs {

// hello -> Hello. The first question: who answers, on what.
struct Hello {
    std::string program, version, torch, blas; // blas: "openblas-openmp", "reference (slow)", ...
    int threads = 1;
    bool cuda = false;
    std::vector<std::string> precisions; // that are fast on the device that "auto" means
    int processId = 0;
};
HEADLENS_WIRE_TYPE(Hello)
inline constexpr Question<Nothing, Hello> kHello{"hello"};

// cancel {id}: answered by the ending of the request it names, never by itself.
inline constexpr const char* kCancel = "cancel";
struct Cancel {
    std::uint64_t id = 0;
};
HEADLENS_WIRE_TYPE(Cancel)

// list_models -> ModelList: the models that come with HeadLens.
// What a model reached on examples that it never saw, as shares from 0 to 1 (measured.json beside the weights).
struct MeasuredScore {
    std::string what;
    double with = 0;
    double without = -1; // with its mechanism switched off as `off` says; below 0: does not apply
    std::string off;
    double chance = 0;
};
HEADLENS_WIRE_TYPE(MeasuredScore)
struct EmbeddedModel {
    std::string name, path, title;
    std::string shows; // which idea it is for: "Mixture-of-Depths"; empty without measured.json
    std::vector<MeasuredScore> scores;
};
HEADLENS_WIRE_TYPE(EmbeddedModel)
struct ModelList {
    std::vector<EmbeddedModel> models;
};
HEADLENS_WIRE_TYPE(ModelList)
inline constexpr Question<Nothing, ModelList> kListModels{"list_models"};

// A sentence that the engine says and the window translates (context "FoundModels"): %1 in it stands for `about`, which
// is no sentence: a name, a type, a fact.
struct Sentence {
    std::string text, about;
};
HEADLENS_WIRE_TYPE(Sentence)
// The sentence as it stands, for people who read no translation.
std::string plain(const Sentence& sentence);

// find_models -> FoundModels: models on the engine's machine, in the places where other programs keep theirs and in
// `folders`. From names and headers alone; nothing outside of these places is opened.
struct FindModels {
    std::vector<std::string> folders;
};
HEADLENS_WIRE_TYPE(FindModels)
struct FoundModel {
    std::string name, path; // "google/vit-base-patch16-224"; what open_model takes
    std::string source;     // of which program the place is: "Hugging Face cache"
    std::string type;       // "model_type" of config.json, else the architecture; empty: nothing says so
    std::int64_t bytes = 0; // of its weights
    std::int64_t used = 0;  // when they were last written, in seconds since 1970
    Sentence whyNot;        // empty: it can be opened
};
HEADLENS_WIRE_TYPE(FoundModel)
struct FoundModels {
    std::vector<FoundModel> models; // those that can be opened first, of them the newest first
    std::vector<Sentence> remarks;  // what could not be looked at
};
HEADLENS_WIRE_TYPE(FoundModels)
inline constexpr Question<FindModels, FoundModels> kFindModels{"find_models"};

// estimate_model (an OpenModel) -> ModelEstimate: what opening would need, from the headers alone.
struct ModelEstimate {
    std::string name, architecture, layout;
    std::int64_t parameters = 0, weightBytes = 0, runBytes = 0, totalBytes = 0, availableBytes = 0;
    bool fits = true;
    std::vector<std::string> assumptions, unusedTensors;
};
HEADLENS_WIRE_TYPE(ModelEstimate)

// convert -> Converted: writes the tensors of any checkpoint, as they are named, into one safetensors file. Both are
// paths on the engine's machine.
struct Convert {
    std::string source, target;
};
HEADLENS_WIRE_TYPE(Convert)
struct Converted {
    std::vector<std::string> assumptions; // which of several copies was written, and the like
};
HEADLENS_WIRE_TYPE(Converted)
inline constexpr Question<Convert, Converted> kConvert{"convert"};

// open_model -> ModelInfo. `path` is a path on the engine's machine or the name of an embedded model. The folder of an
// adapter opens the model that it is of, or else goes on the model that is open.
struct OpenModel {
    std::string path;
    std::string device = "auto";            // auto, cpu, cuda
    std::map<std::string, std::string> set; // what a file cannot say: num_heads=6, image_size=224, ...
    std::string precision = "float32";      // of the products with weights, as in Hello::precisions
};
HEADLENS_WIRE_TYPE(OpenModel)
inline constexpr Question<OpenModel, ModelEstimate> kEstimateModel{"estimate_model"};

struct TensorInfo {
    std::string name, dtype;
    std::vector<std::int64_t> shape;
};
HEADLENS_WIRE_TYPE(TensorInfo)

// One attention block of a model.
struct BlockOutline {
    int stage = 0, heads = 0, width = 0;
    std::string tower;         // "decoder", "text", "vision" ...; empty in models with one tower
    std::string kind = "self"; // self, cross (keys of another sequence), pool (one learnt query)
};
HEADLENS_WIRE_TYPE(BlockOutline)

// What a model does with text; all false or empty where it reads none.
struct TextAbilities {
    bool reads = false;
    bool writes = false;           // predicts the next token, so that it continues, answers or describes: generate
    bool isEncoderDecoder = false; // writes a second text after an encoder has read the first
    bool isMaskedLm = false;       // predicts masked tokens (BERT)
    bool compares = false;         // scores many texts against a picture: SetInput.candidates
    bool padToMaxLength = false;   // padded to its longest, without a mask (SigLIP)
    int longest = 0;               // tokens that have a position; 0: no limit
    int longestWritten = 0;        // the same of the decoder
    int vocabulary = 0;
    std::string tokenizer; // "WordPiece, 30522 pieces"; empty: none lies beside the weights
    std::string maskPiece; // "[MASK]"; empty without
    std::string chat;      // where its chat template comes from: "chat_template.jinja"; empty: it has none
    // What a person may begin with; embedded models bring theirs in config.json ("headlens_example").
    std::string example;
    std::vector<std::string> exampleCandidates;
};
HEADLENS_WIRE_TYPE(TextAbilities)

// A LoRA adapter on the weights of the open model (OpenModel::set: adapter, adapter_strength).
struct AdapterInfo {
    std::string name, folder;         // empty: there is none
    std::string base;                 // of which model it is, as it says itself
    double strength = 1;              // 0: the base, 1: as trained
    int rank = 0;                     // the largest of its products
    std::int64_t matrices = 0;        // that got one
    std::int64_t parameters = 0;      // numbers it has
    std::vector<std::string> modules; // what these matrices are called: "q_proj", "v_proj"
    std::vector<std::string> saved;   // tensors it brings whole
};
HEADLENS_WIRE_TYPE(AdapterInfo)

struct ModelInfo {
    std::string name, path, architecture, layout, device;
    std::string precision = "float32";
    bool isRounded() const { return precision != "float32" && precision != "stored"; }
    // Reduced precision: how far any attention weight is from float32 on the picture at hand; largest and mean.
    double largestDifference = 0, meanDifference = 0;
    std::string notice; // "cpu": the device had too little memory, the model runs on the CPU instead
    int patch = 0, imageHeight = 0, imageWidth = 0, classes = 0;
    std::vector<BlockOutline> blocks; // in execution order
    double maskRatio = 0;             // above 0: a masked autoencoder
    bool takesPictures = true;
    bool remembersContrast = false; // its contrastive training can be replayed: verb contrast
    bool remembersTraining = false; // how its training went can be replayed: verb history
    TextAbilities text;
    std::vector<Switch> switches;    // that can be turned off or up while it runs
    std::vector<MethodInfo> methods; // verb map
    std::int64_t parameters = 0, fileBytes = 0;
    std::int64_t predictedBytes = 0; // memory with one picture of the trained size
    std::string sha256;              // of the weight file; of the concatenated shard hashes when there are several
    std::vector<std::string> prefixTokens;  // "cls", "dist", "reg0" ... in token order, before the patches
    std::vector<std::string> preprocessing; // one line per step
    std::vector<std::string> assumptions;   // what the files did not say
    std::vector<std::string> unusedTensors;
    std::vector<TensorInfo> tensors;
    AdapterInfo adapter;
};
HEADLENS_WIRE_TYPE(ModelInfo)
inline constexpr Question<OpenModel, ModelInfo> kOpenModel{"open_model"};

// contrast {} -> Contrast: how the similarities of a fixed batch sharpened while the open model was trained by
// contrast.
struct ContrastStep {
    std::int64_t step = 0;
    double loss = 0, temperature = 0;
    std::vector<std::vector<double>> cosines; // [texts][pictures]
};
HEADLENS_WIRE_TYPE(ContrastStep)
struct Contrast {
    std::vector<std::string> captions; // of the texts; picture i belongs to caption i
    std::vector<ContrastStep> steps;   // in the order of the training
};
HEADLENS_WIRE_TYPE(Contrast)
inline constexpr Question<Nothing, Contrast> kContrast{"contrast"};

// history {} -> History: what the training of the open model left behind (history.json beside its weights).
// One number a step. Curves of the same panel share an axis.
struct HistoryCurve {
    std::string panel, name;
    std::vector<double> values;
};
HEADLENS_WIRE_TYPE(HistoryCurve)
// A line to compare the curves of a panel with: guessing, the uniform distribution.
struct HistoryLevel {
    std::string panel, name;
    double value = 0;
};
HEADLENS_WIRE_TYPE(HistoryLevel)
// Many numbers a step, none below 0: a distribution.
struct HistoryBars {
    std::string name;
    std::vector<std::vector<double>> values; // [steps][bars]
};
HEADLENS_WIRE_TYPE(HistoryBars)
// A small picture at every step, or one for all of them.
struct HistoryPicture {
    std::string name;
    std::string over;                        // the name of the picture that a map is laid over; empty: it stands alone
    int width = 0, height = 0, channels = 3; // 3: red, green, blue; 1: a map, each frame from 0 to its largest
    std::vector<std::string> frames;         // base64 of the bytes, row-major; as many as steps, or one
};
HEADLENS_WIRE_TYPE(HistoryPicture)
struct History {
    std::string title;               // "Gates open while the bridge learns"
    std::vector<std::int64_t> steps; // ascending
    std::vector<HistoryCurve> curves;
    std::vector<HistoryLevel> levels;
    std::vector<HistoryBars> bars;
    std::vector<HistoryPicture> pictures;
};
HEADLENS_WIRE_TYPE(History)
inline constexpr Question<Nothing, History> kHistory{"history"};

} // namespace headlens::verbs
