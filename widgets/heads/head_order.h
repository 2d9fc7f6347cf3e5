// SPDX-License-Identifier: GPL-3.0-or-later
// In which order the heads stand: layer by layer, or in one sequence by a number that each of them has. Lives in the
// window's thread.
#pragma once

#include "widgets/heads/head_layout.h"
#include "widgets/viewmodel/head_statistics.h"

#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace headlens {

class HeadChoice;
class InspectionModel;

enum class HeadSort : std::uint8_t { Layer, Entropy, Distance, FirstToken, Itself, Similarity };

struct HeadSortRow {
    HeadSort sort;
    const char* id;
    const char* text; // in English, after "sorted by"; translated in the context "HeadOrder"
    std::optional<HeadStatistic> statistic;
    bool isShare;      // of 1: shown in percent
    bool largestFirst; // what it begins with
};
const std::vector<HeadSortRow>& headSorts();
const HeadSortRow& rowOf(HeadSort sort);

class HeadOrder : public QObject {
    Q_OBJECT
public:
    HeadOrder(InspectionModel* model, HeadChoice* heads, QObject* parent = nullptr);

    HeadSort sort() const { return m_sort; }
    bool isLargestFirst() const { return m_largestFirst; } // of layers: the last one first
    // Similarity is that to the head that is chosen now, and stays so until it is asked for again.
    void setSort(HeadSort sort);
    void setLargestFirst(bool largestFirst);

    // All heads of the run by their number, those without one at the end; empty: layer by layer.
    const std::vector<RankedHead>& ranked() const;
    double valueOf(const HeadPlace& place) const;
    bool isWaiting() const; // the engine has not answered yet

    QString text(HeadSort sort) const; // to choose it by: "share on CLS", "similarity to the chosen head"
    QString sortedBy() const;          // what it is now: "similarity to head 5.3"
    QString valueText(double value) const;

Q_SIGNALS:
    void changed();

private:
    void forget();
    std::vector<RankedHead> rank() const;
    bool startsWithCls() const;

    InspectionModel* m_model;
    HeadChoice* m_heads;
    HeadSort m_sort = HeadSort::Layer;
    bool m_largestFirst = false;
    HeadPlace m_reference{0, 0}; // what the others are compared with
    // Of this run and query: asked for by every frame.
    mutable std::optional<std::vector<RankedHead>> m_ranked;
    // The order as trained: while something is off, heads stay where they were.
    mutable std::vector<HeadPlace> m_sequence;
};

// Cosine of two rows of weights; nan where one of them is empty or they count different tokens.
double likeness(const InspectionModel& model, const HeadPlace& one, const HeadPlace& other);

} // namespace headlens
