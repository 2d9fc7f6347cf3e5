// SPDX-License-Identifier: GPL-3.0-or-later
// Finds entries of the command palette by what was typed.
#pragma once

#include "widgets/palette/fuzzy_match.h"
#include "widgets/palette/palette_entry.h"

#include <QHash>

namespace headlens {

// An entry as a line: what it is found by.
struct PaletteHit {
    PaletteEntry entry;
    int score = 0;
    QList<int> letters; // of the name that fit
    QString other;      // stands behind the name instead of the detail: what fit better than the name
    QList<int> otherLetters;
};

class PaletteIndex {
public:
    PaletteIndex() = default;
    // `used`: ids, the last used first.
    PaletteIndex(const QList<PaletteEntry>& entries, const QStringList& used);

    // The best first; of nothing typed those last used, then the others in their own order.
    QList<PaletteHit> find(const QString& typed) const;
    qsizetype size() const { return m_lines.size(); }

private:
    struct Line {
        PaletteEntry entry;
        QList<FoldedText> names;  // its name, then its detail and the others
        QList<FoldedText> groups; // in every language
        int used = -1;            // how many were used since
    };
    QList<PaletteHit> all() const;
    static std::optional<PaletteHit> hitOf(const Line& line, const QStringList& words, const QString& whole);

    QList<Line> m_lines; // folded once: typing compares only
};

} // namespace headlens
