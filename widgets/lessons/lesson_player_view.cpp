// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the player, what they say, and its keys.
#include "widgets/lessons/lesson_player.h"
#include "widgets/lessons/lesson_prediction.h"
#include "widgets/lessons/read_aloud.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace headlens {
namespace {

// A disabled button passes its focus on to the next one, which nobody meant to press.
void setUsable(QPushButton* button, bool usable, QWidget* otherwise)
{
    if (!usable && button->hasFocus()) otherwise->setFocus(Qt::OtherFocusReason);
    button->setEnabled(usable);
}

} // namespace

void LessonPlayer::build()
{
    auto* layout = new QVBoxLayout(this);
    auto* top = new QHBoxLayout;
    top->addWidget(m_title = new QLabel, 1);
    m_page = new LessonPage;
    top->addWidget(m_aloud = new ReadAloud(m_page));
    top->addWidget(m_close = new QPushButton);
    layout->addLayout(top);
    layout->addWidget(m_progress = new QProgressBar);
    layout->addWidget(m_jump = new QComboBox);
    layout->addWidget(m_page, 1);
    layout->addWidget(m_prediction = new LessonPrediction);
    layout->addWidget(m_task = new QLabel);
    auto* buttons = new QHBoxLayout;
    for (QPushButton** button : {&m_back, &m_continue, &m_skip, &m_following, &m_restart})
        buttons->addWidget(*button = new QPushButton);
    layout->addLayout(buttons);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (QLabel* label : {m_title, m_task}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_skip->setFlat(true);
    m_jump->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // long names do not widen the dock
    m_jump->setMinimumContentsLength(12);
    m_page->setExplanation([this](const std::string& address) { return m_places.explained(address); });
    setFocusProxy(m_page);
    connect(m_page, &LessonPage::addressHovered, this, [this](const QString& to) { m_places.hover(to.toStdString()); });
    connect(m_page, &LessonPage::addressChosen, this, [this](const QString& to) { m_places.choose(to.toStdString()); });
    connect(m_prediction, &LessonPrediction::chosen, this, &LessonPlayer::predict);
    connect(m_prediction, &LessonPrediction::grown, this, &LessonPlayer::watchKeys);
    connect(m_jump, &QComboBox::activated, this, &LessonPlayer::go);
    connect(m_back, &QPushButton::clicked, this, &LessonPlayer::back);
    connect(m_continue, &QPushButton::clicked, this, &LessonPlayer::next);
    connect(m_skip, &QPushButton::clicked, this, &LessonPlayer::skip);
    connect(m_following, &QPushButton::clicked, this, &LessonPlayer::followingWanted);
    connect(m_restart, &QPushButton::clicked, this, &LessonPlayer::restart);
    connect(m_close, &QPushButton::clicked, this, &LessonPlayer::close);
}

void LessonPlayer::watchKeys()
{
    for (QWidget* child : findChildren<QWidget*>()) {
        child->removeEventFilter(this); // once is enough
        child->installEventFilter(this);
    }
}

bool LessonPlayer::takesKey(const QObject* where, int key) const
{
    // A button that has focus is pressed by Space, a list is walked and opened by its keys, as everywhere.
    const bool ofButton = qobject_cast<const QAbstractButton*>(where) != nullptr;
    const bool ofList = qobject_cast<const QComboBox*>(where) != nullptr;
    switch (key) {
    case Qt::Key_Space: return !ofButton && !ofList;
    case Qt::Key_Home:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: return !ofList;
    case Qt::Key_Right:
    case Qt::Key_Left:
    case Qt::Key_Backspace: return true;
    default: return key >= Qt::Key_1 && key <= Qt::Key_9 && now().gate == Gate::Predict && !ofList;
    }
}

void LessonPlayer::onKey(int key)
{
    switch (key) {
    case Qt::Key_Space:
    case Qt::Key_Right:
    case Qt::Key_PageDown: return next();
    case Qt::Key_Backspace:
    case Qt::Key_Left:
    case Qt::Key_PageUp: return back();
    case Qt::Key_Home: return go(0);
    default: return predict(key - Qt::Key_1);
    }
}

bool LessonPlayer::eventFilter(QObject* watched, QEvent* event)
{
    const bool isShortcut = event->type() == QEvent::ShortcutOverride;
    if (!m_isOpen || (!isShortcut && event->type() != QEvent::KeyPress)) return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const auto* widget = qobject_cast<QWidget*>(watched);
    // The list that a combo box drops down is a window of its own, with keys of its own.
    if ((key->modifiers() & ~Qt::KeypadModifier) != 0 || widget == nullptr || widget->window() != window())
        return QWidget::eventFilter(watched, event);
    const bool isOurs = takesKey(watched, key->key());
    if (isShortcut) {
        // Space on a button is the button's, and still not the window's.
        if (!isOurs && key->key() != Qt::Key_Space) return QWidget::eventFilter(watched, event);
        event->accept();
        return true;
    }
    if (!isOurs) return QWidget::eventFilter(watched, event);
    onKey(key->key());
    return true;
}

void LessonPlayer::tell()
{
    m_title->setText(m_isOpen ? QString::fromStdString(m_lesson.textFor(m_language.toStdString()).title) : QString());
    const int steps = m_isOpen ? int(m_lesson.steps.size()) : 1;
    m_progress->setRange(0, steps);
    m_progress->setValue(m_isOpen ? m_step + 1 : 0);
    m_progress->setFormat(m_isOpen ? tr("Step %1 of %2").arg(m_step + 1).arg(steps) : QString());
    if (!m_isOpen) m_jump->clear();
    m_jump->setCurrentIndex(m_isOpen ? m_step : -1);
    tellPage();
    tellTask();
    tellButtons();
}

void LessonPlayer::tellPage()
{
    m_page->showMarkdown(m_isOpen ? pageText() : std::string(), m_place);
    m_place = LessonPage::Place::Kept;
    const bool asked = asks();
    QStringList choices;
    if (asked)
        for (const std::string& choice : said().choices)
            choices << LessonPage::plainText(m_values.filled(choice, int(said().asksAfter)));
    const auto chosen = m_choices.find(m_step);
    if (asked) m_prediction->setState(choices, chosen == m_choices.end() ? -1 : chosen->second, m_values.answer());
    m_prediction->setVisible(asked);
}

std::string LessonPlayer::pageText() const
{
    const StepText& text = said();
    const bool isTrue = m_values.claimsHold().value_or(true), hasOther = !text.otherwise.empty();
    const std::string note =
        escapedMarkdown(tr("What follows does not fit this input in every word: the numbers belong "
                           "to it, the words were written for another.")
                            .toStdString());
    const std::string warning = "> " + note + "\n\n";
    bool warned = !isTrue && !hasOther;
    std::string page = (warned ? warning : "") + m_values.filled(isTrue || !hasOther ? text.body : text.otherwise, 0);
    const auto ask = [&](int part) {
        if (now().gate == Gate::Predict && part == int(text.asksAfter))
            page += "\n\n" + m_values.filled(text.question, part);
    };
    ask(0);
    for (int i = 1; i <= m_revealed; ++i) {
        const bool fits = isTrue && m_values.claimsHold(i).value_or(true);
        page +=
            "\n\n" + (fits || warned ? std::string() : warning) + m_values.filled(text.reveals[std::size_t(i) - 1], i);
        warned = warned || !fits;
        ask(i);
    }
    return page;
}

void LessonPlayer::tellTask()
{
    QString task;
    if (m_isOpen && now().gate == Gate::Do) {
        const QString names = LessonPlaces::names(now().wanted);
        task = isGateOpen() ? tr("✓ Done: %1.").arg(names) : tr("Your turn: choose %1.").arg(names);
    }
    if (m_isOpen && isLast() && isGateOpen()) task += (task.isEmpty() ? "" : "\n") + tr("This is the last step.");
    m_task->setText(task);
    m_task->setVisible(!task.isEmpty());
}

void LessonPlayer::tellButtons()
{
    setUsable(m_back, m_isOpen && (m_step > 0 || m_revealed > 0), m_page);
    setUsable(m_continue, isGateOpen() && !isLast(), m_page);
    const bool skips = m_isOpen && !isGateOpen();
    setUsable(m_skip, skips, m_page);
    m_skip->setVisible(skips);
    const bool follows = m_isOpen && isLast() && isGateOpen() && !m_followingTitle.isEmpty();
    setUsable(m_following, follows, m_page);
    m_following->setVisible(follows);
    m_following->setToolTip(m_followingTitle);
    setUsable(m_restart, m_isOpen, m_page);
    setUsable(m_aloud, m_isOpen, m_page);
    setUsable(m_close, m_isOpen, m_page);
}

// Steps that lie ahead have numbers only: their first sentences tell what a question before them asks for.
void LessonPlayer::nameSteps()
{
    const LessonText& text = m_lesson.textFor(m_language.toStdString());
    m_aloud->setLanguage(QLocale(QString::fromStdString(text.language)));
    m_jump->clear();
    for (const LessonStep& step : m_lesson.steps) {
        const int number = m_jump->count();
        QString name = LessonPage::nameFor(text.steps.at(step.id).body);
        if (name.isEmpty()) name = QString::fromStdString(step.id).replace(QLatin1Char('-'), QLatin1Char(' '));
        m_jump->addItem(number <= m_farthest ? QStringLiteral("%1. %2").arg(number + 1).arg(name)
                                             : tr("Step %1").arg(number + 1));
    }
}

void LessonPlayer::retranslate()
{
    setAccessibleName(tr("Lesson"));
    m_page->setAccessibleName(tr("Text of the lesson"));
    m_jump->setAccessibleName(tr("Steps of the lesson"));
    m_progress->setAccessibleName(tr("Progress in the lesson"));
    m_back->setText(tr("Back"));
    m_back->setToolTip(tr("Left, Backspace or Page Up"));
    m_continue->setText(tr("Continue"));
    m_continue->setToolTip(tr("Space, Right or Page Down"));
    m_skip->setText(tr("Skip"));
    m_skip->setToolTip(tr("Go on without doing what this step asks for"));
    m_following->setText(tr("Next lesson"));
    m_restart->setText(tr("Restart"));
    m_restart->setToolTip(tr("From the first step, all predictions forgotten"));
    m_close->setText(tr("Close"));
    m_close->setToolTip(tr("Leave the lesson; the view stays as it is"));
    tell();
}

void LessonPlayer::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
