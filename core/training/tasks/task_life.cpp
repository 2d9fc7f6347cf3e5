// SPDX-License-Identifier: GPL-3.0-or-later
// Lives as sentences: hidden words are guessed from what stands around them, from age and from the date, and the order
// of events is judged. The lives are made up, so what can be known at all is known (core/training/data/lives.h).
#include "core/models/zoo/life_network.h"
#include "core/training/tasks/life_exam.h"
#include "core/training/tasks/small_stacks.h"
#include "core/training/tasks/stack_names.h"
#include "core/training/tasks/task_table.h"
#include "core/training/trainer/recorded_task.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr std::int64_t kWidth = 64, kHeads = 4, kLongest = 160, kBatch = 48, kSegments = 2;

WordTokenizerPlan plan()
{
    std::vector<std::string> words = lifeWords();
    const std::vector<std::string> months = monthWords();
    words.insert(words.end(), months.begin(), months.end());
    return {words,   {"<pad>", kLifeStart, kLifeBetween, kLifeGap, "<unk>"}, kLifeStart, "", WordTokenizerPlan::Spaced,
            kLifeGap};
}

LifeConfig configFor(const WordIds& ids)
{
    LifeConfig config;
    config.dateToken = ids.of(monthWord(kFirstYear * 12));
    config.firstYear = kFirstYear;
    config.separator = ids.of(kLifeBetween);
    config.text = smallStack("life", {3, kWidth, kHeads}, config.dateToken + 1, kLongest);
    config.text.activation = "silu";
    config.text.positionKind = TextPositions::Computed;
    config.text.segments = kSegments;
    return config;
}

class LivesNetwork : public ModelNetwork<LifeNetwork> {
public:
    LivesNetwork(const LifeConfig& config, std::string example)
        : ModelNetwork(LifeNetwork(config)), m_example(std::move(example))
    {
    }
    at::Tensor firstValue(const std::string& name, const std::vector<std::int64_t>& shape) const override
    {
        if (name == "words.bias") return at::zeros(shape);
        if (name.ends_with(".strength")) return at::full(shape, 0.5); // from 0 the date is never found worth hearing
        if (name.ends_with(".rate")) {                                // periods from a year and a half to two lives
            const at::Tensor rates = at::exp(at::linspace(std::log(0.04), std::log(4.2), shape[0]));
            rates[shape[0] - 1] = 0.02; // of the line
            return rates;
        }
        if (name.ends_with(".phase")) return at::rand(shape) * 6.2831853;
        return byFanIn(shape);
    }
    // A single number must hurry. A rate must not: times a hundred years, a step of Adam's at full rate turns its wave
    // so far that nobody can learn to rely on it.
    double lrMultiplier(const std::string& name) const override
    {
        return name.ends_with(".strength") ? 3 : name.ends_with(".rate") ? 0.03 : 1;
    }
    Json config() const override
    {
        const LifeConfig& c = m_model.config();
        return {{"architectures", {"LifeSequence"}},
                {"model_type", "life_sequence"},
                {"hidden_size", c.text.width},
                {"num_hidden_layers", c.text.layers},
                {"num_attention_heads", c.text.heads},
                {"layer_norm_eps", c.text.eps},
                {"max_position_embeddings", kLongest},
                {"pad_token_id", 0},
                {"sep_token_id", c.separator},
                {"last_special_id", 4},
                {"first_month_id", c.dateToken},
                {"first_year", c.firstYear},
                {"local_heads", c.localHeads},
                {"local_events", c.reach},
                {"id2label", {{"0", "as lived"}, {"1", "reversed"}, {"2", "shuffled"}}},
                {"headlens_example", {{"text", m_example}}}};
    }
    // Strength of age and date.
    std::pair<double, double> strengths()
    {
        double age = 0, date = 0;
        visit([&](const std::string& name, at::Tensor& weight, const auto&) {
            if (name == "time.age.strength") age = weight.item<double>();
            if (name == "time.date.strength") date = weight.item<double>();
        });
        return {age, date};
    }

private:
    std::string m_example;
};

class LifeTask : public RecordedTask {
public:
    explicit LifeTask(const TrainRequest& request)
        : RecordedTask(request), m_ids(plan()),
          m_network(std::make_shared<LivesNetwork>(configFor(m_ids), exampleText()))
    {
        m_history.title = "What hidden words and the order of events cost to guess";
        for (const auto& [panel, name] : kCurves) m_history.curves.push_back({panel, name, {}});
    }
    std::shared_ptr<Network> network() override { return m_network; }

    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        std::vector<std::vector<std::int64_t>> lines, targets;
        std::vector<std::int64_t> orders;
        for (int i = 0; i < int(kBatch); ++i) {
            Random random(exampleSeed(seed + 1, step, i));
            const double draw = random.real(0, 1);
            const LifeOrder order = draw < 0.7 ? AsLived : draw < 0.85 ? Reversed : Shuffled;
            const Life life = reordered(madeUpLife(exampleSeed(seed, step, i)), order, random);
            auto [line, target] = hiding(life, random);
            if (order != AsLived) target.clear(); // only what was lived is worth guessing
            orders.push_back(
                line.size() == idsOf(life, m_ids).size() ? order : -100); // short ones have too few events to judge
            lines.push_back(std::move(line));
            targets.push_back(std::move(target));
        }
        const LifeNetwork& network = m_network->model();
        const at::Tensor ids = padded(lines);
        LifePass pass;
        pass.stack.mask = ids.ne(0).to(at::kLong);
        const at::Tensor x = network.run(ids, pass);
        const at::Tensor words =
            at::cross_entropy_loss(network.scores(x).flatten(0, 1), padded(targets, -100, ids.size(1)).flatten());
        const at::Tensor order = at::cross_entropy_loss(network.verdict(x), at::tensor(orders, at::kLong));
        m_words = 0.9 * m_words + 0.1 * words.item<double>();
        m_order = 0.9 * m_order + 0.1 * order.item<double>();
        return 0.8 * words + 0.2 * order; // as life2vec weighs them
    }

    void afterStep(std::int64_t step) override
    {
        if (step % std::max<std::int64_t>(1, steps() / 60) != 0) return;
        const auto [age, date] = m_network->strengths();
        addPoint(step, {m_words, m_order, age, date});
    }
    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        return LifeExam(model, m_ids, measuringCount(384)).scores();
    }

    void writeFiles(const std::string& folder) override
    {
        m_ids.write(folder, kLongest);
        RecordedTask::writeFiles(folder);
    }
    std::string data() const override
    {
        return "**These lives are made up by a program (`core/training/data/lives.cpp`); no person, living or dead, is "
               "in "
               "them.** Every word\nfollows from chances that the program knows, so the best possible guess is known "
               "too. No outside data.\n\nNot as in life2vec: plain softmax instead of FAVOR+, norms before attention "
               "instead of ReZero inside the blocks, a plain\ntied head, months instead of days, four words an event.";
    }

private:
    static constexpr std::array<std::pair<const char*, const char*>, 4> kCurves{{
        {"loss (nats)", "hidden words"},
        {"loss (nats)", "order"},
        {"strength", "age"},
        {"strength", "date"},
    }};

    static std::string exampleText()
    {
        Life life = madeUpLife(exampleSeed(kMeasuringSeed, 9, 3));
        std::vector<std::string> words = wordsOf(life);
        words.resize(5 * 9 + 2); // nine events, then a month: what happens?
        words.back() = kLifeGap;
        return joined(words);
    }

    // Words to guess are gaps in eight of ten cases, another word in one and themselves in one. Half of the lives end
    // with a month and a gap: what happens then? Of the others a fifth of all words is to be guessed.
    std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>> hiding(Life life, Random& random) const
    {
        const bool ends = random.chance(0.5);
        if (ends) life.resize(std::size_t(2 + random.whole(kLifeEvents - 1)));
        std::vector<std::int64_t> ids = idsOf(life, m_ids), target(ids.size(), -100);
        for (std::size_t event = 0; event < life.size(); ++event)
            for (std::size_t word = 0; word < 3; ++word) {
                const bool last = ends && event + 1 == life.size() && word == 0;
                if (!last && !random.chance(ends ? 0.05 : 0.2)) continue;
                const auto at = std::size_t(placeInLife(event, word));
                target[at] = ids[at];
                const double draw = last ? 0 : random.real(0, 1);
                if (draw < 0.8) ids[at] = m_ids.of(kLifeGap);
                if (draw >= 0.9) ids[at] = m_ids.of(random.one(m_vocabulary));
            }
        const std::size_t shown = ids.size() - (ends ? 2 : 0); // of the last event nothing but its month
        ids.resize(shown);
        target.resize(shown);
        return {ids, target};
    }
    WordIds m_ids;
    std::vector<std::string> m_vocabulary = lifeWords();
    std::shared_ptr<LivesNetwork> m_network;
    double m_words = 3.5, m_order = 1.1; // losses of guessing
};

} // namespace

std::unique_ptr<TrainingTask> makeLifeTask(const TrainRequest& request)
{
    return std::make_unique<LifeTask>(request);
}

} // namespace headlens
