// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/inspection.h"

#include "core/checkpoint/file_bytes.h"
#include "core/imaging/codec.h"
#include "core/imaging/preprocess.h"
#include "core/session/inspection_state.h"
#include "core/session/memory.h"
#include "core/tensors/bridge.h"
#include "core/tensors/runtime.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <map>

namespace headlens {
namespace {

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

constexpr int kDisplaySide = 2048; // of the original that travels to the window
constexpr int kFilmSide = 1024;    // of the frames of a film, many times a second

Image8 reducedTo(const Image8& picture, int side)
{
    const int longest = std::max(picture.width, picture.height);
    if (longest <= side) return picture;
    const double scale = double(side) / longest;
    return pilResize(picture, std::max(1, int(picture.width * scale)), std::max(1, int(picture.height * scale)),
                     Filter::Box);
}

} // namespace

ForwardOptions optionsOf(const verbs::SetInput& request)
{
    ForwardOptions options;
    options.maskRatio = request.maskRatio;
    options.seed = request.maskSeed;
    options.switches = request.switches;
    options.keep.firstText =
        !request.candidates.empty() && !request.keepsAllTexts; // the others are scored, not looked into
    for (const verbs::HeadAddress& head : request.silenced) options.silenced.push_back({head.layer, head.head});
    return options;
}

Inspection::State::Picture Inspection::State::decoded(const verbs::SetInput& request, std::span<const std::byte> file)
{
    const auto start = Clock::now();
    DecodedPicture found =
        decodePicture(file, request.name, request.takesCut ? CutPicture::Shown : CutPicture::Refused);
    Picture picture{std::move(found.image), request.name, sha256Of(file), 0, std::move(found.remarks)};
    picture.decodeMs = millisecondsSince(start);
    return picture;
}

TensorBytes pixelValues(std::vector<float> values, std::vector<std::int64_t> shape)
{
    auto owner = std::make_shared<const std::vector<float>>(std::move(values));
    return {"pixel_values", DType::F32, std::move(shape), owner, std::as_bytes(std::span(*owner))};
}

Image8 thumbnailOf(std::span<const std::byte> file, int side)
{
    return reducedTo(decodePicture(file, "picture", CutPicture::Shown).image, std::clamp(side, 1, kDisplaySide));
}

const Inspection::State::Open& Inspection::State::model() const
{
    if (!open) throw Error(ErrorCode::NothingOpen, "model", "no model is open", "open a model first");
    return *open;
}

const Inspection::State::Ran& Inspection::State::input() const
{
    if (!ran) throw Error(ErrorCode::NothingOpen, "picture", "no picture was inspected yet", "open a picture first");
    return *ran;
}

Inspection::Inspection() : m_state(std::make_unique<State>())
{
    startRuntime();
}
Inspection::~Inspection() = default;
Inspection::Inspection(Inspection&&) noexcept = default;
Inspection& Inspection::operator=(Inspection&&) noexcept = default;

std::shared_ptr<Inspection::State::Ran> Inspection::State::prepare(const Image8& picture, const std::string& name,
                                                                   const std::string& fitName) const
{
    const auto fit = fitFrom(fitName);
    if (!fit) throw Error(ErrorCode::BadRequest, "fit", "\"" + fitName + "\" is not trained, squash or native");
    if (!model().loaded.model->facts().takesPictures())
        throw Error(ErrorCode::UnsupportedModel, model().info.name, "takes text, not pictures", "give it a text");
    const std::int64_t channels = model().loaded.plan.channels;
    if (channels != 3 && channels != 1)
        throw Error(ErrorCode::UnsupportedModel, model().info.name,
                    "takes pictures of " + std::to_string(channels) + " channels, which no picture file has",
                    "give pixel values with --inputs");
    const auto start = Clock::now();
    Preprocessed prepared = preprocess(picture, model().loaded.plan, *fit, model().info.patch);
    auto next = std::make_shared<Ran>();
    next->in.pixels =
        at::from_blob(prepared.pixels.data(), {1, channels, prepared.seen.height, prepared.seen.width}).clone();
    next->info.name = name;
    next->info.originalWidth = picture.width;
    next->info.originalHeight = picture.height;
    next->info.region.assign(prepared.region.begin(), prepared.region.end());
    next->info.preprocessMs = millisecondsSince(start);
    next->seen = std::move(prepared.seen);
    return next;
}

verbs::InputAnswer Inspection::setInput(const verbs::SetInput& request, std::span<const std::byte> file,
                                        const JobControl& control)
{
    const State::Open& open = m_state->model();
    control.checkpoint(0, int(open.info.blocks.size()), "forward");
    State::Picture picture;
    if (!file.empty() && open.info.takesPictures) picture = State::decoded(request, file);
    const bool fresh = picture.image.width > 0;
    const Image8& image = fresh ? picture.image : m_state->lastPicture.image;
    const bool looks = open.info.takesPictures && image.width > 0;
    if (open.info.takesPictures && !looks && !open.loaded.model->facts().readsAlone)
        throw Error(ErrorCode::NothingOpen, "picture", "none was given", "open a picture first");
    auto next = looks ? m_state->prepare(image, request.name, request.fit) : std::make_shared<State::Ran>();
    next->info.name = request.name.empty() && looks ? (fresh ? picture : m_state->lastPicture).name : request.name;
    if (looks) {
        next->info.sha256 = (fresh ? picture : m_state->lastPicture).sha256;
        next->info.remarks = (fresh ? picture : m_state->lastPicture).remarks;
    }
    next->info.decodeMs = picture.decodeMs;
    m_state->addText(*next, request);
    m_state->complete(*next, optionsOf(request), control);
    m_state->lastRequest = request;
    if (fresh) m_state->lastPicture = std::move(picture);
    m_state->ran = std::move(next);
    verbs::InputAnswer result{m_state->ran->info, m_state->ran->seen, {}, m_state->ran->reconstruction};
    if (looks) result.original = reducedTo(m_state->lastPicture.image, kDisplaySide);
    return result;
}

void Inspection::setTensors(const std::vector<TensorBytes>& tensors, const verbs::SetInput& request,
                            std::span<const std::byte> file, const JobControl& control)
{
    auto next = std::make_shared<State::Ran>();
    if (!file.empty()) {
        State::Picture picture = State::decoded(request, file);
        next = m_state->prepare(picture.image, request.name, request.fit);
        next->info.sha256 = picture.sha256;
        next->info.remarks = std::move(picture.remarks);
    }
    const auto taken = [&](const char* name, at::ScalarType type) -> at::Tensor {
        const auto hit = std::ranges::find(tensors, name, &TensorBytes::name);
        return hit == tensors.end() ? at::Tensor() : fromBytes(hit->data, hit->dtype, hit->shape, name).to(type);
    };
    ModelInput& in = next->in;
    if (!in.pixels.defined()) in.pixels = taken("pixel_values", at::kFloat);
    in.ids = taken("input_ids", at::kLong);
    in.mask = taken("attention_mask", at::kLong);
    in.segments = taken("token_type_ids", at::kLong);
    in.writtenIds = taken("decoder_input_ids", at::kLong);
    in.writtenMask = taken("decoder_attention_mask", at::kLong);
    ForwardOptions options = optionsOf(request);
    options.noise = taken("noise", at::kFloat);
    m_state->complete(*next, options, control);
    m_state->lastRequest = request;
    m_state->ran = std::move(next);
}

verbs::VideoInfo Inspection::openVideo(const verbs::OpenVideo& request)
{
    if (request.source.starts_with("camera:")) m_state->video.reset(); // can be opened once only
    m_state->video = headlens::openVideo(request.source);
    m_state->videoName = request.source;
    const VideoReader& video = *m_state->video;
    return {request.source, video.width(), video.height(), video.frames(), video.framesPerSecond()};
}

verbs::InputAnswer Inspection::setFrame(const verbs::SetFrame& request, const JobControl& control)
{
    if (!m_state->video) throw Error(ErrorCode::NothingOpen, "film", "no film is open", "open a film or camera first");
    m_state->model();
    const auto start = Clock::now();
    std::int64_t number = request.frame;
    Image8 picture = m_state->video->read(number);
    const double decodeMs = millisecondsSince(start);
    auto next = m_state->prepare(picture, m_state->videoName, request.with.fit);
    m_state->addText(*next, request.with);
    next->info.frame = number;
    next->info.decodeMs = decodeMs;
    m_state->complete(*next, optionsOf(request.with), control);
    m_state->lastRequest = request.with;
    m_state->ran = std::move(next);
    return {m_state->ran->info, m_state->ran->seen, reducedTo(picture, kFilmSide), m_state->ran->reconstruction};
}

void Inspection::closeVideo()
{
    m_state->video.reset();
}

std::vector<std::optional<Error>> Inspection::setPictures(const std::vector<PictureFile>& files,
                                                          const verbs::SetInput& with)
{
    m_state->batch.clear(); // two batches at once would need twice the memory
    std::vector<std::optional<Error>> failures(files.size());
    std::vector<std::shared_ptr<State::Ran>> batch(files.size());
    std::map<std::vector<std::int64_t>, std::vector<std::shared_ptr<State::Ran>>> alike; // by size
    for (std::size_t i = 0; i < files.size(); ++i) {
        try {
            const auto bytes = std::as_bytes(std::span(files[i].bytes.data(), files[i].bytes.size()));
            verbs::SetInput request = with;
            request.name = files[i].name;
            State::Picture picture = State::decoded(request, bytes);
            batch[i] = m_state->prepare(picture.image, picture.name, with.fit);
            batch[i]->info.sha256 = picture.sha256;
            batch[i]->info.remarks = std::move(picture.remarks);
            alike[batch[i]->in.pixels.sizes().vec()].push_back(batch[i]);
        } catch (const Error& error) {
            failures[i] = error;
        }
    }
    const auto fail = [&](const State::Ran* picture, const Error& error) {
        const auto hit = std::ranges::find_if(batch, [&](const auto& any) { return any.get() == picture; });
        failures[std::size_t(hit - batch.begin())] = error;
        hit->reset();
    };
    for (const auto& [size, pictures] : alike) m_state->completeTogether(pictures, fail);
    m_state->batch = std::move(batch);
    return failures;
}

void Inspection::choosePicture(std::size_t index)
{
    if (index >= m_state->batch.size() || m_state->batch[index] == nullptr)
        throw Error(ErrorCode::NothingOpen, "picture " + std::to_string(index), "is not in the batch");
    m_state->ran = m_state->batch[index];
}

Inspection::Timing Inspection::timeForward(const MadeUpSize& size, bool keepTrace)
{
    const c10::InferenceMode inference;
    const SerialOperators serial; // for what is made up: the pass itself knows
    const ModelFacts& facts = m_state->model().loaded.model->facts();
    const ModelInput input = madeUpInput(facts, size.height, size.width, size.tokens);
    ForwardOptions options;
    if (!keepTrace) options.keep = {false, false};
    auto next = std::make_shared<State::Ran>(); // kept until the next one is there, as a picture's is
    const auto start = Clock::now();
    next->result = m_state->compute(input, options, {});
    const double ms = millisecondsSince(start);
    m_state->ran = next;
    return {ms, next->result.trace.bytes(), next->result.trace.hiddenBytes()};
}

const verbs::ModelInfo& Inspection::model() const
{
    return m_state->model().info;
}

const verbs::InputInfo& Inspection::input() const
{
    return m_state->input().info;
}

const Image8& Inspection::seen() const
{
    return m_state->input().seen;
}

const Image8& Inspection::reconstruction() const
{
    return m_state->input().reconstruction;
}

} // namespace headlens
