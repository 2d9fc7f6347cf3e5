// SPDX-License-Identifier: GPL-3.0-or-later
// One number for every head of the shown run: how wide it spreads, how far it looks, what it gives to the first token.
// Asked for once a run, when the first view wants them. Lives in the window's thread.
#pragma once

#include <QObject>

#include <cstdint>
#include <vector>

namespace headlens {

class InspectionModel;

// Means over all queries of the head; nan where it has none (a distance without a picture).
enum class HeadStatistic : std::uint8_t {
    Entropy,    // of a row, in nats
    Distance,   // in patches, or tokens of a text
    FirstToken, // share given to CLS, or to the first token of a text
    Itself,     // share given to the query's own token
};

class HeadStatistics : public QObject {
    Q_OBJECT
public:
    explicit HeadStatistics(InspectionModel* model);

    // From now on they are asked for with every run that comes.
    void want();
    bool isThere() const { return !m_values.empty(); }
    double of(int layer, int head, HeadStatistic what) const; // nan until they are there
    double ofLayer(int layer, HeadStatistic what) const;      // mean of its heads that have one

Q_SIGNALS:
    void changed();

private:
    InspectionModel* m_model;
    std::vector<std::vector<double>> m_values; // by layer: [heads * statistics]
    bool m_wanted = false;
};

} // namespace headlens
