// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/view_names.h"

#include "app/dino_view.h"
#include "app/start_screen.h"
#include "app/view_docks.h"
#include "app/workspaces.h"
#include "core/base/method_names.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_map.h"

#include <QDockWidget>

#include <algorithm>

namespace headlens {

namespace {

template <OverlayStyle Style>
void drawn(const ViewNames::Parts& in)
{
    in.display->change([](Display& d) { d.style = Style; });
}

} // namespace

const std::vector<ViewNames::Other>& ViewNames::others()
{
    static const std::vector<Other> kOthers{
        {"pca", [](const Parts& in) { in.display->change([](Display& d) { d.ground = Ground::Components; }); }},
        {"dino", [](const Parts& in) { in.dino->show(); }},
        {"start", [](const Parts& in) { in.start->show(); }},
        {"heat", drawn<OverlayStyle::Heat>},
        {"spotlight", drawn<OverlayStyle::Spotlight>},
        {"contours", drawn<OverlayStyle::Contours>},
        {"links", drawn<OverlayStyle::Links>},
        {"side-by-side", drawn<OverlayStyle::SideBySide>},
    };
    return kOthers;
}

bool ViewNames::show(const QString& name)
{
    const QString what = QString::fromStdString(currentMethodName(name.toStdString()));
    if (what == kRowMap || m_parts.model->map()->method(what) != nullptr) {
        m_parts.selection->setMap(what);
        return true;
    }
    if (const View* view = viewOf(what)) {
        m_parts.workspaces->showView(what);
        if (view->showPart != nullptr) view->showPart(m_parts.docks->dock(what)->widget(), what);
        return true;
    }
    if (workspaceOf(what) != nullptr) {
        m_parts.workspaces->show(what);
        return true;
    }
    const auto other =
        std::ranges::find_if(others(), [&](const Other& one) { return what == QLatin1String(one.name); });
    if (other == others().end()) return false;
    other->show(m_parts);
    return true;
}

QStringList ViewNames::all()
{
    QStringList names{kRowMap};
    for (const Other& other : others()) names << QString::fromLatin1(other.name);
    for (const Workspace& one : workspaces()) names << QString::fromLatin1(one.id);
    for (const View& view : views()) {
        names << QString::fromLatin1(view.id);
        for (const char* part : view.parts) names << QString::fromLatin1(part);
    }
    return names;
}

} // namespace headlens
