// SPDX-License-Identifier: GPL-3.0-or-later
// PyTorch checkpoints before 1.6: the pickles of a magic number, a protocol, facts about
// the machine, the object and the keys of its storages; then for every key the number of elements and the raw values.
#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/checkpoint/pytorch_container.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

namespace headlens {
namespace {

constexpr std::uint64_t kLargestPickle = 64U << 20;
// PROTO 2, LONG1 of ten bytes 0x1950a86a20f9469cfc6c, STOP.
constexpr std::array<unsigned char, 15> kMagic{0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46,
                                               0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E};

class PyTorchLegacy : public PyTorchContainer {
public:
    // Pickles are small beside the weights behind them: only as much is read as they turn out to need.
    PyTorchLegacy(const std::string& path, const std::string& weights) : PyTorchContainer(path), m_file(path)
    {
        constexpr std::uint64_t kUsualPickles = 256U << 10;
        const std::uint64_t most = std::min(m_file.size(), kLargestPickle);
        for (std::uint64_t bytes = std::min(most, kUsualPickles);; bytes = std::min(most, bytes * 8)) {
            try {
                readPickles(bytes, weights);
                break;
            } catch (const Error& error) { // a pickle that was cut off has a bad header
                if (error.code() != ErrorCode::BadHeader || bytes == most) throw;
            }
        }
    }

protected:
    std::vector<std::byte> storageBytes(const pickle::Storage& storage, std::uint64_t) const override
    {
        const auto hit = m_storages.find(storage.key);
        if (hit == m_storages.end() || hit->second.elements != storage.elements)
            fail("lacks the storage \"" + storage.key.substr(0, 40) + "\"");
        std::vector<std::byte> bytes(std::size_t(storageSize(storage, m_path))); // lies inside the file, see below
        m_file.read(hit->second.begin, bytes);
        return bytes;
    }

private:
    struct Place {
        std::uint64_t begin = 0, elements = 0;
    };

    void readPickles(std::uint64_t bytes, const std::string& weights)
    {
        std::vector<std::byte> head(std::size_t{bytes});
        m_file.read(0, head);
        std::size_t at = kMagic.size();
        const auto next = [&] {
            std::size_t used = 0;
            pickle::Document document = pickle::parse(std::span(head).subspan(at), m_path, &used);
            at += used;
            return document;
        };
        const pickle::Document protocol = next();
        const auto* version = std::get_if<std::int64_t>(&protocol.values[protocol.root]);
        if (version == nullptr || *version != 1001) fail("has an unknown protocol");
        requireLittleEndian(next());
        const pickle::Document object = next();
        const pickle::Document keys = next();
        findStorages(keys, object, at);
        collect(object, weights);
    }

    [[noreturn]] void fail(const std::string& why) const
    {
        throw Error(ErrorCode::BadHeader, m_path, why, "download or save the checkpoint again");
    }

    void requireLittleEndian(const pickle::Document& facts) const
    {
        const auto* dict = std::get_if<pickle::Dict>(&facts.values[facts.root]);
        if (dict == nullptr) fail("does not say what machine it was written on");
        for (const auto& [key, value] : dict->items) {
            const auto* name = std::get_if<std::string>(&facts.values[key]);
            const auto* flag = std::get_if<bool>(&facts.values[value]);
            if (name != nullptr && *name == "little_endian" && flag != nullptr && !*flag)
                fail("was written on a big-endian machine");
        }
    }

    // Every storage must lie inside the file with the size that the object says.
    void findStorages(const pickle::Document& keys, const pickle::Document& object, std::uint64_t at)
    {
        std::map<std::string, pickle::Storage> described;
        for (const pickle::Value& value : object.values)
            if (const auto* storage = std::get_if<pickle::Storage>(&value)) described[storage->key] = *storage;
        const auto* list = std::get_if<pickle::List>(&keys.values[keys.root]);
        if (list == nullptr) fail("has no list of storages");
        for (const pickle::Ref item : list->items) {
            const auto* key = std::get_if<std::string>(&keys.values[item]);
            const auto known = key != nullptr ? described.find(*key) : described.end();
            if (known == described.end()) fail("has a storage of unknown type");
            std::array<std::byte, 8> count{};
            m_file.read(at, count);
            std::uint64_t elements = 0;
            std::memcpy(&elements, count.data(), count.size());
            at += count.size();
            const std::uint64_t bytes = storageSize(known->second, m_path);
            if (elements != known->second.elements || bytes > m_file.size() - at)
                fail("ends inside a storage, or counts its elements differently");
            m_storages[*key] = {at, elements};
            at += bytes;
        }
    }

    FileBytes m_file;
    std::map<std::string, Place> m_storages;
};

} // namespace

bool isLegacyPyTorch(std::span<const std::byte> first)
{
    return first.size() >= kMagic.size() && std::memcmp(first.data(), kMagic.data(), kMagic.size()) == 0;
}

std::unique_ptr<Container> openLegacyPyTorch(const std::string& path, const std::string& weights)
{
    return std::make_unique<PyTorchLegacy>(path, weights);
}

} // namespace headlens
