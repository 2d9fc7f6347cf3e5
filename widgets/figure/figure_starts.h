// SPDX-License-Identifier: GPL-3.0-or-later
// What the window shows as the description of a figure, and the figures that people make most.
#pragma once

#include "widgets/figure/figure_data.h"

namespace headlens {

class DisplaySettings;
class InspectionModel;
class Selection;
struct RunRequest;

// A figure to start from; a row of the table is a button of the composer.
enum class FigureStart : std::uint8_t {
    ThisMap,
    PictureAndHeads,
    PictureMapHeads,
    HeadGrid,
    AllLayers,
    Methods,
    HeadThroughLayers,
    Pictures
};
const std::vector<FigureName<FigureStart>>& figureNames(FigureStart /*of*/);

struct FigureWindow {
    InspectionModel* model;
    Selection* selection;
    DisplaySettings* display;
    QStringList pictures; // that lie ready beside the one that is shown
};

// What a field of the composer offers: what is written, and how people read it.
struct FigureChoice {
    QString id, title, refusal; // refusal: why the model does not allow it; empty: it does
};
struct FigureChoices {
    QList<FigureChoice> maps, queries;
};
FigureChoices figureChoices(const FigureWindow& window);

// How the window draws maps, as a figure does.
FigureLook figureLook(const Display& display);
// How a model is run and what it reads, without model and picture.
FigureContent figureContent(const RunRequest& request);
// The name of the shown picture as a figure has it: a path where it is a file. Empty of a text alone.
QString shownPicture(const InspectionModel& model);
// Model, input and run, without rows and columns.
FigureContent shownContent(const InspectionModel& model);
// The map that the window shows, as it shows it.
FigureSpec shownFigure(const FigureWindow& window);
// Of the heads that the window lays over each other those of other layers, which the figure of a start has not.
int headsLeftOut(FigureStart start, const FigureWindow& window);
// Changes what the start is about and leaves the rest as it is.
FigureSpec startingFrom(FigureStart start, FigureSpec shown, const FigureWindow& window);

} // namespace headlens
