// SPDX-License-Identifier: GPL-3.0-or-later
// Models of the fake engine that read words: "life" (events of a made-up life; guesses follow age, the verdict the
// order of content), "tiles" (words, patches of a picture, states and objects in one sentence) and "asked" (a question
// about a picture, through a chat template).
#pragma once

#include "core/wire/message.h"
#include "core/wire/verbs.h"
#include "core/wire/verbs_lens.h"
#include "tests/support/fake_numbers.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

namespace headlens::fake {

inline constexpr const char* kLife =
    "<cls> 1961-03 born north farm <sep> 1967-09 school primary p0 <sep> 1977-06 school done p1 <sep> "
    "1979-09 job clerk p2 <sep> 1984-05 job [MASK] p3 <sep> 1986-02 move south flat <sep> 1986-10 family married p0 "
    "<sep> "
    "1992-01 leave layoff p0 <sep> 1992-11 job nurse p4 <sep> 2001-07 move west house <sep> 2003-03 ill back p1 <sep> "
    "2026-05 retired pension p2";
inline constexpr const char* kTiles =
    "given <img> with red@b3 green@a1 blue@c2 and <obj> Q : is red left of green and below blue ? A :";

inline constexpr std::int64_t kExperts = 4;
inline constexpr const char* kQuestion = "what is left of red ?";

inline std::vector<std::string> wordsIn(const std::string& text)
{
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

inline bool isMonth(const std::string& word)
{
    return word.size() == 7 && word[4] == '-';
}

inline double yearsOf(const std::string& month)
{
    return std::stod(month.substr(0, 4)) + (std::stod(month.substr(5)) - 1) / 12;
}

// Date, age and number of the event of every token; -1 for <cls>.
struct Times {
    std::vector<float> date, age, event;
};
inline Times timesOf(const std::vector<verbs::TextToken>& tokens)
{
    Times times;
    double birth = -1, date = 0;
    int event = -1;
    for (const verbs::TextToken& token : tokens) {
        if (token.kind == "date") {
            date = yearsOf(token.piece);
            birth = birth < 0 ? date : birth;
            ++event;
        }
        times.date.push_back(float(date));
        times.age.push_back(float(birth < 0 ? 0 : date - birth));
        times.event.push_back(float(event));
    }
    return times;
}

inline verbs::Stream streamOf(const std::string& text)
{
    verbs::Stream stream;
    stream.text = text;
    int at = 0; // words are parted by one blank
    for (const std::string& word : wordsIn(text)) {
        verbs::TextToken token;
        token.piece = word;
        token.begin = at;
        token.end = at += int(word.size());
        ++at;
        token.special = word.front() == '<' || word.front() == '[';
        if (isMonth(word)) token.kind = "date";
        stream.tokens.push_back(token);
    }
    return stream;
}

// Young people go to school, old ones retire; between both the date decides.
inline verbs::TopTokens guessesAt(int token, double age, double date)
{
    const auto bump = [](double x, double middle, double width) {
        return std::exp(-(x - middle) * (x - middle) / (2 * width * width));
    };
    std::vector<std::pair<std::string, double>> all{
        {"primary", bump(age, 8, 4)},  {"clerk", 0.6 * bump(age, 30, 15)}, {"nurse", 0.5 * bump(date, 1992, 6)},
        {"pension", bump(age, 72, 8)}, {"layoff", bump(date, 2009, 1)},    {"flat", 0.05}};
    double sum = 0;
    for (const auto& one : all) sum += one.second;
    std::ranges::sort(all, [](const auto& a, const auto& b) { return a.second > b.second; });
    verbs::TopTokens guesses;
    guesses.token = token;
    for (const auto& [word, part] : all) guesses.best.push_back({word, -1, std::log(part), part / sum});
    return guesses;
}

// Born, school, job, retired: as lived, backwards, or neither.
inline std::vector<verbs::Prediction> verdictOn(const std::vector<verbs::TextToken>& tokens)
{
    static const std::map<std::string, int> kStages{{"born", 0}, {"school", 1}, {"job", 2}, {"retired", 3}};
    int up = 0, down = 0, last = -1;
    for (const verbs::TextToken& token : tokens) {
        const auto stage = kStages.find(token.piece);
        if (stage == kStages.end()) continue;
        if (last >= 0) ++(stage->second < last ? down : up);
        last = stage->second;
    }
    const double lived = down == 0 ? 0.94 : 0.03, reversed = down > up ? 0.9 : 0.03;
    std::vector<verbs::Prediction> verdict{
        {0, "as lived", lived}, {1, "reversed", reversed}, {2, "shuffled", 1 - lived - reversed}};
    std::ranges::sort(verdict, [](const auto& a, const auto& b) { return a.probability > b.probability; });
    return verdict;
}

inline void readLife(const std::string& text, verbs::InputInfo& info)
{
    info.streams = {streamOf(text.empty() ? kLife : text)};
    const auto& tokens = info.streams[0].tokens;
    const Times times = timesOf(tokens);
    verbs::VocabularyScores gaps;
    for (int i = 0; i < int(tokens.size()); ++i)
        if (tokens[std::size_t(i)].piece == "[MASK]")
            gaps.places.push_back(guessesAt(i, double(times.age[std::size_t(i)]), double(times.date[std::size_t(i)])));
    info.outputs.set(std::move(gaps));
    info.outputs.set(verbs::Classes{verdictOn(tokens)});
    for (const char* name : {"life.date", "life.age", "life.event", "wave.age", "wave.date", "alpha"})
        info.states.push_back({name, {}});
}

// What verb state answers about a life: shape and numbers.
inline std::pair<std::vector<std::int64_t>, std::vector<float>> lifeState(const std::string& name,
                                                                          const std::vector<verbs::TextToken>& tokens)
{
    const Times times = timesOf(tokens);
    const auto count = std::int64_t(tokens.size());
    if (name == "life.date") return {{count}, times.date};
    if (name == "life.age") return {{count}, times.age};
    if (name == "life.event") return {{count}, times.event};
    if (name == "alpha") return {{2}, {0.42F, 0}};
    const float unit = name == "wave.age" ? 1 : 0.6F;
    return {{7, 2},
            {0.063F * unit, 0.1F, -0.125F * unit, 0.7F, 0.13F * unit, 2.0F, 0.4F * unit, -1.0F, 0.41F * unit, 0.2F,
             0.9F * unit, 1.1F, 0.01F, 0}};
}

// <img> becomes sixteen patches; red@b3 is a state, <obj> an object.
inline void readTiles(const std::string& text, verbs::InputInfo& info)
{
    const verbs::Stream typed = streamOf(text.empty() ? kTiles : text);
    verbs::Stream stream = typed;
    stream.tokens.clear();
    for (verbs::TextToken token : typed.tokens) {
        const bool image = token.piece == "<img>", object = token.piece == "<obj>";
        const bool state = token.piece.find('@') != std::string::npos;
        if (image || object || state) {
            token.kind = image ? "image" : state ? "state" : "object";
            token.near = {
                {state ? token.piece.substr(0, token.piece.find('@')) : "table", 0.61}, {"b3", 0.554}, {"left", 0.31}};
        }
        for (int i = 0; i < (image ? 16 : 1); ++i) stream.tokens.push_back(token);
    }
    info.streams = {stream};
}

// "USER: <img> question ASSISTANT:" of a chat, then what was written; <img> becomes sixteen patches.
inline void readQuestion(const verbs::SetInput& request, verbs::InputInfo& info)
{
    const std::string system = request.system.empty() ? "" : request.system + " ";
    const std::string question = request.text.empty() ? kQuestion : request.text;
    const std::string prompt = request.chat ? "<s> " + system + "USER: <img> " + question + " ASSISTANT:" : question;
    const verbs::Stream typed = streamOf(request.written.empty() ? prompt : prompt + " " + request.written);
    verbs::Stream stream = typed;
    stream.tokens.clear();
    stream.asked = int(prompt.size());
    for (verbs::TextToken token : typed.tokens) {
        const bool image = token.piece == "<img>";
        if (image) {
            token.kind = "image";
            stream.pictures.push_back({int(stream.tokens.size()), 4, 4});
        }
        for (int i = 0; i < (image ? 16 : 1); ++i) stream.tokens.push_back(token);
    }
    info.streams = {stream};
    info.states.push_back({"experts.1", {std::int64_t(stream.tokens.size()), kExperts}});
}

// Of every token of a question two experts: of its number, and the one after.
inline std::vector<float> expertsOf(std::size_t tokens)
{
    std::vector<float> weights(tokens * kExperts, 0);
    for (std::size_t i = 0; i < tokens; ++i) {
        weights[i * kExperts + i % kExperts] = 0.75F;
        weights[i * kExperts + (i + 1) % kExperts] = 0.25F;
    }
    return weights;
}

// The embedding says what stands there, layer 0 what stands next but last in rank, layer 1 what stands next.
inline Message lensOf(const verbs::LensTableQuestion& asked, const std::vector<verbs::TextToken>& tokens)
{
    verbs::LensTable table;
    table.of = asked;
    std::vector<float> probabilities, ranks;
    for (int layer = 0; layer < 3; ++layer)
        for (int i = asked.begin; i < asked.end; ++i) {
            const auto next = std::min(std::size_t(i) + 1, tokens.size() - 1);
            table.best.push_back(tokens[layer == 2 ? next : std::size_t(i)].piece);
            if (layer == 0) table.next.push_back(tokens[next].piece);
            probabilities.push_back(0.25F * float(layer + 1));
            ranks.push_back(layer == 2 ? 1 : layer == 1 ? 20 : 5000);
        }
    const int count = asked.end - asked.begin;
    Message answer;
    answer.body = table;
    answer.tensors = {test::tensor("probabilities", {3, count}, probabilities),
                      test::tensor("ranks", {3, count}, ranks)};
    return answer;
}

} // namespace headlens::fake
