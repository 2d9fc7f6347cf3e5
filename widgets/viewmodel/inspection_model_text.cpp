// SPDX-License-Identifier: GPL-3.0-or-later
// The part of InspectionModel that reads and writes text.
#include "widgets/viewmodel/asking.h"

#include <algorithm>

namespace headlens {

bool TextWish::operator==(const TextWish& other) const
{
    const auto same = [](const verbs::HeadAddress& a, const verbs::HeadAddress& b) {
        return a.layer == b.layer && a.head == b.head;
    };
    return text == other.text && pair == other.pair && written == other.written && writtenIds == other.writtenIds &&
           candidates == other.candidates && lookedInto == other.lookedInto && cutFromBegin == other.cutFromBegin &&
           hiddenTokens == other.hiddenTokens && std::ranges::equal(silenced, other.silenced, same);
}

void InspectionModel::setText(const TextWish& wish)
{
    if (wish == m_text) return;
    m_text = wish;
    const bool modelComes = m_running != 0 && m_runningIsModel;
    if (!hasModel() || m_again || modelComes || !hasSomethingToRun()) return; // it waits for the model
    if (m_running != 0) m_engine->cancel(m_running);
    sendPicture(false);
}

bool InspectionModel::hasSomethingToRun() const
{
    return hasPictureFile() || m_model.text.reads;
}

verbs::SetInput InspectionModel::inputRequest(const QString& name) const
{
    verbs::SetInput request;
    request.name = name.toStdString();
    request.fit = m_fit.toStdString();
    request.takesCut = m_cutPictures.contains(name);
    request.maskRatio = m_maskRatio;
    request.maskSeed = m_maskSeed;
    request.silenced = m_text.silenced;
    request.switches = m_switches;
    if (!m_model.text.reads) return request;
    request.text = m_text.text.toStdString();
    request.pair = m_text.pair.toStdString();
    request.written = m_text.written.toStdString();
    request.writtenIds = m_text.writtenIds;
    for (const QString& candidate : m_text.candidates)
        if (!candidate.isEmpty()) request.candidates.push_back(candidate.toStdString());
    if (const std::string label = m_text.lookedInto.toStdString(); std::erase(request.candidates, label) > 0)
        request.candidates.insert(request.candidates.begin(), label); // the first is the one that is looked into
    request.cutFrom = m_text.cutFromBegin ? "begin" : "end";
    request.hiddenTokens = m_text.hiddenTokens;
    return request;
}

const TokenLayout& InspectionModel::pictureLayout() const
{
    const TokenLayout& current = currentLayout();
    if (current.isPicture()) return current;
    const auto hit = std::ranges::find_if(m_layouts, &TokenLayout::isPicture);
    return hit == m_layouts.end() ? m_layout : *hit;
}

const TokenLayout& InspectionModel::askingLayout() const
{
    const auto layer = std::size_t(m_selection->layer());
    if (layer >= m_queryLayouts.size()) return pictureLayout();
    const TokenLayout& asking = m_queryLayouts[layer];
    const bool apart = asking.block.queryStream != asking.block.keyStream;
    return apart && asking.isPicture() ? asking : pictureLayout();
}

int InspectionModel::pictureStream() const
{
    const auto hit = std::ranges::find_if(m_input.streams, [](const verbs::Stream& s) { return s.gridWidth > 0; });
    return hit == m_input.streams.end() ? 0 : int(hit - m_input.streams.begin());
}

void InspectionModel::requestGenerate(const verbs::Generate& how, std::function<void(const QString&)> grown,
                                      std::function<void(const verbs::Written*)> done)
{
    if (!canAsk()) return done(nullptr);
    ++m_outstanding;
    m_runningIsModel = false;
    m_running = m_engine->request(
        verbs::kGenerate.verb, how, this,
        [this, grown = std::move(grown), done = std::move(done)](const Message& answer) {
            if (answer.status == Status::Progress) {
                const auto step = verbs::read<verbs::Progress>(answer.body);
                Q_EMIT progress(step.done, step.total);
                grown(QString::fromStdString(step.text));
                return;
            }
            --m_outstanding;
            endRun(answer);
            if (answer.status == Status::Failed) Q_EMIT failed(verbs::read<verbs::Failure>(answer.body));
            if (answer.status == Status::Done) {
                const auto written = verbs::read<verbs::Written>(answer.body);
                done(&written);
            } else {
                done(nullptr);
            }
            if (isSettled()) Q_EMIT settled();
        },
        QStringLiteral("generate"));
    setBusy(tr("Writing"));
}

} // namespace headlens
