// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/head_choice.h"

#include <algorithm>

namespace headlens {

QList<int> HeadChoice::heads() const
{
    QList<int> heads;
    for (const HeadPlace& place : m_overlaid)
        if (place.layer == m_layer) heads.append(place.head);
    return heads;
}

void HeadChoice::keepExistingHeads()
{
    const bool chosenExists = m_overlaid.first().head < headCount();
    m_overlaid.removeIf(
        [this](const HeadPlace& place) { return place.layer >= layers() || place.head >= m_counts[place.layer]; });
    const auto here = std::ranges::find(m_overlaid, m_layer, &HeadPlace::layer);
    if (here == m_overlaid.end())
        m_overlaid.prepend({m_layer, 0});
    else if (!chosenExists)
        std::rotate(m_overlaid.begin(), here, here + 1);
}

void HeadChoice::fit(const QList<int>& counts)
{
    m_counts = counts.isEmpty() ? QList<int>{1} : counts;
    moveToLayer(std::clamp(m_layer, 0, layers() - 1));
}

// The heads of the chosen layer come along, as far as the other one has them: stages of a Swin have different numbers.
void HeadChoice::moveToLayer(int layer)
{
    QList<HeadPlace> moved;
    for (HeadPlace place : m_overlaid) {
        if (place.layer == m_layer) place.layer = layer;
        if (!moved.contains(place)) moved.append(place);
    }
    m_overlaid = moved;
    m_layer = layer;
    keepExistingHeads();
}

void HeadChoice::setLayer(int layer)
{
    layer = std::clamp(layer, 0, layers() - 1);
    if (layer == m_layer) return;
    moveToLayer(layer);
    Q_EMIT changed();
}

void HeadChoice::setHead(int head)
{
    head = std::clamp(head, 0, headCount() - 1);
    if (m_overlaid == QList<HeadPlace>{{m_layer, head}} && m_fusion == HeadFusion::Single) return;
    m_overlaid = {{m_layer, head}};
    m_fusion = HeadFusion::Single;
    Q_EMIT changed();
}

void HeadChoice::toggleHead(int layer, int head)
{
    if (layer < 0 || layer >= layers() || head < 0 || head >= m_counts[layer]) return;
    const HeadPlace place{layer, head};
    m_fusion = HeadFusion::Single;
    if (!m_overlaid.contains(place))
        m_overlaid.append(place);
    else if (m_overlaid.size() > 1)
        m_overlaid.removeOne(place);
    m_layer = m_overlaid.first().layer; // the chosen one may have been taken away
    Q_EMIT changed();
}

void HeadChoice::overlayHeads(const QList<int>& heads)
{
    m_overlaid.clear();
    for (const int head : heads) m_overlaid.append({m_layer, head});
    if (m_overlaid.isEmpty()) m_overlaid.append({m_layer, 0});
    m_fusion = HeadFusion::Single;
    keepExistingHeads();
    Q_EMIT changed();
}

void HeadChoice::setFusion(HeadFusion fusion)
{
    if (fusion == m_fusion) return;
    m_fusion = fusion;
    Q_EMIT changed();
}

} // namespace headlens
