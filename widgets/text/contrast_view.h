// SPDX-License-Identifier: GPL-3.0-or-later
// How contrastive training brings pictures and texts together: the similarities of a fixed batch at steps of the
// training, with loss and temperature.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace headlens {

class ContrastView : public QWidget {
    Q_OBJECT
public:
    ContrastView(InspectionModel* model, DisplaySettings* display, QWidget* parent = nullptr);

    const verbs::Contrast& record() const { return m_record; } // no steps: none
    int step() const { return m_step; }                        // index into the steps
    void setStep(int index);
    // How many captions of a step have their own picture as the most similar one.
    static int found(const verbs::ContrastStep& step);
    QSize minimumSizeHint() const override { return {260, 300}; }
    QSize sizeHint() const override { return {420, 520}; }

Q_SIGNALS:
    void painted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void ask();
    void tell();
    void play(bool on);
    QRectF matrixRect() const;
    QRectF curveRect() const;
    void paintMatrix(QPainter& painter) const;
    void paintCurve(QPainter& painter) const;

    InspectionModel* m_model;
    DisplaySettings* m_display;
    QLabel* m_text;
    QSlider* m_slider;
    QToolButton* m_play;
    QTimer m_playing;
    verbs::Contrast m_record;
    QString m_of; // the model the record belongs to
    int m_step = 0;
};

} // namespace headlens
