// SPDX-License-Identifier: GPL-3.0-or-later
// Mixture of experts: who computes which token in one layer. A line an expert, a column a token, as dark as the weight
// of its answer. Click or arrow keys choose the token for every other view. Window's thread.
#pragma once

#include "core/base/float_array.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

namespace headlens {

// Whether the run has layers with experts (state "experts.<block>").
bool hasExperts(const InspectionModel& model);

class ExpertsMap : public QWidget {
    Q_OBJECT
public:
    ExpertsMap(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    int shownLayer() const;                                 // the chosen one, or the next that has experts; -1: none
    const FloatArray& weights() const { return m_weights; } // [tokens,experts]; empty until they came
    QRectF cellRect(int expert, int token) const;
    QString sentence(int token) const; // "“dog”: expert 3 61 %, expert 7 39 %"
    QString loads() const;             // which experts take most of the tokens
    QSize minimumSizeHint() const override { return {220, 120}; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void ask();
    void tell();
    int tokens() const { return m_weights.isTable() ? int(m_weights.rows()) : 0; }
    int experts() const { return m_weights.isTable() ? int(m_weights.columns()) : 0; }
    int tokenAt(const QPointF& point) const; // -1 outside

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    FloatArray m_weights;
    int m_asked = -1; // layer; -1: none yet
};

} // namespace headlens
