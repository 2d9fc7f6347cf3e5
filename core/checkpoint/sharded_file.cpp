// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/checkpoint/container.h"
#include "core/checkpoint/file_bytes.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace headlens {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& index, const std::string& why)
{
    throw Error(ErrorCode::BadHeader, index, why, "download the whole folder again");
}

// A shard name comes from the file: only a plain name in the same folder, also after links are followed. The cache of
// the Hugging Face hub links into ../../blobs of the same repository, which is the one exception.
fs::path shardPath(const fs::path& index, const std::string& name)
{
    const bool plain = !name.empty() && name != "." && name != ".." && name.size() <= 255 &&
                       name.find_first_of(std::string_view("/\\\0", 3)) == std::string::npos;
    if (!plain) refuse(index.string(), "names a shard outside its folder (\"" + name.substr(0, 80) + "\")");
    const fs::path folder = fs::weakly_canonical(index).parent_path();
    const fs::path direct = fs::absolute(index).parent_path() / name;
    std::error_code problem;
    const fs::path real = fs::canonical(direct, problem);
    if (problem)
        throw Error(ErrorCode::FileMissing, direct.string(), "is named by the index but does not exist",
                    "download the missing shard");
    const fs::path here = fs::canonical(direct.parent_path());
    const bool inside = real.parent_path() == here || real.parent_path() == folder;
    const bool hubBlob = here.parent_path().filename() == "snapshots" &&
                         real.parent_path() == here.parent_path().parent_path() / "blobs";
    if (!inside && !hubBlob) refuse(index.string(), "names a shard that links out of its folder (\"" + name + "\")");
    return direct;
}

class ShardedFile : public Container {
public:
    explicit ShardedFile(const std::string& indexPath);
    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }
    RawTensor read(std::size_t index) const override
    {
        const auto& [shard, inShard] = m_places.at(index);
        return m_shards[shard]->read(inShard);
    }
    std::optional<FileSlice> sliceOf(std::size_t index) const override
    {
        const auto& [shard, inShard] = m_places.at(index);
        return m_shards[shard]->sliceOf(inShard);
    }
    std::vector<std::string> files() const override
    {
        std::vector<std::string> all;
        for (const auto& shard : m_shards)
            for (const std::string& file : shard->files()) all.push_back(file);
        return all;
    }

private:
    std::vector<std::unique_ptr<Container>> m_shards;
    std::vector<StoredTensor> m_tensors;
    std::vector<std::pair<std::size_t, std::size_t>> m_places; // shard, index in it
};

ShardedFile::ShardedFile(const std::string& indexPath)
{
    constexpr std::uint64_t kLargestIndex = 32U << 20;
    const Json index = parseJsonObject(readWhole(indexPath, kLargestIndex), indexPath, {kLargestIndex, 8});
    if (!index.contains("weight_map") || !index["weight_map"].is_object()) refuse(indexPath, "has no weight_map");
    std::map<std::string, std::map<std::string, bool>> wanted; // shard -> tensor names
    for (const auto& [tensor, shard] : index["weight_map"].items()) {
        if (!shard.is_string()) refuse(indexPath, "has a weight_map entry that is no file name");
        wanted[shard.get<std::string>()][tensor] = false;
    }
    constexpr std::size_t kMostShards = 1000;
    if (wanted.size() > kMostShards) refuse(indexPath, "names more than 1000 shards");
    for (auto& [name, tensors] : wanted) {
        m_shards.push_back(openContainer(shardPath(indexPath, name).string()));
        const auto& stored = m_shards.back()->tensors();
        for (std::size_t i = 0; i < stored.size(); ++i) {
            const auto hit = tensors.find(stored[i].name);
            if (hit == tensors.end()) continue;
            hit->second = true;
            m_tensors.push_back(stored[i]);
            m_places.emplace_back(m_shards.size() - 1, i);
        }
        for (const auto& [tensor, found] : tensors)
            if (!found) refuse(indexPath, "places \"" + tensor + "\" in " + name + ", which does not hold it");
    }
}

} // namespace

std::unique_ptr<Container> openSharded(const std::string& indexPath)
{
    return std::make_unique<ShardedFile>(indexPath);
}

} // namespace headlens
