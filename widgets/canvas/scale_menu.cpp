// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/scale_menu.h"

#include <QActionGroup>

#include <array>
#include <cmath>

namespace headlens {
namespace {

struct Scope {
    ScaleScope scope;
    const char *text, *tip;
};
constexpr std::array kScopes{
    Scope{ScaleScope::Map, QT_TRANSLATE_NOOP("headlens::ScaleMenu", "per map"),
          QT_TRANSLATE_NOOP("headlens::ScaleMenu", "The strongest weight of the shown map has the last colour")},
    Scope{ScaleScope::Layer, QT_TRANSLATE_NOOP("headlens::ScaleMenu", "per layer"),
          QT_TRANSLATE_NOOP("headlens::ScaleMenu", "Heads of a layer can be compared")},
    Scope{ScaleScope::Global, QT_TRANSLATE_NOOP("headlens::ScaleMenu", "global"),
          QT_TRANSLATE_NOOP("headlens::ScaleMenu", "Heads of all layers can be compared")}};

struct Mass {
    int percent;
    const char* text;
};
constexpr std::array kMasses{Mass{50, QT_TRANSLATE_NOOP("headlens::ScaleMenu", "those that hold 50 % of the row")},
                             Mass{60, QT_TRANSLATE_NOOP("headlens::ScaleMenu", "those that hold 60 % of the row")},
                             Mass{80, QT_TRANSLATE_NOOP("headlens::ScaleMenu", "those that hold 80 % of the row")},
                             Mass{95, QT_TRANSLATE_NOOP("headlens::ScaleMenu", "those that hold 95 % of the row")}};

} // namespace

ScaleMenu::ScaleMenu(DisplaySettings* display, QWidget* parent)
    : ToolMenu(QT_TR_NOOP("Scale"), parent), m_display(display)
{
    auto* scopes = new QActionGroup(this);
    for (const Scope& one : kScopes)
        add({one.text, one.tip, [this, &one] { return m_display->get().scope == one.scope; },
             [this, &one] { m_display->change([&](Display& d) { d.scope = one.scope; }); }},
            scopes);
    addSeparator();
    add({QT_TR_NOOP("Logarithmic"), QT_TR_NOOP("Weak weights are told apart, strong ones less"),
         [this] { return m_display->get().logarithmic; },
         [this] { m_display->change([](Display& d) { d.logarithmic = !d.logarithmic; }); }});
    addSeparator();
    buildMass();
    connect(m_display, &DisplaySettings::changed, this, &ScaleMenu::refresh);
    retranslate();
    refresh();
}

void ScaleMenu::buildMass()
{
    QMenu* kept = addPart(QT_TR_NOOP("Painted patches"));
    auto* group = new QActionGroup(this);
    add(kept,
        {QT_TR_NOOP("all"), nullptr, [this] { return !m_display->get().maskByMass; },
         [this] { m_display->change([](Display& d) { d.maskByMass = false; }); }},
        group);
    for (const Mass& one : kMasses)
        add(kept,
            {one.text, nullptr,
             [this, &one] {
                 const Display& d = m_display->get();
                 return d.maskByMass && std::lround(100 * d.keepMass) == one.percent;
             },
             [this, &one] {
                 m_display->change([&](Display& d) {
                     d.maskByMass = true;
                     d.keepMass = one.percent / 100.0;
                 });
             }},
            group);
}

QString ScaleMenu::text() const
{
    for (const Scope& one : kScopes)
        if (one.scope == m_display->get().scope) return translated(one.text);
    return {};
}

} // namespace headlens
