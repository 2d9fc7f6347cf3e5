// SPDX-License-Identifier: GPL-3.0-or-later
// bench_tokenizer [--megabytes N] FOLDER...: characters per second of every tokenizer, on English prose, on mixed
// scripts, on program text, and on one word without a space. Rates are per second of the processor, so that other work
// beside it counts little; the seconds of the clock stand behind them.
#include "core/base/error.h"
#include "core/text/tokenizer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <utility>

namespace {

using namespace headlens;

std::string repeated(const std::string& text, std::size_t bytes)
{
    std::string all;
    while (all.size() < bytes) all += text;
    return all;
}

// Prose whose words vary, so that a memory of words does not answer everything.
std::string prose(std::size_t bytes)
{
    static const char* const syllables[] = {"the ", "cat",  "tion ", "ing ",  "un", "pre", "sum", "er ", "of ", "a ",
                                            "mor",  "ning", ", ",    "light", "s ", "ly ", "con", "Dr",  "in ", ". "};
    std::string all;
    for (unsigned state = 1; all.size() < bytes; state = state * 1103515245U + 12345U)
        all += syllables[(state >> 16) % std::size(syllables)];
    return all;
}

void measure(const Tokenizer& tokenizer, const char* what, const std::string& text)
{
    const auto characters = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t worked = std::clock();
    const std::size_t tokens = tokenizer.encode(text).tokens.size();
    const double busy = double(std::clock() - worked) / CLOCKS_PER_SEC;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("  %-14s %10.0f characters/s  %9zu tokens in %6.2f s, %6.2f s of the processor\n", what,
                double(characters) / busy, tokens, seconds, busy);
}

void bench(const std::string& folder, std::size_t bytes)
{
    const auto start = std::chrono::steady_clock::now();
    const auto tokenizer = Tokenizer::open(folder);
    if (!tokenizer) throw Error(ErrorCode::FileMissing, folder, "holds no tokenizer");
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("%s: %s, opened in %.2f s\n", folder.c_str(), tokenizer->describe().c_str(), seconds);
    measure(*tokenizer, "prose", prose(bytes));
    measure(*tokenizer, "mixed scripts",
            repeated("naïve café Привет мир 日本語のテキスト 한국어 हिन्दी العربية "
                     "😀👍🏽 e\xCC\x81 12,5 % ﬁn\n",
                     bytes));
    measure(*tokenizer, "program",
            repeated("    for (int i = 0; i < 1024; ++i) {\n        total += values[i] * 0.25; // the mean\n    }\n\n",
                     bytes));
    measure(*tokenizer, "one word", repeated("supercalifragilistic", bytes));
}

} // namespace

int main(int argc, char** argv)
{
    std::size_t bytes = std::size_t(10) << 20;
    try {
        for (int i = 1; i < argc; ++i) {
            if (std::string(argv[i]) == "--megabytes" && i + 1 < argc)
                bytes = std::size_t(std::max(1, std::atoi(argv[++i]))) << 20;
            else
                bench(argv[i], bytes);
        }
    } catch (const headlens::Error& error) {
        std::fprintf(stderr, "bench_tokenizer: %s\n", error.what());
        return exitStatusOf(error.code());
    }
    return 0;
}
