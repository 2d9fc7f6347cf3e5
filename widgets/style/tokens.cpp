// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/tokens.h"

#include <QFontDatabase>
#include <QFontMetricsF>

#include <cmath>

namespace headlens {
namespace {

struct RoleOfTone {
    QColor Tones::*tone;
    QPalette::ColorRole role;
};

// A tone may stand for several roles; the first of them is where it is read back from.
constexpr RoleOfTone kRoles[] = {
    {&Tones::canvas, QPalette::Base},
    {&Tones::pane, QPalette::Window},
    {&Tones::alternate, QPalette::AlternateBase},
    {&Tones::raised, QPalette::Button},
    {&Tones::hover, QPalette::Light},
    {&Tones::pressed, QPalette::Dark},
    {&Tones::hairline, QPalette::Midlight},
    {&Tones::outline, QPalette::Mid},
    {&Tones::text, QPalette::WindowText},
    {&Tones::text, QPalette::Text},
    {&Tones::text, QPalette::ButtonText},
    {&Tones::text, QPalette::ToolTipText},
    {&Tones::text, QPalette::BrightText},
    {&Tones::quiet, QPalette::PlaceholderText},
    {&Tones::accent, QPalette::Highlight},
    {&Tones::onAccent, QPalette::HighlightedText},
    {&Tones::link, QPalette::Link},
    {&Tones::quiet, QPalette::LinkVisited},
    {&Tones::tip, QPalette::ToolTipBase},
};

constexpr QPalette::ColorRole kGreyed[] = {QPalette::WindowText,      QPalette::Text,
                                           QPalette::ButtonText,      QPalette::ToolTipText,
                                           QPalette::PlaceholderText, QPalette::Link};

bool hasDigitsOfOneWidth(const QFont& font)
{
    const QFontMetricsF metrics(font);
    const double zero = metrics.horizontalAdvance(QLatin1Char('0'));
    for (char digit = '1'; digit <= '9'; ++digit)
        if (std::abs(metrics.horizontalAdvance(QLatin1Char(digit)) - zero) > 0.01) return false;
    return true;
}

} // namespace

const Tones& darkTones()
{
    static const Tones tones{.canvas = 0x14161b,
                             .pane = 0x1c1f26,
                             .alternate = 0x22262e,
                             .raised = 0x272b34,
                             .hover = 0x303541,
                             .pressed = 0x3a404e,
                             .hairline = 0x2f3440,
                             .outline = 0x7d8493,
                             .text = 0xe9ebef,
                             .quiet = 0xa6acb8,
                             .disabled = 0x7f8694,
                             .accent = 0xff7a3d,
                             .onAccent = 0x1a0d05,
                             .link = 0x86b4ff,
                             .tip = 0x2b303a};
    return tones;
}

const Tones& lightTones()
{
    static const Tones tones{.canvas = 0xffffff,
                             .pane = 0xf4f5f7,
                             .alternate = 0xeceef2,
                             .raised = 0xffffff,
                             .hover = 0xe7e9ee,
                             .pressed = 0xdadde5,
                             .hairline = 0xd6d9e0,
                             .outline = 0x7c8391,
                             .text = 0x191c22,
                             .quiet = 0x545b67,
                             .disabled = 0x7c8391,
                             .accent = 0xa83c0a,
                             .onAccent = 0xffffff,
                             .link = 0x1a56b0,
                             .tip = 0xffffff};
    return tones;
}

QPalette paletteOf(const Tones& tones)
{
    QPalette palette;
    for (const RoleOfTone& one : kRoles) palette.setColor(one.role, tones.*one.tone);
    for (const QPalette::ColorRole role : kGreyed) palette.setColor(QPalette::Disabled, role, tones.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, tones.outline);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, tones.canvas);
    palette.setColor(QPalette::Shadow, Qt::black);
    return palette;
}

Tones tonesOf(const QPalette& palette)
{
    Tones tones;
    for (const RoleOfTone& one : kRoles)
        if (!(tones.*one.tone).isValid()) tones.*one.tone = palette.color(one.role);
    tones.disabled = palette.color(QPalette::Disabled, QPalette::WindowText);
    return tones;
}

QColor mixed(const QColor& ground, const QColor& over, double share)
{
    const auto part = [share](int from, int to) { return int(from + (to - from) * share + 0.5); };
    return {part(ground.red(), over.red()), part(ground.green(), over.green()), part(ground.blue(), over.blue())};
}

QFont windowFont(const QFont& system)
{
    static const QString kInter = QStringLiteral("Inter");
    if (!QFontDatabase::hasFamily(kInter)) return system;
    QFont font = system;
    font.setFamilies(QStringList{kInter} + system.families()); // Chinese comes from the others
    return font;
}

// Qt before 6.7 cannot ask a font for its tabular digits: then a font is taken that has no others.
QFont tabular(const QFont& font)
{
    if (hasDigitsOfOneWidth(font)) return font;
    QFont other = font;
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    other.setFeature(QFont::Tag("tnum"), 1);
    if (hasDigitsOfOneWidth(other)) return other;
#endif
    for (const auto kind : {QFontDatabase::GeneralFont, QFontDatabase::FixedFont}) {
        other.setFamilies(QFontDatabase::systemFont(kind).families());
        if (hasDigitsOfOneWidth(other)) return other;
    }
    return font;
}

} // namespace headlens
