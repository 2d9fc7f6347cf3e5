// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette_sources.h"
#include "app/start_screen.h"
#include "app/view_docks.h"
#include "app/view_names.h"
#include "widgets/heads/head_order.h"
#include "widgets/heads/heads_view.h"

#include <QCoreApplication>
#include <QDockWidget>

namespace headlens {

// The grid is brought to the front: who sorts the heads wants to see them.
QList<PaletteEntry> headOrderEntries(const PaletteParts& in, const BothLanguages& languages)
{
    QList<PaletteEntry> entries;
    const QDockWidget* dock = in.docks->dock(QStringLiteral("heads"));
    auto* view = dock == nullptr ? nullptr : dock->findChild<HeadsView*>();
    if (view == nullptr) return entries;
    const auto sortBy = languages.of("Palette", QT_TRANSLATE_NOOP("Palette", "Sort heads"));
    for (const HeadSortRow& row : headSorts()) {
        BothLanguages::Text by = languages.of("HeadOrder", row.text);
        if (const QString shown = view->order()->text(row.sort); shown != by.shown) { // "share on CLS"
            by.others.prepend(by.shown);
            by.shown = shown;
        }
        const BothLanguages::Text name = BothLanguages::labelled(sortBy, by);
        PaletteEntry entry;
        entry.id = QStringLiteral("heads/") + QLatin1String(row.id);
        entry.name = name.shown;
        entry.others = name.others;
        entry.group = languages.of("Views", "Heads").shown;
        entry.tick = row.sort == view->order()->sort() ? Tick::On : Tick::Off;
        entry.run = [in, view, sort = row.sort] {
            in.start->leave();
            in.viewNames->show(QStringLiteral("heads"));
            view->order()->setSort(sort);
        };
        entries.append(entry);
    }
    return entries;
}

} // namespace headlens
