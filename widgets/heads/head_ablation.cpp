// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/head_ablation.h"

#include "widgets/viewmodel/inspection_model.h"

#include <algorithm>

namespace headlens {

bool isAblated(const InspectionModel& model, const HeadPlace& place)
{
    return std::ranges::any_of(model.request().text.ablated, [&](const verbs::HeadAddress& address) {
        return address.layer == place.layer && address.head == place.head;
    });
}

void toggleAblated(InspectionModel* model, const HeadPlace& place)
{
    TextRequest wish = model->request().text;
    if (isAblated(*model, place))
        std::erase_if(wish.ablated, [&](const verbs::HeadAddress& address) {
            return address.layer == place.layer && address.head == place.head;
        });
    else
        wish.ablated.push_back({place.layer, place.head});
    model->change([&](RunRequest& r) { r.text = wish; });
}

} // namespace headlens
