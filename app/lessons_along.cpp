// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lessons_along.h"

#include "core/base/error.h"
#include "core/base/resources.h"
#include "core/lesson/lesson.h"

#include <QFileInfo>
#include <QLocale>

namespace headlens {
namespace {

QStringList titlesOf(const Lesson& lesson)
{
    QStringList titles;
    for (const LessonText& text : lesson.texts) titles << QString::fromStdString(text.title);
    return titles;
}

} // namespace

std::string lessonLanguage()
{
    return QLocale().language() == QLocale::Chinese ? "zh_CN" : "en"; // as Language has set it
}

QList<GalleryLesson> lessonsAlong()
{
    QList<GalleryLesson> all;
    for (const std::string& folder : lessonFolders(resourceFolder() + "/lessons")) {
        try {
            const Lesson lesson = readLesson(folder);
            const LessonText& text = lesson.textFor(lessonLanguage());
            all.append({QString::fromStdString(folder), QString::fromStdString(text.title),
                        QString::fromStdString(text.summary), titlesOf(lesson), int(lesson.steps.size())});
        } catch (const Error&) { // opening it from the command line says what is wrong with it
        }
    }
    return all;
}

GalleryLesson lessonAfter(const QString& folder)
{
    const QList<GalleryLesson> all = lessonsAlong();
    const QString canonical = QFileInfo(folder).canonicalFilePath();
    for (qsizetype i = 0; i + 1 < all.size(); ++i)
        if (QFileInfo(all[i].folder).canonicalFilePath() == canonical) return all[i + 1];
    return {};
}

} // namespace headlens
