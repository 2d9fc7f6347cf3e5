// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/checkpoint/container.h"
#include "core/checkpoint/file_bytes.h"
#include "core/checkpoint/unpickler.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include <zip.h>

namespace headlens {
namespace {

constexpr std::uint64_t kLargestPickle = 64U << 20;
constexpr std::size_t kLongestName = 512, kMostTensors = 100'000;

struct ZipCloser {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct ZipFileCloser {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

// The wrappers that training scripts put around a state dict (spec/formats.md section 2), the wanted one first.
constexpr std::array<const char*, 10> kWrappers{"model",   "state_dict", "model_ema", "state_dict_ema",   "teacher",
                                                "student", "net",        "module",    "model_state_dict", "weights"};

class PyTorchFile : public Container {
public:
    explicit PyTorchFile(const std::string& path);
    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }
    std::vector<std::string> files() const override { return {m_path}; }
    RawTensor read(std::size_t index) const override;

private:
    std::vector<std::byte> member(const std::string& name, std::uint64_t limit,
                                  std::optional<std::uint64_t> exact = {}) const;
    void findFolder();
    void collect(const pickle::Document& document);
    const pickle::Dict* stateDict(const pickle::Document& document) const;
    const std::vector<std::byte>& storage(const pickle::Storage& storage, std::uint64_t tensorBytes) const;

    std::string m_path, m_folder;
    std::unique_ptr<zip_t, ZipCloser> m_zip;
    std::vector<StoredTensor> m_tensors;
    std::vector<pickle::Tensor> m_places;
    mutable std::mutex m_lock; // libzip handles are not thread safe
    mutable std::string m_cachedKey;
    mutable std::vector<std::byte> m_cached; // views of one storage are usually read one after the other
};

PyTorchFile::PyTorchFile(const std::string& path) : m_path(path)
{
    int problem = 0;
    m_zip.reset(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &problem));
    if (!m_zip)
        throw Error(ErrorCode::BadHeader, path, "is no intact zip archive", "download or save the checkpoint again");
    findFolder();
    collect(pickle::parse(member(m_folder + "data.pkl", kLargestPickle), path));
}

void PyTorchFile::findFolder()
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
std::vector<std::byte> PyTorchFile::member(const std::string& name, std::uint64_t limit,
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

const pickle::Dict* PyTorchFile::stateDict(const pickle::Document& document) const
{
    const auto isState = [&](const pickle::Dict& dict) {
        return std::ranges::any_of(dict.items, [&](const auto& item) {
            return std::holds_alternative<pickle::Tensor>(document.values[item.second]);
        });
    };
    const auto* dict = std::get_if<pickle::Dict>(&document.values[document.root]);
    constexpr int kDeepest = 4;
    for (int depth = 0; dict != nullptr && depth < kDeepest; ++depth) {
        if (isState(*dict)) return dict;
        const pickle::Dict* inner = nullptr;
        for (const char* wrapper : kWrappers)
            for (const auto& [key, value] : dict->items) {
                const auto* name = std::get_if<std::string>(&document.values[key]);
                if (inner == nullptr && name != nullptr && *name == wrapper)
                    inner = std::get_if<pickle::Dict>(&document.values[value]);
            }
        dict = inner;
    }
    return nullptr;
}

void PyTorchFile::collect(const pickle::Document& document)
{
    const pickle::Dict* state = stateDict(document);
    if (state == nullptr) {
        const auto* whole = std::get_if<pickle::Opaque>(&document.values[document.root]);
        throw Error(ErrorCode::UnsupportedModel, m_path,
                    whole != nullptr ? "holds a whole pickled module (" + whole->name + "), which HeadLens never runs"
                                     : std::string("holds no state dict"),
                    "save its state_dict() instead");
    }
    for (const auto& [key, value] : state->items) {
        const auto* name = std::get_if<std::string>(&document.values[key]);
        const auto* tensor = std::get_if<pickle::Tensor>(&document.values[value]);
        if (name == nullptr || tensor == nullptr) continue;
        if (name->size() > kLongestName || m_tensors.size() >= kMostTensors)
            throw Error(ErrorCode::BadHeader, m_path, "has more than 100000 tensors or a name longer than 512 bytes");
        m_tensors.push_back({*name, tensor->storage.dtype, tensor->shape});
        m_places.push_back(*tensor);
    }
}

// `tensorBytes` is what the view needs; a storage of its own many times that size is not what a checkpoint holds, and
// the memory check before loading has counted only the views.
const std::vector<std::byte>& PyTorchFile::storage(const pickle::Storage& storage, std::uint64_t tensorBytes) const
{
    const bool plain =
        !storage.key.empty() && std::ranges::all_of(storage.key, [](char c) { return c >= '0' && c <= '9'; });
    if (!plain) throw Error(ErrorCode::BadHeader, m_path, "names a storage that is no number");
    if (m_cachedKey != storage.key) {
        constexpr std::uint64_t kShared = 16, kAlwaysFine = 64U << 20;
        const std::uint64_t itemBytes = std::uint64_t(bitsOf(storage.dtype)) / 8;
        std::uint64_t exact = 0;
        if (__builtin_mul_overflow(storage.elements, itemBytes, &exact))
            throw Error(ErrorCode::BadHeader, m_path, "has a storage of impossible size");
        m_cached = member(m_folder + "data/" + storage.key, std::max(kAlwaysFine, kShared * tensorBytes), exact);
        m_cachedKey = storage.key;
    }
    return m_cached;
}

bool isContiguous(const pickle::Tensor& tensor)
{
    std::int64_t expected = 1;
    for (std::size_t d = tensor.shape.size(); d-- > 0;) {
        if (tensor.shape[d] > 1 && tensor.stride[d] != expected) return false;
        expected *= std::max<std::int64_t>(tensor.shape[d], 1);
    }
    return true;
}

// Copies a view into row-major order; strided ones one element at a time: they are rare and small.
void gather(const std::vector<std::byte>& from, const pickle::Tensor& tensor, std::size_t itemBytes,
            std::span<std::byte> to)
{
    if (to.empty()) return;
    if (isContiguous(tensor)) {
        std::memcpy(to.data(), from.data() + tensor.offset * itemBytes, to.size());
        return;
    }
    std::vector<std::int64_t> index(tensor.shape.size(), 0);
    for (std::size_t done = 0; done < to.size(); done += itemBytes) {
        std::uint64_t element = tensor.offset;
        for (std::size_t d = 0; d < index.size(); ++d) element += std::uint64_t(index[d] * tensor.stride[d]);
        std::memcpy(to.data() + done, from.data() + element * itemBytes, itemBytes);
        for (std::size_t d = index.size(); d-- > 0;) {
            if (++index[d] < tensor.shape[d]) break;
            index[d] = 0;
        }
    }
}

// The number of elements a view reaches into its storage; nothing on overflow.
std::optional<std::uint64_t> reachOf(const pickle::Tensor& tensor)
{
    std::uint64_t last = tensor.offset;
    for (std::size_t d = 0; d < tensor.shape.size(); ++d) {
        if (tensor.shape[d] == 0) return 0;
        std::uint64_t span = 0;
        if (__builtin_mul_overflow(std::uint64_t(tensor.shape[d] - 1), std::uint64_t(tensor.stride[d]), &span) ||
            __builtin_add_overflow(last, span, &last))
            return std::nullopt;
    }
    return last == UINT64_MAX ? std::nullopt : std::optional(last + 1);
}

RawTensor PyTorchFile::read(std::size_t index) const
{
    const std::lock_guard lock(m_lock);
    const pickle::Tensor& tensor = m_places.at(index);
    const std::size_t itemBytes = std::size_t(bitsOf(tensor.storage.dtype)) / 8;
    const auto reach = reachOf(tensor);
    const auto size = bytesFor(tensor.shape, tensor.storage.dtype);
    const bool impossible = !reach || !size || *reach > tensor.storage.elements || *size / itemBytes > 64 * (*reach);
    if (impossible)
        throw Error(ErrorCode::BadHeader, m_path, "\"" + m_tensors[index].name + "\" reaches beyond its storage");
    RawTensor raw{tensor.storage.dtype, tensor.shape, std::vector<std::byte>(std::size_t(*size))};
    gather(storage(tensor.storage, *size), tensor, itemBytes, raw.bytes);
    return raw;
}

} // namespace

std::unique_ptr<Container> openPyTorch(const std::string& path)
{
    return std::make_unique<PyTorchFile>(path);
}

std::unique_ptr<Container> openContainer(const std::string& path)
{
    std::array<std::byte, 16> first{};
    {
        const FileBytes file(path);
        if (file.size() > 0)
            file.read(0, std::span(first).first(std::size_t(std::min<std::uint64_t>(16, file.size()))));
    }
    const std::string_view text(reinterpret_cast<const char*>(first.data()), first.size());
    if (text.starts_with("PK\x03\x04")) return openPyTorch(path);
    // Protocol 2 to 5 of pickle, or the long integer that legacy torch.save files begin with.
    if (text[0] == '\x80' && text[1] >= 2 && text[1] <= 5)
        throw Error(ErrorCode::WrongContent, path, "is a PyTorch file of the old form (before 1.6)",
                    "load it once in PyTorch and save it as safetensors");
    return openSafetensors(path);
}

} // namespace headlens
