// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lessons/lesson_player.h"

#include "widgets/lessons/lesson_keys.h"
#include "widgets/lessons/lesson_sheet.h"
#include "widgets/lessons/read_aloud.h"
#include "widgets/start/lesson_list.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/asking.h"

#include <QEvent>
#include <QPointer>
#include <QScrollArea>
#include <QVBoxLayout>

#include <utility>

namespace headlens {
namespace {

// An evaluation can be lost (another asks meanwhile, the engine dies); one that fails every time is not asked for ever.
constexpr int kMostTries = 3;
constexpr int kPatience = 4000; // ms that a pressed Continue waits for what the step shows

// At the top, as far from the edge as a page is.
QWidget* scrolled(QWidget* list)
{
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(kWide, kGap, kGap, kGap);
    column->addWidget(list);
    column->addStretch(1);
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(content);
    return area;
}

} // namespace

LessonPlayer::LessonPlayer(InspectionModel* model, Selection* selection, QWidget* parent)
    : QStackedWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()),
      m_places(
          &model->model(), [model]() -> const verbs::InputInfo& { return model->input(); }, selection),
      m_evaluate([model](const std::vector<std::string>& expressions, Answered done) {
          headlens::ask(model, verbs::kEvaluate, {expressions}, model,
                        [done = std::move(done)](const verbs::Evaluation& found) { done(found.values); },
                        {.quiet = true});
      }),
      m_list(new LessonList), m_sheet(new LessonSheet), m_keys(new LessonKeys(m_sheet))
{
    addWidget(scrolled(m_list));
    addWidget(m_sheet);
    setFocusProxy(m_sheet->page());
    setAccessibleName(tr("Lesson"));
    listen();
    listenToParts();
    tell();
}

void LessonPlayer::setNarrator(std::unique_ptr<Narrator> narrator)
{
    m_sheet->aloud()->setNarrator(std::move(narrator));
}

void LessonPlayer::listen()
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, this, &LessonPlayer::advance);
    connect(m_model->link(), &EngineLink::settled, this, [this] {
        look();
        ask();
        goOn();
    });
    connect(m_model, &InspectionModel::inputChanged, this, &LessonPlayer::onInput);
    connect(m_model, &InspectionModel::modelChanged, this, &LessonPlayer::onInput);
    connect(m_heads, &HeadChoice::changed, this, &LessonPlayer::look);
    connect(m_tokens, &TokenChoice::changed, this, &LessonPlayer::look);
    connect(m_tokens, &TokenChoice::otherChanged, this, &LessonPlayer::look);
}

void LessonPlayer::listenToParts()
{
    LessonPage* page = m_sheet->page();
    page->setExplanation([this](const std::string& address) { return m_places.explained(address); });
    connect(page, &LessonPage::addressHovered, this, [this](const QString& to) { m_places.hover(to.toStdString()); });
    connect(page, &LessonPage::addressChosen, this, [this](const QString& to) { m_places.choose(to.toStdString()); });
    connect(m_sheet, &LessonSheet::grown, m_keys, &LessonKeys::watch);
    connect(m_sheet, &LessonSheet::predicted, this, &LessonPlayer::predict);
    connect(m_sheet, &LessonSheet::stepChosen, this, &LessonPlayer::go);
    connect(m_sheet, &LessonSheet::backPressed, this, &LessonPlayer::back);
    connect(m_sheet, &LessonSheet::continuePressed, this, &LessonPlayer::next);
    connect(m_sheet, &LessonSheet::skipPressed, this, &LessonPlayer::skip);
    connect(m_sheet, &LessonSheet::followingPressed, this, &LessonPlayer::followingWanted);
    connect(m_sheet, &LessonSheet::restartPressed, this, &LessonPlayer::restart);
    connect(m_sheet, &LessonSheet::closePressed, this, &LessonPlayer::close);
    connect(m_keys, &LessonKeys::nextPressed, this, &LessonPlayer::next);
    connect(m_keys, &LessonKeys::backPressed, this, &LessonPlayer::back);
    connect(m_keys, &LessonKeys::firstPressed, this, [this] { go(0); });
    connect(m_keys, &LessonKeys::choicePressed, this, &LessonPlayer::predict);
}

void LessonPlayer::open(const Lesson& lesson)
{
    if (lesson.steps.empty() || lesson.texts.empty()) return; // readLesson() gives none such
    m_progress.open(lesson);
    m_sheet->nameSteps(m_progress);
    go(0);
    setFocus(Qt::OtherFocusReason);
}

void LessonPlayer::close()
{
    if (!isOpen()) return;
    m_progress.close();
    m_patience.stop();
    ++m_question;
    m_places.emphasise({});
    m_sheet->aloud()->startOver();
    tell();
    Q_EMIT closed();
}

void LessonPlayer::wait()
{
    if (!isOpen()) return;
    m_progress.setWaits(true);
    m_patience.stop();
    ++m_question;
    m_wantsValues = false;
    m_places.emphasise({});
    m_sheet->aloud()->startOver();
    m_place = LessonPage::Place::Top;
    tell();
    Q_EMIT waits();
}

void LessonPlayer::restart()
{
    m_progress.forget();
    go(0);
}

void LessonPlayer::go(int step)
{
    if (!isOpen()) return;
    const int before = m_progress.farthest();
    m_progress.go(step);
    if (m_progress.farthest() > before) m_sheet->nameSteps(m_progress);
    m_place = LessonPage::Place::Top;
    m_sheet->aloud()->startOver();
    m_values.begin(m_progress.now(), m_progress.said());
    announce();
}

void LessonPlayer::next()
{
    if (m_progress.waits()) return announce();
    if (!m_progress.isGateOpen() || m_progress.isLast() || m_patience.isActive()) return;
    if (!isThere()) return m_patience.start(); // what the step speaks of must be seen before the next one
    advance();
}

bool LessonPlayer::isThere() const
{
    const std::string& view = m_progress.shown().view;
    const bool isQuick = view.empty() || view == "row"; // a map of a method may cost a pass with gradients
    return isQuick || (m_stageIsSet && m_model->link()->isSettled());
}

void LessonPlayer::goOn()
{
    if (!m_patience.isActive() || !isThere()) return;
    m_patience.stop();
    advance();
}

void LessonPlayer::advance()
{
    if (!m_progress.isGateOpen() || m_progress.isLast()) return;
    if (m_progress.isRevealed()) return go(m_progress.step() + 1);
    m_progress.reveal();
    m_place = LessonPage::Place::End;
    m_sheet->aloud()->stop(); // pressed again, it goes on with what is new
    announce();
}

void LessonPlayer::skip()
{
    if (!isOpen()) return;
    m_progress.pass();
    tell();
    next();
}

void LessonPlayer::back()
{
    if (!isOpen()) return;
    if (m_progress.waits()) return announce();
    if (m_progress.revealed() == 0) {
        if (m_progress.step() > 0) go(m_progress.step() - 1);
        return;
    }
    m_progress.unreveal();
    m_sheet->aloud()->startOver();
    announce();
}

void LessonPlayer::predict(int choice)
{
    if (!m_progress.predict(choice)) return;
    m_sheet->page()->setFocus(Qt::OtherFocusReason); // a field would take the next Space as a letter
    tell();
}

void LessonPlayer::setFollowing(const QString& title)
{
    m_sheet->setFollowing(title);
    tell();
}

void LessonPlayer::setLanguage(const QString& language)
{
    m_progress.setLanguage(language.toStdString());
    if (!isOpen()) return;
    m_sheet->nameSteps(m_progress);
    m_values.setText(m_progress.said());
    if (m_progress.waits()) return tell();
    askAgain();
}

void LessonPlayer::emphasise() const
{
    const ViewState &first = m_progress.now().view, &state = m_progress.shown();
    const bool moved = first.layer != state.layer || first.head != state.head || first.fusion != state.fusion;
    const HeadPlace chosen{state.layer, state.fusion == "single" ? state.head : -1};
    m_places.emphasise(m_progress.now().focus, moved ? std::optional(chosen) : std::nullopt);
}

void LessonPlayer::announce()
{
    if (m_progress.waits()) {
        m_progress.setWaits(false);
        Q_EMIT goesOn();
    }
    m_patience.stop();
    const ViewState state = m_progress.shown();
    ++m_question; // what is under way answers for another state
    m_wantsValues = false;
    tell();
    emphasise();
    m_stageIsSet = false;
    Q_EMIT stateWanted(state, QString::fromStdString(m_progress.lesson().folder));
    if (!isOpen()) return; // whoever listens may close the lesson
    askAgain();
}

void LessonPlayer::onInput()
{
    if (!isOpen()) return;
    m_values.forget(m_progress.revealed());
    if (!m_progress.waits()) askAgain();
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
    if (!isOpen() || !m_wantsValues || !m_model->link()->isSettled() || m_tries >= kMostTries) return;
    const std::vector<std::string> expressions = m_values.wanted(m_progress.revealed());
    m_wantsValues = !expressions.empty();
    if (!m_wantsValues) return;
    ++m_tries;
    const QPointer<LessonPlayer> self(this);
    m_evaluate(expressions, [self, expressions, question = m_question](const std::vector<verbs::EvaluatedOne>& values) {
        if (!self || !self->isOpen() || question != self->m_question) return;
        self->m_wantsValues = false;
        self->m_values.take(self->m_progress.revealed(), expressions, values);
        self->tell();
    });
}

void LessonPlayer::setEmphasis(bool on)
{
    if (!isOpen() || m_progress.waits()) return;
    if (on)
        emphasise();
    else
        m_places.emphasise({});
}

void LessonPlayer::stageIsSet()
{
    m_stageIsSet = true;
    look();
    goOn();
}

void LessonPlayer::look()
{
    if (!isOpen() || m_progress.waits() || m_progress.now().gate != Gate::Do || m_progress.isGateOpen()) return;
    if (!m_stageIsSet || !m_model->link()->isSettled()) return; // what is selected is left from the state before
    if (!m_places.isChosen(m_progress.now().wanted)) return;
    m_progress.pass();
    tell();
}

void LessonPlayer::tell()
{
    setCurrentIndex(isOpen() ? 1 : 0);
    m_keys->setActive(isOpen(), isOpen() && m_progress.now().gate == Gate::Predict);
    m_sheet->tell(m_progress, m_values, std::exchange(m_place, LessonPage::Place::Kept));
}

void LessonPlayer::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Lesson"));
        tell();
    }
    QStackedWidget::changeEvent(event);
}

} // namespace headlens
