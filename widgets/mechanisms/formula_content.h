// SPDX-License-Identifier: GPL-3.0-or-later
// What the formula and its table say up to a step, as texts. Values only.
#pragma once

#include "widgets/mechanisms/formula.h"

#include <QStringList>

#include <functional>

namespace headlens {

struct FormulaContent {
    struct Column {
        FormulaStep step;
        QString title;
    };
    struct Piece { // of the formula's line
        FormulaStep step;
        QString text;
    };

    Formula formula;
    std::function<QString(int key)> keyName; // of the block
    FormulaStep step = FormulaStep::Query;

    std::vector<Column> columns() const; // those that have been computed
    std::vector<Piece> pieces() const;
    QString nameOf(const FormulaRow& row) const; // "12 others together" of the last
    QString cell(const FormulaRow& row, FormulaStep of) const;
    QString totalOf(FormulaStep of) const;
    // The table as text, a line a key: for screen readers and tests.
    QStringList lines() const;
};

} // namespace headlens
