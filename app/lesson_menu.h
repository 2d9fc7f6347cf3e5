// SPDX-License-Identifier: GPL-3.0-or-later
// Lessons: those that come along, by title in the language of the window; then one of the teacher's own.
#pragma once

#include "app/menu.h"

namespace headlens {

class LessonActions;

class LessonMenu : public Menu {
    Q_OBJECT
public:
    LessonMenu(QMainWindow* window, LessonActions* lessons);

private:
    void fill();
    void choose();

    LessonActions* m_lessons;
};

} // namespace headlens
