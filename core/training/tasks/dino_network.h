// SPDX-License-Identifier: GPL-3.0-or-later
// Learning without labels after DINO (Caron et al. 2021, arXiv 2104.14294): a student says of a view of a picture what
// its teacher, a slow copy of it, says of another view.
#pragma once

#include "core/models/skeletons/vit_encoder.h"
#include "core/training/trainer/network.h"

#include <string>
#include <vector>

namespace headlens {

struct DinoShape {
    VitConfig vision;
    std::int64_t hidden = 128, bottleneck = 32, prototypes = 128;
    double studentHeat = 0.1, teacherHeat = 0.02; // temperatures of the two softmaxes
    double momentum = 0.99;                       // of the teacher at the beginning; 1 at the end
    double centreMomentum = 0.9;
    bool centres = true; // false: what the teacher says most often is not taken off
};

// What a teacher says of a batch of views.
struct Taught {
    at::Tensor shares; // [B,K] after centring and sharpening
    at::Tensor logits; // [B,K] before both
};

class DinoNetwork : public Network {
public:
    explicit DinoNetwork(const DinoShape& shape);

    void visit(const Visit& visit) override; // "vit.", "head.", the same below "teacher.", "centre"
    at::Tensor firstValue(const std::string& name, const std::vector<std::int64_t>& shape) const override;
    // Only the teacher's ViT is kept: it is the better one (their section 5.1).
    void finish(std::map<std::string, at::Tensor>& weights) const override;
    Json config() const override;

    at::Tensor student(const at::Tensor& pixels) const; // [B,K] logits
    Taught teacher(const at::Tensor& pixels) const;
    // Cross entropy of what the student says with what it is taught [scalar].
    at::Tensor loss(const at::Tensor& student, const at::Tensor& taught) const;
    // Behind the loss of a step: the centre follows `logits` [B,K].
    void recentre(const at::Tensor& logits);
    // Behind the update of a step: the teacher follows the student. `done`: share of the training, 0 to 1.
    void follow(double done);
    // teacher = keep * teacher + (1 - keep) * student; nothing of the teacher learns by itself.
    void mixTeacher(double keep);

    const DinoShape& shape() const { return m_shape; }
    const VitEncoder& teacherVision() const { return m_taught.vision; }

private:
    struct Half {
        explicit Half(const VitConfig& config) : vision(config) {}
        VitEncoder vision;
        Linear first, second, narrow;
        at::Tensor last; // [K,bottleneck], rows of length 1 when used
    };
    void visitHalf(Half& half, const std::string& at, const Visit& visit);
    at::Tensor said(const Half& half, const at::Tensor& pixels) const;

    DinoShape m_shape;
    Half m_own, m_taught;
    at::Tensor m_centre; // [1,K]
};

} // namespace headlens
