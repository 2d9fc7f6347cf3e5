// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line says on stderr beside its numbers: what was skipped, assumed or chosen.
#pragma once

#include <string>
#include <vector>

namespace headlens {

// "assumed: ..." a line; then one line with the number of stored tensors that are not used, and the first of them.
std::vector<std::string> remarksOn(const std::vector<std::string>& assumptions, const std::vector<std::string>& unused);

// One line on stderr, behind the name of the program.
void say(const std::string& line);

// remarksOn(), a line each.
void sayRemarks(const std::vector<std::string>& assumptions, const std::vector<std::string>& unused);

} // namespace headlens
