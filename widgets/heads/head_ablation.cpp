// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/head_ablation.h"

#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/interventions.h"

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
    toggleAllAblated(model, {place});
}

void toggleAllAblated(InspectionModel* model, const std::vector<HeadPlace>& places)
{
    const bool areOff = std::ranges::all_of(places, [&](const HeadPlace& place) { return isAblated(*model, place); });
    model->wishes()->change([&](RunRequest& request) {
        for (const HeadPlace& place : places) setHeadFactor(request, place, areOff ? 1 : 0);
    });
}

void setFactor(InspectionModel* model, const HeadPlace& place, double factor)
{
    model->wishes()->change([&](RunRequest& request) { setHeadFactor(request, place, factor); });
}

void setMean(InspectionModel* model, const HeadPlace& place)
{
    model->wishes()->change([&](RunRequest& request) {
        setIntervention(request, {"mean", place.layer, place.head, 0, {}, {}});
    });
}

} // namespace headlens
