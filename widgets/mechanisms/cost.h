// SPDX-License-Identifier: GPL-3.0-or-later
// What the view of costs counts and says: the sizes it offers for the open model, and numbers as text. Window's thread.
#pragma once

#include "core/base/attention_cost.h"
#include "core/wire/verbs.h"

#include <QCoreApplication>
#include <QString>

#include <vector>

namespace headlens {

// Sizes of a picture (squares of 4 to 64 patches on a side) or of a text (16 to 4096 tokens), smallest first; that of
// the open model is among them, whatever it is.
struct CostSizes {
    std::vector<AttentionShape> sizes; // never empty
    int own = -1;                      // that of the open model; -1: there is none
    const AttentionShape& at(int index) const { return sizes[std::size_t(index)]; }
    const AttentionShape& largest() const { return sizes.back(); }
    bool isPicture() const { return largest().hasGrid(); }
    int nearest(double count) const; // the size whose extent is nearest, on a scale of powers
};

// Patches of a picture, tokens of a text: what curves are drawn over.
double extentOf(const AttentionShape& shape);
// The heads of the first block that looks at its own tokens; without a model four heads of width 16, as in ours.
CostSizes costSizes(const verbs::ModelInfo& model, const verbs::InputInfo& input);
// What the blocks do when nothing is switched: "dense", or nothing where they have a pattern of another kind (windows
// of a Swin, segments, routed tokens).
std::string usualPattern(const verbs::InputInfo& input);

struct CostText {
    Q_DECLARE_TR_FUNCTIONS(CostText)
public:
    static QString pattern(const std::string& name);   // short, as at the end of a curve
    static QString size(const AttentionShape& shape);  // "8 × 8", "36 tokens"
    static QString count(double number);               // "4,225", "541 k", "16.8 M"
    static QString exactly(double number);             // "540,800"
    static QString against(double cost, double dense); // "6.9 × less"
    static QString share(double part, double whole);   // "14.5 %"
    static QString memory(double bytes);               // "66.0 KB", "256 MB", powers of 1024
    // Where linear attention and FAVOR+ begin to be worth it.
    static QString breakEven(const AttentionShape& shape);
};

} // namespace headlens
