// SPDX-License-Identifier: GPL-3.0-or-later
// The lessons in one line each: title, how many steps, how far the learner came. Part of the start page, and a view of
// its own where no lesson is open.
#pragma once

#include "widgets/start/section.h"

namespace headlens {

class LessonList final : public Section {
    Q_OBJECT
public:
    explicit LessonList(QWidget* parent = nullptr);

    void setLessons(const QList<GalleryLesson>& lessons);

Q_SIGNALS:
    void chosen(const QString& folder);

protected:
    void retranslate() override;

private:
    QList<GalleryLesson> m_lessons;
};

} // namespace headlens
