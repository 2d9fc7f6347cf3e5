// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/token_values.h"

#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/selection.h"

#include <algorithm>

namespace headlens {
namespace {

// Of a method that says something of words; others leave them their weights in the row.
bool showsMap(const InspectionModel& model)
{
    const verbs::MethodInfo* method = model.map()->method();
    return method != nullptr && (method->needsGradients || !model.map()->shown().streams.empty());
}

// Which sequence the rows of the chosen layer count; -1: there are none.
int streamOfRow(const InspectionModel& model, int layer)
{
    const AllRows& rows = model.rows()->layers();
    const auto& blocks = model.input().blocks;
    const auto at = std::size_t(layer);
    if (at >= rows.size() || at >= blocks.size() || rows[at].rows() == 0) return -1;
    return model.rows()->of().reverse ? blocks[at].queryStream : blocks[at].keyStream;
}

void takeMap(TokenValues& shown, const InspectionModel& model, int stream)
{
    const auto& streams = model.map()->shown().streams;
    if (stream < 0 || std::size_t(stream) >= streams.size()) return;
    shown.values = streams[std::size_t(stream)].values;
    shown.display.difference = false;
    shown.scale = shown.display.scaleTo(highestBeside(shown.values, shown.sinks));
}

void takeRow(TokenValues& shown, const InspectionModel& model, int layer, int stream)
{
    if (stream < 0 || streamOfRow(model, layer) != stream) return;
    shown.values = model.rows()->current();
    const verbs::Stream& text = model.input().streams[std::size_t(stream)];
    shown.isRow = true;
    if (text.gridWidth == 0) {
        shown.scale = scaleFor(shown.display, model.rows()->layers(), layer, shown.values, 0,
                               sinksOfLayers(model, shown.display));
        return;
    }
    shown.values.resize(std::min(shown.values.size(), text.tokens.size())); // words beside words, not beside patches
    shown.scale = shown.display.scaleTo(highestBeside(shown.values, {}));
}

} // namespace

TokenValues tokenValues(const InspectionModel& model, const Selection& selection, const DisplaySettings& settings,
                        int stream)
{
    TokenValues shown;
    shown.display = displayFor(model, settings);
    if (shown.display.withoutSinks) shown.sinks = sinksOf(model.input(), stream);
    if (showsMap(model))
        takeMap(shown, model, stream);
    else
        takeRow(shown, model, selection.heads()->layer(), stream);
    return shown;
}

void takeAway(TokenValues& from, const TokenValues& other)
{
    if (from.values.empty() || from.values.size() != other.values.size()) return;
    for (std::size_t i = 0; i < from.values.size(); ++i) from.values[i] -= other.values[i];
    from.isRow = false;
    from.display.difference = true;
    from.scale = from.display.scaleTo(highestBeside(from.values, from.sinks));
}

std::optional<double> shareOfSinks(const InspectionModel& model, const Selection& selection)
{
    const int stream = streamOfRow(model, selection.heads()->layer());
    const Sinks sinks = sinksOf(model.input(), stream);
    if (sinks.empty() || model.rows()->of().difference || showsMap(model)) return {};
    return shareOf(model.rows()->current(), sinks);
}

} // namespace headlens
