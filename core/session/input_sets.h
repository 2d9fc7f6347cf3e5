// SPDX-License-Identifier: GPL-3.0-or-later
// Sets of inputs and what the model does with them on average: a folder of pictures, or a text file with one text a
// line. What stands beside each of them (the text beside a picture, how pictures are fitted) is as of the shown run;
// the model is as it was trained.
#pragma once

#include "core/session/opened_model.h"
#include "core/session/run.h"
#include "core/wire/verbs_sets.h"

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace headlens {

// The files of a folder in the order of their names; where it holds folders alone (one a class), of those. Throws
// Error(FileUnreadable).
std::vector<std::filesystem::path> filesUnder(const std::filesystem::path& folder);

// Means over the inputs of a set, float32 on the CPU; by block, undefined for those that do not run for such inputs.
struct SetMeans {
    std::vector<at::Tensor> leaving;      // [D] what leaves the block, over inputs and tokens
    std::vector<at::Tensor> heads;        // [H*d] the heads side by side, over inputs and tokens
    std::vector<at::Tensor> headsByPlace; // [.,N,H*d] over inputs; undefined where they differ in size or the sums of
                                          // all blocks would be larger than 64 MB
};

// A set while it is worked off, one input after the other. Those that fail are counted.
class InputSet {
public:
    // Throws Error(FileMissing | BadRequest) for sets that are not there, empty, or not of what the model takes.
    InputSet(const OpenedModel& model, std::string path, const verbs::SetInput& beside);

    const std::string& key() const { return m_key; } // the same for the same means
    static std::string keyOf(const OpenedModel& model, const std::string& path, const verbs::SetInput& beside);
    bool isDone() const { return m_next == m_inputs.size(); }
    // Throws Error(Cancelled), and then begins with the same input again; Error(BadRequest) where the last one failed
    // like all others.
    void runNext(const std::shared_ptr<OpenedModel>& model, const JobControl& control);
    verbs::AveragedSet state() const;
    SetMeans means() const; // once it is done

private:
    struct Sum {
        at::Tensor leaving, heads; // of means over tokens
        at::Tensor byPlace;        // undefined once inputs differ in size
        int inputs = 0;
    };
    using Sums = std::vector<Sum>; // by block
    std::shared_ptr<Run> prepared(const std::shared_ptr<OpenedModel>& model, const std::string& input) const;
    Sums sumsOf(const std::shared_ptr<OpenedModel>& model, const std::string& input, const JobControl& control) const;
    void add(const Sums& one);

    std::string m_path, m_key;
    verbs::SetInput m_beside;
    bool m_areTexts = false;
    std::vector<std::string> m_inputs; // files, or texts
    std::size_t m_next = 0;
    int m_failed = 0;
    std::string m_failure;
    Sums m_sums;
};

} // namespace headlens
