// SPDX-License-Identifier: GPL-3.0-or-later
// What a dropped, pasted or chosen thing is: pictures, a model, or nothing we know.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

class QMimeData;

namespace headlens {

inline constexpr const char* kSamplePicture = ":/images/emoji-scene-dog.png"; // in the program

struct NamedBytes {
    QByteArray bytes;
    QString name;
};

struct Opening {
    QString model;              // a path, or empty
    QString session;            // of what was open once (.headlens); goes before everything else
    QStringList pictures;       // paths
    QStringList unknown;        // paths of what is neither
    bool leftOut = false;       // a folder held more files than were looked at
    QList<NamedBytes> inMemory; // pasted pictures, as PNG
    bool isEmpty() const { return model.isEmpty() && session.isEmpty() && pictures.isEmpty() && inMemory.isEmpty(); }
};

// Decides by the first bytes of a file, and by names where they tell nothing; the engine looks closer.
Opening openingOf(const QStringList& paths);
// Files before picture data before text: a file manager offers all three.
Opening openingOf(const QMimeData& mime);

// By its name (mp4, avi, mov, mkv, webm, m4v) or its first bytes.
bool isFilm(const QString& path);

bool isSession(const QString& path); // by its name

// Name filters of the file dialogs.
QString filmFilter();
QString pictureFilter();
QString modelFilter();
QString sessionFilter();

// The picture that an embedded model brings to be tried on (example.png beside its weights); empty without.
QString examplePictureOf(const QString& model);

} // namespace headlens
