// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/help/glossary.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlens {
namespace {

constexpr const char* kContext = "Glossary";

constexpr GlossaryWord kWords[] = {
    {"token", QT_TRANSLATE_NOOP("Glossary", "token"),
     QT_TRANSLATE_NOOP("Glossary", "One piece of the input that the model handles as a whole: a patch of a picture, "
                                   "a word or part of a word, or a special one such as CLS.")},
    {"patch", QT_TRANSLATE_NOOP("Glossary", "patch"),
     QT_TRANSLATE_NOOP("Glossary",
                       "A small square of the picture, often 16 × 16 pixels. Every patch becomes one token.")},
    {"attention", QT_TRANSLATE_NOOP("Glossary", "attention"),
     QT_TRANSLATE_NOOP("Glossary", "How a token gathers from the others: it gives every one of them a weight, and "
                                   "the weights of one query add up to 1.")},
    {"query", QT_TRANSLATE_NOOP("Glossary", "query"),
     QT_TRANSLATE_NOOP("Glossary", "The token that looks. The map shows to which tokens it gives its attention.")},
    {"key", QT_TRANSLATE_NOOP("Glossary", "key"),
     QT_TRANSLATE_NOOP("Glossary",
                       "The token that is looked at. Query and key together decide how large the weight is.")},
    {"value", QT_TRANSLATE_NOOP("Glossary", "value"),
     QT_TRANSLATE_NOOP("Glossary",
                       "What a token hands over when it is looked at: values are added up, each by its weight.")},
    {"head", QT_TRANSLATE_NOOP("Glossary", "head"),
     QT_TRANSLATE_NOOP("Glossary", "One of several attentions that work side by side in a layer, each with queries, "
                                   "keys and values of its own. 5.3 is head 3 of layer 5; both count from 0.")},
    {"layer", QT_TRANSLATE_NOOP("Glossary", "layer"),
     QT_TRANSLATE_NOOP("Glossary", "One step of the model: its heads let tokens look at each other, then every token "
                                   "is worked on alone. Layers follow one another.")},
    {"row", QT_TRANSLATE_NOOP("Glossary", "row"),
     QT_TRANSLATE_NOOP("Glossary", "All weights of one query. They add up to 1.")},
    {"matrix", QT_TRANSLATE_NOOP("Glossary", "matrix"),
     QT_TRANSLATE_NOOP("Glossary", "The rows of all queries of a head below each other: queries downwards, keys "
                                   "across.")},
    {"entropy", QT_TRANSLATE_NOOP("Glossary", "entropy"),
     QT_TRANSLATE_NOOP("Glossary", "How widely attention is spread: 0 when all of it is on one token, the logarithm "
                                   "of the number of tokens when all get the same.")},
    {"distance", QT_TRANSLATE_NOOP("Glossary", "mean distance"),
     QT_TRANSLATE_NOOP("Glossary", "How far away, on average, the tokens are that a head looks at. Small: it looks "
                                   "at neighbours; large: it looks across the whole picture or text.")},
    {"cls", QT_TRANSLATE_NOOP("Glossary", "CLS"),
     QT_TRANSLATE_NOOP("Glossary", "A token without a place in the picture. It gathers what the model needs for its "
                                   "answer, which is read from it.")},
    {"cls-share", QT_TRANSLATE_NOOP("Glossary", "share on CLS"),
     QT_TRANSLATE_NOOP("Glossary", "The part of a head's attention that goes to CLS, averaged over all queries.")},
    {"register", QT_TRANSLATE_NOOP("Glossary", "register"),
     QT_TRANSLATE_NOOP("Glossary", "A token without a place in the picture and without an answer: room where the "
                                   "model keeps what would otherwise spoil patches of the background.")},
    {"sink", QT_TRANSLATE_NOOP("Glossary", "sink"),
     QT_TRANSLATE_NOOP("Glossary", "A token that gets much attention from nearly all others although it says little, "
                                   "often the first one of a text: heads rest there when they have nothing to do.")},
    {"window", QT_TRANSLATE_NOOP("Glossary", "window"),
     QT_TRANSLATE_NOOP("Glossary", "In a Swin: a square of patches that look at each other only, not at the rest of "
                                   "the picture.")},
    {"shift", QT_TRANSLATE_NOOP("Glossary", "shift"),
     QT_TRANSLATE_NOOP("Glossary", "In a Swin: every second layer moves its windows by half a window, so that "
                                   "patches of neighbouring windows meet.")},
    {"mask", QT_TRANSLATE_NOOP("Glossary", "mask"),
     QT_TRANSLATE_NOOP("Glossary", "Which tokens a query must not look at, such as words that come later. Their "
                                   "weight is 0.")},
    {"rollout", QT_TRANSLATE_NOOP("Glossary", "roll-out"),
     QT_TRANSLATE_NOOP("Glossary", "The attention of all layers multiplied, from the picture to the answer. It knows "
                                   "no class: it is the same for every answer.")},
    {"relevance", QT_TRANSLATE_NOOP("Glossary", "relevance"),
     QT_TRANSLATE_NOOP("Glossary", "What one answer rests on: attention weighted by its gradient and carried through "
                                   "all layers. Another answer has another map.")},
    {"effective", QT_TRANSLATE_NOOP("Glossary", "effective map"),
     QT_TRANSLATE_NOOP("Glossary", "What reaches a layer of a Swin from every part of the picture, through all "
                                   "windows and stages before it.")},
    {"logits", QT_TRANSLATE_NOOP("Glossary", "logit"),
     QT_TRANSLATE_NOOP("Glossary", "The score of an answer before scores are made into probabilities.")},
    {"lens", QT_TRANSLATE_NOOP("Glossary", "logit lens"),
     QT_TRANSLATE_NOOP("Glossary", "What the model would say if it stopped after a layer: the state of that layer is "
                                   "read as if it were the last.")},
    {"ablation", QT_TRANSLATE_NOOP("Glossary", "ablation"),
     QT_TRANSLATE_NOOP("Glossary", "To silence a head or another part and to see what changes: that is what it was "
                                   "good for.")},
    {"baseline", QT_TRANSLATE_NOOP("Glossary", "baseline"),
     QT_TRANSLATE_NOOP("Glossary", "The run that another one is compared with. In Change it is the run before the "
                                   "first head was silenced; H holds any other.")},
    {"norm", QT_TRANSLATE_NOOP("Glossary", "token norm"),
     QT_TRANSLATE_NOOP("Glossary", "How long the vector of a token is after a layer. A few very long ones are often "
                                   "sinks.")},
    {"components", QT_TRANSLATE_NOOP("Glossary", "principal components"),
     QT_TRANSLATE_NOOP("Glossary", "The three directions in which the tokens of a layer differ most, shown as red, "
                                   "green and blue: like colours mean like tokens.")},
};

} // namespace

QString GlossaryWord::translatedWord() const
{
    return QCoreApplication::translate(kContext, word);
}

QString GlossaryWord::translatedMeaning() const
{
    return QCoreApplication::translate(kContext, means);
}

std::span<const GlossaryWord> glossary()
{
    return kWords;
}

const GlossaryWord* glossaryWord(const QString& typed)
{
    const QString wanted = typed.simplified();
    const auto is = [&](const QString& word) {
        return wanted.compare(word, Qt::CaseInsensitive) == 0 ||
               wanted.compare(word + QLatin1Char('s'), Qt::CaseInsensitive) == 0;
    };
    const auto hit = std::ranges::find_if(glossary(), [&](const GlossaryWord& one) {
        return is(QString::fromLatin1(one.word)) || is(one.translatedWord());
    });
    return hit == glossary().end() ? nullptr : &*hit;
}

} // namespace headlens
