// SPDX-License-Identifier: GPL-3.0-or-later
// bench_attribution MODEL SIDE METHOD[,KEY=VALUE...]...: milliseconds of a forward pass over a made-up picture of that
// side, then of every method, measure or intervention of that name, as one line of JSON each; the median of five.
#include "core/attribution/method.h"
#include "core/interventions/interventions.h"
#include "core/measures/measures.h"
#include "core/session/session.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <sstream>
#include <vector>

namespace {

using namespace headlens;

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

const Method* methodNamed(const std::string& id)
{
    for (const auto& table : {allMethods(), allMeasures(), allInterventions()})
        for (const Method* method : table)
            if (method->info.id == id) return method;
    return nullptr;
}

int bench(const std::string& model, int side, const std::vector<std::string>& asked)
{
    Session session;
    session.openModel({model, "cpu", {}});
    std::vector<float> values(std::size_t(3) * std::size_t(side) * std::size_t(side));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = float(i * 37 % 255) / 255 - 0.5F;
    const auto forward = [&] { session.setTensors({pixelValues(values, {1, 3, side, side})}); };
    const double once = median(5, forward);
    std::printf("%s\n", Json({{"what", "forward"}, {"ms", once}}).dump().c_str());
    for (const std::string& one : asked) {
        std::istringstream parts(one);
        verbs::MapQuestion question;
        std::getline(parts, question.method, ',');
        for (std::string part; std::getline(parts, part, ',');)
            question.settings[part.substr(0, part.find('='))] = part.substr(part.find('=') + 1);
        const Method* method = methodNamed(question.method);
        if (method == nullptr) return 2;
        const double ms = median(5, [&] { computed(*method, session.run(), question); });
        std::printf("%s\n", Json({{"what", one}, {"ms", ms}, {"forwards", ms / once}}).dump().c_str());
        std::fflush(stdout);
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 4) {
        std::fprintf(stderr, "bench_attribution MODEL SIDE METHOD[,KEY=VALUE...]...\n");
        return 2;
    }
    return bench(argv[1], std::atoi(argv[2]), {argv + 3, argv + argc});
}
