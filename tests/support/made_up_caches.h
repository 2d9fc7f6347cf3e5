// SPDX-License-Identifier: GPL-3.0-or-later
// The folders of other programs with made-up contents, below a home folder of their own: while it lives, the
// environment names no place outside of it.
#pragma once

#include <QByteArray>
#include <QTemporaryDir>
#include <QtGlobal>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

namespace headlens::test {

class MadeUpCaches {
public:
    MadeUpCaches()
    {
        for (std::size_t i = 0; i < kVariables.size(); ++i) {
            m_before[i] = qgetenv(kVariables[i]);
            qunsetenv(kVariables[i]);
        }
        qputenv("HOME", QByteArray::fromStdString(home().string()));
        std::filesystem::create_directories(home());
    }
    ~MadeUpCaches()
    {
        for (std::size_t i = 0; i < kVariables.size(); ++i)
            m_before[i].isNull() ? qunsetenv(kVariables[i]) : qputenv(kVariables[i], m_before[i]);
    }
    MadeUpCaches(const MadeUpCaches&) = delete;
    MadeUpCaches& operator=(const MadeUpCaches&) = delete;

    std::filesystem::path home() const { return std::filesystem::path(m_folder.path().toStdString()) / "home"; }
    std::filesystem::path hub() const { return home() / ".cache/huggingface/hub"; }
    std::filesystem::path torchHub() const { return home() / ".cache/torch/hub/checkpoints"; }
    std::filesystem::path outside() const { return home().parent_path() / "outside"; }

    static void write(const std::filesystem::path& file, const std::string& bytes)
    {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
    }
    static void link(const std::filesystem::path& at, const std::filesystem::path& target)
    {
        std::filesystem::create_directories(at.parent_path());
        std::filesystem::create_symlink(target, at);
    }
    // As the hub's client stores a file: a blob, and a link to it from the snapshot. Answers the blob.
    std::filesystem::path hubFile(const std::string& repository, const std::string& revision, const std::string& name,
                                  const std::string& bytes) const
    {
        const std::string blob = std::to_string(std::hash<std::string>()(revision + name + bytes));
        const std::filesystem::path folder = hub() / repository;
        write(folder / "blobs" / blob, bytes);
        link(folder / "snapshots" / revision / name, std::filesystem::path("../../blobs") / blob);
        return folder / "blobs" / blob;
    }
    void hubMain(const std::string& repository, const std::string& revision) const
    {
        write(hub() / repository / "refs/main", revision);
    }

private:
    static constexpr std::array<const char*, 7> kVariables{
        "HOME", "XDG_CACHE_HOME", "HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "TORCH_HOME", "OLLAMA_MODELS"};
    QTemporaryDir m_folder;
    std::array<QByteArray, 7> m_before;
};

} // namespace headlens::test
