// SPDX-License-Identifier: GPL-3.0-or-later
// The pane beside the sheet: does what a map shows matter to the model? Curves above; below them the ranking, what the
// method on the canvas is, and whether it depends on what the model has learnt. Window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QTabWidget;

namespace headlens {

class FaithfulnessCurves;
class MethodPage;
class RankingPage;
class SanityPage;

class FaithfulnessView : public QWidget {
    Q_OBJECT
public:
    FaithfulnessView(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    FaithfulnessCurves* curves() const { return m_curves; }
    RankingPage* ranking() const { return m_ranking; }
    MethodPage* method() const { return m_method; }
    SanityPage* sanity() const { return m_sanity; }
    void showPage(int page) const; // 0: ranking, 1: method, 2: sanity
    QSize sizeHint() const override { return {340, 420}; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    InspectionModel* m_model;
    FaithfulnessCurves* m_curves;
    QTabWidget* m_tabs;
    RankingPage* m_ranking;
    MethodPage* m_method;
    SanityPage* m_sanity;
};

} // namespace headlens
