// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers.h"

#include "core/export/exporter.h"
#include "core/export/film.h"
#include "core/session/convert.h"
#include "core/session/embedded_models.h"
#include "core/tensors/layers.h"
#include "core/tensors/runtime.h"
#include "core/wire/message.h"

#include <array>
#include <string_view>

#include <unistd.h>

namespace headlens {
namespace {

using Handler = Message (*)(Inspection&, const Message&, const JobControl&);

TensorBytes floats(std::string name, std::vector<float> values, std::vector<std::int64_t> shape)
{
    auto owner = std::make_shared<std::vector<float>>(std::move(values));
    return {std::move(name), DType::F32, std::move(shape), owner, std::as_bytes(std::span(*owner))};
}

TensorBytes bytes(std::string name, std::string data)
{
    auto owner = std::make_shared<std::string>(std::move(data));
    return {std::move(name),
            DType::U8,
            {std::int64_t(owner->size())},
            owner,
            std::as_bytes(std::span(owner->data(), owner->size()))};
}

TensorBytes picture(std::string name, Image8 image)
{
    auto owner = std::make_shared<Image8>(std::move(image));
    return {std::move(name),
            DType::U8,
            {owner->height, owner->width, owner->channels},
            owner,
            std::as_bytes(std::span(owner->pixels))};
}

Message answer(Json body)
{
    Message message;
    message.body = std::move(body);
    return message;
}

Message hello(Inspection&, const Message&, const JobControl&)
{
    return answer(verbs::Hello{"headlens-cli", HEADLENS_VERSION, torchVersion(), blasName(), runtimeThreads(),
                               cudaAvailable(), precisionsOf(chooseDevice("auto")), int(::getpid())});
}

Message listModels(Inspection&, const Message&, const JobControl&)
{
    return answer({{"models", embeddedModels()}});
}

Message openModel(Inspection& inspection, const Message& request, const JobControl& control)
{
    return answer(inspection.openModel(verbs::read<verbs::OpenModel>(request.body), control));
}

std::span<const std::byte> imageOf(const Message& request)
{
    const TensorBytes* file = request.find("image");
    if (file == nullptr || file->dtype != DType::U8)
        throw Error(ErrorCode::BadRequest, request.verb, "brings no picture");
    return file->data;
}

Message thumbnail(Inspection&, const Message& request, const JobControl&)
{
    Message message;
    message.tensors.push_back(
        picture("picture", thumbnailOf(imageOf(request), verbs::read<verbs::Thumbnail>(request.body).side)));
    return message;
}

Message answerOf(InputResult result)
{
    Message message = answer(result.info);
    if (result.seen.width > 0) { // a text alone has none
        message.tensors.push_back(picture("seen", std::move(result.seen)));
        message.tensors.push_back(picture("original", std::move(result.original)));
    }
    if (result.reconstruction.width > 0)
        message.tensors.push_back(picture("reconstruction", std::move(result.reconstruction)));
    return message;
}

Message setInput(Inspection& inspection, const Message& request, const JobControl& control)
{
    const bool brings = request.find("image") != nullptr;
    return answerOf(inspection.setInput(verbs::read<verbs::SetInput>(request.body),
                                        brings ? imageOf(request) : std::span<const std::byte>(), control));
}

void add(Message& message, const char* name, Grid2D grid)
{
    if (grid.rows > 0) message.tensors.push_back(floats(name, std::move(grid.values), {grid.rows, grid.columns}));
}

Message generate(Inspection& inspection, const Message& request, const JobControl& control)
{
    return answer(inspection.generate(verbs::read<verbs::Generate>(request.body), control));
}

Message lens(Inspection& inspection, const Message& request, const JobControl&)
{
    return answer(inspection.lens(verbs::read<verbs::LensQuestion>(request.body)));
}

Message pair(Inspection& inspection, const Message& request, const JobControl&)
{
    PairAnswer found = inspection.pair(verbs::read<verbs::PairQuestion>(request.body));
    Message message = answer(found.result);
    const auto size = std::int64_t(found.query.size());
    message.tensors.push_back(floats("query", std::move(found.query), {size}));
    message.tensors.push_back(floats("key", std::move(found.key), {size}));
    return message;
}

Message positions(Inspection& inspection, const Message& request, const JobControl&)
{
    PositionsAnswer found = inspection.positions(verbs::read<verbs::PositionsQuestion>(request.body));
    Message message = answer(found.info);
    add(message, "table", std::move(found.table));
    add(message, "similarity", std::move(found.similarity));
    add(message, "bias", std::move(found.bias));
    return message;
}

Message similarity(Inspection& inspection, const Message& request, const JobControl& control)
{
    Message message = answer(Json::object());
    add(message, "cosine", inspection.similarity(verbs::read<verbs::SimilarityQuestion>(request.body), control));
    return message;
}

Message pictureHeat(Inspection& inspection, const Message& request, const JobControl&)
{
    const auto asked = verbs::read<verbs::PictureHeat>(request.body);
    Message message = answer(asked);
    add(message, "heat", inspection.pictureHeat(asked));
    return message;
}

Message relevance(Inspection& inspection, const Message& request, const JobControl& control)
{
    RelevanceAnswer found = inspection.relevance(verbs::read<verbs::RelevanceQuestion>(request.body), control);
    Message message = answer(found.result);
    for (std::size_t i = 0; i < found.streams.size(); ++i) {
        const auto size = std::int64_t(found.streams[i].size());
        message.tensors.push_back(floats("relevance." + std::to_string(i), std::move(found.streams[i]), {size}));
    }
    return message;
}

Message evaluate(Inspection& inspection, const Message& request, const JobControl&)
{
    return answer(inspection.evaluate(verbs::read<verbs::Evaluate>(request.body)));
}

Message contrast(Inspection& inspection, const Message&, const JobControl&)
{
    return answer(inspection.contrast());
}

Message history(Inspection& inspection, const Message&, const JobControl&)
{
    return answer(inspection.history());
}

Message hold(Inspection& inspection, const Message& request, const JobControl&)
{
    inspection.hold(verbs::read<verbs::Hold>(request.body));
    return answer(Json::object());
}

Message openVideo(Inspection& inspection, const Message& request, const JobControl&)
{
    return answer(inspection.openVideo(verbs::read<verbs::OpenVideo>(request.body)));
}

Message setFrame(Inspection& inspection, const Message& request, const JobControl& control)
{
    return answerOf(inspection.setFrame(verbs::read<verbs::SetFrame>(request.body), control));
}

Message closeVideo(Inspection& inspection, const Message&, const JobControl&)
{
    inspection.closeVideo();
    return answer(Json::object());
}

Message exportFilmFile(Inspection& inspection, const Message& request, const JobControl& control)
{
    return answer({{"frames", exportFilm(inspection, verbs::read<verbs::ExportFilm>(request.body), control)}});
}

Message rows(Inspection& inspection, const Message& request, const JobControl&)
{
    const auto asked = verbs::read<verbs::Rows>(request.body);
    Message message = answer(asked);
    int layer = 0;
    for (LayerRows& found : inspection.rows(asked))
        message.tensors.push_back(
            floats("rows." + std::to_string(layer++), std::move(found.values), {found.heads, found.tokens}));
    return message;
}

Message state(Inspection& inspection, const Message& request, const JobControl&)
{
    const auto asked = verbs::read<verbs::State>(request.body);
    StateAnswer found = inspection.state(asked);
    Message message = answer(asked);
    message.tensors.push_back(floats("state", std::move(found.values), std::move(found.shape)));
    return message;
}

Message rowFormula(Inspection& inspection, const Message& request, const JobControl& control)
{
    RowFormulaAnswer found = inspection.rowFormula(verbs::read<verbs::RowQuestion>(request.body), control);
    Message message = answer(found.result);
    const auto keys = std::int64_t(found.weight.size()), width = std::int64_t(found.query.size());
    message.tensors.push_back(floats("query", std::move(found.query), {width}));
    message.tensors.push_back(floats("keys", std::move(found.keys), {keys, width}));
    if (!found.values.empty()) {
        const std::int64_t each = std::int64_t(found.values.size()) / keys;
        message.tensors.push_back(floats("values", std::move(found.values), {keys, each}));
    }
    for (const auto& [name, values] : {std::pair("dot", &found.dot),
                                       {"bias", &found.bias},
                                       {"mask", &found.mask},
                                       {"score", &found.score},
                                       {"weight", &found.weight}})
        message.tensors.push_back(floats(name, std::move(*values), {keys}));
    message.tensors.push_back(bytes("forbidden", std::string(found.forbidden.begin(), found.forbidden.end())));
    return message;
}

Message tile(Inspection& inspection, const Message& request, const JobControl&)
{
    const auto asked = verbs::read<verbs::Tile>(request.body);
    Grid2D found = inspection.tile(asked);
    Message message = answer(asked);
    message.tensors.push_back(floats("tile", std::move(found.values), {found.rows, found.columns}));
    return message;
}

Message estimateModel(Inspection& inspection, const Message& request, const JobControl&)
{
    return answer(inspection.estimateModel(verbs::read<verbs::OpenModel>(request.body)));
}

Message convert(Inspection&, const Message& request, const JobControl& control)
{
    const auto asked = verbs::read<verbs::Convert>(request.body);
    return answer(verbs::Converted{convertToSafetensors(asked.source, asked.target, control)});
}

Message overview(Inspection& inspection, const Message& request, const JobControl&)
{
    const auto asked = verbs::read<verbs::Overview>(request.body);
    Grid2D found = inspection.overview(asked);
    Message message = answer(asked);
    message.tensors.push_back(floats("map", std::move(found.values), {found.rows, found.columns}));
    return message;
}

Message positionBias(Inspection& inspection, const Message& request, const JobControl&)
{
    const auto asked = verbs::read<verbs::PositionBias>(request.body);
    LayerTables found = inspection.positionBias(asked.layer);
    Message message = answer(asked);
    if (found.heads > 0)
        message.tensors.push_back(floats("bias", std::move(found.values), {found.heads, found.rows, found.columns}));
    return message;
}

Message pca(Inspection& inspection, const Message& request, const JobControl&)
{
    PcaAnswer found = inspection.pca(verbs::read<verbs::Pca>(request.body));
    Message message = answer(found.result);
    message.tensors.push_back(picture("rgb", std::move(found.picture)));
    return message;
}

Message exportFile(Inspection& inspection, const Message& request, const JobControl&)
{
    Message message;
    message.tensors.push_back(bytes("file", renderExport(inspection, verbs::read<verbs::Export>(request.body))));
    return message;
}

struct Row {
    std::string_view verb;
    Handler handler;
};

constexpr std::array<Row, 30> kHandlers{{
    {verbs::kHello, hello},
    {verbs::kListModels, listModels},
    {verbs::kOpenModel, openModel},
    {verbs::kEstimateModel, estimateModel},
    {verbs::kConvert, convert},
    {verbs::kSetInput, setInput},
    {verbs::kThumbnail, thumbnail},
    {verbs::kRows, rows},
    {verbs::kTile, tile},
    {verbs::kState, state},
    {verbs::kRowFormula, rowFormula},
    {verbs::kOverview, overview},
    {verbs::kPositionBias, positionBias},
    {verbs::kPca, pca},
    {verbs::kExport, exportFile},
    {verbs::kGenerate, generate},
    {verbs::kLens, lens},
    {verbs::kPair, pair},
    {verbs::kPositions, positions},
    {verbs::kSimilarity, similarity},
    {verbs::kPictureHeat, pictureHeat},
    {verbs::kRelevance, relevance},
    {verbs::kContrast, contrast},
    {verbs::kHistory, history},
    {verbs::kEvaluate, evaluate},
    {verbs::kHold, hold},
    {verbs::kOpenVideo, openVideo},
    {verbs::kSetFrame, setFrame},
    {verbs::kCloseVideo, closeVideo},
    {verbs::kExportFilm, exportFilmFile},
}};

} // namespace

Message handle(Inspection& inspection, const Message& request, const JobControl& control)
{
    for (const Row& row : kHandlers)
        if (row.verb == request.verb) return row.handler(inspection, request, control);
    throw Error(ErrorCode::BadRequest, request.verb, "is no verb of this engine",
                "use window and engine of the same version");
}

} // namespace headlens
