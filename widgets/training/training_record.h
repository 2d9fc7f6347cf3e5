// SPDX-License-Identifier: GPL-3.0-or-later
// How a training went, ready to be drawn: panels of curves, distributions, decoded pictures, all over the same recorded
// steps. A position lies on or between them: 2.5 is halfway from the third to the fourth. Values only, any thread.
#pragma once

#include "core/wire/verbs.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <memory>
#include <vector>

namespace headlens {

struct TrainingPanel {
    QString name;
    std::vector<verbs::HistoryCurve> curves;
    std::vector<verbs::HistoryLevel> levels;
    double low = 0, high = 1; // of all curves and levels
    int digits = 2;           // behind the point, so that numbers keep their width
};

struct TrainingPicture {
    QString name;
    int width = 0, height = 0, channels = 3;
    int ground = -1; // the picture that a map lies over
    std::vector<QByteArray> frames;
    const QByteArray& frame(int step) const { return frames[frames.size() == 1 ? 0 : std::size_t(step)]; }
};

// What a distribution says about itself.
struct ShareWords {
    double entropy = 0, most = 0; // in bits: of the shares, and of equal ones
    double largest = 0;           // the largest share, 0..1
    int where = -1;               // -1: all are 0
};

struct TrainingRecord {
    QString title;
    std::vector<std::int64_t> steps;
    std::vector<TrainingPanel> panels; // in the order of their first curves
    std::vector<verbs::HistoryBars> bars;
    std::vector<TrainingPicture> pictures;

    bool isEmpty() const { return steps.empty(); }
    int last() const { return int(steps.size()) - 1; }
    // Half of the steps lie in the first twentieth: the axis grows by doubling.
    bool isLogarithmic() const;
    double axisOf(double step) const; // where a step number lies on the axis
    double axisAt(double position) const;
    int nearest(double axis) const; // the recorded step there
};

using TrainingRecordPtr = std::shared_ptr<const TrainingRecord>;

// Leaves out what has not one value, row or frame a step.
TrainingRecord recordOf(const verbs::History& history);

int stepAt(double position); // the one that has been reached
double valueAt(const std::vector<double>& values, double position);
std::vector<double> sharesAt(const verbs::HistoryBars& bars, double position); // they sum to 1, or all are 0
ShareWords wordsOf(const std::vector<double>& shares);

} // namespace headlens
