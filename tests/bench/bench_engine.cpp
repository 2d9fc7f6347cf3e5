// SPDX-License-Identifier: GPL-3.0-or-later
// bench_engine MODEL SIDE...: what the engine answers without a window, as one line of JSON for every side of the
// picture in pixels: memory of the trace, forward pass, one row of every head, the whole matrix of one head.
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

namespace {

using namespace headlens;

// Median milliseconds of `runs`, after one that does not count.
double median(int runs, const std::function<void()>& work)
{
    work();
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

Json measure(Session& session, int side)
{
    const std::int64_t pixels = std::int64_t(3) * side * side;
    std::vector<float> values(std::size_t(pixels), 0.0F);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = float(i * 37 % 255) / 255 - 0.5F;
    session.setTensors({pixelValues(values, {1, 3, side, side})});
    const verbs::InputInfo& input = session.run().info;
    const verbs::BlockOutline& block = session.model().blocks.at(0);
    const std::int64_t layers = std::int64_t(session.model().blocks.size());
    verbs::Tile tile;
    tile.queryEnd = tile.keyEnd = input.tokens;
    tile.rows = tile.columns = std::min(input.tokens, 400); // the pane on a large screen
    verbs::Tile zoomed = tile;
    zoomed.queryBegin = zoomed.keyBegin = input.tokens / 3;
    zoomed.queryEnd = zoomed.keyEnd = input.tokens / 3 + std::min(400, input.tokens / 2);
    return {{"tokens", input.tokens},
            {"trace_bytes", input.traceBytes},
            {"expected_bytes", layers * 2 * input.tokens * block.width * 4},
            {"hidden_bytes", input.hiddenBytes},
            {"rows_ms", median(20,
                               [&] {
                                   questions::rows(session.run(), {input.tokens / 2, false});
                               })},
            {"tile_ms", median(5, [&] { questions::tile(session.run(), tile); })},
            {"zoomed_tile_ms", median(5, [&] { questions::tile(session.run(), zoomed); })}};
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::fprintf(stderr, "bench_engine MODEL SIDE...\n");
        return 2;
    }
    Session session;
    session.openModel({argv[1], "cpu", {}});
    for (int i = 2; i < argc; ++i) std::printf("%s\n", measure(session, std::atoi(argv[i])).dump().c_str());
    return 0;
}
