// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette_sources.h"
#include "app/start_screen.h"
#include "core/lesson/address.h"
#include "widgets/palette/typed_place.h"
#include "widgets/viewmodel/answers.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_map.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlens {
namespace {

const QString kPlace = QStringLiteral("place/"); // then what was typed, and the stream behind an @

// Names of sequences (InputInfo.streams).
[[maybe_unused]] constexpr const char* kStreams[] = {
    QT_TRANSLATE_NOOP("Palette", "text"), QT_TRANSLATE_NOOP("Palette", "vision"),
    QT_TRANSLATE_NOOP("Palette", "encoder"), QT_TRANSLATE_NOOP("Palette", "decoder")};

// Entries of a place: its id is what is typed for it.
PaletteEntry placeEntry(const QString& typed, const QString& name, const QString& detail, const char* group)
{
    PaletteEntry entry;
    entry.id = kPlace + typed;
    entry.name = name;
    entry.detail = detail;
    entry.group = paletteText(group);
    entry.onlyTyped = true;
    return entry;
}

PaletteAnswer said(const QString& sentence)
{
    return {{}, sentence};
}

PaletteAnswer layerAnswer(const PaletteParts& in, const TypedPlace& place)
{
    HeadChoice* heads = in.selection->heads();
    const int last = heads->layers() - 1;
    if (!place.number)
        return said(paletteText(QT_TRANSLATE_NOOP("Palette", "Type the number of a layer: 0 to %1.")).arg(last));
    const int layer = *place.number;
    if (layer > last)
        return said(
            paletteText(QT_TRANSLATE_NOOP("Palette", "There is no layer %1: the layers of this model are 0 to %2."))
                .arg(layer)
                .arg(last));
    PaletteEntry entry = placeEntry(QStringLiteral("layer %1").arg(layer),
                                    paletteText(QT_TRANSLATE_NOOP("Palette", "Layer %1")).arg(layer), {},
                                    QT_TRANSLATE_NOOP("Palette", "Layer"));
    entry.run = [in, heads, layer] {
        in.start->leave();
        heads->setLayer(layer);
    };
    return {{entry}, {}};
}

PaletteAnswer headAnswer(const PaletteParts& in, const TypedPlace& place)
{
    HeadChoice* heads = in.selection->heads();
    const int layer = place.layer.value_or(heads->layer());
    if (layer >= heads->layers()) return layerAnswer(in, {TypedPlace::Kind::Layer, layer, {}, {}});
    const int last = heads->headCount(layer) - 1;
    if (!place.number)
        return said(paletteText(QT_TRANSLATE_NOOP("Palette", "Type the number of a head: 0 to %1.")).arg(last));
    const int head = *place.number;
    if (head > last)
        return said(paletteText(QT_TRANSLATE_NOOP("Palette", "Layer %1 has no head %2: its heads are 0 to %3."))
                        .arg(layer)
                        .arg(head)
                        .arg(last));
    const QString address = QStringLiteral("%1.%2").arg(layer).arg(head);
    PaletteEntry entry =
        placeEntry(address, paletteText(QT_TRANSLATE_NOOP("Palette", "Layer %1, head %2")).arg(layer).arg(head),
                   address, QT_TRANSLATE_NOOP("Palette", "Head"));
    entry.run = [in, heads, layer, head] {
        in.start->leave();
        heads->setLayer(layer);
        heads->setHead(head);
    };
    return {{entry}, {}};
}

// A blank has no letters of its own.
QString wordOf(const TokenLayout& layout, int token)
{
    if (token >= layout.text) return layout.name(token);
    QString plain = QString::fromStdString(plainPiece(layout.name(token).toStdString()));
    return plain.trimmed().isEmpty() ? QStringLiteral("\u2423") : plain;
}

PaletteEntry tokenEntry(const PaletteParts& in, int stream, int token)
{
    const verbs::InputInfo& input = in.model->input();
    const TokenLayout layout = TokenLayout::ofStream(in.model->model(), input, stream);
    QString number = paletteText(QT_TRANSLATE_NOOP("Palette", "token %1")).arg(token);
    if (input.streams.size() > 1)
        number += QStringLiteral(" · ") + paletteText(input.streams[std::size_t(stream)].name.c_str());
    QString typed = QStringLiteral("token %1").arg(token);
    if (stream > 0) typed += QStringLiteral("@%1").arg(stream);
    PaletteEntry entry = placeEntry(typed, wordOf(layout, token), number, QT_TRANSLATE_NOOP("Palette", "Token"));
    if (token < layout.text) entry.others << layout.name(token); // as its tokenizer writes it
    entry.run = [in, place = TokenPlace{stream, token}] {
        in.start->leave();
        TokenChoice* tokens = in.selection->tokens();
        if (!tokens->isPinned() || tokens->query() != place) tokens->pin(place); // as a click, which would let go
    };
    return entry;
}

// In every sequence of the input that is long enough, the chosen one first.
PaletteAnswer tokenAnswer(const PaletteParts& in, const TypedPlace& place)
{
    TokenChoice* tokens = in.selection->tokens();
    const int streams = std::max(1, int(in.model->input().streams.size())), chosen = tokens->query().stream;
    int longest = 0;
    for (int i = 0; i < streams; ++i) longest = std::max(longest, tokens->countIn(i));
    if (!place.number)
        return said(paletteText(QT_TRANSLATE_NOOP("Palette", "Type the number of a token: 0 to %1.")).arg(longest - 1));
    PaletteAnswer answer;
    for (int i = 0; i < streams; ++i)
        if (const int stream = (chosen + i) % streams; *place.number < tokens->countIn(stream))
            answer.entries.append(tokenEntry(in, stream, *place.number));
    if (answer.entries.isEmpty())
        answer.sentence =
            paletteText(QT_TRANSLATE_NOOP("Palette", "There is no token %1: the tokens of this input are 0 to %2."))
                .arg(*place.number)
                .arg(longest - 1);
    return answer;
}

PaletteAnswer patchAnswer(const PaletteParts& in, const TypedPlace& place)
{
    const int stream = in.model->run().pictureStream();
    const TokenLayout layout = TokenLayout::ofStream(in.model->model(), in.model->input(), stream);
    if (!layout.isPicture())
        return said(paletteText(QT_TRANSLATE_NOOP("Palette", "This input has no patches: it is a text.")));
    if (!place.isWhole())
        return said(
            paletteText(QT_TRANSLATE_NOOP(
                            "Palette", "Type row and column of a patch, as in 3,5: rows are 0 to %1, columns 0 to %2."))
                .arg(layout.gridHeight - 1)
                .arg(layout.gridWidth - 1));
    const int token = layout.tokenAt(*place.column, *place.number);
    if (token < 0)
        return said(
            paletteText(QT_TRANSLATE_NOOP("Palette",
                                          "There is no patch in row %1, column %2: rows are 0 to %3, columns 0 to %4."))
                .arg(*place.number)
                .arg(*place.column)
                .arg(layout.gridHeight - 1)
                .arg(layout.gridWidth - 1));
    return {{tokenEntry(in, stream, token)}, {}};
}

PaletteEntry answerEntry(const PaletteParts& in, const verbs::Prediction& answer)
{
    PaletteEntry entry = placeEntry(QStringLiteral("class %1").arg(answer.index), firstName(answer.label),
                                    paletteText(QT_TRANSLATE_NOOP("Palette", "what does it rest on?")),
                                    QT_TRANSLATE_NOOP("Palette", "Class"));
    entry.others << QString::fromStdString(answer.label);
    entry.onlyTyped = false;
    entry.isEnabled = in.model->map()->explains();
    if (!entry.isEnabled)
        entry.refusal =
            paletteText(QT_TRANSLATE_NOOP("Palette", "Of this model no method shows what an answer rests on."));
    entry.run = [in, answer] {
        in.start->leave();
        explainAnswer(in.model, answer);
    };
    return entry;
}

// Of all classes only the most probable ones are known by name.
PaletteAnswer classAnswer(const PaletteParts& in, const TypedPlace& place)
{
    const int last = in.model->model().classes - 1;
    if (last < 0) return said(paletteText(QT_TRANSLATE_NOOP("Palette", "This model has no classes.")));
    if (!place.number)
        return said(paletteText(QT_TRANSLATE_NOOP("Palette", "Type the number of a class: 0 to %1.")).arg(last));
    if (*place.number > last)
        return said(
            paletteText(QT_TRANSLATE_NOOP("Palette", "There is no class %1: the classes of this model are 0 to %2."))
                .arg(*place.number)
                .arg(last));
    const auto best = answersOf(in.model->input());
    const auto known = std::ranges::find(best, *place.number, &verbs::Prediction::index);
    const QString nameless = paletteText(QT_TRANSLATE_NOOP("Palette", "Class %1")).arg(*place.number);
    return {
        {answerEntry(in, known != best.end() ? *known : verbs::Prediction{*place.number, nameless.toStdString(), 0})},
        {}};
}

} // namespace

QList<PaletteEntry> answerEntries(const PaletteParts& in, const BothLanguages& languages)
{
    const bool areClasses = !in.model->input().outputs.get<verbs::Classes>().best.empty();
    const BothLanguages::Text group =
        languages.of("Palette", areClasses ? "Class" : QT_TRANSLATE_NOOP("Palette", "Answer"));
    QList<PaletteEntry> entries;
    for (const verbs::Prediction& answer : answersOf(in.model->input())) {
        entries.append(answerEntry(in, answer));
        entries.last().group = group.shown;
        entries.last().otherGroup = group.others.join(QLatin1Char(' '));
    }
    return entries;
}

QList<PaletteEntry> tokenEntries(const PaletteParts& in, const BothLanguages& languages)
{
    constexpr int kMost = 4096; // longer texts by number only
    QList<PaletteEntry> entries;
    for (int stream = 0; stream < int(in.model->input().streams.size()); ++stream) {
        const TokenLayout layout = TokenLayout::ofStream(in.model->model(), in.model->input(), stream);
        for (int token = 0; token < layout.prefix.size() && entries.size() < kMost; ++token) {
            entries.append(tokenEntry(in, stream, token));
            entries.last().otherGroup = languages.of("Palette", "Token").others.join(QLatin1Char(' '));
        }
    }
    return entries;
}

PaletteAnswer placeAnswer(const PaletteParts& in, const QString& typed)
{
    const auto place = typedPlace(typed);
    if (!place) return {};
    if (!in.model->hasInput())
        return said(paletteText(
            QT_TRANSLATE_NOOP("Palette", "Nothing is inspected yet: open a model, and a picture or a text.")));
    switch (place->kind) {
    case TypedPlace::Kind::Layer: return layerAnswer(in, *place);
    case TypedPlace::Kind::Head: return headAnswer(in, *place);
    case TypedPlace::Kind::Token: return tokenAnswer(in, *place);
    case TypedPlace::Kind::Patch: return patchAnswer(in, *place);
    case TypedPlace::Kind::Class: break;
    }
    return classAnswer(in, *place);
}

std::optional<PaletteEntry> placeOfId(const PaletteParts& in, const QString& id)
{
    if (!id.startsWith(kPlace)) return {};
    const PaletteAnswer answer = placeAnswer(in, id.mid(kPlace.size()).section(QLatin1Char('@'), 0, 0));
    const auto hit = std::ranges::find(answer.entries, id, &PaletteEntry::id);
    return hit == answer.entries.end() ? std::optional<PaletteEntry>() : *hit;
}

} // namespace headlens
