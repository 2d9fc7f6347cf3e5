// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer/model_files.h"

#include "core/base/error.h"
#include "core/checkpoint/file_bytes.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace headlens {
namespace {

constexpr const char* kReached = "## What it reaches\n\n";
constexpr const char* kTrained = "\n## Training\n\n";

std::string tableOf(const std::vector<TaskScore>& scores)
{
    std::ostringstream table;
    table << "| on examples drawn anew | reached | switched off | chance |\n|---|---|---|---|\n";
    for (const TaskScore& score : scores) {
        table << "| " << score.what << " | " << percent(score.with) << " | ";
        if (score.without >= 0) table << percent(score.without) << " (" << score.off << ")";
        table << " | " << percent(score.chance) << " |\n";
    }
    return table.str();
}

} // namespace

void writeText(const std::string& path, const std::string& text)
{
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush()) throw Error(ErrorCode::WriteFailed, path, "could not be written");
}

void writePreprocessor(const std::string& folder, std::int64_t side, PictureFit fit)
{
    Json preprocessor{{"image_processor_type", "ViTImageProcessor"},
                      {"do_resize", true},
                      {"size", {{"height", side}, {"width", side}}},
                      {"resample", 3},
                      {"do_rescale", true},
                      {"rescale_factor", 1.0 / 255.0},
                      {"do_normalize", true},
                      {"image_mean", {0.5, 0.5, 0.5}},
                      {"image_std", {0.5, 0.5, 0.5}}};
    if (fit == PictureFit::Height)
        preprocessor.update({{"image_processor_type", "CLIPImageProcessor"},
                             {"size", {{"shortest_edge", side}}},
                             {"do_center_crop", false}});
    writeText(folder + "/preprocessor_config.json", preprocessor.dump(2) + "\n");
}

std::string percent(double share)
{
    char text[32];
    std::snprintf(text, sizeof(text), "%.1f %%", 100 * share);
    return text;
}

void writeCard(const TaskRecipe& recipe, const TrainRequest& request, const TrainingTask& task, const Trained& trained)
{
    std::ostringstream card;
    card << "# " << recipe.name << ": " << recipe.title << "\n\n"
         << "A small transformer trained from scratch for HeadLens, " << trained.parameters
         << " parameters, stored as float16. It shows: " << recipe.shows << ".\n\n"
         << kReached << tableOf(trained.scores) << kTrained << trained.steps << " steps; AdamW, peak rate "
         << recipe.rate << ", cosine; seed " << request.seed << "; " << int(trained.minutes + 0.5)
         << " minutes in the last session. Repeat it with:\n\n";
    if (recipe.needsArt) card << "    tools/emoji_art.sh build/emoji\n";
    card << "    headlens-cli train " << recipe.name << (recipe.needsArt ? " --art build/emoji" : "") << " --out build/"
         << recipe.name << " --seed " << request.seed << "\n\n## Data and licences\n\n"
         << task.data() << "\n\nThe weights are our own and come under GPL-3.0-or-later like the rest of HeadLens.\n";
    writeText(request.outputFolder + "/README.md", card.str());
}

void updateCard(const std::string& folder, const std::vector<TaskScore>& scores)
{
    const std::string path = folder + "/README.md";
    if (!std::filesystem::exists(path)) return;
    const std::string card = readWhole(path, 1U << 20);
    const std::size_t begin = card.find(kReached), end = card.find(kTrained);
    if (begin == std::string::npos || end == std::string::npos || end < begin) return;
    writeText(path, card.substr(0, begin) + kReached + tableOf(scores) + card.substr(end));
}

void writeMeasured(const std::string& folder, const TaskRecipe& recipe, const std::vector<TaskScore>& scores)
{
    const Json measured{{"title", recipe.title}, {"shows", recipe.shows}, {"scores", scores}};
    writeText(folder + "/measured.json", measured.dump(1) + "\n");
}

} // namespace headlens
