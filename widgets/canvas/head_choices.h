// SPDX-License-Identifier: GPL-3.0-or-later
// What can be chosen among the heads of the chosen layer: all of them in colours, one of their fusions, or one head.
// Chips in the row and in its pad are made of these. Window's thread.
#pragma once

#include "widgets/viewmodel/head_choice.h"

#include <QList>
#include <QString>

#include <cstdint>

class QToolButton;
class QWidget;

namespace headlens {

struct HeadOption {
    enum class Kind : std::uint8_t { All, Mean, Max, Min, One } kind = Kind::One;
    int head = 0; // of One
    bool operator==(const HeadOption&) const = default;
};

// All, mean, maximum and minimum, where there is more than one head; then the heads.
QList<HeadOption> headOptions(int heads);
bool isChosen(const HeadChoice& choice, const HeadOption& option);
// Adds: a head is laid over the others, or taken away again.
void choose(HeadChoice* choice, const HeadOption& option, bool adds);

QString shortName(const HeadOption& option); // "mean", "3"
QString longName(const HeadOption& option);  // for tool tips and screen readers

// A chip that chooses the option; Ctrl adds. refreshChip() when the choice or the language changed.
QToolButton* headChip(HeadChoice* choice, const HeadOption& option, QWidget* parent);
void refreshChip(QToolButton* chip, const HeadChoice& choice, const HeadOption& option);

} // namespace headlens
