// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that is counted of the heads of the shown run, asked for layer by layer behind the rows of the query while
// somebody looks at it; or in its place the average of many pictures. Lives in the window's thread.
#pragma once

#include "core/base/head_patterns.h"
#include "widgets/viewmodel/head_choice.h"

#include <QObject>
#include <QString>

#include <array>
#include <vector>

namespace headlens {

class InspectionModel;
namespace verbs {
struct HeadProfile;
}

struct ProfiledHead {
    HeadPlace place;
    std::array<double, kHeadNumbers> numbers{};    // nan where there is none
    std::array<double, kHeadNumbers> deviations{}; // of an average; nan of one run
    int pattern = -1;                              // in headPatterns()
    double score = 0;                              // of it; nan without one

    double number(HeadNumber which) const { return numbers[std::size_t(which)]; }
    double deviation(HeadNumber which) const { return deviations[std::size_t(which)]; }
    QString patternName() const; // in the window's language; empty: none
};

// Without numbers yet; named by its scores.
ProfiledHead profiledHead(const HeadPlace& place, const std::array<double, kHeadPatterns>& scores);

class HeadProfiles : public QObject {
    Q_OBJECT
public:
    explicit HeadProfiles(InspectionModel* model, QObject* parent = nullptr);

    void setWanted(bool wanted); // on: those of the shown run are asked for
    // By layer and head; empty until all of them are there. Those of the run before stay until then.
    const std::vector<ProfiledHead>& heads() const { return m_average.empty() ? m_heads : m_average; }
    bool has(HeadNumber number) const;                   // of any head
    void showAverage(std::vector<ProfiledHead> average); // from now on; empty: the shown run again

Q_SIGNALS:
    void changed();

private:
    void begin();
    void askNext();
    void take(const verbs::HeadProfile& layer);

    InspectionModel* m_model;
    std::vector<ProfiledHead> m_heads, m_coming, m_average;
    int m_layer = 0;    // that is asked for next
    unsigned m_run = 0; // counts runs: an answer about an older one is none
    bool m_wanted = false, m_isAsking = false, m_isDone = false;
};

} // namespace headlens
