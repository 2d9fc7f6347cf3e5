// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/look_menu.h"

#include "app/dino_view.h"
#include "app/play_layers.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/inspection_model.h"

namespace headlens {

LookMenu::LookMenu(QMainWindow* window, const Parts& parts) : Menu(window, QT_TR_NOOP("&Look")), m_parts(parts)
{
    TokenChoice* tokens = m_parts.selection->tokens();
    buildSteps();
    add(m_parts.playing->action(), QT_TR_NOOP("Play through the layers"));
    add({QT_TR_NOOP("Swap direction"), QKeySequence(Qt::Key_R), [tokens] { tokens->setReverse(!tokens->reverse()); }});
    add({QT_TR_NOOP("&DINO view: class token, all heads"), QKeySequence(Qt::Key_D), [this] { m_parts.dino->show(); }});
    add({QT_TR_NOOP("Let go of the pin"), QKeySequence(Qt::Key_Escape), [tokens] { tokens->unpin(); }});
    add({QT_TR_NOOP("&Hold this run as the baseline"), QKeySequence(Qt::Key_H),
         [this] { m_parts.model->comparison()->hold(); }});
    add({QT_TR_NOOP("Release the baseline"), QKeySequence(Qt::SHIFT | Qt::Key_H),
         [this] { m_parts.model->comparison()->release(); }});
}

void LookMenu::buildSteps()
{
    HeadChoice* heads = m_parts.selection->heads();
    add({QT_TR_NOOP("Next layer"), QKeySequence(Qt::Key_BracketRight),
         [heads] { heads->setLayer(heads->layer() + 1); }});
    add({QT_TR_NOOP("Previous layer"), QKeySequence(Qt::Key_BracketLeft),
         [heads] { heads->setLayer(heads->layer() - 1); }});
    add({QT_TR_NOOP("Next head"), QKeySequence(Qt::Key_Period), [heads] { heads->setHead(heads->head() + 1); }});
    add({QT_TR_NOOP("Previous head"), QKeySequence(Qt::Key_Comma), [heads] { heads->setHead(heads->head() - 1); }});
}

} // namespace headlens
