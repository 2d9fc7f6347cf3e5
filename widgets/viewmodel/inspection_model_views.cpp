// SPDX-License-Identifier: GPL-3.0-or-later
// What the views are drawn from: rows of attention, overviews, components; asked whenever the selection changes.
#include "widgets/viewmodel/asking.h"

#include <utility>

namespace headlens {

void InspectionModel::requestRows()
{
    if (!canAsk()) return;
    const verbs::Rows request{m_selection->token(), m_selection->reverse(), m_selection->stream(), isComparing()};
    headlens::ask(this, verbs::kRows, request, this,
                  [this](verbs::RowsOfLayers answer) { takeRows(std::move(answer)); });
}

const TokenLayout& InspectionModel::layoutOf(int layer) const
{
    const std::vector<TokenLayout>& layouts = m_rowsOf.reverse ? m_queryLayouts : m_layouts;
    return layer >= 0 && std::size_t(layer) < layouts.size() ? layouts[std::size_t(layer)] : m_layout;
}

std::vector<bool> InspectionModel::reachable(int layer) const
{
    const TokenLayout& layout = layoutOf(layer);
    return layout.reachable(layout.covering(m_rowsOf.token), m_input.hiddenPatches);
}

void InspectionModel::requestViews()
{
    requestRows();
    requestOverview();
    if (m_componentsWanted) requestComponents(false, false);
}

void InspectionModel::requestOverview()
{
    if (m_selection->view() == MapView::Row || !canAsk()) return;
    if (m_selection->view() == MapView::Similarity) return requestPictureHeat();
    if (m_selection->view() == MapView::Relevance) return requestRelevance();
    const bool effective = m_selection->view() == MapView::Effective;
    const verbs::Overview request{m_selection->layer(),
                                  m_selection->head(),
                                  std::string(nameOf(m_selection->fusion())),
                                  nameOf(m_selection->view()).toStdString(),
                                  effective && m_selection->isPinned() ? m_selection->token() : -1,
                                  isComparing()};
    headlens::ask(this, verbs::kOverview, request, this, [this](const verbs::OverviewMap& answer) {
        if (!answer.map.isTable()) return;
        m_overview = answer;
        Q_EMIT overviewChanged();
    });
}

void InspectionModel::setComponents(bool wanted, const QString& recipe)
{
    if (wanted == m_componentsWanted && recipe == m_componentsRecipe) return;
    m_componentsWanted = wanted;
    m_componentsRecipe = recipe;
    if (wanted) requestComponents(false, false);
}

void InspectionModel::refitComponents(bool flip)
{
    requestComponents(true, flip);
}

void InspectionModel::requestComponents(bool refit, bool flip)
{
    const auto layer = std::size_t(m_selection->layer());
    const bool looks =
        layer < m_layouts.size() && m_layouts[layer].isPicture() && m_layouts[layer].block.kind == "self";
    if (!canAsk() || !looks) return;
    const verbs::Pca request{m_selection->layer(), m_componentsRecipe.toStdString(), refit, flip};
    headlens::ask(this, verbs::kPca, request, this, [this](const verbs::PcaResult& answer) {
        m_components = toQImage(answer.picture);
        m_componentsInfo = answer;
        Q_EMIT componentsChanged();
    });
}

void InspectionModel::takeRows(verbs::RowsOfLayers answer)
{
    const AllRows& rows = answer.layers;
    if (rows.size() != m_input.blocks.size()) return; // of an input that was replaced meanwhile
    for (std::size_t layer = 0; layer < rows.size(); ++layer)
        if (rows[layer].rows() > 0 &&
            (!rows[layer].isTable() ||
             rows[layer].columns() != (answer.of.reverse ? m_queryLayouts : m_layouts)[layer].tokens()))
            return;
    m_rows = std::move(answer.layers);
    m_rowsOf = answer.of;
    Q_EMIT rowsChanged();
}

std::vector<float> InspectionModel::currentRow() const
{
    const auto layer = std::size_t(m_selection->layer());
    if (layer >= m_rows.size()) return {};
    return fuseHeads(m_rows[layer].values, m_rows[layer].rows(), m_selection->fusion(), m_selection->head());
}

} // namespace headlens
