// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/live_rows.h"

#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/selection.h"

namespace headlens {

LiveRows::LiveRows(InspectionModel* model, Selection* selection)
    : QObject(model), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens())
{
    connect(m_tokens, &TokenChoice::changed, this, &LiveRows::request);
}

void LiveRows::request()
{
    const verbs::Rows question{m_tokens->query().token, m_tokens->reverse(), m_tokens->query().stream,
                               m_model->comparison()->isOn()};
    ask(m_model, verbs::kRows, question, this, [this](verbs::RowsOfLayers answer) { take(std::move(answer)); });
}

void LiveRows::take(verbs::RowsOfLayers answer)
{
    const AllRows& rows = answer.layers;
    const ShownRun& run = m_model->run();
    if (rows.size() != run.input.blocks.size()) return; // of an input that was replaced meanwhile
    for (std::size_t layer = 0; layer < rows.size(); ++layer)
        if (rows[layer].rows() > 0 &&
            (!rows[layer].isTable() || rows[layer].columns() != run.layoutOf(int(layer), answer.of.reverse).tokens()))
            return;
    m_layers = std::move(answer.layers);
    m_of = answer.of;
    Q_EMIT changed();
}

std::vector<float> LiveRows::current() const
{
    const auto layer = std::size_t(m_heads->layer());
    if (layer >= m_layers.size()) return {};
    return fuseHeads(m_layers[layer].values, m_layers[layer].rows(), m_heads->fusion(), m_heads->head());
}

std::vector<bool> LiveRows::reachable(int layer) const
{
    const TokenLayout& layout = layoutOf(layer);
    return layout.reachable(layout.parentToken(m_of.token), m_model->input().hiddenPatches);
}

const TokenLayout& LiveRows::layoutOf(int layer) const
{
    return m_model->run().layoutOf(layer, m_of.reverse);
}

const TokenLayout& LiveRows::keyLayout() const
{
    return layoutOf(m_heads->layer());
}

const TokenLayout& LiveRows::namesOf(int layer) const
{
    const TokenLayout* picture = m_model->run().onPicture(layer, m_of.reverse);
    return picture != nullptr ? *picture : layoutOf(layer);
}

const TokenLayout& LiveRows::imageLayout() const
{
    const TokenLayout* picture = m_model->run().onPicture(m_heads->layer(), m_of.reverse);
    if (picture == nullptr) picture = m_model->run().pictureOf();
    return picture != nullptr ? *picture : m_model->run().layout;
}

const TokenLayout& LiveRows::queryLayout() const
{
    const auto layer = std::size_t(m_heads->layer());
    const std::vector<TokenLayout>& queries = m_model->run().queries;
    if (layer >= queries.size()) return imageLayout();
    const TokenLayout& asking = queries[layer];
    const bool apart = asking.block.queryStream != asking.block.keyStream;
    return apart && asking.isPicture() ? asking : imageLayout();
}

int LiveRows::pictureStream() const
{
    const TokenLayout& picture = queryLayout();
    return picture.behind.isEmpty() ? m_model->run().pictureStream() : picture.block.queryStream;
}

} // namespace headlens
