// SPDX-License-Identifier: GPL-3.0-or-later
// What the cards of the start page ask for.
#pragma once

#include <QObject>

class QWidget;

namespace headlens {

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

private:
    void askForPicture();
    void askForSentence();
    void askForModel();
    void askForFolder();
    void openExample(const QString& model);
    QString reader() const; // a model of texts alone
    void beginToType();

    Parts m_parts;
};

} // namespace headlens
