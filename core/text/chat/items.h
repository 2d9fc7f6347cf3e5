// SPDX-License-Identifier: GPL-3.0-or-later
// What lies in a value: a.b, a[b], a[b:c], and what {% for %} walks over.
#pragma once

#include "core/text/chat/callable.h"

namespace headlens::text::chat {

// a.b: what Python calls so first (a method), then the item of that name. a[b]: the other way round.
Value attribute(Run& run, const Value& object, const Value& name);
Value item(Run& run, const Value& object, const Value& key);

// begin, end and step may be none.
Value slice(Run& run, const Value& object, const Value& begin, const Value& end, const Value& step);

// What a loop goes through: items of a list, keys of a mapping, characters of a text. Throws Problem for the rest.
ListPtr itemsOf(Run& run, const Value& value);
// nothing for what has no length.
std::optional<std::size_t> lengthOf(const Value& value);

// The lists of methods, by the type of the object.
std::span<const Row> methodsOf(const Value& object);
std::span<const Row> textMethods();

} // namespace headlens::text::chat
