// SPDX-License-Identifier: GPL-3.0-or-later
// The control: numbers that know nothing of the model. A map that is not better than it explains nothing.
#include "core/attribution/grids.h"
#include "core/attribution/methods.h"
#include "core/attribution/settings.h"
#include "core/session/run_tensors.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

namespace headlens::methods {
namespace {

MethodResult randomOf(const Run& run, const verbs::MapQuestion& asked, const JobControl&)
{
    const auto seed = std::uint64_t(Settings(random, asked).whole("seed"));
    const TokenStream& stream = run.tensors().result.trace.streams.front();
    MethodResult result;
    result.streams = {at::rand({stream.tokens()}, at::make_generator<at::CPUGeneratorImpl>(seed), at::kFloat)};
    result.map = patchesOf(result.streams[0], stream);
    return result;
}

} // namespace

const Method random{{.id = "random",
                     .title = HEADLENS_TEXT("Methods", "random"),
                     .says = HEADLENS_TEXT("Methods", "Numbers that know nothing of the model: the control that every "
                                                      "explanation has to beat"),
                     .caption = HEADLENS_TEXT("Methods", "Random numbers: a control"),
                     .formula = "uniform on [0, 1)",
                     .source = HEADLENS_TEXT("Methods", "Ours: a control"),
                     .unit = "share",
                     .over = "run",
                     .settings = {{"seed", HEADLENS_TEXT("Methods", "Seed"), {}, 0, 1e9, "0"}}},
                    nullptr,
                    randomOf};

} // namespace headlens::methods
