// SPDX-License-Identifier: GPL-3.0-or-later
// text.<language>.md of a lesson. Private to core/lesson; bindings and links are declared in lesson.h.
#pragma once

#include "core/lesson/lesson.h"

namespace headlens {

// `path` is for messages. Throws Error(BadConfig).
LessonText readLessonText(const std::string& whole, const std::string& path, const std::string& language);

// Throws Error(BadConfig) for what a page cannot show: values and links without an end, links that lead elsewhere than
// to an address, pictures.
void requireMarks(const std::string& part, const std::string& where);

// Throws Error(BadConfig) that asks the author to correct the lesson.
[[noreturn]] void refuseLesson(const std::string& where, const std::string& why);

} // namespace headlens
