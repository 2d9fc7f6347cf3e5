// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette_sources.h"
#include "app/start_screen.h"
#include "app/view_docks.h"
#include "app/view_names.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/views.h"

#include <QAction>
#include <QCoreApplication>
#include <QDockWidget>

#include <algorithm>

namespace headlens {
namespace {

// Parts of views as their tabs name them; others by the name of --show.
struct PartTitle {
    const char *part, *context, *title;
};
constexpr PartTitle kPartTitles[] = {
    {"mask", "headlens::WindowsPanel", "Mask"},         {"bias", "headlens::WindowsPanel", "Bias"},
    {"stages", "headlens::WindowsPanel", "Stages"},     {"ranking", "headlens::FaithfulnessView", "Ranking"},
    {"method", "headlens::FaithfulnessView", "Method"}, {"sanity", "headlens::FaithfulnessView", "Sanity"},
};

BothLanguages::Text titleOf(const char* part, const BothLanguages& languages)
{
    const auto known = std::ranges::find_if(
        kPartTitles, [part](const PartTitle& one) { return QLatin1String(one.part) == QLatin1String(part); });
    if (known == std::end(kPartTitles)) return {QString::fromLatin1(part), {}};
    return languages.of(known->context, known->title);
}

PaletteEntry showing(const PaletteParts& in, const char* id, const BothLanguages::Text& name)
{
    PaletteEntry entry;
    entry.id = QStringLiteral("view/") + QLatin1String(id);
    entry.name = name.shown;
    entry.others = name.others + QStringList{QString::fromLatin1(id)};
    entry.group = paletteText(QT_TRANSLATE_NOOP("Palette", "View"));
    entry.run = [in, id] {
        in.start->leave();
        in.viewNames->show(QString::fromLatin1(id));
    };
    return entry;
}

PaletteEntry hiding(const View& view, QAction* toggle, const BothLanguages& languages)
{
    const auto name = BothLanguages::labelled(languages.of("Palette", QT_TRANSLATE_NOOP("Palette", "Hide")),
                                              languages.of("Views", view.title));
    PaletteEntry entry;
    entry.id = QStringLiteral("hide/") + QLatin1String(view.id);
    entry.name = name.shown;
    entry.others = name.others;
    entry.group = paletteText(QT_TRANSLATE_NOOP("Palette", "View"));
    entry.run = [toggle] { toggle->trigger(); };
    return entry;
}

PaletteEntry mapEntry(const PaletteParts& in, const QString& id, const BothLanguages::Text& name)
{
    PaletteEntry entry;
    entry.id = QStringLiteral("map/") + id;
    entry.name = name.shown;
    entry.others = name.others + QStringList{id};
    entry.group = paletteText(QT_TRANSLATE_NOOP("Palette", "Map"));
    entry.tick = in.selection->map() == id ? Tick::On : Tick::Off;
    entry.run = [in, id] {
        in.start->leave();
        in.viewNames->show(id);
    };
    return entry;
}

} // namespace

QList<PaletteEntry> viewEntries(const PaletteParts& in, const BothLanguages& languages)
{
    QList<PaletteEntry> entries, hide;
    for (const View& view : views()) {
        const BothLanguages::Text title = languages.of("Views", view.title);
        entries.append(showing(in, view.id, title));
        for (const char* part : view.parts)
            entries.append(showing(in, part, BothLanguages::labelled(title, titleOf(part, languages))));
        QDockWidget* dock = in.docks->dock(QString::fromLatin1(view.id));
        if (!dock->isHidden()) hide.append(hiding(view, dock->toggleViewAction(), languages));
    }
    for (PaletteEntry& entry : entries)
        entry.otherGroup = languages.of("Palette", "View").others.join(QLatin1Char(' '));
    return entries + hide;
}

QList<PaletteEntry> mapEntries(const PaletteParts& in, const BothLanguages& languages)
{
    QList<PaletteEntry> entries{mapEntry(in, kRowMap, languages.of("headlens::ControlsPanel", "row of the token"))};
    for (const verbs::MethodInfo& method : in.model->model().methods) {
        entries.append(mapEntry(in, QString::fromStdString(method.id), languages.of("Methods", method.title.c_str())));
        entries.last().isEnabled = method.refusal.empty();
        if (!method.refusal.empty()) entries.last().refusal = languages.of("Methods", method.refusal.c_str()).shown;
    }
    for (PaletteEntry& entry : entries) entry.otherGroup = languages.of("Palette", "Map").others.join(QLatin1Char(' '));
    return entries;
}

QString paletteText(const char* source)
{
    return QCoreApplication::translate("Palette", source);
}

} // namespace headlens
