// SPDX-License-Identifier: GPL-3.0-or-later
// Models in places of other programs: which files are one, and of each what is known without opening it. Whether it can
// be opened is told by a judge, so that nothing here knows of tensors.
#pragma once

#include "core/base/job_control.h"
#include "core/session/model_places.h"
#include "core/wire/verbs_model.h"

#include <functional>
#include <string>
#include <vector>

namespace headlens {

struct ModelVerdict {
    verbs::Sentence whyNot; // empty: it can be opened
    std::string type;       // empty: nothing says so
    std::int64_t bytes = 0; // of the weights that would be read; 0: not known
};

// Looks at headers alone; throws nothing.
using ModelJudge = std::function<ModelVerdict(const std::string& path)>;

// Between two files it stops with Error(Cancelled). A place that is not there holds nothing, and of one that cannot be
// read a remark is left: nothing else is thrown.
verbs::FoundModels findModels(const std::vector<ModelPlace>& places, const ModelJudge& judge,
                              const JobControl& control);

} // namespace headlens
