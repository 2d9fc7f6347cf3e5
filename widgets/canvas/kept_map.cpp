// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/kept_map.h"

#include "widgets/canvas/canvas_scene.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/method_map.h"

namespace headlens {

KeptMap::KeptMap(const InspectionModel* model, const Selection* selection, const DisplaySettings* display,
                 QObject* parent)
    : QObject(parent)
{
    connect(model, &InspectionModel::modelChanged, this, &KeptMap::forget);
    connect(model, &InspectionModel::inputChanged, this, &KeptMap::forget);
    connect(model->rows(), &LiveRows::changed, this, &KeptMap::forget);
    connect(model->map(), &MethodMap::changed, this, &KeptMap::forget);
    connect(model->comparison(), &Comparison::changed, this, &KeptMap::forget);
    connect(selection, &Selection::mapChanged, this, &KeptMap::forget);
    connect(selection->heads(), &HeadChoice::changed, this, &KeptMap::forget);
    connect(display, &DisplaySettings::changed, this, &KeptMap::forget);
}

std::shared_ptr<const CanvasMap> KeptMap::of(const CanvasScene& scene)
{
    const void* run = &scene.model->run(); // it is replaced before anybody hears of it
    if (m_map == nullptr || m_run != run) m_map = std::make_shared<const CanvasMap>(mapOf(scene));
    m_run = run;
    return m_map;
}

} // namespace headlens
