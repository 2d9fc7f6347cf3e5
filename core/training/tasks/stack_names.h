// SPDX-License-Identifier: GPL-3.0-or-later
// The names under which trained stacks are stored: the other way round of core/checkpoint/layout_tables_text.cpp.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <utility>
#include <vector>

namespace headlens {

// Replaces the first of `pairs` whose left side occurs in `name`, once each, in order.
std::string renamedBy(std::string name, const std::vector<std::pair<std::string, std::string>>& pairs);

std::string marianName(const std::string& canonical); // "encoder.layer.0.self.query.weight" -> "model.encoder...."
std::string clipTextName(const std::string& canonical);
std::string clipVisionName(const std::string& canonical); // of a ViT, without "vision."

// How text networks begin: matrices by the width they read, so that sums keep their size. Undefined for vectors.
at::Tensor byFanIn(const std::vector<std::int64_t>& shape);

} // namespace headlens
