// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/filmstrip.h"

#include <QEvent>
#include <QIcon>
#include <QPainter>
#include <QPixmap>
#include <QSignalBlocker>

namespace headlens {
namespace {

constexpr int kFileRole = Qt::UserRole;

QString lastPart(const QString& name)
{
    return name.section(QLatin1Char('/'), -1);
}

} // namespace

Filmstrip::Filmstrip(QWidget* parent) : QListWidget(parent)
{
    setViewMode(IconMode);
    setFlow(LeftToRight);
    setWrapping(false);
    setMovement(Static);
    setIconSize({kThumbnail, kThumbnail});
    setHorizontalScrollMode(ScrollPerPixel);
    setAccessibleName(tr("Opened pictures"));
    setMinimumHeight(kThumbnail + 24);
    connect(this, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item != nullptr) Q_EMIT chosen(item->toolTip(), item->data(kFileRole).toByteArray());
    });
}

QListWidgetItem* Filmstrip::find(const QString& name) const
{
    for (int i = 0; i < count(); ++i)
        if (item(i)->toolTip() == name) return item(i);
    return nullptr;
}

QStringList Filmstrip::names() const
{
    QStringList all;
    for (int i = 0; i < count(); ++i) all << item(i)->toolTip();
    return all;
}

bool Filmstrip::addPicture(const QString& name, const QByteArray& file)
{
    const QSignalBlocker quiet(this); // the caller opens it
    if (QListWidgetItem* known = find(name)) {
        setCurrentItem(known);
        return false;
    }
    QPixmap blank(kThumbnail, kThumbnail);
    blank.fill(palette().color(QPalette::Mid));
    const QString label = fontMetrics().elidedText(lastPart(name), Qt::ElideMiddle, kThumbnail + 24);
    auto* added = new QListWidgetItem(QIcon(blank), label, this);
    added->setData(kFileRole, file);
    added->setToolTip(name);
    setCurrentItem(added);
    return true;
}

void Filmstrip::setThumbnail(const QString& name, const QImage& image)
{
    QListWidgetItem* known = find(name);
    if (known == nullptr || image.isNull()) return;
    // All icons are squares: names stand in one line, and none moves (and is painted twice) when its picture comes.
    QPixmap square(QSize(kThumbnail, kThumbnail) * devicePixelRatioF());
    square.setDevicePixelRatio(devicePixelRatioF());
    square.fill(Qt::transparent);
    const QSizeF size = QSizeF(image.size()).scaled(kThumbnail, kThumbnail, Qt::KeepAspectRatio);
    QPainter painter(&square);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(QPointF((kThumbnail - size.width()) / 2, (kThumbnail - size.height()) / 2), size), image);
    painter.end();
    known->setIcon(QIcon(square));
}

void Filmstrip::remove(const QString& name)
{
    const QSignalBlocker quiet(this);
    delete find(name);
}

void Filmstrip::select(const QString& name)
{
    const QSignalBlocker quiet(this);
    setCurrentItem(find(name));
}

void Filmstrip::choose(const QString& name)
{
    const QListWidgetItem* known = find(name);
    select(name);
    if (known != nullptr) Q_EMIT chosen(name, known->data(kFileRole).toByteArray());
}

void Filmstrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Opened pictures"));
    QListWidget::changeEvent(event);
}

} // namespace headlens
