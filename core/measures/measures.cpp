// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/measures.h"

namespace headlens {

const std::vector<const Method*>& allMeasures()
{
#define HEADLENS_MEASURE_ROW(name) measures::name,
    static const MethodTable kTable({HEADLENS_MEASURES(HEADLENS_MEASURE_ROW)});
#undef HEADLENS_MEASURE_ROW
    return kTable.rows();
}

} // namespace headlens
