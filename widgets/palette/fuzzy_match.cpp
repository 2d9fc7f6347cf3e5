// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/fuzzy_match.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace headlens {
namespace {

constexpr int kLetter = 16, kRun = 12, kWordBegins = 10, kTextBegins = 6, kWordEnds = 6;
constexpr int kScattered = -8;      // a letter in the middle of a word that does not continue a run
constexpr int kLeastPerLetter = 14; // below it the letters are there by chance, which finds more in longer texts
constexpr int kImpossible = std::numeric_limits<int>::min() / 2;

bool isMark(char32_t letter)
{
    return QChar::isMark(letter);
}

// "ＧRÜ…" -> "gru...": compatibility forms have the usual width, decomposed letters leave their accents behind.
QString foldedLetters(char32_t letter)
{
    constexpr char32_t kAscii = 128;
    if (letter < kAscii) return {QChar(char16_t(letter)).toLower()};
    QString kept;
    for (const char32_t part : QString::fromUcs4(&letter, 1).normalized(QString::NormalizationForm_KD).toUcs4())
        if (!isMark(part)) kept += QString::fromUcs4(&part, 1);
    return kept.toCaseFolded();
}

enum class Sort { Other, Lower, Upper, Digit, Han };

Sort sortOf(char32_t letter)
{
    if (QChar::script(letter) == QChar::Script_Han) return Sort::Han;
    if (QChar::isDigit(letter)) return Sort::Digit;
    if (QChar::isUpper(letter)) return Sort::Upper;
    return QChar::isLetter(letter) ? Sort::Lower : Sort::Other;
}

// "mapOf int8": m, O, i and 8. Chinese is written without blanks: every character may be the first of a word.
bool beginsAWord(Sort before, Sort now)
{
    if (now == Sort::Other) return false;
    const bool goesOn = before == now || (before == Sort::Upper && now == Sort::Lower);
    return now == Sort::Han || !goesOn;
}

// The letters are there in this order.
bool isWithin(const QString& typed, const QString& letters)
{
    qsizetype at = 0;
    for (const QChar letter : typed) {
        at = letters.indexOf(letter, at);
        if (at < 0) return false;
        ++at;
    }
    return true;
}

bool endsAWord(const FoldedText& name, qsizetype at)
{
    return at + 1 == name.letters.size() || !name.letters[at + 1].isLetterOrNumber() || name.beginsAWord[at + 1];
}

int placeScore(const FoldedText& name, qsizetype at)
{
    if (at == 0) return kLetter + kWordBegins + kTextBegins;
    return kLetter + (name.beginsAWord[at] ? kWordBegins : kScattered);
}

// Everything within a word, as "rid" of "grid".
std::optional<FuzzyMatch> runWithinAWord(const QString& typed, const FoldedText& name)
{
    const qsizetype at = name.letters.indexOf(typed);
    if (at < 0) return {};
    FuzzyMatch match;
    match.score = kLetter + kScattered + (kLetter + kRun) * int(typed.size() - 1);
    if (endsAWord(name, at + typed.size() - 1)) match.score += kWordEnds;
    match.letters = name.places.mid(at, typed.size());
    return match;
}

// The best way to lay the letters into the name, the first of them where a word begins: a table of letters by places,
// each the best score of all ways that end there.
class Alignment {
public:
    Alignment(const QString& typed, const FoldedText& name)
        : m_typed(typed), m_name(name), m_width(std::size_t(name.letters.size())),
          m_best(std::size_t(typed.size()) * m_width, kImpossible), m_from(m_best.size(), -1)
    {
        for (qsizetype letter = 0; letter < typed.size(); ++letter) fill(letter);
    }
    std::optional<FuzzyMatch> result() const
    {
        const auto row = m_best.end() - std::ptrdiff_t(m_width);
        int at = int(std::max_element(row, m_best.end()) - row);
        if (row[at] < 0) return {}; // no word begins so
        FuzzyMatch match;
        match.score = row[at] + (endsAWord(m_name, at) ? kWordEnds : 0);
        for (qsizetype letter = m_typed.size() - 1; letter >= 0; --letter) {
            match.letters.prepend(m_name.places[at]);
            at = m_from[index(letter, at)];
        }
        return match;
    }

private:
    std::size_t index(qsizetype letter, qsizetype at) const { return std::size_t(letter) * m_width + std::size_t(at); }
    void fill(qsizetype letter)
    {
        int farther = kImpossible, from = -1; // the best end of the letters before it, anywhere to the left
        for (qsizetype at = 0; at < m_name.letters.size(); ++at) {
            if (m_name.letters[at] == m_typed[letter]) place(letter, at, farther, from);
            if (letter == 0) continue;
            if (const int before = m_best[index(letter - 1, at)]; before > farther) {
                farther = before;
                from = int(at);
            }
        }
    }
    void place(qsizetype letter, qsizetype at, int farther, int from)
    {
        int& best = m_best[index(letter, at)];
        if (letter == 0) {
            if (at == 0 || m_name.beginsAWord[at]) best = placeScore(m_name, at);
            return;
        }
        const int jumps = farther + placeScore(m_name, at);
        const int runs =
            at == 0 ? kImpossible
                    : m_best[index(letter - 1, at - 1)] + kLetter + kRun + (m_name.beginsAWord[at] ? kWordBegins : 0);
        best = std::max(jumps, runs);
        m_from[index(letter, at)] = runs >= jumps ? int(at) - 1 : from;
    }

    const QString& m_typed;
    const FoldedText& m_name;
    std::size_t m_width;
    std::vector<int> m_best, m_from; // [letters][places]
};

} // namespace

FoldedText folded(QStringView text)
{
    FoldedText result;
    Sort before = Sort::Other;
    int place = 0;
    for (const char32_t letter : text.toUcs4()) {
        const Sort now = sortOf(letter);
        bool begins = beginsAWord(before, now);
        for (const QChar part : foldedLetters(letter)) {
            result.letters += part;
            result.places += place;
            result.beginsAWord += begins;
            begins = false;
        }
        if (!isMark(letter)) before = now;
        place += QChar::requiresSurrogates(letter) ? 2 : 1;
    }
    return result;
}

std::optional<FuzzyMatch> fuzzyMatch(const QString& typed, const FoldedText& name)
{
    if (typed.isEmpty() || !isWithin(typed, name.letters)) return {};
    std::optional<FuzzyMatch> match = Alignment(typed, name).result();
    const std::optional<FuzzyMatch> run = runWithinAWord(typed, name);
    if (run && (!match || run->score > match->score)) match = run;
    constexpr qsizetype kLonger = 8; // letters for which one point more is asked
    const auto least = int((kLeastPerLetter + name.letters.size() / kLonger) * typed.size());
    if (!match || match->score < least) return {};
    constexpr qsizetype kLettersPerPoint = 4; // of two that fit alike the shorter one
    match->score -= int(name.letters.size() / kLettersPerPoint);
    return match;
}

} // namespace headlens
