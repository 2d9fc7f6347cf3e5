// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/checkpoint.h"

#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>

namespace headlens {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestJson = 16U << 20;

std::optional<Json> readJson(const fs::path& path)
{
    if (!fs::exists(path)) return std::nullopt;
    return parseJsonObject(readWhole(path.string(), kLargestJson), path.string());
}

std::unique_ptr<Container> openFolder(const fs::path& folder)
{
    static constexpr std::array<const char*, 5> kSingle{"model.safetensors", "model.fp16.safetensors",
                                                        "open_clip_model.safetensors", "pytorch_model.safetensors",
                                                        "pytorch_model.bin"};
    for (const char* name : kSingle)
        if (fs::exists(folder / name)) return openContainer((folder / name).string());
    for (const char* name : {"model.safetensors.index.json", "pytorch_model.bin.index.json"})
        if (fs::exists(folder / name)) return openSharded((folder / name).string());
    for (const char* ending : {".safetensors", ".pth", ".pt", ".bin"}) {
        std::set<std::string> found; // in order: what opens must not depend on the file system
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ending) found.insert(entry.path().string());
        if (!found.empty()) return openContainer(*found.begin());
    }
    throw Error(ErrorCode::FileMissing, folder.string(), "holds no weights (model.safetensors, pytorch_model.bin)",
                "choose the folder with config.json and the weights");
}

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text = "[";
    for (const std::int64_t extent : shape) {
        if (text.size() > 1) text += ',';
        text += std::to_string(extent);
    }
    text += ']';
    return text;
}

// The same but for ones in front: [D] is [1,1,D] (class tokens of CLIP and BLIP).
bool agree(std::span<const std::int64_t> a, std::span<const std::int64_t> b)
{
    while (!a.empty() && a.front() == 1) a = a.subspan(1);
    while (!b.empty() && b.front() == 1) b = b.subspan(1);
    return std::ranges::equal(a, b);
}

std::string listText(const char* title, const std::vector<std::string>& names)
{
    constexpr std::size_t kShown = 20;
    if (names.empty()) return {};
    std::string text = std::string(title) + " (" + std::to_string(names.size()) + "): ";
    for (std::size_t i = 0; i < std::min(kShown, names.size()); ++i) {
        if (i > 0) text += ", ";
        text += names[i];
    }
    text += names.size() > kShown ? ", ...; " : "; ";
    return text;
}

} // namespace

Checkpoint Checkpoint::open(const std::string& path)
{
    Checkpoint checkpoint;
    checkpoint.m_path = path;
    std::error_code problem;
    const fs::path given(path);
    const bool folder = fs::is_directory(given, problem);
    const bool index = path.ends_with(".index.json");
    const fs::path home = folder ? given : fs::absolute(given).parent_path();
    const fs::path named = folder ? fs::absolute(given).lexically_normal() : given;
    checkpoint.m_name = (named.has_filename() ? named.filename() : named.parent_path().filename()).string();
    if (folder)
        checkpoint.m_container = openFolder(given);
    else
        checkpoint.m_container = index ? openSharded(path) : openContainer(path);
    // A bare .pth brings no config of its own: one that lies beside it may belong to another file.
    const bool ours = folder || index || given.extension() == ".safetensors";
    if (ours) {
        checkpoint.m_config = readJson(home / "config.json");
        checkpoint.m_preprocessor = readJson(home / "preprocessor_config.json");
    }
    checkpoint.m_layout = recogniseLayout(checkpoint.tensors());
    return checkpoint;
}

std::optional<std::vector<std::int64_t>> Checkpoint::shapeOf(const std::string& canonical) const
{
    const auto hit = m_layout.views.find(canonical);
    if (hit == m_layout.views.end()) return std::nullopt;
    auto shape = tensors()[hit->second.index].shape;
    if (hit->second.transposed) std::ranges::reverse(shape);
    // A fused tensor whose rows do not divide keeps its shape and so counts as misshaped.
    if (!shape.empty() && shape[0] % hit->second.parts == 0) shape[0] /= hit->second.parts;
    return shape;
}

Checkpoint Checkpoint::withoutValues() const
{
    Checkpoint outline = *this;
    outline.m_withoutValues = true;
    return outline;
}

at::Tensor Checkpoint::read(const std::string& canonical) const
{
    const auto hit = m_layout.views.find(canonical);
    if (hit == m_layout.views.end()) throw Error(ErrorCode::BadWeights, m_path, "lacks the tensor " + canonical);
    if (m_withoutValues) return at::empty(*shapeOf(canonical), at::TensorOptions().device(at::kMeta));
    const RawTensor raw = m_container->read(hit->second.index);
    at::Tensor tensor = fromBytes(raw.bytes, raw.dtype, raw.shape, canonical).to(at::kFloat);
    const auto& [index, part, parts, transposed] = hit->second;
    if (transposed && tensor.dim() == 2) tensor = tensor.t().contiguous();
    if (parts == 1) return tensor;
    const std::int64_t rows = raw.shape.empty() ? 0 : tensor.size(0) / parts;
    if (rows < 1)
        throw Error(ErrorCode::BadWeights, m_path, canonical + " cannot be cut into " + std::to_string(parts));
    return tensor.narrow(0, part * rows, rows).clone();
}

at::Tensor WeightBinder::take(const std::string& name, const std::vector<std::int64_t>& shape)
{
    const auto stored = m_checkpoint.shapeOf(name);
    if (!stored) {
        m_missing.push_back(name);
        return {};
    }
    m_taken.insert(m_checkpoint.layout().views.at(name).index);
    if (!agree(*stored, shape)) {
        m_misshaped.push_back(name + " " + shapeText(*stored) + " instead of " + shapeText(shape));
        return {};
    }
    at::Tensor tensor = m_checkpoint.read(name).view(shape);
    if (m_checkpoint.hasValues() && !m_allowNonFinite && !at::isfinite(tensor).all().item<bool>())
        m_nonFinite.push_back(name);
    return tensor;
}

at::Tensor WeightBinder::takeOptional(const std::string& name, const std::vector<std::int64_t>& shape)
{
    return m_checkpoint.has(name) ? take(name, shape) : at::Tensor();
}

void WeightBinder::finish() const
{
    if (m_missing.empty() && m_misshaped.empty() && m_nonFinite.empty()) return;
    std::string why = listText("missing tensors", m_missing) + listText("wrong shapes", m_misshaped) +
                      listText("tensors with NaN or infinite values", m_nonFinite);
    const bool onlyNonFinite = m_missing.empty() && m_misshaped.empty();
    throw Error(ErrorCode::BadWeights, m_checkpoint.path(), why.substr(0, why.size() - 2),
                onlyNonFinite ? "save the model again, or open it with --set allow_nonfinite=1"
                              : "check that config.json belongs to these weights");
}

std::vector<std::string> WeightBinder::unused() const
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < m_checkpoint.tensors().size(); ++i)
        if (!m_taken.contains(i) && !m_checkpoint.layout().buffers.contains(i))
            names.push_back(m_checkpoint.tensors()[i].name);
    return names;
}

} // namespace headlens
