// SPDX-License-Identifier: GPL-3.0-or-later
// A session on the disk: what was open and how it was looked at, as JSON. Files below its folder are named relative to
// it, so that both can move together.
#pragma once

#include "widgets/compare/pane_wish.h"
#include "widgets/figure/figure_spec.h"
#include "widgets/viewmodel/work_state.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace headlens {

inline constexpr int kSessionFormat = 1;

struct ReadSession {
    std::optional<WorkState> state = {};   // its paths are absolute
    std::optional<FigureSpec> figure = {}; // that was composed last
    QList<PaneWish> panes = {};            // beside the main picture
    QString problem = {};                  // otherwise: one sentence
    bool isDamaged = false;                // there is a file, but nothing can be made of it
};

ReadSession readSession(const QString& path);
// Empty: a picture without a file is too large to be kept inside.
QByteArray sessionBytes(const WorkState& state, const QString& folder, const std::optional<FigureSpec>& figure = {},
                        const QList<PaneWish>& panes = {});
// Whole or not at all; false: why not is the system's.
bool writeSession(const QString& path, const QByteArray& bytes);

// What cannot be read stays beside as NAME.bad; false where that is not possible.
enum class Keep { Copy, Move }; // a person's file is never taken away
bool keepAsBad(const QString& path, Keep how);

} // namespace headlens
