// SPDX-License-Identifier: GPL-3.0-or-later
// The part of InspectionModel that asks why, and what changed: relevance, the held run, and a training looked back on.
#include "widgets/viewmodel/inspection_model.h"

#include "core/wire/block_grid.h"
#include "core/wire/message.h"

#include <algorithm>

namespace headlens {

void InspectionModel::explain(const verbs::RelevanceQuestion& question)
{
    m_explained = question;
    m_relevanceIsCurrent = false;
    if (m_selection->view() == MapView::Relevance)
        requestOverview();
    else
        m_selection->setView(MapView::Relevance); // asks
}

void InspectionModel::lookInto(const QString& label)
{
    m_explained = {};
    m_relevanceIsCurrent = false;
    TextWish wish = m_text;
    wish.lookedInto = label;
    const bool runs = !(wish == m_text);
    setText(wish); // asks again as soon as it has run
    if (runs || m_selection->view() != MapView::Relevance)
        m_selection->setView(MapView::Relevance);
    else
        requestOverview();
}

// The answer does not depend on the chosen layer and head, and costs a pass with gradients: once is enough.
void InspectionModel::requestRelevance()
{
    if (!m_model.explains) {
        m_relevance = {};
        m_overview = {};
        Q_EMIT overviewChanged();
        return;
    }
    if (m_relevanceIsCurrent) return showRelevance();
    ask(
        verbs::kRelevance, m_explained, [this](const Message& answer) { takeRelevance(answer); },
        QStringLiteral("overview"));
}

void InspectionModel::takeRelevance(const Message& answer)
{
    if (answer.status == Status::Cancelled) return;
    m_relevance = {};
    m_relevanceIsCurrent = answer.status == Status::Done;
    if (m_relevanceIsCurrent) {
        m_relevance.said = verbs::read<verbs::Relevance>(answer.body);
        for (const TensorBytes& tensor : answer.tensors) m_relevance.streams.push_back(floatsFrom(tensor));
    }
    showRelevance();
}

void InspectionModel::showRelevance()
{
    m_overview = {};
    m_overview.request.kind = "heat";
    const auto stream = std::size_t(pictureStream());
    const TokenLayout& layout = pictureLayout();
    if (layout.isPicture() && stream < m_relevance.streams.size() &&
        m_relevance.streams[stream].size() == std::size_t(layout.tokens())) {
        m_overview.rows = layout.gridHeight;
        m_overview.columns = layout.gridWidth;
        m_overview.values.assign(m_relevance.streams[stream].begin() + layout.prefix.size(),
                                 m_relevance.streams[stream].end());
    }
    Q_EMIT overviewChanged();
}

void InspectionModel::requestContrast(std::function<void(const verbs::Contrast&)> done)
{
    if (!hasModel() || m_again || !m_engine->isReady()) return;
    ask(
        verbs::kContrast, Json::object(),
        [done = std::move(done)](const Message& answer) {
            if (answer.status == Status::Done) done(verbs::read<verbs::Contrast>(answer.body));
        },
        QStringLiteral("contrast"));
}

void InspectionModel::requestHistory(std::function<void(const verbs::History&)> done)
{
    if (!hasModel() || m_again || !m_engine->isReady()) return;
    ask(
        verbs::kHistory, Json::object(),
        [done = std::move(done)](const Message& answer) {
            if (answer.status == Status::Cancelled) return;
            done(answer.status == Status::Done ? verbs::read<verbs::History>(answer.body) : verbs::History{});
        },
        QStringLiteral("history"));
}

void InspectionModel::requestEvaluation(const std::vector<std::string>& expressions,
                                        std::function<void(const std::vector<verbs::EvaluatedOne>&)> done)
{
    if (!canAsk()) return;
    ask(
        verbs::kEvaluate, verbs::Evaluate{expressions},
        [done = std::move(done)](const Message& answer) {
            if (answer.status == Status::Done) done(verbs::read<verbs::Evaluation>(answer.body).values);
        },
        QStringLiteral("evaluate"), {}, /*quiet=*/true);
}

void InspectionModel::holdRun()
{
    if (!canAsk()) return;
    ask(verbs::kHold, verbs::Hold{}, [this, held = m_input](const Message& answer) {
        if (answer.status != Status::Done) return;
        m_held = held;
        Q_EMIT comparisonChanged();
        requestViews();
    });
}

void InspectionModel::releaseRun()
{
    if (!holdsRun()) return;
    forgetHeld();
    ask(
        verbs::kHold, verbs::Hold{true}, [](const Message&) {}, {}, {}, /*quiet=*/true);
    requestViews();
}

void InspectionModel::forgetHeld()
{
    if (!holdsRun()) return;
    m_held = {};
    Q_EMIT comparisonChanged();
}

bool InspectionModel::isComparing() const
{
    return holdsRun() && std::ranges::equal(m_held.blocks, m_input.blocks, areAlike);
}

} // namespace headlens
