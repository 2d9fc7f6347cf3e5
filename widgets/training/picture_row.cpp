// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/picture_row.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/viewmodel/heat_image.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kMargin = 6, kGap = 8, kSmallest = 84, kLargest = 168; // pixels of a side

} // namespace

PictureRow::PictureRow(TrainingRecordPtr record, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_record(std::move(record)), m_display(display)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(Qt::StrongFocus);
    connect(display, &DisplaySettings::changed, this, &PictureRow::draw);
    setPosition(m_record->last());
}

void PictureRow::setPosition(double position)
{
    if (stepAt(position) == m_step) return;
    m_step = stepAt(position);
    draw();
}

QImage PictureRow::imageOf(int at, double opacity) const
{
    const TrainingPicture& shown = picture(at);
    const QByteArray& bytes = shown.frame(m_step);
    if (shown.channels == 3)
        return QImage(reinterpret_cast<const uchar*>(bytes.constData()), shown.width, shown.height,
                      3 * qsizetype(shown.width), QImage::Format_RGB888)
            .convertToFormat(QImage::Format_RGB32);
    std::vector<float> values;
    for (const char byte : bytes) values.push_back(float(uchar(byte)));
    const ValueScale scale{0, std::max(1.0F, std::ranges::max(values)), false};
    const QString colors = m_display->get().colors();
    return opacity < 0 ? heatImage(values, shown.width, shown.height, scale, colors)
                       : overlayImage(values, shown.width, shown.height, scale, colors, opacity);
}

// Only when the step or the colours change, not at every paint.
void PictureRow::draw()
{
    m_images.clear();
    for (int i = 0; i < count(); ++i)
        m_images.push_back(imageOf(i, picture(i).ground < 0 ? -1 : m_display->get().opacity));
    tell();
    update();
}

QString PictureRow::nameOf(int at) const
{
    const TrainingPicture& shown = picture(at);
    return shown.ground < 0 ? shown.name : tr("%1 over %2").arg(shown.name, picture(shown.ground).name);
}

int PictureRow::columnsIn(int width) const
{
    return std::clamp(int((width - 2 * kMargin + kGap) / (kSmallest + kGap)), 1, std::max(1, count()));
}

double PictureRow::sideIn(int width) const
{
    const int columns = columnsIn(width);
    return std::min(kLargest, (width - 2 * kMargin - (columns - 1) * kGap) / columns);
}

int PictureRow::heightForWidth(int width) const
{
    const int columns = columnsIn(width), rows = (count() + columns - 1) / columns;
    return int(std::ceil(rows * (sideIn(width) + lineHeight() + kGap) + kMargin));
}

// The largest rectangle of the picture's shape in its square.
QRectF PictureRow::pictureRect(int at) const
{
    const int columns = columnsIn(width());
    const double side = sideIn(width());
    const int column = at % columns, row = at / columns;
    const QPointF corner(kMargin + column * (side + kGap), kMargin + row * (side + lineHeight() + kGap) + lineHeight());
    // A map has the shape of what it lies over.
    const TrainingPicture& shape = picture(picture(at).ground < 0 ? at : picture(at).ground);
    const QSizeF size = QSizeF(shape.width, shape.height).scaled(side, side, Qt::KeepAspectRatio);
    return {corner, size};
}

void PictureRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_display->get().smooth);
    for (int i = 0; i < count(); ++i) {
        const QRectF rect = pictureRect(i);
        if (const int ground = picture(i).ground; ground >= 0) painter.drawImage(rect, m_images[std::size_t(ground)]);
        painter.drawImage(rect, m_images[std::size_t(i)]);
        const QRectF name(rect.left(), rect.top() - lineHeight(), sideIn(width()), lineHeight());
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(picture(i).name, Qt::ElideRight, int(name.width())));
        painter.setBrush(Qt::NoBrush);
        painter.setPen(
            QPen(palette().color(i == m_chosen ? QPalette::Highlight : QPalette::Mid), i == m_chosen ? 3 : 1));
        painter.drawRect(rect);
    }
    paintFocus(painter, *this);
}

void PictureRow::tell()
{
    setAccessibleName(tr("Pictures over the training"));
    QStringList names;
    for (int i = 0; i < count(); ++i) names << nameOf(i);
    setAccessibleDescription(m_chosen < 0 ? names.join(QStringLiteral(", ")) : nameOf(m_chosen));
}

void PictureRow::keyPressEvent(QKeyEvent* event)
{
    const int to = event->key() == Qt::Key_Left ? m_chosen - 1 : event->key() == Qt::Key_Right ? m_chosen + 1 : -2;
    if (to == -2) return QWidget::keyPressEvent(event);
    m_chosen = std::clamp(to, 0, count() - 1);
    tell();
    update();
}

void PictureRow::focusOutEvent(QFocusEvent* event)
{
    m_chosen = -1;
    tell();
    QWidget::focusOutEvent(event);
}

void PictureRow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    if (event->type() == QEvent::FontChange) updateGeometry();
    QWidget::changeEvent(event);
}

bool PictureRow::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (int i = 0; i < count(); ++i) {
        const QRectF rect = pictureRect(i);
        if (!rect.adjusted(0, -lineHeight(), 0, 0).contains(help->pos())) continue;
        QString text = nameOf(i);
        const TrainingPicture& shown = picture(i);
        if (shown.channels == 1 && rect.contains(help->pos())) {
            const int x = std::min(shown.width - 1, int((help->pos().x() - rect.left()) / rect.width() * shown.width));
            const int y =
                std::min(shown.height - 1, int((help->pos().y() - rect.top()) / rect.height() * shown.height));
            const QByteArray& bytes = shown.frame(m_step);
            const double most =
                std::max<int>(1, *std::ranges::max_element(bytes, {}, [](char b) { return uchar(b); }) & 0xFF);
            text += QStringLiteral("\n") + tr("row %1, column %2: %3 % of the largest")
                                               .arg(y + 1)
                                               .arg(x + 1)
                                               .arg(100 * uchar(bytes[y * shown.width + x]) / most, 0, 'f', 0);
        }
        QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    QToolTip::hideText();
    return true;
}

} // namespace headlens
