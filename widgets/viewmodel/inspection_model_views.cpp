// SPDX-License-Identifier: GPL-3.0-or-later
// What the views are drawn from: rows of attention, maps of methods, components; asked whenever the selection changes.
#include "widgets/viewmodel/asking.h"

#include <algorithm>
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
    requestMap();
    if (m_componentsWanted) requestComponents(false, false);
}

void InspectionModel::forgetMap()
{
    m_tokenMap = {};
    m_mapIsCurrent = false;
}

void InspectionModel::requestMapOfToken()
{
    const verbs::MethodInfo* method = shownMethod();
    if (method != nullptr && method->ofToken) requestMap();
}

// What does not depend on layer, head or token is asked for once a run: it may cost a pass with gradients.
void InspectionModel::requestMap()
{
    const verbs::MethodInfo* method = shownMethod();
    if (method == nullptr || !canAsk()) return;
    if (!method->refusal.empty()) {
        forgetMap();
        return Q_EMIT tokenMapChanged();
    }
    const bool ofRun = method->over == "run" && !method->ofToken;
    if (ofRun && m_mapIsCurrent && m_tokenMap.of.method == method->id) return Q_EMIT tokenMapChanged();
    const verbs::MapQuestion question{method->id,
                                      m_selection->layer(),
                                      m_selection->head(),
                                      std::string(nameOf(m_selection->fusion())),
                                      method->ofToken && m_selection->isPinned() ? m_selection->token() : -1,
                                      m_score,
                                      methodSettings(m_selection->map()),
                                      isComparing() && method->over != "run"};
    headlens::ask(this, verbs::kMap, question, this,
                  [this](const verbs::TokenMap& answer) {
                      m_tokenMap = answer;
                      m_mapIsCurrent = !answer.map.empty() || !answer.streams.empty();
                      Q_EMIT tokenMapChanged();
                  },
                  {.unanswered = Unanswered::EmptyWhenFailed});
}

// Maps of a head lie on the patches of their layer, others on the first patches that are as many.
const TokenLayout& InspectionModel::mapLayout() const
{
    const verbs::MethodInfo* method = this->method(QString::fromStdString(m_tokenMap.of.method));
    if (method == nullptr || method->over == "head") return layoutOf(m_tokenMap.of.layer);
    const auto fits = [this](const TokenLayout& layout) {
        return layout.isPicture() && layout.gridHeight == m_tokenMap.map.rows() &&
               layout.gridWidth == m_tokenMap.map.columns();
    };
    const auto hit = std::ranges::find_if(m_layouts, fits);
    return hit == m_layouts.end() ? pictureLayout() : *hit;
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
