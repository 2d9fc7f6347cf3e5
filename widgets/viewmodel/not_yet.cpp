// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/not_yet.h"

#include "widgets/viewmodel/inspection_model.h"

#include <QCoreApplication>

namespace headlens {

QString notYet(const InspectionModel& model)
{
    const bool comes = model.hasInput() || !model.link()->isSettled();
    return comes ? QCoreApplication::translate("NotYet", "Computing…")
                 : QCoreApplication::translate("NotYet", "Nothing inspected yet");
}

} // namespace headlens
