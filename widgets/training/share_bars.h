// SPDX-License-Identifier: GPL-3.0-or-later
// One distribution of a training at the current step: a bar a share, equal shares as a dashed line, entropy and largest
// share in words. One scale for all steps. Left and right choose a bar. Window's thread.
#pragma once

#include "widgets/training/training_record.h"

#include <QWidget>

namespace headlens {

class ShareBars : public QWidget {
    Q_OBJECT
public:
    ShareBars(TrainingRecordPtr record, int bars, QWidget* parent = nullptr);

    void setPosition(double position);
    QString sentence() const;               // of the recorded step that has been reached
    int chosen() const { return m_chosen; } // -1: no bar
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize minimumSizeHint() const override { return {200, heightForWidth(200)}; }
    QSize sizeHint() const override { return {360, heightForWidth(360)}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    const verbs::HistoryBars& bars() const { return m_record->bars[m_bars]; }
    int count() const { return int(bars().values.front().size()); }
    QStringList parts() const; // of the sentence, painted one below the other where they do not fit
    QString nameOf(int bar) const;
    int linesIn(int width) const;
    QRectF chartRect() const;
    QRectF barRect(int bar) const;
    int barAt(double x) const;
    void choose(int bar);
    void paintWords(QPainter& painter) const;
    void paintUniform(QPainter& painter) const;
    void tell();

    TrainingRecordPtr m_record;
    std::size_t m_bars;
    double m_position = 0, m_highest = 0;
    std::vector<double> m_shares; // as drawn: between two steps a mean of them
    int m_chosen = -1;
};

} // namespace headlens
