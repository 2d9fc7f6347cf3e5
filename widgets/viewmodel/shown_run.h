// SPDX-License-Identifier: GPL-3.0-or-later
// What one run showed: its description, where its tokens lie, its pictures. Never changes once it is made.
#pragma once

#include "core/wire/verbs.h"
#include "widgets/viewmodel/token_layout.h"

#include <QImage>

#include <vector>

namespace headlens {

struct ShownRun {
    verbs::InputInfo input; // no tokens: there is no run
    QImage seen, original;
    QImage reconstruction;                  // of a masked autoencoder
    TokenLayout layout;                     // of the first stream
    std::vector<TokenLayout> keys, queries; // one a layer
    std::vector<TokenLayout> among;         // one a stream: a picture among its words (TokenLayout::amongWords)

    static ShownRun from(const verbs::ModelInfo& model, const verbs::InputAnswer& answer);

    bool hasPicture() const { return input.tokens > 0 && !seen.isNull(); }
    bool hasState(const QString& name) const; // verb state
    int pictureStream() const;                // the stream with patches; 0 when there is none
    // What a row of a layer counts: its keys, in reverse its queries; of a layer that does not exist the first stream.
    const TokenLayout& layoutOf(int layer, bool reverse) const;
    // The same where it lies on the picture: of a layer that reads words, a picture among them. Null: it does not.
    const TokenLayout* onPicture(int layer, bool reverse) const;
    // The first layer whose patches are so many; null when there is none. 0: any.
    const TokenLayout* pictureOf(int rows = 0, int columns = 0) const;
    // The last layer of a vision model that looks at its picture: the first hardly shows anything. -1: none.
    int lastLayerThatLooks() const;
    // Of a model that reads a picture among words the middle one of these layers: its last ones look at the words.
    // -1: none.
    int middleLayerThatReads() const;
};

// A deep copy; null where there is none.
QImage toQImage(const Image8& image);

} // namespace headlens
