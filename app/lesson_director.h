// SPDX-License-Identifier: GPL-3.0-or-later
// Puts on the stage what a step of a lesson shows: model, picture, text, what is taken away or written, then the place
// that is looked at. Always all of it, so that a step looks the same from wherever one comes.
#pragma once

#include "core/lesson/lesson.h"
#include "widgets/viewmodel/in_turn.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QObject>

#include <functional>
#include <optional>

namespace headlens {

class LessonDirector : public QObject {
    Q_OBJECT
public:
    // What only the window can do.
    struct Window {
        std::function<void(const TextRequest&)> fillText; // shows and runs it
        std::function<void(int tokens)> write;
        std::function<void(const QString& view)> raise;      // a name of --show
        std::function<void()> fit;                           // the whole picture is seen
        std::function<void(const QString& workspace)> stand; // in one of them; empty: that of lessons
    };
    LessonDirector(InspectionModel* model, Selection* selection, Window window, QObject* parent);

    // `folder`: of the lesson, for its pictures.
    void show(const ViewState& view, const QString& folder);
    void leave(); // the learner goes on alone

Q_SIGNALS:
    void failed(const QString& why);
    void left();     // the learner opened another model than that of the step
    void arranged(); // all of a state is there, or as much of it as there can be

private:
    void openModel();
    bool isShown(const verbs::ModelInfo& opened) const;
    void openInput();
    void showPicture(const QByteArray& file); // that of m_view
    void takeAway();
    void write();
    void goToPlace();
    QByteArray picture(const std::string& name) const;

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    InTurn* m_turn;
    Window m_window;
    ViewState m_view;
    QString m_folder;
    std::string m_shownModel; // of the last step
    QString m_shownImage;     // the same, with the folder of its lesson: two lessons may have pictures of one name
};

} // namespace headlens
