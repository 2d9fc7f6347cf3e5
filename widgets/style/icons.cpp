// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/icons.h"

namespace headlens {

QIcon icon(Icon)
{
    return {};
}

} // namespace headlens
