// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensors/bridge.h"

#include "core/base/error.h"
#include "core/kernels/number_formats.h"
#include "core/tensors/runtime.h"

#include <ATen/ATen.h>

#include <cstring>
#include <new>
#include <optional>

namespace headlens {
namespace {

std::optional<at::ScalarType> scalarTypeOf(DType dtype)
{
    switch (dtype) {
    case DType::Bool: return at::kBool;
    case DType::U8: return at::kByte;
    case DType::I8: return at::kChar;
    case DType::I16: return at::kShort;
    case DType::I32: return at::kInt;
    case DType::I64: return at::kLong;
    case DType::F16: return at::kHalf;
    case DType::BF16: return at::kBFloat16;
    case DType::F32: return at::kFloat;
    case DType::F64: return at::kDouble;
    default: return std::nullopt;
    }
}

DType dtypeOf(at::ScalarType type)
{
    switch (type) {
    case at::kBool: return DType::Bool;
    case at::kByte: return DType::U8;
    case at::kChar: return DType::I8;
    case at::kShort: return DType::I16;
    case at::kInt: return DType::I32;
    case at::kLong: return DType::I64;
    case at::kHalf: return DType::F16;
    case at::kBFloat16: return DType::BF16;
    case at::kDouble: return DType::F64;
    default: return DType::F32;
    }
}

} // namespace

TensorBytes toBytes(std::string name, const at::Tensor& tensor, bool keepType)
{
    at::Tensor plain = tensor.detach();
    if (!keepType && plain.is_floating_point()) plain = plain.to(at::kFloat);
    plain = plain.to(at::kCPU).contiguous();
    auto owner = std::make_shared<at::Tensor>(plain);
    const auto* data = static_cast<const std::byte*>(plain.data_ptr());
    const std::size_t bytes = std::size_t(plain.numel()) * std::size_t(plain.element_size());
    return {std::move(name), dtypeOf(plain.scalar_type()), plain.sizes().vec(), owner, {data, bytes}};
}

at::Tensor fromBytes(std::span<const std::byte> data, DType dtype, const std::vector<std::int64_t>& shape,
                     const std::string& name)
{
    const auto type = scalarTypeOf(dtype);
    if (!type)
        throw Error(ErrorCode::BadWeights, name,
                    "is stored as " + std::string(nameOf(dtype)) + ", which cannot be computed with",
                    "convert the file to F32, F16 or BF16");
    at::Tensor tensor = at::empty(shape, at::TensorOptions().dtype(*type));
    if (std::size_t(tensor.numel()) * std::size_t(tensor.element_size()) != data.size())
        throw Error(ErrorCode::BadWeights, name, "has bytes that do not fit its shape");
    if (!data.empty()) std::memcpy(tensor.data_ptr(), data.data(), data.size());
    return tensor;
}

bool canWiden(DType dtype)
{
    return dtype == DType::F16 || dtype == DType::BF16 || dtype == DType::F32;
}

void widen(std::span<const std::byte> data, DType dtype, float* floats)
{
    const auto halves = std::int64_t(data.size() / sizeof(std::uint16_t));
    switch (dtype) {
    case DType::F16: return widenFloat16(data.data(), halves, floats);
    case DType::BF16: return widenBFloat16(data.data(), halves, floats);
    default: std::memcpy(floats, data.data(), data.size());
    }
}

at::Tensor emptyFloats(const std::vector<std::int64_t>& shape)
{
    at::Tensor tensor = at::empty(shape, at::kFloat);
    askForLargePages(tensor.data_ptr(), tensor.nbytes());
    return tensor;
}

at::Tensor floatsFromBytes(std::span<const std::byte> data, DType dtype, const std::vector<std::int64_t>& shape,
                           const std::string& name)
{
    if (!canWiden(dtype)) return fromBytes(data, dtype, shape, name).to(at::kFloat);
    at::Tensor tensor = emptyFloats(shape);
    if (std::size_t(tensor.numel()) * std::size_t(bitsOf(dtype)) / 8 != data.size())
        throw Error(ErrorCode::BadWeights, name, "has bytes that do not fit its shape");
    widen(data, dtype, tensor.data_ptr<float>());
    return tensor;
}

bool allFinite(const at::Tensor& tensor)
{
    const at::Tensor dense = tensor.contiguous();
    return allFinite(dense.data_ptr<float>(), dense.numel());
}

std::vector<float> toFloats(const at::Tensor& tensor)
{
    const at::Tensor plain = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
    const auto* data = plain.data_ptr<float>();
    return {data, data + plain.numel()};
}

FloatArray toArray(const at::Tensor& tensor)
{
    return {tensor.sizes().vec(), toFloats(tensor)};
}

void guarded(const std::function<void()>& work)
{
    try {
        work();
    } catch (const Error&) {
        throw;
    } catch (const std::bad_alloc&) {
        throw Error(ErrorCode::NotEnoughMemory, {}, "the computer has not enough free memory",
                    "close other programs or use a smaller input");
    } catch (const c10::Error& problem) {
        const std::string text = problem.what_without_backtrace();
        const bool memory =
            text.find("allocate memory") != std::string::npos || text.find("out of memory") != std::string::npos;
        if (memory)
            throw Error(ErrorCode::NotEnoughMemory, {}, "the computation needs more memory than is free",
                        "use a smaller input or the CPU");
        throw Error(ErrorCode::Internal, "LibTorch", text);
    } catch (const std::exception& problem) {
        throw Error(ErrorCode::Internal, {}, problem.what());
    }
}

} // namespace headlens
