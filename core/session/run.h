// SPDX-License-Identifier: GPL-3.0-or-later
// What one pass through a model left behind. Everything that is asked about it is a function of a const Run&
// (questions/questions.h); two of them can be compared, because neither knows of the other.
#pragma once

#include "core/base/image8.h"
#include "core/wire/verbs_input.h"
#include "core/wire/verbs_model.h"

#include <memory>

namespace headlens {

struct OpenedModel;
struct RunTensors;

// Filled by completeRun() and const from then on. Of the worker's thread.
struct Run {
    explicit Run(std::shared_ptr<const OpenedModel> opened);
    ~Run();
    Run(Run&&) noexcept;
    Run& operator=(Run&&) noexcept;

    const OpenedModel& model() const { return *m_model; }
    const std::shared_ptr<const OpenedModel>& sharedModel() const { return m_model; }
    const verbs::ModelInfo& modelInfo() const;
    const RunTensors& tensors() const { return *m_tensors; }
    RunTensors& tensors() { return *m_tensors; }

    verbs::SetInput request; // as it was asked for: its text, its ablated heads, its switches
    verbs::InputInfo info;
    Image8 seen;           // the picture as the model sees it; empty for a text alone
    Image8 reconstruction; // of a masked autoencoder; else empty

private:
    std::shared_ptr<const OpenedModel> m_model;
    std::unique_ptr<RunTensors> m_tensors;
};

} // namespace headlens
