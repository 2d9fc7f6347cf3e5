// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/beam_search.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>

namespace headlens {
namespace {

struct Line {
    std::vector<int> ids;
    double score = 0; // sum of log-probabilities
    std::vector<verbs::GenerationStep> steps;
};

double perToken(const Line& line, std::size_t before)
{
    return line.score / double(std::max<std::size_t>(1, line.ids.size() - before));
}

std::string hypothesisText(const std::vector<int>& ids, const Tokenizer* tokenizer)
{
    return tokenizer != nullptr ? tokenizer->decode(ids) : std::to_string(ids.size()) + " tokens";
}

class Search {
public:
    Search(const GenerationStart& start, const verbs::Generate& request, const Tokenizer* tokenizer)
        : m_start(start), m_request(request), m_tokenizer(tokenizer)
    {
        m_lines.push_back({start.written, 0, {}});
    }

    // One step over scores [lines,V]: the lines that go on, and from which old line each of them came.
    std::vector<std::int64_t> advance(const at::Tensor& scores)
    {
        const at::Tensor chances = at::log_softmax(scores.to(at::kCPU, at::kDouble), -1); // [lines,V]
        at::Tensor totals = chances.clone();
        for (std::size_t i = 0; i < m_lines.size(); ++i) totals[std::int64_t(i)].add_(m_lines[i].score);
        for (const int id : m_start.facts.neverWritten)
            if (id >= 0 && id < totals.size(1)) totals.select(1, id).fill_(-std::numeric_limits<double>::infinity());
        const std::int64_t width = totals.size(1);
        // Twice as many as needed: each line can end only once.
        const auto [values, places] =
            totals.flatten().topk(std::min<std::int64_t>(2 * m_request.beams, totals.numel()));
        std::vector<Line> next;
        std::vector<std::int64_t> from;
        for (std::int64_t i = 0; i < places.size(0) && int(next.size()) < m_request.beams; ++i) {
            const auto place = places[i].item<std::int64_t>();
            const auto line = std::size_t(place / width);
            const int id = int(place % width);
            Line grown = m_lines[line];
            grown.score = values[i].item<double>();
            grown.steps.push_back(stepOf(scores[std::int64_t(line)], id));
            grown.ids.push_back(id);
            if (id == m_start.facts.endToken) {
                if (i < m_request.beams) m_ended.push_back(std::move(grown));
                continue;
            }
            next.push_back(std::move(grown));
            from.push_back(std::int64_t(line));
        }
        m_lines = std::move(next);
        rememberLines();
        return from;
    }

    at::Tensor lastIds(const at::TensorOptions& like) const
    {
        std::vector<std::int64_t> ids;
        for (const Line& line : m_lines) ids.push_back(line.ids.back());
        return at::tensor(ids, at::kLong).view({-1, 1}).to(like.device());
    }

    // No line that still grows can overtake the worst of enough ended ones.
    bool isDone() const
    {
        if (m_lines.empty()) return true;
        if (int(m_ended.size()) < m_request.beams) return false;
        double worst = std::numeric_limits<double>::infinity();
        for (const Line& line : m_ended) worst = std::min(worst, perToken(line, m_start.written.size()));
        return perToken(m_lines.front(), m_start.written.size()) <= worst;
    }

    std::string bestText() const
    {
        return m_lines.empty() ? std::string() : hypothesisText(m_lines.front().ids, m_tokenizer);
    }

    verbs::Written result() const
    {
        const Line* best = nullptr;
        for (const std::vector<Line>* lines : {&m_ended, &m_lines}) {
            if (best != nullptr) break; // ended texts go before unfinished ones
            for (const Line& line : *lines)
                if (best == nullptr || perToken(line, m_start.written.size()) > perToken(*best, m_start.written.size()))
                    best = &line;
        }
        verbs::Written written;
        if (best == nullptr) return written;
        written.steps = best->steps;
        for (std::size_t i = 0; i < written.steps.size(); ++i) written.steps[i].beams = m_history.at(i);
        written.ids = best->ids;
        written.ended = !written.ids.empty() && written.ids.back() == m_start.facts.endToken;
        if (written.ended) written.ids.pop_back();
        written.text = hypothesisText(written.ids, m_tokenizer);
        return written;
    }

private:
    verbs::GenerationStep stepOf(const at::Tensor& scores, int id) const
    {
        verbs::GenerationStep step;
        step.alternatives = bestOf(scores, m_request.shown, m_tokenizer);
        step.token = {m_tokenizer != nullptr ? m_tokenizer->piece(id) : std::to_string(id), id,
                      scores[id].item<double>(), at::softmax(scores.to(at::kFloat), 0)[id].item<double>()};
        return step;
    }
    void rememberLines()
    {
        std::vector<verbs::TextScore> lines;
        for (const Line& line : m_lines)
            lines.push_back({hypothesisText(line.ids, m_tokenizer), line.ids.back(), line.score, 0});
        m_history.push_back(std::move(lines));
    }

    const GenerationStart& m_start;
    const verbs::Generate& m_request;
    const Tokenizer* m_tokenizer;
    std::vector<Line> m_lines, m_ended; // lines: best first
    std::vector<std::vector<verbs::TextScore>> m_history;
};

} // namespace

verbs::Written searchBeams(Writer& writer, const GenerationStart& start, const verbs::Generate& request,
                           const Tokenizer* tokenizer, const JobControl& control)
{
    Search search(start, request, tokenizer);
    const std::int64_t most = start.room > 0 ? std::min<std::int64_t>(request.atMost, start.room) : request.atMost;
    if (most < 1) return search.result();
    at::Tensor scores = writer.next(start.ids);
    for (std::int64_t step = 0; step < most; ++step) {
        control.checkpoint({int(step), int(most), "write", search.bestText()});
        const std::vector<std::int64_t> from = search.advance(scores);
        if (search.isDone() || step + 1 == most) break;
        writer.reorder(at::tensor(from, at::kLong).to(start.ids.device()));
        scores = writer.next(search.lastIds(start.ids.options()));
    }
    return search.result();
}

} // namespace headlens
