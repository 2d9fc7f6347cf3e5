// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_caption.h"

#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/components.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_text.h"
#include "widgets/viewmodel/shown_heads.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

struct CanvasCaption { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::CanvasCaption)
};

QString rowCaption(const CanvasScene& scene)
{
    const LiveRows* live = scene.model->rows();
    if (live->layers().empty()) return {};
    const verbs::Rows& rows = live->of();
    const TokenLayout& keys = live->keyLayout();
    const bool apart = keys.block.queryStream != keys.block.keyStream;
    const TokenLayout asking =
        apart ? TokenLayout::ofStream(scene.model->model(), scene.model->input(), rows.stream) : keys;
    QString words = (rows.reverse ? CanvasCaption::tr("Layer %1, %2: who attends to %3")
                                  : CanvasCaption::tr("Layer %1, %2: what %3 attends to"))
                        .arg(scene.selection->heads()->layer())
                        .arg(shownHeads(*scene.selection->heads()), asking.name(asking.parentToken(rows.token)));
    if (!scene.display->get().maskByMass) return words;
    return CanvasCaption::tr("%1. Only the patches that hold %2 % of the row's mass")
        .arg(words)
        .arg(100 * scene.display->get().keepMass, 0, 'f', 0);
}

// What the colours of components mean; empty where none are shown.
QString componentsCaption(const CanvasScene& scene)
{
    const verbs::PcaResult& components = scene.model->components()->info();
    if (scene.display->get().ground != Ground::Components || components.explained.size() != 3) return {};
    return CanvasCaption::tr("Red, green, blue: %1, %2 and %3 % of the variance of the foreground, fitted on layer %4")
        .arg(100 * components.explained[0], 0, 'f', 0)
        .arg(100 * components.explained[1], 0, 'f', 0)
        .arg(100 * components.explained[2], 0, 'f', 0)
        .arg(components.fittedLayer);
}

} // namespace

QString captionOf(const CanvasScene& scene)
{
    if (!scene.selection->showsRow()) return mapCaptionOf(scene);
    if (scene.model->rows()->of().difference)
        return CanvasCaption::tr("Difference to the held run: this one minus that one");
    const QString shares = componentsCaption(scene);
    return shares.isEmpty() ? rowCaption(scene) : shares;
}

QString mapCaptionOf(const CanvasScene& scene)
{
    const MethodMap* map = scene.model->map();
    const verbs::MethodInfo* method = map->method();
    if (method == nullptr) return {};
    if (!method->refusal.empty())
        return CanvasCaption::tr("%1 is not defined for this model: %2")
            .arg(methodText(method->title), methodText(method->refusal));
    return methodText(method->caption).replace(QStringLiteral("%1"), QString::fromStdString(map->shown().label));
}

ValueScale shownScale(const CanvasScene& scene)
{
    const InspectionModel& model = *scene.model;
    const LiveRows& rows = *model.rows();
    const int layer = scene.selection->heads()->layer();
    if (scene.selection->showsRow())
        return scaleFor(displayFor(model, *scene.display), rows.layers(), layer, rows.current(),
                        rows.layoutOf(layer).excluded());
    const std::vector<float>& values = model.map()->shown().map.values;
    const verbs::MethodInfo* method = model.map()->method();
    if (method != nullptr && method->isSigned && !values.empty()) { // the weakest patch is the lowest colour
        const auto [low, high] = std::ranges::minmax(values);
        return {low, high, false};
    }
    Display display = scene.display->get();
    display.difference = model.map()->shown().of.difference;
    float high = 0;
    for (const float value : values) high = std::max(high, std::abs(value));
    return display.scaleTo(high);
}

bool showsBar(const CanvasScene& scene)
{
    const bool row = scene.selection->showsRow();
    const bool components =
        row && scene.display->get().ground == Ground::Components && !scene.selection->tokens()->isPinned();
    return !(row && scene.selection->heads()->overlaysHeads()) && !components; // their colours are not those of the bar
}

} // namespace headlens
