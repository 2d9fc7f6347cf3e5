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
#include <vector>

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
    std::optional<ExamplePicture> examplePicture(int number) const override
    {
        constexpr int kLarge = 4; // times the side the model sees
        return {{"things", measuredScene(100'000 + number, int(kSide) * kLarge).picture}};
    }

protected:
    // A view of every thing of a step; equal seeds and steps give equal things and views [B,3,S,S].
    struct Place {
        std::uint64_t seed;
        std::int64_t step;
    };
    static at::Tensor viewsOf(const Place& things, const Place& views)
    {
        std::vector<ObjectScene> scenes;
        for (int i = 0; i < int(kBatch); ++i)
            scenes.push_back(objectScene(exampleSeed(things.seed, things.step, i),
                                         exampleSeed(views.seed, views.step, i), int(kSide)));
        return pixelsOf(scenes);
    }
    static std::string frameOf(const at::Tensor& bytes)
    {
        const at::Tensor rows = bytes.contiguous();
        return historyFrame({rows.data_ptr<std::uint8_t>(), std::size_t(rows.numel())});
    }
};

} // namespace headlens
