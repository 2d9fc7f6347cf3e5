// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/commands.h"
#include "core/engine/model_options.h"

#include "core/session/session.h"
#include "core/tensors/profile.h"
#include "core/tensors/runtime.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>

namespace headlens {
namespace {

struct BenchOptions {
    ModelOptions model;
    int runs = 20, height = 0, width = 0, tokens = 128;
    bool noTrace = false, onRequest = false, json = false, profile = false;

    Session::MadeUpSize size() const { return {height, width, tokens}; }
};

struct Measured {
    double openMs = 0;
    std::vector<double> passes; // milliseconds each
    Session::Timing last;
    std::vector<ProfileLine> profile = {}; // where it was asked for
};

// The most memory that this process ever held, in bytes.
std::int64_t peakMemory()
{
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word)
        if (word == "VmHWM:") {
            std::int64_t kilobytes = 0;
            status >> kilobytes;
            return kilobytes * 1024;
        }
    return 0;
}

// For a program that interleaves several competitors: a line asks for one pass, its milliseconds are the answer.
void serveRequests(Session& session, const BenchOptions& options)
{
    for (std::string line; std::getline(std::cin, line);) {
        const bool asksPeak = line == "peak";
        const double value = asksPeak ? double(peakMemory()) / (1 << 20)
                                      : session.timeForward(options.size(), !options.noTrace && line != "bare").ms;
        std::printf("%.3f\n", value);
        std::fflush(stdout);
    }
}

// Where the milliseconds of a pass go, the longest first; every line of one pass.
std::vector<ProfileLine> profileOf(Session& session, const BenchOptions& options)
{
    std::vector<ProfileLine> lines;
    {
        const Profile profile;
        for (int i = 0; i < options.runs; ++i) session.timeForward(options.size(), !options.noTrace);
        lines = profile.lines();
    }
    for (ProfileLine& line : lines) {
        line.calls /= options.runs;
        line.ms /= options.runs;
        line.operations /= options.runs;
    }
    return lines;
}

Json jsonOf(const std::vector<ProfileLine>& lines)
{
    Json kinds = Json::array();
    for (const ProfileLine& line : lines)
        kinds.push_back({{"kind", line.kind}, {"calls", line.calls}, {"ms", line.ms}, {"operations", line.operations}});
    return kinds;
}

// A table of the same, with the share of what the vectors can do.
void print(const std::vector<ProfileLine>& lines, double peak)
{
    double all = 0;
    ProfileLine products{"all products"};
    for (const ProfileLine& line : lines) all += line.ms;
    std::printf("\n%-44s %6s %9s %7s %9s %6s\n", "one pass, by kind", "calls", "ms", "share", "GFLOP/s", "peak");
    const auto print = [&](const ProfileLine& line) {
        std::printf("%-44s %6d %9.2f %5.1f %%", line.kind.c_str(), line.calls, line.ms, 100 * line.ms / all);
        if (line.operations > 0)
            std::printf(" %9.1f %4.0f %%", line.operations / line.ms / 1e6, 100e3 * line.operations / line.ms / peak);
        std::printf("\n");
    };
    for (const ProfileLine& line : lines) {
        print(line);
        if (line.operations == 0) continue;
        products.calls += line.calls;
        products.ms += line.ms;
        products.operations += line.operations;
    }
    print(products);
    std::printf("The vectors of %d threads reach %.1f GFLOP/s in registers.\n", runtimeThreads(), peak / 1e9);
}

void print(const BenchOptions& options, const verbs::ModelInfo& model, const Measured& measured)
{
    const double peak = options.profile ? measuredPeak() : 0;
    const Session::Timing& kept = measured.last;
    std::vector<double> times = measured.passes;
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) { return times[std::size_t(share * double(times.size() - 1))]; };
    if (options.json) {
        Json figures{
            {"model", model.name},         {"device", model.device},         {"precision", model.precision},
            {"threads", runtimeThreads()}, {"height", options.height},       {"width", options.width},
            {"median_ms", at(0.5)},        {"fastest_ms", times.front()},    {"slowest_ms", times.back()},
            {"runs", times.size()},        {"trace_bytes", kept.traceBytes}, {"hidden_bytes", kept.hiddenBytes},
            {"peak_bytes", peakMemory()},  {"open_ms", measured.openMs}};
        if (model.isRounded())
            figures.update(
                {{"largest_difference", model.largestDifference}, {"mean_difference", model.meanDifference}});
        if (options.profile) figures.update({{"kinds", jsonOf(measured.profile)}, {"peak", peak}});
        std::printf("%s\n", figures.dump().c_str());
        return;
    }
    const std::string size = options.height > 0 ? fmt::format("{} x {} pixels", options.width, options.height)
                                                : fmt::format("at most {} tokens", options.tokens);
    std::printf("%s, %s, %s, %d threads, %s\n", model.name.c_str(), model.device.c_str(), model.precision.c_str(),
                runtimeThreads(), size.c_str());
    std::printf("opened           in %.0f ms\n", measured.openMs);
    std::printf("forward pass     %.1f ms median of %zu (%.1f to %.1f)\n", at(0.5), times.size(), times.front(),
                times.back());
    std::printf("kept             %.1f MB queries and keys, %.1f MB hidden states\n", double(kept.traceBytes) / 1e6,
                double(kept.hiddenBytes) / 1e6);
    std::printf("peak memory      %.0f MB\n", double(peakMemory()) / 1e6);
    if (model.isRounded())
        std::printf("from float32     attention weights differ by %.2g at most, %.2g on average\n",
                    model.largestDifference, model.meanDifference);
    if (options.profile) print(measured.profile, peak);
}

void bench(BenchOptions options)
{
    Session session;
    const auto begin = std::chrono::steady_clock::now();
    const verbs::ModelInfo model = options.model.open(session);
    Measured measured;
    measured.openMs = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    if (options.height == 0) options.height = model.imageHeight;
    if (options.width == 0) options.width = options.height == model.imageHeight ? model.imageWidth : options.height;
    if (options.height < model.patch || options.width < model.patch)
        throw Error(ErrorCode::Usage, "--height", "is less than one patch of " + std::to_string(model.patch));
    if (options.onRequest) return serveRequests(session, options);
    constexpr int kWarmUp = 3;
    for (int i = 0; i < options.runs + kWarmUp; ++i) {
        measured.last = session.timeForward(options.size(), !options.noTrace);
        if (i >= kWarmUp) measured.passes.push_back(measured.last.ms);
    }
    if (options.profile) measured.profile = profileOf(session, options);
    print(options, model, measured);
}

} // namespace

void addBenchCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("bench", "Measure the forward pass of a model on this machine");
    auto options = std::make_shared<BenchOptions>();
    options->model.addTo(*command);
    command->add_option("--runs", options->runs, "Passes that count, after three that do not")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command->add_option("--height", options->height, "Pixels; as trained unless given")->check(CLI::Range(1, 16'384));
    command->add_option("--width", options->width, "Pixels; the height unless given")->check(CLI::Range(1, 16'384));
    command->add_option("--tokens", options->tokens, "Of a text, at most as many as the model reads")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command->add_flag("--no-trace", options->noTrace, "Keep nothing but the outputs");
    command->add_flag("--on-request", options->onRequest,
                      "One pass for every line on standard input (\"bare\": without trace; \"peak\": memory in MiB)");
    command->add_flag(
        "--profile", options->profile,
        "Where the time goes: products by shape with their share of what the processor can do, and the rest");
    command->add_flag("--json", options->json, "One line of JSON");
    command->callback([options] { bench(*options); });
}

} // namespace headlens
