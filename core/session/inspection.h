// SPDX-License-Identifier: GPL-3.0-or-later
// The door of the engine: one open model, one input, and every question about what happened inside. Plain values only.
#pragma once

#include "core/base/error.h"
#include "core/base/image8.h"
#include "core/base/job_control.h"
#include "core/wire/safetensors.h"
#include "core/wire/verbs.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headlens {

class Tokenizer;
struct LessonFacts;

// Ready pixel values [B,C,H,W] as setTensors() takes them.
TensorBytes pixelValues(std::vector<float> values, std::vector<std::int64_t> shape);

struct PictureFile {
    std::string name, bytes;
};

// A decoded picture, cut ones as far as they go, of at most `side` pixels a side. Throws Error(ImageUnreadable |
// ImageTooLarge).
Image8 thumbnailOf(std::span<const std::byte> file, int side);

// Not thread safe: one worker owns it. A failing call leaves the state as it was.
class Inspection {
public:
    Inspection();
    ~Inspection();
    Inspection(Inspection&&) noexcept;
    Inspection& operator=(Inspection&&) noexcept;

    // What opening would need, from headers alone. Throws Error for everything wrong with the files.
    verbs::ModelEstimate estimateModel(const verbs::OpenModel& request) const;

    // Opens a model; the input of the previous one is forgotten. Throws Error for everything wrong with the files.
    verbs::ModelInfo openModel(const verbs::OpenModel& request, const JobControl& control = {});

    // Decodes, preprocesses and runs a picture, a text, or both; without `file` the last picture is taken again.
    // Throws Error(NothingOpen | ImageUnreadable | ImageTooLarge | ImageCut | FileMissing | BadRequest | Cancelled).
    verbs::InputAnswer setInput(const verbs::SetInput& request, std::span<const std::byte> file = {},
                                const JobControl& control = {});

    // Several pictures, those of one size in one pass. Of `with` counts how
    // pictures are read and fitted. Answers why a picture failed, nothing where it did not. The
    // questions below go to the one that choosePicture() names. Throws Error(NothingOpen | NotEnoughMemory).
    std::vector<std::optional<Error>> setPictures(const std::vector<PictureFile>& files, const verbs::SetInput& with);
    void choosePicture(std::size_t index);

    // A film or camera ("camera:0") stays open until another one, closeVideo() or the end.
    verbs::VideoInfo openVideo(const verbs::OpenVideo& request);
    // Runs one frame; the answer is as of setPicture(). Throws Error(NothingOpen) without a video.
    verbs::InputAnswer setFrame(const verbs::SetFrame& request, const JobControl& control = {});
    void closeVideo();

    // Runs ready tensors: pixel_values [B,C,H,W], noise [B,N] (what a masked autoencoder hides), input_ids,
    // attention_mask, token_type_ids, decoder_input_ids, decoder_attention_mask [B,T]; others are left alone. `file`: a
    // picture in place of pixel_values. Throws Error(BadRequest).
    void setTensors(const std::vector<TensorBytes>& tensors, const verbs::SetInput& request = {},
                    std::span<const std::byte> file = {}, const JobControl& control = {});

    // Milliseconds of one forward pass over a made-up input, and what it kept; for measuring.
    struct MadeUpSize {
        std::int64_t height = 0, width = 0; // pixels
        std::int64_t tokens = 128;          // of a text
    };
    struct Timing {
        double ms = 0;
        std::int64_t traceBytes = 0, hiddenBytes = 0;
    };
    Timing timeForward(const MadeUpSize& size, bool keepTrace);

    // One entry per layer, each in the map of its own layer. Throws Error(NothingOpen | BadRequest).
    verbs::RowsOfLayers rows(const verbs::Rows& request) const;
    // With `difference` minus the held run, as rows() and overview(); Error(NothingOpen | BadRequest) without one of
    // the same layers, heads and tokens.
    verbs::TileMeans tile(const verbs::Tile& request) const;

    // The whole map of one head or a fusion [N,N], of one window in a windowed block; for export.
    FloatArray map(int layer, int head, const std::string& fusion, int window) const;
    verbs::OverviewMap overview(const verbs::Overview& request) const;
    verbs::BiasTables positionBias(const verbs::PositionBias& request) const;
    verbs::PcaResult pca(const verbs::Pca& request); // keeps its basis

    // Lets the model write on. `control` hears the text after every token. Throws Error(BadRequest) for
    // models that do not write.
    verbs::Written generate(const verbs::Generate& request, const JobControl& control = {});
    verbs::Lens lens(const verbs::LensQuestion& request) const;
    verbs::Pair pair(const verbs::PairQuestion& request) const;
    // What a mechanism holds beside queries and keys. Throws Error(BadRequest) for names that the run did not leave.
    verbs::StateTensor state(const verbs::State& request) const;
    // Every number of one row of weights. Runs the input once more for the values. Throws Error(BadRequest).
    verbs::RowFormula rowFormula(const verbs::RowQuestion& request, const JobControl& control = {});
    verbs::Positions positions(const verbs::PositionsQuestion& request) const;
    verbs::Cosines similarity(const verbs::SimilarityQuestion& request, const JobControl& control = {}) const;
    // Which tokens one score rests on. Throws Error(BadRequest) for models without a score, and for Swin and MAE.
    verbs::Relevance relevance(const verbs::RelevanceQuestion& request, const JobControl& control = {}) const;
    // How a contrastive training went, from contrast.json beside the weights. Throws Error(FileMissing | BadConfig).
    verbs::Contrast contrast() const;
    // How the training of the open model went, from history.json beside the weights. Throws as readHistory().
    verbs::History history() const;
    // Expressions of lessons; one that cannot be computed says why in its own place.
    verbs::Evaluation evaluate(const verbs::Evaluate& request) const;
    LessonFacts lessonFacts() const; // of the last run; belongs to this object
    // Keeps the last run for questions with `difference`. Throws Error(NothingOpen).
    void hold(const verbs::Hold& request);
    // How much every patch has to do with a text. Throws Error(BadRequest) where the model does not compare texts.
    verbs::PatchHeat pictureHeat(const verbs::PictureHeat& request) const;
    // The text as the open model's tokenizer cuts it. Throws Error(FileMissing) without one.
    const Tokenizer& tokenizer() const;

    const verbs::ModelInfo& model() const;
    const verbs::InputInfo& input() const;
    const Image8& seen() const;
    const Image8& reconstruction() const; // empty without one

    // Everything check.py compares: attentions.{i}, hidden_states.{i}, outputs, pixel_values. Throws
    // Error(NotEnoughMemory) with the size when the maps would not fit.
    std::vector<TensorBytes> traceTensors() const;

    struct State;

private:
    std::unique_ptr<State> m_state;
};

} // namespace headlens
