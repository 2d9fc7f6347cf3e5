// SPDX-License-Identifier: GPL-3.0-or-later
// The vision half of CLIP, SigLIP and BLIP: a ViT whose weights stand below "vision." and whose blocks are told from
// those of the text half by their tower.
#pragma once

#include "core/models/heads/attention_pool.h"
#include "core/models/skeletons/stack_loading.h"
#include "core/models/skeletons/vit_encoder.h"

#include <optional>

namespace headlens {

// How the class defaults of a family differ.
struct VisionTowerDefaults {
    std::string activation = "gelu";
    double eps = 1e-6;
    std::int64_t heads = 12;
};

// The configuration from "vision_config" and the tensors below "vision.". `setting` names the heads for --set.
VitConfig visionTowerConfig(const Checkpoint& checkpoint, const ModelSettings& settings,
                            const VisionTowerDefaults& defaults, std::vector<std::string>& assumptions);

struct SeenPicture {
    at::Tensor last, normed; // [B,N,D] before and after the final norm
    at::Tensor pooled;       // [B,D]: the class token behind the norm, or what the pooling query gathered
    std::int64_t gridHeight = 0, gridWidth = 0;
};

class VisionTower {
public:
    explicit VisionTower(const VitConfig& config) : m_encoder(config) {}
    void load(const Checkpoint& checkpoint, WeightBinder& binder);
    void visit(const std::function<void(at::Tensor&)>& visit);
    void pack(Precision precision) { m_encoder.pack(precision); }
    VitEncoder& encoder() { return m_encoder; }
    const VitEncoder& encoder() const { return m_encoder; }
    bool pools() const { return m_pool.has_value(); }

    // Appends blocks, hidden states and its stream to `result`, and "vision.last_hidden_state" and, of a pooling
    // query, "vision.head_attentions" [B,H,1,N].
    SeenPicture see(const at::Tensor& pixels, const ForwardOptions& options, const JobControl& control,
                    ForwardResult& result) const;
    PositionTable positionTable(const TokenStream& stream) const
    {
        return m_encoder.positionTable(stream.gridHeight, stream.gridWidth);
    }
    // Picture sizes, prefix tokens and blocks.
    void appendFacts(ModelFacts& facts) const;

private:
    VitEncoder m_encoder;
    std::optional<AttentionPool> m_pool;
};

} // namespace headlens
