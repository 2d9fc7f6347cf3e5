// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/start_recents.h"

#include "app/app_settings.h"
#include "app/open_menus.h"
#include "app/opening.h"
#include "app/thumbnails.h"

#include <QDir>
#include <QFileInfo>

namespace headlens {
namespace {

constexpr qsizetype kModels = 5, kPictures = 4, kTexts = 3; // of each, at most
constexpr int kSide = 64;                                   // pixels of a small copy
constexpr QChar kUnit(0x1F);                                // between a text and the model that read it

// "/home/me/.cache/…" as "~/.cache/…".
QString placeOf(const QString& path)
{
    const QString home = QDir::homePath() + QLatin1Char('/');
    return path.startsWith(home) ? QLatin1String("~/") + path.mid(home.size()) : path;
}

// "…/models--google--vit-base/snapshots/3f49…" is google/vit-base: the folder's own name says nothing.
QString nameOf(const QString& path)
{
    for (const QString& part : path.split(QLatin1Char('/')))
        if (part.startsWith(QLatin1String("models--")))
            return part.mid(int(qstrlen("models--"))).replace(QLatin1String("--"), QLatin1String("/"));
    return QFileInfo(path).fileName();
}

} // namespace

StartRecents::StartRecents(AppSettings* settings, InspectionModel* model, QObject* parent)
    : QObject(parent), m_settings(settings), m_thumbnails(new Thumbnails(
                                                 model, kSide,
                                                 [this](const QString& path, const QImage& image) {
                                                     m_small.insert(path, image);
                                                     Q_EMIT changed();
                                                 },
                                                 this))
{
}

// With an engine on another machine the paths of models are that machine's.
QString StartRecents::whyGone(const QString& path) const
{
    const bool isElsewhere = !m_settings->engineCommand().isEmpty() || path.contains(QLatin1String("://"));
    return isElsewhere || QFileInfo::exists(path) ? QString() : tr("It is no longer there.");
}

GalleryRecent StartRecents::model(const QString& path) const
{
    return {GalleryRecent::Kind::Model, path, nameOf(path), placeOf(path), whyGone(path)};
}

GalleryRecent StartRecents::picture(const QString& path) const
{
    const QFileInfo file(path);
    return {GalleryRecent::Kind::Picture, path,          file.fileName(),
            placeOf(file.path()),         whyGone(path), m_small.value(path)};
}

QStringList StartRecents::pictures() const
{
    return recentPaths(*m_settings, QStringLiteral("pictures")).mid(0, kPictures);
}

GalleryRecent StartRecents::text(const QString& entry) const
{
    const QString all = entry.section(kUnit, 0, 0), name = entry.section(kUnit, 1);
    constexpr qsizetype kLetters = 60;
    const QString line = all.simplified();
    GalleryRecent recent{GalleryRecent::Kind::Text, all, line.left(kLetters),
                         name.isEmpty() ? QString() : tr("read by %1").arg(nameOf(name))};
    if (line.size() > kLetters) recent.name += QChar(0x2026);
    recent.model = name;
    return recent;
}

QList<GalleryRecent> StartRecents::all() const
{
    QList<GalleryRecent> recents;
    for (const QString& path : m_settings->recent(QStringLiteral("models")).mid(0, kModels)) recents << model(path);
    for (const QString& path : pictures()) recents << picture(path);
    for (const QString& entry : m_settings->recent(QStringLiteral("texts")).mid(0, kTexts)) recents << text(entry);
    return recents;
}

void StartRecents::makeThumbnails()
{
    for (const QString& path : pictures()) {
        if (m_small.contains(path) || isFilm(path) || !QFileInfo(path).isFile()) continue;
        m_small.insert(path, {}); // asked for once
        m_thumbnails->queue(path);
    }
    m_thumbnails->next();
}

void StartRecents::addText(const QString& text, const QString& model)
{
    const QStringList before = m_settings->recent(QStringLiteral("texts"));
    const QString last = before.value(0).section(kUnit, 0, 0);
    const bool goesOn = !last.isEmpty() && (text.startsWith(last) || last.startsWith(text)); // still being typed
    if (goesOn) m_settings->forgetRecent(QStringLiteral("texts"), before.first());
    m_settings->addRecent(QStringLiteral("texts"), text + kUnit + model);
}

void StartRecents::remove(const GalleryRecent& recent)
{
    switch (recent.kind) {
    case GalleryRecent::Kind::Model: m_settings->forgetRecent(QStringLiteral("models"), recent.what); break;
    case GalleryRecent::Kind::Picture: m_settings->forgetRecent(QStringLiteral("pictures"), recent.what); break;
    case GalleryRecent::Kind::Text:
        for (const QString& entry : m_settings->recent(QStringLiteral("texts")))
            if (text(entry) == recent) m_settings->forgetRecent(QStringLiteral("texts"), entry);
    }
    Q_EMIT changed();
}

} // namespace headlens
