// SPDX-License-Identifier: GPL-3.0-or-later
// The length of every token's hidden state behind the chosen layer. A few tokens that are many times as long as the
// others are outliers: large models keep notes of the whole picture in patches that show nothing (Darcet and others
// 2024, "Vision transformers need registers").
#pragma once

#include "widgets/plots/chart.h"
#include "widgets/viewmodel/inspection_model.h"

#include <vector>

class QCPGraph;
class QCPItemStraightLine;
class QLabel;

namespace headlens {

// One number a token, and above which of them tokens are outliers.
struct TokenNorms {
    std::vector<float> norms; // [N]
    float limit = 0;          // core/base/outliers.h
    std::vector<int> outliers;

    // Of hidden states [N,D], of which the first `special` do not count for the limit.
    static TokenNorms of(const FloatArray& states, int special = 0);
};

class TokenNormsView final : public Chart {
    Q_OBJECT
public:
    TokenNormsView(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {340, 240}; }
    // Whatever the sentence below says: a dock behind a tab must not grow with it.
    QSize minimumSizeHint() const override { return {160, 100}; }

    const TokenNorms& shown() const { return m_norms; }

protected:
    void tell() override; // and draws
    void style() override;
    void mousePressEvent(QMouseEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void ask();
    QString summary() const;

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    QCPGraph *m_all, *m_marked;
    QCPItemStraightLine* m_limit;
    QLabel* m_summary;
    TokenNorms m_norms;
};

} // namespace headlens
