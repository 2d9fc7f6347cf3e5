// SPDX-License-Identifier: GPL-3.0-or-later
// PyTorch checkpoints since 1.6: a zip archive with a pickle and one entry per storage.
#include "core/base/error.h"
#include "core/checkpoint/pytorch_container.h"
#include "core/checkpoint/zip_archive.h"

#include <algorithm>

namespace headlens {
namespace {

constexpr std::uint64_t kLargestPickle = 64U << 20;

class PyTorchZip : public PyTorchContainer {
public:
    PyTorchZip(const std::string& path, const std::string& weights) : PyTorchContainer(path), m_zip(path)
    {
        findFolder();
        collect(pickle::parse(m_zip.read(m_folder + "data.pkl", kLargestPickle), path), weights);
    }

protected:
    std::vector<std::byte> storageBytes(const pickle::Storage& storage, std::uint64_t tensorBytes) const override;

private:
    void findFolder();

    ZipArchive m_zip;
    std::string m_folder;
};

void PyTorchZip::findFolder()
{
    constexpr std::string_view kPickle = "data.pkl";
    bool found = false;
    for (const std::string& name : m_zip.names()) {
        if (name.ends_with("constants.pkl") || name.find("/code/") != std::string::npos)
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

// A storage many times the size of the view is not what a checkpoint holds, and the memory check before loading has
// counted only the views. Compressed entries (re-zipped by hand) are fine.
std::vector<std::byte> PyTorchZip::storageBytes(const pickle::Storage& storage, std::uint64_t tensorBytes) const
{
    const bool plain =
        !storage.key.empty() && std::ranges::all_of(storage.key, [](char c) { return c >= '0' && c <= '9'; });
    if (!plain) throw Error(ErrorCode::BadHeader, m_path, "names a storage that is no number");
    constexpr std::uint64_t kShared = 16, kAlwaysFine = 64U << 20;
    return m_zip.read(m_folder + "data/" + storage.key, std::max(kAlwaysFine, kShared * tensorBytes),
                      storageSize(storage, m_path));
}

} // namespace

std::unique_ptr<Container> openPyTorch(const std::string& path, const std::string& weights)
{
    return std::make_unique<PyTorchZip>(path, weights);
}

} // namespace headlens
