// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lesson_menu.h"

#include "app/lesson_actions.h"
#include "app/lessons_along.h"

#include <QAction>
#include <QFileDialog>
#include <QMainWindow>
#include <QMenu>

namespace headlens {

LessonMenu::LessonMenu(QMainWindow* window, LessonActions* lessons)
    : Menu(window, QT_TR_NOOP("L&essons")), m_lessons(lessons)
{
    connect(menu(), &QMenu::aboutToShow, this, &LessonMenu::fill);
    fill(); // the menu bar shows no empty menus on some desktops
}

void LessonMenu::fill()
{
    menu()->clear();
    for (const GalleryLesson& lesson : lessonsAlong())
        connect(menu()->addAction(lesson.title), &QAction::triggered, this,
                [this, folder = lesson.folder] { m_lessons->open(folder); });
    menu()->addSeparator();
    connect(menu()->addAction(tr("Open a lesson folder…")), &QAction::triggered, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(window(), tr("Open a lesson folder"));
        if (!folder.isEmpty()) m_lessons->open(folder);
    });
}

} // namespace headlens
