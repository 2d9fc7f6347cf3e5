// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/skeletons/swin_shapes.h"

#include "core/base/error.h"
#include "core/models/skeletons/vit_config.h"

#include <algorithm>

namespace headlens {
namespace {

constexpr std::size_t kMostStages = 8;

// The number behind `word` in a name: "swinv2_tiny_window8_256" -> 8; 0 when there is none.
std::int64_t numberAfter(const std::string& name, const std::string& word)
{
    const std::size_t at = name.find(word);
    if (at == std::string::npos) return 0;
    std::int64_t number = 0;
    for (std::size_t i = at + word.size(); i < name.size() && name[i] >= '0' && name[i] <= '9' && number < 1000; ++i)
        number = number * 10 + (name[i] - '0');
    return number;
}

// The side of pictures behind the windows in a name: "window16_256" -> 256, "window12to16_192to256" -> 256; 0: none.
std::int64_t sideIn(const std::string& name)
{
    std::size_t at = name.find("window");
    const auto digits = [&] {
        std::int64_t number = 0;
        for (; at < name.size() && name[at] >= '0' && name[at] <= '9' && number < 10'000; ++at)
            number = number * 10 + (name[at] - '0');
        if (name.compare(at, 2, "to") == 0) at += 2;
        return number;
    };
    if (at == std::string::npos) return 0;
    at += std::string_view("window").size();
    const std::int64_t from = digits(), to = digits();
    if (at >= name.size() || name[at] != '_') return 0;
    ++at;
    const std::int64_t before = digits(), after = digits();
    return std::max(from, to) > 0 ? std::max(before, after) : 0;
}

class ShapeReader {
public:
    ShapeReader(const Checkpoint& checkpoint, const ModelSettings& settings, std::vector<std::string>& assumptions)
        : m_checkpoint(checkpoint), m_settings(settings), m_timm(timmConfigOf(checkpoint)), m_assumptions(assumptions),
          m_name(m_timm.architecture.empty() ? checkpoint.name() : m_timm.architecture)
    {
    }

    SwinConfig read()
    {
        readPlainFacts();
        readStages();
        if (m_config.stages.empty()) return m_config; // validate() says so
        readPictureSize();
        for (std::size_t stage = 0; stage < m_config.stages.size(); ++stage) settleWindow(stage);
        m_config.activation = activationOf(m_settings, m_config.activation);
        assumeNumbers(m_config.eps, m_config.activation, m_settings, m_assumptions);
        return m_config;
    }

private:
    std::int64_t extent(const std::string& name, std::size_t dimension) const
    {
        return extentOf(m_checkpoint, name, dimension);
    }
    bool has(const std::string& name) const { return m_checkpoint.has(name); }

    void readPlainFacts()
    {
        const std::string patches = "embeddings.patch_embeddings.projection.weight", first = swinBlockName(0, 0);
        m_width = extent(patches, 0);
        m_config.channels = extent(patches, 1);
        m_config.patch = std::max<std::int64_t>(1, extent(patches, 2));
        m_config.version = has(first + "attention.self.logit_scale") ? 2 : 1;
        m_config.queryKeyValueBias = has(first + "attention.self.query.bias");
        m_config.keyBias = has(first + "attention.self.key.bias");
        m_config.absolutePositions = has("embeddings.position_embeddings");
        m_config.patchNorm = has("embeddings.norm.weight");
        m_config.mlpRatio = double(extent(first + "intermediate.dense.weight", 0)) / double(m_width);
        m_config.eps = epsOf(m_settings, 1e-5);
        if (m_checkpoint.layout().name == "timm") m_config.rule = WindowRule::Timm;
        if (m_checkpoint.layout().name == "torchvision") m_config.rule = WindowRule::Torchvision;
    }

    void readStages()
    {
        for (std::size_t s = 0; s <= kMostStages && has(swinBlockName(s, 0) + "layernorm_before.weight"); ++s) {
            const std::string self = swinBlockName(s, 0) + "attention.self.";
            SwinStage stage;
            stage.width = m_width << s;
            stage.depth = 0;
            while (has(swinBlockName(s, stage.depth) + "layernorm_before.weight")) ++stage.depth;
            stage.heads = m_config.version == 1 ? extent(self + "relative_position_bias_table", 1)
                                                : extent(self + "logit_scale", 0);
            stage.windowHeight = stage.windowWidth = storedWindow(self);
            m_config.stages.push_back(stage);
        }
    }

    // From the size of a table or of an index; 0 when nothing square is stored.
    std::int64_t storedWindow(const std::string& self) const
    {
        if (const auto table = m_checkpoint.shapeOf(self + "relative_position_bias_table"); table && !table->empty())
            return (rootOf(table->at(0)) + 1) / 2;
        if (const auto table = m_checkpoint.shapeOf(self + "relative_coords_table"); table && table->size() == 4)
            return (table->at(1) + 1) / 2;
        if (const auto index = m_checkpoint.shapeOf(self + "relative_position_index"); index && !index->empty())
            return index->size() == 2 ? rootOf(index->at(0)) : rootOf(rootOf(index->at(0)));
        return 0;
    }

    // The window of the architecture, before small maps clamp it: "window12to24" was trained with 12 and is used
    // with 24.
    std::int64_t nominalWindow() const
    {
        const std::int64_t to = numberAfter(m_name, "to"), named = numberAfter(m_name, "window");
        std::int64_t nominal = m_timm.window > 0 ? m_timm.window : named > 0 && to > named ? to : named;
        nominal = settingOf(m_settings, "window_size", nominal);
        if (nominal > 0) return nominal;
        if (m_config.stages[0].windowHeight > 0) return m_config.stages[0].windowHeight;
        if (m_config.version == 1) return 7;
        throw Error(ErrorCode::BadWeights, m_checkpoint.path(), "does not say how large its windows are",
                    "give them with --set window_size=N and --set image_size=N");
    }

    // A map that is smaller than the window clamps it, so its size is known; so is the number of windows of a mask that
    // Microsoft's files hold. Otherwise the last map is one window, as in the published models.
    std::int64_t pictureSize() const
    {
        for (std::size_t s = 0; s < m_config.stages.size(); ++s) {
            const std::int64_t stored = m_config.stages[s].windowHeight;
            if (stored > 0 && stored < m_nominal) return stored * m_config.patch << s;
        }
        const auto mask = m_checkpoint.shapeOf(swinBlockName(0, 1) + "attention_mask");
        const std::int64_t window = m_config.stages[0].windowHeight;
        if (mask && !mask->empty() && window > 0 && rootOf(mask->at(0)) > 0)
            return rootOf(mask->at(0)) * window * m_config.patch;
        const std::int64_t named = sideIn(m_name), least = m_config.patch << (m_config.stages.size() - 1);
        return named >= least && named % least == 0 ? named : m_nominal * least;
    }

    void readPictureSize()
    {
        if (m_checkpoint.config())
            m_config.labels = parseLabels(*m_checkpoint.config(), m_checkpoint.path() + "/config.json");
        m_nominal = nominalWindow();
        const std::int64_t usual = pictureSize();
        const bool told = m_timm.imageHeight > 0;
        std::tie(m_config.imageHeight, m_config.imageWidth) =
            told ? std::pair(m_timm.imageHeight, m_timm.imageWidth) : imageSizeOf(m_settings, {usual, usual});
        if (!told && !m_settings.contains("image_size"))
            m_assumptions.push_back("image_size: " + std::to_string(usual) + " (of windows of " +
                                    std::to_string(m_nominal) + ")");
    }

    void settleWindow(std::size_t s)
    {
        SwinStage& stage = m_config.stages[s];
        const std::int64_t height = m_config.imageHeight / m_config.patch >> s,
                           width = m_config.imageWidth / m_config.patch >> s;
        if (stage.windowHeight == 0) { // rectangular tables of timm, and its v2, which stores nothing
            stage.windowHeight = std::max<std::int64_t>(1, std::min(height, m_nominal));
            stage.windowWidth = std::max<std::int64_t>(1, std::min(width, m_nominal));
            requireTable(s);
            if (s == 0 && m_timm.window == 0 && !m_settings.contains("window_size"))
                m_assumptions.push_back("window_size: " + std::to_string(m_nominal) + " (from the name)");
        }
        stage.shifts =
            storesMasks() ? has(swinBlockName(s, 1) + "attention_mask") : std::min(height, width) > stage.windowHeight;
        stage.shiftsKnown = storesMasks() || m_timm.imageHeight > 0 || m_settings.contains("image_size");
        stage.pretrainedWindow = pretrainedWindow(s);
    }

    void requireTable(std::size_t s) const
    {
        const auto table = m_checkpoint.shapeOf(swinBlockName(s, 0) + "attention.self.relative_position_bias_table");
        const SwinStage& stage = m_config.stages[s];
        if (!table || (2 * stage.windowHeight - 1) * (2 * stage.windowWidth - 1) == table->at(0)) return;
        throw Error(ErrorCode::BadWeights, m_checkpoint.path(),
                    "has a bias table of " + std::to_string(table->at(0)) + " rows, whose window cannot be told",
                    "give it with --set window_size=N and --set image_size=N");
    }

    // Microsoft's files hold the masks of the blocks that shift.
    bool storesMasks() const
    {
        for (std::size_t s = 0; s < m_config.stages.size(); ++s)
            if (has(swinBlockName(s, 1) + "attention_mask")) return true;
        return false;
    }

    std::int64_t pretrainedWindow(std::size_t s) const
    {
        if (s < m_timm.pretrainedWindows.size()) return m_timm.pretrainedWindows[s];
        const std::int64_t named = numberAfter(m_name, "window"), to = numberAfter(m_name, "to");
        if (m_config.version == 1 || named == 0 || to <= named) return 0;
        return s + 1 < m_config.stages.size() ? named : named / 2; // the last map was smaller than the window
    }

    const Checkpoint& m_checkpoint;
    const ModelSettings& m_settings;
    TimmConfig m_timm;
    std::vector<std::string>& m_assumptions;
    std::string m_name;
    SwinConfig m_config;
    std::int64_t m_width = 96, m_nominal = 7;
};

} // namespace

std::string swinBlockName(std::size_t stage, std::int64_t block)
{
    return "encoder.layers." + std::to_string(stage) + ".blocks." + std::to_string(block) + ".";
}

SwinConfig swinConfigFromShapes(const Checkpoint& checkpoint, const ModelSettings& settings,
                                std::vector<std::string>& assumptions)
{
    return ShapeReader(checkpoint, settings, assumptions).read();
}

} // namespace headlens
