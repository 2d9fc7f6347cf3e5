// SPDX-License-Identifier: GPL-3.0-or-later
// Which words of one text another one does not have in their place. Plain.
#pragma once

#include <QStringList>

#include <vector>

namespace headlens {

struct ComparedWord {
    QString word;
    bool isGone = false; // it is not part of the longest sequence of words that both texts have
};

// The words of `before`, parted by blanks, against those of `now`. Texts beyond a few thousand words are compared as
// far as that goes.
std::vector<ComparedWord> comparedWords(const QString& before, const QString& now);

// The same as rich text: what is gone is bold and struck through. Everything else is escaped.
QString comparedText(const QString& before, const QString& now);

} // namespace headlens
