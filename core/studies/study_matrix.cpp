// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studies/study_matrix.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace headlens {
namespace {

constexpr std::int64_t kMostCells = 4'000'000; // 16 MB on the way to the window
constexpr std::int64_t kMostTexts = 60'000;    // more of them cannot be read anyway

at::Tensor partNamed(const MethodResult& result, const std::string& name)
{
    for (const auto* table : {&result.parts, &result.shown})
        if (const auto hit = table->find(name); hit != table->end()) return hit->second.to(at::kCPU);
    return {};
}

// "name.*" -> "name.0", "name.1" ... as far as there are blocks; some of them undefined.
std::vector<at::Tensor> numbered(const MethodResult& result, const std::string& pattern)
{
    const std::string stem = pattern.substr(0, pattern.size() - 1);
    std::vector<at::Tensor> all;
    for (const auto& [name, value] : result.parts) {
        std::size_t number = 0;
        if (!name.starts_with(stem)) continue;
        const char *from = name.data() + stem.size(), *to = name.data() + name.size();
        if (const auto [end, problem] = std::from_chars(from, to, number); problem != std::errc() || end != to)
            continue;
        all.resize(std::max(all.size(), number + 1));
        all[number] = value.to(at::kCPU).flatten();
    }
    return all;
}

// A row each, nan where they are shorter or absent.
at::Tensor stacked(const std::vector<at::Tensor>& lines)
{
    std::int64_t longest = 0;
    for (const at::Tensor& line : lines)
        if (line.defined()) longest = std::max(longest, line.size(0));
    at::Tensor table = at::full({std::int64_t(lines.size()), longest}, std::nan(""), at::kDouble);
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (lines[i].defined()) table[std::int64_t(i)].narrow(0, 0, lines[i].size(0)).copy_(lines[i]);
    return table;
}

bool isPattern(const std::string& name)
{
    return name.ends_with(".*");
}

// [rows,columns]; undefined where a part is missing.
at::Tensor joined(const std::vector<std::string>& parts, const MethodResult& result)
{
    std::vector<at::Tensor> tables;
    for (const std::string& name : parts) {
        if (isPattern(name)) {
            const std::vector<at::Tensor> lines = numbered(result, name);
            if (lines.empty()) return {};
            tables.push_back(stacked(lines));
            continue;
        }
        const at::Tensor part = partNamed(result, name);
        if (!part.defined()) return {};
        const at::Tensor wide = part.to(at::kDouble);
        tables.push_back(wide.dim() == 1 ? wide.unsqueeze(1) : wide);
    }
    return at::cat(tables, 1);
}

// Of a class, or of an id of the vocabulary.
std::string wordOf(const OpenedModel& model, std::int64_t index)
{
    if (index < 0) return {};
    if (model.facts().classes > 0) return model.loaded.classLabel(index);
    const Tokenizer* tokenizer = model.decoderTokenizer();
    return tokenizer != nullptr ? tokenizer->piece(int(index)) : std::to_string(index);
}

std::vector<std::string> wordsOf(const at::Tensor& indices, const OpenedModel& model)
{
    const at::Tensor whole = indices.to(at::kLong).contiguous();
    const auto* index = whole.data_ptr<std::int64_t>();
    std::vector<std::string> words;
    for (std::int64_t i = 0; i < whole.numel(); ++i) words.push_back(wordOf(model, index[i]));
    return words;
}

std::vector<int> markedIn(const MethodResult& result, const std::string& pattern, std::int64_t columns)
{
    std::vector<int> marked;
    const std::vector<at::Tensor> lines = numbered(result, pattern);
    for (std::size_t row = 0; row < lines.size(); ++row)
        for (std::int64_t i = 0; lines[row].defined() && i < lines[row].size(0); ++i)
            marked.push_back(int(std::int64_t(row) * columns + lines[row][i].item<std::int64_t>()));
    return marked;
}

} // namespace

std::optional<MadeMatrix> matrixOf(const Drawn& drawn, const Method& method, const MethodResult& result, const Run& run)
{
    MadeMatrix made;
    made.numbers = joined(drawn.parts, result);
    if (!made.numbers.defined() || made.numbers.isnan().all().item<bool>()) return std::nullopt; // of no numbers too
    const std::int64_t cells = made.numbers.numel(), columns = made.numbers.size(1);
    if (cells > kMostCells)
        throw Error(ErrorCode::BadRequest, method.info.title,
                    "would be a matrix of " + std::to_string(cells) + " cells, which nobody can look at",
                    "use a smaller picture or a shorter text, or headlens-cli, which writes the numbers to a file");
    const std::string unit = drawn.unit.empty() ? method.info.unit : drawn.unit;
    made.said = {drawn.title,
                 {drawn.rows, {}},
                 {drawn.columns, drawn.named},
                 unit,
                 method.info.isSigned && !drawn.isRank,
                 drawn.isRank,
                 {},
                 {}};
    if (drawn.columns == "patch") { // of a picture its grid, of a text a line
        const bool isGrid = made.numbers.size(0) > 1;
        made.said.rows.what = isGrid ? "row" : "";
        made.said.columns.what = isGrid ? "column" : "token";
    }
    if (!drawn.texts.empty() && cells <= kMostTexts)
        if (const at::Tensor indices = partNamed(result, drawn.texts); indices.defined())
            made.said.texts = wordsOf(indices, run.model());
    if (!drawn.outliers.empty()) made.said.marked = markedIn(result, drawn.outliers, columns);
    return made;
}

} // namespace headlens
