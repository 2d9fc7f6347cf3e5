// SPDX-License-Identifier: GPL-3.0-or-later
// The map of one canvas, computed once until something of it changes: another canvas takes it away in every frame and
// under every move of the mouse. Window's thread.
#pragma once

#include "widgets/canvas/canvas_map.h"

#include <QObject>

#include <memory>

namespace headlens {

class DisplaySettings;
class InspectionModel;
class Selection;

class KeptMap : public QObject {
    Q_OBJECT
public:
    KeptMap(const InspectionModel* model, const Selection* selection, const DisplaySettings* display,
            QObject* parent = nullptr);

    // What mapOf(scene) answers; `scene` is of the same model, selection and settings, and takes nothing away.
    std::shared_ptr<const CanvasMap> of(const CanvasScene& scene);

private:
    void forget() { m_map.reset(); }

    std::shared_ptr<const CanvasMap> m_map; // null: to be computed
    const void* m_run = nullptr;            // whose layouts it points to
};

} // namespace headlens
