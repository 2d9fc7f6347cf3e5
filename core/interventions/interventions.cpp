// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interventions/interventions.h"

namespace headlens {

const std::vector<const Method*>& allInterventions()
{
#define HEADLENS_INTERVENTION_ROW(name) interventions::name,
    static const MethodTable kTable({HEADLENS_INTERVENTIONS(HEADLENS_INTERVENTION_ROW)});
#undef HEADLENS_INTERVENTION_ROW
    return kTable.rows();
}

} // namespace headlens
