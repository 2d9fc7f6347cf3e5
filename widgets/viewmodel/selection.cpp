// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/selection.h"

namespace headlens {

Selection::Selection(QObject* parent)
    : QObject(parent), m_heads(new HeadChoice(this)), m_tokens(new TokenChoice(this)), m_emphasis(new Emphasis(this))
{
    connect(m_heads, &HeadChoice::changed, this, &Selection::mapChanged);
}

void Selection::setMap(const QString& map)
{
    if (map == m_map) return;
    m_map = map;
    Q_EMIT mapChanged();
}

void Selection::setExtent(const QList<int>& headsOfLayers, const QList<int>& tokensOfStreams)
{
    m_heads->fit(headsOfLayers);
    m_tokens->fit(tokensOfStreams);
    Q_EMIT m_heads->changed();
    Q_EMIT m_tokens->changed();
    Q_EMIT m_tokens->otherChanged();
}

} // namespace headlens
