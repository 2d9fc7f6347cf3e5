// SPDX-License-Identifier: GPL-3.0-or-later
// A whole checkpoint file of any container: zip, legacy pickle, safetensors. Opened, and every tensor read.
#include "core/base/error.h"
#include "core/checkpoint/container.h"

#include <cstdint>
#include <cstdio>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace headlens;
    static const int file = ::memfd_create("fuzz", 0);
    static const std::string path = "/proc/self/fd/" + std::to_string(file);
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, data, size, 0) != ssize_t(size)) return 0;
    try {
        const auto container = openContainer(path);
        for (std::size_t i = 0; i < container->tensors().size(); ++i) {
            try {
                container->read(i);
            } catch (const Error&) {
            }
        }
    } catch (const Error&) {
    }
    return 0;
}
