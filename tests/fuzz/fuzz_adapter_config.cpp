// SPDX-License-Identifier: GPL-3.0-or-later
// adapter_config.json of PEFT, and a name of a tensor behind it: the first byte says how many bytes the name has.
#include "core/base/error.h"
#include "core/checkpoint/adapter_config.h"
#include "core/checkpoint/adapter_keys.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace headlens;
    if (size == 0) return 0;
    const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const std::size_t length = std::min<std::size_t>(data[0], bytes.size());
    const std::string name = bytes.substr(bytes.size() - length);
    const AdapterKey key = adapterKeyOf(name);
    const BaseNames base({key.module, key.module + ".weight", "model." + name, "h.0.attn.c_attn.weight"});
    for (const std::string& wanted : {key.module, key.module + ".weight", name})
        if (const auto found = base.find(wanted); found && *found > 3) __builtin_trap();
    try {
        const Json json = parseJsonObject(std::string_view(bytes).substr(0, bytes.size() - length), "fuzz");
        const AdapterConfig config = parseAdapterConfig(json, "fuzz");
        if (config.rankOf(key.module) < 1) __builtin_trap();
        config.scalingOf(key.module);
    } catch (const Error&) {
    }
    return 0;
}
