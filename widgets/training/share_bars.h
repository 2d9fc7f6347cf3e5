// SPDX-License-Identifier: GPL-3.0-or-later
// One distribution of a training at the current step: a bar a share, equal shares as a dashed line, entropy and largest
// share in words. One scale for all steps. Left and right choose a bar. Window's thread.
#pragma once

#include "widgets/plots/bars.h"
#include "widgets/training/training_record.h"

namespace headlens {

class ShareBars final : public ColumnBars {
    Q_OBJECT
public:
    ShareBars(TrainingRecordPtr record, int bars, QWidget* parent = nullptr);

    void setPosition(double position);
    QString sentence() const; // of the recorded step that has been reached
    int chosen() const override { return m_chosen; }

protected:
    void choose(int bar) override;
    QString textOf(int bar) const override;
    void tell() override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    const verbs::HistoryBars& bars() const { return m_record->bars[m_bars]; }
    QStringList parts() const; // of the sentence
    QString nameOf(int bar) const;
    int count() const { return int(bars().values.front().size()); }
    void draw();

    TrainingRecordPtr m_record;
    std::size_t m_bars;
    double m_position = 0, m_highest = 0;
    std::vector<double> m_shares; // as drawn: between two steps a mean of them
    int m_chosen = -1;
};

} // namespace headlens
