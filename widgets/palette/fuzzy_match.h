// SPDX-License-Identifier: GPL-3.0-or-later
// How well what was typed fits a name: its letters in the same order, wherever they stand. Case, accents and the width
// of letters do not count.
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

#include <optional>

namespace headlens {

// A text as it is compared.
struct FoldedText {
    QString letters;
    QList<int> places;       // where each of them stands in the text as it is shown
    QList<bool> beginsAWord; // each of them
};
FoldedText folded(QStringView text);

struct FuzzyMatch {
    int score = 0;      // more is better; of texts of the same length comparable
    QList<int> letters; // in the text as it is shown, ascending
};
// Null: they are not there in this order, or so scattered that nobody meant them. `typed` holds folded letters without
// blanks, at least one.
std::optional<FuzzyMatch> fuzzyMatch(const QString& typed, const FoldedText& name);

} // namespace headlens
