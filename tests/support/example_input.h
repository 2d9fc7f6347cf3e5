// SPDX-License-Identifier: GPL-3.0-or-later
// What an embedded model may begin with: its own example, beside a picture where it looks at one.
#pragma once

#include "core/session/session.h"
#include "core/wire/verbs_input.h"

#include <cstddef>
#include <span>
#include <string>

namespace headlens::test {

inline void openExample(Session& session, const std::string& model, std::span<const std::byte> picture)
{
    session.openModel({model, "cpu", {}});
    verbs::SetInput input;
    input.text = session.model().text.example;
    input.chat = !session.model().text.chat.empty();
    input.candidates = session.model().text.exampleCandidates;
    session.setInput(input, session.model().takesPictures ? picture : std::span<const std::byte>());
}

} // namespace headlens::test
