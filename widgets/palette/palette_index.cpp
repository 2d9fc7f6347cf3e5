// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/palette_index.h"

#include <algorithm>

namespace headlens {
namespace {

constexpr int kExact = 60, kBegins = 20; // the whole name, or how it begins, was typed
constexpr int kOther = -4;               // a name that is not shown by itself
constexpr int kGroup = -24;              // only where it is found: after whatever has the word in its name
constexpr int kRefused = -30;
constexpr int kUsed = 12; // of those that fit alike the one that was used before

struct WordHit {
    int score = 0;
    int name = -1; // which of the names; -1: the group
    QList<int> letters;
};

// The best of all names and groups for one word.
std::optional<WordHit> best(const QString& word, const QList<FoldedText>& names, const QList<FoldedText>& groups)
{
    std::optional<WordHit> found;
    const auto offer = [&](const FoldedText& text, int which, int more) {
        const auto match = fuzzyMatch(word, text);
        if (match && (!found || match->score + more > found->score))
            found = WordHit{match->score + more, which, match->letters};
    };
    for (int i = 0; i < names.size(); ++i) offer(names[i], i, i == 0 ? 0 : kOther);
    for (const FoldedText& group : groups) offer(group, -1, kGroup);
    return found;
}

int exactness(const QList<FoldedText>& names, const QString& whole)
{
    int more = 0;
    for (const FoldedText& name : names) {
        const QStringView letters(name.letters);
        if (!letters.startsWith(whole)) continue;
        const QStringView rest = letters.sliced(whole.size());
        const bool isAll = std::ranges::none_of(rest, [](QChar letter) { return letter.isLetterOrNumber(); });
        more = std::max(more, isAll ? kExact : kBegins);
    }
    return more;
}

void add(QList<int>& letters, const QList<int>& more)
{
    letters += more;
    std::ranges::sort(letters);
    letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
}

} // namespace

PaletteIndex::PaletteIndex(const QList<PaletteEntry>& entries, const QStringList& used)
{
    m_lines.reserve(entries.size());
    for (const PaletteEntry& entry : entries) {
        Line line{entry, {folded(entry.name), folded(entry.detail)}, {folded(entry.group)}, -1};
        for (const QString& other : entry.others) line.names.append(folded(other));
        if (!entry.otherGroup.isEmpty()) line.groups.append(folded(entry.otherGroup));
        line.used = entry.id.isEmpty() ? -1 : int(used.indexOf(entry.id));
        m_lines.append(line);
    }
}

std::optional<PaletteHit> PaletteIndex::hitOf(const Line& line, const QStringList& words, const QString& whole)
{
    PaletteHit hit;
    int shownOther = 0;
    for (const QString& word : words) {
        const auto found = best(word, line.names, line.groups);
        if (!found) return {};
        hit.score += found->score;
        if (found->name == 0) add(hit.letters, found->letters);
        if (found->name <= 0 || (shownOther != 0 && shownOther != found->name)) continue;
        shownOther = found->name;
        add(hit.otherLetters, found->letters);
    }
    hit.entry = line.entry;
    if (shownOther > 0) hit.other = shownOther == 1 ? line.entry.detail : line.entry.others[shownOther - 2];
    hit.score += exactness(line.names, whole) + (line.entry.isEnabled ? 0 : kRefused);
    if (line.used >= 0) hit.score += std::max(1, kUsed - line.used);
    return hit;
}

QList<PaletteHit> PaletteIndex::all() const
{
    QList<const Line*> lines;
    for (const Line& line : m_lines)
        if (line.used >= 0 || !line.entry.onlyTyped) lines.append(&line);
    std::ranges::stable_sort(lines, {}, [](const Line* line) { return unsigned(line->used); }); // -1: the last
    QList<PaletteHit> hits;
    for (const Line* line : lines) hits.append({line->entry, 0, {}, {}, {}});
    return hits;
}

QList<PaletteHit> PaletteIndex::find(const QString& typed) const
{
    const QString whole = folded(typed).letters.simplified();
    if (whole.isEmpty()) return all();
    const QStringList words = whole.split(QLatin1Char(' '));
    QList<PaletteHit> hits;
    for (const Line& line : m_lines)
        if (auto hit = hitOf(line, words, whole)) hits.append(std::move(*hit));
    std::ranges::stable_sort(hits, std::greater<>(), &PaletteHit::score);
    return hits;
}

} // namespace headlens
