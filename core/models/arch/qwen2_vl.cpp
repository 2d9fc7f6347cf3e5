// SPDX-License-Identifier: GPL-3.0-or-later
// Qwen2-VL and Qwen2.5-VL: pictures of any size and films in the sentence of a Qwen2, whose rotary positions have three
// axes.
#include "core/base/error.h"
#include "core/models/skeletons/packed_tower.h"
#include "core/models/skeletons/picture_decoder.h"

#include <ATen/ATen.h>

namespace headlens {
namespace {

constexpr std::int64_t kUsualSquares = 16; // a side of a picture, where a person does not say how large

class PackedEyes : public PictureEyes {
public:
    PackedEyes(const PackedTowerConfig& tower, const AxisTokens& tokens) : m_tower(tower), m_tokens(tokens) {}

    void load(const Checkpoint&, WeightBinder& binder) override { m_tower.visit(takenFrom(binder).in("vision")); }
    void visit(const std::function<void(at::Tensor&)>& visit) override
    {
        m_tower.visit([&](const std::string&, at::Tensor& weight, const Shape&) {
            if (weight.defined()) visit(weight);
        });
    }
    void pack(Precision precision) override { m_tower.pack(precision); }
    int blocks() const override { return int(m_tower.config().layers.layers); }
    PositionTable positionTable(const TokenStream&) const override { return {}; }
    void appendFacts(ModelFacts& facts) const override
    {
        const PackedTowerConfig& config = m_tower.config();
        facts.patch = int(config.patch);
        facts.channels = int(config.channels);
        facts.imageHeight = facts.imageWidth = int(config.patch * config.merge * kUsualSquares);
        for (int i = 0; i < blocks(); ++i)
            facts.blocks.push_back(
                {0, int(config.layers.heads), int(config.layers.width), "vision", AttentionKind::Self, 0});
    }

    SeenVectors see(const ModelInput& input, const ForwardOptions& options, const JobControl& control,
                    ForwardResult& result) const override
    {
        SeenVectors vectors;
        if (input.pixels.defined()) {
            const PackedPictures pictures = picturesOf(input);
            vectors.pictures = look({"vision", "image_features"}, pictures, options, control, result);
            for (const PatchGrid& grid : pictures.grids) vectors.grids.push_back(mergedOf(grid));
            if (pictures.rowMajor) result.outputs["pixel_values"] = m_tower.inSquares(pictures);
        }
        if (const auto film = input.more.find("pixel_values_videos"); film != input.more.end()) {
            const PackedPictures frames{film->second.to(at::kFloat), gridsOf(input, "video_grid_thw")};
            vectors.films = look({"video", "video_features"}, frames, options, control, result);
        }
        return vectors;
    }

    std::int64_t vectorsOf(const at::Tensor& pixels) const override
    {
        const std::int64_t square = m_tower.config().patch * m_tower.config().merge;
        return pixels.size(2) / square * (pixels.size(3) / square);
    }

    at::Tensor places(const ModelInput& input) const override
    {
        std::vector<PatchGrid> pictures;
        if (input.pixels.defined()) pictures = picturesOf(input).grids;
        std::vector<PatchGrid> films = gridsOf(input, "video_grid_thw");
        if (const auto told = input.more.find("second_per_grid_ts"); told != input.more.end()) {
            const at::Tensor seconds = told->second.to(at::kCPU, at::kDouble).flatten();
            for (std::size_t i = 0; i < films.size() && std::int64_t(i) < seconds.size(0); ++i)
                films[i].seconds = seconds[std::int64_t(i)].item<double>();
        }
        return placesOnAxes(input.ids, input.mask, m_tokens, pictures, films);
    }

private:
    // "image_grid_thw" [n,3]: patches along time, height and width.
    std::vector<PatchGrid> gridsOf(const ModelInput& input, const char* name) const
    {
        const auto found = input.more.find(name);
        if (found == input.more.end()) return {};
        const at::Tensor table = found->second.to(at::kCPU, at::kLong).reshape({-1, 3});
        std::vector<PatchGrid> grids;
        const std::int64_t merge = m_tower.config().merge;
        constexpr std::int64_t kMost = 65'536;
        for (std::int64_t i = 0; i < table.size(0); ++i) {
            const auto at = [&](std::int64_t axis) { return table[i][axis].item<std::int64_t>(); };
            const PatchGrid grid{at(0), at(1), at(2)};
            if (grid.frames < 1 || grid.frames > kMost || grid.height < merge || grid.height > kMost ||
                grid.width < merge || grid.width > kMost || grid.height % merge != 0 || grid.width % merge != 0)
                throw Error(ErrorCode::BadRequest, name, "does not say whole squares of patches");
            grids.push_back(grid);
        }
        return grids;
    }
    VectorGrid mergedOf(const PatchGrid& grid) const
    {
        const std::int64_t merge = m_tower.config().merge, rows = grid.height / merge, columns = grid.width / merge;
        if (grid.frames > 1) return {grid.frames * rows * columns};
        return {rows * columns, 0, rows, columns};
    }
    PackedPictures picturesOf(const ModelInput& input) const
    {
        constexpr std::int64_t kPlain = 4;
        if (input.pixels.dim() == kPlain) return m_tower.packed(input.pixels);
        return {input.pixels, gridsOf(input, "image_grid_thw")};
    }

    struct Names {
        const char *tower, *features;
    };
    at::Tensor look(const Names& names, const PackedPictures& pictures, const ForwardOptions& options,
                    const JobControl& control, ForwardResult& result) const
    {
        std::int64_t patches = 0;
        for (const PatchGrid& grid : pictures.grids) patches += grid.patches();
        if (pictures.rows.dim() != 2 || pictures.rows.size(0) != patches || patches == 0)
            throw Error(ErrorCode::BadRequest, names.tower,
                        "has " + std::to_string(pictures.rows.size(0)) + " patches, but its grids hold " +
                            std::to_string(patches));
        StackPass pass(options, &result.trace, &control, blocks());
        pass.tower = names.tower;
        pass.stream = int(result.trace.streams.size());
        const bool one = pictures.grids.size() == 1 && pictures.grids[0].frames == 1;
        const PatchGrid shown = one ? pictures.grids[0] : PatchGrid{1, 1, patches};
        result.trace.streams.push_back({names.tower, 0, 0, shown.height, shown.width, m_tower.config().patch});
        result.gridHeight = int(shown.height);
        result.gridWidth = int(shown.width);
        const at::Tensor vectors = m_tower.see(pictures, pass);
        result.outputs[names.features] = vectors;
        return vectors;
    }

    PackedTower m_tower;
    AxisTokens m_tokens;
};

PackedTowerConfig towerOf(const Checkpoint& checkpoint, const ModelSettings& settings, std::int64_t words)
{
    const StackReader reader(checkpoint, settings, "vision_config");
    const JsonFields& fields = reader.fields();
    const bool newer = checkpoint.has("vision.layer.0.mlp.gate.weight"); // 2.5
    PackedTowerConfig tower;
    StackConfig& layers = tower.layers;
    layers.name = "vision";
    layers.width = extentOf(checkpoint, "vision.layer.0.self.query.weight", 1);
    layers.layers = 0;
    while (checkpoint.has("vision.layer." + std::to_string(layers.layers) + ".self.query.weight")) ++layers.layers;
    layers.heads = fields.integer("num_heads", 16, 1, 1'024);
    if (layers.width % layers.heads != 0) fields.refuse("num_heads does not divide the width of the tower");
    layers.headWidth = layers.width / layers.heads;
    layers.mlpWidth = extentOf(checkpoint, "vision.layer.0.mlp.up.weight", 0);
    layers.eps = 1e-6;
    layers.activation = fields.text("hidden_act", newer ? "silu" : "quick_gelu");
    layers.normFirst = true;
    layers.rmsNorm = layers.gated = newer;
    tower.patch = fields.integer("patch_size", 14, 1, 1'024);
    tower.frames = fields.integer("temporal_patch_size", 2, 1, 64);
    tower.merge = fields.integer("spatial_merge_size", 2, 1, 64);
    tower.channels = extentOf(checkpoint, "vision.patch.weight", 1);
    tower.words = words;
    if (newer) {
        tower.window = fields.integer("window_size", 112, 1, 65'536) / tower.patch / tower.merge;
        tower.wholeFrames = fields.integers("fullatt_block_indexes", {7, 15, 23, 31}, 0, 1'000, 1'000);
    }
    validate(layers, checkpoint.path());
    if (layers.headWidth % 4 != 0) fields.refuse("the width of a head of the tower is no multiple of 4");
    return tower;
}

} // namespace

static int scoreQwen2Vl(const Checkpoint& checkpoint)
{
    const bool told = !modelTypeOf(checkpoint).empty();
    return told && checkpoint.has("vision.merger.down.weight") ? 3 : 0;
}

static LoadedModel loadQwen2Vl(const Checkpoint& checkpoint, const ModelSettings& settings)
{
    const bool newer = checkpoint.has("vision.layer.0.mlp.gate.weight");
    PictureDecoderParts parts = readPictureDecoder(newer ? "Qwen2.5-VL" : "Qwen2-VL", "qwen2", checkpoint, settings);
    const StackReader whole(checkpoint, settings);
    const PackedTowerConfig tower = towerOf(checkpoint, settings, parts.text.width);
    if (parts.text.rotary.sections.size() != 3) whole.fields().refuse("mrope_section does not name three axes");
    const PictureWords words{.token = imageTokenOf(whole.fields(), 151'655),
                             .perPicture = kUsualSquares * kUsualSquares,
                             .filmToken = whole.fields().integer("video_token_id", 151'656, 0, 16'777'216)};
    const StackReader vision(checkpoint, settings, "vision_config");
    const AxisTokens tokens{.image = words.token,
                            .film = words.filmToken,
                            .merge = tower.merge,
                            .perSecond = newer ? vision.fields().real("tokens_per_second", 4, 0, 1e6) : 1};
    return loadPictureDecoder(std::move(parts), words, std::make_unique<PackedEyes>(tower, tokens), settings);
}

const Architecture architectures::qwen2Vl{"Qwen2-VL", {"qwen2_vl", "qwen2_5_vl"}, scoreQwen2Vl, loadQwen2Vl};

} // namespace headlens
