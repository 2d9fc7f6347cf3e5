// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/opening.h"

#include "core/base/resources.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QMimeData>
#include <QUrl>

namespace headlens {
namespace {

const QStringList& pictureEndings()
{
    static const QStringList kEndings{"png", "jpg", "jpeg", "bmp", "webp", "tif", "tiff", "gif", "ppm", "pgm", "pnm"};
    return kEndings;
}

const QStringList& filmEndings()
{
    static const QStringList kEndings{"mp4", "avi", "mov", "mkv", "webm", "m4v"};
    return kEndings;
}

const QStringList& modelEndings()
{
    static const QStringList kEndings{"safetensors", "pth", "pt", "bin", "ckpt"};
    return kEndings;
}

QStringList patterns(const QStringList& endings)
{
    QStringList all;
    for (const QString& ending : endings) all << "*." + ending;
    return all;
}

void addFolder(const QString& path, Opening& opening)
{
    const QDir folder(path);
    const bool model =
        folder.exists("config.json") || !folder.entryList(patterns(modelEndings()), QDir::Files).isEmpty();
    const QStringList pictures = folder.entryList(patterns(pictureEndings()), QDir::Files, QDir::Name);
    if (model ||
        pictures.isEmpty()) { // an empty folder is most likely meant as a model: the engine says what is missing
        opening.model = path;
        return;
    }
    for (const QString& name : pictures) opening.pictures << folder.filePath(name);
}

} // namespace

Opening openingOf(const QStringList& paths)
{
    Opening opening;
    for (const QString& path : paths) {
        const QFileInfo info(path);
        const QString ending = info.suffix().toLower();
        if (info.isDir())
            addFolder(path, opening);
        else if (modelEndings().contains(ending) || path.endsWith(".index.json"))
            opening.model = path;
        else if (info.fileName() == "config.json")
            opening.model = info.absolutePath();
        else
            opening.pictures << path;
    }
    return opening;
}

Opening openingOf(const QMimeData& mime)
{
    QStringList paths;
    for (const QUrl& url : mime.urls())
        if (url.isLocalFile()) paths << url.toLocalFile();
    if (!paths.isEmpty()) return openingOf(paths);
    if (mime.hasImage()) {
        Opening opening;
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        if (qvariant_cast<QImage>(mime.imageData()).save(&buffer, "PNG"))
            opening.inMemory << NamedBytes{png, QCoreApplication::translate("Opening", "pasted picture")};
        return opening;
    }
    QString text = mime.text().trimmed();
    if (text.startsWith("file://")) text = QUrl(text).toLocalFile();
    return !text.isEmpty() && QFileInfo::exists(text) ? openingOf(QStringList{text}) : Opening{};
}

bool isFilm(const QString& path)
{
    return filmEndings().contains(QFileInfo(path).suffix().toLower());
}

QString filmFilter()
{
    return QCoreApplication::translate("Opening", "Films (%1)").arg(patterns(filmEndings()).join(' '));
}

QString pictureFilter()
{
    return QCoreApplication::translate("Opening", "Pictures (%1)").arg(patterns(pictureEndings()).join(' '));
}

QString modelFilter()
{
    return QCoreApplication::translate("Opening", "Models (%1)")
        .arg((patterns(modelEndings()) << "*.index.json").join(' '));
}

QString examplePictureOf(const QString& model)
{
    if (model.isEmpty() || model.contains(QLatin1Char('/'))) return {};
    const QString own = QStringLiteral("%1/models/%2/example.png").arg(QString::fromStdString(resourceFolder()), model);
    return QFileInfo::exists(own) ? own : QString();
}

} // namespace headlens
