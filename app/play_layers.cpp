// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/play_layers.h"

#include "widgets/viewmodel/head_choice.h"

#include <QAction>

namespace headlens {

PlayLayers::PlayLayers(HeadChoice* heads, QObject* parent, std::chrono::milliseconds each)
    : QObject(parent), m_heads(heads), m_action(new QAction(this))
{
    m_action->setCheckable(true);
    m_action->setShortcut(QKeySequence(Qt::Key_Space));
    m_timer.setInterval(each);
    connect(&m_timer, &QTimer::timeout, this, &PlayLayers::next);
    connect(m_action, &QAction::toggled, &m_timer, [this](bool on) { on ? m_timer.start() : m_timer.stop(); });
}

void PlayLayers::set(bool on)
{
    m_action->setChecked(on);
}

void PlayLayers::next()
{
    m_heads->setLayer((m_heads->layer() + 1) % m_heads->layers());
}

} // namespace headlens
