// SPDX-License-Identifier: GPL-3.0-or-later
// Reads numbers from a pickle without running it: tensors become descriptions, every unknown object an empty
// one that does nothing.
#pragma once

#include "core/wire/dtype.h"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace headlens::pickle {

using Ref = std::uint32_t; // index into Document::values; an arena cannot recurse in its destructor

struct None {};
struct Opaque { // anything we do not know; never executed
    std::string name;
};
struct Global {
    std::string name; // "torch._utils._rebuild_tensor_v2"
};
struct Tuple {
    std::vector<Ref> items;
};
struct List {
    std::vector<Ref> items;
};
struct Dict {
    std::vector<std::pair<Ref, Ref>> items;
};
struct Storage {
    std::string key;
    DType dtype = DType::F32;
    std::uint64_t elements = 0;
};
struct Tensor {
    Storage storage;
    std::uint64_t offset = 0;                // in elements
    std::vector<std::int64_t> shape, stride; // in elements
};
using Value =
    std::variant<None, bool, std::int64_t, double, std::string, Tuple, List, Dict, Global, Opaque, Storage, Tensor>;

struct Document {
    std::vector<Value> values;
    Ref root = 0;
};

// One pickle at the beginning of `bytes`; `used` (may be null) receives its length, for pickles in a row. Throws
// Error(BadHeader) with `subject` for anything malformed; caps: 64 MB, 1 M values, 1 M memo entries.
Document parse(std::span<const std::byte> bytes, const std::string& subject, std::size_t* used = nullptr);

} // namespace headlens::pickle
