// SPDX-License-Identifier: GPL-3.0-or-later
// What the person opened before, as the start page shows it. Paths and texts are remembered in the settings; small
// copies of pictures are made by the engine while the page is shown.
#pragma once

#include "widgets/start/gallery.h"

#include <QHash>
#include <QObject>

namespace headlens {

class AppSettings;
class InspectionModel;
class Thumbnails;

class StartRecents : public QObject {
    Q_OBJECT
public:
    StartRecents(AppSettings* settings, InspectionModel* model, QObject* parent);

    QList<GalleryRecent> all() const; // the newest few of every kind; what vanished says so
    void makeThumbnails();            // those that are missing; changed() for each
    void addText(const QString& text, const QString& model);
    void remove(const GalleryRecent& recent);

Q_SIGNALS:
    void changed();

private:
    GalleryRecent model(const QString& path) const;
    GalleryRecent picture(const QString& path) const;
    QStringList pictures() const; // paths
    GalleryRecent text(const QString& entry) const;
    QString whyGone(const QString& path) const; // empty: it is there, or nobody knows

    AppSettings* m_settings;
    Thumbnails* m_thumbnails;
    QHash<QString, QImage> m_small; // by path; null: none can be made
};

} // namespace headlens
