// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/opening.h"

#include "core/base/resources.h"
#include "widgets/viewmodel/picture_files.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QMimeData>
#include <QMimeDatabase>
#include <QUrl>

#include <algorithm>

namespace headlens {
namespace {

const QStringList& filmEndings()
{
    static const QStringList kEndings{"mp4", "avi", "mov", "mkv", "webm", "m4v"};
    return kEndings;
}

const QStringList& modelEndings()
{
    static const QStringList kEndings{"safetensors", "pth", "pt", "bin", "ckpt", "npz", "pyth", "tar", "gguf"};
    return kEndings;
}

QStringList patterns(const QStringList& endings)
{
    QStringList all;
    for (const QString& ending : endings) all << "*." + ending;
    return all;
}

enum class Kind { Picture, Model, Nothing };

// A zip archive, a pickle of torch.save, safetensors, GGUF.
bool beginsLikeWeights(const QString& path)
{
    QFile file(path);
    constexpr qint64 kEnough = 16;
    const QByteArray first = file.open(QIODevice::ReadOnly) ? file.read(kEnough) : QByteArray();
    const bool pickle = first.size() > 1 && first[0] == '\x80' && first[1] >= 2 && first[1] <= 5;
    const bool safetensors = first.size() > 8 && first.mid(5, 4) == QByteArray("\0\0\0{", 4);
    return pickle || safetensors || first.startsWith("PK\x03\x04") || first.startsWith("GGUF");
}

// By content where the first bytes tell: a picture called .bin is a picture, a checkpoint called .pth.tar a model. What
// has no content to look into (missing, empty, no regular file) by its ending.
Kind kindOf(const QString& path)
{
    static const QMimeDatabase kTypes;
    const QFileInfo info(path);
    const auto endsLike = [&](const QStringList& endings) {
        return std::ranges::any_of(
            endings, [&](const QString& ending) { return path.endsWith('.' + ending, Qt::CaseInsensitive); });
    };
    const bool readable = info.isFile() && info.size() > 0;
    const QMimeType type = readable ? kTypes.mimeTypeForFile(info, QMimeDatabase::MatchContent) : QMimeType();
    // First: the length of a safetensors header may look like the magic of a picture.
    if (readable && beginsLikeWeights(path)) return Kind::Model;
    const bool picture = type.name().startsWith("image/") || type.name() == "application/dicom"; // which is then named
    if (picture || type.name().startsWith("video/")) return Kind::Picture;
    if (endsLike(modelEndings())) return Kind::Model;
    if (endsLike(pictureEndings()) || endsLike(filmEndings())) return Kind::Picture;
    const bool readsLikeText = !readable || type.inherits("text/plain");
    return readsLikeText ? Kind::Nothing : Kind::Model; // the engine looks closer and says what it is
}

bool holdsModel(const QDir& folder)
{
    const bool cache = folder.exists("snapshots") && (folder.exists("refs") || folder.dirName().startsWith("models--"));
    return cache || folder.exists("config.json") ||
           !folder.entryList(patterns(modelEndings()), QDir::Files).isEmpty() ||
           !folder.entryList({"checkpoint-*"}, QDir::Dirs).isEmpty();
}

// Its pictures, also of one folder a class. An empty one is most likely meant as a model: the engine says what is
// missing.
void addFolder(const QString& path, Opening& opening)
{
    FolderPictures found;
    if (!holdsModel(QDir(path))) found = picturesUnder(path);
    opening.leftOut = opening.leftOut || found.leftOut;
    if (found.paths.isEmpty())
        opening.model = path;
    else
        opening.pictures << found.paths;
}

} // namespace

Opening openingOf(const QStringList& paths)
{
    Opening opening;
    for (const QString& path : paths) {
        const QFileInfo info(path);
        if (info.isDir())
            addFolder(path, opening);
        else if (isSession(path))
            opening.session = path;
        else if (info.fileName() == "config.json" || info.fileName() == "adapter_config.json")
            opening.model = info.absolutePath();
        else if (const Kind kind = kindOf(path); path.endsWith(".index.json") || kind == Kind::Model)
            opening.model = path;
        else
            (kind == Kind::Picture ? opening.pictures : opening.unknown) << path;
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
    if (filmEndings().contains(QFileInfo(path).suffix().toLower())) return true;
    return QFileInfo(path).isFile() &&
           QMimeDatabase().mimeTypeForFile(path, QMimeDatabase::MatchContent).name().startsWith("video/");
}

bool isSession(const QString& path)
{
    return QFileInfo(path).suffix().compare(QLatin1String("headlens"), Qt::CaseInsensitive) == 0;
}

QString sessionFilter()
{
    return QCoreApplication::translate("Opening", "Sessions (%1)").arg("*.headlens");
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
