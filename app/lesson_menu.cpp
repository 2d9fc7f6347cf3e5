// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lesson_menu.h"

#include "app/action_names.h"
#include "app/lesson_actions.h"
#include "app/lessons_along.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
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
    for (const GalleryLesson& lesson : lessonsAlong()) {
        QAction* action =
            menu()->addAction(lesson.title, this, [this, folder = lesson.folder] { m_lessons->open(folder); });
        setThing(action, {QFileInfo(lesson.folder).fileName(), {}, {}, lesson.titles});
    }
    menu()->addSeparator();
    QAction* own = menu()->addAction(tr("Open a lesson folder…"), this, &LessonMenu::choose);
    setSourceText(own, staticMetaObject.className(), "Open a lesson folder…");
}

void LessonMenu::choose()
{
    const QString folder = QFileDialog::getExistingDirectory(window(), tr("Open a lesson folder"));
    if (!folder.isEmpty()) m_lessons->open(folder);
}

} // namespace headlens
