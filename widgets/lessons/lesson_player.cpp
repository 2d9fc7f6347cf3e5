// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lessons/lesson_player.h"

#include "widgets/lessons/lesson_page.h"
#include "widgets/lessons/lesson_prediction.h"
#include "widgets/lessons/read_aloud.h"
#include "widgets/viewmodel/asking.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

// An evaluation can be lost (another asks meanwhile, the engine dies); one that fails every time is not asked for ever.
constexpr int kMostTries = 3;

} // namespace

LessonPlayer::LessonPlayer(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()),
      m_places(
          &model->model(), [model]() -> const verbs::InputInfo& { return model->input(); }, selection),
      m_evaluate([model](const std::vector<std::string>& expressions, Answered done) {
          headlens::ask(model, verbs::kEvaluate, {expressions}, model,
                        [done = std::move(done)](const verbs::Evaluation& found) { done(found.values); },
                        {.quiet = true});
      })
{
    build();
    listen();
    watchKeys();
    retranslate();
}

void LessonPlayer::setNarrator(std::unique_ptr<Narrator> narrator)
{
    m_aloud->setNarrator(std::move(narrator));
}

void LessonPlayer::listen()
{
    connect(m_model->link(), &EngineLink::settled, this, [this] {
        look();
        ask();
    });
    connect(m_model, &InspectionModel::inputChanged, this, &LessonPlayer::onInput);
    connect(m_model, &InspectionModel::modelChanged, this, &LessonPlayer::onInput);
    connect(m_heads, &HeadChoice::changed, this, &LessonPlayer::look);
    connect(m_tokens, &TokenChoice::changed, this, &LessonPlayer::look);
    connect(m_tokens, &TokenChoice::otherChanged, this, &LessonPlayer::look);
}

void LessonPlayer::open(const Lesson& lesson)
{
    if (lesson.steps.empty() || lesson.texts.empty()) return; // readLesson() gives none such
    m_lesson = lesson;
    m_isOpen = true;
    m_farthest = 0;
    nameSteps();
    restart();
    setFocus(Qt::OtherFocusReason);
}

void LessonPlayer::close()
{
    if (!m_isOpen) return;
    m_isOpen = false;
    ++m_question;
    m_places.emphasise({});
    m_aloud->startOver();
    tell();
    Q_EMIT closed();
}

void LessonPlayer::restart()
{
    m_passed.clear();
    m_choices.clear();
    go(0);
}

void LessonPlayer::go(int step)
{
    if (!m_isOpen) return;
    m_step = std::clamp(step, 0, int(m_lesson.steps.size()) - 1);
    if (m_step > m_farthest) {
        m_farthest = m_step;
        nameSteps();
    }
    m_revealed = 0;
    m_place = LessonPage::Place::Top;
    m_aloud->startOver();
    m_values.begin(now(), said());
    announce();
}

void LessonPlayer::next()
{
    if (!m_isOpen || !isGateOpen() || isLast()) return;
    if (m_revealed == int(now().reveals.size())) return go(m_step + 1);
    ++m_revealed;
    m_place = LessonPage::Place::End;
    m_aloud->stop(); // pressed again, it goes on with what is new
    announce();
}

void LessonPlayer::skip()
{
    if (!m_isOpen) return;
    m_passed.insert(m_step);
    tell();
    next();
}

void LessonPlayer::back()
{
    if (!m_isOpen) return;
    if (m_revealed == 0) {
        if (m_step > 0) go(m_step - 1);
        return;
    }
    --m_revealed;
    m_aloud->startOver();
    announce();
}

void LessonPlayer::predict(int choice)
{
    if (!asks() || m_choices.contains(m_step)) return;
    if (choice < 0 || choice >= int(said().choices.size())) return;
    m_choices[m_step] = choice;
    m_passed.insert(m_step);
    m_page->setFocus(Qt::OtherFocusReason); // a field would take the next Space as a letter
    tell();
}

bool LessonPlayer::isGateOpen() const
{
    if (!m_isOpen || now().gate == Gate::Next || m_passed.contains(m_step)) return m_isOpen;
    return now().gate == Gate::Predict && !asks(); // reveals come before the question
}

bool LessonPlayer::asks() const
{
    return m_isOpen && now().gate == Gate::Predict && m_revealed >= int(said().asksAfter);
}

bool LessonPlayer::isLast() const
{
    return m_step + 1 == int(m_lesson.steps.size()) && m_revealed == int(now().reveals.size());
}

const StepText& LessonPlayer::said() const
{
    return m_lesson.textFor(m_language.toStdString()).steps.at(now().id);
}

void LessonPlayer::setFollowing(const QString& title)
{
    m_followingTitle = title;
    tell();
}

void LessonPlayer::setLanguage(const QString& language)
{
    m_language = language;
    if (!m_isOpen) return;
    nameSteps();
    m_values.setText(said());
    askAgain();
}

const ViewState& LessonPlayer::shown() const
{
    return m_revealed == 0 ? now().view : now().reveals[std::size_t(m_revealed) - 1].view;
}

void LessonPlayer::emphasise() const
{
    const ViewState &first = now().view, &state = shown();
    const bool moved = first.layer != state.layer || first.head != state.head || first.fusion != state.fusion;
    const HeadPlace chosen{state.layer, state.fusion == "single" ? state.head : -1};
    m_places.emphasise(now().focus, moved ? std::optional(chosen) : std::nullopt);
}

void LessonPlayer::announce()
{
    const ViewState state = shown();
    ++m_question; // what is under way answers for another state
    m_wantsValues = false;
    tell();
    emphasise();
    m_stageIsSet = false;
    Q_EMIT stateWanted(state, QString::fromStdString(m_lesson.folder));
    if (!m_isOpen) return; // whoever listens may close the lesson
    askAgain();
}

void LessonPlayer::onInput()
{
    if (!m_isOpen) return;
    m_values.forget(m_revealed);
    askAgain();
}

void LessonPlayer::askAgain()
{
    ++m_question;
    m_wantsValues = true;
    m_tries = 0;
    tell();
    ask();
}

void LessonPlayer::ask()
{
    if (!m_isOpen || !m_wantsValues || !m_model->link()->isSettled() || m_tries >= kMostTries) return;
    const std::vector<std::string> expressions = m_values.wanted(m_revealed);
    m_wantsValues = !expressions.empty();
    if (!m_wantsValues) return;
    ++m_tries;
    const QPointer<LessonPlayer> self(this);
    m_evaluate(expressions, [self, expressions, question = m_question](const std::vector<verbs::EvaluatedOne>& values) {
        if (!self || !self->m_isOpen || question != self->m_question) return;
        self->m_wantsValues = false;
        self->m_values.take(self->m_revealed, expressions, values);
        self->tell();
    });
}

void LessonPlayer::setEmphasis(bool on)
{
    if (!m_isOpen) return;
    if (on)
        emphasise();
    else
        m_places.emphasise({});
}

void LessonPlayer::stageIsSet()
{
    m_stageIsSet = true;
    look();
}

void LessonPlayer::look()
{
    if (!m_isOpen || now().gate != Gate::Do || m_passed.contains(m_step)) return;
    if (!m_stageIsSet || !m_model->link()->isSettled()) return; // what is selected is left from the state before
    if (!m_places.isChosen(now().wanted)) return;
    m_passed.insert(m_step);
    tell();
}

} // namespace headlens
