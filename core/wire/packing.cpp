// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/packing.h"

#include <cstring>
#include <memory>

namespace headlens::verbs {
namespace {

// A tensor that keeps what it is made of; `bytes` belong to `owner`.
template <class Owner>
void add(Message& message, const std::string& name, DType type, std::vector<std::int64_t> shape,
         std::shared_ptr<Owner> owner, std::span<const std::byte> bytes)
{
    message.tensors.push_back({name, type, std::move(shape), std::move(owner), bytes});
}

// The tensor of that name, or null. Throws Error(BadRequest) for another type.
const TensorBytes* find(const Message& message, const std::string& name, DType type)
{
    const TensorBytes* tensor = message.find(name);
    if (tensor != nullptr && tensor->dtype != type)
        throw Error(ErrorCode::BadRequest, "tensor \"" + name + "\"",
                    "is " + std::string(nameOf(tensor->dtype)) + " instead of " + std::string(nameOf(type)));
    return tensor;
}

template <class Number>
std::vector<Number> numbersOf(const TensorBytes& tensor)
{
    std::vector<Number> numbers(tensor.data.size() / sizeof(Number));
    if (!numbers.empty()) std::memcpy(numbers.data(), tensor.data.data(), numbers.size() * sizeof(Number));
    return numbers;
}

} // namespace

void addTensor(Message& message, const std::string& name, FloatArray values)
{
    if (values.shape.empty() && values.empty()) return;
    const auto owner = std::make_shared<std::vector<float>>(std::move(values.values));
    add(message, name, DType::F32, std::move(values.shape), owner, std::as_bytes(std::span(*owner)));
}

void addTensor(Message& message, const std::string& name, std::vector<float> values)
{
    const auto count = std::int64_t(values.size());
    if (count > 0) addTensor(message, name, FloatArray({count}, std::move(values)));
}

void addTensor(Message& message, const std::string& name, std::vector<std::uint8_t> bytes)
{
    if (bytes.empty()) return;
    const auto owner = std::make_shared<std::vector<std::uint8_t>>(std::move(bytes));
    add(message, name, DType::U8, {std::int64_t(owner->size())}, owner, std::as_bytes(std::span(*owner)));
}

void addTensor(Message& message, const std::string& name, Image8 image)
{
    if (image.empty()) return;
    const auto owner = std::make_shared<Image8>(std::move(image));
    add(message, name, DType::U8, {owner->height, owner->width, owner->channels}, owner,
        std::as_bytes(std::span(owner->pixels)));
}

void addTensor(Message& message, const std::string& name, std::vector<FloatArray> parts)
{
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].shape.empty()) parts[i].shape = {0, 0}; // its place counts
        addTensor(message, name + "." + std::to_string(i), std::move(parts[i]));
    }
}

void takeTensor(const Message& message, const std::string& name, FloatArray& values)
{
    if (const TensorBytes* tensor = find(message, name, DType::F32))
        values = {tensor->shape, numbersOf<float>(*tensor)};
}

void takeTensor(const Message& message, const std::string& name, std::vector<float>& values)
{
    if (const TensorBytes* tensor = find(message, name, DType::F32)) values = numbersOf<float>(*tensor);
}

void takeTensor(const Message& message, const std::string& name, std::vector<std::uint8_t>& bytes)
{
    if (const TensorBytes* tensor = find(message, name, DType::U8)) bytes = numbersOf<std::uint8_t>(*tensor);
}

void takeTensor(const Message& message, const std::string& name, Image8& image)
{
    const TensorBytes* tensor = find(message, name, DType::U8);
    if (tensor == nullptr) return;
    if (tensor->shape.size() != 3)
        throw Error(ErrorCode::BadRequest, "tensor \"" + name + "\"", "is no picture [height,width,channels]");
    image.height = int(tensor->shape[0]);
    image.width = int(tensor->shape[1]);
    image.channels = int(tensor->shape[2]);
    image.pixels = numbersOf<std::uint8_t>(*tensor);
}

void takeTensor(const Message& message, const std::string& name, std::vector<FloatArray>& parts)
{
    constexpr std::size_t kMost = 4096; // layers or streams
    while (parts.size() < kMost) {
        FloatArray part;
        takeTensor(message, name + "." + std::to_string(parts.size()), part);
        if (part.shape.empty()) return;
        parts.push_back(std::move(part));
    }
}

} // namespace headlens::verbs
