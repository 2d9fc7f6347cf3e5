// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/pane_difference.h"

#include "widgets/compare/linked_place.h"
#include "widgets/viewmodel/film_source.h"
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

QString whyNotOfPatches(const LinkedSelection::End& window, const LinkedSelection::End& pane)
{
    const TokenLayout &here = patchesOf(pane), &there = patchesOf(window);
    if (here.gridWidth == there.gridWidth && here.gridHeight == there.gridHeight) return {};
    return Words::tr("This map has %1 × %2 patches and the main one %3 × %4, so they stand side by side.")
        .arg(here.gridWidth)
        .arg(here.gridHeight)
        .arg(there.gridWidth)
        .arg(there.gridHeight);
}

std::size_t wordsOf(const LinkedSelection::End& end)
{
    const int stream = streamOfWords(end.model->input());
    return stream < 0 ? 0 : end.model->input().streams[std::size_t(stream)].tokens.size();
}

} // namespace

QString whyNoDifference(const LinkedSelection::End& window, const LinkedSelection::End& pane)
{
    if (!window.model->hasInput() || !pane.model->hasInput()) return {};
    const bool here = pane.model->run().hasPicture(), there = window.model->run().hasPicture();
    if (here != there) return Words::tr("A picture and a text have no difference, so they stand side by side.");
    if (pane.model->film()->isOpen())
        return Words::tr("A pane may be a frame behind its film, so they stand side by side.");
    if (window.selection->map() != pane.selection->map())
        return Words::tr("Two different maps have no unit in common, so they stand side by side.");
    if (here) return whyNotOfPatches(window, pane);
    if (wordsOf(pane) == wordsOf(window)) return {};
    return Words::tr("This text has %1 tokens and the main one %2, so they stand side by side.")
        .arg(wordsOf(pane))
        .arg(wordsOf(window));
}

} // namespace headlens
