// SPDX-License-Identifier: GPL-3.0-or-later
// One message between window and engine: a safetensors blob whose metadata says what it is.
#pragma once

#include "core/base/error.h"
#include "core/wire/safe_json.h"
#include "core/wire/safetensors.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace headlens {

// `status` of a message. Request travels to the engine; the others come back. Exactly one ending per request.
enum class Status : std::uint8_t { Request, Progress, Done, Cancelled, Failed };
std::string_view nameOf(Status status);

struct Message {
    std::uint64_t id = 0; // chosen by the asking side; answers repeat it
    std::string verb;     // one of verbs.h
    std::string tag;      // requests with the same tag replace each other while they wait; empty: never replaced
    Status status = Status::Request;
    Json body = Json::object();
    std::vector<TensorBytes> tensors;

    const TensorBytes* find(std::string_view name) const;
};

// The whole blob: preamble and tensor bytes.
std::string encode(const Message& message);

// Cuts a byte stream into messages. Bytes come in any portions; every length is checked before it is used.
class FrameReader {
public:
    explicit FrameReader(std::uint64_t largestFrame = 1ULL << 30) : m_largest(largestFrame) {}

    void feed(std::span<const std::byte> bytes);
    // The next complete message, if there is one. Throws Error(BadRequest | BadHeader) on a malformed stream;
    // the stream cannot be read further after that.
    std::optional<Message> next();

private:
    bool readHeader();
    Message take();

    std::uint64_t m_largest;
    std::vector<std::byte> m_buffer;
    std::size_t m_used = 0; // bytes of m_buffer that were handed out already
    std::optional<SafetensorsHeader> m_header;
};

namespace verbs {

// Reads a body; a field of the wrong kind is an Error(BadRequest), never an exception of the JSON library.
template <class Fields>
Fields read(const Json& body)
{
    try {
        return body.get<Fields>();
    } catch (const Json::exception& problem) {
        throw Error(ErrorCode::BadRequest, "message", problem.what());
    }
}

} // namespace verbs
} // namespace headlens
