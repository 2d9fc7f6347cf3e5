// SPDX-License-Identifier: GPL-3.0-or-later
// How finished models are asked what they have learnt.
#pragma once

#include "core/models/transformer_model.h"
#include "core/training/tasks/batches.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace headlens {

// A pass that keeps nothing, with every head of `kinds` ablated.
ForwardOptions ablation(const ModelFacts& facts, const std::vector<AttentionKind>& kinds);
// The same with nothing ablated and `switches` set.
ForwardOptions withSwitches(const SwitchValues& switches);

ModelInput inputOf(const at::Tensor& pixels);             // [B,3,H,W]
ModelInput inputOf(const std::vector<std::int64_t>& ids); // [1,T]

// Tokens written freely behind `prompt`, each time the best one: up to `end`, which is left out, or `most`.
std::vector<std::int64_t> greedy(Writer& writer, const std::vector<std::int64_t>& prompt, std::int64_t end,
                                 std::size_t most);

// The share of `count` pictures that are classified right. `draw` makes the batch that begins with picture `begin`.
double accuracy(const TransformerModel& model, const ForwardOptions& options, std::int64_t count,
                const std::function<LabelledPictures(std::int64_t begin)>& draw);

} // namespace headlens
