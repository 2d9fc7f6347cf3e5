// SPDX-License-Identifier: GPL-3.0-or-later
// One row of attention as sums that come out right to the digits that are printed: the keys with the largest weights,
// and all others together. Values only, any thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <vector>

namespace headlens {

// What is computed, one after the other. Linear attention has no scale and no exp: Divide stands for softmax.
enum class FormulaStep : int { Query, Dot, Scale, Mask, Softmax, Divide, Sum };
std::vector<FormulaStep> stepsOf(const std::string& rule);

struct FormulaRow {
    int key = -1;                          // -1: all others together
    int count = 1;                         // how many keys this row stands for
    double dot = 0, scaled = 0, added = 0; // added: bias and mask; of one key only
    double share = 0;                      // exp(score - highest), of linear attention the product itself
    double weight = 0;
    bool forbidden = false;
    QString shareText, weightText;   // rounded so that they add up
    std::vector<float> contribution; // [d] weight times value; empty where values were not kept
};

struct Formula {
    verbs::RowFormula said;       // as the engine answered
    std::vector<float> firstKey;  // [d] of the first row, as it is multiplied; empty where the engine sent no keys
    std::vector<FormulaRow> rows; // by falling weight, the others last
    int forbidden = 0;            // keys that must not be read; they are no others
    bool hasBias = false, hasMask = false;
    QString sumText;           // of the shares as printed
    QString weightSumText;     // of the weights as printed
    std::vector<float> output; // [d] sum of the contributions of all keys; empty without values
    bool isEmpty() const { return said.queryVector.empty(); }
    bool readsNothing() const { return !isEmpty() && said.sum == 0; }
};

// `most`: keys with a row of their own.
Formula formulaOf(const verbs::RowFormula& row, int most = 7);

// `values` with `digits` digits so that their sum is the rounded sum of `values` (largest remainder first). Each is
// less than one unit of the last digit away from its value.
std::vector<QString> roundedParts(const std::vector<double>& values, int digits, QString* sum = nullptr);

} // namespace headlens
