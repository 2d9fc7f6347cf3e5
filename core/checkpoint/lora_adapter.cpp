// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/lora_adapter.h"

#include "core/base/error.h"
#include "core/checkpoint/adapter_config.h"
#include "core/checkpoint/adapter_keys.h"
#include "core/checkpoint/model_folder.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <numeric>
#include <set>

namespace headlens {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 2> kWeightFiles{"adapter_model.safetensors", "adapter_model.bin"};
constexpr const char* kConfigFile = "adapter_config.json";

std::int64_t countOf(const std::vector<std::int64_t>& shape)
{
    return std::accumulate(shape.begin(), shape.end(), std::int64_t(1), std::multiplies<>());
}

std::string extentsText(const std::vector<std::int64_t>& shape)
{
    return fmt::format("{}", fmt::join(shape, "×"));
}

// The two factors of one product, by their places among the adapter's tensors.
struct Product {
    std::optional<std::size_t> down, up;
    bool isEmbedding = false;
};

struct AdapterParts {
    std::map<std::string, Product> products;   // by module
    std::map<std::string, std::size_t> wholes; // by tensor
};

// What becomes of one tensor of the base: W + factor * left right, or towards another tensor of the same shape.
struct Change {
    std::size_t left = 0, right = 0; // of the adapter: [rows,rank] and [rank,columns] as they are used
    bool turns = false;              // left is A^T and right B^T: W is stored with its inputs first
    float factor = 0;                // strength * scaling
    std::optional<std::size_t> whole;
    std::int64_t rank = 0, columns = 0;
    // Left and right, or the other tensor: read once, by whichever thread needs them first.
    mutable std::once_flag read;
    mutable std::vector<float> first, second;
};

class AdaptedContainer : public Container {
public:
    AdaptedContainer(std::shared_ptr<const Container> base, const AdapterWish& wish, const fs::path& folder,
                     AdapterFacts& facts);

    WeightCopies copies() const override { return m_base->copies(); }
    const std::vector<StoredTensor>& tensors() const override { return m_tensors; }
    RawTensor read(std::size_t index) const override;
    std::optional<FileSlice> sliceOf(std::size_t index) const override
    {
        if (isNew(index)) return m_adapter->sliceOf(m_new[index - m_baseCount]);
        return m_changes[index] ? std::nullopt : m_base->sliceOf(index);
    }
    std::vector<std::string> files() const override
    {
        std::vector<std::string> all = m_base->files();
        for (std::string& file : m_adapter->files()) all.push_back(std::move(file));
        return all;
    }
    bool isPacked(std::size_t index) const override
    {
        if (isNew(index)) return m_adapter->isPacked(m_new[index - m_baseCount]);
        return m_base->isPacked(index) || (m_changes[index] && hasPieces(index));
    }
    void readRows(std::size_t index, std::int64_t first, std::span<float> into) const override;
    const Json* settings() const override { return m_base->settings(); }
    std::vector<std::string> remarks() const override { return m_base->remarks(); }

private:
    // What lies in its file as it is can be read piece by piece.
    bool hasPieces(std::size_t index) const
    {
        return m_base->sliceOf(index) && canWiden(m_base->tensors()[index].dtype);
    }
    bool isNew(std::size_t index) const { return index >= m_baseCount; }
    AdapterParts sortedParts() const;
    void addProduct(const std::string& module, const Product& product, std::optional<std::size_t> at);
    void addWhole(const std::string& name, std::size_t stored, std::optional<std::size_t> at);
    void settle(const AdapterParts& parts, AdapterFacts& facts);
    bool isTurned(const std::vector<std::int64_t>& shape, std::int64_t outputs, std::int64_t inputs) const;
    std::vector<float> floatsOf(std::size_t stored, bool turned) const;
    void readBase(std::size_t index, std::int64_t first, std::span<float> into) const;
    void add(const Change& change, std::int64_t first, std::span<float> into) const;
    [[noreturn]] void refuse(const std::string& why) const;
    [[noreturn]] void refuseBase(const std::string& why) const;

    std::shared_ptr<const Container> m_base;
    std::unique_ptr<Container> m_adapter;
    AdapterConfig m_config;
    std::string m_folder;
    double m_strength;
    std::size_t m_baseCount;
    std::vector<StoredTensor> m_tensors;            // of the base, then what only the adapter has
    std::vector<std::unique_ptr<Change>> m_changes; // of the base; null: it stays
    std::vector<std::size_t> m_new;                 // of the adapter
};

std::unique_ptr<Container> weightsOf(const fs::path& folder)
{
    for (const char* name : kWeightFiles)
        if (fs::exists(folder / name)) return openContainer((folder / name).string());
    throw Error(ErrorCode::PartMissing, folder.string(),
                "holds adapter_config.json but no adapter_model.safetensors or adapter_model.bin",
                "download the missing file");
}

AdapterConfig configOf(const fs::path& folder)
{
    const auto json = readJsonFile(folder / kConfigFile);
    if (!json)
        throw Error(ErrorCode::PartMissing, folder.string(), "holds no adapter: adapter_config.json is missing",
                    "choose the folder that PEFT saved");
    return parseAdapterConfig(*json, (folder / kConfigFile).string());
}

// The folder itself where the adapter lies in it, else the newest state of its training or the snapshot of the hub.
fs::path homeOf(const fs::path& folder)
{
    return fs::exists(folder / kConfigFile) ? folder : modelFolder(folder);
}

// Of the hub's cache that of the repository ("org--name"), not of the revision.
std::string nameOf(const fs::path& folder)
{
    constexpr std::string_view kRepository = "models--";
    const bool isSnapshot = folder.parent_path().filename() == "snapshots";
    const std::string name = (isSnapshot ? folder.parent_path().parent_path() : folder).filename().string();
    return name.starts_with(kRepository) ? name.substr(kRepository.size()) : name;
}

AdaptedContainer::AdaptedContainer(std::shared_ptr<const Container> base, const AdapterWish& wish,
                                   const fs::path& folder, AdapterFacts& facts)
    : m_base(std::move(base)), m_config(configOf(folder)), m_folder(folder.string()), m_strength(wish.strength),
      m_baseCount(m_base->tensors().size()), m_tensors(m_base->tensors()), m_changes(m_baseCount)
{
    m_adapter = weightsOf(folder);
    facts.folder = m_folder;
    facts.name = nameOf(folder);
    facts.base = m_config.base;
    facts.strength = wish.strength;
    settle(sortedParts(), facts);
}

void AdaptedContainer::refuse(const std::string& why) const
{
    throw Error(ErrorCode::BadWeights, m_folder, why, "save the adapter again or download it again");
}

void AdaptedContainer::refuseBase(const std::string& why) const
{
    throw Error(ErrorCode::BadWeights, m_folder, "is an adapter of another base: " + why,
                m_config.base.empty() ? "open the model that it was trained on first"
                                      : "open it with its base, " + m_config.base.substr(0, 200));
}

AdapterParts AdaptedContainer::sortedParts() const
{
    using Half = AdapterKey::Half;
    AdapterParts parts;
    const auto put = [&](std::optional<std::size_t>& place, const std::string& name, std::size_t index) {
        if (place) refuse("holds " + name + " twice");
        place = index;
    };
    for (std::size_t i = 0; i < m_adapter->tensors().size(); ++i) {
        const std::string& name = m_adapter->tensors()[i].name;
        const AdapterKey key = adapterKeyOf(name);
        if (key.half == Half::Ignored) continue;
        if (key.half == Half::Unknown)
            throw Error(ErrorCode::UnsupportedModel, m_folder,
                        "holds " + name + ", a part that this version does not compute",
                        "merge it into its base model (merge_and_unload in PEFT) and open that");
        if (key.half == Half::Whole) {
            if (!parts.wholes.emplace(key.module, i).second) refuse("holds " + name + " twice");
            continue;
        }
        Product& product = parts.products[key.module];
        product.isEmbedding = key.half == Half::EmbeddingDown || key.half == Half::EmbeddingUp;
        const bool isDown = key.half == Half::Down || key.half == Half::EmbeddingDown;
        put(isDown ? product.down : product.up, name, i);
    }
    return parts;
}

void AdaptedContainer::settle(const AdapterParts& parts, AdapterFacts& facts)
{
    std::vector<std::string> names;
    for (const StoredTensor& tensor : m_base->tensors()) names.push_back(tensor.name);
    const BaseNames base(names);
    std::set<std::string> modules;
    for (const auto& [module, product] : parts.products) {
        addProduct(module, product, base.find(module + ".weight"));
        modules.insert(module.substr(module.rfind('.') + 1));
        facts.rank = std::max(facts.rank, m_adapter->tensors()[*product.down].shape[0]);
    }
    for (const auto& [name, stored] : parts.wholes) {
        addWhole(name, stored, base.find(name));
        facts.saved.push_back(name);
    }
    if (parts.products.empty() && parts.wholes.empty()) refuse("changes nothing");
    facts.matrices = std::int64_t(parts.products.size());
    facts.modules.assign(modules.begin(), modules.end());
    for (const StoredTensor& tensor : m_adapter->tensors()) facts.parameters += countOf(tensor.shape);
}

// Whether W is stored as [in,out]. A square matrix does not show it.
bool AdaptedContainer::isTurned(const std::vector<std::int64_t>& shape, std::int64_t outputs, std::int64_t inputs) const
{
    const bool plain = shape[0] == outputs && countOf(shape) == outputs * inputs;
    const bool turned = shape.size() == 2 && shape[0] == inputs && shape[1] == outputs;
    return turned && (!plain || m_config.isFanInFanOut);
}

void AdaptedContainer::addProduct(const std::string& module, const Product& product, std::optional<std::size_t> at)
{
    if (!product.down || !product.up) refuse("holds only one half of " + module);
    const auto &down = m_adapter->tensors()[*product.down].shape, &up = m_adapter->tensors()[*product.up].shape;
    if (down.size() < 2 || up.size() < 2 || countOf(down) == 0 || countOf(up) == 0 || down[0] != countOf(up) / up[0])
        refuse("has halves of " + module + " that do not fit each other: " + extentsText(down) + " and " +
               extentsText(up));
    if (down[0] != m_config.rankOf(module))
        refuse(fmt::format("has the rank {} at {}, where adapter_config.json says {}", down[0], module,
                           m_config.rankOf(module)));
    if (!at) refuseBase("it changes " + module + ", which the base lacks");
    const auto& shape = m_tensors[*at].shape;
    const std::int64_t outputs = up[0], inputs = countOf(down) / down[0];
    const bool fits = shape.size() >= 2 && countOf(shape) == outputs * inputs;
    const bool turns = fits && (product.isEmbedding || isTurned(shape, outputs, inputs));
    if (!fits || shape[0] != (turns ? inputs : outputs))
        refuseBase(
            fmt::format("it changes {} of {}×{}, where the base has {}", module, outputs, inputs, extentsText(shape)));
    if (m_changes[*at]) refuse("changes " + m_tensors[*at].name + " twice");
    if (m_strength == 0) return; // not a bit of the base changes
    auto change = std::make_unique<Change>();
    change->left = turns ? *product.down : *product.up;
    change->right = turns ? *product.up : *product.down;
    change->turns = turns;
    change->factor = float(m_strength * m_config.scalingOf(module));
    change->rank = down[0];
    change->columns = turns ? outputs : inputs;
    m_tensors[*at].dtype = DType::F32;
    m_changes[*at] = std::move(change);
}

void AdaptedContainer::addWhole(const std::string& name, std::size_t stored, std::optional<std::size_t> at)
{
    const StoredTensor& own = m_adapter->tensors()[stored];
    if (!at) {
        // A head of its own is new; a layer that the base lacks is not.
        if (std::ranges::any_of(name, [](char c) { return c >= '0' && c <= '9'; }))
            refuseBase("it brings " + name + ", which the base lacks");
        m_tensors.push_back({name, own.dtype, own.shape});
        m_new.push_back(stored);
        return;
    }
    if (m_tensors[*at].shape != own.shape)
        refuseBase(fmt::format("it brings {} of {}, where the base has {}", name, extentsText(own.shape),
                               extentsText(m_tensors[*at].shape)));
    if (m_changes[*at]) refuse("changes " + name + " twice");
    if (m_strength == 0) return;
    m_changes[*at] = std::make_unique<Change>();
    m_changes[*at]->whole = stored;
    m_changes[*at]->factor = float(m_strength);
    m_tensors[*at].dtype = DType::F32;
}

// One tensor of the adapter as float32; `turned` as a matrix with rows and columns exchanged.
std::vector<float> AdaptedContainer::floatsOf(std::size_t stored, bool turned) const
{
    const auto& [name, dtype, shape] = m_adapter->tensors()[stored];
    at::Tensor tensor = floatsFromBytes(m_adapter->read(stored).bytes, dtype, shape, name);
    if (turned) tensor = tensor.flatten(1).t();
    tensor = tensor.contiguous();
    const float* const values = tensor.data_ptr<float>();
    return {values, values + tensor.numel()};
}

// Into `into` the values of the base from the `first` number on.
void AdaptedContainer::readBase(std::size_t index, std::int64_t first, std::span<float> into) const
{
    if (into.empty()) return;
    const auto& [name, dtype, shape] = m_base->tensors()[index];
    if (const auto slice = m_base->sliceOf(index); slice && canWiden(dtype)) {
        const std::uint64_t width = slice->bytes / std::uint64_t(countOf(shape));
        std::vector<std::byte> bytes(into.size() * width);
        slice->file->read(slice->offset + std::uint64_t(first) * width, bytes);
        return widen(bytes, dtype, into.data());
    }
    if (m_base->isPacked(index)) return m_base->readRows(index, first / shape.back(), into);
    const RawTensor raw = m_base->read(index);
    const std::size_t width = raw.bytes.size() / std::size_t(countOf(shape));
    const auto part = std::span(raw.bytes).subspan(std::size_t(first) * width, into.size() * width);
    const at::Tensor floats = floatsFromBytes(part, dtype, {std::int64_t(into.size())}, name);
    std::copy_n(floats.data_ptr<float>(), into.size(), into.begin());
}

void AdaptedContainer::add(const Change& change, std::int64_t first, std::span<float> into) const
{
    std::call_once(change.read, [&] {
        change.first = floatsOf(change.whole ? *change.whole : change.left, change.turns);
        if (!change.whole) change.second = floatsOf(change.right, change.turns);
    });
    if (change.whole) {
        for (std::size_t i = 0; i < into.size(); ++i)
            into[i] += change.factor * (change.first[std::size_t(first) + i] - into[i]);
        return;
    }
    std::vector<float> product;
    for (std::size_t at = 0; at < into.size();) {
        const std::int64_t row = (first + std::int64_t(at)) / change.columns,
                           column = (first + std::int64_t(at)) % change.columns;
        const std::size_t count = std::min(into.size() - at, std::size_t(change.columns - column));
        product.assign(count, 0.0F);
        for (std::int64_t k = 0; k < change.rank; ++k) {
            const float left = change.first[std::size_t(row * change.rank + k)];
            const float* const right = change.second.data() + k * change.columns + column;
            for (std::size_t i = 0; i < count; ++i) product[i] += left * right[i];
        }
        for (std::size_t i = 0; i < count; ++i) into[at + i] += change.factor * product[i];
        at += count;
    }
}

void AdaptedContainer::readRows(std::size_t index, std::int64_t first, std::span<float> into) const
{
    if (isNew(index)) return m_adapter->readRows(m_new[index - m_baseCount], first, into);
    if (!m_changes[index]) return m_base->readRows(index, first, into);
    const std::int64_t begin = first * m_tensors[index].shape.back();
    readBase(index, begin, into);
    add(*m_changes[index], begin, into);
}

RawTensor AdaptedContainer::read(std::size_t index) const
{
    if (isNew(index)) return m_adapter->read(m_new[index - m_baseCount]);
    if (!m_changes[index]) return m_base->read(index);
    const auto& shape = m_tensors[index].shape;
    RawTensor raw{DType::F32, shape, std::vector<std::byte>(std::size_t(countOf(shape)) * sizeof(float))};
    if (raw.bytes.empty()) return raw;
    const std::span<float> floats(reinterpret_cast<float*>(raw.bytes.data()), std::size_t(countOf(shape)));
    readBase(index, 0, floats);
    add(*m_changes[index], 0, floats);
    return raw;
}

std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t kShown = 8;
    const std::size_t shown = std::min(names.size(), kShown);
    return fmt::format("{}{}", fmt::join(names.begin(), names.begin() + std::ptrdiff_t(shown), ", "),
                       names.size() > shown ? ", ..." : "");
}

} // namespace

std::string AdapterFacts::describe() const
{
    std::string text = fmt::format("adapter: {}, strength {}", name, strength);
    if (matrices > 0) text += fmt::format(", LoRA of rank {} at {} matrices ({})", rank, matrices, listed(modules));
    if (!saved.empty()) text += ", tensors of its own: " + listed(saved);
    return text;
}

std::optional<fs::path> adapterFolder(const std::string& path)
{
    std::error_code problem;
    fs::path folder = fs::absolute(path, problem).lexically_normal();
    const std::string file = folder.filename().string();
    if (file == kConfigFile || std::ranges::find(kWeightFiles, file) != kWeightFiles.end())
        folder = folder.parent_path();
    else if (!fs::is_directory(folder, problem))
        return std::nullopt;
    else
        folder = homeOf(folder.has_filename() ? folder : folder.parent_path());
    if (!fs::exists(folder / kConfigFile, problem) || holdsWeights(folder)) return std::nullopt;
    return folder;
}

std::string baseOfAdapter(const fs::path& folder)
{
    return configOf(folder).base;
}

std::unique_ptr<Container> withAdapter(std::shared_ptr<const Container> base, const AdapterWish& wish,
                                       AdapterFacts& facts)
{
    std::error_code problem;
    fs::path folder = fs::absolute(wish.folder, problem).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    if (!fs::exists(folder, problem))
        throw Error(ErrorCode::FileMissing, wish.folder, "does not exist", "choose the folder that PEFT saved");
    folder = fs::is_directory(folder, problem) ? homeOf(folder) : folder.parent_path();
    return std::make_unique<AdaptedContainer>(std::move(base), wish, folder, facts);
}

} // namespace headlens
