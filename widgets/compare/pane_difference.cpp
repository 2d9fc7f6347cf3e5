// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/pane_difference.h"

#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"

#include <QCoreApplication>

namespace headlens {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PaneDifference)
};

const TokenLayout& patchesOf(const LinkedSelection::End& end)
{
    return end.selection->showsRow() ? end.model->rows()->imageLayout() : end.model->map()->layout();
}

} // namespace

QString whyNoDifference(const LinkedSelection::End& window, const LinkedSelection::End& pane)
{
    if (!window.model->hasInput() || !pane.model->hasInput()) return {};
    if (!window.model->run().hasPicture() || !pane.model->run().hasPicture())
        return Words::tr("Differences are told of maps over pictures; texts stand side by side.");
    if (window.selection->map() != pane.selection->map())
        return Words::tr("Two different maps have no unit in common, so they stand side by side.");
    const TokenLayout &here = patchesOf(pane), &there = patchesOf(window);
    if (here.gridWidth == there.gridWidth && here.gridHeight == there.gridHeight) return {};
    return Words::tr("This map has %1 × %2 patches and the main one %3 × %4, so they stand side by side.")
        .arg(here.gridWidth)
        .arg(here.gridHeight)
        .arg(there.gridWidth)
        .arg(there.gridHeight);
}

} // namespace headlens
