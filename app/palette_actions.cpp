// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_names.h"
#include "app/palette_sources.h"
#include "widgets/common/mnemonics.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>

namespace headlens {
namespace {

// The menus above an action.
struct Path {
    QString shown, other; // "File › Export", in the language of the window and in the other ones
    QString id;
};

class ActionWalk {
public:
    ActionWalk(const QSet<QAction*>& leftOut, const BothLanguages& languages)
        : m_leftOut(leftOut), m_languages(languages)
    {
    }
    void add(QAction* action, const Path& path)
    {
        if (QMenu* menu = action->menu()) {
            Q_EMIT menu->aboutToShow(); // recent files, embedded models, lessons
            const Path inner = within(path, action);
            for (QAction* one : menu->actions()) add(one, inner);
        } else if (isOffered(action)) {
            (thingOf(action).id.isEmpty() ? m_commands : m_things).append(entryOf(action, path));
        }
    }
    QList<PaletteEntry> entries() const { return m_commands + m_things; } // of models and lessons there are many

private:
    // What is grey and stands for nothing is a remark: "Nothing yet".
    bool isOffered(QAction* action) const
    {
        const bool isRemark = !action->isEnabled() && sourceText(action).isEmpty() && thingOf(action).id.isEmpty();
        return action->isVisible() && !action->isSeparator() && !m_leftOut.contains(action) && !isRemark;
    }
    BothLanguages::Text textOf(const QAction* action) const
    {
        const SourceText source = sourceText(action);
        if (source.isEmpty()) return {withoutMnemonic(action->text()).section(QLatin1Char('\t'), 0, 0), {}};
        return m_languages.of(source.context.constData(), source.text.constData());
    }
    Path within(const Path& path, const QAction* menu) const
    {
        const auto below = [](const QString& above, const QString& name) {
            return above.isEmpty() ? name : above + QStringLiteral(" › ") + name;
        };
        const BothLanguages::Text text = textOf(menu);
        return {below(path.shown, text.shown), below(path.other, text.others.join(QLatin1Char(' '))),
                path.id + QString::fromUtf8(sourceText(menu).text) + QLatin1Char('/')};
    }
    PaletteEntry entryOf(QAction* action, const Path& path) const
    {
        const BothLanguages::Text text = textOf(action);
        const ThingNames thing = thingOf(action);
        const SourceText source = sourceText(action);
        PaletteEntry entry;
        entry.id = path.id + (!thing.id.isEmpty() ? thing.id
                              : !source.isEmpty() ? QString::fromUtf8(source.text)
                                                  : text.shown);
        entry.name = thing.name.isEmpty() ? text.shown : thing.name;
        entry.others = text.others + thing.others;
        if (!thing.name.isEmpty()) entry.others << text.shown; // the path of a file
        entry.others += otherWordsOf(source.text, m_languages);
        entry.detail = thing.detail;
        entry.group = path.shown;
        entry.otherGroup = path.other;
        entry.keys = QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText);
        if (action->isCheckable()) entry.tick = action->isChecked() ? Tick::On : Tick::Off;
        entry.isEnabled = action->isEnabled();
        entry.run = [pointer = QPointer(action)] { // menus may have been filled anew
            if (pointer != nullptr) pointer->trigger();
        };
        return entry;
    }

    const QSet<QAction*>& m_leftOut;
    const BothLanguages& m_languages;
    QList<PaletteEntry> m_commands, m_things;
};

} // namespace

QList<PaletteEntry> actionEntries(const QMenuBar& menus, const QSet<QAction*>& leftOut, const BothLanguages& languages)
{
    ActionWalk walk(leftOut, languages);
    for (QAction* menu : menus.actions()) walk.add(menu, {});
    return walk.entries();
}

} // namespace headlens
