// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/dino_view.h"

#include "widgets/common/message_bar.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <utility>

namespace headlens {

DinoView::DinoView(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    connect(m_parts.selection, &Selection::mapChanged, this, &DinoView::leave);
}

void DinoView::show()
{
    if (m_parts.model->run().layout.prefix.isEmpty())
        return m_parts.messages->say(MessageBar::Kind::Warning,
                                     tr("This model has no class token. Choose a ViT, DeiT or DINO model."));
    Selection* selection = m_parts.selection;
    QList<int> heads;
    selection->setMap(kRowMap);
    selection->setReverse(false);
    selection->setLayer(lastLayer());
    if (!selection->isPinned() || selection->token() != 0) selection->pin(0);
    for (int head = 0; head < selection->headCount(); ++head) heads << head;
    selection->overlayHeads(heads);
    if (!m_maskBefore) m_maskBefore = m_parts.display->get().maskByMass;
    m_parts.display->change([](Display& d) {
        d.maskByMass = true;
        d.ground = Ground::Seen;
    });
}

int DinoView::lastLayer() const
{
    int last = m_parts.selection->layers() - 1;
    while (last > 0 && !m_parts.model->model().blocks[std::size_t(last)].tower.empty()) --last;
    return last;
}

void DinoView::leave()
{
    if (!m_maskBefore || m_parts.selection->overlaysHeads()) return;
    m_parts.display->change(
        [before = *std::exchange(m_maskBefore, std::nullopt)](Display& d) { d.maskByMass = before; });
}

} // namespace headlens
