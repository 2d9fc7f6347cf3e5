// SPDX-License-Identifier: GPL-3.0-or-later
// Dates in many forms, written as year-month-day, character by character.
#include "core/trace/readers.h"
#include "core/training/data/dates.h"
#include "core/training/tasks/sequence_task.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstdio>

namespace headlens {
namespace {

class DateTask : public SequenceTask {
public:
    explicit DateTask(const TrainRequest& request)
        : SequenceTask(
              request,
              {.layers = 2, .width = 64, .heads = 4, .mlpWidth = 256, .longest = 36, .example = "saturday 9 may 2018"},
              {dateCharacters(), {"<pad>", "</s>", "<unk>"}, "", "</s>", WordTokenizerPlan::Characters})
    {
    }

    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        const int all = measuringCount(1024), few = measuringCount(512);
        const double with = exact(model, {}, all);
        std::vector<TaskScore> scores{
            {"the whole date right", with, exact(model, withSwitches({{"cross", "off"}}), few), "cross attention off",
             kAnyDay},
            {"the whole date right", with, exact(model, withSwitches({{"positions", "off"}}), few), "positions off",
             kAnyDay}};
        scores.push_back(alignment(model));
        return scores;
    }

    std::string data() const override
    {
        return "Dates are made on the fly by `core/training/data/dates.cpp`: the days from 1950 to 2049 in twelve "
               "forms. "
               "Every "
               "tenth day is\nkept back for measuring and never occurs in training. No outside data.";
    }

protected:
    Example example(std::uint64_t seed, bool measuring) const override
    {
        const DateExample made = dateExample(seed, measuring ? Days::KeptBack : Days::Training);
        return {charactersOf(made.source), charactersOf(made.target)};
    }

private:
    static constexpr double kAnyDay = 1.0 / 36'525; // always the same answer

    // The share of cross attention that falls on the characters which a digit comes from, in the best head, and what
    // attention spread evenly would give.
    TaskScore alignment(const TransformerModel& model) const
    {
        const int examples = measuringCount(256);
        std::vector<std::pair<std::string, double>> masses;
        double even = 0, digits = 0;
        for (int i = 0; i < examples; ++i) {
            const DateExample made = dateExample(exampleSeed(kMeasuringSeed, 1, i), Days::KeptBack);
            const Trace trace = model.run(input({charactersOf(made.source), charactersOf(made.target)}), {}, {}).trace;
            for (int at = 0; at < 10; ++at) {
                if (made.target[std::size_t(at)] == '-') continue;
                const Span span = made.spanOf(at);
                even += double(span.end - span.begin) / double(made.source.size() + 1);
                ++digits;
                add(trace, at, span, masses);
            }
        }
        const auto best = std::ranges::max_element(masses, {}, &std::pair<std::string, double>::second);
        return {"attention on the characters a digit comes from, " + best->first, best->second / digits, -1, "",
                even / digits};
    }

    // Adds what every cross-attention head puts on `span` at one step to its sum.
    static void add(const Trace& trace, int step, Span span, std::vector<std::pair<std::string, double>>& masses)
    {
        std::size_t place = 0;
        for (std::size_t block = 0; block < trace.blocks.size(); ++block) {
            const AttentionRecord& record = trace.blocks[block];
            if (record.kind != AttentionKind::Cross) continue;
            const at::Tensor row = attentionRows(record, step, step + 1)[0].select(1, 0); // [H,Nk]
            const at::Tensor mass = row.slice(1, span.begin, span.end).sum(1);
            for (std::int64_t head = 0; head < record.heads(); ++head, ++place) {
                if (place >= masses.size())
                    masses.emplace_back("d" + std::to_string(trace.depthOf(block)) + ", head " + std::to_string(head),
                                        0.0);
                masses[place].second += mass[head].item<double>();
            }
        }
    }
};

} // namespace

std::unique_ptr<TrainingTask> makeDateTask(const TrainRequest& request)
{
    return std::make_unique<DateTask>(request);
}

} // namespace headlens
