// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/interventions/intervention_places.h"

#include "widgets/text/token_facts.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/interventions.h"
#include "widgets/viewmodel/selection.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

using verbs::Change;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(InterventionPlaces)
};

std::vector<int> hiddenOf(const RunRequest& request, const std::string& kind)
{
    return kind == kHiddenWords ? request.text.hiddenTokens : keysOf(request, kind);
}

// The list of hidden tokens with these as well, or without them.
OfferedChange hiding(const RunRequest& request, const std::string& kind, const std::vector<int>& tokens)
{
    std::vector<int> keys = hiddenOf(request, kind);
    const auto isHidden = [&keys](int token) { return std::ranges::find(keys, token) != keys.end(); };
    OfferedChange offered;
    offered.isOn = !tokens.empty() && std::ranges::all_of(tokens, isHidden);
    if (offered.isOn)
        std::erase_if(keys, [&](int key) { return std::ranges::find(tokens, key) != tokens.end(); });
    else
        std::ranges::copy_if(tokens, std::back_inserter(keys), [&](int token) { return !isHidden(token); });
    offered.change = Change{kind, -1, -1, 0, {}, keys};
    offered.isList = true;
    return offered;
}

class Offers {
public:
    Offers(const InspectionModel& model, const Selection& selection, int other)
        : m_model(model), m_heads(*selection.heads()), m_tokens(*selection.tokens()), m_other(other)
    {
    }
    std::vector<OfferedChange> all() const
    {
        return {
            ofPart("head", m_heads.head(), Words::tr("Head %1.%2 off").arg(m_heads.layer()).arg(m_heads.head()),
                   Words::tr("Switches the chosen head off (X in the head grid)")),
            ofMean(),
            ofPart("head", -1, Words::tr("All heads off"), Words::tr("Switches every head of the chosen layer off")),
            ofPart("attention", -1, Words::tr("Attention off"),
                   Words::tr("What the attention of the chosen layer adds, switched off")),
            ofPart("mlp", -1, Words::tr("MLP off"), Words::tr("What the MLP of the chosen layer adds, switched off")),
            ofPart("block", -1, Words::tr("Layer %1 off").arg(m_heads.layer()),
                   Words::tr("The chosen layer passes on what it gets")),
            ofRegisters(),
            ofToken(),
            ofEdge(false),
            ofEdge(true),
            ofPatch("patch", -1, Words::tr("Patch layer %1").arg(m_heads.layer()),
                    Words::tr("What enters the chosen layer is taken from the baseline")),
            ofPatch("patch-mlp", -1, Words::tr("Patch MLP"),
                    Words::tr("What the MLP of the chosen layer adds is taken from the baseline")),
            ofPatch("patch-head", m_heads.head(), Words::tr("Patch head"),
                    Words::tr("What the chosen head adds is taken from the baseline")),
            ofSets("folder-mean", m_heads.head(), Words::tr("Mean over a set\u2026"),
                   Words::tr("The chosen head says what it says on average over a folder of pictures or a file of "
                             "texts")),
            ofSets("steer", -1, Words::tr("Steer\u2026"),
                   Words::tr("Adds a direction behind the chosen layer: the mean over one set of inputs less that over "
                             "another"))};
    }

private:
    OfferedChange ofPart(const char* kind, int head, const QString& text, const QString& tip) const
    {
        OfferedChange offered{text, tip};
        offered.change = Change{kind, m_heads.layer(), head, 0, {}, {}};
        offered.isOn = isThere(*offered.change, [&](const Change& one) { return one.kind == kind && one.factor == 0; });
        return offered;
    }
    OfferedChange ofMean() const
    {
        OfferedChange offered{
            Words::tr("Head by its mean"),
            Words::tr("The chosen head says at every token what it says on average over all of them")};
        offered.change = Change{"mean", m_heads.layer(), m_heads.head(), 0, {}, {}};
        offered.isOn = isThere(*offered.change, [](const Change& one) { return one.kind == "mean"; });
        return offered;
    }
    bool isThere(const Change& change, const std::function<bool(const Change&)>& fits) const
    {
        return std::ranges::any_of(interventionsOf(m_model.request()),
                                   [&](const Change& one) { return isSamePlace(one, change) && fits(one); });
    }
    OfferedChange ofRegisters() const
    {
        const std::vector<int> registers = registersOf(m_model);
        OfferedChange offered = hiding(m_model.request(), "hide", registers);
        offered.text = Words::tr("Registers off");
        offered.tip = Words::tr("No token sees the register tokens any more");
        offered.isOffered = !registers.empty() && hidesTokens(m_model.input());
        return offered;
    }
    OfferedChange ofToken() const
    {
        const TokenPlace& query = m_tokens.query();
        const bool isWord = areWords(m_model, query.stream), isPinned = m_tokens.isPinned();
        OfferedChange offered = hiding(m_model.request(), isWord ? kHiddenWords : "hide", {query.token});
        offered.isOn = offered.isOn && isPinned;
        offered.text = isPinned ? Words::tr("Hide token %1").arg(query.token) : Words::tr("Hide token");
        offered.isPossible = isPinned && (isWord || hidesTokens(m_model.input()));
        offered.tip = !isPinned             ? Words::tr("Pin a token first: click a patch or a word")
                      : !offered.isPossible ? notHere()
                                            : Words::tr("Nobody sees the pinned token any more");
        return offered;
    }
    OfferedChange ofEdge(bool everywhere) const
    {
        const int query = m_tokens.query().token;
        const bool isChosen = m_tokens.isPinned() && m_other >= 0 && m_other != query;
        OfferedChange offered;
        offered.text = everywhere ? Words::tr("Cut in all heads") : Words::tr("Cut link");
        offered.isPossible = isChosen && hidesTokens(m_model.input());
        offered.tip = !hidesTokens(m_model.input()) ? notHere()
                      : !isChosen ? Words::tr("Pin a token, then point at the one it shall not see any more")
                      : everywhere
                          ? Words::tr("Token %1 sees token %2 in no head any more").arg(query).arg(m_other)
                          : Words::tr("Token %1 no longer sees token %2 in the chosen head").arg(query).arg(m_other);
        const bool isReversed = m_tokens.reverse(); // the pinned one is seen
        offered.change = Change{"cut", everywhere ? -1 : m_heads.layer(), everywhere ? -1 : m_heads.head(),
                                0,     {isReversed ? m_other : query},    {isReversed ? query : m_other}};
        offered.isOn = isChosen && isThere(*offered.change, [](const Change&) { return true; });
        return offered;
    }
    OfferedChange ofPatch(const char* kind, int head, const QString& text, const QString& tip) const
    {
        const bool isPinned = m_tokens.isPinned() && m_tokens.query().stream == 0;
        const int token = isPinned ? m_tokens.query().token : -1;
        OfferedChange offered = patchAt(m_model, {kind, m_heads.layer(), head, 0, {}, {}}, token);
        const QString where = isPinned ? Words::tr("At token %1").arg(token) : Words::tr("At every token");
        offered.text = text;
        if (offered.isPossible) offered.tip = QStringLiteral("%1. %2.").arg(tip, where);
        return offered;
    }
    OfferedChange ofSets(const char* kind, int head, const QString& text, const QString& tip) const
    {
        OfferedChange offered{text, tip};
        offered.asksSets = true;
        offered.change = Change{kind, m_heads.layer(), head, 1, {}, {}};
        offered.isOn = isThere(*offered.change, [&](const Change& one) { return one.kind == kind; });
        return offered;
    }
    static QString notHere()
    {
        return Words::tr("Through windows and between two sequences no token can be hidden; switch heads off instead");
    }

    const InspectionModel& m_model;
    const HeadChoice& m_heads;
    const TokenChoice& m_tokens;
    int m_other; // that was pointed at while one is pinned; -1: none
};

} // namespace

OfferedChange patchAt(const InspectionModel& model, Change place, int token)
{
    const Comparison& comparison = *model.comparison();
    OfferedChange offered;
    offered.isPossible = false;
    if (!comparison.isOfThisModel())
        offered.tip = Words::tr("Set the baseline (H) on one input, then open the other");
    else if (comparison.baseline().tokens != model.input().tokens)
        offered.tip = Words::tr("The baseline has another number of tokens than what is shown");
    else if (token >= 0 && !hidesTokens(model.input()))
        offered.tip = Words::tr("Through windows and between two sequences no single token can be patched");
    else
        offered.isPossible = true;
    const Change* there = interventionAt(model.request(), place);
    const bool isWhole = there != nullptr && there->keys.empty();
    if (there != nullptr) place.keys = there->keys;
    offered.isOn = isWhole;
    if (token >= 0 && !isWhole) {
        offered.isOn = std::erase(place.keys, token) > 0;
        offered.isList = offered.isOn && !place.keys.empty();
        if (!offered.isOn || place.keys.empty()) place.keys.push_back(token);
        std::ranges::sort(place.keys);
    } else if (token < 0) {
        place.keys.clear();
    }
    offered.change = std::move(place);
    return offered;
}

bool areWords(const InspectionModel& model, int stream)
{
    const auto& streams = model.input().streams;
    return stream == 0 && !streams.empty() && streams.front().gridWidth == 0 && canHide(model, stream);
}

std::vector<int> registersOf(const InspectionModel& model)
{
    std::vector<int> tokens;
    const auto& names = model.model().prefixTokens;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i].starts_with("reg")) tokens.push_back(int(i));
    return tokens;
}

std::vector<OfferedChange> offeredChanges(const InspectionModel& model, const Selection& selection, int otherToken)
{
    return Offers(model, selection, otherToken).all();
}

void toggle(InspectionModel* model, const OfferedChange& offered)
{
    const verbs::Change change = *offered.change;
    model->wishes()->change([&](RunRequest& request) {
        if (offered.isOn && !offered.isList)
            removeIntervention(request, change);
        else
            setIntervention(request, change);
    });
}

} // namespace headlens
