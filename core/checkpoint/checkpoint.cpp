// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/checkpoint.h"

#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/checkpoint/model_folder.h"
#include "core/checkpoint/read_floats.h"
#include "core/checkpoint/state_dicts.h"
#include "core/kernels/workers.h"
#include "core/tensors/bridge.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <filesystem>
#include <span>

namespace headlens {
namespace {

namespace fs = std::filesystem;

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

bool readsHeads(const std::string& canonical)
{
    // Query, key and value.
    return canonical.find(".attention.attention.") != std::string::npos || canonical.starts_with("attn_pool.q.") ||
           canonical.starts_with("attn_pool.k.") || canonical.starts_with("attn_pool.v.");
}

// As PyTorch holds what is stored with its inputs first (TensorView::transposed).
at::Tensor turned(const std::string& canonical, const at::Tensor& tensor)
{
    if (canonical.ends_with(".bias")) return tensor.flatten(); // [heads,width]
    constexpr std::int64_t kKernel = 4;
    if (tensor.dim() == kKernel) return tensor.permute({3, 2, 0, 1}).contiguous();
    if (tensor.dim() == 3) return (readsHeads(canonical) ? tensor.flatten(1) : tensor.flatten(0, 1)).t().contiguous();
    return tensor.dim() == 2 ? tensor.t().contiguous() : tensor;
}

std::vector<std::int64_t> turnedShape(const std::string& canonical, const std::vector<std::int64_t>& shape)
{
    return turned(canonical, at::empty(shape, at::TensorOptions().device(at::kMeta))).sizes().vec();
}

// Of the last dimension.
std::int64_t rowsOf(const std::vector<std::int64_t>& shape)
{
    std::int64_t rows = 1;
    for (std::size_t i = 0; i + 1 < shape.size(); ++i) rows *= shape[i];
    return rows;
}

// The stored bytes of these rows, by all threads.
void readRows(const Container& container, std::size_t index, const RowRange& rows, std::span<std::byte> into)
{
    constexpr std::int64_t kTogether = 1 << 20; // bytes
    const std::int64_t width = std::int64_t(into.size()) / rows.count,
                       each = std::max<std::int64_t>(kTogether / std::max<std::int64_t>(width, 1), 1);
    parallelFor(rows.count, each, [&](std::int64_t begin, std::int64_t end) {
        container.readBlocks(index, rows.first + begin,
                             into.subspan(std::size_t(begin * width), std::size_t((end - begin) * width)));
    });
}

at::Tensor emptyBytes(const std::vector<RowRange>& rows, std::int64_t width, bool withoutValues)
{
    std::int64_t count = 0;
    for (const RowRange& range : rows) count += range.count;
    return at::empty({count, width}, at::device(withoutValues ? at::kMeta : at::kCPU).dtype(at::kByte));
}

// The rows `ranges` of `view`, which are counted from its first on, one after the other into `bytes` [rows,width].
void readBytes(const Container& container, std::size_t index, const RowRange& view, const std::vector<RowRange>& ranges,
               const at::Tensor& bytes)
{
    auto* to = reinterpret_cast<std::byte*>(bytes.data_ptr<std::uint8_t>());
    for (const RowRange& range : ranges) {
        const auto size = std::size_t(range.count * bytes.size(1));
        readRows(container, index, {view.first + range.first, range.count}, {to, size});
        to += size;
    }
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

std::string describe(const WeightCopies& copies)
{
    std::string others;
    for (const std::string& other : copies.others) others += (others.empty() ? "" : ", ") + other;
    return "weights: " + copies.taken + (isAverage(copies.taken) ? ", an average of the training" : "") +
           "; not read: " + others + " (--set weights=NAME, raw or averaged)";
}

std::string nameOfPrefix(const std::string& prefix)
{
    return prefix.empty() ? "those without a prefix" : prefix.substr(0, prefix.size() - 1);
}

} // namespace

Checkpoint Checkpoint::open(const std::string& path, const std::string& weights,
                            const std::vector<const LayoutTable*>& names, const AdapterWish& adapter)
{
    Checkpoint checkpoint;
    checkpoint.m_path = path;
    std::error_code problem;
    const fs::path given(path);
    const bool folder = fs::is_directory(given, problem);
    const bool index = path.ends_with(".index.json");
    bool whole = index;
    const fs::path home = folder ? modelFolder(given) : fs::absolute(given).parent_path();
    const fs::path named = folder ? fs::absolute(given).lexically_normal() : given;
    checkpoint.m_name = (named.has_filename() ? named.filename() : named.parent_path().filename()).string();
    if (home != given && folder)
        checkpoint.m_assumptions.push_back("opened: " + home.lexically_relative(given).string());
    if (folder && adapter.folder.empty())
        if (const auto beside = adapterBeside(home, holdsWeights(home))) checkpoint.m_assumptions.push_back(*beside);
    checkpoint.m_container = folder  ? openFolder(home, weights, checkpoint.m_assumptions)
                             : index ? openSharded(path)
                                     : openFile(given, weights, checkpoint.m_assumptions, whole);
    if (!adapter.folder.empty()) checkpoint.putOn(adapter);
    const Json* own = checkpoint.m_container->settings();
    for (std::string& remark : checkpoint.m_container->remarks()) checkpoint.m_assumptions.push_back(std::move(remark));
    // A bare .pth brings no config of its own: one that lies beside it may belong to another file.
    if (own != nullptr)
        checkpoint.m_config = *own;
    else if (folder || whole || given.extension() == ".safetensors")
        checkpoint.readSideFiles(home.string());
    checkpoint.chooseLayout(weights, names);
    return checkpoint;
}

void Checkpoint::putOn(const AdapterWish& adapter)
{
    m_container = withAdapter(std::move(m_container), adapter, m_adapter.emplace());
    m_name += " + " + m_adapter->name;
    m_assumptions.push_back(m_adapter->describe());
}

void Checkpoint::readSideFiles(const std::string& home)
{
    const fs::path folder(home);
    m_config = readJsonFile(folder / "config.json");
    m_preprocessor = readPreprocessor(folder);
    if (const auto openClip = m_config ? std::nullopt : readJsonFile(folder / "open_clip_config.json"))
        if (const auto files = fromOpenClip(*openClip)) {
            m_config = files->config;
            if (!m_preprocessor) m_preprocessor = files->preprocessor;
            m_assumptions.push_back("sizes, heads and preprocessing: open_clip_config.json");
        }
    if (!fs::exists(folder / "modules.json")) return;
    const std::string list = readWhole((folder / "modules.json").string(), 1U << 20);
    const SentenceModules modules = sentenceModules(parseJsonObject("{\"all\":" + list + "}", "modules.json")["all"]);
    if (const auto pooling = readJsonFile(folder / modules.pooling / "config.json");
        pooling && !modules.pooling.empty())
        m_pooling = poolingFrom(*pooling);
    for (const std::string& other : modules.others)
        m_assumptions.push_back("not computed: the module " + other +
                                " behind the pooling, so similarities differ from "
                                "those of sentence-transformers");
}

void Checkpoint::chooseLayout(const std::string& weights, const std::vector<const LayoutTable*>& names)
{
    m_layout = recogniseLayout(tensors(), weights, names);
    WeightCopies copies = m_container->copies();
    if (!copies.others.empty()) m_assumptions.push_back(describe(copies));
    WeightCopies inside{nameOfPrefix(m_layout.prefix), {}};
    for (const std::string& prefix : m_layout.otherPrefixes) inside.others.push_back(nameOfPrefix(prefix));
    if (!inside.others.empty()) m_assumptions.push_back(describe(inside));
    const bool named = !weights.empty() && weights != "raw" && weights != "averaged";
    if (named && weights != copies.taken && weights != inside.taken) {
        std::string known;
        for (const WeightCopies& some : {copies, inside})
            for (const std::string& other : some.others) known += (known.empty() ? "" : ", ") + other;
        throw Error(ErrorCode::Usage, "--set weights=" + weights, "names no copy of the weights in this file",
                    known.empty() ? "it holds one only: leave it out" : "use raw, averaged or one of " + known);
    }
    m_assumptions.insert(m_assumptions.end(), m_layout.assumptions.begin(), m_layout.assumptions.end());
}

std::optional<std::vector<std::int64_t>> Checkpoint::shapeOf(const std::string& canonical) const
{
    const auto hit = m_layout.views.find(canonical);
    if (hit == m_layout.views.end()) return std::nullopt;
    auto shape = tensors()[hit->second.index].shape;
    if (hit->second.transposed) shape = turnedShape(canonical, shape);
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

std::int64_t Checkpoint::partRows(const std::vector<std::int64_t>& shape, int parts, const std::string& canonical) const
{
    const std::int64_t rows = shape.empty() ? 0 : shape[0] / parts;
    if (rows < 1)
        throw Error(ErrorCode::BadWeights, m_path, canonical + " cannot be cut into " + std::to_string(parts));
    return rows;
}

// The rows of a part lie together: those of the others need not be read.
at::Tensor Checkpoint::readPart(std::size_t index, int part, int parts, const std::string& canonical) const
{
    const auto& [name, dtype, stored] = tensors()[index];
    std::vector<std::int64_t> shape = stored;
    if (parts > 1) shape[0] = partRows(stored, parts, canonical);
    if (const auto slice = m_container->sliceOf(index); slice && canWiden(dtype)) {
        const std::uint64_t bytes = slice->bytes / std::uint64_t(parts);
        return floatsFromFile({slice->file, slice->offset + std::uint64_t(part) * bytes, bytes}, dtype, shape,
                              canonical);
    }
    if (m_container->isPacked(index) && shape.size() > 1) {
        return floatsFromRows(*m_container, index, part * rowsOf(shape), shape);
    }
    const RawTensor raw = m_container->read(index);
    const std::size_t bytes = raw.bytes.size() / std::size_t(parts);
    return floatsFromBytes(std::span(raw.bytes).subspan(std::size_t(part) * bytes, bytes), dtype, shape, canonical);
}

Checkpoint Checkpoint::changed(WeightChange change) const
{
    Checkpoint other = *this;
    other.m_change = std::move(change);
    return other;
}

Checkpoint Checkpoint::keeping() const
{
    Checkpoint other = *this;
    other.m_kept = std::make_shared<Kept>();
    return other;
}

std::optional<StoredMatrix> Checkpoint::stored(const std::string& canonical, const std::vector<RowRange>& parts) const
{
    const auto hit = m_layout.views.find(canonical);
    if (!keeps() || m_change || hit == m_layout.views.end() || hit->second.transposed) return std::nullopt;
    const TensorView& view = hit->second;
    const std::vector<std::int64_t>& shape = tensors()[view.index].shape;
    const auto format = m_container->formatOf(view.index);
    if (!format || shape.size() < 2 || shape[0] % view.parts != 0) return std::nullopt;
    const std::int64_t columns = shape.back(), rows = rowsOf(shape) / view.parts;
    const BlockSize block = blockSizeOf(*format);
    const std::vector<RowRange> ranges = parts.empty() ? std::vector<RowRange>{{0, rows}} : parts;
    if (columns % block.values != 0 || !std::ranges::all_of(ranges, [rows](const RowRange& range) {
            return range.first >= 0 && range.count > 0 && range.count <= rows - range.first;
        }))
        return std::nullopt;
    const StoredMatrix matrix{*format, emptyBytes(ranges, columns / block.values * block.bytes, m_withoutValues),
                              columns};
    m_kept->values += matrix.rows() * columns;
    m_kept->bytes += matrix.bytes.numel();
    if (!m_withoutValues) readBytes(*m_container, view.index, {view.part * rows, rows}, ranges, matrix.bytes);
    return matrix;
}

at::Tensor Checkpoint::read(const std::string& canonical) const
{
    const auto hit = m_layout.views.find(canonical);
    if (hit == m_layout.views.end()) throw Error(ErrorCode::BadWeights, m_path, "lacks the tensor " + canonical);
    if (m_withoutValues) return at::empty(*shapeOf(canonical), at::TensorOptions().device(at::kMeta));
    const auto& [index, part, parts, transposed] = hit->second;
    if (!transposed) return readPart(index, part, parts, canonical);
    const at::Tensor tensor = turned(canonical, readPart(index, 0, 1, canonical));
    if (parts == 1) return tensor;
    const std::int64_t rows = partRows(tensor.sizes().vec(), parts, canonical);
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
    if (m_checkpoint.change()) tensor = m_checkpoint.change()(name, tensor);
    if (m_checkpoint.hasValues() && !m_allowNonFinite && !allFinite(tensor)) m_nonFinite.push_back(name);
    return tensor;
}

at::Tensor WeightBinder::takeOptional(const std::string& name, const std::vector<std::int64_t>& shape)
{
    return m_checkpoint.has(name) ? take(name, shape) : at::Tensor();
}

std::shared_ptr<const HeldWeights> WeightBinder::keep(const std::string& name, const std::vector<std::int64_t>& shape,
                                                      const std::vector<RowRange>& parts)
{
    if (!m_checkpoint.keeps()) return nullptr;
    const auto whole = m_checkpoint.shapeOf(name);
    if (!whole || shape.size() != 2 || (parts.empty() && *whole != shape) || whole->back() != shape[1]) return nullptr;
    std::optional<StoredMatrix> matrix = m_checkpoint.stored(name, parts);
    if (!matrix || matrix->rows() != shape[0]) return nullptr;
    m_taken.insert(m_checkpoint.layout().views.at(name).index);
    if (m_checkpoint.hasValues() && !m_allowNonFinite && !allFinite(*matrix)) m_nonFinite.push_back(name);
    return std::make_shared<StoredLinear>(std::move(*matrix));
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
