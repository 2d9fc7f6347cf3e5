// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/writing.h"

#include "widgets/viewmodel/asking.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace headlens {
namespace {

constexpr int kUsualTokens = 20;

// Whether what was written begins a word of its own: only byte-level vocabularies keep the blank before it.
bool needsBlank(const InspectionModel& model, const QString& before, const QString& written)
{
    if (before.isEmpty() || written.isEmpty() || !before.back().isLetterOrNumber() || !written[0].isLetterOrNumber())
        return false;
    for (const verbs::Stream& stream : model.input().streams)
        for (const verbs::TextToken& token : stream.tokens)
            if (token.piece.starts_with("\u0120")) return false;
    return true;
}

} // namespace

Writing* Writing::of(InspectionModel* model)
{
    auto* known = model->findChild<Writing*>({}, Qt::FindDirectChildrenOnly);
    return known != nullptr ? known : new Writing(model);
}

Writing::Writing(InspectionModel* model) : QObject(model), m_model(model)
{
    m_how.atMost = kUsualTokens;
    connect(model, &InspectionModel::modelChanged, this, &Writing::forget);
    connect(model, &InspectionModel::inputChanged, this, &Writing::onInput);
}

void Writing::setHow(const verbs::Generate& how)
{
    const auto same = [](const verbs::Generate& a, const verbs::Generate& b) {
        return std::tie(a.atMost, a.beams, a.temperature, a.topK, a.topP, a.seed) ==
               std::tie(b.atMost, b.beams, b.temperature, b.topK, b.topP, b.seed);
    };
    if (same(std::exchange(m_how, how), how)) return;
    m_retries = 0;
    Q_EMIT howChanged();
}

void Writing::write(int tokens)
{
    if (!canWrite() || !m_model->canAsk()) return;
    m_busy = true;
    m_stopped = false;
    m_asked = tokens;
    m_soFar.clear();
    verbs::Generate how = m_how;
    how.atMost = tokens;
    how.seed += m_written.steps.size() + std::uint64_t(m_retries); // steps draw as one run would not repeat
    m_clock.start();
    Q_EMIT changed();
    const auto grow = [this](const QString& soFar) {
        m_soFar = soFar;
        Q_EMIT grown();
    };
    generate(m_model, how, grow, [this](const verbs::Written* written) { take(written); });
}

void Writing::take(const verbs::Written* written)
{
    m_busy = false;
    if (written == nullptr) {
        if (std::exchange(m_stopped, false)) keepText();
        Q_EMIT changed();
        return;
    }
    const double seconds = double(m_clock.nsecsElapsed()) / 1e9;
    m_rate = seconds > 0 ? double(written->steps.size()) / seconds : 0;
    m_written.text = written->text;
    m_written.ids = written->ids;
    m_written.ended = written->ended;
    m_written.steps.insert(m_written.steps.end(), written->steps.begin(), written->steps.end());
    TextRequest wish = m_model->request().text;
    wish.decoderInputIds = written->ids;
    Q_EMIT changed();
    m_model->wishes()->change([&](RunRequest& r) { r.text = wish; }); // attention of everything that was written
}

void Writing::stop()
{
    if (!m_busy) return;
    m_stopped = true;
    m_model->link()->cancelJob();
}

// A writing that was stopped told its text alone, which is read again as text.
void Writing::keepText()
{
    if (m_soFar.isEmpty()) return;
    m_written = {};
    TextRequest wish = m_model->request().text;
    wish.decoderInputIds.clear();
    const bool apart = m_model->model().text.isEncoderDecoder;
    wish.written = !apart && needsBlank(*m_model, wish.text, m_soFar) ? QLatin1Char(' ') + m_soFar : m_soFar;
    m_model->wishes()->change([&](RunRequest& r) { r.text = wish; });
}

void Writing::retry()
{
    if (!canWrite()) return;
    const int tokens = std::max({1, m_asked, int(m_written.steps.size())});
    ++m_retries;
    const TextRequest& now = m_model->request().text;
    if (now.decoderInputIds.empty() && now.written.isEmpty()) return write(tokens);
    m_again = tokens;
    clear();
}

bool Writing::isToAsk() const
{
    const TextRequest& now = m_model->request().text;
    const bool hasAnswer = !now.decoderInputIds.empty() || !now.written.isEmpty();
    return asksQuestions(*m_model) && (!hasAnswer || m_written.ended);
}

void Writing::ask()
{
    if (!m_model->model().text.writes || m_busy) return;
    const TextRequest& now = m_model->request().text;
    const bool hasAnswer = !now.decoderInputIds.empty() || !now.written.isEmpty();
    if (!hasAnswer && m_model->canAsk()) return write(m_how.atMost);
    m_again = m_how.atMost; // once what is on its way was read
    if (hasAnswer) clear();
}

void Writing::clear()
{
    if (!m_written.text.empty()) {
        m_before = QString::fromStdString(m_written.text);
        m_beforeOf = m_model->request().text.text;
    }
    m_written = {};
    TextRequest wish = m_model->request().text;
    wish.decoderInputIds.clear();
    wish.written.clear();
    Q_EMIT changed();
    m_model->wishes()->change([&](RunRequest& r) { r.text = wish; });
}

void Writing::forget()
{
    m_written = {};
    m_before.clear();
    m_rate = 0;
    m_asked = m_again = 0;
    Q_EMIT changed();
}

void Writing::onInput()
{
    if (m_beforeOf != m_model->request().text.text) m_before.clear();
    const bool begun = m_model->request().text.decoderInputIds.empty(); // nothing of it, or another text
    const bool isGone = begun && !m_busy && !m_written.steps.empty();
    if (isGone) m_written = {};
    if (std::exchange(m_wasToAsk, isToAsk()) != isToAsk() || isGone) Q_EMIT changed();
    if (const int tokens = std::exchange(m_again, 0); tokens > 0 && begun) // the engine is idle when this was told
        QMetaObject::invokeMethod(
            this, [this, tokens] { write(tokens); }, Qt::QueuedConnection);
}

bool asksQuestions(const InspectionModel& model)
{
    return model.model().text.writes && !model.model().text.chat.empty() && model.request().text.chat;
}

WrittenPlace writtenPlace(const InspectionModel& model)
{
    const verbs::TextAbilities& can = model.model().text;
    const auto& streams = model.input().streams;
    if (!can.writes || streams.empty()) return {};
    const auto decoder = std::ranges::find(streams, "decoder", &verbs::Stream::name);
    if (decoder != streams.end()) {
        const int all = int(decoder->tokens.size()), start = all > 0 && decoder->tokens[0].special ? 1 : 0;
        return {int(decoder - streams.begin()), 0, all - start};
    }
    const auto words = std::ranges::find_if(streams, [](const verbs::Stream& one) { return !one.tokens.empty(); });
    if (words == streams.end()) return {};
    const TextRequest& asked = model.request().text;
    const int all = int(words->tokens.size());
    int count = std::min(all, int(asked.decoderInputIds.size()));
    if (asked.decoderInputIds.empty() && !asked.written.isEmpty()) {
        const int typed = words->asked;
        count = int(std::ranges::count_if(words->tokens, [&](const auto& token) { return token.end > typed; }));
    }
    return {int(words - streams.begin()), all - count, count};
}

} // namespace headlens
