// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/linked_place.h"

#include <QPointF>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headlens {
namespace {

constexpr TokenPlace kNone{0, -1};

// Layers whose keys are patches, or those whose keys are words.
std::vector<int> layersOver(const ShownRun& run, bool patches)
{
    std::vector<int> layers;
    for (int layer = 0; layer < int(run.keys.size()); ++layer)
        if (run.keys[std::size_t(layer)].isPicture() == patches) layers.push_back(layer);
    return layers;
}

bool areAlike(const TokenLayout& one, const TokenLayout& other)
{
    return one.prefix.size() == other.prefix.size() && one.text == other.text && one.gridWidth == other.gridWidth &&
           one.gridHeight == other.gridHeight;
}

bool isSamePicture(const verbs::InputInfo& one, const verbs::InputInfo& other)
{
    return !one.sha256.empty() && one.sha256 == other.sha256 && one.originalWidth == other.originalWidth &&
           one.originalHeight == other.originalHeight && one.region.size() == 4 && other.region.size() == 4;
}

// From shares of what one model sees of a picture to shares of what the other one sees of it.
QPointF seenByOther(const verbs::InputInfo& from, const QPointF& at, const verbs::InputInfo& to)
{
    if (!isSamePicture(from, to) || to.region[2] <= 0 || to.region[3] <= 0) return at;
    return {(from.region[0] + at.x() * from.region[2] - to.region[0]) / to.region[2],
            (from.region[1] + at.y() * from.region[3] - to.region[1]) / to.region[3]};
}

int patchLike(const LinkEnd& from, const TokenLayout& here, int token, const LinkEnd& to, const TokenLayout& there)
{
    if (!there.isPicture()) return -1;
    const QPoint cell = here.cell(token);
    const QPointF middle((cell.x() + 0.5) / here.gridWidth, (cell.y() + 0.5) / here.gridHeight);
    const QPointF at = seenByOther(from.run.input, middle, to.run.input);
    return there.tokenAt(int(std::floor(at.x() * there.gridWidth)), int(std::floor(at.y() * there.gridHeight)));
}

// A token of a text by what the tokenizer had no say in: which text, the how manyth word (of special tokens the how
// manyth of these), the how manyth piece of it.
struct WordPlace {
    bool inPair = false, special = false;
    int word = 0, piece = 0;
    bool isSameWord(const WordPlace& other) const
    {
        return inPair == other.inPair && special == other.special && word == other.word;
    }
};

// The number of the word at a letter.
int wordAt(const QList<uint>& text, qsizetype letter)
{
    int words = 0;
    bool isInside = false;
    for (qsizetype i = 0; i <= std::min(letter, text.size() - 1); ++i) {
        const bool isBlank = QChar::isSpace(text[i]);
        if (!isBlank && !isInside) ++words;
        isInside = !isBlank;
    }
    return words;
}

// The first letter of a token that is no space: tokens of GPT-2 begin with one (" the").
qsizetype firstLetter(const verbs::TextToken& token, const QList<uint>& text)
{
    qsizetype letter = token.begin;
    while (letter + 1 < token.end && letter < text.size() && QChar::isSpace(text[letter])) ++letter;
    return letter;
}

std::vector<WordPlace> wordsOf(const verbs::Stream& stream)
{
    const QList<uint> text = QString::fromStdString(stream.text).toUcs4();
    const QList<uint> pair = QString::fromStdString(stream.pair).toUcs4();
    std::vector<WordPlace> words;
    int specials = 0, others = 0;
    for (const verbs::TextToken& token : stream.tokens) {
        const QList<uint>& of = token.inPair ? pair : text;
        WordPlace place{token.inPair, token.special};
        const qsizetype letter = firstLetter(token, of);
        if (token.special)
            place.word = ++specials;
        else
            place.word = token.end > token.begin && letter < of.size() ? wordAt(of, letter) : ++others;
        if (!words.empty() && words.back().isSameWord(place)) place.piece = words.back().piece + 1;
        words.push_back(place);
    }
    return words;
}

int wordLike(const verbs::Stream& from, int token, const verbs::Stream& to)
{
    const WordPlace wanted = wordsOf(from)[std::size_t(token)];
    int best = -1;
    const std::vector<WordPlace> words = wordsOf(to);
    for (int i = 0; i < int(words.size()); ++i)
        if (words[std::size_t(i)].isSameWord(wanted) && words[std::size_t(i)].piece <= wanted.piece) best = i;
    return best;
}

// A stream of patches or one of words: the same one where it is of that kind, else the first; -1: there is none.
int streamLike(int stream, const ShownRun& to, bool patches)
{
    const std::vector<verbs::Stream>& streams = to.input.streams;
    const auto fits = [patches](const verbs::Stream& one) { return patches ? one.gridWidth > 0 : !one.tokens.empty(); };
    if (stream < int(streams.size()) && fits(streams[std::size_t(stream)])) return stream;
    const auto hit = std::ranges::find_if(streams, fits);
    return hit == streams.end() ? -1 : int(hit - streams.begin());
}

int specialLike(const TokenLayout& here, int token, const TokenLayout& there)
{
    return int(there.prefix.indexOf(here.prefix[token], there.text));
}

} // namespace

int streamOfWords(const verbs::InputInfo& input)
{
    const auto hit = std::ranges::find_if(input.streams, [](const verbs::Stream& one) { return !one.tokens.empty(); });
    return hit == input.streams.end() ? -1 : int(hit - input.streams.begin());
}

int linkedLayer(const LinkEnd& from, int layer, const LinkEnd& to)
{
    const int here = int(from.run.keys.size()), there = int(to.run.keys.size());
    if (layer < 0 || layer >= here || there == 0) return -1;
    if (here == there) return layer;
    const bool patches = from.run.keys[std::size_t(layer)].isPicture();
    const std::vector<int> mine = layersOver(from.run, patches);
    std::vector<int> theirs = layersOver(to.run, patches);
    if (theirs.empty()) theirs = layersOver(to.run, !patches);
    const auto rank = double(std::ranges::find(mine, layer) - mine.begin());
    const double depth = mine.size() > 1 ? rank / double(mine.size() - 1) : 1;
    return theirs[std::size_t(std::lround(depth * double(theirs.size() - 1)))];
}

TokenPlace linkedToken(const LinkEnd& from, const TokenPlace& place, const LinkEnd& to)
{
    if (place.stream < 0 || place.stream >= int(from.run.input.streams.size())) return kNone;
    const TokenLayout here = TokenLayout::ofStream(from.model, from.run.input, place.stream);
    if (place.token < 0 || place.token >= here.tokens()) return kNone;
    const bool isWord = place.token < here.text;
    const int stream = streamLike(place.stream, to.run, !isWord);
    if (stream < 0) return kNone;
    const TokenLayout there = TokenLayout::ofStream(to.model, to.run.input, stream);
    if (areAlike(here, there)) return {stream, place.token};
    if (isWord)
        return {stream, wordLike(from.run.input.streams[std::size_t(place.stream)], place.token,
                                 to.run.input.streams[std::size_t(stream)])};
    if (here.isPatch(place.token)) return {stream, patchLike(from, here, place.token, to, there)};
    return {stream, specialLike(here, place.token, there)};
}

} // namespace headlens
