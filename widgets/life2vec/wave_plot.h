// SPDX-License-Identifier: GPL-3.0-or-later
// A few of the waves that encode a time, over the years, with a line at the time that is looked at. Told apart by
// dashes and by the length of a turn. Window's thread.
#pragma once

#include "widgets/life2vec/life_state.h"

#include <QWidget>

#include <optional>

namespace headlens {

class WavePlot : public QWidget {
    Q_OBJECT
public:
    enum class Kind : int { Age, Date }; // cos of the age, sin of the date
    explicit WavePlot(Kind kind, QWidget* parent = nullptr);

    void setWaves(const std::vector<TimeWave>& waves);
    void setRange(double low, double high); // years
    void setMarker(std::optional<double> year);
    const std::vector<TimeWave>& waves() const { return m_waves; }
    std::optional<double> marker() const { return m_marker; }
    double low() const { return m_low; }
    double high() const { return m_high; }
    double valueAt(const TimeWave& wave, double year) const;
    double at(double year) const; // x
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return minimumSizeHint().expandedTo({300, 0}); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRectF area() const;
    QString title() const;
    QString markerText() const;
    static QString turnText(const TimeWave& wave);
    void paintWave(QPainter& painter, int index) const;
    void paintAxis(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;
    void tell();

    Kind m_kind;
    std::vector<TimeWave> m_waves;
    double m_low = 0, m_high = 100;
    std::optional<double> m_marker;
};

} // namespace headlens
