// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/palette_sources.h"
#include "app/start_screen.h"
#include "core/base/colormap.h"
#include "widgets/mechanisms/switch_editor.h"
#include "widgets/viewmodel/colour_names.h"
#include "widgets/viewmodel/components.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_map.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headlens {
namespace {

// One choice of a box of the controls, or one of their ticks; texts are those of the controls (ControlsPanel).
struct Choice {
    const char* box; // null: a tick
    const char* text;
    bool (*isSet)(const PaletteParts&);
    void (*set)(const PaletteParts&); // a tick: the other way round
};

template <auto Field, auto Value>
bool isShown(const PaletteParts& in)
{
    return in.display->get().*Field == Value;
}
template <auto Field, auto Value>
void show(const PaletteParts& in)
{
    in.display->change([](Display& d) { d.*Field = Value; });
}
template <auto Field, auto Value>
Choice shown(const char* box, const char* text)
{
    return {box, text, isShown<Field, Value>, show<Field, Value>};
}
template <bool Display::*Field>
Choice tick(const char* text)
{
    return {nullptr, text, isShown<Field, true>,
            [](const PaletteParts& in) { in.display->change([](Display& d) { d.*Field = !(d.*Field); }); }};
}
template <HeadFusion Fusion>
Choice fused(const char* text)
{
    return {"Heads &together", text, [](const PaletteParts& in) { return in.selection->heads()->fusion() == Fusion; },
            [](const PaletteParts& in) { in.selection->heads()->setFusion(Fusion); }};
}
template <bool Reverse>
Choice directed(const char* text)
{
    return {"&Direction", text, [](const PaletteParts& in) { return in.selection->tokens()->reverse() == Reverse; },
            [](const PaletteParts& in) { in.selection->tokens()->setReverse(Reverse); }};
}

const QList<Choice>& choices()
{
    static const QList<Choice> kChoices{
        fused<HeadFusion::Single>("one head"),
        fused<HeadFusion::Mean>("mean"),
        fused<HeadFusion::Max>("maximum"),
        fused<HeadFusion::Min>("minimum"),
        directed<false>("what it attends to"),
        directed<true>("who attends to it"),
        shown<&Display::ground, Ground::Seen>("Sho&w", "what the model sees"),
        shown<&Display::ground, Ground::Original>("Sho&w", "the original"),
        shown<&Display::ground, Ground::Reconstruction>("Sho&w", "the reconstruction"),
        shown<&Display::ground, Ground::Components>("Sho&w", "principal components"),
        shown<&Display::sharpComponents, false>("Recipe of the components", "as DINOv2"),
        shown<&Display::sharpComponents, true>("Recipe of the components", "as DINOv3"),
        shown<&Display::scope, ScaleScope::Map>("Colo&ur scale", "per map"),
        shown<&Display::scope, ScaleScope::Layer>("Colo&ur scale", "per layer"),
        shown<&Display::scope, ScaleScope::Global>("Colo&ur scale", "global"),
        tick<&Display::logarithmic>("Lo&garithmic"),
        tick<&Display::smooth>("Smooth &between patches"),
        tick<&Display::gridLines>("Patch grid"),
        tick<&Display::windowGrid>("Wi&ndows"),
    };
    return kChoices;
}

// Entries of the controls, whose texts are known in both languages.
class ControlEntries {
public:
    ControlEntries(const PaletteParts& in, const BothLanguages& languages) : m_in(in), m_languages(languages) {}

    void add(const Choice& one)
    {
        const auto set = [in = m_in, set = one.set] { set(in); };
        const QString id = QString::fromUtf8(one.text);
        if (one.box != nullptr) return add({one.box, id, text(one.text)}, one.isSet(m_in), set);
        append(id, text(one.text), tickOf(one.isSet(m_in)), set);
    }
    struct Value {
        const char* box;
        QString id; // within the box, the same in every language
        BothLanguages::Text text;
    };
    void add(const Value& value, bool isSet, const std::function<void()>& set)
    {
        append(QString::fromLatin1(value.box) + QLatin1Char('/') + value.id,
               BothLanguages::labelled(text(value.box), value.text), tickOf(isSet), set);
    }
    void addButton(const char* source, const std::function<void()>& press)
    {
        append(QString::fromLatin1(source), text(source), Tick::None, press);
    }
    BothLanguages::Text text(const char* source) const { return m_languages.of("headlens::ControlsPanel", source); }
    const QList<PaletteEntry>& all() const { return m_entries; }

private:
    static Tick tickOf(bool isSet) { return isSet ? Tick::On : Tick::Off; }
    void append(const QString& id, const BothLanguages::Text& name, Tick tick, const std::function<void()>& set)
    {
        const BothLanguages::Text group = m_languages.of("Views", "Controls");
        PaletteEntry entry;
        entry.id = QStringLiteral("setting/") + id;
        entry.name = name.shown;
        entry.others = name.others;
        entry.group = group.shown;
        entry.otherGroup = group.others.join(QLatin1Char(' '));
        entry.tick = tick;
        entry.run = [start = m_in.start, set] {
            start->leave();
            set();
        };
        m_entries.append(entry);
    }
    const PaletteParts& m_in;
    const BothLanguages& m_languages;
    QList<PaletteEntry> m_entries;
};

void addColours(ControlEntries& entries, const PaletteParts& in)
{
    QStringList maps{QString()};
    for (const std::string_view name : colorMapNames())
        maps << QString::fromLatin1(name.data(), qsizetype(name.size()));
    for (const QString& map : maps) {
        entries.add({"&Colours", map.isEmpty() ? QStringLiteral("automatic") : map, {colourName(map), {}}},
                    in.display->get().colormap == map,
                    [in, map] { in.display->change([&](Display& d) { d.colormap = map; }); });
    }
    constexpr double kHalfAPercent = 0.005;
    for (const int percent : {0, 25, 50, 65, 75, 85, 100}) {
        const double opacity = percent / 100.0;
        entries.add({"&Opacity", QString::number(percent), {QStringLiteral("%1 %").arg(percent), {}}},
                    std::abs(in.display->get().opacity - opacity) < kHalfAPercent,
                    [in, opacity] { in.display->change([&](Display& d) { d.opacity = opacity; }); });
    }
}

void addFits(ControlEntries& entries, const PaletteParts& in)
{
    using Fit = std::array<const char*, 2>; // its name in a request, its text
    for (const auto& [fit, text] : {Fit{"trained", "as trained"}, Fit{"squash", "whole picture, squashed"},
                                    Fit{"native", "whole picture, own aspect"}}) {
        const QString name = QString::fromLatin1(fit);
        entries.add({"Pictu&re fit", name, entries.text(text)}, in.model->request().fit == name,
                    [in, name] { in.model->wishes()->change([&](RunRequest& r) { r.fit = name; }); });
    }
}

// Those that the controls show now.
void addButtons(ControlEntries& entries, const PaletteParts& in)
{
    if (in.display->get().ground == Ground::Components) {
        entries.addButton("Fit here", [in] { in.model->components()->refit(false); });
        entries.addButton("Swap foreground", [in] { in.model->components()->refit(true); });
    }
    if (in.model->model().maskRatio > 0)
        entries.addButton("Hide others", [in] { in.model->wishes()->change([](RunRequest& r) { ++r.maskSeed; }); });
}

// A switch of the model or a setting of a method: how it is read and set.
struct Switching {
    QString group, id;
    std::function<QString(const QString& name)> value;
    std::function<void(const QString& name, const QString& value)> set;
};

// Numbers are set in their view: there are too many of them.
void addSwitch(QList<PaletteEntry>& entries, const verbs::Switch& one, const Switching& by)
{
    const QString name = QString::fromStdString(one.name);
    for (const std::string& choice : one.choices) {
        const QString value = QString::fromStdString(choice);
        PaletteEntry entry;
        entry.id = by.id + name + QLatin1Char('/') + value;
        entry.name = QStringLiteral("%1: %2").arg(SwitchEditor::titleOf(one), SwitchEditor::choiceText(choice));
        entry.others = {
            QStringLiteral("%1: %2").arg(one.title.empty() ? name : QString::fromStdString(one.title), value)};
        entry.group = by.group;
        entry.tick = by.value(name) == value ? Tick::On : Tick::Off;
        entry.run = [set = by.set, name, value] { set(name, value); };
        entries.append(entry);
    }
}

} // namespace

QList<PaletteEntry> settingEntries(const PaletteParts& in, const BothLanguages& languages)
{
    ControlEntries entries(in, languages);
    for (const Choice& one : choices()) entries.add(one);
    addColours(entries, in);
    addFits(entries, in);
    addButtons(entries, in);
    return entries.all();
}

QList<PaletteEntry> switchEntries(const PaletteParts& in, const BothLanguages& languages)
{
    QList<PaletteEntry> entries;
    InspectionModel* model = in.model;
    const Switching ofModel{languages.of("Views", "Mechanisms").shown, QStringLiteral("switch/"),
                            [model](const QString& name) { return model->request().switchValue(model->model(), name); },
                            [model](const QString& name, const QString& value) { setSwitch(model, name, value); }};
    for (const verbs::Switch& one : model->model().switches) addSwitch(entries, one, ofModel);
    const verbs::MethodInfo* method = model->map()->method();
    if (method == nullptr || !method->refusal.empty()) return entries;
    const QString id = in.selection->map();
    const Switching ofMethod{
        languages.of("Methods", method->title.c_str()).shown, QStringLiteral("method/%1/").arg(id),
        [model, id](const QString& name) { return model->map()->setting(id, name); },
        [model, id](const QString& name, const QString& value) { model->map()->set(id, name, value); }};
    for (const verbs::Switch& one : method->settings) addSwitch(entries, one, ofMethod);
    return entries;
}

} // namespace headlens
