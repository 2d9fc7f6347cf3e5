// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/training_view.h"

#include "widgets/training/columns_box.h"
#include "widgets/training/curve_plot.h"
#include "widgets/training/picture_row.h"
#include "widgets/training/share_bars.h"
#include "widgets/training/step_player.h"
#include "widgets/viewmodel/asking.h"

#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace headlens {

TrainingView::TrainingView(InspectionModel* model, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_display(display), m_title(new QLabel), m_scroll(new QScrollArea),
      m_panelBox(new ColumnsBox), m_barBox(new ColumnsBox), m_player(new StepPlayer)
{
    build();
    connect(m_player, &StepPlayer::moved, this, &TrainingView::follow);
    connect(model, &InspectionModel::modelChanged, this, [this] {
        m_of.clear();
        take({});
        ask();
    });
    take({});
}

// The player stays below what scrolls: it must be in reach while a panel far down is watched.
void TrainingView::build()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_title->setWordWrap(true);
    m_title->setMargin(8);
    layout->addWidget(m_title);
    layout->addWidget(m_scroll, 1);
    layout->addStretch(0);
    layout->addWidget(m_player);
    auto* content = new QWidget;
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(4, 0, 4, 4);
    m_layout->addWidget(m_panelBox, 1);
    m_layout->addWidget(m_barBox);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->installEventFilter(this);
}

void TrainingView::ask()
{
    const QString path = QString::fromStdString(m_model->model().path);
    if (!isVisible() || !m_model->model().remembersTraining || path == m_of) return; // showEvent() catches up
    const auto answered = [this, path](const verbs::History& history) {
        if (path != QString::fromStdString(m_model->model().path)) return;
        m_of = path;
        take(history);
    };
    headlens::ask(m_model, verbs::kHistory, {}, this, answered,
                  {.about = Asking::About::Model, .unanswered = Unanswered::EmptyWhenFailed});
}

void TrainingView::take(const verbs::History& history)
{
    m_record = std::make_shared<TrainingRecord>(recordOf(history));
    rebuild();
    m_scroll->setVisible(!m_record->isEmpty());
    m_player->setVisible(!m_record->isEmpty());
    m_player->setSteps(m_record->steps);
    tell();
}

void TrainingView::rebuild()
{
    m_plots.clear();
    m_bars.clear();
    delete m_pictures;
    m_pictures = nullptr;
    for (int i = 0; i < int(m_record->panels.size()); ++i) {
        m_plots.push_back(new CurvePlot(m_record, i));
        connect(m_plots.back(), &CurvePlot::stepChosen, m_player, &StepPlayer::setStep);
    }
    for (int i = 0; i < int(m_record->bars.size()); ++i) m_bars.push_back(new ShareBars(m_record, i));
    m_panelBox->setParts({m_plots.begin(), m_plots.end()});
    m_barBox->setParts({m_bars.begin(), m_bars.end()});
    if (m_record->pictures.empty()) return;
    m_pictures = new PictureRow(m_record, m_display);
    m_layout->addWidget(m_pictures);
}

void TrainingView::follow(double position)
{
    for (CurvePlot* plot : m_plots) plot->setPosition(position);
    for (ShareBars* bars : m_bars) bars->setPosition(position);
    if (m_pictures != nullptr) m_pictures->setPosition(position);
}

void TrainingView::setStep(int step)
{
    m_player->setStep(step);
}

QString TrainingView::title() const
{
    return m_title->text();
}

void TrainingView::tell()
{
    QFont font = m_title->font();
    font.setBold(!m_record->isEmpty());
    m_title->setFont(font);
    if (!m_record->isEmpty())
        m_title->setText(m_record->title);
    else if (!m_model->model().remembersTraining)
        m_title->setText(tr("This model brings no record of its training. Open flamingo to see how its gates opened."));
    else if (m_of.isEmpty())
        m_title->setText(tr("The record of the training is being read."));
    else
        m_title->setText(tr("The record of this training (history.json) could not be read."));
    setAccessibleName(tr("Training"));
    setAccessibleDescription(m_title->text());
}

// From wherever the focus is; bars and pictures keep left and right for themselves.
void TrainingView::keyPressEvent(QKeyEvent* event)
{
    if (m_record->isEmpty() || !m_player->takeKey(event->key())) QWidget::keyPressEvent(event);
}

// The scroll area would take the arrows of its plots to scroll sideways.
bool TrainingView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_scroll && event->type() == QEvent::KeyPress && !m_record->isEmpty() &&
        m_player->takeKey(static_cast<QKeyEvent*>(event)->key()))
        return true;
    return QWidget::eventFilter(watched, event);
}

void TrainingView::showEvent(QShowEvent*)
{
    ask();
}

void TrainingView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    QWidget::changeEvent(event);
}

} // namespace headlens
