// SPDX-License-Identifier: GPL-3.0-or-later
// The engine behind the window: frames on stdin and stdout.
#pragma once

namespace headlens {

// Answers requests until stdin ends. From then on stdout belongs to the frames: what a library prints there goes to
// stderr.
void serve();

} // namespace headlens
