// SPDX-License-Identifier: GPL-3.0-or-later
// A few of the waves that encode a time, over the years, with a line at the time that is looked at. Told apart by
// dashes and by the length of a turn. Window's thread.
#pragma once

#include "widgets/life2vec/life_state.h"
#include "widgets/plots/chart.h"

#include <optional>

class QCPGraph;
class QCPItemStraightLine;

namespace headlens {

class WavePlot final : public Chart {
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

protected:
    void tell() override;
    void style() override;
    void fit() override;
    QString tipAt(const QPointF& point) const override;

private:
    QCPGraph* addWave(int index);
    QString title() const;
    QString markerText() const;
    bool isMarked() const { return m_marker && *m_marker >= m_low && *m_marker <= m_high; }
    static QString turnText(const TimeWave& wave);

    Kind m_kind;
    std::vector<TimeWave> m_waves;
    QCPItemStraightLine* m_line;
    double m_low = 0, m_high = 100;
    std::optional<double> m_marker;
};

} // namespace headlens
