// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of preprocessing, which the engine says in English, in the language of the window.
#pragma once

#include <QString>

namespace headlens {

QString preprocessWords(const QString& line); // one that is not known stays as it is

} // namespace headlens
