// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/selection.h"

#include <algorithm>

namespace headlens {
QList<int> Selection::heads() const
{
    QList<int> heads;
    for (const HeadPlace& place : m_overlaid)
        if (place.layer == m_layer) heads.append(place.head);
    return heads;
}

void Selection::keepExistingHeads()
{
    const bool chosenExists = m_overlaid.first().head < headCount();
    m_overlaid.removeIf(
        [this](const HeadPlace& place) { return place.layer >= layers() || place.head >= m_headCounts[place.layer]; });
    const auto here = std::ranges::find(m_overlaid, m_layer, &HeadPlace::layer);
    if (here == m_overlaid.end())
        m_overlaid.prepend({m_layer, 0});
    else if (!chosenExists)
        std::rotate(m_overlaid.begin(), here, here + 1);
}

void Selection::setExtent(const QList<int>& heads, const QList<int>& tokensOfStreams)
{
    m_headCounts = heads.isEmpty() ? QList<int>{1} : heads;
    m_tokens = tokensOfStreams.isEmpty() ? QList<int>{1} : tokensOfStreams;
    for (int& count : m_tokens) count = std::max(1, count);
    moveToLayer(std::clamp(m_layer, 0, layers() - 1));
    if (m_stream >= m_tokens.size()) {
        m_stream = 0;
        m_token = 0;
        m_pinned = false;
    }
    if (m_token >= tokens()) {
        m_token = m_tokens.size() == 1 ? 0 : tokens() - 1;
        m_pinned = false;
    }
    if (m_other >= tokensOf(m_otherStream)) m_other = -1;
    if (m_otherStream >= m_tokens.size()) m_otherStream = 0;
    Q_EMIT mapChanged();
    Q_EMIT tokenChanged();
    Q_EMIT otherChanged();
}

// The heads of the chosen layer come along, as far as the other one has them: stages of a Swin have different numbers.
void Selection::moveToLayer(int layer)
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

void Selection::setLayer(int layer)
{
    layer = std::clamp(layer, 0, layers() - 1);
    if (layer == m_layer) return;
    moveToLayer(layer);
    Q_EMIT mapChanged();
}

void Selection::setHead(int head)
{
    head = std::clamp(head, 0, headCount() - 1);
    if (m_overlaid == QList<HeadPlace>{{m_layer, head}} && m_fusion == HeadFusion::Single) return;
    m_overlaid = {{m_layer, head}};
    m_fusion = HeadFusion::Single;
    Q_EMIT mapChanged();
}

void Selection::toggleHead(int layer, int head)
{
    if (layer < 0 || layer >= layers() || head < 0 || head >= m_headCounts[layer]) return;
    const HeadPlace place{layer, head};
    m_fusion = HeadFusion::Single;
    if (!m_overlaid.contains(place))
        m_overlaid.append(place);
    else if (m_overlaid.size() > 1)
        m_overlaid.removeOne(place);
    m_layer = m_overlaid.first().layer; // the chosen one may have been taken away
    Q_EMIT mapChanged();
}

void Selection::overlayHeads(const QList<int>& heads)
{
    m_overlaid.clear();
    for (const int head : heads) m_overlaid.append({m_layer, head});
    if (m_overlaid.isEmpty()) m_overlaid.append({m_layer, 0});
    m_fusion = HeadFusion::Single;
    keepExistingHeads();
    Q_EMIT mapChanged();
}

void Selection::setMap(const QString& map)
{
    if (map == m_map) return;
    m_map = map;
    Q_EMIT mapChanged();
}

void Selection::setFusion(HeadFusion fusion)
{
    if (fusion == m_fusion) return;
    m_fusion = fusion;
    Q_EMIT mapChanged();
}

void Selection::hoverIn(int stream, int token)
{
    if (token >= tokensOf(stream)) return;
    if (m_pinned) {
        if (token == m_other && stream == m_otherStream) return;
        m_other = token;
        m_otherStream = stream;
        Q_EMIT otherChanged();
        return;
    }
    if (token < 0 || (token == m_token && stream == m_stream)) return; // leaving keeps the last query
    m_token = token;
    m_stream = stream;
    Q_EMIT tokenChanged();
}

void Selection::setToken(int token)
{
    token = std::clamp(token, 0, std::max(0, tokens() - 1));
    if (token == m_token) return;
    m_token = token;
    Q_EMIT tokenChanged();
}

void Selection::pinIn(int stream, int token)
{
    if (token < 0 || token >= tokensOf(stream)) return;
    if (m_pinned && token == m_token && stream == m_stream) return unpin();
    m_pinned = true;
    m_other = -1;
    m_otherStream = stream;
    const bool moved = token != m_token || stream != m_stream;
    m_token = token;
    m_stream = stream;
    if (moved) Q_EMIT tokenChanged();
    Q_EMIT otherChanged();
}

void Selection::pinLookedAt()
{
    if (m_pinned && m_other >= 0)
        pinIn(m_otherStream, m_other);
    else
        pin(m_token);
}

void Selection::unpin()
{
    if (!m_pinned) return;
    m_pinned = false;
    m_other = -1;
    Q_EMIT otherChanged();
}

void Selection::setReverse(bool reverse)
{
    if (reverse == m_reverse) return;
    m_reverse = reverse;
    Q_EMIT tokenChanged();
}

void Selection::emphasise(const QList<HeadPlace>& places)
{
    if (places == m_emphasised) return;
    m_emphasised = places;
    Q_EMIT emphasisChanged();
}

bool Selection::isEmphasised(int layer, int head) const
{
    return m_emphasised.isEmpty() || m_emphasised.contains({layer, head}) || m_emphasised.contains({layer, -1});
}

} // namespace headlens
