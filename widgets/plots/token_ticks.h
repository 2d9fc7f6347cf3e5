// SPDX-License-Identifier: GPL-3.0-or-later
// Labels of an axis that counts tokens.
#pragma once

#include <QStringList>

class QCPAxis;

namespace headlens {

// The words of a text as long as there is room for every one that is seen, numbers otherwise. For beforeReplot: what
// was zoomed or made larger may have room now.
void labelTokens(QCPAxis& axis, const QStringList& words);

} // namespace headlens
