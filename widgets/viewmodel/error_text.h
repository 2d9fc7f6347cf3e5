// SPDX-License-Identifier: GPL-3.0-or-later
// One translated sentence for a failure: what happened, why, what to do.
#pragma once

#include "core/wire/verbs.h"

#include <QString>

namespace headlens {

QString errorText(const verbs::Failure& failure);

} // namespace headlens
