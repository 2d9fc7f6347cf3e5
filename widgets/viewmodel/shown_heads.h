// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown, in words: for captions, the status line and screen readers.
#pragma once

#include <QString>

namespace headlens {

class HeadChoice;

// "head 3", "heads 1, 4", "mean of the heads"; heads of several layers as "heads 2.1, 3.4 (layer.head)".
QString shownHeads(const HeadChoice& choice);

} // namespace headlens
