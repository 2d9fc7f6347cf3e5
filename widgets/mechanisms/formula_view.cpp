// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/formula_view.h"

#include "widgets/mechanisms/formula_explanation.h"
#include "widgets/mechanisms/formula_table.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/not_yet.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

// Why a row has no weights at all.
QString whyNothing(const verbs::BlockGrid& block)
{
    if (block.kind == "memory")
        return FormulaView::tr("This token reads nothing here: the memory is still empty. All weights are 0.");
    if (!block.router.empty()) return FormulaView::tr("This token takes no part in this block. All weights are 0.");
    return FormulaView::tr(
        "There is nothing here that this token may look at: everything is masked. All weights are 0.");
}

bool same(const verbs::RowQuestion& a, const verbs::RowQuestion& b)
{
    return a.layer == b.layer && a.head == b.head && a.query == b.query;
}

} // namespace

FormulaView::FormulaView(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()), m_title(new QLabel),
      m_text(new QLabel), m_table(new FormulaTable), m_back(new QPushButton), m_next(new QPushButton)
{
    build();
    const auto again = [this] { ask(); };
    connect(model, &InspectionModel::inputChanged, this, [this] {
        m_stale = true; // the old numbers stay until the new ones are there
        if (std::size_t(m_formula.said.layer) >= m_model->input().blocks.size()) m_formula = {};
        ask();
    });
    connect(model, &InspectionModel::modelChanged, this, [this] {
        m_formula = {};
        say(notYet(*m_model));
    });
    connect(model->rows(), &LiveRows::changed, this, again); // the engine is free again
    connect(m_heads, &HeadChoice::changed, this, again);
    connect(m_tokens, &TokenChoice::changed, this, again);
    say(notYet(*m_model));
}

void FormulaView::build()
{
    setFocusPolicy(Qt::StrongFocus);
    auto* layout = new QVBoxLayout(this);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    layout->addWidget(m_title);
    layout->addLayout(buttons);
    layout->addWidget(m_text);
    layout->addWidget(m_table);
    layout->addStretch(1);
    for (QLabel* label : {m_title, m_text}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // pieces like "<s>" are no tags
    }
    m_text->setMinimumHeight(4 * fontMetrics().height()); // the table stays where it is from step to step
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    connect(m_back, &QPushButton::clicked, this, [this] { setStepNumber(m_at - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { setStepNumber(m_at + 1); });
}

// The chosen token asks; where it only answers in this layer, there is no row of it.
std::optional<verbs::RowQuestion> FormulaView::question(QString& why) const
{
    const auto layer = std::size_t(m_heads->layer());
    why = notYet(*m_model);
    if (!m_model->hasInput() || layer >= m_model->input().blocks.size()) return {};
    const verbs::BlockGrid& block = m_model->input().blocks[layer];
    if (block.kind == "pool") return verbs::RowQuestion{int(layer), m_heads->head(), 0}; // one learnt query
    why = tr("The chosen token asks nothing in this layer: its queries are another sequence.");
    if (m_tokens->query().stream != block.queryStream) return {};
    why.clear();
    const int query = layoutOfQueries(int(layer)).parentToken(m_tokens->query().token);
    return verbs::RowQuestion{int(layer), m_heads->head(), query};
}

void FormulaView::ask()
{
    if (!isVisible()) return; // showEvent() catches up
    QString why;
    const auto wanted = question(why);
    if (!wanted) {
        m_formula = {};
        return say(why);
    }
    const verbs::RowFormula& shown = m_formula.said;
    if (!m_stale && !m_formula.isEmpty() && same({shown.layer, shown.head, shown.query}, *wanted)) return;
    const auto answered = [this, wanted](const verbs::RowFormula& row) {
        QString unused;
        const auto now = question(unused);
        if (!now || !same(*now, *wanted)) return; // the selection has moved on
        take(same({row.layer, row.head, row.query}, *wanted) ? row : verbs::RowFormula());
    };
    headlens::ask(m_model, verbs::kRowFormula, *wanted, this, answered,
                  {.quiet = true, .unanswered = Unanswered::EmptyWhenFailed}); // an engine that does not know how
}

void FormulaView::take(const verbs::RowFormula& row)
{
    m_stale = false;
    m_formula = formulaOf(row);
    const int layer = m_heads->layer();
    m_table->setFormula(m_formula, [this, layer](int key) {
        const TokenLayout layout = TokenLayout::from(m_model->model(), m_model->input(), layer);
        return layout.shortName(key);
    });
    say(m_formula.isEmpty() ? tr("The engine does not say how the weights of this block come about.") : QString());
}

FormulaStep FormulaView::step() const
{
    const std::vector<FormulaStep> steps = stepsOf(m_formula.isEmpty() ? "softmax" : m_formula.said.rule);
    return steps[std::size_t(std::clamp(m_at, 0, int(steps.size()) - 1))];
}

void FormulaView::setStepNumber(int at)
{
    const int steps = int(stepsOf(m_formula.isEmpty() ? "softmax" : m_formula.said.rule).size());
    m_at = std::clamp(at, 0, steps - 1);
    say(m_why);
}

// Of a stage of its own, where the patches of the picture are merged.
TokenLayout FormulaView::layoutOfQueries(int layer) const
{
    const verbs::BlockGrid& block = m_model->input().blocks[std::size_t(layer)];
    return block.queryStream == block.keyStream
               ? TokenLayout::from(m_model->model(), m_model->input(), layer)
               : TokenLayout::ofStream(m_model->model(), m_model->input(), block.queryStream);
}

void FormulaView::say(const QString& why)
{
    m_why = why;
    const bool shows = !m_formula.isEmpty();
    const int steps = int(stepsOf(shows ? m_formula.said.rule : "softmax").size());
    m_at = std::min(m_at, steps - 1);
    setAccessibleName(tr("The formula of attention, step by step"));
    for (QWidget* part : {static_cast<QWidget*>(m_table), static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_back),
                          static_cast<QWidget*>(m_next)})
        part->setVisible(shows);
    m_back->setText(tr("◀ Back"));
    m_next->setText(tr("Next ▶"));
    m_back->setEnabled(m_at > 0);
    m_next->setEnabled(m_at + 1 < steps);
    if (!shows) {
        m_title->setText(why);
        return setAccessibleDescription(why);
    }
    const verbs::BlockGrid& block = m_model->input().blocks[std::size_t(m_formula.said.layer)];
    const QString query =
        block.kind == "pool" ? tr("learnt query") : layoutOfQueries(m_formula.said.layer).name(m_formula.said.query);
    m_title->setText(tr("Step %1 of %2: the row of %3 (layer %4, head %5)")
                         .arg(QString::number(m_at + 1), QString::number(steps), query,
                              QString::number(m_formula.said.layer), QString::number(m_formula.said.head)));
    m_text->setText(m_formula.readsNothing() ? whyNothing(block) : explanationOf(m_formula, step()));
    m_table->setStep(step());
    m_table->setAccessibleName(tr("Numbers of this step"));
    m_table->setAccessibleDescription(m_table->content().lines().join(QLatin1Char('\n')));
    setAccessibleDescription(m_title->text() + QLatin1Char('\n') + m_text->text());
}

void FormulaView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_PageUp: return setStepNumber(m_at - 1);
    case Qt::Key_Right:
    case Qt::Key_PageDown: return setStepNumber(m_at + 1);
    case Qt::Key_Home: return setStepNumber(0);
    case Qt::Key_End: return setStepNumber(int(stepsOf("softmax").size()));
    default: QWidget::keyPressEvent(event);
    }
}

void FormulaView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void FormulaView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        QString why;
        question(why);
        say(m_formula.isEmpty() ? why : m_why);
    }
    QWidget::changeEvent(event);
}

} // namespace headlens
