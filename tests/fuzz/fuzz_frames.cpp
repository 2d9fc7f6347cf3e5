// SPDX-License-Identifier: GPL-3.0-or-later
// A stream of messages, fed in two portions, with the bodies read as every verb.
#include "core/base/error.h"
#include "core/wire/packing.h"
#include "core/wire/verbs.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace headlens;
    FrameReader reader(1U << 20);
    try {
        const auto bytes = std::as_bytes(std::span(data, size));
        reader.feed(bytes.first(size / 2));
        while (reader.next()) {
        }
        reader.feed(bytes.subspan(size / 2));
        while (const auto message = reader.next()) {
            verbs::read<verbs::Rows>(message->body);
            verbs::read<verbs::Tile>(message->body);
            verbs::unpack<verbs::RowFormula>(*message);
            verbs::unpack<verbs::InputAnswer>(*message);
            verbs::read<verbs::OpenModel>(message->body);
            verbs::read<verbs::Export>(message->body);
        }
    } catch (const Error&) {
    }
    return 0;
}
