// SPDX-License-Identifier: GPL-3.0-or-later
// What a learner sees of a lesson: title, progress, page, question, task and buttons. It only shows and asks; the
// player moves.
#pragma once

#include "widgets/lessons/lesson_page.h"
#include "widgets/lessons/lesson_progress.h"
#include "widgets/lessons/lesson_values.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace headlens {

class LessonPrediction;
class ReadAloud;

class LessonSheet : public QWidget {
    Q_OBJECT
public:
    explicit LessonSheet(QWidget* parent = nullptr);

    void tell(const LessonProgress& progress, const LessonValues& values, LessonPage::Place place);
    // The list of steps. Those that lie ahead have numbers only: their first sentences tell what a question before
    // them asks for.
    void nameSteps(const LessonProgress& progress);
    // The lesson that the last step offers; empty: none. Seen from the next tell() on.
    void setFollowing(const QString& title) { m_followingTitle = title; }
    LessonPage* page() const { return m_page; }
    ReadAloud* aloud() const { return m_aloud; }

Q_SIGNALS:
    void stepChosen(int step);
    void predicted(int choice);
    void backPressed();
    void continuePressed();
    void skipPressed();
    void followingPressed();
    void restartPressed();
    void closePressed();
    void grown(); // there are new buttons

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void connectParts();
    std::string pageText(const LessonProgress& progress, const LessonValues& values) const;
    void tellQuestion(const LessonProgress& progress, const LessonValues& values);
    void tellTask(const LessonProgress& progress);
    void tellButtons(const LessonProgress& progress);
    void retranslate();

    QLabel *m_title, *m_task;
    QProgressBar* m_progress;
    QComboBox* m_jump;
    LessonPage* m_page;
    LessonPrediction* m_prediction;
    ReadAloud* m_aloud;
    QPushButton *m_back, *m_continue, *m_skip, *m_following, *m_restart, *m_close;
    QString m_followingTitle;
};

} // namespace headlens
