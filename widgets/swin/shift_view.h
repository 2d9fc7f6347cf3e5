// SPDX-License-Identifier: GPL-3.0-or-later
// The cyclic shift of a windowed block as steps: the map, roll, partition, mask, attend, roll back.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QImage>
#include <QTimer>
#include <QVariantAnimation>
#include <QWidget>

class QLabel;
class QPushButton;

namespace headlens {

// Draws one step; knows no buttons.
class ShiftPicture : public QWidget {
    Q_OBJECT
public:
    enum class Step : int { Map, Roll, Partition, Mask, Attend, RollBack };
    static constexpr int kSteps = 6;

    ShiftPicture(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    Step step() const { return m_step; }
    void setStep(Step step, bool animated); // rolling takes 0.7 s when animated
    QSize minimumSizeHint() const override { return {160, 160}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    QRectF area() const;   // of the padded map
    double rolled() const; // 0 in place, 1 rolled by the whole shift
    void paintMap(QPainter& painter, const WindowGrid& windows) const;
    void paintWindows(QPainter& painter, const WindowGrid& windows) const;
    void paintRegions(QPainter& painter, const WindowGrid& windows) const;
    void paintAttention(QPainter& painter, const WindowGrid& windows) const;
    QRectF cellRect(const WindowGrid& windows, Cell cell) const; // of a cell of the map, wherever it is by now

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    DisplaySettings* m_display;
    Step m_step = Step::Map;
    QVariantAnimation m_roll;
};

class ShiftView : public QWidget {
    Q_OBJECT
public:
    ShiftView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);
    void showStep(ShiftPicture::Step step); // at once
    ShiftPicture* picture() { return m_picture; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void go(int steps);
    void play(bool on);
    void retranslate();

    InspectionModel* m_model;
    ShiftPicture* m_picture;
    QLabel* m_text;
    QPushButton *m_back, *m_play, *m_next;
    QTimer m_timer;
};

} // namespace headlens
