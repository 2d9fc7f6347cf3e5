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
    HeadChoice* heads = m_parts.selection->heads();
    TokenChoice* tokens = m_parts.selection->tokens();
    QList<int> all;
    m_parts.selection->setMap(kRowMap);
    tokens->setReverse(false);
    heads->setLayer(lastLayer());
    if (!tokens->isPinned() || tokens->query().token != 0) tokens->pin({tokens->query().stream, 0});
    for (int head = 0; head < heads->headCount(); ++head) all << head;
    heads->overlayHeads(all);
    if (!m_maskBefore) m_maskBefore = m_parts.display->get().maskByMass;
    m_parts.display->change([](Display& d) {
        d.maskByMass = true;
        d.ground = Ground::Original;
    });
}

int DinoView::lastLayer() const
{
    int last = m_parts.selection->heads()->layers() - 1;
    while (last > 0 && !m_parts.model->model().blocks[std::size_t(last)].tower.empty()) --last;
    return last;
}

void DinoView::leave()
{
    if (!m_maskBefore || m_parts.selection->heads()->overlaysHeads()) return;
    m_parts.display->change(
        [before = *std::exchange(m_maskBefore, std::nullopt)](Display& d) { d.maskByMass = before; });
}

} // namespace headlens
