// SPDX-License-Identifier: GPL-3.0-or-later
// The call of headlens-cli that makes the same figure as the window's export.
#pragma once

#include "core/wire/verbs_export.h"
#include "widgets/viewmodel/work_state.h"

#include <QString>
#include <QStringList>

namespace headlens {

struct CliFigure {
    verbs::Export look;                  // with what and format
    QString precision;                   // of the model
    QString over;                        // verbs::MethodInfo::over; head for rows and matrices
    bool reads = false;                  // the model reads text
    QString baselineImage, baselineText; // of the run that is held, for patches
    QString out = QStringLiteral("figures");
};

// Words after the program's name.
QStringList cliArguments(const WorkState& state, const CliFigure& figure);

// One line for a POSIX shell, the program's name first.
QString shellLine(const QStringList& words);

} // namespace headlens
