// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/help/glossary.h"
#include "app/help/help_window.h"
#include "app/palette_sources.h"
#include "app/start_screen.h"
#include "widgets/heads/head_ablation.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlens {
namespace {

// Other words for an action, by its text; divided by semicolons, so that each language has as many as it needs.
struct OtherWords {
    const char *action, *words;
};
constexpr OtherWords kOtherWords[] = {
    {"&Presenter mode",
     QT_TRANSLATE_NOOP("Palette", "projector;beamer;large text;big text;text size;font size;full screen")},
    {"&Keys and gestures", QT_TRANSLATE_NOOP("Palette", "help;shortcuts;hotkeys;mouse")},
    {"&Glossary", QT_TRANSLATE_NOOP("Palette", "help;words;definitions")},
    {"&About HeadLens", QT_TRANSLATE_NOOP("Palette", "version;licence;license")},
};

// What people look for that is not there, and what comes closest.
struct Absent {
    const char *words, *sentence;
};
constexpr Absent kAbsent[] = {
    {QT_TRANSLATE_NOOP("Palette", "edge;edges;left;right;above;below"),
     QT_TRANSLATE_NOOP("Palette", "Nothing here looks for edges or directions by itself. Heads can be sorted by mean "
                                  "distance: those at the start look at their neighbours.")},
    {QT_TRANSLATE_NOOP("Palette", "lime;shap"),
     QT_TRANSLATE_NOOP("Palette",
                       "LIME and SHAP are not there. Occlusion asks the same of every patch, and the sheet of "
                       "Explain says which method is the most faithful.")},
};

QStringList divided(const BothLanguages::Text& words)
{
    QStringList all;
    for (const QString& text : QStringList{words.shown} + words.others) all += text.split(QLatin1Char(';'));
    return all;
}

PaletteEntry wordEntry(const PaletteParts& in, const GlossaryWord& word, const BothLanguages& languages)
{
    const BothLanguages::Text name = languages.of("Glossary", word.word);
    const QString question = paletteText(QT_TRANSLATE_NOOP("Palette", "What does “%1” mean?"));
    PaletteEntry entry;
    entry.id = QStringLiteral("word/") + QLatin1String(word.id);
    entry.name = question.arg(name.shown); // never the word alone: a map of that name comes first
    for (const QString& other : name.others) entry.others << question.arg(other);
    entry.group = languages.of("headlens::HelpWindow", "Glossary").shown;
    entry.otherGroup = languages.of("headlens::HelpWindow", "Glossary").others.join(QLatin1Char(' '));
    entry.onlyTyped = true;
    entry.run = [help = in.help, id = QString::fromLatin1(word.id)] { help->showGlossary(id); };
    return entry;
}

} // namespace

QStringList otherWordsOf(const QByteArray& action, const BothLanguages& languages)
{
    const auto hit = std::ranges::find_if(kOtherWords, [&](const OtherWords& one) { return action == one.action; });
    return hit == std::end(kOtherWords) ? QStringList() : divided(languages.of("Palette", hit->words));
}

QList<PaletteEntry> wordEntries(const PaletteParts& in, const BothLanguages& languages)
{
    QList<PaletteEntry> entries;
    for (const GlossaryWord& word : glossary()) entries.append(wordEntry(in, word, languages));
    return entries;
}

QList<PaletteEntry> ablationEntries(const PaletteParts& in, const BothLanguages& languages)
{
    const HeadChoice* heads = in.selection->heads();
    const HeadPlace place{heads->layer(), heads->head()};
    PaletteEntry entry;
    entry.id = QStringLiteral("silence");
    entry.name =
        (isAblated(*in.model, place) ? paletteText(QT_TRANSLATE_NOOP("Palette", "Let head %1 of layer %2 write again"))
                                     : paletteText(QT_TRANSLATE_NOOP("Palette", "Silence head %1 of layer %2")))
            .arg(place.head)
            .arg(place.layer);
    entry.others = divided(languages.of(
        "Palette",
        QT_TRANSLATE_NOOP("Palette", "silence this head;switch off a head;turn off;ablate;ablation;remove")));
    entry.group = languages.of("Views", "Heads").shown;
    entry.keys = QStringLiteral("X");
    entry.isEnabled = in.model->hasInput();
    if (!entry.isEnabled)
        entry.refusal = paletteText("Nothing is inspected yet: open a model, and a picture or a text.");
    entry.run = [in, place] {
        in.start->leave();
        toggleAblated(in.model, place);
    };
    return {entry};
}

PaletteAnswer wordAnswer(const QString& typed, const BothLanguages& languages)
{
    if (const GlossaryWord* word = glossaryWord(typed); word != nullptr)
        return {
            {},
            paletteText(QT_TRANSLATE_NOOP("Palette", "%1: %2")).arg(word->translatedWord(), word->translatedMeaning())};
    const auto hit = std::ranges::find_if(kAbsent, [&](const Absent& one) {
        return divided(languages.of("Palette", one.words)).contains(typed.simplified(), Qt::CaseInsensitive);
    });
    return hit == std::end(kAbsent) ? PaletteAnswer{} : PaletteAnswer{{}, paletteText(hit->sentence)};
}

} // namespace headlens
