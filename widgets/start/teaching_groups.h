// SPDX-License-Identifier: GPL-3.0-or-later
// The models that come along, by the idea that they show.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace headlens {

// The titles in the language of the window, in the order in which they are shown; the last one is for all others.
QStringList teachingGroups();
// Index into them.
qsizetype teachingGroupOf(const QString& model);

} // namespace headlens
