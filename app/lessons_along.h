// SPDX-License-Identifier: GPL-3.0-or-later
// The lessons that come along with HeadLens.
#pragma once

#include "widgets/start/gallery.h"

#include <string>

namespace headlens {

std::string lessonLanguage(); // "en" or "zh_CN", as the window speaks
// In their order, titles in this language.
QList<GalleryLesson> lessonsAlong();
// Empty after the last one and after a lesson of the teacher's own.
GalleryLesson lessonAfter(const QString& folder);

} // namespace headlens
