// SPDX-License-Identifier: GPL-3.0-or-later
// How the training of the open model went, from its first step to its last: curves, distributions and pictures that all
// stand at the same step, to play and to step through. Window's thread.
#pragma once

#include "widgets/training/training_record.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace headlens {

class ColumnsBox;
class CurvePlot;
class PictureRow;
class ShareBars;
class StepPlayer;

class TrainingView : public QWidget {
    Q_OBJECT
public:
    TrainingView(InspectionModel* model, DisplaySettings* display, QWidget* parent = nullptr);

    const TrainingRecord& record() const { return *m_record; } // empty: title() says why
    QString title() const;
    StepPlayer* player() const { return m_player; }
    const std::vector<CurvePlot*>& plots() const { return m_plots; } // one a panel
    const std::vector<ShareBars*>& bars() const { return m_bars; }
    PictureRow* pictures() const { return m_pictures; } // null: the record has none
    void setStep(int step);
    QSize minimumSizeHint() const override { return {260, 260}; }
    QSize sizeHint() const override { return {420, 620}; }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void ask();
    void take(const verbs::History& history);
    void rebuild();
    void follow(double position);
    void tell();

    InspectionModel* m_model;
    DisplaySettings* m_display;
    QLabel* m_title;
    QScrollArea* m_scroll;
    QVBoxLayout* m_layout = nullptr; // of what scrolls
    ColumnsBox *m_panelBox, *m_barBox;
    PictureRow* m_pictures = nullptr;
    StepPlayer* m_player;
    TrainingRecordPtr m_record = std::make_shared<TrainingRecord>();
    std::vector<CurvePlot*> m_plots;
    std::vector<ShareBars*> m_bars;
    QString m_of; // the model that has answered
};

} // namespace headlens
