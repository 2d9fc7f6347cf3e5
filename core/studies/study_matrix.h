// SPDX-License-Identifier: GPL-3.0-or-later
// One matrix out of the parts of a result, as the row of its method says (Drawn of core/attribution/method.h).
#pragma once

#include "core/attribution/method.h"
#include "core/wire/verbs_study.h"

#include <optional>

namespace headlens {

struct MadeMatrix {
    verbs::StudyMatrix said;
    at::Tensor numbers; // [rows,columns] double on the CPU
};

// Nothing where the result lacks its parts. Throws Error(BadRequest) for more cells than anybody looks at.
std::optional<MadeMatrix> matrixOf(const Drawn& drawn, const Method& method, const MethodResult& result,
                                   const Run& run);

} // namespace headlens
