// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/palette_menu.h"

#include "core/base/colormap.h"
#include "widgets/viewmodel/colour_names.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QIcon>
#include <QImage>
#include <QLabel>
#include <QPixmap>
#include <QSignalBlocker>
#include <QSlider>

#include <cmath>

namespace headlens {
namespace {

QIcon swatch(const QString& name)
{
    constexpr int kWidth = 48, kHeight = 16;
    const ColorTable& table = colorTable(name.toStdString());
    QImage image(kWidth, kHeight, QImage::Format_RGB32);
    for (int x = 0; x < kWidth; ++x) {
        const Rgb& colour = colorAt(table, float(x) / (kWidth - 1));
        for (int y = 0; y < kHeight; ++y) image.setPixel(x, y, qRgb(colour.r, colour.g, colour.b));
    }
    return QPixmap::fromImage(image);
}

} // namespace

PaletteMenu::PaletteMenu(DisplaySettings* display, QWidget* parent)
    : ToolMenu(QT_TR_NOOP("Palette"), parent), m_display(display)
{
    auto* group = new QActionGroup(this);
    addPalette({}, group);
    for (const std::string_view name : colorMapNames())
        addPalette(QString::fromLatin1(name.data(), qsizetype(name.size())), group);
    addSeparator();
    buildOpacity();
    connect(m_display, &DisplaySettings::changed, this, &PaletteMenu::refresh);
    PaletteMenu::retranslate();
    refresh();
}

// No name: the palette that fits the theme.
void PaletteMenu::addPalette(const QString& name, QActionGroup* group)
{
    QAction* line = addAction(name);
    line->setCheckable(true);
    line->setData(name);
    group->addAction(line);
    connect(line, &QAction::triggered, this, [this, name] {
        m_display->change([&](Display& d) { d.colormap = name; });
        refresh();
    });
}

void PaletteMenu::buildOpacity()
{
    auto* line = new QWidget;
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(12, 4, 12, 4);
    m_opacityName = new QLabel;
    m_opacity = new QSlider(Qt::Horizontal);
    m_opacity->setRange(0, 100);
    m_opacityName->setBuddy(m_opacity);
    layout->addWidget(m_opacityName);
    layout->addWidget(m_opacity, 1);
    addPart(line);
    connect(m_opacity, &QSlider::valueChanged, this,
            [this](int percent) { m_display->change([&](Display& d) { d.opacity = percent / 100.0; }); });
}

QString PaletteMenu::text() const
{
    const QString& name = m_display->get().colormap;
    return name.isEmpty() ? tr("Automatic") : name;
}

void PaletteMenu::follow()
{
    const Display& shown = m_display->get();
    Display automatic = shown;
    automatic.colormap.clear();
    for (QAction* line : actions()) {
        if (!line->data().isValid()) continue;
        const QString name = line->data().toString();
        line->setIcon(swatch(name.isEmpty() ? automatic.colors() : name));
        line->setChecked(name == shown.colormap);
    }
    const QSignalBlocker quiet(m_opacity);
    m_opacity->setValue(int(std::lround(100 * shown.opacity)));
}

void PaletteMenu::retranslate()
{
    ToolMenu::retranslate();
    for (QAction* line : actions())
        if (line->data().isValid()) line->setText(colourName(line->data().toString()));
    actions().first()->setText(tr("Automatic"));
    actions().first()->setToolTip(tr("As the theme of the window asks"));
    m_opacityName->setText(tr("Opacity"));
    m_opacity->setAccessibleName(tr("Opacity"));
}

} // namespace headlens
