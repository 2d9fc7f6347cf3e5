// SPDX-License-Identifier: GPL-3.0-or-later
// What the start page asks for.
#pragma once

#include <QObject>

#include <functional>

class QMimeData;
class QWidget;

namespace headlens {

struct GalleryRecent;
class InspectionModel;
class LessonActions;
class MessageBar;
class Openings;
class StartScreen;
class TextPane;

class StartActions : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QWidget* window;
        StartScreen* screen;
        Openings* openings;
        LessonActions* lessons;
        InspectionModel* model;
        TextPane* text;
        MessageBar* messages;
    };
    explicit StartActions(const Parts& parts);

    // What was opened before: a model, a picture, or a text by the model that read it.
    void openRecent(const GalleryRecent& recent);

private:
    void listen();
    void listenToLists();
    void askForPicture();
    void askForSentence();
    // Opens `model` if none that reads is open, then does what comes next.
    void withReader(const QString& model, const std::function<void()>& then);
    void drop(const QMimeData& what);
    void rememberText();
    void askForModel();
    void askForFolder();
    void openExample(const QString& model, const QString& picture);
    QString reader() const; // a model of texts alone
    void beginToType();

    Parts m_parts;
};

} // namespace headlens
