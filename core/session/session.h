// SPDX-License-Identifier: GPL-3.0-or-later
// The door of the engine: one open model and the runs through it. Questions about a run are free functions
// (questions/questions.h).
#pragma once

#include "core/base/error.h"
#include "core/base/job_control.h"
#include "core/session/run.h"
#include "core/wire/safetensors.h"
#include "core/wire/verbs.h"
#include "core/wire/verbs_sets.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headlens {

// Ready pixel values [B,C,H,W] as Session::setTensors() takes them.
TensorBytes pixelValues(std::vector<float> values, std::vector<std::int64_t> shape);

// A decoded picture, cut ones as far as they go, of at most `side` pixels a side. Throws Error(ImageUnreadable |
// ImageTooLarge).
Image8 thumbnailOf(std::span<const std::byte> file, int side);

// What opening would need, from headers alone. Throws Error for everything wrong with the files.
verbs::ModelEstimate estimateModel(const verbs::OpenModel& request);

struct PictureFile {
    std::string name, bytes;
};

// One picture of a batch: its run, or why there is none.
struct BatchEntry {
    std::shared_ptr<const Run> run;
    std::optional<Error> failure;
};

// Not thread safe: one worker owns it. A failing call leaves the state as it was.
class Session {
public:
    Session();
    ~Session();
    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;

    // Opens a model; the input of the previous one is forgotten. Throws Error for everything wrong with the files.
    verbs::ModelInfo openModel(const verbs::OpenModel& request, const JobControl& control = {});

    // Decodes, preprocesses and runs a picture, a text, or both; without `file` the last picture is taken again.
    // Throws Error(NothingOpen | ImageUnreadable | ImageTooLarge | ImageCut | FileMissing | BadRequest | Cancelled).
    verbs::InputAnswer setInput(const verbs::SetInput& request, std::span<const std::byte> file = {},
                                const JobControl& control = {});

    // Runs ready tensors: pixel_values [B,C,H,W], noise [B,N] (what a masked autoencoder hides), input_ids,
    // attention_mask, token_type_ids, decoder_input_ids, decoder_attention_mask [B,T]; others are kept beside the input
    // for methods that know their names (RunTensors::extras). `file`: a
    // picture in place of pixel_values. Throws Error(BadRequest).
    void setTensors(const std::vector<TensorBytes>& tensors, const verbs::SetInput& request = {},
                    std::span<const std::byte> file = {}, const JobControl& control = {});

    // Several pictures, those of one size in one pass. Of `with` counts how pictures are read and fitted. run() stays
    // what it was. Throws Error(NothingOpen | NotEnoughMemory).
    std::vector<BatchEntry> runBatch(const std::vector<PictureFile>& files, const verbs::SetInput& with);

    // A film or camera ("camera:0") stays open until another one, closeVideo() or the end.
    verbs::VideoInfo openVideo(const verbs::OpenVideo& request);
    // Runs one frame; the answer is as of setInput(). Throws Error(NothingOpen) without a video.
    verbs::InputAnswer setFrame(const verbs::SetFrame& request, const JobControl& control = {});
    void closeVideo();

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

    // Makes the last run the baseline that questions with `difference` compare with, or forgets the baseline. Throws
    // Error(NothingOpen).
    void hold(const verbs::Hold& request);
    // Works a set of inputs off for changes that take its means (steer, folder-mean); setInput() works off what is
    // left. Throws Error(NothingOpen | FileMissing | BadRequest | Cancelled).
    verbs::AveragedSet averageSet(const verbs::AverageSet& request, const JobControl& control = {});
    // The basis of the last fit stays while the model does, so that the colours of a film do not jump from frame to
    // frame.
    verbs::PcaResult pca(const verbs::Pca& request);

    // Throw Error(NothingOpen).
    const OpenedModel& opened() const;
    const verbs::ModelInfo& model() const;
    const Run& run() const; // the last one
    const Run& baseline() const;
    const Run* held() const; // the baseline; null: none is held

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace headlens
