// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/filmstrip.h"

#include <QEvent>
#include <QIcon>
#include <QPixmap>
#include <QSignalBlocker>

namespace headlens {
namespace {

constexpr int kFileRole = Qt::UserRole, kThumbnail = 56;

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

void Filmstrip::addPicture(const QByteArray& file, const QString& name)
{
    const QSignalBlocker quiet(this); // the caller opens it
    for (int i = 0; i < count(); ++i)
        if (item(i)->data(kFileRole).toByteArray() == file) return setCurrentRow(i);
    QPixmap blank(kThumbnail, kThumbnail);
    blank.fill(palette().color(QPalette::Mid));
    auto* added = new QListWidgetItem(QIcon(blank), fontMetrics().elidedText(lastPart(name), Qt::ElideMiddle, kThumbnail + 24), this);
    added->setData(kFileRole, file);
    added->setToolTip(name);
    setCurrentItem(added);
}

void Filmstrip::setThumbnail(const QImage& image)
{
    if (currentItem() == nullptr || image.isNull()) return;
    currentItem()->setIcon(QIcon(QPixmap::fromImage(image.scaled(kThumbnail, kThumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation))));
}

void Filmstrip::removeCurrent()
{
    const QSignalBlocker quiet(this);
    delete takeItem(currentRow());
}

void Filmstrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Opened pictures"));
    QListWidget::changeEvent(event);
}

} // namespace headlens
