// SPDX-License-Identifier: GPL-3.0-or-later
// What a pane beside the main picture shows: for every part either the same as the window, live, or something of its
// own. Plain; sessions keep it.
#pragma once

#include "core/wire/json_fwd.h"

#include <QList>
#include <QString>

#include <string>

namespace headlens {

inline constexpr int kMostPanes = 3;

struct PaneWish {
    QString model = {};      // a path, or the name of an embedded model; empty: as the window shows
    QString picture = {};    // the path of a file; empty: as the window shows
    QString text = {};       // where it hasText
    bool hasText = false;    // a text of its own
    QString map = {};        // kRowMap or a method's id; empty: as the window shows
    bool asTrained = false;  // without what is changed in the window: what was before
    bool difference = false; // to what the window shows, where shapes allow
    bool operator==(const PaneWish&) const = default;

    // Nothing of it is its own: there is nothing to compare.
    bool isAsShown() const { return model.isEmpty() && picture.isEmpty() && !hasText && map.isEmpty() && !asTrained; }
};

Json toJson(const PaneWish& wish);
// At most kMostPanes. Throws Error(BadConfig) with `subject` for a field of the wrong kind; what is absent is as shown.
QList<PaneWish> paneWishesFrom(const Json& json, const std::string& subject);

} // namespace headlens
