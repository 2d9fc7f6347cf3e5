// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/cost_view.h"

#include "widgets/mechanisms/cost_plot.h"
#include "widgets/mechanisms/cost_table.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

const QString kSwitch = QStringLiteral("attention");

} // namespace

CostView::CostView(InspectionModel* model, QWidget* parent)
    : QWidget(parent), m_model(model), m_sentence(new QLabel), m_size(new QLabel), m_note(new QLabel),
      m_plot(new CostPlot), m_slider(new QSlider(Qt::Horizontal)), m_table(new CostTable)
{
    build();
    const auto again = [this] {
        m_refused.clear();
        follow();
    };
    connect(model, &InspectionModel::modelChanged, this, again);
    connect(model, &InspectionModel::inputChanged, this, again);
    connect(model->wishes(), &RunWishes::switchesChanged, this, again);
    connect(m_slider, &QSlider::valueChanged, this, &CostView::setAt);
    connect(m_plot, &CostPlot::chosen, this, &CostView::setAt);
    connect(m_table, &CostTable::chosen, this, &CostView::choose);
    m_sizes = costSizes({}, {});
    m_at = m_sizes.nearest(64);
    say();
}

void CostView::build()
{
    auto* layout = new QVBoxLayout(this);
    auto* line = new QHBoxLayout;
    line->addWidget(m_size);
    line->addWidget(m_slider, 1);
    for (QLabel* label : {m_sentence, m_note}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    layout->addWidget(m_plot, 1);
    layout->addLayout(line);
    layout->addWidget(m_table);
    layout->addWidget(m_note);
    layout->addWidget(m_sentence);
    setFocusProxy(m_slider);
}

const verbs::Switch* CostView::patternSwitch() const
{
    const auto& all = m_model->model().switches;
    const auto found = std::ranges::find(all, kSwitch.toStdString(), &verbs::Switch::name);
    return found == all.end() ? nullptr : &*found;
}

std::string CostView::running() const
{
    return patternSwitch() != nullptr ? m_model->request().switchValue(m_model->model(), kSwitch).toStdString()
                                      : usualPattern(m_model->input());
}

// The line goes to the size of the model when that is another one than before; otherwise it stays where it was put.
void CostView::follow()
{
    if (!isVisible()) return; // showEvent() catches up
    const double extent = extentOf(shape());
    m_sizes = costSizes(m_model->model(), m_model->input());
    const AttentionShape own = m_sizes.own >= 0 ? m_sizes.at(m_sizes.own) : AttentionShape{0, 0, 0, 0, 0, 0};
    const bool moves = extentOf(own) != extentOf(m_own) || own.hasGrid() != m_own.hasGrid();
    m_own = own;
    m_at = moves && m_sizes.own >= 0 ? m_sizes.own : m_sizes.nearest(extent);
    say();
}

void CostView::setAt(int index)
{
    index = std::clamp(index, 0, int(m_sizes.sizes.size()) - 1);
    if (index == m_at) return;
    m_at = index;
    say();
}

void CostView::choose(const QString& pattern)
{
    const verbs::Switch* one = patternSwitch();
    const bool possible = one != nullptr && std::ranges::count(one->choices, pattern.toStdString()) > 0;
    m_refused = possible ? QString() : pattern;
    if (possible) setSwitch(m_model, kSwitch, pattern);
    say();
}

QString CostView::usualNote() const
{
    if (!m_model->hasModel()) return tr("Nothing is open: heads as in our small models.");
    if (patternSwitch() == nullptr)
        return tr("This model cannot be run by another pattern: the table says only what it would cost.");
    return tr("✓ is how the model runs now. Enter or a click on a row runs it so. HeadLens draws every weight, so it "
              "gets no faster by it.");
}

QString CostView::note() const
{
    if (m_refused.isEmpty()) return usualNote();
    const std::string pattern = m_refused.toStdString();
    const QString name = CostText::pattern(pattern);
    if (!m_model->hasModel()) return tr("Nothing is open that could be run so.");
    if (patternSwitch() != nullptr && pattern == "low rank")
        return tr("This model cannot be run so: the mixtures of \"%1\" must be learnt in training.").arg(name);
    return tr("This model cannot be run so: it has no pattern \"%1\".").arg(name);
}

void CostView::say()
{
    const verbs::Switch* one = patternSwitch();
    const std::string now = running();
    m_plot->setSizes(m_sizes, now);
    m_plot->setAt(m_at);
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, int(m_sizes.sizes.size()) - 1);
    m_slider->setValue(m_at);
    m_slider->setAccessibleName(tr("Size that the table is about"));
    m_slider->setToolTip(tr("Moves the line. The dotted line stays at the size of the open model."));
    m_size->setText(tr("At %1:").arg(CostText::size(shape())));
    m_size->setMinimumWidth(fontMetrics().horizontalAdvance(tr("At %1:").arg(CostText::size(m_sizes.largest()))) + 2);
    m_slider->setAccessibleDescription(m_size->text());
    m_table->setShape(shape(), now, one != nullptr ? one->choices : std::vector<std::string>{});
    m_note->setText(note());
    m_sentence->setText(CostText::breakEven(shape()));
    setAccessibleName(tr("What attention costs"));
    setAccessibleDescription(m_note->text() + QLatin1Char('\n') + m_sentence->text());
}

void CostView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    follow();
}

void CostView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) say();
    QWidget::changeEvent(event);
}

} // namespace headlens
