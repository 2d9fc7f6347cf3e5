// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat/libraries.h"

namespace headlens::text::chat {
namespace {

class Function : public Callable {
public:
    explicit Function(const Row& row) : m_row(row) {}
    Value call(Run& run, const Arguments& arguments) const override { return m_row.call(run, Undefined{}, arguments); }

private:
    const Row& m_row;
};

[[noreturn]] void unknown(const char* kind, std::string_view name)
{
    throw Problem(Fault::Written, std::string("No ") + kind + " named '" + std::string(name.substr(0, 60)) + "'.");
}

} // namespace

const Row& filterNamed(std::string_view name)
{
    for (const auto& table : {textFilters(), listFilters(), choiceFilters(), valueFilters()})
        if (const Row* row = rowIn(table, name)) return *row;
    unknown("filter", name);
}

const Row& testNamed(std::string_view name)
{
    if (const Row* row = rowIn(tests(), name)) return *row;
    unknown("test", name);
}

std::shared_ptr<const Callable> globalFunction(std::string_view name)
{
    const Row* row = rowIn(functions(), name);
    return row ? std::make_shared<const Function>(*row) : nullptr;
}

} // namespace headlens::text::chat
