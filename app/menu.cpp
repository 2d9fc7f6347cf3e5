// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/menu.h"

#include "app/action_names.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace headlens {
namespace {

// A menu shows the first of several shortcuts only.
QString withKeys(const QString& text, const QList<QKeySequence>& keys)
{
    if (keys.size() < 2) return text;
    return text + QLatin1Char('\t') + QKeySequence::listToString(keys, QKeySequence::NativeText);
}

} // namespace

Menu::Menu(QMainWindow* window, const char* title)
    : QObject(window), m_window(window), m_menu(window->menuBar()->addMenu(QString())), m_menus{{m_menu, title}}
{
}

QAction* Menu::add(QMenu* menu, const Command& command)
{
    auto* action = menu->addAction(QString());
    action->setShortcut(command.key);
    connect(action, &QAction::triggered, this, command.run);
    m_window->addAction(action); // the key works while the menu bar is hidden
    m_actions.append({action, command.text});
    return action;
}

void Menu::add(QAction* action, const char* text)
{
    m_menu->addAction(action);
    m_window->addAction(action);
    m_actions.append({action, text});
}

QMenu* Menu::submenu(const char* title)
{
    QMenu* made = m_menu->addMenu(QString());
    m_menus.append({made, title});
    return made;
}

QMenu* Menu::choice(const char* title, const QList<QPair<QString, const char*>>& choices, const QString& current,
                    const std::function<void(QString)>& chosen)
{
    QMenu* lines = submenu(title);
    auto* group = new QActionGroup(this);
    for (const auto& [value, text] : choices) {
        QAction* action = add(lines, {text, {}, [chosen, value = value] { chosen(value); }});
        action->setCheckable(true);
        action->setChecked(value == current);
        group->addAction(action);
    }
    return lines;
}

void Menu::retranslate()
{
    const char* context = metaObject()->className();
    const auto translated = [context](const char* text) { return QCoreApplication::translate(context, text); };
    for (const auto& [action, text] : m_actions) {
        action->setText(withKeys(translated(text), action->shortcuts()));
        setSourceText(action, context, text);
    }
    for (const auto& [menu, text] : m_menus) {
        menu->setTitle(translated(text));
        setSourceText(menu->menuAction(), context, text);
    }
}

} // namespace headlens
