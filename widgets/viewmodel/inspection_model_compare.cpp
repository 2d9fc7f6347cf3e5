// SPDX-License-Identifier: GPL-3.0-or-later
// The part of InspectionModel that asks why, and what changed: relevance, the held run, and a training looked back on.
#include "core/wire/block_grid.h"
#include "widgets/viewmodel/asking.h"

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
    headlens::ask(this, verbs::kRelevance, m_explained, this,
                  [this](const verbs::Relevance& answer) { takeRelevance(answer); },
                  {.tag = QStringLiteral("overview"), .unanswered = Unanswered::EmptyWhenFailed});
}

void InspectionModel::takeRelevance(const verbs::Relevance& answer)
{
    m_relevance = answer;
    m_relevanceIsCurrent = !answer.streams.empty();
    showRelevance();
}

void InspectionModel::showRelevance()
{
    m_overview = {};
    m_overview.of.kind = "heat";
    const auto stream = std::size_t(pictureStream());
    const TokenLayout& layout = pictureLayout();
    if (layout.isPicture() && stream < m_relevance.streams.size() &&
        m_relevance.streams[stream].values.size() == std::size_t(layout.tokens())) {
        const std::vector<float>& all = m_relevance.streams[stream].values;
        m_overview.map = {{layout.gridHeight, layout.gridWidth}, {all.begin() + layout.prefix.size(), all.end()}};
    }
    Q_EMIT overviewChanged();
}

void InspectionModel::holdRun()
{
    if (!canAsk()) return;
    const auto keep = [this, held = m_input](const verbs::Nothing&) {
        m_held = held;
        Q_EMIT comparisonChanged();
        requestViews();
    };
    headlens::ask(this, verbs::kHold, {}, this, keep, {.tag = QString()});
}

void InspectionModel::releaseRun()
{
    if (!holdsRun()) return;
    forgetHeld();
    headlens::ask(this, verbs::kHold, {.release = true}, this, [](const verbs::Nothing&) {},
                  {.about = Asking::About::Nothing, .tag = QString(), .quiet = true});
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
