// SPDX-License-Identifier: GPL-3.0-or-later
// What a run is asked for with, beside the picture: a value that can be compared. Plain.
#pragma once

#include "core/wire/verbs.h"

#include <QString>
#include <QStringList>

#include <map>
#include <string>
#include <vector>

namespace headlens {

// The text beside the picture, or the text alone.
struct TextRequest {
    QString text, pair, written;
    std::vector<int> decoderInputIds; // exactly what was generated; goes before `written`
    QStringList candidates;           // CLIP, SigLIP
    QString activeLabel;              // which of them; empty: the first
    bool cutFromBegin = false;
    std::vector<int> hiddenTokens; // of the text that is read
    std::vector<verbs::HeadAddress> ablated;
    bool chat = false;   // `text` is a question, which goes through the model's chat template
    QString system = {}; // of a chat: what is said first
    bool operator==(const TextRequest& other) const;
};

struct RunRequest {
    TextRequest text;
    QString fit = QStringLiteral("trained"); // or squash, native
    double maskRatio = -1;                   // masked autoencoders: share of hidden patches; -1: as trained
    quint64 maskSeed = 0;                    // which ones
    // Parts of the model that can be turned off or up (ModelInfo.switches), those not as trained. Kept for other
    // inputs, forgotten with the model.
    std::map<std::string, std::string> switches;
    std::vector<verbs::Change> changes; // what else is changed while it runs, beside the heads that are off
    bool operator==(const RunRequest& other) const = default;

    // Without names the model does not have and values that are as trained ("0.50" is "0.5").
    void dropWhatIsAsTrained(const verbs::ModelInfo& model);
    // As set or as trained; empty: the model has none of that name.
    QString switchValue(const verbs::ModelInfo& model, const QString& name) const;
    // As the engine is asked; `picture` is its name, a cut one is shown as far as it goes where `takesCut`.
    verbs::SetInput forModel(const verbs::ModelInfo& model, const QString& picture, bool takesCut) const;
};

} // namespace headlens
