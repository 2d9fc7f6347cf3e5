// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of attention of the selected token, in every layer: asked for whenever the selection moves, kept until the
// next answer. While the mouse moves, the selection may be ahead of them.
#pragma once

#include "core/wire/verbs.h"
#include "widgets/viewmodel/token_layout.h"

#include <QObject>

#include <vector>

namespace headlens {

class HeadChoice;
class InspectionModel;
class Selection;
class TokenChoice;

using AllRows = std::vector<FloatArray>; // of every layer [heads,tokens]; [0,0] where it knows nothing of the token

class LiveRows : public QObject {
    Q_OBJECT
public:
    LiveRows(InspectionModel* model, Selection* selection);

    void request();
    void clear() { m_layers.clear(); }

    const AllRows& layers() const { return m_layers; } // empty until the first answer
    const verbs::Rows& of() const { return m_of; }     // the token and direction they belong to
    // The row the canvas paints: the chosen layer, its heads fused; empty when there is none.
    std::vector<float> current() const;
    // Which patches the query of of() can see in a layer; empty: all.
    std::vector<bool> reachable(int layer) const;
    // What a row of a layer counts: its keys, in reverse its queries.
    const TokenLayout& layoutOf(int layer) const;
    const TokenLayout& keyLayout() const;
    // The same, with a picture among words as patches: how the tokens of a row are called.
    const TokenLayout& namesOf(int layer) const;
    // As keyLayout(), but where it lies on the picture: of a layer that reads words a picture among them, and of one
    // that looks at no patches the picture's own.
    const TokenLayout& imageLayout() const;
    // In which the queries of the picture are picked: of keys that are coarser than the queries, or no patches at all,
    // the queries' own.
    const TokenLayout& queryLayout() const;
    // Whose tokens queryLayout() counts.
    int pictureStream() const;

Q_SIGNALS:
    void changed();

private:
    void take(verbs::RowsOfLayers answer);

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    AllRows m_layers;
    verbs::Rows m_of; // what m_layers answer
};

} // namespace headlens
