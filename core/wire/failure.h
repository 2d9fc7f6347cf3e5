// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/wire/verbs.h"

namespace headlens {

// As it goes over the wire; the window says it in its own language.
inline verbs::Failure failureOf(const Error& error)
{
    return {std::string(nameOf(error.code())), error.subject(), error.why(), error.remedy()};
}

} // namespace headlens
