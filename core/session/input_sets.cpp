// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/input_sets.h"

#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"
#include "core/session/forward_pass.h"
#include "core/session/run_input.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <span>
#include <sstream>
#include <system_error>
#include <utility>

namespace headlens {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostInputs = 10'000;
constexpr std::uint64_t kLargestPicture = 256U << 20, kLargestText = 64U << 20;
constexpr std::int64_t kLargestSums = 64 << 20; // bytes of all blocks, by place

template <typename Iterator>
std::vector<fs::path> filesOf(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code problem;
    for (Iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
        std::error_code unknown;
        if (it->is_regular_file(unknown) && !it->path().filename().string().starts_with('.'))
            files.push_back(it->path());
    }
    if (problem)
        throw Error(ErrorCode::FileUnreadable, folder.string(), "cannot be read: " + problem.message(),
                    "choose another folder");
    std::ranges::sort(files);
    return files;
}

bool isBlank(const std::string& line)
{
    return std::ranges::all_of(line, [](unsigned char c) { return std::isspace(c) != 0; });
}

std::vector<std::string> textsIn(const std::string& path)
{
    std::vector<std::string> texts;
    std::istringstream lines(readWhole(path, kLargestText));
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (!isBlank(line)) texts.push_back(line);
    }
    return texts;
}

std::vector<std::string> picturesIn(const std::string& path)
{
    std::vector<std::string> pictures;
    for (const fs::path& file : filesUnder(path)) pictures.push_back(file.string());
    return pictures;
}

at::Tensor meanOverTokens(const at::Tensor& x)
{
    return x.reshape({-1, x.size(-1)}).mean(0).contiguous();
}

// What stands beside the inputs of a set, without what a set brings itself.
verbs::SetInput besideOf(const verbs::SetInput& shown, bool areTexts)
{
    verbs::SetInput beside = shown;
    beside.name.clear();
    beside.ablated.clear();
    beside.changes.clear();
    beside.hiddenTokens.clear();
    beside.takesCut = false; // it is asked for the shown picture alone
    if (areTexts) {
        beside.text.clear();
        beside.pair.clear();
        beside.candidates.clear();
        beside.written.clear();
        beside.decoderInputIds.clear();
    }
    return beside;
}

bool isFolder(const std::string& path)
{
    std::error_code problem;
    return fs::is_directory(path, problem);
}

std::vector<std::string> inputsOf(const ModelFacts& model, const std::string& path)
{
    std::error_code problem;
    if (!fs::exists(path, problem))
        throw Error(ErrorCode::FileMissing, path, "does not exist",
                    "choose a folder of pictures, or a text file with one text a line");
    const bool areTexts = !isFolder(path);
    if (!areTexts && !model.takesPictures())
        throw Error(ErrorCode::BadRequest, path, "is a folder, and this model reads text",
                    "choose a text file with one text a line");
    if (areTexts && (!model.text.reads || (model.takesPictures() && !model.textOnlyInput)))
        throw Error(ErrorCode::BadRequest, path, "is a file, and this model looks at pictures",
                    "choose a folder of pictures");
    std::vector<std::string> inputs = areTexts ? textsIn(path) : picturesIn(path);
    if (inputs.empty())
        throw Error(ErrorCode::BadRequest, path, areTexts ? "holds no text" : "holds no pictures",
                    areTexts ? "write one text a line" : "choose a folder of pictures");
    if (inputs.size() > kMostInputs)
        throw Error(ErrorCode::BadRequest, path, fmt::format("holds more than {} inputs", kMostInputs),
                    "choose a smaller set");
    return inputs;
}

} // namespace

std::vector<fs::path> filesUnder(const fs::path& folder)
{
    std::vector<fs::path> files = filesOf<fs::directory_iterator>(folder);
    return files.empty() ? filesOf<fs::recursive_directory_iterator>(folder) : files;
}

std::string InputSet::keyOf(const OpenedModel& model, const std::string& path, const verbs::SetInput& beside)
{
    const verbs::SetInput at = besideOf(beside, !isFolder(path));
    std::string key = fmt::format("{}\n{}\n{}\n{}\n", path, at.fit, at.maskRatio, at.maskSeed);
    for (const auto& [name, value] : at.switches) key += name + "=" + value + "\n";
    if (!model.facts().text.reads) return key;
    return key + fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", at.chat, at.system, at.text, at.pair, at.written, at.cutFrom,
                             fmt::join(at.decoderInputIds, ","), fmt::join(at.candidates, "\n"));
}

InputSet::InputSet(const OpenedModel& model, std::string path, const verbs::SetInput& beside)
    : m_path(std::move(path)), m_key(keyOf(model, m_path, beside)), m_areTexts(!isFolder(m_path)),
      m_inputs(inputsOf(model.facts(), m_path)), m_sums(model.facts().blocks.size())
{
    m_beside = besideOf(beside, m_areTexts);
}

std::shared_ptr<Run> InputSet::prepared(const std::shared_ptr<OpenedModel>& model, const std::string& input) const
{
    verbs::SetInput request = m_beside;
    (m_areTexts ? request.text : request.name) = input;
    std::shared_ptr<Run> run;
    if (m_areTexts) {
        run = std::make_shared<Run>(model);
        run->request = request;
    } else {
        const std::string file = readWhole(input, kLargestPicture);
        const auto bytes = std::as_bytes(std::span(file.data(), file.size()));
        run = preparedRun(model, decodedPicture(request, bytes).image, request);
    }
    addText(*run);
    return run;
}

InputSet::Sums InputSet::sumsOf(const std::shared_ptr<OpenedModel>& model, const std::string& input,
                                const JobControl& control) const
{
    const std::shared_ptr<Run> run = prepared(model, input);
    Sums sums(m_sums.size());
    std::int64_t bytes = 0; // of all blocks by place
    Hooks hooks;
    hooks.looks = [](HookPoint point, int) {
        return point == HookPoint::HeadOutputs || point == HookPoint::ResidualAfter;
    };
    hooks.activation = [&](HookPoint point, int block, const at::Tensor& x) {
        Sum& sum = sums.at(std::size_t(block));
        const at::Tensor exact = x.to(at::kCPU, at::kDouble);
        (point == HookPoint::ResidualAfter ? sum.leaving : sum.heads) = meanOverTokens(exact);
        if (point == HookPoint::ResidualAfter) return x;
        bytes += exact.numel() * exact.element_size();
        if (bytes <= kLargestSums) sum.byPlace = exact.contiguous();
        return x;
    };
    ForwardOptions options = optionsOf(run->request);
    options.hooks = &hooks;
    completeRun(*model, *run, options, {control.cancelled, {}});
    if (bytes > kLargestSums)
        for (Sum& sum : sums) sum.byPlace = at::Tensor();
    return sums;
}

void InputSet::add(const Sums& one)
{
    for (std::size_t i = 0; i < one.size(); ++i) {
        const Sum& now = one[i];
        Sum& all = m_sums[i];
        if (!now.leaving.defined() && !now.heads.defined()) continue;
        const bool isFirst = all.inputs++ == 0;
        const auto grow = [isFirst](at::Tensor& sum, const at::Tensor& more) { sum = isFirst ? more : sum + more; };
        if (now.leaving.defined()) grow(all.leaving, now.leaving);
        if (now.heads.defined()) grow(all.heads, now.heads);
        const bool fits =
            now.byPlace.defined() && (isFirst || (all.byPlace.defined() && all.byPlace.sizes() == now.byPlace.sizes()));
        if (fits)
            grow(all.byPlace, now.byPlace);
        else
            all.byPlace = at::Tensor();
    }
}

void InputSet::runNext(const std::shared_ptr<OpenedModel>& model, const JobControl& control)
{
    const c10::InferenceMode inference;
    try {
        add(sumsOf(model, m_inputs[m_next], control));
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Cancelled) throw;
        if (m_failed++ == 0) m_failure = error.what();
    }
    ++m_next;
    if (isDone() && m_failed == int(m_inputs.size()))
        throw Error(ErrorCode::BadRequest, m_path, "holds nothing that could be run: " + m_failure,
                    "choose another set");
}

verbs::AveragedSet InputSet::state() const
{
    return {int(m_inputs.size()), int(m_next), m_failed, m_failure};
}

SetMeans InputSet::means() const
{
    SetMeans means;
    for (const Sum& sum : m_sums) {
        const auto mean = [&sum](const at::Tensor& of) {
            return of.defined() ? (of / double(sum.inputs)).to(at::kFloat) : of;
        };
        means.leaving.push_back(mean(sum.leaving));
        means.heads.push_back(mean(sum.heads));
        means.headsByPlace.push_back(mean(sum.byPlace));
    }
    return means;
}

} // namespace headlens
