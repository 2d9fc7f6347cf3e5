// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/work_change.h"

#include "widgets/viewmodel/interventions.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <vector>

namespace headlens {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(WorkChange)
};

QString fromTo(const QString& what, const QString& before, const QString& after)
{
    return QStringLiteral("%1 %2 → %3").arg(what, before, after);
}

QString fromTo(const QString& what, int before, int after)
{
    return fromTo(what, QString::number(before), QString::number(after));
}

QString percent(double share)
{
    return QLocale().toString(qRound(share * 100)) + QStringLiteral(" %");
}

QString fileName(const QString& path)
{
    return path.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty);
}

QString shortened(const QString& text)
{
    constexpr int kLongest = 28;
    const QString line = text.simplified();
    return line.size() <= kLongest ? line : line.left(kLongest) + QChar(0x2026);
}

const TextRequest& textOf(const WorkState& state)
{
    return state.input.request.text;
}

QString pictureWords(const WorkState&, const WorkState& after)
{
    if (!after.input.film.isEmpty()) return Words::tr("Film %1").arg(fileName(after.input.film));
    if (after.input.picture.isEmpty()) return Words::tr("Without a picture");
    return Words::tr("Picture %1").arg(fileName(after.input.picture));
}

QString textWords(const WorkState& before, const WorkState& after)
{
    const TextRequest &old = textOf(before), &now = textOf(after);
    if (old.text != now.text) return Words::tr("Text “%1”").arg(shortened(now.text));
    if (old.chat != now.chat)
        return now.chat ? Words::tr("Asked through the chat template") : Words::tr("Read as it is typed");
    if (old.system != now.system) return Words::tr("What is said first: “%1”").arg(shortened(now.system));
    if (old.pair != now.pair) return Words::tr("Second text “%1”").arg(shortened(now.pair));
    if (old.candidates != now.candidates) return Words::tr("Labels");
    if (old.activeLabel != now.activeLabel) return Words::tr("Label “%1”").arg(shortened(now.activeLabel));
    if (old.cutFromBegin != now.cutFromBegin) return Words::tr("Other end of the text cut");
    return Words::tr("Written text");
}

bool sameText(const WorkState& a, const WorkState& b)
{
    TextRequest text = textOf(a);
    text.hiddenTokens = textOf(b).hiddenTokens;
    text.ablated = textOf(b).ablated;
    return text == textOf(b);
}

QString fitWords(const WorkState&, const WorkState& after)
{
    const QString& fit = after.input.request.fit;
    if (fit == QLatin1String("squash")) return Words::tr("Picture squashed into the model's size");
    if (fit == QLatin1String("native")) return Words::tr("Picture at its own aspect");
    return Words::tr("Picture cut as in the training");
}

QString switchWords(const WorkState& before, const WorkState& after)
{
    const auto &old = before.input.request.switches, &now = after.input.request.switches;
    for (const auto& [name, value] : now)
        if (const auto was = old.find(name); was == old.end() || was->second != value)
            return Words::tr("%1: %2").arg(QString::fromStdString(name), QString::fromStdString(value));
    for (const auto& [name, value] : old)
        if (!now.contains(name)) return Words::tr("%1: as trained").arg(QString::fromStdString(name));
    return {};
}

bool isAmong(const verbs::HeadAddress& place, const std::vector<verbs::HeadAddress>& all)
{
    return std::ranges::any_of(
        all, [&](const verbs::HeadAddress& one) { return one.layer == place.layer && one.head == place.head; });
}

std::vector<verbs::HeadAddress> without(const std::vector<verbs::HeadAddress>& all,
                                        const std::vector<verbs::HeadAddress>& taken)
{
    std::vector<verbs::HeadAddress> left;
    std::ranges::copy_if(all, std::back_inserter(left), [&](const auto& one) { return !isAmong(one, taken); });
    return left;
}

bool sameSilenced(const WorkState& a, const WorkState& b)
{
    return without(textOf(a).ablated, textOf(b).ablated).empty() &&
           without(textOf(b).ablated, textOf(a).ablated).empty();
}

QString silencedWords(const WorkState& before, const WorkState& after)
{
    const auto off = without(textOf(after).ablated, textOf(before).ablated),
               on = without(textOf(before).ablated, textOf(after).ablated);
    if (off.size() == 1 && on.empty()) return Words::tr("Head %1 of layer %2 off").arg(off[0].head).arg(off[0].layer);
    if (on.size() == 1 && off.empty()) return Words::tr("Head %1 of layer %2 on").arg(on[0].head).arg(on[0].layer);
    if (on.empty()) return Words::tr("%n heads off", nullptr, int(off.size()));
    if (off.empty()) return Words::tr("%n heads on", nullptr, int(on.size()));
    return Words::tr("Other heads off");
}

// Heads that are off and what else is changed count as one kind: a slider that is dragged goes through 0.
bool sameInterventions(const WorkState& a, const WorkState& b)
{
    return sameSilenced(a, b) && a.input.request.changes == b.input.request.changes;
}

QString interventionsWords(const WorkState& before, const WorkState& after)
{
    const RunRequest &old = before.input.request, &now = after.input.request;
    if (old.changes == now.changes) return silencedWords(before, after);
    const auto was = interventionsOf(old), is = interventionsOf(now);
    const auto isNew = [](const auto& all) {
        return [&all](const verbs::Change& one) { return std::ranges::find(all, one) == all.end(); };
    };
    if (const auto hit = std::ranges::find_if(is, isNew(was)); hit != is.end()) return interventionWords(*hit);
    const auto gone = std::ranges::find_if(was, isNew(is));
    return gone == was.end() ? Words::tr("Interventions") : Words::tr("Taken back: %1").arg(placeWords(*gone));
}

QString headWords(const WorkState&, const WorkState& after)
{
    QStringList names;
    for (const HeadPlace& place : after.look.heads)
        names << (place.layer == after.look.layer ? QString::number(place.head)
                                                  : QStringLiteral("%1.%2").arg(place.layer).arg(place.head));
    return names.size() == 1 ? Words::tr("Head %1").arg(names.first())
                             : Words::tr("Heads %1").arg(names.mid(0, 8).join(QLatin1String(", ")));
}

QString fusionWords(const WorkState&, const WorkState& after)
{
    switch (after.look.fusion) {
    case HeadFusion::Single: return Words::tr("One head");
    case HeadFusion::Mean: return Words::tr("Mean of the heads");
    case HeadFusion::Max: return Words::tr("Maximum of the heads");
    case HeadFusion::Min: return Words::tr("Minimum of the heads");
    }
    return {};
}

bool samePin(const WorkState& a, const WorkState& b)
{
    return a.look.pinned == b.look.pinned && (!a.look.pinned || a.look.query == b.look.query);
}

QString pinWords(const WorkState&, const WorkState& after)
{
    return after.look.pinned ? Words::tr("Token %1 pinned").arg(after.look.query.token) : Words::tr("Token let go");
}

QString groundWords(const WorkState&, const WorkState& after)
{
    switch (after.display.ground) {
    case Ground::Seen: return Words::tr("What the model sees");
    case Ground::Original: return Words::tr("The whole picture");
    case Ground::Reconstruction: return Words::tr("The reconstruction");
    case Ground::Components: return Words::tr("Principal components");
    }
    return {};
}

QString styleWords(const WorkState&, const WorkState& after)
{
    switch (after.display.style) {
    case OverlayStyle::Heat: return Words::tr("Shown as heat");
    case OverlayStyle::Spotlight: return Words::tr("Shown as a spotlight");
    case OverlayStyle::Contours: return Words::tr("Shown as contours");
    case OverlayStyle::Links: return Words::tr("Shown as links");
    case OverlayStyle::SideBySide: return Words::tr("Shown side by side");
    }
    return {};
}

QString scopeWords(const WorkState&, const WorkState& after)
{
    switch (after.display.scope) {
    case ScaleScope::Map: return Words::tr("Scale of the map");
    case ScaleScope::Layer: return Words::tr("Scale of the layer");
    case ScaleScope::Global: return Words::tr("One scale for all layers");
    }
    return {};
}

struct Row {
    bool (*same)(const WorkState& a, const WorkState& b);
    QString (*words)(const WorkState& before, const WorkState& after);
};

// Of the display, all that is switched on or off.
template <bool Display::*Flag>
bool sameFlag(const WorkState& a, const WorkState& b)
{
    return a.display.*Flag == b.display.*Flag;
}

QString onOff(bool on, const QString& what)
{
    return (on ? Words::tr("%1 on") : Words::tr("%1 off")).arg(what);
}

const std::vector<Row>& rowsOfInput()
{
    static const std::vector<Row> kRows{
        {[](const WorkState& a, const WorkState& b) { return a.model == b.model; },
         [](const WorkState&, const WorkState& b) { return Words::tr("Model %1").arg(fileName(b.model.path)); }},
        {[](const WorkState& a, const WorkState& b) {
             return a.input.picture == b.input.picture && a.input.sha256 == b.input.sha256 &&
                    a.input.takesCut == b.input.takesCut && a.input.film == b.input.film;
         },
         pictureWords},
        {sameText, textWords},
        {[](const WorkState& a, const WorkState& b) { return a.input.request.fit == b.input.request.fit; }, fitWords},
        {[](const WorkState& a, const WorkState& b) {
             return a.input.request.maskRatio == b.input.request.maskRatio &&
                    a.input.request.maskSeed == b.input.request.maskSeed;
         },
         [](const WorkState&, const WorkState&) { return Words::tr("Hidden patches"); }},
        {[](const WorkState& a, const WorkState& b) { return a.input.request.switches == b.input.request.switches; },
         switchWords},
        {sameInterventions, interventionsWords},
        {[](const WorkState& a, const WorkState& b) { return textOf(a).hiddenTokens == textOf(b).hiddenTokens; },
         [](const WorkState&, const WorkState&) { return Words::tr("Hidden words"); }},
    };
    return kRows;
}

const std::vector<Row>& rowsOfLook()
{
    static const std::vector<Row> kRows{
        {[](const WorkState& a, const WorkState& b) { return a.look.map.settings == b.look.map.settings; },
         [](const WorkState&, const WorkState&) { return Words::tr("Setting of the method"); }},
        {[](const WorkState& a, const WorkState& b) { return a.look.map == b.look.map; },
         [](const WorkState&, const WorkState& b) {
             return b.look.map.target < 0 ? Words::tr("What the first answer rests on")
                                          : Words::tr("What answer %1 rests on").arg(b.look.map.target);
         }},
        {[](const WorkState& a, const WorkState& b) { return a.look.layer == b.look.layer; },
         [](const WorkState& a, const WorkState& b) { return fromTo(Words::tr("Layer"), a.look.layer, b.look.layer); }},
        {[](const WorkState& a, const WorkState& b) { return a.look.heads == b.look.heads; }, headWords},
        {[](const WorkState& a, const WorkState& b) { return a.look.fusion == b.look.fusion; }, fusionWords},
        {samePin, pinWords},
        {[](const WorkState& a, const WorkState& b) { return a.look.reverse == b.look.reverse; },
         [](const WorkState&, const WorkState& b) {
             return b.look.reverse ? Words::tr("Seen by") : Words::tr("Looks at");
         }},
    };
    return kRows;
}

const std::vector<Row>& rowsOfDisplay()
{
    static const std::vector<Row> kRows{
        {[](const WorkState& a, const WorkState& b) { return a.display.style == b.display.style; }, styleWords},
        {[](const WorkState& a, const WorkState& b) { return a.display.colormap == b.display.colormap; },
         [](const WorkState& a, const WorkState& b) {
             return fromTo(Words::tr("Colours"), a.display.colormap, b.display.colormap);
         }},
        {[](const WorkState& a, const WorkState& b) { return a.display.opacity == b.display.opacity; },
         [](const WorkState& a, const WorkState& b) {
             return fromTo(Words::tr("Opacity"), percent(a.display.opacity), percent(b.display.opacity));
         }},
        {[](const WorkState& a, const WorkState& b) { return a.display.ground == b.display.ground; }, groundWords},
        {[](const WorkState& a, const WorkState& b) { return a.display.scope == b.display.scope; }, scopeWords},
        {sameFlag<&Display::smooth>,
         [](const WorkState&, const WorkState& b) { return onOff(b.display.smooth, Words::tr("Smoothing")); }},
        {sameFlag<&Display::logarithmic>,
         [](const WorkState&, const WorkState& b) {
             return onOff(b.display.logarithmic, Words::tr("Logarithmic colours"));
         }},
        {sameFlag<&Display::maskByMass>,
         [](const WorkState&, const WorkState& b) { return onOff(b.display.maskByMass, Words::tr("Mass mask")); }},
        {[](const WorkState& a, const WorkState& b) { return a.display.keepMass == b.display.keepMass; },
         [](const WorkState& a, const WorkState& b) {
             return fromTo(Words::tr("Mass"), percent(a.display.keepMass), percent(b.display.keepMass));
         }},
        {sameFlag<&Display::withoutSinks>,
         [](const WorkState&, const WorkState& b) { return onOff(!b.display.withoutSinks, Words::tr("Sinks")); }},
        {[](const WorkState& a, const WorkState& b) { return a.display == b.display; },
         [](const WorkState&, const WorkState&) { return Words::tr("Display"); }},
    };
    return kRows;
}

} // namespace

std::optional<WorkChange> changeBetween(const WorkState& before, const WorkState& after, const MapTitle& title)
{
    int kind = 0;
    const auto firstIn = [&](const std::vector<Row>& rows) -> std::optional<WorkChange> {
        for (const Row& row : rows) {
            ++kind;
            if (!row.same(before, after)) return WorkChange{kind, row.words(before, after)};
        }
        return std::nullopt;
    };
    if (auto found = firstIn(rowsOfInput())) return found;
    ++kind;
    if (before.look.map.id != after.look.map.id) return WorkChange{kind, title(after.look.map.id)};
    if (auto found = firstIn(rowsOfLook())) return found;
    return firstIn(rowsOfDisplay());
}

} // namespace headlens
