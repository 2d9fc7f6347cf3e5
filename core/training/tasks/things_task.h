// SPDX-License-Identifier: GPL-3.0-or-later
// What tasks have in common that learn from pictures of things without labels.
#pragma once

#include "core/training/tasks/measuring.h"
#include "core/training/tasks/object_pictures.h"
#include "core/training/tasks/task_table.h"
#include "core/training/trainer/model_files.h"
#include "core/training/trainer/recorded_task.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <string>

namespace headlens {

class ThingsTask : public RecordedTask {
public:
    static constexpr std::int64_t kSide = 64, kPatch = 8, kBatch = 64;

    using RecordedTask::RecordedTask;
    void writeFiles(const std::string& folder) override
    {
        writePreprocessor(folder, kSide);
        RecordedTask::writeFiles(folder);
    }
    bool writeExamples(const std::string& folder, int count) override
    {
        writeObjectPictures(folder, count, int(kSide));
        return true;
    }

protected:
    static std::string frameOf(const at::Tensor& bytes)
    {
        const at::Tensor rows = bytes.contiguous();
        return historyFrame({rows.data_ptr<std::uint8_t>(), std::size_t(rows.numel())});
    }
};

} // namespace headlens
