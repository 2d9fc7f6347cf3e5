// SPDX-License-Identifier: GPL-3.0-or-later
// Questions and answers as messages and back, tensors included. For .cpp files: it spells out JSON.
#pragma once

#include "core/base/float_array.h"
#include "core/base/image8.h"
#include "core/wire/message.h"

#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace headlens::verbs {

template <class Fields>
concept HasTensors = requires
{
    Fields::tensors();
};

// One member as tensors of a message; nothing where it is empty.
void addTensor(Message& message, const std::string& name, FloatArray values);
void addTensor(Message& message, const std::string& name, std::vector<float> values);
void addTensor(Message& message, const std::string& name, std::vector<std::uint8_t> bytes);
void addTensor(Message& message, const std::string& name, Image8 image);
void addTensor(Message& message, const std::string& name, std::vector<FloatArray> parts);

// And back; what is absent stays empty. Throws Error(BadRequest) for another number format than the member has, and for
// pictures of another rank.
void takeTensor(const Message& message, const std::string& name, FloatArray& values);
void takeTensor(const Message& message, const std::string& name, std::vector<float>& values);
void takeTensor(const Message& message, const std::string& name, std::vector<std::uint8_t>& bytes);
void takeTensor(const Message& message, const std::string& name, Image8& image);
void takeTensor(const Message& message, const std::string& name, std::vector<FloatArray>& parts);

template <class Fields>
Message pack(Fields fields)
{
    Message message;
    message.body = fields;
    if constexpr (HasTensors<Fields>)
        std::apply([&](const auto&... each) { (addTensor(message, each.name, std::move(fields.*(each.member))), ...); },
                   Fields::tensors());
    return message;
}

template <class Fields>
Fields unpack(const Message& message)
{
    auto fields = read<Fields>(message.body);
    if constexpr (HasTensors<Fields>)
        std::apply([&](const auto&... each) { (takeTensor(message, each.name, fields.*(each.member)), ...); },
                   Fields::tensors());
    return fields;
}

} // namespace headlens::verbs
