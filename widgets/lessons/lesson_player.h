// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson beside the live view: its text with the numbers of the run that is shown, one step after the other. It asks
// for states and never sets them: the window does.
#pragma once

#include "widgets/lessons/lesson_page.h"
#include "widgets/lessons/lesson_places.h"
#include "widgets/lessons/lesson_progress.h"
#include "widgets/lessons/lesson_values.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QStackedWidget>
#include <QTimer>

#include <functional>
#include <memory>

namespace headlens {

class LessonKeys;
class LessonList;
class LessonSheet;
class Narrator;

class LessonPlayer : public QStackedWidget {
    Q_OBJECT
public:
    using Answered = std::function<void(const std::vector<verbs::EvaluatedOne>&)>;
    using Evaluate = std::function<void(const std::vector<std::string>&, Answered)>;

    LessonPlayer(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    void open(const Lesson& lesson); // at its first step
    void close();
    bool isOpen() const { return m_progress.isOpen(); }
    const LessonProgress& progress() const { return m_progress; }
    void go(int step); // without reveals, from wherever one comes
    void next();       // the next reveal, then the next step, once the gate is open
    void skip();       // the same without doing what the step asks for
    void back();
    void restart();
    void wait(); // for its next move: another model was opened, the page speaks of none of its numbers
    void predict(int choice);
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
    // Those that can be taken, shown while none is open.
    LessonList* list() const { return m_list; }
    QSize sizeHint() const override { return {380, 520}; }

Q_SIGNALS:
    // At every step and reveal; `folder`: of the lesson, where its pictures are.
    void stateWanted(const headlens::ViewState& state, const QString& folder);
    void waits();
    void goesOn(); // after it waited: the next state replaces what the learner has open
    void closed();
    void followingWanted(); // after the last step

protected:
    void changeEvent(QEvent* event) override;

private:
    void listen();
    void listenToParts();
    void emphasise() const;
    void announce(); // the state of this step and reveal
    void onInput();
    void askAgain();
    void ask();
    void look();          // whether the gate opens
    bool isThere() const; // what this state shows
    void goOn();          // where next() had to wait for that
    void advance();
    void tell();

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    LessonPlaces m_places;
    Evaluate m_evaluate;
    LessonList* m_list;
    LessonSheet* m_sheet;
    LessonKeys* m_keys;
    LessonProgress m_progress;
    LessonValues m_values;
    LessonPage::Place m_place = LessonPage::Place::Top; // of the page when it is filled next
    QTimer m_patience;                                  // runs while next() waits
    bool m_wantsValues = false, m_stageIsSet = false;
    int m_tries = 0, m_question = 0; // of the evaluation; an answer to an older question is none
};

} // namespace headlens
