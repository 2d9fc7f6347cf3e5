// SPDX-License-Identifier: GPL-3.0-or-later
// One menu of the window. Every action is one line of a table; its text is translated again when the language changes.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QPair>
#include <QString>

#include <functional>

class QAction;
class QMainWindow;
class QMenu;

namespace headlens {

class Menu : public QObject {
    Q_OBJECT
public:
    void retranslate();

protected:
    struct Command {
        const char* text; // of the derived class (QT_TR_NOOP)
        QKeySequence key;
        std::function<void()> run;
    };
    // Stands in the menu bar behind those that were made before it.
    Menu(QMainWindow* window, const char* title);

    QAction* add(const Command& command) { return add(m_menu, command); }
    QAction* add(QMenu* menu, const Command& command);
    void add(QAction* action, const char* text); // made elsewhere, with its own key
    QMenu* submenu(const char* title);
    // A submenu of which one line is ticked; `choices` are values and their texts.
    QMenu* choice(const char* title, const QList<QPair<QString, const char*>>& choices, const QString& current,
                  const std::function<void(QString)>& chosen);
    QMenu* menu() const { return m_menu; }
    QMainWindow* window() const { return m_window; }

private:
    QMainWindow* m_window;
    QMenu* m_menu;
    QList<QPair<QAction*, const char*>> m_actions;
    QList<QPair<QMenu*, const char*>> m_menus;
};

} // namespace headlens
