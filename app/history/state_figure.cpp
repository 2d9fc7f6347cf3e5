// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/state_figure.h"

#include "widgets/figure/figure_starts.h"

namespace headlens {

FigureSpec figureOf(const WorkState& state)
{
    FigureSpec spec;
    spec.content = figureContent(state.input.request);
    spec.content.model = state.model.path;
    spec.content.inputs.first().picture = state.input.picture;
    spec.content.asSeen = state.display.ground == Ground::Seen;
    FigureSubject& subject = spec.content.subject;
    subject.layer = state.look.layer;
    subject.head = state.look.heads.first().head;
    subject.fusion = state.look.fusion;
    subject.query = QString::number(state.look.query.token);
    subject.stream = state.look.query.stream;
    subject.reverse = state.look.reverse;
    subject.map = state.look.map.id;
    subject.target = state.look.map.target;
    if (!state.look.map.settings.empty()) subject.settings[state.look.map.id.toStdString()] = state.look.map.settings;
    spec.look = figureLook(state.display);
    QList<int> heads; // that lie over each other: side by side
    for (const HeadPlace& place : state.look.heads)
        if (place.layer == subject.layer) heads << place.head;
    if (heads.size() > 1 && subject.fusion == HeadFusion::Single && subject.map == kRowMap)
        spec.content.columns = {FigureAxis::Heads, heads, {}};
    return spec;
}

} // namespace headlens
