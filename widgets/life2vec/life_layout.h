// SPDX-License-Identifier: GPL-3.0-or-later
// A life on its axis: which card lies where, and what is said of it. A value over what LifeLine holds, without a
// widget; painting and hit tests take it.
#pragma once

#include "widgets/life2vec/life_lanes.h"
#include "widgets/life2vec/life_text.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QRectF>

#include <optional>

namespace headlens {

// What stands in a gap of the text.
struct LifeGuess {
    LifePlace place;
    QString word;
    double probability = 0;
};

struct LifePicture {
    std::vector<LifeEvent> events;
    std::vector<LifeGuess> guesses;              // the best one of each gap
    std::vector<std::optional<float>> attention; // of every event: the mean over its words; nothing: not known
    LifePlace chosen;                            // nothing is drawn for its attention
    std::string mask;                            // how a hidden word is written
};

struct LifeLayout {
    Q_DECLARE_TR_FUNCTIONS(headlens::LifeLayout)
public:
    const LifePicture& picture;
    LifeAxis axis;
    const std::vector<int>& lanes; // of every event: 0 below the axis, 1 above, 2 below ...
    QFontMetrics metrics;

    LifeAxis axisFor(int width) const;
    std::vector<int> lanesOn(const LifeAxis& on) const; // of every event's card
    int heightWith(int laneCount) const;

    QRectF cardRect(int event) const;
    QRectF wordRect(const LifePlace& place) const;
    LifePlace placeAt(const QPointF& point) const;
    double axisHeight() const; // y
    int wordLines() const;     // of the longest event

    QString wordAt(const LifePlace& place) const; // as it is drawn: a gap with its guess
    QString sentence(int event) const;            // everything that is known of it

private:
    double cardWidth(int event) const;
    double cardHeight() const;
    double axisBand() const; // ages, axis and dates
    CardSpan spanOf(int event, const LifeAxis& on) const;
};

int countOf(const std::vector<int>& lanes);

} // namespace headlens
