// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as files that say where they come from: every one carries the names and hashes of its models and inputs, the
// version and its whole description, and can be made again from it.
#pragma once

#include "widgets/figure/figure_data.h"

#include <QByteArray>

namespace headlens {

QStringList figureEndings(); // pdf, svg, png: the usual one first

// The bytes of a file of this ending; empty for others. `folder`: where it will lie, from which its metadata counts
// the paths of pictures and models.
QByteArray figureFile(const QString& ending, const FigureSpec& spec, const FigureData& data, const QString& folder);
// Writes beside it and renames. False: it could not be written.
bool writeFigure(const QString& path, const FigureSpec& spec, const FigureData& data);

// What is written into the metadata: JSON.
QByteArray provenanceOf(const FigureSpec& spec, const FigureData& data, const QString& folder);

// The description in a file: a description itself (.json), a session (.headlens), or a figure that HeadLens wrote. Its
// paths are made absolute. Throws Error(FileMissing | BadConfig).
FigureSpec figureSpecOfFile(const QString& path);

} // namespace headlens
