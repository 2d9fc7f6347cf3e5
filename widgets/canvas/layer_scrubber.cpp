// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/layer_scrubber.h"

#include "widgets/style/icons.h"
#include "widgets/style/look.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace headlens {

LayerScrubber::LayerScrubber(InspectionModel* model, HeadChoice* heads, QWidget* parent)
    : QWidget(parent), m_heads(heads), m_play(new QToolButton), m_name(new QToolButton),
      m_bars(new LayerBars(model, heads)), m_number(new QLabel)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_play);
    layout->addWidget(m_name);
    layout->addWidget(m_bars, 1);
    layout->addWidget(m_number);
    m_play->setCheckable(true);
    setLook(m_play, Look::Chip);
    m_play->setFocusPolicy(Qt::TabFocus);
    m_play->hide(); // until there is something to play
    auto* menu = new QMenu(m_name);
    connect(menu, &QMenu::aboutToShow, m_bars, [this, menu] {
        menu->clear();
        m_bars->addStatistics(menu);
    });
    m_name->setAutoRaise(true);
    m_name->setFocusPolicy(Qt::TabFocus);
    m_name->setMenu(menu);
    m_name->setPopupMode(QToolButton::InstantPopup);
    connect(m_bars, &LayerBars::statisticChanged, this, &LayerScrubber::retranslate);
    connect(m_heads, &HeadChoice::changed, this, &LayerScrubber::follow);
    retranslate();
    follow();
}

void LayerScrubber::setPlayAction(QAction* play)
{
    m_playing = play;
    m_play->show();
    connect(m_play, &QToolButton::clicked, play, &QAction::setChecked);
    connect(play, &QAction::changed, this, &LayerScrubber::followPlay);
    followPlay();
}

void LayerScrubber::followPlay()
{
    const bool on = m_playing != nullptr && m_playing->isChecked();
    const QString name = on ? tr("Stop") : tr("Play through the layers");
    m_play->setChecked(on);
    m_play->setIcon(icon(on ? Icon::Pause : Icon::Play));
    m_play->setAccessibleName(name);
    m_play->setToolTip(m_playing == nullptr
                           ? name
                           : tr("%1 (%2)").arg(name, m_playing->shortcut().toString(QKeySequence::NativeText)));
}

// "layer 8 of 0–11": layers count from 0, as everywhere.
void LayerScrubber::follow()
{
    const auto text = [last = m_heads->layers() - 1](int layer) { return tr("layer %1 of 0–%2").arg(layer).arg(last); };
    m_number->setMinimumWidth(m_number->fontMetrics().horizontalAdvance(text(m_heads->layers() - 1)));
    m_number->setText(text(m_heads->layer()));
}

void LayerScrubber::retranslate()
{
    const QString what = LayerBars::nameOf(m_bars->statistic());
    m_name->setText(tr("Bars: %1").arg(LayerBars::shortNameOf(m_bars->statistic())));
    m_name->setToolTip(tr("What the bars show: %1").arg(what));
    m_name->setAccessibleName(m_name->toolTip());
    followPlay();
    follow();
}

void LayerScrubber::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
