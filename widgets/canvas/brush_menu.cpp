// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/brush_menu.h"

#include "widgets/canvas/canvas_brush.h"

#include <QActionGroup>

#include <array>

namespace headlens {
namespace {

struct Kind {
    const char *kind, *text, *tip, *field;
};
constexpr std::array kKinds{
    Kind{"", QT_TRANSLATE_NOOP("headlens::BrushMenu", "Off"),
         QT_TRANSLATE_NOOP("headlens::BrushMenu", "A click pins the query, as usual (Esc)"),
         QT_TRANSLATE_NOOP("headlens::BrushMenu", "Brush")},
    Kind{"hide", QT_TRANSLATE_NOOP("headlens::BrushMenu", "Attention mask"),
         QT_TRANSLATE_NOOP("headlens::BrushMenu", "No token sees the painted patches any more"),
         QT_TRANSLATE_NOOP("headlens::BrushMenu", "Brush: mask")},
    Kind{"cover-mean", QT_TRANSLATE_NOOP("headlens::BrushMenu", "Mean of the picture"),
         QT_TRANSLATE_NOOP("headlens::BrushMenu", "The pixels of the painted patches become the mean of the picture"),
         QT_TRANSLATE_NOOP("headlens::BrushMenu", "Brush: mean")},
    Kind{"cover-blur", QT_TRANSLATE_NOOP("headlens::BrushMenu", "Blur"),
         QT_TRANSLATE_NOOP("headlens::BrushMenu", "The pixels of the painted patches are blurred"),
         QT_TRANSLATE_NOOP("headlens::BrushMenu", "Brush: blur")},
    Kind{"cover-zero", QT_TRANSLATE_NOOP("headlens::BrushMenu", "Zero"),
         QT_TRANSLATE_NOOP("headlens::BrushMenu", "The model reads 0 at every pixel of the painted patches"),
         QT_TRANSLATE_NOOP("headlens::BrushMenu", "Brush: zero")}};

struct Size {
    int patches;
    const char* text;
};
constexpr std::array kSizes{Size{1, QT_TRANSLATE_NOOP("headlens::BrushMenu", "One patch wide")},
                            Size{3, QT_TRANSLATE_NOOP("headlens::BrushMenu", "Three patches wide")},
                            Size{5, QT_TRANSLATE_NOOP("headlens::BrushMenu", "Five patches wide")}};

} // namespace

BrushMenu::BrushMenu(CanvasBrush* brush, QWidget* parent) : ToolMenu(QT_TR_NOOP("Brush"), parent), m_brush(brush)
{
    auto *kinds = new QActionGroup(this), *sizes = new QActionGroup(this);
    for (const Kind& one : kKinds)
        add({one.text, one.tip, [this, &one] { return m_brush->kind() == one.kind; },
             [this, &one] { m_brush->setKind(one.kind); },
             [this, &one] { return *one.kind == '\0' || m_brush->isPossible(one.kind); }},
            kinds);
    addSeparator();
    for (const Size& one : kSizes)
        add({one.text, nullptr, [this, &one] { return m_brush->size() == one.patches; },
             [this, &one] { m_brush->setSize(one.patches); }},
            sizes);
    addSeparator();
    add({QT_TR_NOOP("Take back what was painted"),
         nullptr,
         {},
         [this] { m_brush->clear(); },
         [this] { return m_brush->hasPainted(); }});
    connect(m_brush, &CanvasBrush::changed, this, &BrushMenu::refresh);
    retranslate();
    refresh();
}

QString BrushMenu::text() const
{
    for (const Kind& one : kKinds)
        if (m_brush->kind() == one.kind) return translated(one.field);
    return {};
}

} // namespace headlens
