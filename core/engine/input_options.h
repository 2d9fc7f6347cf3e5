// SPDX-License-Identifier: GPL-3.0-or-later
// The options that every sub-command with an input shares: a picture, a text, and what is taken away from them.
#pragma once

#include "core/session/session.h"

#include <CLI/CLI.hpp>

#include <map>
#include <string>
#include <vector>

namespace headlens {

struct InputOptions {
    verbs::SetInput request; // without the heads
    std::string image;
    std::vector<std::string> ablated;        // "BLOCK.HEAD"
    std::vector<std::string> changes;        // as changeFrom() takes them
    std::vector<std::string> switches;       // "NAME=VALUE"
    std::string baselineImage, baselineText; // what patches are taken from; empty: as in the input itself

    // As --text, --image ...; with a prefix as --PREFIX-text.
    void addTo(CLI::App& command, const std::string& prefix = {});
    void addWithoutPicture(CLI::App& command, const std::string& prefix = {}); // for commands with many of them
    void addMask(CLI::App& command);                                           // --mask-ratio and --mask-seed
    bool isEmpty() const { return image.empty() && request.text.empty() && request.candidates.empty(); }
    // What is missing here is taken from `other`.
    void completeFrom(const InputOptions& other);

    // Throws Error(Usage) for heads and switches that are none.
    verbs::SetInput asked() const;
    // Whether pictures run as the model was trained.
    bool isAsTrained() const;
    // Runs the baseline, if one was asked for, as it is without changes, and holds it. Throws as run().
    void hold(Session& session) const;
    // Holds the baseline first. Throws Error(FileMissing) and whatever running throws; says on stderr how much of a
    // text was cut.
    void run(Session& session, const std::vector<TensorBytes>& tensors = {}) const;
};

// Every tensor of a safetensors file. Throws as openSafetensors().
std::vector<TensorBytes> readTensors(const std::string& path);

// --colormap: one of colorMapNames().
void addColormapOption(CLI::App& command, std::string& colormap);

// --target, --token and --of-candidate: which score is explained.
void addScoreOptions(CLI::App& command, verbs::ScoreChoice& score);

// --param: settings of a method.
void addMethodSettings(CLI::App& command, std::map<std::string, std::string>& settings);

} // namespace headlens
