// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/sheet_bar.h"

#include "widgets/explain/explain_words.h"
#include "widgets/viewmodel/answers.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_sheet.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QInputDialog>
#include <QMenu>
#include <QToolButton>

namespace headlens {
namespace {

enum Rank { kPause, kExport, kOther, kTarget, kSides };

} // namespace

SheetBar::SheetBar(InspectionModel* model, QWidget* parent)
    : ToolRow(parent), m_model(model), m_sheet(model->sheet()), m_one(new QAction(this)), m_two(new QAction(this)),
      m_pause(new QAction(this)), m_figure(new QAction(this)), m_numbers(new QAction(this)), m_targets(new QMenu(this)),
      m_others(new QMenu(this)), m_exports(new QMenu(this))
{
    m_target = addField(m_targets, Icon::Explain, kTarget);
    m_other = addField(m_others, Icon::Compare, kOther);
    pushRight();
    m_one->setIcon(icon(Icon::Patches));
    m_two->setIcon(icon(Icon::SideBySide));
    for (QAction* side : {m_one, m_two}) {
        side->setCheckable(true);
        connect(side, &QAction::triggered, this, [this, side] {
            m_sheet->setShowsTwo(side == m_two);
            follow(); // pressed again it stays chosen
        });
    }
    addSegments({m_one, m_two}, kSides);
    m_pause->setIcon(icon(Icon::Pause));
    m_pause->setCheckable(true);
    connect(m_pause, &QAction::triggered, m_sheet, &MethodSheet::setPaused);
    addChip(m_pause, kPause);
    m_export = addField(m_exports, Icon::Save, kExport);
    m_exports->addActions({m_figure, m_numbers});
    connect(m_figure, &QAction::triggered, this, &SheetBar::figureWanted);
    connect(m_numbers, &QAction::triggered, this, &SheetBar::numbersWanted);
    connect(m_targets, &QMenu::aboutToShow, this, &SheetBar::fillTargets);
    connect(m_others, &QMenu::aboutToShow, this, &SheetBar::fillOthers);
    connect(m_sheet, &MethodSheet::changed, this, &SheetBar::follow);
    retranslate();
}

bool SheetBar::hasClasses() const
{
    return !m_model->input().outputs.get<verbs::Classes>().best.empty();
}

void SheetBar::explain(int target)
{
    verbs::ScoreChoice score = m_model->map()->score();
    score.target = target;
    if (score.against == target) score.against = -1;
    m_model->map()->setScore(score);
}

void SheetBar::explainAgainst(int target)
{
    verbs::ScoreChoice score = m_model->map()->score();
    score.against = target;
    m_model->map()->setScore(score);
}

void SheetBar::showSecond(int target)
{
    m_sheet->setSecond(target);
}

void SheetBar::addClass(QMenu* menu, int target, bool isOn, void (SheetBar::*choose)(int))
{
    QAction* line = menu->addAction(classTitle(*m_model, target).replace(QLatin1Char('&'), QLatin1String("&&")));
    line->setCheckable(true);
    line->setChecked(isOn);
    connect(line, &QAction::triggered, this, [this, target, choose] { (this->*choose)(target); });
}

// Of the many classes that are not among the probable ones the window knows no names.
void SheetBar::addAnyClass(QMenu* menu, void (SheetBar::*choose)(int))
{
    const int classes = m_model->model().classes;
    if (!hasClasses() || classes < 2) return;
    menu->addSeparator();
    connect(menu->addAction(tr("Another class by its number\u2026")), &QAction::triggered, this,
            [this, classes, choose] {
                bool isChosen = false;
                const int target = QInputDialog::getInt(this, tr("Class"), tr("Number of the class, from 0:"), 0, 0,
                                                        classes - 1, 1, &isChosen);
                if (isChosen) (this->*choose)(target);
            });
}

// A label, a guess or an answer: what a click in Predictions does.
void SheetBar::addText(const verbs::Prediction& answer)
{
    QAction* line = m_targets->addAction(firstName(answer.label).replace(QLatin1Char('&'), QLatin1String("&&")));
    connect(line, &QAction::triggered, this, [this, answer] { explainAnswer(m_model, answer); });
}

void SheetBar::fillTargets()
{
    m_targets->clear();
    const int now = m_model->map()->score().target;
    bool isFirst = true;
    for (const verbs::Prediction& answer : answersOf(m_model->input())) {
        if (!hasClasses()) {
            addText(answer);
            continue;
        }
        addClass(m_targets, answer.index, now == answer.index || (now < 0 && isFirst), &SheetBar::explain);
        isFirst = false;
    }
    addAnyClass(m_targets, &SheetBar::explain);
}

void SheetBar::fillOthers()
{
    m_others->clear();
    const bool two = m_sheet->showsTwo();
    const int against = m_model->map()->score().against, second = m_sheet->score(1).target;
    const int target = m_model->map()->score().target;
    const auto answers = answersOf(m_model->input());
    const int first = target < 0 && !answers.empty() ? answers.front().index : target;
    if (!two) {
        QAction* none = m_others->addAction(tr("none"));
        none->setCheckable(true);
        none->setChecked(against < 0);
        connect(none, &QAction::triggered, this, [this] { explainAgainst(-1); });
    }
    const auto choose = two ? &SheetBar::showSecond : &SheetBar::explainAgainst;
    for (const verbs::Prediction& answer : answers)
        if (answer.index != first) addClass(m_others, answer.index, answer.index == (two ? second : against), choose);
    addAnyClass(m_others, choose);
}

void SheetBar::follow()
{
    const bool two = m_sheet->showsTwo();
    m_one->setChecked(!two);
    m_two->setChecked(two);
    m_pause->setChecked(m_sheet->isPaused());
    const verbs::ScoreChoice score = m_model->map()->score();
    const bool offered = m_sheet->isOffered() && !answersOf(m_model->input()).empty();
    setOffered(m_target, offered);
    setOffered(m_other, offered && hasClasses());
    m_two->setEnabled(hasClasses());
    setField(m_target, tr("target: %1").arg(classTitle(*m_model, score.target)),
             tr("Which answer is explained: that of the map on the canvas too"));
    if (two)
        setField(m_other, tr("beside: %1").arg(classTitle(*m_model, m_sheet->score(1).target)),
                 tr("The second class, beside the first one"));
    else
        setField(m_other, tr("against: %1").arg(score.against < 0 ? tr("none") : classTitle(*m_model, score.against)),
                 tr("Explains how far the answer lies before this one instead of the answer itself"));
    for (QAction* one : {m_figure, m_numbers}) one->setEnabled(!m_sheet->tiles().empty());
}

void SheetBar::retranslate()
{
    m_one->setText(tr("Sheet"));
    m_one->setToolTip(tr("Every method for one answer"));
    m_two->setText(tr("Two classes"));
    m_two->setToolTip(tr("Every method for two answers, side by side"));
    m_pause->setText(tr("Pause"));
    m_pause->setToolTip(tr("Computes no more maps until it is pressed again"));
    m_figure->setText(tr("Export sheet\u2026"));
    m_numbers->setText(tr("Export numbers (CSV)\u2026"));
    m_targets->setTitle(tr("Target"));
    m_others->setTitle(tr("Against"));
    m_exports->setTitle(tr("Export"));
    setField(m_export, tr("Export"), tr("The sheet as one figure, or its numbers"));
    follow();
}

void SheetBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    ToolRow::changeEvent(event);
}

} // namespace headlens
