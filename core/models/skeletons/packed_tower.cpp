// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/packed_tower.h"

#include "core/base/error.h"
#include "core/nn/mask.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>

namespace headlens {

struct PackedTower::Places {
    std::vector<std::int64_t> row, column, frame, window; // of every patch; frames and windows numbered over all
    std::vector<std::int64_t> merged;                     // the patches in the order of squares
};

PackedTower::PackedTower(PackedTowerConfig config)
    : m_config(std::move(config)), m_layers(std::size_t(m_config.layers.layers))
{
    for (StackLayer& layer : m_layers) layer.settle(m_config.layers);
    m_mergerNorm.eps = m_config.layers.eps;
    m_mergerNorm.rms = m_config.layers.rmsNorm;
}

void PackedTower::visit(const Weights& weights)
{
    const std::int64_t d = m_config.layers.width, square = d * m_config.merge * m_config.merge;
    weights("patch.weight", m_patch, {d, m_config.channels, m_config.frames, m_config.patch, m_config.patch});
    const Weights layers = weights.in("layer"), merger = weights.in("merger");
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        m_layers[i].visit(layers.in(std::to_string(i)), m_config.layers, i);
    merger.norm("norm", m_mergerNorm, d, m_config.layers.hasNormBiases());
    merger.linear("up", m_mergerUp, square, square);
    merger.linear("down", m_mergerDown, m_config.words, square);
}

void PackedTower::pack(Precision precision)
{
    for (StackLayer& layer : m_layers) layer.pack(precision);
    m_mergerUp.pack(precision);
    m_mergerDown.pack(precision);
}

PackedPictures PackedTower::packed(const at::Tensor& pixels) const
{
    const std::int64_t square = m_config.patch * m_config.merge, p = m_config.patch;
    const std::int64_t pictures = pixels.size(0), height = pixels.size(2), width = pixels.size(3);
    if (height % square != 0 || width % square != 0 || height < 1 || width < 1)
        throw Error(ErrorCode::BadRequest, "picture",
                    "has sides of " + std::to_string(width) + " x " + std::to_string(height) + " pixels",
                    "its sides must be multiples of " + std::to_string(square));
    const std::int64_t h = height / p, w = width / p;
    const at::Tensor cut = pixels.reshape({pictures, m_config.channels, h, p, w, p}).permute({0, 2, 4, 1, 3, 5});
    const at::Tensor twice = cut.unsqueeze(4).expand({-1, -1, -1, -1, m_config.frames, -1, -1}); // [P,h,w,C,t,p,p]
    return {twice.reshape({pictures * h * w, -1}), std::vector<PatchGrid>(std::size_t(pictures), PatchGrid{1, h, w}),
            true};
}

PackedTower::Places PackedTower::placesOf(const PackedPictures& pictures) const
{
    Places places;
    const std::int64_t m = m_config.merge;
    std::int64_t frame = 0, window = 0;
    for (const PatchGrid& grid : pictures.grids) {
        const std::int64_t side = std::max<std::int64_t>(1, m_config.window), squares = grid.width / m;
        const std::int64_t across = (squares + side - 1) / side, down = (grid.height / m + side - 1) / side;
        for (std::int64_t t = 0; t < grid.frames; ++t, ++frame, window += across * down)
            for (std::int64_t i = 0; i < grid.height * grid.width; ++i) {
                // The i-th patch of the frame in the order of squares.
                const std::int64_t square = i / (m * m), within = i % (m * m);
                const std::int64_t y = square / squares * m + within / m, x = square % squares * m + within % m;
                const std::int64_t first = frame * grid.height * grid.width;
                places.merged.push_back(pictures.rowMajor ? first + y * grid.width + x
                                                          : std::int64_t(places.merged.size()));
                const std::int64_t row = pictures.rowMajor ? i / grid.width : y,
                                   column = pictures.rowMajor ? i % grid.width : x;
                places.row.push_back(row);
                places.column.push_back(column);
                places.frame.push_back(frame);
                places.window.push_back(window + row / m / side * across + column / m / side);
            }
    }
    return places;
}

at::Tensor PackedTower::inSquares(const PackedPictures& pictures) const
{
    return pictures.rows.index_select(0, at::tensor(placesOf(pictures).merged).to(pictures.rows.device()));
}

RotaryTable PackedTower::anglesOf(const Places& places) const
{
    const std::int64_t half = m_config.layers.headWidth / 2;
    const at::Tensor own = rotaryFrequencies({}, half).to(m_patch.device()); // [half/2], the same on both axes
    const at::Tensor axes = at::stack({at::tensor(places.row), at::tensor(places.column)}).unsqueeze(1);
    return rotaryTable(at::cat({own, own}), axes.to(m_patch.device()), {half / 2, half / 2});
}

bool PackedTower::seesWindows(std::size_t layer) const
{
    return m_config.window > 0 &&
           std::ranges::find(m_config.wholeFrames, std::int64_t(layer)) == m_config.wholeFrames.end();
}

at::Tensor PackedTower::see(const PackedPictures& pictures, const StackPass& pass) const
{
    const Places places = placesOf(pictures);
    const auto within = [&](const std::vector<std::int64_t>& numbers) { // [1,1,N,N]; undefined: all see all
        const at::Tensor number = at::tensor(numbers).to(m_patch.device());
        const at::Tensor alike = number.unsqueeze(0).eq(number.unsqueeze(1));
        return alike.all().item<bool>() ? at::Tensor() : forbidding(alike).unsqueeze(0).unsqueeze(0);
    };
    const at::Tensor frames = within(places.frame),
                     windows = m_config.window > 0 ? within(places.window) : at::Tensor();
    const RotaryTable angles = anglesOf(places);
    at::Tensor x = at::linear(pictures.rows, m_patch.flatten(1)).unsqueeze(0); // [1,N,D]
    pass.takeHidden(x);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const int block = pass.firstBlock + int(i);
        pass.checkpoint(block);
        x = m_layers[i](pass.entering(block, x), m_config.layers,
                        {pass, i, block, seesWindows(i) ? windows : frames, {}, angles, {}});
        pass.takeHidden(x);
    }
    const at::Tensor order = at::tensor(places.merged).to(x.device());
    const at::Tensor squares = m_mergerNorm(x[0].index_select(0, order))
                                   .reshape({-1, m_config.layers.width * m_config.merge * m_config.merge});
    return m_mergerDown(m_mergerUp(squares, {.activation = Activation::Gelu}));
}

namespace {

// Walks along one text and says where each token stands.
class AxisWalk {
public:
    AxisWalk(const AxisTokens& tokens, const std::vector<PatchGrid>& pictures, const std::vector<PatchGrid>& films,
             std::size_t& picture, std::size_t& film)
        : m_tokens(tokens), m_pictures(pictures), m_films(films), m_picture(picture), m_film(film)
    {
    }

    std::array<std::int64_t, 3> step(std::int64_t id)
    {
        const bool image = id == m_tokens.image, film = id == m_tokens.film;
        if ((image || film) && m_left == 0) begin(image);
        if (!(image || film) || m_left == 0) { // a word, or a place that no picture fills
            m_left = 0;
            const std::int64_t place = m_next++;
            return {place, place, place};
        }
        const std::int64_t n = m_size - m_left--, area = m_height * m_width;
        const std::array<std::int64_t, 3> place{m_start + std::int64_t(double(n / area) * m_perFrame),
                                                m_start + n % area / m_width, m_start + n % m_width};
        m_next = std::max(m_next, *std::ranges::max_element(place) + 1);
        return place;
    }

private:
    void begin(bool image)
    {
        const std::vector<PatchGrid>& grids = image ? m_pictures : m_films;
        std::size_t& number = image ? m_picture : m_film;
        if (number >= grids.size()) return;
        const PatchGrid& grid = grids[number++];
        m_height = grid.height / m_tokens.merge;
        m_width = grid.width / m_tokens.merge;
        m_size = m_left = grid.frames * m_height * m_width;
        m_perFrame = image ? 1 : m_tokens.perSecond * grid.seconds;
        m_start = m_next;
    }

    const AxisTokens& m_tokens;
    const std::vector<PatchGrid>&m_pictures, &m_films;
    std::size_t &m_picture, &m_film;
    std::int64_t m_next = 0, m_start = 0, m_size = 0, m_left = 0, m_height = 1, m_width = 1;
    double m_perFrame = 1;
};

} // namespace

at::Tensor placesOnAxes(const at::Tensor& ids, const at::Tensor& mask, const AxisTokens& tokens,
                        const std::vector<PatchGrid>& pictures, const std::vector<PatchGrid>& films)
{
    const at::Tensor known = ids.to(at::kCPU), real = mask.defined() ? mask.to(at::kCPU) : at::Tensor();
    at::Tensor places = at::ones({3, ids.size(0), ids.size(1)}, at::kLong); // 1 for padding, as the reference has it
    std::size_t picture = 0, film = 0;
    for (std::int64_t text = 0; text < ids.size(0); ++text) {
        AxisWalk walk(tokens, pictures, films, picture, film);
        for (std::int64_t i = 0; i < ids.size(1); ++i) {
            if (real.defined() && real[text][i].item<std::int64_t>() == 0) continue;
            const auto place = walk.step(known[text][i].item<std::int64_t>());
            for (std::size_t axis = 0; axis < place.size(); ++axis) places[std::int64_t(axis)][text][i] = place[axis];
        }
    }
    return places.to(ids.device());
}

} // namespace headlens
