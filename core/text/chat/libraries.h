// SPDX-License-Identifier: GPL-3.0-or-later
// What chat templates may call: filters, tests and functions, each a row of one table.
#pragma once

#include "core/text/chat/callable.h"

namespace headlens::text::chat {

// Throw Problem for an unknown name.
const Row& filterNamed(std::string_view name);
const Row& testNamed(std::string_view name);
// nullptr for an unknown name.
std::shared_ptr<const Callable> globalFunction(std::string_view name);

// The tables, for tests and for those that put them together.
std::span<const Row> textFilters();
std::span<const Row> listFilters();
std::span<const Row> choiceFilters();
std::span<const Row> valueFilters();
std::span<const Row> tests();
std::span<const Row> functions();

} // namespace headlens::text::chat
