// SPDX-License-Identifier: GPL-3.0-or-later
// bench_writing MODEL PRECISION [TOKENS]: a language model as a line of JSON: opening it, a prompt of so many tokens
// (512) with its trace, one more token, and the most memory that the program held.
#include "core/session/memory.h"
#include "core/session/opened_model.h"
#include "core/tensors/runtime.h"
#include "core/wire/safe_json.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace headlens;

double millisecondsOf(const std::function<void()>& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double peakGigabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (double kilobytes = 0; word == "VmHWM:" && status >> kilobytes) return kilobytes * 1024 / 1e9;
    return 0;
}

// The median of a few tokens after a short text.
double tokenOf(const TransformerModel& model)
{
    constexpr std::int64_t kRead = 16, kWritten = 9;
    const ModelInput input = madeUpInput(model.facts(), 0, 0, kRead);
    const auto writer = model.startGeneration(input, {});
    writer->next(input.ids);
    std::vector<double> times;
    for (std::int64_t i = 0; i < kWritten; ++i)
        times.push_back(millisecondsOf([&] { writer->next(at::full({1, 1}, i, at::kLong)); }));
    std::ranges::sort(times);
    return times[times.size() / 2];
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::fprintf(stderr, "bench_writing MODEL PRECISION [TOKENS]\n");
        return 2;
    }
    startRuntime();
    const std::int64_t tokens = argc > 3 ? std::atoi(argv[3]) : 512;
    std::shared_ptr<OpenedModel> opened;
    const double opening = millisecondsOf([&] { opened = openModel({argv[1], "cpu", {}, argv[2]}, {}, {}); });
    const c10::InferenceMode inference;
    const TransformerModel& model = opened->transformer();
    ForwardOptions options;
    options.vocabularyScores = false; // as sessions run it
    const double prompt = millisecondsOf([&] { model.run(madeUpInput(model.facts(), 0, 0, tokens), options, {}); });
    const double token = tokenOf(model);
    const Json figures{{"precision", opened->info.precision},
                       {"open_ms", opening},
                       {"prompt_ms", prompt},
                       {"token_ms", token},
                       {"file_gb", double(opened->info.fileBytes) / 1e9},
                       {"predicted_gb", double(opened->info.predictedBytes) / 1e9},
                       {"peak_gb", peakGigabytes()}};
    std::printf("%s\n", figures.dump().c_str());
    return 0;
}
