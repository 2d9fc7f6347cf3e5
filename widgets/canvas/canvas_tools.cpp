// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas_tools.h"

#include "widgets/canvas/brush_menu.h"
#include "widgets/canvas/canvas_brush.h"
#include "widgets/canvas/map_menu.h"
#include "widgets/canvas/palette_menu.h"
#include "widgets/canvas/picture_menu.h"
#include "widgets/canvas/scale_menu.h"

#include <QAction>
#include <QEvent>
#include <QToolButton>

#include <array>
#include <utility>

namespace headlens {
namespace {

// The higher, the longer it stays where there is little room.
enum Rank { kBrush, kPicture, kScale, kPalette, kSampling, kDirection, kMap, kStyle };

struct Style {
    OverlayStyle style;
    Icon icon;
    const char *text, *tip;
};
constexpr std::array kStyles{
    Style{OverlayStyle::Heat, Icon::Heat, QT_TRANSLATE_NOOP("headlens::CanvasTools", "Heat"),
          QT_TRANSLATE_NOOP("headlens::CanvasTools", "Colour over the picture, the denser the more weight")},
    Style{OverlayStyle::Spotlight, Icon::Spotlight, QT_TRANSLATE_NOOP("headlens::CanvasTools", "Spotlight"),
          QT_TRANSLATE_NOOP("headlens::CanvasTools", "What gets no weight is dimmed")},
    Style{
        OverlayStyle::Contours, Icon::Contours, QT_TRANSLATE_NOOP("headlens::CanvasTools", "Contours"),
        QT_TRANSLATE_NOOP("headlens::CanvasTools", "Lines around the patches that hold 50, 80 and 95 % of the weight")},
    Style{OverlayStyle::Links, Icon::Links, QT_TRANSLATE_NOOP("headlens::CanvasTools", "Links"),
          QT_TRANSLATE_NOOP("headlens::CanvasTools",
                            "Curves from the query to the patches that hold 80 % of the weight")},
    Style{OverlayStyle::SideBySide, Icon::SideBySide, QT_TRANSLATE_NOOP("headlens::CanvasTools", "Side by side"),
          QT_TRANSLATE_NOOP("headlens::CanvasTools", "The map beside the picture")}};

} // namespace

CanvasTools::CanvasTools(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : ToolRow(parent), m_model(model), m_selection(selection), m_display(display),
      m_palettes(new PaletteMenu(display, this)), m_scales(new ScaleMenu(display, this)),
      m_maps(new MapMenu(model, selection, this)), m_pictures(new PictureMenu(model, display, this))
{
    build();
    connect(m_display, &DisplaySettings::changed, this, &CanvasTools::follow);
    connect(m_selection, &Selection::mapChanged, this, &CanvasTools::follow);
    connect(m_selection->tokens(), &TokenChoice::changed, this, &CanvasTools::follow);
    connect(m_model, &InspectionModel::modelChanged, this, &CanvasTools::offer);
    connect(m_maps, &MapMenu::chosen, this, [this] { m_maps->openSettings(button(m_map)); });
    retranslate();
    offer();
}

QAction* CanvasTools::make(Tool tool)
{
    auto* action = new QAction(this);
    action->setCheckable(true);
    if (tool.hasIcon) action->setIcon(icon(tool.icon));
    connect(action, &QAction::triggered, this, [this, choose = tool.choose] {
        choose();
        follow(); // pressed again it stays chosen
    });
    m_made.push_back({action, std::move(tool)});
    return action;
}

QList<QAction*> CanvasTools::styles()
{
    QList<QAction*> made;
    for (const Style& one : kStyles)
        made << make({one.text, one.tip, one.icon, true, [this, &one] { return m_display->get().style == one.style; },
                      [this, &one] { m_display->change([&](Display& d) { d.style = one.style; }); }});
    return made;
}

QList<QAction*> CanvasTools::samplings()
{
    const auto sampling = [this](const char* text, const char* tip, Icon which, bool smooth) {
        return make({text, tip, which, true, [this, smooth] { return m_display->get().smooth == smooth; },
                     [this, smooth] { m_display->change([&](Display& d) { d.smooth = smooth; }); }});
    };
    return {sampling(QT_TR_NOOP("Patches"), QT_TR_NOOP("Every patch in one colour: what the model has"), Icon::Patches,
                     false),
            sampling(QT_TR_NOOP("Smooth"), QT_TR_NOOP("A smooth map suggests detail the model does not have"),
                     Icon::Smooth, true)};
}

QList<QAction*> CanvasTools::directions()
{
    TokenChoice* tokens = m_selection->tokens();
    const auto direction = [this, tokens](const char* text, const char* tip, Icon which, bool reverse) {
        return make({text, tip, which, true, [tokens, reverse] { return tokens->reverse() == reverse; },
                     [tokens, reverse] { tokens->setReverse(reverse); }});
    };
    return {direction(QT_TR_NOOP("looks at"), QT_TR_NOOP("What the token attends to (R)"), Icon::LooksAt, false),
            direction(QT_TR_NOOP("seen by"), QT_TR_NOOP("Who attends to the token (R)"), Icon::SeenBy, true)};
}

void CanvasTools::build()
{
    m_style = addSegments(styles(), kStyle);
    m_sampling = addSegments(samplings(), kSampling);
    m_direction = addSegments(directions(), kDirection);
    pushRight();
    m_palette = addField(m_palettes, Icon::Palette, kPalette);
    m_scale = addField(m_scales, Icon::Scale, kScale);
    m_map = addField(m_maps, Icon::Explain, kMap);
    m_picture = addField(m_pictures, Icon::Picture, kPicture);
}

void CanvasTools::addBrush(CanvasBrush* brush)
{
    m_brushes = new BrushMenu(brush, this);
    m_brush = addField(m_brushes, Icon::Change, kBrush);
    connect(brush, &CanvasBrush::changed, this, &CanvasTools::followFields);
    offer();
}

// A text has no patches.
bool CanvasTools::hasPicture() const
{
    const verbs::ModelInfo& model = m_model->model();
    return model.takesPictures || !model.text.reads;
}

void CanvasTools::offer()
{
    for (const int part : {m_style, m_sampling, m_picture}) setOffered(part, hasPicture());
    if (m_brushes != nullptr) setOffered(m_brush, hasPicture());
    follow();
}

void CanvasTools::follow()
{
    for (const auto& [action, tool] : m_made) action->setChecked(tool.isOn());
    followFields();
}

void CanvasTools::followFields()
{
    setField(m_palette, m_palettes->text(), tr("Palette and opacity"));
    setField(m_scale, m_scales->text(), tr("What the strongest colour stands for"));
    setField(m_map, m_maps->text(), tr("What is mapped: the attention, or one number for every token"));
    if (m_brushes != nullptr)
        setField(m_brush, m_brushes->text(),
                 tr("Hides or covers patches that are painted over; the right button erases, Space paints the query"));
    setField(m_picture, tr("Picture"), tr("Which picture lies below the map, and how it is brought to the model"));
}

void CanvasTools::retranslate()
{
    for (const auto& [action, tool] : m_made) {
        action->setText(tr(tool.text));
        action->setToolTip(tr(tool.tip));
    }
    followFields();
}

void CanvasTools::changeEvent(QEvent* event)
{
    ToolRow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

} // namespace headlens
