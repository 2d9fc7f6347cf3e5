// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of the probability of the class (CLIP, SigLIP: of the similarity with a text) while patches are covered
// (solid) or shown (dashed), strongest first, by the best methods, the one on the canvas, and random maps in grey.
// Window's thread.
#pragma once

#include "widgets/plots/chart.h"
#include "widgets/viewmodel/inspection_model.h"

namespace headlens {

class MethodSheet;
struct SheetTile;

class FaithfulnessCurves final : public Chart {
    Q_OBJECT
public:
    static constexpr int kMost = 4; // methods beside the one on the canvas

    FaithfulnessCurves(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {320, 220}; }
    QSize minimumSizeHint() const override { return {160, 120}; }

    QStringList shown() const { return m_names; } // of the curves, in the order of the legend

protected:
    void tell() override; // and draws
    QString tipAt(const QPointF& point) const override;

private:
    std::vector<const SheetTile*> chosen() const;

    InspectionModel* m_model;
    MethodSheet* m_sheet;
    Selection* m_selection;
    QStringList m_names;
};

} // namespace headlens
