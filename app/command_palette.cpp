// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_palette.h"

#include "app/app_settings.h"
#include "app/view_docks.h"
#include "widgets/palette/palette_popup.h"

#include <QAction>
#include <QMainWindow>
#include <QMenuBar>
#include <QTimer>

#include <algorithm>

namespace headlens {
namespace {

const QString kUsed = QStringLiteral("commands"); // their kind in the settings
constexpr qsizetype kMostUsed = 30;

} // namespace

CommandPalette::CommandPalette(QMainWindow* window, AppSettings* settings, const PaletteParts& parts)
    : QObject(window), m_window(window), m_settings(settings), m_parts(parts), m_action(new QAction(this)),
      m_popup(new PalettePopup(window))
{
    m_action->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)});
    m_popup->setKeys(m_action->shortcuts());
    connect(m_action, &QAction::triggered, this, &CommandPalette::toggle);
    connect(m_popup, &PalettePopup::chosen, this, &CommandPalette::run);
}

QList<PaletteEntry> CommandPalette::entries() const
{
    QSet<QAction*> leftOut{m_action};
    for (QAction* toggle : m_parts.docks->toggles()) leftOut.insert(toggle); // views are entries of their own
    QList<PaletteEntry> all = actionEntries(*m_window->menuBar(), leftOut, m_languages);
    for (const auto source : {viewEntries, mapEntries, settingEntries, switchEntries, headOrderEntries, ablationEntries,
                              answerEntries, tokenEntries, wordEntries})
        all += source(m_parts, m_languages);
    addUsedPlaces(all);
    return all;
}

// Settings may hold anything: what is no id of an entry finds none.
QStringList CommandPalette::used() const
{
    return m_settings->recent(kUsed).mid(0, kMostUsed);
}

// Heads and patches are no entries by themselves: those that were used are.
void CommandPalette::addUsedPlaces(QList<PaletteEntry>& entries) const
{
    for (const QString& id : used())
        if (std::ranges::find(entries, id, &PaletteEntry::id) == entries.end())
            if (const auto place = placeOfId(m_parts, id)) entries.append(*place);
}

void CommandPalette::toggle()
{
    if (m_popup->isOpen()) return m_popup->close();
    m_popup->open(PaletteIndex(entries(), used()), [this](const QString& typed) {
        const PaletteAnswer place = placeAnswer(m_parts, typed);
        const bool isNone = place.entries.isEmpty() && place.sentence.isEmpty();
        return isNone ? wordAnswer(typed, m_languages) : place;
    });
}

void CommandPalette::run(const PaletteEntry& entry)
{
    if (!entry.id.isEmpty()) m_settings->addRecent(kUsed, entry.id, kMostUsed);
    QTimer::singleShot(0, this, entry.run); // a dialog must not run within a key press
}

} // namespace headlens
