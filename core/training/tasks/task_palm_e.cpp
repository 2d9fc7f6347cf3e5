// SPDX-License-Identifier: GPL-3.0-or-later
// PaLM-E in small: one language model answers the same questions about a table of blocks, whether the table is told by
// a picture, by numbers, by blocks cut out of the picture, or in words.
#include "core/models/zoo/palm_e_network.h"
#include "core/training/data/table_scenes.h"
#include "core/training/tasks/measuring.h"
#include "core/training/tasks/small_stacks.h"
#include "core/training/tasks/stack_names.h"
#include "core/training/tasks/task_table.h"
#include "core/training/tasks/word_tokenizer.h"
#include "core/training/trainer/model_files.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace headlens {
namespace {

constexpr std::int64_t kSide = 32, kPatch = 8, kWidth = 96, kSeenWidth = 64, kHeads = 4, kLongest = 128, kBatch = 32,
                       kPatches = kTableSide * kTableSide;

WordTokenizerPlan plan()
{
    std::vector<std::string> words = tableWords();
    const std::vector<std::string> states = tableStateWords();
    words.insert(words.end(), states.begin(), states.end());
    return {
        words, {"<pad>", "<end>", "<unk>", "<image>", "<obj1>", "<obj2>", "<obj3>"}, "", "", WordTokenizerPlan::Spaced};
}

PalmEConfig configFor(const WordIds& ids)
{
    PalmEConfig config;
    config.imageToken = ids.of("<image>");
    config.firstObject = ids.of("<obj1>");
    config.firstState = ids.of(tableStateWords().front());
    config.vision = smallEye({2, kSeenWidth, kHeads}, kSide, kPatch);
    config.text = smallStack("text", {4, kWidth, kHeads}, config.firstState, kLongest);
    config.text.causal = true;
    return config;
}

class TableNetwork : public ModelNetwork<PalmENetwork> {
public:
    explicit TableNetwork(const WordIds& ids) : ModelNetwork(PalmENetwork(configFor(ids))) {}
    // What is put among the words begins as large as they are; ten times larger, and nobody would hear the positions
    // that are added to it.
    at::Tensor firstValue(const std::string& name, const std::vector<std::int64_t>& shape) const override
    {
        if (shape.size() == 4) return at::randn(shape) / std::sqrt(double(shape[1] * shape[2] * shape[3]));
        if (name == "vision.embeddings.position_embeddings") return at::randn(shape) * 0.5;
        const bool bridge = name.starts_with("bridge.") || name == "state.second.weight";
        const at::Tensor first = byFanIn(shape);
        return bridge && first.defined() ? first / std::sqrt(double(kWidth)) : first;
    }
    Json config() const override
    {
        const PalmEConfig& c = m_model.config();
        Json json = visionLanguageJson(c.vision, c.text);
        json.update({{"architectures", {"PalmEMini"}},
                     {"model_type", "palm_e_mini"},
                     {"image_token_id", c.imageToken},
                     {"first_object_id", c.firstObject},
                     {"first_state_id", c.firstState},
                     {"headlens_example", {{"text", "given <image> q : how to grasp red ? a :"}}}});
        return json;
    }
};

class PalmETask : public TrainingTask {
public:
    explicit PalmETask(const TrainRequest& request)
        : TrainingTask(request), m_ids(plan()), m_network(std::make_shared<TableNetwork>(m_ids))
    {
    }
    std::shared_ptr<Network> network() override { return m_network; }

    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        std::vector<Image8> pictures;
        std::vector<std::vector<std::int64_t>> lines, targets;
        // Few blocks first: where something is comes before which of them.
        const int blocks = done(step) < 0.1 ? 1 : done(step) < 0.4 ? 2 : kMostObjects;
        for (int i = 0; i < int(kBatch); ++i) {
            const TableScene scene = tableScene(exampleSeed(seed, step, i), int(kSide), blocks);
            pictures.push_back(scene.picture);
            auto [line, target] = asked(scene, Told(i % 4), seed, step, i);
            lines.push_back(std::move(line));
            targets.push_back(std::move(target));
        }
        const at::Tensor ids = padded(lines), target = padded(targets, -100);
        const PalmENetwork& network = m_network->model();
        const auto seen = network.see(pixelsOf(pictures), PassOptions{{false, false}});
        const at::Tensor scores = network.scores(network.read(network.sentence(ids, seen, true), {}));
        return at::cross_entropy_loss(scores.flatten(0, 1), target.flatten());
    }

    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        const int count = measuringCount(256);
        const ForwardOptions on = withSwitches({}), off = withSwitches({{"observation", "off"}});
        std::vector<TaskScore> scores;
        for (const auto& [told, how] :
             {std::pair(Told::Picture, "a picture"), {Told::State, "numbers"}, {Told::Objects, "cut-out blocks"}})
            scores.push_back({std::string("questions about a table told by ") + how, right(model, told, on, count),
                              right(model, told, off, count), "nothing observed", prior(count)});
        scores.push_back({"where a block is, from a picture", right(model, Told::Picture, on, count, Asked::Where),
                          right(model, Told::Picture, off, count, Asked::Where), "nothing observed", 1.0 / kPatches});
        scores.push_back(
            {"the steps to grasp a block, from a picture", right(model, Told::Picture, on, count, Asked::Grasp),
             right(model, Told::Picture, off, count, Asked::Grasp), "nothing observed", prior(Asked::Grasp, count)});
        scores.push_back(
            {"the same answer from picture and numbers", agreeing(model, on, count), -1, "", prior(count)});
        return scores;
    }

    void writeFiles(const std::string& folder) override
    {
        m_ids.write(folder, kLongest);
        writePreprocessor(folder, kSide);
    }
    std::optional<ExamplePicture> examplePicture(int number) const override
    {
        return {{"table", largeTable(tableScene(exampleSeed(kMeasuringSeed, 7, number), int(kSide)))}};
    }
    std::string data() const override
    {
        return "Tables, questions and answers are made on the fly by `core/training/data/table_scenes.cpp`. No outside "
               "data.\n\nNot as in the paper: the language model is trained together with the encoders from the "
               "beginning, on tables told in words\nas well; objects are cut out by their colour. Guessing knows the "
               "question but not the table: it says no, nothing, grab,\nand any cell.";
    }

private:
    using Line = std::vector<std::int64_t>;
    // One table and a question of every kind about it, one after the other; only answers are to be learnt. Behind the
    // last one the sentence ends.
    std::pair<Line, Line> asked(const TableScene& scene, Told told, std::uint64_t seed, std::int64_t step,
                                int index) const
    {
        Line line, target;
        for (int number = 0; number < 4; ++number) {
            const auto kind = Asked((number + int(step) + index) % 4); // each comes first as often
            TableQuestion one =
                tableQuestion(scene, told, kind, exampleSeed(seed + 1 + std::uint64_t(number), step, index));
            if (number > 0) one.prompt.erase(one.prompt.begin(), std::ranges::find(one.prompt, "q"));
            const Line prompt = idsOf(one.prompt);
            Line answer = m_ids.all(one.answer);
            answer.push_back(m_ids.of("<end>"));
            line.insert(line.end(), prompt.begin(), prompt.end());
            target.insert(target.end(), prompt.size() - 1, -100);
            line.insert(line.end(), answer.begin(), answer.end() - 1);
            target.insert(target.end(), answer.begin(), answer.end());
        }
        return {line, target};
    }

    // The share of right answers of somebody who hears the question but sees no table: always the most frequent one.
    static double prior(Asked asked, int count)
    {
        std::map<std::string, int> answers;
        for (int i = 0; i < count; ++i) {
            const TableQuestion one = caseOf(i, Told::Words, asked).question;
            std::string answer;
            for (const std::string& word : one.answer)
                answer += word == one.prompt.at(one.prompt.size() - 4) ? " it" : " " + word; // before "? a :"
            ++answers[answer];
        }
        return double(std::ranges::max_element(answers, {}, [](const auto& one) { return one.second; })->second) /
               count;
    }
    static double prior(int count)
    {
        double sum = 0;
        for (int asked = 0; asked < 4; ++asked) sum += prior(Asked(asked), count);
        return sum / 4;
    }

    std::vector<std::int64_t> idsOf(const std::vector<std::string>& words) const
    {
        std::vector<std::int64_t> ids;
        for (const std::string& word : words)
            ids.insert(ids.end(), word == "<image>" ? std::size_t(kPatches) : 1, m_ids.of(word));
        return ids;
    }
    std::vector<std::string> answered(const TransformerModel& model, const TableScene& scene,
                                      const std::vector<std::string>& prompt, const ForwardOptions& options) const
    {
        constexpr std::size_t kMost = 12;
        const auto writer = model.startGeneration(inputOf(pixelsOf(std::vector{scene.picture})), options);
        return m_ids.words(greedy(*writer, idsOf(prompt), m_ids.of("<end>"), kMost));
    }
    struct Case {
        TableScene scene;
        TableQuestion question;
    };
    static Case caseOf(int number, Told told, Asked asked)
    {
        TableScene scene = tableScene(exampleSeed(kMeasuringSeed, 1, number), int(kSide));
        TableQuestion question = tableQuestion(scene, told, asked, exampleSeed(kMeasuringSeed, 2, number));
        return {std::move(scene), std::move(question)};
    }
    double right(const TransformerModel& model, Told told, const ForwardOptions& options, int count, Asked asked) const
    {
        double right = 0;
        for (int i = 0; i < count; ++i) {
            const Case one = caseOf(i, told, asked);
            right += answered(model, one.scene, one.question.prompt, options) == one.question.answer ? 1 : 0;
        }
        return right / count;
    }
    double right(const TransformerModel& model, Told told, const ForwardOptions& options, int count) const
    {
        double sum = 0;
        for (int asked = 0; asked < 4; ++asked)
            sum += right(model, told, options, std::max(1, count / 2), Asked(asked));
        return sum / 4;
    }
    double agreeing(const TransformerModel& model, const ForwardOptions& options, int count) const
    {
        double same = 0;
        for (int i = 0; i < count; ++i) {
            const Case seen = caseOf(i, Told::Picture, Asked(i % 4)), told = caseOf(i, Told::State, Asked(i % 4));
            same += answered(model, seen.scene, seen.question.prompt, options) ==
                            answered(model, told.scene, told.question.prompt, options)
                        ? 1
                        : 0;
        }
        return same / count;
    }

    WordIds m_ids;
    std::shared_ptr<TableNetwork> m_network;
};

} // namespace

std::unique_ptr<TrainingTask> makePalmETask(const TrainRequest& request)
{
    return std::make_unique<PalmETask>(request);
}

} // namespace headlens
