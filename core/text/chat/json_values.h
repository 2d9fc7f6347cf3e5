// SPDX-License-Identifier: GPL-3.0-or-later
// JSON into values of a template.
#pragma once

#include "core/text/chat/value.h"
#include "core/wire/ordered_json.h"

namespace headlens::text::chat {

// Throws Problem for whole numbers beyond 64 bits and for what is nested deeper than deepestValue.
Value valueOf(const OrderedJson& json);

} // namespace headlens::text::chat
