// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"

#include "core/base/stopwatch.h"
#include "core/imaging/codec.h"
#include "core/imaging/video.h"
#include "core/session/change_sources.h"
#include "core/session/cover_patches.h"
#include "core/session/forward_pass.h"
#include "core/session/memory.h"
#include "core/session/model_source.h"
#include "core/session/questions/questions.h"
#include "core/session/run_input.h"
#include "core/session/run_tensors.h"
#include "core/tensors/bridge.h"
#include "core/tensors/runtime.h"
#include "core/trace/token_pca.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <array>
#include <map>

namespace headlens {
namespace {

constexpr int kDisplaySide = 2048; // of the original that travels to the window
constexpr int kFilmSide = 1024;    // of the frames of a film, many times a second

// The ready tensors by the names of their inputs.
const std::array<const char*, 6> kInputNames{"pixel_values",   "input_ids",         "attention_mask",
                                             "token_type_ids", "decoder_input_ids", "decoder_attention_mask"};

// Of single families (ModelInput::more).
const std::array<const char*, 6> kMoreNames{"image_grid_thw",     "pixel_values_videos",  "video_grid_thw",
                                            "second_per_grid_ts", "pixel_attention_mask", "image_attention_mask"};

// Everything that is no input of a model, for methods that know its name.
std::map<std::string, at::Tensor> extrasFrom(const std::vector<TensorBytes>& tensors)
{
    std::map<std::string, at::Tensor> extras;
    for (const TensorBytes& one : tensors)
        if (std::ranges::find(kInputNames, one.name) == kInputNames.end())
            extras.emplace(one.name, fromBytes(one.data, one.dtype, one.shape, one.name));
    return extras;
}

ModelInput inputFrom(const std::vector<TensorBytes>& tensors, at::Tensor& noise)
{
    const auto taken = [&](const char* name, at::ScalarType type) -> at::Tensor {
        const auto hit = std::ranges::find(tensors, name, &TensorBytes::name);
        return hit == tensors.end() ? at::Tensor() : fromBytes(hit->data, hit->dtype, hit->shape, name).to(type);
    };
    noise = taken("noise", at::kFloat);
    ModelInput input{taken("pixel_values", at::kFloat),     taken("input_ids", at::kLong),
                     taken("attention_mask", at::kLong),    taken("token_type_ids", at::kLong),
                     taken("decoder_input_ids", at::kLong), taken("decoder_attention_mask", at::kLong)};
    for (const TensorBytes& one : tensors)
        if (std::ranges::find(kMoreNames, one.name) != kMoreNames.end())
            input.more.emplace(one.name, fromBytes(one.data, one.dtype, one.shape, one.name));
    return input;
}

void addFile(Run& run, const Picture& picture)
{
    run.info.sha256 = picture.sha256;
    run.info.remarks = picture.remarks;
}

bool isChanged(const verbs::SetInput& request)
{
    return !request.ablated.empty() || !request.changes.empty();
}

bool alike(const at::Tensor& a, const at::Tensor& b)
{
    return a.defined() == b.defined() && (!a.defined() || (a.sizes() == b.sizes() && at::equal(a, b)));
}

// The same tensors under the same switches, whatever is changed in the pass.
bool isSameInput(const Run& one, const Run& other)
{
    const ModelInput &a = one.tensors().in, &b = other.tensors().in;
    const verbs::SetInput &x = one.request, &y = other.request;
    return &one.model() == &other.model() && x.switches == y.switches && x.maskRatio == y.maskRatio &&
           x.maskSeed == y.maskSeed && x.keepsAllTexts == y.keepsAllTexts && x.candidates == y.candidates &&
           alike(a.pixels, b.pixels) && alike(a.ids, b.ids) && alike(a.mask, b.mask) && alike(a.segments, b.segments) &&
           alike(a.decoderInputIds, b.decoderInputIds) && alike(a.decoderInputMask, b.decoderInputMask);
}

} // namespace

struct Session::State {
    std::shared_ptr<OpenedModel> opened;
    Picture lastPicture; // of the last input
    std::shared_ptr<const Run> run, baseline;
    std::shared_ptr<const Run> unchanged; // the last one without interventions, of the open model
    std::unique_ptr<VideoReader> video;
    std::string videoName;
    PcaBasis pca;
    ChangeSupply supply;

    const std::shared_ptr<OpenedModel>& model() const
    {
        if (!opened) throw Error(ErrorCode::NothingOpen, "model", "no model is open", "open a model first");
        return opened;
    }
    // The unchanged run of the same input, if it was the last one.
    const Run* unchangedOf(const Run& next) const
    {
        return unchanged && isSameInput(*unchanged, next) ? unchanged.get() : nullptr;
    }
    void take(std::shared_ptr<const Run> next)
    {
        run = std::move(next);
        if (!isChanged(run->request)) unchanged = run;
    }
    verbs::InputAnswer answer(Image8 original) const
    {
        return {run->info, run->seen, std::move(original), run->reconstruction};
    }
};

TensorBytes pixelValues(std::vector<float> values, std::vector<std::int64_t> shape)
{
    auto owner = std::make_shared<const std::vector<float>>(std::move(values));
    return {"pixel_values", DType::F32, std::move(shape), owner, std::as_bytes(std::span(*owner))};
}

Image8 thumbnailOf(std::span<const std::byte> file, int side)
{
    return reducedTo(decodePicture(file, "picture", CutPicture::Shown).image, std::clamp(side, 1, kDisplaySide));
}

Session::Session() : m_state(std::make_unique<State>())
{
    startRuntime();
}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

verbs::ModelInfo Session::openModel(const verbs::OpenModel& request, const JobControl& control)
{
    const at::Tensor picture = m_state->run ? m_state->run->tensors().in.pixels : at::Tensor();
    const verbs::OpenModel settled = settledRequest(request, m_state->opened ? &m_state->opened->request : nullptr);
    auto next = headlens::openModel(settled, picture, control);
    if (m_state->opened) m_state->opened->close(); // a baseline may outlive it, its weights must not
    m_state->opened = std::move(next);
    m_state->run.reset();
    m_state->unchanged.reset();
    m_state->pca = {};
    m_state->supply.forget();
    return m_state->opened->info;
}

verbs::InputAnswer Session::setInput(const verbs::SetInput& request, std::span<const std::byte> file,
                                     const JobControl& control)
{
    const std::shared_ptr<OpenedModel>& opened = m_state->model();
    const verbs::ModelInfo& model = opened->info;
    control.checkpoint(0, int(model.blocks.size()), "forward");
    Picture fresh;
    if (!file.empty() && model.takesPictures) fresh = decodedPicture(request, file);
    const bool brings = fresh.image.width > 0;
    const Picture& picture = brings ? fresh : m_state->lastPicture;
    const bool looks = model.takesPictures && picture.image.width > 0;
    if (model.takesPictures && !looks && !opened->facts().textOnlyInput)
        throw Error(ErrorCode::NothingOpen, "picture", "none was given", "open a picture first");
    auto next = looks ? preparedRun(opened, picture.image, request) : std::make_shared<Run>(opened);
    next->request = request;
    next->info.name = request.name.empty() && looks ? picture.name : request.name;
    if (looks) addFile(*next, picture);
    next->info.decodeMs = fresh.decodeMs;
    addText(*next);
    coverPatches(*next);
    m_state->supply.supply(opened, *next, held(), control);
    completeRun(*opened, *next, optionsOf(request), control, m_state->unchangedOf(*next));
    if (brings) m_state->lastPicture = std::move(fresh);
    m_state->take(std::move(next));
    return m_state->answer(looks ? reducedTo(m_state->lastPicture.image, kDisplaySide) : Image8());
}

void Session::setTensors(const std::vector<TensorBytes>& tensors, const verbs::SetInput& request,
                         std::span<const std::byte> file, const JobControl& control)
{
    const std::shared_ptr<OpenedModel>& opened = m_state->model();
    auto next = std::make_shared<Run>(opened);
    if (!file.empty()) {
        const Picture picture = decodedPicture(request, file);
        next = preparedRun(opened, picture.image, request);
        addFile(*next, picture);
    }
    next->request = request;
    ForwardOptions options = optionsOf(request);
    ModelInput in = inputFrom(tensors, options.noise);
    if (next->tensors().in.pixels.defined()) in.pixels = next->tensors().in.pixels;
    next->tensors().in = std::move(in);
    next->tensors().extras = extrasFrom(tensors);
    coverPatches(*next);
    m_state->supply.supply(opened, *next, held(), control);
    completeRun(*opened, *next, options, control, m_state->unchangedOf(*next));
    m_state->take(std::move(next));
}

std::vector<BatchEntry> Session::runBatch(const std::vector<PictureFile>& files, const verbs::SetInput& with)
{
    const std::shared_ptr<OpenedModel>& opened = m_state->model();
    std::vector<BatchEntry> batch(files.size());
    std::map<std::vector<std::int64_t>, std::vector<std::shared_ptr<Run>>> alike; // by size
    for (std::size_t i = 0; i < files.size(); ++i) {
        try {
            verbs::SetInput request = with;
            request.name = files[i].name;
            const Picture picture =
                decodedPicture(request, std::as_bytes(std::span(files[i].bytes.data(), files[i].bytes.size())));
            auto next = preparedRun(opened, picture.image, request);
            addFile(*next, picture);
            batch[i].run = next;
            alike[next->tensors().in.pixels.sizes().vec()].push_back(std::move(next));
        } catch (const Error& error) {
            batch[i].failure = error;
        }
    }
    const auto failed = [&](const Run& run, const Error& error) {
        const auto hit = std::ranges::find_if(batch, [&](const BatchEntry& any) { return any.run.get() == &run; });
        *hit = {nullptr, error};
    };
    for (const auto& [size, runs] : alike) completeTogether(*opened, runs, failed);
    return batch;
}

verbs::VideoInfo Session::openVideo(const verbs::OpenVideo& request)
{
    if (request.source.starts_with("camera:")) m_state->video.reset(); // can be opened once only
    m_state->video = headlens::openVideo(request.source);
    m_state->videoName = request.source;
    const VideoReader& video = *m_state->video;
    return {request.source, video.width(), video.height(), video.frames(), video.framesPerSecond()};
}

verbs::InputAnswer Session::setFrame(const verbs::SetFrame& request, const JobControl& control)
{
    if (!m_state->video) throw Error(ErrorCode::NothingOpen, "film", "no film is open", "open a film or camera first");
    const std::shared_ptr<OpenedModel>& opened = m_state->model();
    const Stopwatch clock;
    std::int64_t number = request.frame;
    const Image8 picture = m_state->video->read(number);
    const double decodeMs = clock.milliseconds();
    auto next = preparedRun(opened, picture, request.with);
    addText(*next);
    next->info.name = m_state->videoName;
    next->info.frame = number;
    next->info.decodeMs = decodeMs;
    coverPatches(*next);
    m_state->supply.supply(opened, *next, held(), control);
    completeRun(*opened, *next, optionsOf(request.with), control);
    m_state->run = std::move(next);
    return m_state->answer(reducedTo(picture, kFilmSide));
}

void Session::closeVideo()
{
    m_state->video.reset();
}

Session::Timing Session::timeForward(const MadeUpSize& size, bool keepTrace)
{
    const c10::InferenceMode inference;
    const SerialOperators serial; // for what is made up: the pass itself knows
    const std::shared_ptr<OpenedModel>& opened = m_state->model();
    const ModelInput input = madeUpInput(opened->facts(), size.height, size.width, size.tokens);
    ForwardOptions options;
    if (!keepTrace) options.keep = {false, false};
    auto next = std::make_shared<Run>(opened); // kept until the next one is there, as a picture's is
    const Stopwatch clock;
    next->tensors().result = compute(*opened, input, options, {});
    const double ms = clock.milliseconds();
    m_state->run = next;
    const Trace& trace = next->tensors().result.trace;
    return {ms, trace.bytes(), trace.hiddenBytes()};
}

void Session::hold(const verbs::Hold& request)
{
    if (!request.release) run(); // there must be one
    m_state->baseline = request.release ? nullptr : m_state->run;
    m_state->supply.forgetHeld();
}

verbs::AveragedSet Session::averageSet(const verbs::AverageSet& request, const JobControl& control)
{
    return m_state->supply.average(m_state->model(), request, control);
}

verbs::PcaResult Session::pca(const verbs::Pca& request)
{
    return questions::pca(run(), request, m_state->pca);
}

const OpenedModel& Session::opened() const
{
    return *m_state->model();
}

const verbs::ModelInfo& Session::model() const
{
    return m_state->model()->info;
}

const Run& Session::run() const
{
    if (!m_state->run)
        throw Error(ErrorCode::NothingOpen, "picture", "no picture was inspected yet", "open a picture first");
    return *m_state->run;
}

const Run* Session::held() const
{
    return m_state->baseline.get();
}

const Run& Session::baseline() const
{
    if (!m_state->baseline)
        throw Error(ErrorCode::NothingOpen, "comparison", "no run is held", "hold a run first, then change something");
    return *m_state->baseline;
}

} // namespace headlens
