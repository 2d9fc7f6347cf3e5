// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures, films and models into the window: chosen, dropped, pasted or taken from the filmstrip.
#pragma once

#include "app/opening.h"

#include <QObject>

#include <optional>

class QWidget;

namespace headlens {

class AppSettings;
class FilmPlayer;
class Filmstrip;
class InspectionModel;
class MessageBar;
class Thumbnails;

class Openings : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QWidget* window; // of the dialogs
        AppSettings* settings;
        InspectionModel* model;
        FilmPlayer* player;
        Filmstrip* strip;
        MessageBar* messages;
    };
    explicit Openings(const Parts& parts);

    // Of several pictures the first one that can be read is inspected; the others wait in the filmstrip.
    void open(const Opening& opening);
    void openModel(const QString& pathOrName);
    // Reads the file and inspects it; a file that cannot be read is said in the message bar.
    bool openPictureFile(const QString& path);
    // The engine could not read this one: it leaves the strip, and the next of those that were opened together with it
    // is shown.
    void openAnother(const QString& unreadable);
    void choosePictures();
    void chooseModel(bool folder);
    void paste();

Q_SIGNALS:
    void opens(); // something comes: it must be seen
    void sessionWanted(const QString& path);

private:
    void onModel();
    void remember(const QString& kind, const QString& path);
    void onInput();
    bool sayWhatIsMissing(const Opening& opening); // true: nothing is left to open
    void openBytes(const QByteArray& bytes, const QString& name);
    std::optional<QByteArray> read(const QString& path, qint64 largest); // says why it could not
    void openNextInstead();

    Parts m_parts;
    Thumbnails* m_thumbnails;
    QStringList m_insteadOf; // pictures to inspect if the one that was asked for cannot be read
    QString m_asked;         // the path of a model that is being opened: remembered when it is there
    int m_pasted = 0;
};

} // namespace headlens
