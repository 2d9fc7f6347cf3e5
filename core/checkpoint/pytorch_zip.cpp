// SPDX-License-Identifier: GPL-3.0-or-later
// PyTorch checkpoints since 1.6: a zip archive with a pickle and one entry per storage.
#include "core/base/error.h"
#include "core/checkpoint/pytorch_container.h"

#include <algorithm>
#include <optional>

#include <zip.h>

namespace headlens {
namespace {

constexpr std::uint64_t kLargestPickle = 64U << 20;

struct ZipCloser {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct ZipFileCloser {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

class PyTorchZip : public PyTorchContainer {
public:
    PyTorchZip(const std::string& path, const std::string& weights);

protected:
    std::vector<std::byte> storageBytes(const pickle::Storage& storage, std::uint64_t tensorBytes) const override;

private:
    std::vector<std::byte> member(const std::string& name, std::uint64_t limit,
                                  std::optional<std::uint64_t> exact = {}) const;
    void findFolder();

    std::string m_folder;
    std::unique_ptr<zip_t, ZipCloser> m_zip;
};

PyTorchZip::PyTorchZip(const std::string& path, const std::string& weights) : PyTorchContainer(path)
{
    int problem = 0;
    m_zip.reset(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &problem));
    if (!m_zip)
        throw Error(ErrorCode::BadHeader, path, "is no intact zip archive", "download or save the checkpoint again");
    findFolder();
    collect(pickle::parse(member(m_folder + "data.pkl", kLargestPickle), path), weights);
}

void PyTorchZip::findFolder()
{
    constexpr std::string_view kPickle = "data.pkl";
    bool found = false;
    for (zip_int64_t i = 0, count = zip_get_num_entries(m_zip.get(), 0); i < count; ++i) {
        const char* raw = zip_get_name(m_zip.get(), zip_uint64_t(i), 0);
        const std::string_view name = raw != nullptr ? raw : "";
        if (name.ends_with("constants.pkl") || name.find("/code/") != std::string_view::npos)
            throw Error(ErrorCode::WrongContent, m_path, "is a TorchScript program, which HeadLens never runs",
                        "save its state_dict() as safetensors");
        if (!found && (name == kPickle || name.ends_with("/data.pkl"))) {
            m_folder = name.substr(0, name.size() - kPickle.size());
            found = true;
        }
    }
    if (!found)
        throw Error(ErrorCode::WrongContent, m_path, "is a zip archive without a PyTorch checkpoint",
                    "choose a model file");
}

// `exact`: the size the entry must have; nothing: any up to `limit`. Compressed entries (re-zipped by hand) are fine:
// both bounds come from what the tensors need, so a small file cannot unfold into a large one.
std::vector<std::byte> PyTorchZip::member(const std::string& name, std::uint64_t limit,
                                          std::optional<std::uint64_t> exact) const
{
    zip_stat_t info;
    zip_stat_init(&info);
    if (zip_stat(m_zip.get(), name.c_str(), 0, &info) != 0 || (info.valid & ZIP_STAT_SIZE) == 0)
        throw Error(ErrorCode::BadHeader, m_path, "lacks the entry " + name, "download or save it again");
    if ((info.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && info.encryption_method != ZIP_EM_NONE)
        throw Error(ErrorCode::BadHeader, m_path, "is encrypted", "save it again without a password");
    if (exact && info.size != *exact)
        throw Error(ErrorCode::BadHeader, m_path, "has an entry " + name + " whose size does not fit its storage");
    if (info.size > limit)
        throw Error(ErrorCode::BadHeader, m_path,
                    "has an entry of " + std::to_string(info.size) + " bytes where at most " + std::to_string(limit) +
                        " belong");
    const std::unique_ptr<zip_file_t, ZipFileCloser> file(zip_fopen(m_zip.get(), name.c_str(), 0));
    std::vector<std::byte> bytes(std::size_t(info.size));
    std::size_t done = 0;
    while (file && done < bytes.size()) {
        const zip_int64_t got = zip_fread(file.get(), bytes.data() + done, bytes.size() - done);
        if (got <= 0) break;
        done += std::size_t(got);
    }
    char extra = 0; // reading past the end makes libzip compare the CRC
    if (!file || done != bytes.size() || zip_fread(file.get(), &extra, 1) != 0)
        throw Error(ErrorCode::BadHeader, m_path, "has a damaged entry (" + name + ")", "download or copy it again");
    return bytes;
}

// A storage many times the size of the view is not what a checkpoint holds, and the memory check before loading has
// counted only the views.
std::vector<std::byte> PyTorchZip::storageBytes(const pickle::Storage& storage, std::uint64_t tensorBytes) const
{
    const bool plain =
        !storage.key.empty() && std::ranges::all_of(storage.key, [](char c) { return c >= '0' && c <= '9'; });
    if (!plain) throw Error(ErrorCode::BadHeader, m_path, "names a storage that is no number");
    constexpr std::uint64_t kShared = 16, kAlwaysFine = 64U << 20;
    return member(m_folder + "data/" + storage.key, std::max(kAlwaysFine, kShared * tensorBytes),
                  storageSize(storage, m_path));
}

} // namespace

std::unique_ptr<Container> openPyTorch(const std::string& path, const std::string& weights)
{
    return std::make_unique<PyTorchZip>(path, weights);
}

} // namespace headlens
