// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/zoo/palm_e_network.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

constexpr std::int64_t kStateNumbers = kTableColours + 3; // one-hot colour, x, y, upper
constexpr double kTableGrey = 0.7;                        // of the empty table
constexpr double kLikeness = 0.3;                         // how far a pixel may be from its colour

} // namespace

PalmENetwork::PalmENetwork(const PalmEConfig& config) : m_config(config), m_vision(config.vision), m_text(config.text)
{
}

void PalmENetwork::visit(const Weights& weights)
{
    const std::int64_t d = m_config.text.width, seen = m_config.vision.width;
    m_vision.visit(weights.in("vision"));
    weights.linear("bridge.patch", m_fromPatch, d, seen);
    weights.linear("bridge.object", m_fromObject, d, seen);
    weights.linear("state.first", m_stateIn, d, kStateNumbers);
    weights.linear("state.second", m_stateOut, d, d);
    m_text.visit(weights);
}

at::Tensor PalmENetwork::cutOut(const at::Tensor& pixels, at::Tensor& present) const
{
    // [B,colours,1,S,S]: where each colour is
    const at::Tensor palette =
        at::from_blob(const_cast<float*>(kTablePalette[0].data()), {kTableColours, 3}, at::kFloat)
            .clone()
            .to(pixels.options())
            .view({1, kTableColours, 3, 1, 1});
    const at::Tensor like =
        ((pixels.unsqueeze(1) - palette).pow(2).sum(2, true) < kLikeness * kLikeness).to(pixels.scalar_type());
    const at::Tensor there = like.sum({2, 3, 4}) > 3; // [B,colours]
    // Objects in the order of their colours: the absent ones behind.
    const at::Tensor order = at::argsort(at::where(there, at::arange(kTableColours, there.options().dtype(at::kLong)),
                                                   at::full({1}, 100, there.options().dtype(at::kLong))),
                                         std::int64_t(1))
                                 .slice(1, 0, kMostObjects); // [B,3]
    present = there.gather(1, order);
    const at::Tensor chosen = order.view({-1, kMostObjects, 1, 1, 1}).expand({-1, -1, 1, like.size(3), like.size(4)});
    const at::Tensor mask = like.gather(1, chosen); // [B,3,1,S,S]
    return mask * pixels.unsqueeze(1) + (1 - mask) * kTableGrey;
}

PalmENetwork::Seen PalmENetwork::see(const at::Tensor& pixels, const PassOptions& options) const
{
    Seen seen;
    auto encoded = m_vision.encode(pixels, {}, options);
    seen.patches = m_fromPatch(encoded.normed);
    seen.trace = std::move(encoded.trace);
    at::Tensor present;
    const at::Tensor alone = cutOut(pixels, present).flatten(0, 1); // [B*3,3,S,S]
    const at::Tensor features = m_vision.encode(alone, {}, {{false, false}}).normed.mean(1);
    seen.objects = m_fromObject(features).view({pixels.size(0), kMostObjects, -1}) *
                   present.unsqueeze(-1).to(features.scalar_type());
    return seen;
}

at::Tensor PalmENetwork::isWord(const at::Tensor& ids) const
{
    const std::int64_t object = m_config.firstObject;
    return ids.ne(m_config.imageToken)
        .logical_and(ids.lt(object).logical_or(ids.ge(object + kMostObjects)))
        .logical_and(ids.lt(m_config.firstState));
}

at::Tensor PalmENetwork::states(const at::Tensor& ids) const
{
    const at::Tensor number = (ids - m_config.firstState).clamp(0, kTableStates - 1);
    const at::Tensor cell = number.floor_divide(2).remainder(kTableSide * kTableSide);
    const auto real = [&](const at::Tensor& t) { return t.to(m_stateIn.weight.scalar_type()).unsqueeze(-1); };
    const double middle = (kTableSide - 1) / 2.0;
    const at::Tensor colour = at::one_hot(number.floor_divide(2 * kTableSide * kTableSide), kTableColours);
    const at::Tensor all =
        at::cat({colour.to(m_stateIn.weight.scalar_type()), real(cell.remainder(kTableSide)) - middle,
                 real(cell.floor_divide(kTableSide)) - middle, real(number.remainder(2))},
                -1);
    return m_stateOut(m_stateIn(all, {.activation = Activation::Gelu}));
}

at::Tensor PalmENetwork::sentence(const at::Tensor& ids, const Seen& seen, bool observes, const Hooks* hooks) const
{
    at::Tensor x =
        m_text.embed(at::where(isWord(ids), ids, at::zeros_like(ids)), {.positioned = false, .hooks = hooks});
    const std::int64_t d = x.size(2);
    const auto put = [&](const at::Tensor& here, const at::Tensor& vectors) { // here [B,T], vectors [B,T,d]
        x = at::where(here.unsqueeze(-1), observes ? vectors : at::zeros_like(vectors), x);
    };
    const at::Tensor image = ids.eq(m_config.imageToken),
                     object = ids.ge(m_config.firstObject).logical_and(ids.lt(m_config.firstObject + kMostObjects));
    if (!seen.patches.defined() && (image.any().item<bool>() || object.any().item<bool>()))
        throw Error(ErrorCode::BadRequest, "the sentence", "names a picture and none was given",
                    "open a picture, or describe the table by words such as red@b3");
    if (seen.patches.defined()) {
        const auto chosen = [&](const at::Tensor& from, const at::Tensor& number) {
            return from.gather(1, number.unsqueeze(-1).expand({-1, -1, d}));
        };
        const at::Tensor patch = (image.to(at::kLong).cumsum(1) - 1).clamp_min(0).remainder(seen.patches.size(1));
        put(image, chosen(seen.patches, patch));
        put(object, chosen(seen.objects, (ids - m_config.firstObject).clamp(0, kMostObjects - 1)));
    }
    put(ids.ge(m_config.firstState), states(ids));
    return x;
}

at::Tensor PalmENetwork::read(const at::Tensor& sentence, const StackPass& pass) const
{
    return m_text.run(sentence + m_text.positions(0, sentence.size(1)), pass);
}

at::Tensor PalmENetwork::scores(const at::Tensor& hidden) const
{
    return m_text.tokenTable()(m_text.finalNorm(hidden));
}

} // namespace headlens
