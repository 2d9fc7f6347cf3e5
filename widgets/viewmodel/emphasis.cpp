// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/emphasis.h"

namespace headlens {

void Emphasis::set(const QList<HeadPlace>& places)
{
    if (places == m_places) return;
    m_places = places;
    Q_EMIT changed();
}

bool Emphasis::includes(int layer, int head) const
{
    return m_places.isEmpty() || m_places.contains({layer, head}) || m_places.contains({layer, -1});
}

} // namespace headlens
