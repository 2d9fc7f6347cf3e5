// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures, films and models into the window: chosen, dropped or pasted.
#include "app/main_window.h"
#include "widgets/common/message_bar.h"
#include "widgets/panels/filmstrip.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/film_player.h"

#include <QDragEnterEvent>
#include <QFile>
#include <QFileInfo>
#include <QMimeData>
#include <QTimer>

namespace headlens {

void MainWindow::openModel(const QString& pathOrName)
{
    leaveStartPage();
    if (pathOrName.contains(QLatin1Char('/'))) m_settings->addRecent(QStringLiteral("models"), pathOrName);
    m_inspection->openModel(pathOrName);
}

std::optional<QByteArray> MainWindow::readPicture(const QString& path, qint64 largest)
{
    QFile file(path);
    const bool plain = QFileInfo(path).isFile(); // a FIFO or device would hang the window
    const bool empty = plain && file.size() == 0;
    if (plain && !empty && file.open(QIODevice::ReadOnly) && file.size() <= largest) return file.readAll();
    const QString why = !plain          ? tr("it is no regular file")
                        : empty         ? tr("it is empty")
                        : file.isOpen() ? tr("it is too large")
                                        : file.errorString();
    m_messages->say(MessageBar::Kind::Problem,
                    tr("%1 could not be opened: %2. Choose another picture.").arg(path, why));
    return std::nullopt;
}

bool MainWindow::openPictureFile(const QString& path)
{
    leaveStartPage();
    if (isFilm(path)) { // the engine reads it where it lies
        m_settings->addRecent(QStringLiteral("pictures"), QFileInfo(path).absoluteFilePath());
        m_player->open(path.contains(QLatin1String("://")) ? path : QFileInfo(path).absoluteFilePath());
        return true;
    }
    constexpr qint64 kLargest = 256LL << 20;
    const auto bytes = readPicture(path, kLargest);
    if (!bytes) return false;
    m_settings->addRecent(QStringLiteral("pictures"), QFileInfo(path).absoluteFilePath());
    m_inspection->openPicture(*bytes, path);
    if (!m_filmstrip->addPicture(path)) return true;
    m_thumbnails.prepend(path);
    nextThumbnail();
    return true;
}

// After one that could not be read: the next of those that were opened together with it.
void MainWindow::openNextInstead()
{
    while (!m_insteadOf.isEmpty())
        if (openPictureFile(m_insteadOf.takeFirst())) return;
}

void MainWindow::openBytes(const QByteArray& bytes, const QString& name)
{
    leaveStartPage();
    m_inspection->openPicture(bytes, name);
    if (!m_filmstrip->addPicture(name, bytes)) return;
    askForThumbnail(bytes, [this, name](const QImage& image) { m_filmstrip->setThumbnail(name, image); });
}

// A small copy for the filmstrip; a null image for files that are no pictures.
void MainWindow::askForThumbnail(const QByteArray& file, const std::function<void(const QImage&)>& done)
{
    headlens::ask(m_inspection, verbs::kThumbnail, {Filmstrip::kThumbnail}, this,
                  [done](const verbs::SmallPicture& small) { done(toQImage(small.picture)); },
                  {.about = Asking::About::Nothing,
                   .tag = QString(),
                   .quiet = true,
                   .unanswered = Unanswered::AlwaysEmpty,
                   .tensors = {imageTensor(file)}});
}

// One at a time: a folder of a thousand photographs must neither fill the memory nor block the window.
void MainWindow::nextThumbnail()
{
    if (m_thumbnailRuns || m_thumbnails.isEmpty()) return;
    const QString path = m_thumbnails.takeFirst();
    constexpr qint64 kLargest = 32LL << 20; // larger ones keep the blank
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kLargest) return nextThumbnail();
    m_thumbnailRuns = true;
    askForThumbnail(file.readAll(), [this, path](const QImage& image) {
        m_thumbnailRuns = false;
        m_filmstrip->setThumbnail(path, image);
        QTimer::singleShot(0, this, &MainWindow::nextThumbnail);
    });
}

// Of several pictures the first one that can be read is inspected; the others wait in the filmstrip.
void MainWindow::open(const Opening& opening)
{
    QStringList unknown;
    for (const QString& path : opening.unknown) unknown << QFileInfo(path).fileName();
    if (!unknown.isEmpty())
        m_messages->say(MessageBar::Kind::Warning,
                        tr("Neither a picture nor a model: %1. Choose a picture or a model folder.")
                            .arg(unknown.join(QLatin1String(", "))));
    if (opening.leftOut)
        m_messages->say(MessageBar::Kind::Warning,
                        tr("This folder holds very many files: not all pictures were opened."));
    if (opening.isEmpty() && !opening.unknown.isEmpty()) return;
    if (opening.isEmpty())
        return m_messages->say(MessageBar::Kind::Warning,
                               tr("There is nothing HeadLens can open. Choose a picture or a model folder."));
    if (!opening.model.isEmpty()) openModel(opening.model);
    m_insteadOf = opening.pictures.mid(1);
    for (const QString& path : m_insteadOf)
        if (m_filmstrip->addPicture(path)) m_thumbnails.append(path);
    if (!opening.pictures.isEmpty() && !openPictureFile(opening.pictures.first())) openNextInstead();
    nextThumbnail();
    for (const NamedBytes& picture : opening.inMemory)
        openBytes(picture.bytes, QStringLiteral("%1 %2").arg(picture.name).arg(++m_pasted));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasImage()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    open(openingOf(*event->mimeData()));
}

} // namespace headlens
