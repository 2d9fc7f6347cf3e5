// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heads/head_reach.h"

#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/live_rows.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlens {
namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("HeadReach", text);
}

const verbs::BlockGrid* blockOf(const InspectionModel& model, int layer)
{
    const auto& blocks = model.input().blocks;
    return layer >= 0 && std::size_t(layer) < blocks.size() ? &blocks[std::size_t(layer)] : nullptr;
}

Reach ofEmptyRows(const InspectionModel& model, const verbs::BlockGrid& block, int layer)
{
    const verbs::Rows& of = model.rows()->of();
    if (!block.taking.empty() && std::ranges::find(block.taking, of.token) == block.taking.end())
        return Reach::TakesNoPart;
    const auto& hidden = model.input().hiddenPatches;
    const int patch = of.token - int(model.rows()->layoutOf(layer).prefix.size());
    if (block.hidesPatches && std::ranges::find(hidden, patch) != hidden.end()) return Reach::IsHidden;
    if (of.reverse) return Reach::NobodyLooks;
    return block.kind == "memory" ? Reach::EmptyMemory : Reach::ReadsNothing;
}

// Which tokens a person has to choose so that the layer has something to ask.
QString whoAsks(const InspectionModel& model, int layer, int stream)
{
    const auto& streams = model.input().streams;
    const bool known = stream >= 0 && std::size_t(stream) < streams.size();
    const std::string name = known ? streams[std::size_t(stream)].name : std::string();
    const bool picture = known && streams[std::size_t(stream)].gridWidth > 0;
    const bool text = known && !streams[std::size_t(stream)].tokens.empty();
    const QString number = QString::number(layer);
    if (name == "encoder")
        return say(QT_TRANSLATE_NOOP("HeadReach", "Layer %1 asks about the text of the encoder: choose a word there"))
            .arg(number);
    if (name == "decoder")
        return say(QT_TRANSLATE_NOOP("HeadReach", "Layer %1 asks about the text of the decoder: choose a word there"))
            .arg(number);
    if (text) return say(QT_TRANSLATE_NOOP("HeadReach", "Layer %1 asks about the text: choose a word")).arg(number);
    if (picture)
        return say(QT_TRANSLATE_NOOP("HeadReach", "Layer %1 asks about the picture: choose a patch")).arg(number);
    return say(QT_TRANSLATE_NOOP("HeadReach", "Layer %1 asks about other tokens: %2"))
        .arg(number, QString::fromStdString(name));
}

// Softmax gives every key something: what no head gives anything is masked (a later word, a hidden one).
std::vector<bool> wordsInReach(const FloatArray& rows)
{
    std::vector<bool> seen(std::size_t(rows.columns()), false);
    for (int head = 0; head < rows.rows(); ++head) {
        const auto row = rows.part(head);
        for (std::size_t i = 0; i < seen.size(); ++i) seen[i] = seen[i] || row[i] != 0;
    }
    return std::ranges::find(seen, false) == seen.end() ? std::vector<bool>() : seen;
}

} // namespace

Reach reachOf(const InspectionModel& model, int layer)
{
    const AllRows& rows = model.rows()->layers();
    const verbs::BlockGrid* block = blockOf(model, layer);
    if (block == nullptr || std::size_t(layer) >= rows.size()) return Reach::Reached;
    const FloatArray& here = rows[std::size_t(layer)];
    if (here.rows() == 0) return model.rows()->of().reverse ? Reach::AnswersElsewhere : Reach::AsksElsewhere;
    const bool isEmpty = std::ranges::all_of(here.values, [](float value) { return value == 0; });
    // Where two runs do not differ there is nothing as well.
    return isEmpty && !model.rows()->of().difference ? ofEmptyRows(model, *block, layer) : Reach::Reached;
}

QString whyNotReached(const InspectionModel& model, int layer)
{
    const QString number = QString::number(layer);
    switch (reachOf(model, layer)) {
    case Reach::Reached: return {};
    case Reach::AsksElsewhere: return whoAsks(model, layer, blockOf(model, layer)->queryStream);
    case Reach::AnswersElsewhere:
        return say(QT_TRANSLATE_NOOP("HeadReach", "Layer %1 looks at other tokens: nothing in it can look at this one"))
            .arg(number);
    case Reach::TakesNoPart: return say(QT_TRANSLATE_NOOP("HeadReach", "Layer %1 passes this token by")).arg(number);
    case Reach::IsHidden: return say(QT_TRANSLATE_NOOP("HeadReach", "This patch is hidden from layer %1")).arg(number);
    case Reach::EmptyMemory:
        return say(QT_TRANSLATE_NOOP("HeadReach", "The memory of layer %1 is still empty here")).arg(number);
    case Reach::NobodyLooks:
        return say(QT_TRANSLATE_NOOP("HeadReach", "Nobody looks at this token in layer %1")).arg(number);
    case Reach::ReadsNothing: break;
    }
    return say(QT_TRANSLATE_NOOP("HeadReach", "This token reads nothing in layer %1")).arg(number);
}

std::vector<bool> keysInReach(const InspectionModel& model, int layer)
{
    const LiveRows& rows = *model.rows();
    if (rows.layoutOf(layer).isPicture()) return rows.reachable(layer);
    if (rows.of().difference || std::size_t(layer) >= rows.layers().size()) return {};
    return wordsInReach(rows.layers()[std::size_t(layer)]);
}

} // namespace headlens
