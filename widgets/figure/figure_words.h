// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a figure in the language of the window: headings, caption.
#pragma once

#include "widgets/figure/figure_panels.h"

namespace headlens {

QString figureInputName(const FigureInput& input); // a file's name without its folder, or the text
QString figureMapName(const QString& map, const FigureStage& stage);
// One name a line, empty of FigureAxis::None. Models are called by their path until they are open.
QStringList figureLineNames(const FigureContent& content, const FigureLines& lines, const FigureStage& stage);
// The same of all columns, with those before the axis.
QStringList figureColumnNames(const FigureContent& content, const FigureStage& stage);
// Stands once beside names that are mere numbers: "layer", "head"; else empty.
QString figureLinesTitle(const FigureLines& lines);

// As written by hand, else what is shown, of what, with which settings.
QString figureCaption(const FigureSpec& spec, const FigureData& data);
// What the numbers beside a colour bar are.
QString figureBarLabel(const FigureData& data);
// The 0th is "a"; after z comes aa.
QString figureLetter(int index);
// With three digits that count: 0.0171, 0.500, 12.0.
QString figureNumber(double value);

} // namespace headlens
