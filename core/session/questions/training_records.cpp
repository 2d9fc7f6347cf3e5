// SPDX-License-Identifier: GPL-3.0-or-later
// What a training left beside the weights.
#include "core/session/questions/questions.h"

#include "core/session/contrast_record.h"
#include "core/session/opened_model.h"
#include "core/session/training_history.h"

namespace headlens::questions {

verbs::Contrast contrast(const OpenedModel& model)
{
    return readContrast(contrastFileOf(model.info.path));
}

verbs::History history(const OpenedModel& model)
{
    return readHistory(historyFileOf(model.info.path));
}

} // namespace headlens::questions
