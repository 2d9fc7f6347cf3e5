// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/lesson_list.h"

namespace headlens {

LessonList::LessonList(QWidget* parent) : Section(1.2, parent)
{
    hide(); // until there are any
    connect(list(), &RowList::chosen, this, [this](int row) { Q_EMIT chosen(QString(m_lessons[row].folder)); });
    retranslate();
}

void LessonList::setLessons(const QList<GalleryLesson>& lessons)
{
    m_lessons = lessons;
    retranslate();
    setVisible(!list()->shown().isEmpty());
}

void LessonList::retranslate()
{
    setTitle(tr("Lessons"));
    QList<RowContent> rows;
    for (const GalleryLesson& lesson : m_lessons) {
        RowContent row;
        row.icon = Icon::Learn;
        row.name = lesson.title;
        if (lesson.steps > 0 && lesson.reached >= lesson.steps)
            row.about = tr("%1 steps · done").arg(lesson.steps);
        else if (lesson.reached > 0)
            row.about = tr("step %1 of %2").arg(lesson.reached).arg(lesson.steps);
        else if (lesson.steps > 0)
            row.about = tr("%1 steps").arg(lesson.steps);
        row.tip = lesson.summary;
        row.alsoFoundBy = lesson.titles.join(QLatin1Char('\n'));
        rows << row;
    }
    list()->setRows(rows);
}

} // namespace headlens
