// SPDX-License-Identifier: GPL-3.0-or-later
// A question to the engine and its answer, declared once: the window asks with it, the engine's table answers it.
#pragma once

#include "core/wire/wire_type.h"

#include <tuple>

namespace headlens::verbs {

template <class Ask, class Answer>
struct Question {
    const char* verb;
};

// What a question brings, or an answer holds, where the verb says it all.
struct Nothing {};
HEADLENS_WIRE_TYPE(Nothing)

// A member of an answer that travels as a tensor beside the JSON body. Where nothing is there, none is sent.
template <class Struct, class Member>
struct TensorField {
    const char* name;
    Member Struct::*member;
};
template <class Struct, class Member>
TensorField(const char*, Member Struct::*) -> TensorField<Struct, Member>; // Clang 14 asks for it

} // namespace headlens::verbs

// Names the members of a struct that travel as tensors, in its body: FloatArray, std::vector<float> ([n]), Image8
// ([height,width,channels]) and std::vector<std::uint8_t> ([n]); of std::vector<FloatArray> the i-th as "name.i".
#define HEADLENS_WIRE_TENSORS(...)                                                                                     \
    static constexpr auto tensors()                                                                                    \
    {                                                                                                                  \
        return std::tuple{__VA_ARGS__};                                                                                \
    }
