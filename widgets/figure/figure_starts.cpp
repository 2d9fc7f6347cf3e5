// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_starts.h"

#include "core/base/colormap.h"
#include "core/wire/changes.h"
#include "widgets/figure/figure_fields.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_text.h"
#include "widgets/viewmodel/selection.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace headlens {
namespace {

// The name of an embedded model, else its path.
QString modelName(const InspectionModel& model)
{
    const std::vector<verbs::EmbeddedModel>& embedded = model.loader()->embeddedModels();
    const auto hit = std::ranges::find(embedded, model.model().path, &verbs::EmbeddedModel::path);
    return QString::fromStdString(hit != embedded.end() ? hit->name : model.model().path);
}

QString queryOf(const InspectionModel& model, const TokenPlace& place)
{
    const TokenLayout layout = TokenLayout::ofStream(model.model(), model.input(), place.stream);
    if (layout.isPatch(place.token))
        return QStringLiteral("%1,%2").arg(layout.cell(place.token).y()).arg(layout.cell(place.token).x());
    const bool named = place.token >= layout.text && place.token < layout.prefix.size();
    return named ? layout.prefix[place.token] : QString::number(place.token);
}

FigureSubject subjectOf(const FigureWindow& window)
{
    const HeadChoice& heads = *window.selection->heads();
    const TokenChoice& tokens = *window.selection->tokens();
    const MethodMap& map = *window.model->map();
    FigureSubject subject;
    subject.layer = heads.layer();
    subject.head = heads.head();
    subject.fusion = heads.fusion();
    subject.query = queryOf(*window.model, tokens.query());
    subject.stream = tokens.query().stream;
    subject.reverse = tokens.reverse();
    subject.map = window.selection->map();
    subject.target = map.score().target;
    for (const verbs::MethodInfo& method : window.model->model().methods)
        if (const auto settings = map.settings(QString::fromStdString(method.id)); !settings.empty())
            subject.settings[method.id] = settings;
    const verbs::MethodInfo* chosen = map.method();
    if (chosen != nullptr && chosen->ofToken && !tokens.isPinned()) subject.query = QStringLiteral("mean");
    return subject;
}

} // namespace

FigureChoices figureChoices(const FigureWindow& window)
{
    const InspectionModel& model = *window.model;
    FigureChoices choices;
    choices.maps << FigureChoice{kRowMap, figureText(QT_TRANSLATE_NOOP("Figure", "raw attention")), {}};
    for (const verbs::MethodInfo& method : model.model().methods)
        choices.maps << FigureChoice{QString::fromStdString(method.id), methodText(method.title),
                                     methodText(method.refusal)};
    const TokenPlace& query = window.selection->tokens()->query();
    const TokenLayout layout = TokenLayout::ofStream(model.model(), model.input(), query.stream);
    constexpr int kMostWords = 64;
    for (int token = layout.text; token < layout.prefix.size(); ++token)
        choices.queries << FigureChoice{layout.prefix[token], layout.name(token), {}};
    for (int token = 0; token < std::min(layout.text, kMostWords); ++token)
        choices.queries << FigureChoice{
            QString::number(token), QStringLiteral("%1 · %2").arg(token).arg(layout.name(token)), {}};
    const QString current = queryOf(model, query);
    if (std::ranges::find(choices.queries, current, &FigureChoice::id) == choices.queries.end())
        choices.queries << FigureChoice{
            current, figureText(QT_TRANSLATE_NOOP("Figure", "%1, as in the window")).arg(current), {}};
    return choices;
}

const std::vector<FigureName<FigureStart>>& figureNames(FigureStart /*of*/)
{
    static const std::vector<FigureName<FigureStart>> kAll{
        {FigureStart::ThisMap, "this_map", QT_TRANSLATE_NOOP("Figure", "This map")},
        {FigureStart::PictureAndHeads, "picture_and_heads", QT_TRANSLATE_NOOP("Figure", "Heads of this layer")},
        {FigureStart::PictureMapHeads, "picture_map_heads", QT_TRANSLATE_NOOP("Figure", "Picture, map, heads")},
        {FigureStart::HeadGrid, "head_grid", QT_TRANSLATE_NOOP("Figure", "Head grid")},
        {FigureStart::AllLayers, "all_layers", QT_TRANSLATE_NOOP("Figure", "All layers, mean of heads")},
        {FigureStart::Methods, "methods", QT_TRANSLATE_NOOP("Figure", "Methods side by side")},
        {FigureStart::HeadThroughLayers, "head_through_layers",
         QT_TRANSLATE_NOOP("Figure", "One head through the layers")},
        {FigureStart::Pictures, "pictures", QT_TRANSLATE_NOOP("Figure", "Several pictures")}};
    return kAll;
}

QString shownPicture(const InspectionModel& model)
{
    const QString name = QString::fromStdString(model.input().name);
    const bool file = !name.startsWith(QLatin1Char(':')) && QFileInfo::exists(name);
    return file ? QFileInfo(name).absoluteFilePath() : name;
}

FigureLook figureLook(const Display& display)
{
    FigureLook look;
    look.style = display.style;
    if (figurePalettes().contains(display.colors())) look.palette = display.colors();
    look.opacity = display.opacity;
    look.smooth = display.smooth;
    look.logarithmic = display.logarithmic;
    if (display.maskByMass) look.keepMass = display.keepMass;
    look.scale = display.scope == ScaleScope::Map ? FigureScale::Panel : FigureScale::Figure;
    return look;
}

FigureContent figureContent(const RunRequest& request)
{
    FigureContent content;
    content.run = {request.fit, request.maskRatio, request.maskSeed, request.switches, {}, {}};
    for (const verbs::HeadAddress& head : request.text.ablated) content.run.ablated.emplaceBack(head.layer, head.head);
    for (const verbs::Change& change : request.changes) content.run.changes << QString::fromStdString(textOf(change));
    FigureInput input;
    input.text = request.text.text;
    input.pair = request.text.pair;
    input.written = request.text.written;
    input.chat = request.text.chat;
    input.system = request.text.system;
    input.decoderIds = request.text.decoderInputIds;
    input.candidates = request.text.candidates;
    if (const QString& label = request.text.activeLabel; input.candidates.removeAll(label) > 0)
        input.candidates.prepend(label); // the first is the one that is looked into
    content.inputs << input;
    return content;
}

FigureContent shownContent(const InspectionModel& model)
{
    RunRequest request = model.request();
    if (!model.model().text.reads) { // what was typed for another model
        const auto ablated = request.text.ablated;
        request.text = {};
        request.text.ablated = ablated;
    }
    FigureContent content = figureContent(request);
    content.model = modelName(model);
    if (model.model().takesPictures) content.inputs.first().picture = shownPicture(model);
    return content;
}

FigureSpec shownFigure(const FigureWindow& window)
{
    FigureSpec spec;
    spec.content = shownContent(*window.model);
    spec.content.subject = subjectOf(window);
    spec.look = figureLook(window.display->get());
    return spec;
}

int headsLeftOut(FigureStart start, const FigureWindow& window)
{
    const HeadChoice& heads = *window.selection->heads();
    const bool shown = start == FigureStart::ThisMap && window.model->map()->method() == nullptr;
    return shown && heads.overlaysHeads() ? int(heads.overlaid().size() - heads.heads().size()) : 0;
}

FigureSpec startingFrom(FigureStart start, FigureSpec shown, const FigureWindow& window)
{
    FigureSpec spec = std::move(shown);
    FigureContent& content = spec.content;
    content.rows = content.columns = {};
    content.pictureFirst = false;
    spec.sheet.letters = start == FigureStart::Methods || start == FigureStart::Pictures;
    const auto overLayers = [&content](HeadFusion fusion) {
        content.subject.map = QStringLiteral("row");
        content.subject.fusion = fusion;
        content.columns = {FigureAxis::Layers, {}, {}};
    };
    const auto overHeads = [&content, &window](bool mapFirst) {
        content.columns = {FigureAxis::Heads, {}, {}, mapFirst};
        for (int head = 0; head < window.selection->heads()->headCount(); ++head) content.columns.numbers << head;
        content.pictureFirst = true;
    };
    const auto overlaid = [&content, &window] { // heads that lie over each other stand side by side
        const HeadChoice& heads = *window.selection->heads();
        if (window.model->map()->method() == nullptr && heads.heads().size() > 1 && heads.overlaysHeads())
            content.columns = {FigureAxis::Heads, heads.heads(), {}};
    };
    switch (start) {
    case FigureStart::ThisMap: overlaid(); break;
    case FigureStart::PictureAndHeads:
        content.subject.map = QStringLiteral("row");
        overHeads(false);
        break;
    case FigureStart::PictureMapHeads: overHeads(true); break;
    case FigureStart::HeadGrid:
        overLayers(HeadFusion::Single);
        content.rows = {FigureAxis::Heads, {}, {}};
        break;
    case FigureStart::AllLayers: overLayers(HeadFusion::Mean); break;
    case FigureStart::HeadThroughLayers: overLayers(HeadFusion::Single); break;
    case FigureStart::Methods: content.columns = {FigureAxis::Methods, {}, {}}; break;
    case FigureStart::Pictures:
        content.columns = {FigureAxis::Pictures, {}, {}};
        for (const QString& path : window.pictures) {
            FigureInput input = content.inputs.value(0);
            if (path == input.picture || content.inputs.size() >= figure_limits::kMostInputs) continue;
            input.picture = path;
            content.inputs << input;
        }
        break;
    }
    return spec;
}

} // namespace headlens
