// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lessons/lesson_sheet.h"

#include "widgets/common/stacking_row.h"
#include "widgets/lessons/lesson_places.h"
#include "widgets/lessons/lesson_prediction.h"
#include "widgets/lessons/read_aloud.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
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

LessonSheet::LessonSheet(QWidget* parent) : QWidget(parent)
{
    build();
    connectParts();
    retranslate();
}

void LessonSheet::build()
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
    auto* steps = new QWidget;
    auto* buttons = new QHBoxLayout(steps);
    buttons->setContentsMargins(0, 0, 0, 0);
    for (QPushButton** button : {&m_back, &m_continue, &m_skip, &m_following})
        buttons->addWidget(*button = new QPushButton);
    layout->addWidget(new StackingRow(steps, m_restart = new QPushButton)); // large type beside a stage is narrow
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
}

void LessonSheet::connectParts()
{
    connect(m_prediction, &LessonPrediction::chosen, this, &LessonSheet::predicted);
    connect(m_prediction, &LessonPrediction::grown, this, &LessonSheet::grown);
    connect(m_jump, &QComboBox::activated, this, &LessonSheet::stepChosen);
    connect(m_back, &QPushButton::clicked, this, &LessonSheet::backPressed);
    connect(m_continue, &QPushButton::clicked, this, &LessonSheet::continuePressed);
    connect(m_skip, &QPushButton::clicked, this, &LessonSheet::skipPressed);
    connect(m_following, &QPushButton::clicked, this, &LessonSheet::followingPressed);
    connect(m_restart, &QPushButton::clicked, this, &LessonSheet::restartPressed);
    connect(m_close, &QPushButton::clicked, this, &LessonSheet::closePressed);
}

void LessonSheet::tell(const LessonProgress& progress, const LessonValues& values, LessonPage::Place place)
{
    const bool isOpen = progress.isOpen();
    m_title->setText(isOpen ? QString::fromStdString(progress.text().title) : QString());
    const int steps = isOpen ? int(progress.lesson().steps.size()) : 1;
    m_progress->setRange(0, steps);
    m_progress->setValue(isOpen ? progress.step() + 1 : 0);
    m_progress->setFormat(isOpen ? tr("Step %1 of %2").arg(progress.step() + 1).arg(steps) : QString());
    if (!isOpen) m_jump->clear();
    m_jump->setCurrentIndex(isOpen ? progress.step() : -1);
    m_page->showMarkdown(isOpen ? pageText(progress, values) : std::string(), place);
    tellQuestion(progress, values);
    tellTask(progress);
    tellButtons(progress);
}

void LessonSheet::tellQuestion(const LessonProgress& progress, const LessonValues& values)
{
    const bool asked = progress.asks();
    if (asked) {
        QStringList choices;
        for (const std::string& choice : progress.said().choices)
            choices << LessonPage::plainText(values.filled(choice, int(progress.said().asksAfter)));
        m_prediction->setState(choices, progress.predicted(), values.answer());
    }
    m_prediction->setVisible(asked);
}

std::string LessonSheet::pageText(const LessonProgress& progress, const LessonValues& values) const
{
    if (progress.waits())
        return escapedMarkdown(tr("The lesson waits: it speaks of %1. Continue brings it back.")
                                   .arg(QString::fromStdString(progress.shown().model))
                                   .toStdString());
    const StepText& text = progress.said();
    const bool isTrue = values.claimsHold().value_or(true), hasOther = !text.otherwise.empty();
    const std::string note =
        escapedMarkdown(tr("What follows does not fit this input in every word: the numbers belong "
                           "to it, the words were written for another.")
                            .toStdString());
    const std::string warning = "> " + note + "\n\n";
    bool warned = !isTrue && !hasOther;
    std::string page = (warned ? warning : "") + values.filled(isTrue || !hasOther ? text.body : text.otherwise, 0);
    const auto ask = [&](int part) {
        if (progress.now().gate == Gate::Predict && part == int(text.asksAfter))
            page += "\n\n" + values.filled(text.question, part);
    };
    ask(0);
    for (int i = 1; i <= progress.revealed(); ++i) {
        const bool fits = isTrue && values.claimsHold(i).value_or(true);
        page +=
            "\n\n" + (fits || warned ? std::string() : warning) + values.filled(text.reveals[std::size_t(i) - 1], i);
        warned = warned || !fits;
        ask(i);
    }
    return page;
}

void LessonSheet::tellTask(const LessonProgress& progress)
{
    QString task;
    const bool opens = progress.isGateOpen() && !progress.waits();
    if (progress.isOpen() && !progress.waits() && progress.now().gate == Gate::Do) {
        const QString names = LessonPlaces::names(progress.now().wanted);
        task = opens ? tr("✓ Done: %1.").arg(names) : tr("Your turn: choose %1.").arg(names);
    }
    if (opens && progress.isLast()) task += (task.isEmpty() ? "" : "\n") + tr("This is the last step.");
    m_task->setText(task);
    m_task->setVisible(!task.isEmpty());
}

void LessonSheet::tellButtons(const LessonProgress& progress)
{
    const bool isOpen = progress.isOpen(), waits = progress.waits(), gate = progress.isGateOpen() && !waits;
    const bool last = isOpen && progress.isLast();
    setUsable(m_back, isOpen && !waits && (progress.step() > 0 || progress.revealed() > 0), m_page);
    setUsable(m_continue, waits || (gate && !last), m_page);
    const bool skips = isOpen && !gate && !waits;
    setUsable(m_skip, skips, m_page);
    m_skip->setVisible(skips);
    const bool follows = last && gate && !m_followingTitle.isEmpty();
    setUsable(m_following, follows, m_page);
    m_following->setVisible(follows);
    m_following->setToolTip(m_followingTitle);
    for (QPushButton* button : {m_restart, static_cast<QPushButton*>(m_aloud), m_close})
        setUsable(button, isOpen, m_page);
}

void LessonSheet::nameSteps(const LessonProgress& progress)
{
    const LessonText& text = progress.text();
    m_aloud->setLanguage(QLocale(QString::fromStdString(text.language)));
    m_jump->clear();
    for (const LessonStep& step : progress.lesson().steps) {
        const int number = m_jump->count();
        QString name = LessonPage::nameFor(text.steps.at(step.id).body);
        if (name.isEmpty()) name = QString::fromStdString(step.id).replace(QLatin1Char('-'), QLatin1Char(' '));
        m_jump->addItem(number <= progress.farthest() ? QStringLiteral("%1. %2").arg(number + 1).arg(name)
                                                      : tr("Step %1").arg(number + 1));
    }
}

void LessonSheet::retranslate()
{
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
    m_close->setToolTip(tr("Leave the lesson; what was open before it comes back"));
}

void LessonSheet::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
