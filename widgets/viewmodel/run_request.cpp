// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/run_request.h"

#include <algorithm>

namespace headlens {
namespace {

const verbs::Switch* switchOf(const verbs::ModelInfo& model, const std::string& name)
{
    const auto hit = std::ranges::find(model.switches, name, &verbs::Switch::name);
    return hit == model.switches.end() ? nullptr : &*hit;
}

bool isAsTrained(const verbs::Switch& one, const std::string& value)
{
    if (value == one.usual) return true;
    bool reads = false, readsUsual = false;
    const double number = QString::fromStdString(value).toDouble(&reads);
    const double usual = QString::fromStdString(one.usual).toDouble(&readsUsual);
    return one.choices.empty() && reads && readsUsual && number == usual;
}

void addText(verbs::SetInput& request, const TextRequest& wish)
{
    request.text = wish.text.toStdString();
    request.pair = wish.pair.toStdString();
    request.written = wish.written.toStdString();
    request.decoderInputIds = wish.decoderInputIds;
    for (const QString& candidate : wish.candidates)
        if (!candidate.isEmpty()) request.candidates.push_back(candidate.toStdString());
    if (const std::string label = wish.activeLabel.toStdString(); std::erase(request.candidates, label) > 0)
        request.candidates.insert(request.candidates.begin(), label); // the first is the one that is looked into
    request.cutFrom = wish.cutFromBegin ? "begin" : "end";
    request.hiddenTokens = wish.hiddenTokens;
}

} // namespace

bool TextRequest::operator==(const TextRequest& other) const
{
    const auto same = [](const verbs::HeadAddress& a, const verbs::HeadAddress& b) {
        return a.layer == b.layer && a.head == b.head;
    };
    return text == other.text && pair == other.pair && written == other.written && chat == other.chat &&
           system == other.system && decoderInputIds == other.decoderInputIds && candidates == other.candidates &&
           activeLabel == other.activeLabel && cutFromBegin == other.cutFromBegin &&
           hiddenTokens == other.hiddenTokens && std::ranges::equal(ablated, other.ablated, same);
}

void RunRequest::dropWhatIsAsTrained(const verbs::ModelInfo& model)
{
    std::erase_if(switches, [&model](const auto& set) {
        const verbs::Switch* known = switchOf(model, set.first);
        return known == nullptr || isAsTrained(*known, set.second);
    });
}

QString RunRequest::switchValue(const verbs::ModelInfo& model, const QString& name) const
{
    const std::string key = name.toStdString();
    if (const auto set = switches.find(key); set != switches.end()) return QString::fromStdString(set->second);
    const verbs::Switch* known = switchOf(model, key);
    return known != nullptr ? QString::fromStdString(known->usual) : QString();
}

verbs::SetInput RunRequest::forModel(const verbs::ModelInfo& model, const QString& picture, bool takesCut) const
{
    verbs::SetInput request;
    request.name = picture.toStdString();
    request.fit = fit.toStdString();
    request.takesCut = takesCut;
    request.maskRatio = maskRatio;
    request.maskSeed = maskSeed;
    request.ablated = text.ablated;
    request.switches = switches;
    request.changes = changes;
    if (model.text.reads) addText(request, text);
    request.chat = model.text.reads && text.chat && !model.text.chat.empty();
    if (request.chat) request.system = text.system.toStdString();
    return request;
}

} // namespace headlens
