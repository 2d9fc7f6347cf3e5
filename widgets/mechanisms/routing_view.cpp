// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/routing_view.h"

#include "widgets/mechanisms/compute_bars.h"
#include "widgets/mechanisms/experts_map.h"
#include "widgets/mechanisms/router_bars.h"
#include "widgets/mechanisms/routing.h"
#include "widgets/mechanisms/routing_grid.h"
#include "widgets/mechanisms/switch_editor.h"
#include "widgets/viewmodel/asking.h"

#include <QCheckBox>
#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {

RoutingView::RoutingView(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()), m_intro(new QLabel),
      m_legend(new QLabel), m_predicted(new QLabel), m_total(new QLabel), m_how(new QLabel), m_parts(new QWidget),
      m_switches(new QVBoxLayout), m_grid(new RoutingGrid(model, selection)), m_bars(new RouterBars),
      m_sorted(new QCheckBox), m_compute(new ComputeBars), m_experts(new ExpertsMap(model, selection))
{
    auto* outer = new QVBoxLayout(this);
    outer->addWidget(m_intro);
    outer->addWidget(m_experts);
    outer->addWidget(m_parts);
    outer->addStretch(1);
    auto* layout = new QVBoxLayout(m_parts);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_legend);
    layout->addWidget(m_grid);
    layout->addWidget(m_bars);
    layout->addWidget(m_sorted);
    layout->addWidget(m_predicted);
    layout->addLayout(m_switches);
    layout->addWidget(m_compute);
    layout->addWidget(m_total);
    layout->addWidget(m_how);
    for (QLabel* label : {m_intro, m_legend, m_predicted, m_total, m_how}) label->setWordWrap(true);
    m_sorted->setChecked(true);
    connect(m_sorted, &QCheckBox::toggled, m_bars, &RouterBars::setSorted);
    connect(m_bars, &RouterBars::tokenChosen, m_tokens, &TokenChoice::setToken);
    connect(m_model, &InspectionModel::modelChanged, this, &RoutingView::buildSwitches);
    connect(m_model, &InspectionModel::inputChanged, this, [this] {
        m_predictedLayer = -1;
        refresh();
    });
    connect(m_model->link(), &EngineLink::settled, this, [this] {
        if (m_answered) return;
        m_predictedLayer = -1; // asked while a run was under way, which was cancelled
        askPredictor();
    });
    connect(m_heads, &HeadChoice::changed, this, &RoutingView::refresh);
    connect(m_tokens, &TokenChoice::changed, this, &RoutingView::refresh);
    buildSwitches();
}

void RoutingView::buildSwitches()
{
    for (SwitchEditor* editor : m_editors) delete editor;
    m_editors.clear();
    for (const verbs::Switch& one : m_model->model().switches) {
        if (one.name != "routing" && one.name != "capacity") continue;
        m_editors.push_back(SwitchEditor::of(m_model, one));
        m_switches->addWidget(m_editors.back());
    }
    refresh();
}

bool RoutingView::isRoutedModel() const
{
    return shownLayer() >= 0;
}

int RoutingView::shownLayer() const
{
    const auto& blocks = m_model->input().blocks;
    const int layers = int(blocks.size());
    for (int i = 0; i < layers; ++i) {
        const int layer = (m_heads->layer() + i) % layers;
        // With all tokens chosen nobody is left out, but there are scores.
        if (isRouted(blocks[std::size_t(layer)]) || !blocks[std::size_t(layer)].router.empty()) return layer;
    }
    return -1;
}

void RoutingView::refresh()
{
    const int layer = shownLayer();
    const bool controls = layer >= 0 || !m_editors.empty();
    m_experts->setVisible(hasExperts(*m_model));
    m_parts->setVisible(controls);
    for (QWidget* part : {static_cast<QWidget*>(m_bars), static_cast<QWidget*>(m_sorted)}) part->setVisible(layer >= 0);
    if (layer >= 0) m_bars->setBlock(m_model->input().blocks[std::size_t(layer)], layer, m_tokens->query().token);
    askPredictor();
    m_compute->setLoads(loadsOf(m_model->model(), m_model->input()));
    say();
}

void RoutingView::askPredictor()
{
    const int layer = shownLayer();
    if (layer == m_predictedLayer || !isVisible()) return; // showEvent() catches up
    m_predictedLayer = layer;
    m_answered = true;
    m_chances.clear();
    const QString name = QStringLiteral("predictor.%1").arg(layer);
    if (layer < 0 || !m_model->run().hasState(name)) return;
    m_answered = false;
    const auto take = [this, layer](const verbs::StateTensor& state) {
        if (layer != m_predictedLayer) return;
        m_answered = true;
        m_chances = state.numbers.values;
        say();
    };
    askState(m_model, name, this, take);
}

QString RoutingView::predictorSentence() const
{
    const int layer = shownLayer();
    if (layer < 0 || layer != m_predictedLayer) return {};
    const verbs::BlockGrid& block = m_model->input().blocks[std::size_t(layer)];
    const int capacity = std::min(m_model->request().switchValue(m_model->model(), QStringLiteral("capacity")).toInt(),
                                  int(competing(block, false).size()));
    if (capacity < 1 || m_chances.size() != block.router.size()) return {};
    const PredictorCounts counts = predictorCounts(block, m_chances, capacity);
    return tr("The predictor, who sees no future, against the %1 highest scores of the whole text: both say yes to "
              "%2, only the predictor to %3, only the scores to %4, nobody to %5.")
        .arg(capacity)
        .arg(counts.both)
        .arg(counts.saidOnly)
        .arg(counts.scoredOnly)
        .arg(counts.neither);
}

void RoutingView::showEvent(QShowEvent*)
{
    askPredictor();
}

void RoutingView::say()
{
    const bool routed = isRoutedModel() || !m_editors.empty();
    setAccessibleName(tr("Routing of tokens"));
    m_intro->setVisible(!routed);
    m_intro->setText(hasExperts(*m_model)
                         ? tr("A line an expert, a column a token: the darker, the more its answer counts.")
                         : tr("Every block of this model processes every token. Open one with Mixture-of-Depths or "
                              "with experts to see it choose."));
    m_legend->setText(tr("A line a block, a column a token. Filled: processed. Hatched: passed by unchanged."));
    m_sorted->setText(tr("Highest score first"));
    m_predicted->setText(predictorSentence());
    m_predicted->setVisible(!m_predicted->text().isEmpty());
    m_total->setText(ComputeBars::sentence(m_compute->loads()));
    QFont bold = font();
    bold.setBold(true);
    m_total->setFont(bold);
    m_how->setText(tr("With k of S tokens a block's projections and its MLP (four times as wide) cost k/S, the scores "
                      "and weighted values (k/S)². Norms and the router are not counted."));
    setAccessibleDescription(routed ? m_total->text() : m_intro->text());
}

void RoutingView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) say();
    QWidget::changeEvent(event);
}

} // namespace headlens
