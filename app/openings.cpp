// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/openings.h"

#include "app/app_settings.h"
#include "app/thumbnails.h"
#include "widgets/common/message_bar.h"
#include "widgets/panels/filmstrip.h"
#include "widgets/viewmodel/film_player.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>

#include <utility>

namespace headlens {

Openings::Openings(const Parts& parts)
    : QObject(parts.window), m_parts(parts),
      m_thumbnails(new Thumbnails(
          parts.model, Filmstrip::kThumbnail,
          [strip = parts.strip](const QString& name, const QImage& image) { strip->setThumbnail(name, image); }, this))
{
    connect(m_parts.model, &InspectionModel::modelOpened, this, &Openings::onModel);
    connect(m_parts.model, &InspectionModel::inputChanged, this, &Openings::onInput);
    connect(m_parts.model->link(), &EngineLink::failed, this, [this] { m_asked.clear(); });
    connect(m_parts.strip, &Filmstrip::chosen, this, [this](const QString& name, const QByteArray& file) {
        if (file.isEmpty())
            openPictureFile(name);
        else
            m_parts.model->wishes()->openPicture(file, name);
    });
}

// After texts alone there is no picture to look at yet.
void Openings::onModel()
{
    m_parts.messages->withdrawProblem();
    if (const QString path = std::exchange(m_asked, {}); !path.isEmpty()) remember(QStringLiteral("models"), path);
    const verbs::ModelInfo& model = m_parts.model->model();
    if (!model.takesPictures || model.text.reads || m_parts.model->wishes()->hasPictureFile()) return;
    QFile sample(QString::fromLatin1(kSamplePicture));
    if (sample.open(QIODevice::ReadOnly)) openBytes(sample.readAll(), QFileInfo(sample).fileName());
}

void Openings::onInput()
{
    if (m_parts.model->hasInput()) {
        if (m_insteadOf.isEmpty()) m_parts.messages->withdrawProblem(); // otherwise it speaks of another picture
        m_insteadOf.clear();
    }
    m_parts.strip->select(QString::fromStdString(m_parts.model->input().name));
}

void Openings::open(const Opening& opening)
{
    if (sayWhatIsMissing(opening)) return;
    if (!opening.session.isEmpty()) return Q_EMIT sessionWanted(opening.session); // it says what else is opened
    if (!opening.model.isEmpty()) openModel(opening.model);
    m_insteadOf = opening.pictures.mid(1);
    for (const QString& path : m_insteadOf)
        if (m_parts.strip->addPicture(path)) m_thumbnails->queue(path);
    if (!opening.pictures.isEmpty() && !openPictureFile(opening.pictures.first())) openNextInstead();
    m_thumbnails->next();
    for (const NamedBytes& picture : opening.inMemory)
        openBytes(picture.bytes, QStringLiteral("%1 %2").arg(picture.name).arg(++m_pasted));
}

bool Openings::sayWhatIsMissing(const Opening& opening)
{
    // Of something else that comes nothing is known yet: only where nothing does, the next success takes it away.
    const auto kind = opening.isEmpty() ? MessageBar::Kind::Problem : MessageBar::Kind::Warning;
    const auto warn = [this, kind](const QString& text) { m_parts.messages->say(kind, text); };
    QStringList unknown;
    for (const QString& path : opening.unknown) unknown << QFileInfo(path).fileName();
    if (!unknown.isEmpty())
        warn(tr("Neither a picture nor a model: %1. Choose a picture or a model folder.")
                 .arg(unknown.join(QLatin1String(", "))));
    if (opening.leftOut) warn(tr("This folder holds very many files: not all pictures were opened."));
    if (opening.isEmpty() && unknown.isEmpty())
        warn(tr("There is nothing HeadLens can open. Choose a picture or a model folder."));
    return opening.isEmpty();
}

void Openings::openModel(const QString& pathOrName)
{
    Q_EMIT opens();
    m_asked = pathOrName.contains(QLatin1Char('/')) ? pathOrName : QString();
    m_parts.model->loader()->open(pathOrName);
}

// What lies in the program itself is nobody's own.
void Openings::remember(const QString& kind, const QString& path)
{
    if (!path.startsWith(QLatin1Char(':'))) m_parts.settings->addRecent(kind, path);
}

bool Openings::openPictureFile(const QString& path)
{
    Q_EMIT opens();
    if (isFilm(path)) { // the engine reads it where it lies
        remember(QStringLiteral("pictures"), QFileInfo(path).absoluteFilePath());
        m_parts.player->open(path.contains(QLatin1String("://")) ? path : QFileInfo(path).absoluteFilePath());
        return true;
    }
    constexpr qint64 kLargest = 256LL << 20;
    const auto bytes = read(path, kLargest);
    if (!bytes) return false;
    remember(QStringLiteral("pictures"), QFileInfo(path).absoluteFilePath());
    m_parts.model->wishes()->openPicture(*bytes, path);
    if (m_parts.strip->addPicture(path)) m_thumbnails->makeNow(path);
    return true;
}

std::optional<QByteArray> Openings::read(const QString& path, qint64 largest)
{
    QFile file(path);
    const bool plain = QFileInfo(path).isFile(); // a FIFO or device would hang the window
    const bool empty = plain && file.size() == 0;
    if (plain && !empty && file.open(QIODevice::ReadOnly) && file.size() <= largest) return file.readAll();
    const QString why = !plain          ? tr("it is no regular file")
                        : empty         ? tr("it is empty")
                        : file.isOpen() ? tr("it is too large")
                                        : file.errorString();
    m_parts.messages->say(MessageBar::Kind::Problem,
                          tr("%1 could not be opened: %2. Choose another picture.").arg(path, why));
    return std::nullopt;
}

void Openings::openBytes(const QByteArray& bytes, const QString& name)
{
    Q_EMIT opens();
    m_parts.model->wishes()->openPicture(bytes, name);
    if (m_parts.strip->addPicture(name, bytes)) m_thumbnails->make(name, bytes);
}

void Openings::openAnother(const QString& unreadable)
{
    m_parts.strip->remove(unreadable);
    m_parts.strip->select(QString::fromStdString(m_parts.model->input().name));
    openNextInstead();
}

void Openings::openNextInstead()
{
    while (!m_insteadOf.isEmpty())
        if (openPictureFile(m_insteadOf.takeFirst())) return;
}

void Openings::choosePictures()
{
    const QStringList paths = QFileDialog::getOpenFileNames(
        m_parts.window, tr("Open pictures"), {}, pictureFilter() + QStringLiteral(";;") + tr("All files (*)"));
    if (!paths.isEmpty()) open(openingOf(paths));
}

void Openings::chooseModel(bool folder)
{
    const QString path = folder
                             ? QFileDialog::getExistingDirectory(m_parts.window, tr("Open a model folder"))
                             : QFileDialog::getOpenFileName(m_parts.window, tr("Open a model file"), {},
                                                            modelFilter() + QStringLiteral(";;") + tr("All files (*)"));
    if (!path.isEmpty()) openModel(path);
}

void Openings::paste()
{
    const QMimeData* pasted = QApplication::clipboard()->mimeData();
    if (pasted != nullptr) open(openingOf(*pasted)); // none: a desktop whose clipboard nobody ever used
}

} // namespace headlens
