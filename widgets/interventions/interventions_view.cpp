// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/interventions/interventions_view.h"

#include "widgets/canvas/tool_row.h"
#include "widgets/interventions/answer_bars.h"
#include "widgets/interventions/intervention_row.h"
#include "widgets/interventions/set_form.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/interventions.h"
#include "widgets/viewmodel/not_yet.h"
#include "widgets/viewmodel/run_changes.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace headlens {
namespace {

constexpr std::size_t kMostAnswers = 6;

} // namespace

InterventionsView::InterventionsView(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_selection(selection), m_form(new SetForm(model)), m_list(new QVBoxLayout),
      m_note(new QLabel), m_answers(new AnswerBars), m_reset(new QPushButton)
{
    build();
    for (const auto signal : {&InspectionModel::modelChanged, &InspectionModel::inputChanged})
        connect(model, signal, this, &InterventionsView::follow);
    connect(model->wishes(), &RunWishes::changing, this, &InterventionsView::follow);
    connect(model->comparison(), &Comparison::changed, this, &InterventionsView::follow);
    connect(selection->heads(), &HeadChoice::changed, this, &InterventionsView::followButtons);
    connect(selection->tokens(), &TokenChoice::changed, this, &InterventionsView::noteOther);
    connect(selection->tokens(), &TokenChoice::otherChanged, this, &InterventionsView::noteOther);
    connect(m_form, &SetForm::made, this, [this] {
        m_asking = -1;
        follow();
    });
    connect(m_reset, &QPushButton::clicked, model, [model] { model->wishes()->change(makeAsTrained); });
    follow();
}

void InterventionsView::build()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, kGap);
    layout->setSpacing(0);
    auto* below = new QVBoxLayout;
    below->setContentsMargins(kGap, 0, kGap, 0);
    below->setSpacing(kGap);
    buildButtons(layout);
    layout->addLayout(below);
    below->addWidget(m_form);
    below->addLayout(m_list);
    below->addWidget(m_reset, 0, Qt::AlignLeft);
    below->addWidget(m_note);
    below->addWidget(m_answers);
    layout->addStretch(1);
    m_list->setSpacing(kTight);
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
}

// A row for heads, one for parts of their layer and the registers, one for the pinned token, one for what the baseline
// gives, one for sets of inputs: each fits a narrow pane.
void InterventionsView::buildButtons(QVBoxLayout* layout)
{
    constexpr std::array kRows{3, 4, 3, 3, 2};
    m_offered = offeredChanges(*m_model, *m_selection, -1);
    for (const int count : kRows) {
        auto* row = new ToolRow;
        layout->addWidget(row);
        for (int i = 0; i < count; ++i) {
            auto* action = new QAction(this);
            action->setCheckable(true);
            const auto number = std::size_t(m_buttons.size());
            connect(action, &QAction::triggered, this, [this, number] { press(number); });
            m_buttons << action;
            m_places.push_back({row, row->addChip(action, count - i)});
        }
    }
}

void InterventionsView::press(std::size_t number)
{
    const OfferedChange& one = m_offered[number];
    if (one.asksSets && !one.isOn)
        m_asking = m_asking == int(number) ? -1 : int(number);
    else if (one.isPossible)
        toggle(m_model, one);
    follow();
}

// What it asks for follows the chosen head and layer.
void InterventionsView::followForm()
{
    m_form->setVisible(m_asking >= 0);
    if (m_asking >= 0) m_form->setChange(*m_offered[std::size_t(m_asking)].change);
}

QString InterventionsView::note() const
{
    if (!m_model->hasInput()) return notYet(*m_model);
    if (m_rows.empty() && isAsTrained(m_model->request()))
        return tr("Nothing is changed. Choose a head in the grid or pin a token in the picture, then press one of the "
                  "buttons above; its factor and what the model answers then stand here.");
    if (!m_model->comparison()->isOfThisModel())
        return tr("Set the baseline (H) before you change something, and its answers stand beside the new ones.");
    return tr("Answers: baseline → now");
}

void InterventionsView::follow()
{
    if (!isVisible()) return;
    followButtons();
    followRows();
    followAnswers();
    setAccessibleName(tr("Interventions"));
    setAccessibleDescription(changesOf(m_model->request()).join(QLatin1String(", ")));
}

void InterventionsView::followButtons()
{
    if (!isVisible()) return;
    m_offered = offeredChanges(*m_model, *m_selection, m_other);
    for (std::size_t i = 0; i < m_offered.size(); ++i) {
        const OfferedChange& one = m_offered[i];
        QAction* action = m_buttons[qsizetype(i)];
        action->setText(one.text);
        action->setToolTip(one.tip);
        action->setEnabled(one.isPossible && m_model->hasInput());
        action->setChecked(one.isOn || m_asking == int(i));
        m_places[i].row->setOffered(m_places[i].part, one.isOffered);
    }
    followForm();
}

// While a slider is dragged its row stays.
void InterventionsView::followRows()
{
    const std::vector<verbs::Change> changes = interventionsOf(m_model->request());
    const auto isRow = [](const InterventionRow* row, const verbs::Change& change) {
        return isSamePlace(row->change(), change);
    };
    if (!std::ranges::equal(m_rows, changes, isRow)) makeRows(changes);
    for (std::size_t i = 0; i < changes.size(); ++i) m_rows[i]->setChange(changes[i]);
    m_reset->setText(tr("Everything as trained"));
    m_reset->setVisible(!isAsTrained(m_model->request()));
}

void InterventionsView::makeRows(const std::vector<verbs::Change>& changes)
{
    for (InterventionRow* row : m_rows) row->deleteLater();
    m_rows.clear();
    for (const verbs::Change& change : changes) {
        auto* row = new InterventionRow(change, this);
        m_list->addWidget(row);
        connect(row, &InterventionRow::changed, m_model, [model = m_model](const verbs::Change& wanted) {
            model->wishes()->change([&](RunRequest& request) { setIntervention(request, wanted); });
        });
        connect(row, &InterventionRow::removed, this, [this, row] {
            const verbs::Change gone = row->change();
            m_places.front().row->button(m_places.front().part)->setFocus();
            m_model->wishes()->change([&](RunRequest& request) { removeIntervention(request, gone); });
        });
        m_rows.push_back(row);
    }
}

void InterventionsView::followAnswers()
{
    const Comparison& comparison = *m_model->comparison();
    const bool compares = m_model->hasInput() && comparison.isOfThisModel() && !isAsTrained(m_model->request());
    m_answers->setAnswers(compares ? answerDifferences(comparison.baseline(), m_model->input(), kMostAnswers)
                                   : std::vector<AnswerDifference>(),
                          m_model->input().outputs.get<verbs::Classes>().areNumbers);
    m_answers->setVisible(!m_answers->answers().empty());
    m_note->setText(note());
}

void InterventionsView::noteOther()
{
    const TokenChoice& tokens = *m_selection->tokens();
    if (!tokens.isPinned() || !(tokens.query() == m_pinned)) m_other = -1;
    m_pinned = tokens.query();
    const TokenPlace& other = tokens.other();
    if (tokens.isPinned() && other.token >= 0 && other.stream == m_pinned.stream) m_other = other.token;
    followButtons();
}

void InterventionsView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    follow();
}

void InterventionsView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) follow();
    QWidget::changeEvent(event);
}

} // namespace headlens
