// SPDX-License-Identifier: GPL-3.0-or-later
// bench_attribution MODEL SIDE: opens a model, runs a made-up picture of that side, and answers every line it reads,
// "forward" or "METHOD[,KEY=VALUE...]" (a method, measure or intervention), with the milliseconds that took
// (interleave.py). "cancel TIMES METHOD[,...]" cancels it at so many moments spread over its time, and answers with
// the milliseconds from there until it has stopped: median and largest.
#include "core/attribution/method.h"
#include "core/interventions/interventions.h"
#include "core/measures/measures.h"
#include "core/session/session.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <sstream>
#include <vector>

namespace {

using namespace headlens;

double milliseconds(const std::function<void()>& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

const Method* methodNamed(const std::string& id)
{
    for (const auto& table : {allMethods(), allMeasures(), allInterventions()})
        for (const Method* method : table)
            if (method->info.id == id) return method;
    return nullptr;
}

verbs::MapQuestion questionFrom(const std::string& line)
{
    std::istringstream parts(line);
    verbs::MapQuestion question;
    std::getline(parts, question.method, ',');
    for (std::string part; std::getline(parts, part, ',');)
        question.settings[part.substr(0, part.find('='))] = part.substr(part.find('=') + 1);
    return question;
}

// Milliseconds from the moment in which it is cancelled, so far into its work; 0 where it was done before.
double untilStopped(const Method& method, const Run& run, const verbs::MapQuestion& question, double after)
{
    using Clock = std::chrono::steady_clock;
    const auto at =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double, std::milli>(after));
    JobControl control;
    control.cancelled = [at] { return Clock::now() >= at; };
    try {
        computed(method, run, question, control);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Cancelled) throw;
        return std::chrono::duration<double, std::milli>(Clock::now() - at).count();
    }
    return 0;
}

void answerCancelling(const Method& method, const Run& run, const verbs::MapQuestion& question, int times)
{
    computed(method, run, question); // what is loaded once is loaded
    const double whole = milliseconds([&] { computed(method, run, question); });
    std::vector<double> found;
    for (int i = 0; i < times; ++i) found.push_back(untilStopped(method, run, question, whole * (i + 0.5) / times));
    std::ranges::sort(found);
    std::printf("%.1f %.1f of %.0f\n", found[std::size_t(times) / 2], found.back(), whole);
}

int answer(const std::string& model, int side)
{
    Session session;
    session.openModel({model, "cpu", {}});
    std::vector<float> values(std::size_t(3) * std::size_t(side) * std::size_t(side));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = float(i * 37 % 255) / 255 - 0.5F;
    const auto forward = [&] { session.setTensors({pixelValues(values, {1, 3, side, side})}); };
    forward();
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream words(line);
        std::string first, asked = line;
        int times = 0;
        if (words >> first; first == "cancel") words >> times >> asked;
        const verbs::MapQuestion question = questionFrom(asked);
        const Method* method = methodNamed(question.method);
        if (method == nullptr && line != "forward") return 2;
        if (times > 0 && method != nullptr)
            answerCancelling(*method, session.run(), question, times);
        else
            std::printf("%.3f\n", milliseconds([&] {
                            method == nullptr ? forward() : void(computed(*method, session.run(), question));
                        }));
        std::fflush(stdout);
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fprintf(stderr, "bench_attribution MODEL SIDE\n");
        return 2;
    }
    return answer(argv[1], std::atoi(argv[2]));
}
