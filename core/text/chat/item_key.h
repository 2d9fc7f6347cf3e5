// SPDX-License-Identifier: GPL-3.0-or-later
// What a filter looks at in every item: the item itself, or "a.b.0" of it.
#pragma once

#include "core/text/chat/callable.h"

namespace headlens::text::chat {

class ItemKey {
public:
    // `path`: a text with dots, or a number; none for the item itself.
    ItemKey(Run& run, const Value& path);
    // The path is a parameter of the call, which may be absent.
    ItemKey(const Call& call, std::size_t parameter)
        : ItemKey(call.run, call.has(parameter) ? call[parameter] : Value(None{}))
    {
    }

    Value of(const Value& item) const;

private:
    Run& m_run;
    std::vector<Value> m_steps;
};

// Of a text its lower case; other values as they are.
Value lowerCased(const Call& call, Value value);

} // namespace headlens::text::chat
