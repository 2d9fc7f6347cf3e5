// SPDX-License-Identifier: GPL-3.0-or-later
// One number for every head of the shown run: how wide it spreads, how far it looks, what it gives to the first token.
// Asked for layer by layer behind the rows of the query, when the first view wants them. Lives in the window's thread.
#pragma once

#include <QObject>

#include <cstdint>
#include <vector>

namespace headlens {

class InspectionModel;
struct Message;

// Means over all queries of the head; nan where it has none (a distance between different sequences).
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
    void pause(); // rows are asked for: what is under way goes on behind them
    bool isThere() const { return !m_values.empty(); }
    // nan until they are there. Those of the run before stay until the next ones come, where it had the same heads.
    double of(int layer, int head, HeadStatistic what) const;
    double ofLayer(int layer, HeadStatistic what) const; // mean of its heads that have one

Q_SIGNALS:
    void changed();

private:
    using Layers = std::vector<std::vector<double>>; // by layer: [heads * statistics]
    void begin();
    void askNext();
    void take(int layer, const Message& answer);
    bool fits(const Layers& values) const; // as many heads as the shown run

    InspectionModel* m_model;
    Layers m_values;
    Layers m_coming;        // of the run that is shown, as far as they were answered
    unsigned m_run = 0;     // counts runs: an answer about an older one is none
    quint64 m_question = 0; // under way; 0: none
    bool m_wanted = false;
};

} // namespace headlens
