// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of a training at the current step, in a row with their names; a map lies in colours over the picture
// that it belongs to. Left and right choose one, which is then said. Window's thread.
#pragma once

#include "widgets/training/training_record.h"
#include "widgets/viewmodel/display_settings.h"

#include <QImage>
#include <QWidget>

namespace headlens {

class PictureRow : public QWidget {
    Q_OBJECT
public:
    PictureRow(TrainingRecordPtr record, DisplaySettings* display, QWidget* parent = nullptr);

    void setPosition(double position); // pictures are those of the recorded step that has been reached
    QRectF pictureRect(int at) const;
    QString nameOf(int at) const; // "map over photo"
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize minimumSizeHint() const override { return {200, heightForWidth(200)}; }
    QSize sizeHint() const override { return {360, heightForWidth(360)}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    int count() const { return int(m_record->pictures.size()); }
    const TrainingPicture& picture(int at) const { return m_record->pictures[std::size_t(at)]; }
    int columnsIn(int width) const;
    double sideIn(int width) const;
    double lineHeight() const { return fontMetrics().height() + 4.0; }
    QImage imageOf(int at, double opacity) const; // opacity below 0: not over anything
    void draw();                                  // images of the step
    void tell();

    TrainingRecordPtr m_record;
    DisplaySettings* m_display;
    std::vector<QImage> m_images;
    int m_step = -1, m_chosen = -1;
};

} // namespace headlens
