// SPDX-License-Identifier: GPL-3.0-or-later
// From what the engine answers to what a figure paints. Free of the engine: values in, values out.
#pragma once

#include "widgets/figure/figure_data.h"
#include "widgets/viewmodel/shown_run.h"

#include <QSize>

namespace headlens {

// A model and one of its runs.
struct FigureStage {
    verbs::ModelInfo model;
    ShownRun run;
    QImage picture; // photographOf(run); one for all panels, so that a file holds it once
};

// The part of the photograph that the model saw, as sharp as it came; of a text alone null.
QImage photographOf(const ShownRun& run, bool asSeen);
// Where the patches lie, in shares of the picture that the model saw: sides that are no multiple of the patch lose
// their rest or are padded.
QRectF gridShare(const TokenLayout& layout, const ShownRun& run);

// All layers of the first run where `lines` leaves them open, its heads (the most of any layer), the methods that the
// model allows.
FigureLines resolved(const FigureLines& lines, const FigureStage& stage);

// The subject with its layer and stream named.
FigureSubject resolved(FigureSubject subject, const FigureStage& stage);
// The token that the subject asks about in the map of the first block; -1: the mean of all, which rows do not have.
// None: the run has no such token.
std::optional<int> queryToken(const FigureSubject& subject, const FigureStage& stage);
QString queryName(const FigureSubject& subject, const FigureStage& stage);

// What is asked for a cell: panels with the same key share an answer.
verbs::Rows rowsQuestion(const FigureSubject& subject, const FigureStage& stage, int token);
verbs::MapQuestion mapQuestion(const FigureSubject& subject, const FigureStage& stage, int token);
const verbs::MethodInfo* methodOf(const FigureStage& stage, const QString& id); // null: the model has none of that name

FigurePanel panelOf(const FigureSubject& subject, const FigureStage& stage, const verbs::RowsOfLayers& answer);
FigurePanel panelOf(const FigureSubject& subject, const FigureStage& stage, const verbs::TokenMap& answer);
FigurePanel emptyPanel(const FigureStage& stage, const QString& why);

} // namespace headlens
