// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_map.h"

#include "core/base/map_values.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/method_map.h"

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

// What stands among the words and lies on no patch is neither seen nor counted.
void keepPicture(CanvasMap& map)
{
    const int kept = map.special + map.layout->patches();
    map.values.resize(std::size_t(kept));
    if (!map.layout->behind.isEmpty()) std::fill_n(map.values.begin(), map.special, 0.F);
}

CanvasMap rowOf(const CanvasScene& scene)
{
    const LiveRows& rows = *scene.model->rows();
    const int layer = scene.selection->heads()->layer();
    const Display display = displayFor(*scene.model, *scene.display);
    CanvasMap map;
    map.values = rows.current();
    map.isSigned = display.difference;
    map.colors = display.colors();
    map.scale = scaleFor(display, rows.layers(), layer, map.values, rows.layoutOf(layer).excluded(),
                         besidePicture(*scene.model));
    if (!scene.lookedAtPicture()) return map; // the layer reads words, or knows nothing of the chosen token
    map.layout = &rows.imageLayout();
    map.special = int(map.layout->prefix.size());
    keepPicture(map);
    if (display.scope == ScaleScope::Map) map.scale = display.scaleTo(robustHigh(map.patches()));
    map.kept = rows.reachable(layer);
    if (display.maskByMass) map.kept = bothOf(map.kept, massMask(map.patches(), display.keepMass));
    return map;
}

CanvasMap methodMapOf(const CanvasScene& scene)
{
    const verbs::TokenMap& found = scene.model->map()->shown();
    const verbs::MethodInfo* method = scene.model->map()->method();
    const TokenLayout& layout = scene.model->map()->layout();
    CanvasMap map;
    map.values = found.map.values;
    Display display = scene.display->get();
    display.difference = found.of.difference;
    map.colors = display.colors();
    map.isSigned = display.difference || (method != nullptr && method->isSigned);
    if (method != nullptr && method->isSigned && !map.values.empty()) { // the weakest patch is the lowest colour
        const auto [low, high] = std::ranges::minmax(map.values);
        map.scale = {low, high, false};
    } else {
        map.scale = display.scaleTo(robustHigh(map.values));
    }
    if (!found.map.empty() && found.map.rows() == layout.gridHeight && found.map.columns() == layout.gridWidth)
        map.layout = &layout;
    return map;
}

// Patch by patch; a special token that the other one has not gets nothing there.
void takeAway(CanvasMap& map, const CanvasMap& other, Display display)
{
    const auto own = std::size_t(map.special), theirs = std::size_t(other.special);
    for (std::size_t i = 0; i < own; ++i) {
        const auto same = other.layout->prefix.indexOf(map.layout->prefix[qsizetype(i)]);
        if (same >= 0 && std::size_t(same) < theirs) map.values[i] -= other.values[std::size_t(same)];
    }
    for (std::size_t i = own; i < map.values.size(); ++i) map.values[i] -= other.values[theirs + i - own];
    map.kept = bothOf(map.kept, other.kept);
    map.isSigned = map.isMinusOther = display.difference = true;
    map.colors = display.colors();
    map.scale = display.scaleTo(robustHigh(map.patches()));
}

bool lieOnTheSamePatches(const CanvasMap& one, const CanvasMap& other)
{
    return one.layout != nullptr && other.layout != nullptr && one.layout->gridWidth == other.layout->gridWidth &&
           one.layout->gridHeight == other.layout->gridHeight && !one.patches().empty() &&
           one.patches().size() == other.patches().size();
}

} // namespace

float CanvasMap::highest() const
{
    float high = 0;
    for (const float value : patches()) high = std::max(high, isSigned ? std::abs(value) : value);
    return high;
}

bool CanvasMap::hasMass() const
{
    return layout != nullptr && !isSigned && std::ranges::any_of(counted(), [](float value) { return value > 0; });
}

std::vector<float> CanvasMap::counted() const
{
    std::vector<float> weights(patches().begin(), patches().end());
    for (std::size_t i = 0; i < std::min(kept.size(), weights.size()); ++i)
        if (!kept[i]) weights[i] = 0;
    return weights;
}

CanvasMap mapOf(const CanvasScene& scene)
{
    CanvasMap map = scene.selection->showsRow() ? rowOf(scene) : methodMapOf(scene);
    if (scene.minus != nullptr && lieOnTheSamePatches(map, *scene.minus))
        takeAway(map, *scene.minus, scene.display->get());
    return map;
}

} // namespace headlens
