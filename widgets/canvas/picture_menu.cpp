// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/picture_menu.h"

#include "core/wire/block_grid.h"
#include "widgets/canvas/hidden_share.h"
#include "widgets/viewmodel/components.h"

#include <QActionGroup>
#include <QLayout>

#include <algorithm>
#include <array>

namespace headlens {
namespace {

struct Choice {
    int value;
    const char *text, *tip;
};
constexpr std::array kGrounds{
    Choice{int(Ground::Original), QT_TRANSLATE_NOOP("headlens::PictureMenu", "Original"),
           QT_TRANSLATE_NOOP("headlens::PictureMenu", "The whole picture, as sharp as its file")},
    Choice{int(Ground::Seen), QT_TRANSLATE_NOOP("headlens::PictureMenu", "What the model sees"),
           QT_TRANSLATE_NOOP("headlens::PictureMenu", "The pixels that enter the model")},
    Choice{int(Ground::Reconstruction), QT_TRANSLATE_NOOP("headlens::PictureMenu", "Reconstruction"),
           QT_TRANSLATE_NOOP("headlens::PictureMenu", "What a masked autoencoder makes of the patches it sees")},
    Choice{int(Ground::Components), QT_TRANSLATE_NOOP("headlens::PictureMenu", "Principal components"),
           QT_TRANSLATE_NOOP("headlens::PictureMenu", "Three directions of the features as red, green and blue")}};

struct Fit {
    const char *id, *text, *tip;
};
constexpr std::array kFits{
    Fit{"trained", QT_TRANSLATE_NOOP("headlens::PictureMenu", "Fit as trained"),
        QT_TRANSLATE_NOOP("headlens::PictureMenu", "Resized and cropped as the model was trained")},
    Fit{"squash", QT_TRANSLATE_NOOP("headlens::PictureMenu", "Whole picture, squashed"),
        QT_TRANSLATE_NOOP("headlens::PictureMenu", "All of it in the trained size")},
    Fit{"native", QT_TRANSLATE_NOOP("headlens::PictureMenu", "Whole picture, own aspect"),
        QT_TRANSLATE_NOOP("headlens::PictureMenu", "All of it, positions interpolated")}};

} // namespace

PictureMenu::PictureMenu(InspectionModel* model, DisplaySettings* display, QWidget* parent)
    : ToolMenu(QT_TR_NOOP("Picture"), parent), m_model(model), m_display(display)
{
    buildGrounds();
    buildComponents();
    addSeparator();
    buildFits();
    addSeparator();
    buildGrids();
    auto* share = new HiddenShare(m_model);
    share->layout()->setContentsMargins(12, 4, 12, 4);
    addPart(share);
    m_hidden = actions().last();
    connect(m_display, &DisplaySettings::changed, this, &PictureMenu::refresh);
    connect(m_model, &InspectionModel::inputChanged, this, &PictureMenu::refresh);
    retranslate();
    refresh();
}

void PictureMenu::buildGrounds()
{
    auto* group = new QActionGroup(this);
    for (const Choice& one : kGrounds) {
        const auto offered = [this, &one] { return one.value != int(Ground::Reconstruction) || hides(); };
        add({one.text, one.tip, [this, &one] { return int(m_display->get().ground) == one.value; },
             [this, &one] { m_display->change([&](Display& d) { d.ground = Ground(one.value); }); }, offered},
            group);
    }
}

void PictureMenu::buildComponents()
{
    m_components = addPart(QT_TR_NOOP("Components"));
    auto* recipes = new QActionGroup(this);
    const auto recipe = [this, recipes](const char* text, const char* tip, bool sharp) {
        add(m_components,
            {text, tip, [this, sharp] { return m_display->get().sharpComponents == sharp; },
             [this, sharp] { m_display->change([&](Display& d) { d.sharpComponents = sharp; }); }},
            recipes);
    };
    recipe(QT_TR_NOOP("As DINOv2"), QT_TR_NOOP("Foreground by the first component, then three components of it"),
           false);
    recipe(QT_TR_NOOP("As DINOv3"),
           QT_TR_NOOP("The same smoothed, whitened and through a sigmoid; its trained foreground classifier is "
                      "replaced by the first component"),
           true);
    m_components->addSeparator();
    add(m_components, {QT_TR_NOOP("Fit here"),
                       QT_TR_NOOP("Otherwise the basis is kept, so that colours mean the same in every layer and "
                                  "picture"),
                       {},
                       [this] { m_model->components()->refit(false); }});
    add(m_components, {QT_TR_NOOP("Swap foreground"), nullptr, {}, [this] { m_model->components()->refit(true); }});
}

void PictureMenu::buildFits()
{
    auto* group = new QActionGroup(this);
    for (const Fit& one : kFits)
        add({one.text, one.tip, [this, &one] { return m_model->request().fit == QLatin1String(one.id); },
             [this, &one] { m_model->wishes()->change([&](RunRequest& r) { r.fit = QLatin1String(one.id); }); }},
            group);
}

void PictureMenu::buildGrids()
{
    add({QT_TR_NOOP("Patch grid"), nullptr, [this] { return m_display->get().gridLines; },
         [this] { m_display->change([](Display& d) { d.gridLines = !d.gridLines; }); }});
    add({QT_TR_NOOP("Windows"), QT_TR_NOOP("The windows of the block, and the pieces of the one the token lies in"),
         [this] { return m_display->get().windowGrid; },
         [this] { m_display->change([](Display& d) { d.windowGrid = !d.windowGrid; }); },
         [this] { return std::ranges::any_of(m_model->input().blocks, isWindowed); }});
}

void PictureMenu::follow()
{
    m_components->menuAction()->setVisible(m_display->get().ground == Ground::Components);
    m_hidden->setVisible(hides());
}

} // namespace headlens
