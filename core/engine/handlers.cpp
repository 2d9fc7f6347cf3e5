// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers.h"

#include "core/attribution/maps.h"
#include "core/engine/lesson_context.h"
#include "core/export/exporter.h"
#include "core/export/film.h"
#include "core/measures/head_statistics.h"
#include "core/measures/judgement.h"
#include "core/session/convert.h"
#include "core/session/embedded_models.h"
#include "core/session/model_verdict.h"
#include "core/session/questions/difference.h"
#include "core/session/questions/questions.h"
#include "core/studies/study.h"
#include "core/tensors/layers.h"
#include "core/tensors/runtime.h"
#include "core/wire/packing.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <type_traits>

#include <unistd.h>

namespace headlens {
namespace {

using Handler = Message (*)(Session&, const Message&, const JobControl&);

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

verbs::FoundModels findOnComputer(const verbs::FindModels& asked, const JobControl& control)
{
    return findModels(asked, control);
}

verbs::Converted convert(const verbs::Convert& asked, const JobControl& control)
{
    return {convertToSafetensors(asked.source, asked.target, control)};
}

verbs::ModelInfo openModel(Session& session, const verbs::OpenModel& asked, const JobControl& control)
{
    verbs::ModelInfo model = session.openModel(asked, control);
    model.methods = methodsFor(session.opened());
    return model;
}

verbs::ExportedFile exportFile(const Run& run, const verbs::Export& asked)
{
    const std::string file = renderExport(run, asked);
    return {{file.begin(), file.end()}};
}

verbs::ExportedFilm exportFilmFile(Session& session, const verbs::ExportFilm& asked, const JobControl& control)
{
    return {exportFilm(session, asked, control)};
}

Message thumbnail(Session&, const Message& request, const JobControl&)
{
    const auto asked = verbs::read<verbs::Thumbnail>(request.body);
    return verbs::pack(verbs::SmallPicture{thumbnailOf(imageOf(request), asked.side)});
}

Message setInput(Session& session, const Message& request, const JobControl& control)
{
    const bool brings = request.find("image") != nullptr;
    return verbs::pack(session.setInput(verbs::read<verbs::SetInput>(request.body),
                                        brings ? imageOf(request) : std::span<const std::byte>(), control));
}

// Calls `function` with what it is about (the session, its run, its open model, or nothing), with as much of the rest
// as it takes: what was asked, how to tell of progress.
template <auto function, class Ask>
auto call(Session& session, const Ask& asked, const JobControl& control)
{
    using Function = decltype(function);
    if constexpr (std::is_invocable_v<Function, Session&, const Ask&, const JobControl&>)
        return std::invoke(function, session, asked, control);
    else if constexpr (std::is_invocable_v<Function, Session&, const Ask&>)
        return std::invoke(function, session, asked);
    else if constexpr (std::is_invocable_v<Function, Session&>)
        return std::invoke(function, session);
    else if constexpr (std::is_invocable_v<Function, const Run&, const Ask&, const JobControl&>)
        return function(session.run(), asked, control);
    else if constexpr (std::is_invocable_v<Function, const Run&, const Ask&>)
        return function(session.run(), asked);
    else if constexpr (std::is_invocable_v<Function, const OpenedModel&, const Ask&, const JobControl&>)
        return function(session.opened(), asked, control);
    else if constexpr (std::is_invocable_v<Function, const OpenedModel&>)
        return function(session.opened());
    else if constexpr (std::is_invocable_v<Function, const Ask&, const JobControl&>)
        return function(asked, control);
    else if constexpr (std::is_invocable_v<Function, const Ask&>)
        return function(asked);
    else
        return function();
}

// An answer that can say that it is a difference.
template <class Answer>
concept MayDiffer = requires(Answer answer)
{
    answer.of.difference;
};

// The answer, or where that is asked for its difference to the baseline's.
template <auto function, class Ask, class Answer>
auto answerOf(Session& session, const Ask& asked, const JobControl& control)
{
    if constexpr (questions::Comparable<Ask> && MayDiffer<Answer>)
        if (asked.difference) return questions::difference<function>(session.run(), session.baseline(), asked);
    return call<function>(session, asked, control);
}

template <auto function, class Ask, class Answer>
Message answer(Session& session, const Message& request, const JobControl& control)
{
    const Ask asked = verbs::unpack<Ask>(request);
    if constexpr (std::is_same_v<Answer, verbs::Nothing>) {
        call<function>(session, asked, control);
        return verbs::pack(verbs::Nothing());
    } else {
        auto found = answerOf<function, Ask, Answer>(session, asked, control);
        static_assert(std::is_same_v<decltype(found), Answer>, "a question and its answer belong together");
        return verbs::pack(std::move(found));
    }
}

struct Row {
    std::string_view verb;
    Handler handler;
    Pace pace = Pace::Waits;
};

template <class Function, class Ask, class Door>
constexpr bool isAskedOf = std::is_invocable_v<Function, Door, const Ask&, const JobControl&> ||
                           std::is_invocable_v<Function, Door, const Ask&> || std::is_invocable_v<Function, Door>;

// What a function cannot change is overtaken.
template <auto function, class Ask>
constexpr Pace ownPace()
{
    using Function = decltype(function);
    const bool changes = isAskedOf<Function, Ask, Session&> && !isAskedOf<Function, Ask, const Session&>;
    return changes ? Pace::Waits : Pace::Overtaken;
}

template <auto function, class Ask, class Answer>
constexpr Row on(const verbs::Question<Ask, Answer>& question, Pace pace = ownPace<function, Ask>())
{
    return {question.verb, answer<function, Ask, Answer>, pace};
}

constexpr auto kHandlers = std::to_array<Row>({
    {verbs::kSetInput.verb, setInput},                    // these two bring
    {verbs::kThumbnail.verb, thumbnail, Pace::Overtaken}, // the bytes of a file
    on<hello>(verbs::kHello),
    on<listModels>(verbs::kListModels),
    on<findOnComputer>(verbs::kFindModels),
    on<convert>(verbs::kConvert),
    on<exportFile>(verbs::kExport),
    on<exportFilmFile>(verbs::kExportFilm),
    on<openModel>(verbs::kOpenModel),
    on<estimateModel>(verbs::kEstimateModel),
    on<questions::rows>(verbs::kRows, Pace::Quick),
    on<questions::tile>(verbs::kTile),
    on<questions::headStatistics>(verbs::kHeadStatistics),
    on<headProfile>(verbs::kHeadProfile),
    on<profilePictures>(verbs::kProfilePictures, Pace::Overtaken), // the run stays
    on<questions::hidden>(verbs::kHidden),
    on<questions::state>(verbs::kState),
    on<questions::rowFormula>(verbs::kRowFormula),
    on<tokenMap>(verbs::kMap),
    on<mapCost>(verbs::kMapCost),
    on<judgeMap>(verbs::kJudgeMap),
    on<checkMap>(verbs::kCheckMap),
    on<studiesOf>(verbs::kStudies),
    on<study>(verbs::kStudy),
    on<studyCost>(verbs::kStudyCost),
    on<questions::positionBias>(verbs::kPositionBias),
    on<&Session::pca>(verbs::kPca, Pace::Overtaken), // it keeps the basis of its colours
    on<questions::generate>(verbs::kGenerate),
    on<questions::lens>(verbs::kLens),
    on<questions::lensTable>(verbs::kLensTable),
    on<questions::pair>(verbs::kPair, Pace::Quick),
    on<questions::positions>(verbs::kPositions),
    on<questions::similarity>(verbs::kSimilarity),
    on<questions::contrast>(verbs::kContrast),
    on<questions::history>(verbs::kHistory),
    on<evaluateForLesson>(verbs::kEvaluate),
    on<&Session::hold>(verbs::kHold),
    on<&Session::averageSet>(verbs::kAverageSet),
    on<&Session::openVideo>(verbs::kOpenVideo),
    on<&Session::setFrame>(verbs::kSetFrame),
    on<&Session::closeVideo>(verbs::kCloseVideo),
});

const Row* rowOf(const Message& request)
{
    const auto row = std::ranges::find(kHandlers, std::string_view(request.verb), &Row::verb);
    return row == kHandlers.end() ? nullptr : &*row;
}

} // namespace

Pace paceOf(const Message& request)
{
    const Row* row = rowOf(request);
    return row == nullptr ? Pace::Overtaken : row->pace;
}

Message handle(Session& session, const Message& request, const JobControl& control)
{
    if (const Row* row = rowOf(request)) return row->handler(session, request, control);
    throw Error(ErrorCode::BadRequest, request.verb, "is no verb of this engine",
                "use window and engine of the same version");
}

} // namespace headlens
