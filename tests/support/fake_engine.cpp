// SPDX-License-Identifier: GPL-3.0-or-later
// A program that speaks the wire as headlens-cli serve does, about models that do not exist: "infini" (a text in
// segments with a compressed memory), "routed" (patches that blocks pass by), "patterns" (a switch for who looks at
// whom), "plain" (nothing of that), "large" (too large for the GPU), "guess heads" (a file that
// does not say how many heads it has), "life", "tiles" and "asked" (fake_words.h), "adapter" (a LoRA adapter whose base
// is "plain"), "trained-..." (that brings a record of its training: whole, curves, one, doubling, broken), "methods"
// (fake_maps.h); each has the studies of fake_studies.h. Numbers come from a hash, so they are the same in every run.
// InputInfo.sha256 repeats the switches that were asked for, "name=value;".
#include "core/base/head_patterns.h"
#include "core/wire/message.h"
#include "core/wire/verbs.h"
#include "core/wire/verbs_heads.h"
#include "core/wire/verbs_sets.h"
#include "core/wire/verbs_statistics.h"
#include "tests/support/fake_heads.h"
#include "tests/support/fake_maps.h"
#include "tests/support/fake_models.h"
#include "tests/support/fake_numbers.h"
#include "tests/support/fake_rows.h"
#include "tests/support/fake_studies.h"
#include "tests/support/fake_words.h"
#include "tests/support/made_up_history.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <map>

using namespace headlens;
using namespace headlens::test;
using namespace headlens::fake;

namespace {

void write(const Message& message)
{
    const std::string frame = encode(message);
    std::cout.write(frame.data(), std::streamsize(frame.size())).flush();
}

// As an engine does before it loads a model.
void tellNeeds(const Message& asked)
{
    verbs::Progress step;
    step.neededBytes = 3'000'000;
    step.availableBytes = 8'000'000;
    Message told;
    told.id = asked.id;
    told.verb = asked.verb;
    told.status = Status::Progress;
    told.body = step;
    write(told);
}

void fill(Message& answer, Message made)
{
    answer.body = std::move(made.body);
    answer.tensors = std::move(made.tensors);
}

class Engine {
public:
    Message answerTo(const Message& asked);

private:
    using Handler = void (Engine::*)(const Message&, Message&);
    void hello(const Message&, Message& answer);
    void hold(const Message&, Message&) {}
    static void refuse(Message& answer, const verbs::Failure& why)
    {
        answer.status = Status::Failed;
        answer.body = why;
    }
    void listModels(const Message&, Message& answer)
    {
        verbs::EmbeddedModel plain;
        plain.name = plain.path = plain.title = "plain";
        answer.body = verbs::ModelList{{plain}};
    }
    void findModels(const Message& asked, Message& answer);
    void openModel(const Message& asked, Message& answer);
    void setInput(const Message& asked, Message& answer);
    void readText(const verbs::SetInput& request, verbs::InputInfo& info) const;
    void readPicture(verbs::InputInfo& info, Message& answer) const;
    void rows(const Message& asked, Message& answer);
    void tile(const Message& asked, Message& answer);
    void headStatistics(const Message& asked, Message& answer);
    void headProfile(const Message& asked, Message& answer);
    void profilePictures(const Message& asked, Message& answer);
    void averageSet(const Message& asked, Message& answer);
    void state(const Message& asked, Message& answer);
    void lensTable(const Message& asked, Message& answer);
    void rowFormula(const Message& asked, Message& answer);
    void evaluate(const Message& asked, Message& answer);
    void history(const Message& asked, Message& answer);
    void positions(const Message& asked, Message& answer);
    void map(const Message& asked, Message& answer);
    void mapCost(const Message& asked, Message& answer);
    void judgeMap(const Message& asked, Message& answer);
    void checkMap(const Message& asked, Message& answer);
    void studies(const Message& asked, Message& answer);
    void studyCost(const Message& asked, Message& answer);
    void study(const Message& asked, Message& answer);
    verbs::BlockGrid block(int layer) const;
    MadeUpMaps maps() const;
    bool remembers() const { return m_model.name == "infini"; }
    bool readsWords() const { return fake::readsWords(m_model.name); }
    bool looks() const { return fake::looks(m_model.name); }
    std::string set(const std::string& name) const
    {
        const auto found = m_switches.find(name);
        return found == m_switches.end() ? std::string() : found->second;
    }
    double gate(int layer, int head) const
    {
        const std::string value = set("gate." + std::to_string(layer) + "." + std::to_string(head));
        return value.empty() ? usualGate(layer, head) : std::stod(value);
    }

    verbs::ModelInfo m_model;
    std::map<std::string, std::string> m_switches;
    std::map<std::string, int> m_setsDone; // by path
    std::vector<verbs::TextToken> m_words; // of a model that readsWords()
};

void Engine::hello(const Message&, Message& answer)
{
    verbs::Hello said;
    said.program = "fake-engine";
    said.version = HEADLENS_VERSION;
    said.processId = int(::getpid());
    answer.body = said;
}

void Engine::findModels(const Message& asked, Message& answer)
{
    const auto folders = verbs::read<verbs::FindModels>(asked.body).folders;
    if (std::ranges::count(folders, "kills") > 0) std::_Exit(3);
    answer.body = foundModels(folders);
}

void Engine::openModel(const Message& asked, Message& answer)
{
    const auto request = verbs::read<verbs::OpenModel>(asked.body);
    if (request.path == "kills") std::_Exit(3); // as a model does that needs more memory than there is
    if (request.device == "cuda") return refuse(answer, {"device_missing", "cuda", "is not here", ""});
    if (request.precision != "float32" && request.precision != "bfloat16")
        return refuse(answer, {"device_missing", request.precision, "is not here", ""});
    if (request.path == "guess heads" && !request.set.contains("num_heads"))
        return refuse(answer, {"bad_config", "num_heads", "is not in the file", ""});
    if (request.path == "large") tellNeeds(asked);
    m_switches.clear();
    m_model = modelOf(request.path);
    m_model.precision = request.precision;
    if (!putAdapter(m_model, request.path, request.set))
        return refuse(answer, {"bad_weights", "adapter", "is an adapter of another base", ""});
    answer.body = m_model;
}

verbs::BlockGrid Engine::block(int layer) const
{
    verbs::BlockGrid grid;
    grid.heads = kHeads;
    if (remembers()) {
        grid.queries = grid.keys = kTokens;
        grid.segment = kSegment;
        grid.kind = layer % 2 == 1 ? "memory" : "self";
        grid.rule = layer % 2 == 1 ? "linear" : "softmax";
        return grid;
    }
    if (readsWords()) {
        grid.queries = grid.keys = int(m_words.size());
        return grid;
    }
    grid.gridHeight = grid.gridWidth = kSide;
    grid.cell = kPatch;
    grid.queries = grid.keys = kSide * kSide + 1;
    if (m_model.name == "windows") grid.windowHeight = grid.windowWidth = kSide;
    if (m_model.name != "routed" || layer % 2 == 0) return grid;
    const int capacity = set("capacity").empty() ? 8 : std::stoi(set("capacity"));
    std::vector<int> order;
    grid.router.push_back(0); // the class token does not compete
    for (int token = 1; token < grid.keys; ++token) {
        const int y = (token - 1) / kSide - 4, x = (token - 1) % kSide - 3 - layer / 2;
        grid.router.push_back(std::exp(-0.15 * (x * x + y * y)) + 0.03 * double(noise(layer, token)));
        order.push_back(token);
    }
    if (set("routing") == "all") return grid;
    std::ranges::stable_sort(order, [&](int a, int b) {
        return set("routing") == "random" ? noise(a, 99) > noise(b, 99)
                                          : grid.router[std::size_t(a)] > grid.router[std::size_t(b)];
    });
    grid.taking.assign(order.begin(), order.begin() + capacity);
    grid.taking.insert(grid.taking.begin(), 0);
    std::ranges::sort(grid.taking);
    grid.queries = grid.keys = int(grid.taking.size()); // as an engine answers: only those take part
    return grid;
}

void Engine::setInput(const Message& asked, Message& answer)
{
    const auto request = verbs::read<verbs::SetInput>(asked.body);
    m_switches = request.switches;
    verbs::InputInfo info;
    info.name = request.name;
    for (const auto& [name, value] : m_switches) info.sha256 += name + "=" + value + ";";
    if (readsWords()) {
        if (m_model.name == "life") fake::readLife(request.text, info);
        if (m_model.name == "tiles") fake::readTiles(request.text, info);
        if (m_model.name == "asked") fake::readQuestion(request, info);
        m_words = info.streams[0].tokens;
    }
    info.blocks = maps().blocks;
    info.tokens = info.blocks[0].keys;
    if (remembers()) readText(request, info);
    if (looks()) readPicture(info, answer);
    const double lost = request.ablated.empty() && request.changes.empty() ? 0 : 0.25; // whatever is changed
    if (m_model.name == "methods")
        info.outputs.set(
            verbs::Classes{{{3, "class 3, third", 0.6 - lost}, {1, "class 1", 0.3 + lost}, {4, "class 4", 0.1}}});
    if (m_model.name == "routed") info.states.push_back({"predictor.3", {kSide * kSide + 1}});
    answer.body = info;
}

void Engine::readText(const verbs::SetInput& request, verbs::InputInfo& info) const
{
    verbs::Stream stream;
    stream.text = request.text;
    for (int i = 0; i < kTokens; ++i) {
        verbs::TextToken token;
        token.piece = (i % 2 == 0 ? "k" : "v") + std::to_string(i / 2);
        stream.tokens.push_back(token);
    }
    info.states.push_back({"gate", {kLayers, kHeads}});
    for (int layer = 0; layer < kLayers; ++layer)
        for (const char* part : {"memory.", "normaliser.", "read.", "local."})
            info.states.push_back({part + std::to_string(layer), {}});
    info.streams = {stream};
}

void Engine::readPicture(verbs::InputInfo& info, Message& answer) const
{
    info.seenWidth = info.seenHeight = info.originalWidth = info.originalHeight = kSide * kPatch;
    info.region = {0, 0, kSide * kPatch, kSide * kPatch};
    std::vector<std::uint8_t> pixels(std::size_t(info.seenWidth * info.seenHeight * 3));
    for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = std::uint8_t(90 + 100 * (i / 3 % 64) / 64);
    for (std::size_t i = 0; readsWords() && i < pixels.size(); ++i) // every patch of 4x4 has a grey of its own
        pixels[i] = std::uint8_t(20 + 12 * (4 * (i / 3 / 64 / 16) + i / 3 % 64 / 16));
    answer.tensors.push_back(bytes("seen", {64, 64, 3}, pixels));
    answer.tensors.push_back(bytes("original", {64, 64, 3}, pixels));
    if (readsWords()) return; // its patches stand among the words
    verbs::Stream stream;
    stream.prefix = 1;
    stream.gridHeight = stream.gridWidth = info.gridHeight = info.gridWidth = kSide;
    info.patchPixels = stream.cell = kPatch;
    info.streams = {stream};
    if (m_model.name != "captioned") return;
    verbs::Stream text;
    text.text = "a caption";
    text.tokens.resize(8);
    info.streams.push_back(text);
}

MadeUpMaps Engine::maps() const
{
    MadeUpMaps maps{{}, set("memory") != "off"};
    for (int layer = 0; layer < int(m_model.blocks.size()); ++layer) maps.blocks.push_back(block(layer));
    return maps;
}

void Engine::rows(const Message& asked, Message& answer)
{
    fill(answer, fake::rows(asked, maps()));
}

void Engine::tile(const Message& asked, Message& answer)
{
    fill(answer, fake::tile(asked, maps()));
}

void Engine::rowFormula(const Message& asked, Message& answer)
{
    if (m_model.name == "plain") // an engine that does not know the verb
        return refuse(answer, {"bad_request", asked.verb, "is not known here", ""});
    fill(answer, fake::rowFormula(asked, maps()));
}

void Engine::lensTable(const Message& asked, Message& answer)
{
    Message table = fake::lensOf(verbs::read<verbs::LensTableQuestion>(asked.body), m_words);
    answer.body = table.body;
    answer.tensors = table.tensors;
}

void Engine::state(const Message& asked, Message& answer)
{
    const std::string name = verbs::read<verbs::State>(asked.body).name, kind = name.substr(0, name.find('.'));
    if (m_model.name == "life") {
        const auto [shape, values] = fake::lifeState(name, m_words);
        answer.body = verbs::State{name};
        answer.tensors = {tensor("state", shape, values)};
        return;
    }
    if (kind == "experts") {
        answer.body = verbs::State{name};
        answer.tensors = {
            tensor("state", {std::int64_t(m_words.size()), fake::kExperts}, fake::expertsOf(m_words.size()))};
        return;
    }
    if (kind == "predictor") { // says yes to the first ten patches
        std::vector<float> chances(kSide * kSide + 1, 0.1F);
        std::fill_n(chances.begin() + 1, 10, 0.9F);
        answer.body = verbs::State{name};
        answer.tensors = {tensor("state", {kSide * kSide + 1}, chances)};
        return;
    }
    const int layer = kind == "gate" ? 0 : std::stoi(name.substr(name.find('.') + 1));
    const int segments = (kTokens + kSegment - 1) / kSegment;
    const float keeps = set("memory") == "off" ? 0 : 1;
    std::vector<float> values;
    std::vector<std::int64_t> shape{kHeads, kTokens};
    if (kind == "gate") {
        shape = {kLayers, kHeads};
        for (int i = 0; i < kLayers * kHeads; ++i) values.push_back(float(gate(i / kHeads, i % kHeads)));
    } else if (kind == "memory" || kind == "normaliser") {
        const bool map = kind == "memory";
        shape = map ? std::vector<std::int64_t>{segments, kHeads, kWidth, kWidth}
                    : std::vector<std::int64_t>{segments, kHeads, kWidth};
        for (int s = 0; s < segments; ++s)
            for (int head = 0; head < kHeads; ++head)
                for (int i = 0; i < (map ? kWidth * kWidth : kWidth); ++i) {
                    float sum = 0; // written by every segment so far
                    for (int t = 0; t <= s; ++t) sum += map ? noise(layer, head, i, t) : 4 + 3 * noise(head, i, t);
                    values.push_back(keeps * sum);
                }
    } else {
        for (int head = 0; head < kHeads; ++head)
            for (int token = 0; token < kTokens; ++token) {
                const double g = gate(layer, head), share = kind == "read" ? (token < kSegment ? 0 : g) : 1 - g;
                values.push_back((kind == "read" ? keeps : 1) * float(share) * (1.5F + noise(layer, head, token)));
            }
    }
    answer.body = verbs::State{name};
    answer.tensors = {tensor("state", shape, values)};
}

void Engine::evaluate(const Message& asked, Message& answer)
{
    verbs::Evaluation said;
    said.values.resize(verbs::read<verbs::Evaluate>(asked.body).expressions.size(), {"1", 1, {}});
    answer.body = said;
}

void Engine::history(const Message& asked, Message& answer)
{
    if (m_model.name == "trained-broken") { // the file cannot be read
        refuse(answer, {"bad_request", asked.verb, "cannot be read", ""});
        return;
    }
    answer.body = madeUpHistory(m_model.name.substr(m_model.name.find('-') + 1));
}

// Relative ones: a hill a head over the distances.
void Engine::positions(const Message&, Message& answer)
{
    std::vector<float> bias;
    for (int head = 0; head < kHeads; ++head)
        for (int distance = 1 - kTokens; distance < kTokens; ++distance)
            bias.push_back(float(head - 1) / (1 + 0.05F * float(distance * distance)));
    verbs::Positions said;
    said.kind = "relative";
    answer.body = said;
    answer.tensors = {tensor("table", {0}, {}), tensor("similarity", {0}, {}),
                      tensor("bias", {kHeads, 2 * kTokens - 1}, bias)};
}

void Engine::headStatistics(const Message& asked, Message& answer)
{
    fill(answer, fake::headStatistics(asked));
}

void Engine::headProfile(const Message& asked, Message& answer)
{
    fill(answer, fake::headProfile(asked));
}

void Engine::profilePictures(const Message& asked, Message& answer)
{
    fill(answer, fake::profilePictures(asked));
}

void Engine::map(const Message& asked, Message& answer)
{
    if (verbs::read<verbs::MapQuestion>(asked.body).method == "broken")
        return refuse(answer, {"bad_request", "broken", "is broken", "choose another method"});
    fill(answer, fake::map(asked, kSide));
}

void Engine::mapCost(const Message& asked, Message& answer)
{
    fill(answer, fake::cost(asked));
}

void Engine::judgeMap(const Message& asked, Message& answer)
{
    fill(answer, fake::judge(asked, kSide));
}

void Engine::checkMap(const Message& asked, Message& answer)
{
    fill(answer, fake::check(asked));
}

void Engine::studies(const Message&, Message& answer)
{
    fill(answer, fake::studies());
}

// Every set holds five inputs, of which the last fails; one that is called empty holds none.
void Engine::averageSet(const Message& asked, Message& answer)
{
    constexpr int kInputs = 5;
    const auto question = verbs::read<verbs::AverageSet>(asked.body);
    if (question.path.ends_with("empty"))
        return refuse(answer, {"bad_request", question.path, "holds no pictures", "choose a folder of pictures"});
    int& done = m_setsDone[question.path];
    done = std::min(kInputs, done + question.most);
    answer.body = verbs::AveragedSet{kInputs, done, done == kInputs ? 1 : 0, done == kInputs ? "5.png is broken" : ""};
}

void Engine::studyCost(const Message& asked, Message& answer)
{
    fill(answer, fake::studyCost(asked));
}

void Engine::study(const Message& asked, Message& answer)
{
    const verbs::BlockGrid first = block(0);
    auto made = fake::study(asked, int(m_model.blocks.size()), kHeads, first.keys);
    if (!made) return refuse(answer, {"bad_request", "broken", "is broken", "choose another study"});
    fill(answer, std::move(*made));
}

Message Engine::answerTo(const Message& asked)
{
    static const std::map<std::string, Handler> kHandlers{{verbs::kHello.verb, &Engine::hello},
                                                          {verbs::kListModels.verb, &Engine::listModels},
                                                          {verbs::kFindModels.verb, &Engine::findModels},
                                                          {verbs::kOpenModel.verb, &Engine::openModel},
                                                          {verbs::kSetInput.verb, &Engine::setInput},
                                                          {verbs::kRows.verb, &Engine::rows},
                                                          {verbs::kState.verb, &Engine::state},
                                                          {verbs::kLensTable.verb, &Engine::lensTable},
                                                          {verbs::kHeadStatistics.verb, &Engine::headStatistics},
                                                          {verbs::kHeadProfile.verb, &Engine::headProfile},
                                                          {verbs::kProfilePictures.verb, &Engine::profilePictures},
                                                          {verbs::kRowFormula.verb, &Engine::rowFormula},
                                                          {verbs::kEvaluate.verb, &Engine::evaluate},
                                                          {verbs::kTile.verb, &Engine::tile},
                                                          {verbs::kHold.verb, &Engine::hold},
                                                          {verbs::kAverageSet.verb, &Engine::averageSet},
                                                          {verbs::kHistory.verb, &Engine::history},
                                                          {verbs::kMap.verb, &Engine::map},
                                                          {verbs::kMapCost.verb, &Engine::mapCost},
                                                          {verbs::kJudgeMap.verb, &Engine::judgeMap},
                                                          {verbs::kCheckMap.verb, &Engine::checkMap},
                                                          {verbs::kStudies.verb, &Engine::studies},
                                                          {verbs::kStudyCost.verb, &Engine::studyCost},
                                                          {verbs::kStudy.verb, &Engine::study},
                                                          {verbs::kPositions.verb, &Engine::positions}};
    Message answer;
    answer.id = asked.id;
    answer.verb = asked.verb;
    answer.status = Status::Done;
    const auto handler = kHandlers.find(asked.verb);
    if (handler == kHandlers.end())
        refuse(answer, {"bad_request", asked.verb, "is not known here", ""});
    else
        (this->*handler->second)(asked, answer);
    return answer;
}

} // namespace

int main()
{
    Engine engine;
    FrameReader reader;
    std::array<std::byte, 65536> buffer{};
    while (true) {
        const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (got <= 0) return 0; // the window has left
        reader.feed(std::span(buffer.data(), std::size_t(got)));
        while (const auto asked = reader.next()) {
            if (asked->verb == verbs::kCancel) continue; // what it names has been answered
            write(engine.answerTo(*asked));
        }
    }
}
