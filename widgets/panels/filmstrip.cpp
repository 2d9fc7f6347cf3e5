// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/filmstrip.h"

#include <QEvent>
#include <QIcon>
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
        if (item != nullptr) Q_EMIT chosen(item->data(kFileRole).toByteArray(), item->toolTip());
    });
}

QListWidgetItem* Filmstrip::find(const QByteArray& file) const
{
    for (int i = 0; i < count(); ++i)
        if (item(i)->data(kFileRole).toByteArray() == file) return item(i);
    return nullptr;
}

QByteArray Filmstrip::current() const
{
    return currentItem() != nullptr ? currentItem()->data(kFileRole).toByteArray() : QByteArray();
}

bool Filmstrip::addPicture(const QByteArray& file, const QString& name)
{
    const QSignalBlocker quiet(this); // the caller opens it
    if (QListWidgetItem* known = find(file)) {
        setCurrentItem(known);
        return false;
    }
    QPixmap blank(kThumbnail, kThumbnail);
    blank.fill(palette().color(QPalette::Mid));
    auto* added = new QListWidgetItem(QIcon(blank), fontMetrics().elidedText(lastPart(name), Qt::ElideMiddle, kThumbnail + 24), this);
    added->setData(kFileRole, file);
    added->setToolTip(name);
    setCurrentItem(added);
    return true;
}

void Filmstrip::setThumbnail(const QByteArray& file, const QImage& image)
{
    if (QListWidgetItem* known = find(file); known != nullptr && !image.isNull()) known->setIcon(QIcon(QPixmap::fromImage(image)));
}

void Filmstrip::remove(const QByteArray& file)
{
    const QSignalBlocker quiet(this);
    delete find(file);
}

void Filmstrip::select(const QByteArray& file)
{
    const QSignalBlocker quiet(this);
    setCurrentItem(find(file));
}

void Filmstrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Opened pictures"));
    QListWidget::changeEvent(event);
}

} // namespace headlens
