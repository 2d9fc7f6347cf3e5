// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a map depends on what the model has learnt: its likeness to itself while the weights of more and more blocks
// are shuffled, from the head down (Adebayo and others 2018). Window's thread.
#pragma once

#include "widgets/plots/chart.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QCPBars;
class QLabel;
class QProgressBar;
class QPushButton;

namespace headlens {

class MethodSheet;

class SanityBars final : public Chart {
    Q_OBJECT
public:
    explicit SanityBars(MethodSheet* sheet, QWidget* parent = nullptr);
    QSize minimumSizeHint() const override { return {160, 90}; }

protected:
    void tell() override; // and draws
    void style() override;
    QString tipAt(const QPointF& point) const override;

private:
    MethodSheet* m_sheet;
    QCPBars* m_bars;
};

class SanityPage : public QWidget {
    Q_OBJECT
public:
    SanityPage(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);
    QPushButton* button() const { return m_start; }
    QString sentence() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void press();
    bool isOfMap() const; // what is drawn is of the method on the canvas

    InspectionModel* m_model;
    MethodSheet* m_sheet;
    Selection* m_selection;
    QPushButton* m_start;
    QProgressBar* m_progress;
    SanityBars* m_bars;
    QLabel* m_sentence;
};

} // namespace headlens
