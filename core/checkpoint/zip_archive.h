// SPDX-License-Identifier: GPL-3.0-or-later
// A zip archive with every size checked before memory is taken: PyTorch's checkpoints and NumPy's .npz.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct zip;

namespace headlens {

class ZipArchive {
public:
    // Throws Error(BadHeader).
    explicit ZipArchive(const std::string& path);
    ~ZipArchive();

    std::vector<std::string> names() const;
    // One entry, unpacked. `exact`: the size it must have; nothing: any up to `limit`. Both bounds come from what the
    // tensors need, so a small file cannot unfold into a large one. Throws Error(BadHeader).
    std::vector<std::byte> read(const std::string& name, std::uint64_t limit,
                                std::optional<std::uint64_t> exact = {}) const;
    // The first bytes of an entry, up to `count`.
    std::vector<std::byte> begin(const std::string& name, std::size_t count) const;
    // The size of an entry, unpacked. Throws Error(BadHeader) where it is absent or encrypted.
    std::uint64_t sizeOf(const std::string& name) const;

private:
    std::vector<std::byte> unpacked(const std::string& name, std::size_t count, bool whole) const;

    std::string m_path;
    struct Close {
        void operator()(zip* archive) const;
    };
    std::unique_ptr<zip, Close> m_zip;
};

} // namespace headlens
