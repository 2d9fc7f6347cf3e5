// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers.h"

#include "core/export/exporter.h"
#include "core/export/film.h"
#include "core/session/convert.h"
#include "core/session/embedded_models.h"
#include "core/tensors/layers.h"
#include "core/tensors/runtime.h"
#include "core/wire/packing.h"

#include <array>
#include <functional>
#include <string_view>
#include <type_traits>

#include <unistd.h>

namespace headlens {
namespace {

using Handler = Message (*)(Inspection&, const Message&, const JobControl&);

std::span<const std::byte> imageOf(const Message& request)
{
    const TensorBytes* file = request.find("image");
    if (file == nullptr || file->dtype != DType::U8)
        throw Error(ErrorCode::BadRequest, request.verb, "brings no picture");
    return file->data;
}

verbs::Hello hello()
{
    return {"headlens-cli",
            HEADLENS_VERSION,
            torchVersion(),
            blasName(),
            runtimeThreads(),
            cudaAvailable(),
            precisionsOf(chooseDevice("auto")),
            int(::getpid())};
}

verbs::ModelList listModels()
{
    return {embeddedModels()};
}

verbs::Converted convert(const verbs::Convert& asked, const JobControl& control)
{
    return {convertToSafetensors(asked.source, asked.target, control)};
}

verbs::ExportedFile exportFile(Inspection& inspection, const verbs::Export& asked)
{
    const std::string file = renderExport(inspection, asked);
    return {{file.begin(), file.end()}};
}

verbs::ExportedFilm exportFilmFile(Inspection& inspection, const verbs::ExportFilm& asked, const JobControl& control)
{
    return {exportFilm(inspection, asked, control)};
}

Message thumbnail(Inspection&, const Message& request, const JobControl&)
{
    const auto asked = verbs::read<verbs::Thumbnail>(request.body);
    return verbs::pack(verbs::SmallPicture{thumbnailOf(imageOf(request), asked.side)});
}

Message setInput(Inspection& inspection, const Message& request, const JobControl& control)
{
    const bool brings = request.find("image") != nullptr;
    return verbs::pack(inspection.setInput(verbs::read<verbs::SetInput>(request.body),
                                           brings ? imageOf(request) : std::span<const std::byte>(), control));
}

// Calls `function` with as much of what there is as it takes: the inspection, what was asked, how to tell of progress.
template <auto function, class Ask>
auto call(Inspection& inspection, const Ask& asked, const JobControl& control)
{
    using Function = decltype(function);
    if constexpr (std::is_invocable_v<Function, Inspection&, const Ask&, const JobControl&>)
        return std::invoke(function, inspection, asked, control);
    else if constexpr (std::is_invocable_v<Function, Inspection&, const Ask&>)
        return std::invoke(function, inspection, asked);
    else if constexpr (std::is_invocable_v<Function, Inspection&>)
        return std::invoke(function, inspection);
    else if constexpr (std::is_invocable_v<Function, const Ask&, const JobControl&>)
        return std::invoke(function, asked, control);
    else
        return std::invoke(function);
}

template <auto function, class Ask, class Answer>
Message answer(Inspection& inspection, const Message& request, const JobControl& control)
{
    const Ask asked = verbs::unpack<Ask>(request);
    if constexpr (std::is_same_v<Answer, verbs::Nothing>) {
        call<function>(inspection, asked, control);
        return verbs::pack(verbs::Nothing());
    } else {
        auto found = call<function>(inspection, asked, control);
        static_assert(std::is_same_v<decltype(found), Answer>, "a question and its answer belong together");
        return verbs::pack(std::move(found));
    }
}

struct Row {
    std::string_view verb;
    Handler handler;
};

template <auto function, class Ask, class Answer>
constexpr Row on(const verbs::Question<Ask, Answer>& question)
{
    return {question.verb, answer<function, Ask, Answer>};
}

constexpr auto kHandlers = std::to_array<Row>({
    {verbs::kSetInput.verb, setInput},   // these two bring
    {verbs::kThumbnail.verb, thumbnail}, // the bytes of a file
    on<hello>(verbs::kHello),
    on<listModels>(verbs::kListModels),
    on<convert>(verbs::kConvert),
    on<exportFile>(verbs::kExport),
    on<exportFilmFile>(verbs::kExportFilm),
    on<&Inspection::openModel>(verbs::kOpenModel),
    on<&Inspection::estimateModel>(verbs::kEstimateModel),
    on<&Inspection::rows>(verbs::kRows),
    on<&Inspection::tile>(verbs::kTile),
    on<&Inspection::state>(verbs::kState),
    on<&Inspection::rowFormula>(verbs::kRowFormula),
    on<&Inspection::overview>(verbs::kOverview),
    on<&Inspection::positionBias>(verbs::kPositionBias),
    on<&Inspection::pca>(verbs::kPca),
    on<&Inspection::generate>(verbs::kGenerate),
    on<&Inspection::lens>(verbs::kLens),
    on<&Inspection::pair>(verbs::kPair),
    on<&Inspection::positions>(verbs::kPositions),
    on<&Inspection::similarity>(verbs::kSimilarity),
    on<&Inspection::pictureHeat>(verbs::kPictureHeat),
    on<&Inspection::relevance>(verbs::kRelevance),
    on<&Inspection::contrast>(verbs::kContrast),
    on<&Inspection::history>(verbs::kHistory),
    on<&Inspection::evaluate>(verbs::kEvaluate),
    on<&Inspection::hold>(verbs::kHold),
    on<&Inspection::openVideo>(verbs::kOpenVideo),
    on<&Inspection::setFrame>(verbs::kSetFrame),
    on<&Inspection::closeVideo>(verbs::kCloseVideo),
});

} // namespace

Message handle(Inspection& inspection, const Message& request, const JobControl& control)
{
    for (const Row& row : kHandlers)
        if (row.verb == request.verb) return row.handler(inspection, request, control);
    throw Error(ErrorCode::BadRequest, request.verb, "is no verb of this engine",
                "use window and engine of the same version");
}

} // namespace headlens
