// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/tool_menu.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QEvent>
#include <QWidgetAction>

#include <utility>

namespace headlens {

ToolMenu::ToolMenu(const char* title, QWidget* parent) : QMenu(parent), m_titles{{this, title}}
{
    setToolTipsVisible(true);
    connect(this, &QMenu::aboutToShow, this, &ToolMenu::refresh);
}

QAction* ToolMenu::add(QMenu* menu, Line line, QActionGroup* oneOf)
{
    QAction* action = menu->addAction(QString());
    action->setCheckable(bool(line.isOn));
    if (oneOf != nullptr) oneOf->addAction(action);
    connect(action, &QAction::triggered, this, [this, choose = line.choose] {
        choose();
        refresh();
    });
    m_lines.push_back({action, std::move(line)});
    return action;
}

QMenu* ToolMenu::addPart(const char* title)
{
    QMenu* part = addMenu(QString());
    part->setToolTipsVisible(true);
    m_titles.emplace_back(part, title);
    return part;
}

void ToolMenu::addPart(QWidget* widget)
{
    auto* action = new QWidgetAction(this);
    action->setDefaultWidget(widget);
    addAction(action);
}

QString ToolMenu::translated(const char* text) const
{
    return QCoreApplication::translate(metaObject()->className(), text);
}

void ToolMenu::refresh()
{
    for (const auto& [action, line] : m_lines) {
        if (line.isOn) action->setChecked(line.isOn());
        if (line.isOffered) action->setVisible(line.isOffered());
    }
    follow();
}

void ToolMenu::retranslate()
{
    for (const auto& [menu, title] : m_titles) menu->setTitle(translated(title));
    for (const auto& [action, line] : m_lines) {
        action->setText(translated(line.text));
        action->setToolTip(line.tip == nullptr ? QString() : translated(line.tip));
    }
}

void ToolMenu::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        refresh();
    }
    QMenu::changeEvent(event);
}

} // namespace headlens
