// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/verbs_study.h"

#include "core/wire/wire_fields.h"

namespace headlens::verbs {

HEADLENS_WIRE_FIELDS(StudyAxis, what, named)
HEADLENS_WIRE_FIELDS(StudyMatrix, title, rows, columns, unit, isSigned, isRank, texts, marked)
HEADLENS_WIRE_FIELDS(StudyInfo, method, changes, needsOther, readsOther)
HEADLENS_WIRE_FIELDS(StudyList, studies)
HEADLENS_WIRE_FIELDS(StudyQuestion, of)
HEADLENS_WIRE_FIELDS(Study, of, matrices, label, score, remark)

} // namespace headlens::verbs
