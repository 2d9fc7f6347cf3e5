// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/head_statistics.h"

#include "widgets/viewmodel/inspection_model.h"

#include <cmath>
#include <limits>

namespace headlens {

HeadStatistics::HeadStatistics(InspectionModel* model) : QObject(model), m_model(model) {}

void HeadStatistics::want()
{
    m_wanted = true;
}

double HeadStatistics::of(int, int, HeadStatistic) const
{
    return std::numeric_limits<double>::quiet_NaN();
}

double HeadStatistics::ofLayer(int, HeadStatistic) const
{
    return std::numeric_limits<double>::quiet_NaN();
}

} // namespace headlens
