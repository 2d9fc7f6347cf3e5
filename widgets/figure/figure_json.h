// SPDX-License-Identifier: GPL-3.0-or-later
// The description of a figure as JSON: what is saved, what lies in the metadata of a figure, what a session holds.
#pragma once

#include "core/wire/json_fwd.h"
#include "widgets/figure/figure_spec.h"

#include <QByteArray>

namespace headlens {

Json toJson(const FigureSpec& spec);
// Every length and range is checked and no key is unknown: else Error(BadConfig), one sentence.
FigureSpec figureSpecFrom(const Json& json);
FigureSpec figureSpecFrom(const QByteArray& bytes);

// Paths of pictures and models that are files, as they are called from within a folder, and back. What is no file
// (the name of an embedded model, a pasted picture) stays as it is.
FigureSpec relativeTo(const QString& folder, FigureSpec spec);
FigureSpec absoluteFrom(const QString& folder, FigureSpec spec);

} // namespace headlens
