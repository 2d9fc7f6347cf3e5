// SPDX-License-Identifier: GPL-3.0-or-later
// Puts engine, settings and window together; a run of the window or a screenshot.
#pragma once

#include "app/command_line.h"

namespace headlens {

// The platform must be chosen before QApplication exists: without a display everything is rendered offscreen.
void choosePlatform(bool screenshotWanted);

// Runs the program to its end. Exit status: 0 done, 1 the input is at fault, 2 the command line.
int runApplication(int argc, char** argv);

} // namespace headlens
