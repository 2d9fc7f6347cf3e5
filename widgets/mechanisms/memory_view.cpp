// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/memory_view.h"

#include "widgets/mechanisms/branch_bars.h"
#include "widgets/mechanisms/gate_dials.h"
#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/mechanisms/memory_map.h"
#include "widgets/mechanisms/segment_strip.h"
#include "widgets/viewmodel/asking.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {

MemoryView::MemoryView(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()), m_intro(new QLabel),
      m_gates(new QLabel), m_size(new QLabel), m_honest(new QLabel), m_lengthName(new QLabel), m_parts(new QWidget),
      m_strip(new SegmentStrip), m_slider(new QSlider(Qt::Horizontal)), m_dials(new GateDials), m_map(new MemoryMap),
      m_branches(new BranchBars), m_length(new QSpinBox), m_forget(new QCheckBox)
{
    build();
    connect(m_strip, &SegmentStrip::afterChanged, this, &MemoryView::refresh);
    connect(m_slider, &QSlider::valueChanged, m_strip, &SegmentStrip::setAfter);
    connect(m_length, &QSpinBox::valueChanged, this, &MemoryView::say);
    connect(m_dials, &GateDials::headChosen, m_heads, &HeadChoice::setHead);
    connect(m_dials, &GateDials::turned, this, [this](int head, double value) {
        setSwitch(m_model, gateName(m_state.layer, head), QString::number(value));
    });
    connect(m_forget, &QCheckBox::clicked, this, [this](bool forgets) {
        setSwitch(m_model, QStringLiteral("memory"), forgets ? QStringLiteral("off") : QStringLiteral("on"));
    });
    connect(m_model->wishes(), &RunWishes::switchesChanged, this, &MemoryView::refresh);
    connect(m_model, &InspectionModel::inputChanged, this, [this] {
        m_stale = true;
        ask();
    });
    connect(m_model, &InspectionModel::modelChanged, this, &MemoryView::refresh);
    connect(m_model->link(), &EngineLink::settled, this, [this] {
        m_stale = m_stale || m_missing > 0; // asked while a run was under way
        ask();
    });
    connect(m_heads, &HeadChoice::changed, this, [this] {
        m_stale = m_stale || layerOfModel() != m_state.layer;
        ask();
        refresh();
    });
    connect(m_tokens, &TokenChoice::changed, this, &MemoryView::refresh);
    say();
}

void MemoryView::build()
{
    auto* outer = new QVBoxLayout(this);
    outer->addWidget(m_intro);
    outer->addWidget(m_parts);
    outer->addStretch(1);
    auto* layout = new QVBoxLayout(m_parts);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* length = new QHBoxLayout;
    length->addWidget(m_lengthName);
    length->addWidget(m_length, 1);
    m_lengthName->setBuddy(m_length);
    m_length->setRange(1, 10'000'000);
    m_length->setGroupSeparatorShown(true);
    m_length->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_slider->setPageStep(1);
    layout->addWidget(m_strip);
    layout->addWidget(m_slider);
    layout->addWidget(m_map);
    layout->addWidget(m_gates);
    layout->addWidget(m_dials);
    layout->addWidget(m_forget);
    layout->addWidget(m_branches);
    layout->addLayout(length);
    layout->addWidget(m_size);
    layout->addWidget(m_honest);
    for (QLabel* label : {m_intro, m_gates, m_size, m_honest}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_size->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

bool MemoryView::hasMemory() const
{
    return m_model->run().hasState(QStringLiteral("gate"));
}

// A layer has two blocks, the local one and the memory.
int MemoryView::layerOfModel() const
{
    return depthOf(m_model->input(), m_heads->layer());
}

int MemoryView::segmentLength() const
{
    int longest = 0;
    for (const verbs::BlockGrid& block : m_model->input().blocks) longest = std::max(longest, block.segment);
    return longest;
}

void MemoryView::ask()
{
    if (!isVisible() || !m_stale) return; // showEvent() catches up
    const int layer = layerOfModel();
    if (!hasMemory()) {
        m_state = {};
        m_stale = false;
        return refresh();
    }
    if (layer != m_state.layer) m_state = {};
    m_state.layer = layer;
    m_missing = 0;
    m_stale = false;
    const QString number = QString::number(layer);
    QStringList names{QStringLiteral("gate")};
    for (const char* part : {"memory.", "normaliser.", "read.", "local."}) names << QLatin1String(part) + number;
    for (const QString& name : names) {
        if (!m_model->run().hasState(name)) continue;
        ++m_missing;
        askState(m_model, name, this, [this](const verbs::StateTensor& state) { take(state); });
    }
}

void MemoryView::take(const verbs::StateTensor& state)
{
    const QString name = QString::fromStdString(state.name);
    const bool ours = name == QLatin1String("gate") || name.section(QLatin1Char('.'), 1).toInt() == m_state.layer;
    if (!ours || !m_model->run().hasState(name)) return; // of a layer or model that is looked at no more
    m_state.take(state);
    refresh();
    if (--m_missing == 0) Q_EMIT shown();
}

void MemoryView::refresh()
{
    if (!isVisible()) return;
    const bool has = hasMemory();
    m_parts->setVisible(has);
    if (has) {
        refreshStrip();
        m_map->setMemory(m_state, m_strip->after(), m_heads->head());
        refreshDials();
        refreshBranches();
        const bool forgets =
            m_model->request().switchValue(m_model->model(), QStringLiteral("memory")) == QLatin1String("off");
        m_forget->setChecked(forgets);
        m_forget->setEnabled(!m_model->request().switchValue(m_model->model(), QStringLiteral("memory")).isEmpty());
    }
    say();
}

void MemoryView::refreshStrip()
{
    const int tokens = m_state.tokens > 0 ? m_state.tokens : m_model->input().tokens, each = segmentLength();
    const QSignalBlocker quietStrip(m_strip), quietSlider(m_slider), quietLength(m_length);
    const bool other = m_strip->segments() != int(segmentLengths(tokens, each).size());
    m_strip->setSegments(segmentLengths(tokens, each), each > 0 ? m_tokens->query().token / each : -1);
    m_slider->setRange(0, m_strip->segments());
    m_slider->setValue(m_strip->after());
    if (other || m_length->value() == 1) m_length->setValue(std::max(1, tokens));
}

void MemoryView::refreshDials()
{
    std::vector<GateDials::Dial> dials;
    for (int head = 0; head < m_state.heads && !m_state.gates.empty(); ++head) {
        const std::string name = gateName(m_state.layer, head).toStdString();
        const auto& known = m_model->model().switches;
        const auto one = std::ranges::find(known, name, &verbs::Switch::name);
        const double measured = double(m_state.gate(head));
        if (one == known.end()) {
            dials.push_back({measured, measured, false});
            continue;
        }
        const double trained = QString::fromStdString(one->usual).toDouble();
        dials.push_back(
            {m_model->request().switchValue(m_model->model(), QString::fromStdString(name)).toDouble(), trained, true});
    }
    m_dials->setDials(dials);
    m_dials->setHead(m_heads->head());
}

void MemoryView::refreshBranches()
{
    std::vector<BranchBars::Pair> heads;
    const int token = m_tokens->query().token;
    for (int head = 0; head < m_state.heads && token < m_state.tokens; ++head)
        heads.push_back({m_state.readOf(head, token), m_state.localOf(head, token)});
    m_branches->setBranches(heads, heads.empty() ? QString() : m_model->run().layout.name(token));
}

QString MemoryView::calculation(const MemoryState& state, int tokens)
{
    if (state.width < 1 || state.heads < 1 || state.layers < 1) return {};
    const double memory = memoryBytes(state.layers, state.heads, state.width);
    const double cache = cacheBytes(state.layers, state.heads, state.width, tokens);
    return tr("Memory: H·l·d·(d+1)·4 = %1·%2·%3·%4·4 = %5, however long the text is.")
               .arg(state.heads)
               .arg(state.layers)
               .arg(state.width)
               .arg(state.width + 1)
               .arg(bytesText(memory)) +
           QLatin1Char('\n') +
           tr("Keys and values: 2·H·l·d·T·4 = %1 for T = %2 tokens.").arg(bytesText(cache)).arg(tokens) +
           QLatin1Char('\n') +
           tr("Ratio: 2T/(d+1) = %1. %2")
               .arg(fixedNumber(cache / memory, 2), cache < memory
                                                        ? tr("For a text this short the memory is the larger one.")
                                                        : tr("So many times smaller is the memory."));
}

void MemoryView::say()
{
    const bool has = hasMemory();
    setAccessibleName(tr("Compressed memory"));
    m_intro->setVisible(!has);
    m_intro->setText(tr("This model keeps no compressed memory. Open one with Infini-attention to see it fill."));
    m_gates->setText(
        tr("Gates of layer %1: 0 reads only the own segment, 1 only the memory. The tick is where training "
           "left them; drag, or turn with the arrow keys.")
            .arg(m_state.layer));
    m_slider->setAccessibleName(tr("Segments in the memory"));
    m_forget->setText(tr("Forget the memory"));
    m_forget->setToolTip(tr("M and z are set to 0 before they are read"));
    m_lengthName->setText(tr("For a text of"));
    m_length->setSuffix(tr(" tokens"));
    m_length->setAccessibleName(tr("Tokens of the text for the calculation"));
    m_size->setText(calculation(m_state, m_length->value()));
    m_honest->setText(tr("The paper's “114x” is a ratio of rounded memory sizes (183M to 1.6M numbers) against one "
                         "baseline at one length: it is no measure of how much information is kept, and no comparison "
                         "with a full cache of keys and values."));
    setAccessibleDescription(has ? m_size->text() : m_intro->text());
}

void MemoryView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
    refresh();
}

void MemoryView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) say();
    QWidget::changeEvent(event);
}

} // namespace headlens
