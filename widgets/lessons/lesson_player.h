// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson beside the live view: its text with the numbers of the run that is shown, one step after the other. It asks
// for states and never sets them: the window does.
#pragma once

#include "core/lesson/lesson.h"
#include "widgets/lessons/lesson_page.h"
#include "widgets/lessons/lesson_places.h"
#include "widgets/lessons/lesson_values.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

#include <functional>
#include <map>
#include <memory>
#include <set>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace headlens {

class LessonPrediction;
class Narrator;
class ReadAloud;

class LessonPlayer : public QWidget {
    Q_OBJECT
public:
    using Answered = std::function<void(const std::vector<verbs::EvaluatedOne>&)>;
    using Evaluate = std::function<void(const std::vector<std::string>&, Answered)>;

    LessonPlayer(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    void open(const Lesson& lesson); // at its first step
    void close();
    bool isOpen() const { return m_isOpen; }
    const Lesson& lesson() const { return m_lesson; }
    int step() const { return m_step; }
    int revealed() const { return m_revealed; } // reveals of the step that are shown
    const ViewState& shown() const;             // of an open lesson
    void go(int step);                          // without reveals, from wherever one comes
    void next();                                // the next reveal, then the next step, once the gate is open
    void skip();                                // the same without doing what the step asks for
    void back();
    void restart();
    void predict(int choice);
    bool isGateOpen() const;
    // What stateWanted() asked for is there: from now on it is the learner who selects.
    void stageIsSet();
    // Whether the heads that the step speaks of stand out; not while the lesson is put away.
    void setEmphasis(bool on);
    void setLanguage(const QString& language); // "en", "zh_CN"
    // The lesson that its last step offers; empty: none.
    void setFollowing(const QString& title);
    // Who computes the numbers; the engine's verb evaluate unless told otherwise.
    void setEvaluate(Evaluate evaluate) { m_evaluate = std::move(evaluate); }
    // Where addresses lead; the run of the model unless told otherwise.
    void setPlaces(const LessonPlaces& places) { m_places = places; }
    // Who reads aloud; without one there is no such button.
    void setNarrator(std::unique_ptr<Narrator> narrator);
    QSize sizeHint() const override { return {380, 520}; }

Q_SIGNALS:
    // At every step and reveal; `folder`: of the lesson, where its pictures are.
    void stateWanted(const headlens::ViewState& state, const QString& folder);
    void closed();
    void followingWanted(); // after the last step

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void listen();
    void watchKeys();
    bool takesKey(const QObject* where, int key) const;
    void onKey(int key);
    const LessonStep& now() const { return m_lesson.steps[std::size_t(m_step)]; }
    void emphasise() const;
    const StepText& said() const;
    bool isLast() const;
    bool asks() const; // a question is on the page, answered or not
    void announce();   // the state of this step and reveal
    void onInput();
    void askAgain();
    void ask();
    void look(); // whether the gate opens
    void tell();
    void tellPage();
    void tellTask();
    void tellButtons();
    void nameSteps();
    std::string pageText() const;
    void retranslate();

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    LessonPlaces m_places;
    Evaluate m_evaluate;
    QLabel *m_title, *m_task;
    QProgressBar* m_progress;
    QComboBox* m_jump;
    LessonPage* m_page;
    LessonPrediction* m_prediction;
    ReadAloud* m_aloud;
    QPushButton *m_back, *m_continue, *m_skip, *m_following, *m_restart, *m_close;
    Lesson m_lesson;
    LessonValues m_values;
    QString m_language;
    bool m_isOpen = false;
    LessonPage::Place m_place = LessonPage::Place::Top; // of the page when it is filled next
    int m_step = 0, m_revealed = 0;
    int m_farthest = 0; // step that was shown so far
    QString m_followingTitle;
    std::set<int> m_passed;       // steps whose gate was opened; going back does not close it
    std::map<int, int> m_choices; // predictions, by step
    bool m_wantsValues = false, m_stageIsSet = false;
    int m_tries = 0, m_question = 0; // of the evaluation; an answer to an older question is none
};

} // namespace headlens
