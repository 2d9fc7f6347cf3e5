// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/measures/cell_change.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace headlens {
namespace {

// What the setting "at" of activation patching calls it, and the kind of change that does the same
// (core/wire/changes.h).
struct Patch {
    std::string_view at;
    const char* kind;
};
constexpr std::array kPatches{Patch{"residual", "patch"}, Patch{"attention", "patch-attention"},
                              Patch{"MLP", "patch-mlp"}};

} // namespace

std::optional<verbs::Change> patchOf(const verbs::Study& answer, const verbs::StudyInfo& study, const CellPlace& cell)
{
    const auto& settings = study.method.settings;
    const auto known = std::ranges::find(settings, "at", &verbs::Switch::name);
    if (!study.needsOther || known == settings.end() || cell.layer < 0 || cell.token < 0) return std::nullopt;
    const auto set = answer.of.of.settings.find("at");
    const std::string& at = set == answer.of.of.settings.end() ? known->usual : set->second;
    const auto hit = std::ranges::find(kPatches, at, &Patch::at);
    if (hit == kPatches.end()) return std::nullopt;
    return verbs::Change{hit->kind, cell.layer, -1, 0, {}, {}};
}

} // namespace headlens
