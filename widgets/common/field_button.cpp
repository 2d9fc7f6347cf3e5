// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/field_button.h"

#include "widgets/style/look.h"
#include "widgets/style/tokens.h"

#include <QStyleOptionToolButton>
#include <QStylePainter>

#include <algorithm>

namespace headlens {

FieldButton::FieldButton(QWidget* parent) : QToolButton(parent)
{
    setLook(this, Look::Field);
    setPopupMode(InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FieldButton::say(const QString& what, const QString& name, const QString& detail)
{
    m_name = name;
    m_detail = detail;
    QStringList parts{name, detail};
    parts.removeAll(QString());
    const QString whole = parts.join(QStringLiteral(" · "));
    setToolTip(what + QStringLiteral(": ") + whole);
    setAccessibleName(what);
    setAccessibleDescription(whole);
    updateGeometry();
    update();
}

QFont FieldButton::bold() const
{
    QFont strong = font();
    strong.setBold(true);
    return strong;
}

int FieldButton::frameWidth() const
{
    const int sign = menu() != nullptr ? fontMetrics().height() : 0; // that there is a menu
    return 2 * kGap + (icon().isNull() ? 0 : iconSize().width() + kGap) + sign;
}

QSize FieldButton::sizeHint() const
{
    const int detail = m_detail.isEmpty() ? 0 : kGap + fontMetrics().horizontalAdvance(m_detail);
    return {frameWidth() + QFontMetrics(bold()).horizontalAdvance(m_name) + detail + 1,
            fontMetrics().height() + kGap + 2};
}

QSize FieldButton::minimumSizeHint() const
{
    constexpr int kLetters = 6;
    const int least =
        std::min(QFontMetrics(bold()).horizontalAdvance(m_name), kLetters * fontMetrics().averageCharWidth());
    return {frameWidth() + least, sizeHint().height()};
}

void FieldButton::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    option.text.clear();
    option.icon = {};
    if (menu() != nullptr)
        painter.drawComplexControl(QStyle::CC_ToolButton, option); // with a sign that there is one
    else
        painter.drawPrimitive(QStyle::PE_PanelButtonTool, option);
    QRect room = rect().adjusted(kGap, 0, -(menu() != nullptr ? fontMetrics().height() : 0) - kGap, 0);
    if (!icon().isNull()) {
        const QRect at(room.left(), room.center().y() - iconSize().height() / 2, iconSize().width(),
                       iconSize().height());
        icon().paint(&painter, at);
        room.setLeft(at.right() + kGap);
    }
    painter.setFont(bold());
    const QFontMetrics metrics(bold());
    painter.setPen(palette().color(QPalette::ButtonText));
    painter.drawText(room, Qt::AlignVCenter, metrics.elidedText(m_name, Qt::ElideMiddle, room.width()));
    if (!m_name.isEmpty()) room.setLeft(room.left() + metrics.horizontalAdvance(m_name) + kGap);
    constexpr int kLeast = 24; // narrower than this, nothing of it could be read
    if (m_detail.isEmpty() || room.width() < kLeast) return;
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(room, Qt::AlignVCenter, fontMetrics().elidedText(m_detail, Qt::ElideRight, room.width()));
}

} // namespace headlens
