// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/selection.h"

#include <algorithm>

namespace headlens {

void Selection::keepExistingHeads()
{
    m_heads.removeIf([this](int head) { return head >= headCount(); });
    if (m_heads.isEmpty()) m_heads = {0};
}

void Selection::setExtent(const QList<int>& heads, const QList<int>& tokensOfStreams)
{
    m_headCounts = heads.isEmpty() ? QList<int>{1} : heads;
    m_tokens = tokensOfStreams.isEmpty() ? QList<int>{1} : tokensOfStreams;
    for (int& count : m_tokens) count = std::max(1, count);
    m_layer = std::clamp(m_layer, 0, layers() - 1);
    keepExistingHeads();
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

void Selection::setLayer(int layer)
{
    layer = std::clamp(layer, 0, layers() - 1);
    if (layer == m_layer) return;
    m_layer = layer;
    keepExistingHeads(); // stages of a Swin have different numbers of them
    Q_EMIT mapChanged();
}

void Selection::setHead(int head)
{
    head = std::clamp(head, 0, headCount() - 1);
    if (m_heads == QList<int>{head} && m_fusion == HeadFusion::Single) return;
    m_heads = {head};
    m_fusion = HeadFusion::Single;
    Q_EMIT mapChanged();
}

void Selection::toggleHead(int head)
{
    if (head < 0 || head >= headCount()) return;
    m_fusion = HeadFusion::Single;
    if (!m_heads.contains(head))
        m_heads.append(head);
    else if (m_heads.size() > 1)
        m_heads.removeOne(head);
    Q_EMIT mapChanged();
}

void Selection::overlayHeads(const QList<int>& heads)
{
    m_heads = heads;
    m_fusion = HeadFusion::Single;
    keepExistingHeads();
    Q_EMIT mapChanged();
}

void Selection::setView(MapView view)
{
    if (view == m_view) return;
    m_view = view;
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
