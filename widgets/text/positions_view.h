// SPDX-License-Identifier: GPL-3.0-or-later
// How a model knows where a token stands: its table of positions, how alike they are, and biases of distances.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QImage>
#include <QWidget>

class QLabel;

namespace headlens {

class BiasCurves;

class PositionsView : public QWidget {
    Q_OBJECT
public:
    PositionsView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    // One sentence: how positions come into a sequence.
    static QString sentence(const verbs::Positions& tables);
    const verbs::Positions& tables() const { return m_tables; }
    QSize minimumSizeHint() const override { return {220, 220}; }
    QSize sizeHint() const override { return {420, 460}; }

Q_SIGNALS:
    void painted(); // after each frame, for benchmarks

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Part : int { Table, Similarity, Bias };
    struct Panel {
        Part part = Part::Table;
        QRectF title, picture;
    };
    void ask();
    void say();
    void draw(); // the pictures, one pixel a number
    const FloatArray& gridOf(Part part) const;
    QString titleOf(Part part) const;
    std::vector<Panel> panels() const;
    void place(); // the curves
    QString describe(const Panel& panel, const QPointF& point) const;

    InspectionModel* m_model;
    HeadChoice* m_heads;
    DisplaySettings* m_display;
    QLabel* m_text;
    BiasCurves* m_curves;
    verbs::Positions m_tables;
    int m_layer = -1; // of m_tables; -1 none
    QImage m_table, m_similarity;
};

} // namespace headlens
