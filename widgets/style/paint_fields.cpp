// SPDX-License-Identifier: GPL-3.0-or-later
// Combo boxes and spin boxes. Their parts lie where WindowStyle::subControlRect() says.
#include "widgets/style/painting.h"

namespace headlens {
namespace {

void field(const Paint& paint, const QColor& ground)
{
    const bool enabled = paint.is(QStyle::State_Enabled), active = paint.is(QStyle::State_HasFocus);
    const QColor line = active ? paint.tones.accent : enabled ? paint.tones.outline : paint.tones.hairline;
    draw(paint.painter, paint.rect(), {ground, line, 1, kRadius});
    drawFocus(paint, paint.rect());
}

QColor markOf(const Paint& paint, bool enabled)
{
    return enabled && paint.is(QStyle::State_Enabled) ? paint.tones.text : paint.tones.disabled;
}

bool comboBox(const Paint& paint)
{
    const auto* box = paint.as<QStyleOptionComboBox>();
    if (box == nullptr) return false;
    if (box->frame) field(paint, box->editable ? paint.tones.canvas : groundOf(paint));
    drawChevron(paint.painter,
                paint.style->subControlRect(QStyle::CC_ComboBox, box, QStyle::SC_ComboBoxArrow, paint.widget),
                Qt::DownArrow, markOf(paint, true));
    return true;
}

bool comboLabel(const Paint& paint)
{
    const auto* box = paint.as<QStyleOptionComboBox>();
    if (box == nullptr || box->editable) return false;
    QRect place = paint.style->subControlRect(QStyle::CC_ComboBox, box, QStyle::SC_ComboBoxEditField, paint.widget);
    if (!box->currentIcon.isNull()) {
        const QRect icon = QStyle::alignedRect(box->direction, Qt::AlignLeft | Qt::AlignVCenter, box->iconSize, place);
        box->currentIcon.paint(paint.painter, icon, Qt::AlignCenter,
                               paint.is(QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled);
        const int taken = box->iconSize.width() + kTight;
        place = QStyle::visualRect(box->direction, place, place.adjusted(taken, 0, 0, 0));
    }
    paint.style->drawItemText(
        paint.painter, place, int(QStyle::visualAlignment(box->direction, Qt::AlignLeft | Qt::AlignVCenter)),
        box->palette, paint.is(QStyle::State_Enabled),
        box->fontMetrics.elidedText(box->currentText, Qt::ElideRight, place.width()), QPalette::ButtonText);
    return true;
}

void step(const Paint& paint, const QStyleOptionSpinBox& box, QStyle::SubControl which)
{
    const bool up = which == QStyle::SC_SpinBoxUp;
    const QRect place = paint.style->subControlRect(QStyle::CC_SpinBox, &box, which, paint.widget);
    const bool enabled =
        box.stepEnabled.testFlag(up ? QAbstractSpinBox::StepUpEnabled : QAbstractSpinBox::StepDownEnabled);
    if (enabled && paint.isHovered() && box.activeSubControls.testFlag(which))
        draw(paint.painter, QRectF(place).adjusted(1, 1, -1, -1), {paint.tones.hover, {}, 0, 3});
    drawChevron(paint.painter, place, up ? Qt::UpArrow : Qt::DownArrow, markOf(paint, enabled));
}

bool spinBox(const Paint& paint)
{
    const auto* box = paint.as<QStyleOptionSpinBox>();
    if (box == nullptr) return false;
    if (box->frame) field(paint, paint.tones.canvas);
    if (box->buttonSymbols == QAbstractSpinBox::NoButtons) return true;
    step(paint, *box, QStyle::SC_SpinBoxUp);
    step(paint, *box, QStyle::SC_SpinBoxDown);
    return true;
}

} // namespace

Controls fieldControls()
{
    static constexpr PainterRow<QStyle::ControlElement> kRows[] = {{QStyle::CE_ComboBoxLabel, comboLabel}};
    return kRows;
}

Complexes fieldComplexes()
{
    static constexpr PainterRow<QStyle::ComplexControl> kRows[] = {{QStyle::CC_ComboBox, comboBox},
                                                                   {QStyle::CC_SpinBox, spinBox}};
    return kRows;
}

} // namespace headlens
