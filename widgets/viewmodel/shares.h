// SPDX-License-Identifier: GPL-3.0-or-later
// Where an answer looks: how the attention of one query divides between the picture, the question, what was answered
// so far, and sinks. Of rows that are there already (LiveRows); nothing is asked of the engine. Plain.
#pragma once

#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

class QColor;

namespace headlens {

class HeadChoice;
class InspectionModel;

enum class Share : std::uint8_t { Picture, Question, Answer, Sinks };
inline constexpr int kShares = 4;
using Shares = std::array<double, kShares>; // by Share; 0 to 1, their sum is 1

QString shareTitle(Share share); // in the window's language
QColor shareColor(Share share);  // the palette of Okabe and Ito, which colour-blind people can tell apart

// The part of every token of a stream; empty: there is no such stream. Sinks are those of sinksOf().
std::vector<Share> partsOf(const InspectionModel& model, int stream);

// Of the chosen query in a layer: of the chosen head, else the mean of its heads. None where the layer has no row of
// it, or rows are no shares: in reverse, of a difference.
std::optional<Shares> sharesOf(const InspectionModel& model, const HeadChoice& heads, int layer);
// The same with the partsOf() the stream of the layer's keys, for whoever asks of many layers in one frame.
std::optional<Shares> sharesOf(const InspectionModel& model, const HeadChoice& heads, int layer,
                               const std::vector<Share>& parts);

// Whether there is something to divide: a model that writes.
bool hasShares(const InspectionModel& model);

// "picture 41 % · question 12 % · ..." of what takes part at all.
QString sharesInWords(const Shares& shares);

} // namespace headlens
