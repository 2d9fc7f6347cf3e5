// SPDX-License-Identifier: GPL-3.0-or-later
// The window's own command line.
#pragma once

#include "core/wire/verbs_input.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace headlens {

struct CommandLine {
    QString model = QStringLiteral("emoji-vit"), text, engine, screenshot, fit, show, lesson, language, theme, settings;
    QString figure, out; // makes a figure instead of a window
    QStringList pictures;
    std::optional<int> layer, head, query, stream, step, write, dpi;
    std::optional<int> target, second;  // the class that is explained, and the one beside it on the sheet of methods
    std::vector<verbs::Change> changes; // interventions
    bool reverse = false;
    bool saysWhat = false; // anything is to be opened or looked at: no start page
    QSize size;
    QString problem; // not empty: what is wrong with the command line
};

// `arguments` with the program's name first. --help and --version print and end the program.
CommandLine parseCommandLine(const QStringList& arguments);

} // namespace headlens
