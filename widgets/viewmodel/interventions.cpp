// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/interventions.h"

#include "core/wire/changes.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <tuple>
#include <utility>

namespace headlens {
namespace {

using verbs::Change;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Interventions)
};

bool takes(const Change& change, ChangeKind::Takes what)
{
    const ChangeKind* kind = changeKind(change.kind);
    return kind != nullptr && kind->takes == what;
}

// What the head says, in one way at a time; a patch of some tokens stands beside it.
bool isHead(const Change& change)
{
    return takes(change, ChangeKind::Head) && !takesHeld(change);
}

bool isMean(const Change& change)
{
    return change.kind == "mean" || change.kind == "folder-mean";
}

// Lists of tokens, of the whole model.
bool isList(const Change& change)
{
    return changeKind(change.kind) == nullptr || takes(change, ChangeKind::Tokens);
}

// Heads that are off have a list of their own.
bool isOneHead(const Change& change)
{
    return isHead(change) && change.block >= 0 && change.head >= 0;
}

void removeAblated(RunRequest& request, const Change& change)
{
    std::erase_if(request.text.ablated,
                  [&](const verbs::HeadAddress& one) { return one.layer == change.block && one.head == change.head; });
}

template <typename IsMeant>
HeadChange changeBy(const RunRequest& request, const IsMeant& isMeant)
{
    HeadChange all;
    for (const Change& one : interventionsOf(request)) {
        if (!isMeant(one)) continue;
        if (isMean(one)) all.isMean = true;
        if (one.kind == "head" || one.kind == "attention" || one.kind == "block") all.factor *= one.factor;
    }
    return all;
}

QString number(int place)
{
    return place < 0 ? QStringLiteral("*") : QString::number(place);
}

QString someOf(const std::vector<int>& tokens)
{
    constexpr std::size_t kMost = 3;
    if (tokens.empty()) return Words::tr("all tokens");
    QStringList names;
    for (std::size_t i = 0; i < std::min(kMost, tokens.size()); ++i) names << QString::number(tokens[i]);
    return names.join(QLatin1String(", ")) + (tokens.size() > kMost ? QStringLiteral(" \u2026") : QString());
}

QString cutWords(const Change& change)
{
    const QString edge = QStringLiteral("%1 \u2192 %2").arg(someOf(change.queries), someOf(change.keys));
    if (change.block < 0 && change.head < 0) return Words::tr("Cut %1 in every head").arg(edge);
    return Words::tr("Cut %1 in head %2.%3").arg(edge, number(change.block), number(change.head));
}

} // namespace

bool isOfTokens(const Change& change)
{
    return isList(change) || takes(change, ChangeKind::Edges) || (takesHeld(change) && !change.keys.empty());
}

std::vector<Change> interventionsOf(const RunRequest& request)
{
    std::vector<Change> all;
    for (const verbs::HeadAddress& head : request.text.ablated)
        all.push_back({"head", head.layer, head.head, 0, {}, {}});
    all.insert(all.end(), request.changes.begin(), request.changes.end());
    if (!request.text.hiddenTokens.empty()) all.push_back({kHiddenWords, -1, -1, 0, {}, request.text.hiddenTokens});
    const auto order = [](const Change& one) {
        const bool isLast = isList(one) || takes(one, ChangeKind::Edges);
        return std::tuple(isLast, one.block, one.head, isHead(one) ? std::string() : one.kind);
    };
    std::ranges::stable_sort(all, {}, order);
    return all;
}

bool isSamePlace(const Change& a, const Change& b)
{
    if (isHead(a) && isHead(b)) return a.block == b.block && a.head == b.head;
    if (a.kind != b.kind) return false;
    if (takes(a, ChangeKind::Edges)) return a == b;
    return isList(a) || (a.block == b.block && a.head == b.head);
}

void removeIntervention(RunRequest& request, const Change& change)
{
    if (change.kind == kHiddenWords) request.text.hiddenTokens.clear();
    if (isOneHead(change)) removeAblated(request, change);
    std::erase_if(request.changes, [&](const Change& one) { return isSamePlace(one, change); });
}

void setIntervention(RunRequest& request, const Change& change)
{
    const auto there =
        std::ranges::find_if(request.changes, [&](const Change& one) { return isSamePlace(one, change); });
    const bool isOff = isOneHead(change) && change.kind == "head" && change.factor == 0;
    const bool isNothing = isList(change) && change.keys.empty();
    if (change.kind == kHiddenWords) {
        request.text.hiddenTokens = change.keys;
    } else if (isOff || isNothing) {
        removeIntervention(request, change);
        if (isOff) request.text.ablated.push_back({change.block, change.head});
    } else {
        if (isOneHead(change)) removeAblated(request, change);
        if (there == request.changes.end())
            request.changes.push_back(change);
        else
            *there = change; // where it stood
    }
}

void dropTokenChanges(RunRequest& request)
{
    std::erase_if(request.changes, isOfTokens);
}

bool hidesTokens(const verbs::InputInfo& input)
{
    return input.streams.size() <= 1 && std::ranges::all_of(input.blocks, [](const verbs::BlockGrid& block) {
               return block.windowHeight == 0 && !block.hidesPatches && block.taking.empty() && block.router.empty() &&
                      block.rule == "softmax";
           });
}

HeadChange changeOfHead(const RunRequest& request, const HeadPlace& place)
{
    return changeBy(request, [&](const Change& one) {
        return (one.block < 0 || one.block == place.layer) && (one.head < 0 || one.head == place.head);
    });
}

HeadChange ownChangeOfHead(const RunRequest& request, const HeadPlace& place)
{
    return changeBy(request, [&](const Change& one) {
        return isOneHead(one) && one.block == place.layer && one.head == place.head;
    });
}

void setHeadFactor(RunRequest& request, const HeadPlace& place, double factor)
{
    const Change change{"head", place.layer, place.head, factor, {}, {}};
    if (factor == 1)
        removeIntervention(request, change);
    else
        setIntervention(request, change);
}

std::vector<int> keysOf(const RunRequest& request, const std::string& kind)
{
    const auto hit = std::ranges::find(request.changes, kind, &Change::kind);
    return hit == request.changes.end() ? std::vector<int>() : hit->keys;
}

const Change* interventionAt(const RunRequest& request, const Change& place)
{
    const auto hit = std::ranges::find_if(request.changes, [&](const Change& one) { return isSamePlace(one, place); });
    return hit == request.changes.end() ? nullptr : &*hit;
}

QString setName(const std::string& path)
{
    return QString::fromStdString(path).section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty);
}

QString interventionTip(const Change& change)
{
    QStringList paths;
    for (const std::string* path : {&change.source, &change.against})
        if (!path->empty()) paths << QString::fromStdString(*path);
    return paths.join(QLatin1Char('\n'));
}

namespace {

// What is taken from the baseline.
QString heldWords(const Change& change)
{
    const QString block = number(change.block), tokens = someOf(change.keys);
    if (change.kind == "patch") return Words::tr("Into layer %1 from the baseline: %2").arg(block, tokens);
    if (change.kind == "patch-attention")
        return Words::tr("Attention of layer %1 from the baseline: %2").arg(block, tokens);
    if (change.kind == "patch-mlp") return Words::tr("MLP of layer %1 from the baseline: %2").arg(block, tokens);
    return Words::tr("Head %1.%2 from the baseline: %3").arg(block, number(change.head), tokens);
}

} // namespace

QString placeWords(const Change& change)
{
    const QString block = number(change.block);
    const int count = int(change.keys.size());
    if (takesHeld(change)) return heldWords(change);
    if (change.kind == "steer")
        return Words::tr("Layer %1 steered: %2 \u2212 %3").arg(block, setName(change.source), setName(change.against));
    if (isHead(change) && change.head < 0) return Words::tr("All heads of layer %1").arg(block);
    if (isHead(change)) return Words::tr("Head %1.%2").arg(block, number(change.head));
    if (change.kind == "attention") return Words::tr("Attention of layer %1").arg(block);
    if (change.kind == "mlp") return Words::tr("MLP of layer %1").arg(block);
    if (change.kind == "block") return Words::tr("Layer %1").arg(block);
    if (change.kind == kHiddenWords) return Words::tr("Words hidden: %1").arg(count);
    if (change.kind == "hide") return Words::tr("Tokens hidden: %1").arg(someOf(change.keys));
    if (change.kind == "cut") return cutWords(change);
    if (change.kind == "cover-mean") return Words::tr("Patches covered by the mean: %1").arg(count);
    if (change.kind == "cover-blur") return Words::tr("Patches blurred: %1").arg(count);
    if (change.kind == "cover-zero") return Words::tr("Patches covered by zero: %1").arg(count);
    return QString::fromStdString(textOf(change));
}

QString interventionWords(const Change& change)
{
    QString place = placeWords(change);
    if (change.kind == "mean") return Words::tr("%1 by its mean").arg(place);
    if (change.kind == "folder-mean") return Words::tr("%1 by its mean over %2").arg(place, setName(change.source));
    if (!hasFactor(change)) return place;
    if (change.factor == 0) return Words::tr("%1 off").arg(place);
    return QStringLiteral("%1 \u00D7 %2").arg(place, QLocale().toString(change.factor, 'g', 3));
}

} // namespace headlens
