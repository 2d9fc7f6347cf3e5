// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers and dates in words, written in digits.
#include "core/training/data/number_words.h"
#include "core/training/tasks/sequence_task.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace headlens {
namespace {

class NumberTask : public SequenceTask {
public:
    explicit NumberTask(const TrainRequest& request)
        : SequenceTask(request, {.example = "twelve thousand three hundred and five"},
                       {numberVocabulary(), {"<pad>", "</s>", "<unk>"}, "", "</s>", WordTokenizerPlan::Joined})
    {
    }

    // Every digit of an example must be right.
    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        const ForwardOptions off = withSwitches({{"cross", "off"}});
        std::array<int, 4> right{}, blind{}, all{}; // English, Chinese numbers; English, Chinese dates
        constexpr int kExamples = 1024, kBlind = 256;
        for (int i = 0; i < kExamples; ++i) {
            const WordsAndDigits example = numberExample(exampleSeed(kMeasuringSeed, 0, i));
            const std::size_t kind = (example.date ? 2U : 0U) + (example.chinese ? 1U : 0U);
            right.at(kind) += written(model, example.words, {}) == example.digits ? 1 : 0;
            ++all.at(kind);
            if (i < kBlind) blind.at(0) += written(model, example.words, off) == example.digits ? 1 : 0;
        }
        const std::array<const char*, 4> names{"English numbers, every digit right",
                                               "Chinese numbers, every digit right", "English dates, every digit right",
                                               "Chinese dates, every digit right"};
        std::vector<TaskScore> scores{
            {"every digit right", share(right, all), double(blind.at(0)) / kBlind, "cross attention off", 0}};
        for (std::size_t i = 0; i < names.size(); ++i)
            scores.push_back({names.at(i), double(right.at(i)) / std::max(1, all.at(i)), -1, "", 0});
        return scores;
    }

    std::string data() const override
    {
        return "Examples are made on the fly by `core/training/data/number_words.cpp`: numbers from 0 to 999,999 and "
               "dates "
               "from 1900 to 2099\nin English and Chinese. Small numbers are few, so those of the "
               "measurement occur in training as well; large numbers and dates mostly do not. No outside data.";
    }

protected:
    Example example(std::uint64_t seed, bool) const override
    {
        WordsAndDigits made = numberExample(seed);
        return {std::move(made.words), std::move(made.digits)};
    }

private:
    static double share(const std::array<int, 4>& some, const std::array<int, 4>& all)
    {
        return double(std::accumulate(some.begin(), some.end(), 0)) / std::accumulate(all.begin(), all.end(), 0);
    }
};

} // namespace

std::unique_ptr<TrainingTask> makeNumberTask(const TrainRequest& request)
{
    return std::make_unique<NumberTask>(request);
}

} // namespace headlens
