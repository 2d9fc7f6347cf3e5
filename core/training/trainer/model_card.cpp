// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer/trainer.h"

#include <cstdio>
#include <sstream>

namespace headlens {
namespace {

std::string percent(double share)
{
    char text[32];
    std::snprintf(text, sizeof(text), "%.1f %%", 100 * share);
    return text;
}

std::string sides(const TrainRecipe& recipe)
{
    const std::string last = std::to_string(recipe.finalSide);
    if (recipe.firstSide == recipe.finalSide) return "of " + last + " pixels";
    return "first at " + std::to_string(recipe.firstSide) + " pixels, then at " + last;
}

} // namespace

std::string modelCard(const TrainRecipe& recipe, const TrainRequest& request, const TrainScores& scores,
                      const std::vector<std::string>& styles)
{
    std::ostringstream card;
    card << "# " << recipe.name << ": " << recipe.title << "\n\n"
         << "A small " << recipe.shape.kind() << " trained from scratch for HeadLens: " << recipe.shape.describe()
         << ", pictures of " << recipe.finalSide << " x " << recipe.finalSide << ", " << scores.parameters
         << " parameters, stored as float16 in the Hugging Face layout.\n\n"
         << "It names the one emoji in a composed scene. It has never seen a photograph: what it says about one is a "
            "guess,\n"
         << "and a good occasion to look at where it looks.\n\n"
         << "## What it reaches\n\n"
         << "| new scenes (" << scores.scenes << " each, evaluation seed never used in training) | right |\n|---|---|\n"
         << "| art styles seen in training | " << percent(scores.seenStyles) << " |\n"
         << "| an art style never seen (" << recipe.unseenStyle << ") | " << percent(scores.unseenStyle) << " |\n"
         << "| chance | " << percent(1.0 / 64) << " |\n\n"
         << "## Training\n\n"
         << scores.steps << " steps of " << recipe.batch << " scenes " << sides(recipe) << "; AdamW, peak rate "
         << recipe.rate << ", cosine; seed " << request.seed << "; " << int(scores.minutes + 0.5)
         << " minutes in the last session on 2 CPU cores. Repeat it with:\n\n"
         << "    tools/emoji_art.sh build/emoji\n"
         << "    headlens-cli train " << recipe.name << " --art build/emoji --out build/" << recipe.name << " --seed "
         << request.seed << "\n\n"
         << "## Data and licences\n\n"
         << "Scenes are composed on the fly from emoji art (styles in training:";
    for (const std::string& style : styles) card << " " << style;
    card << ") on procedural backgrounds.\n\n"
         << "- google, noto1: Noto Emoji by Google, Apache License 2.0 (npm emoji-datasource-google, "
            "@iconify-json/noto-v1)\n"
         << "- fluent3d, fluentflat: Fluent Emoji by Microsoft, MIT (npm @lobehub/fluent-emoji-3d, "
            "@iconify-json/fluent-emoji-flat)\n"
         << "- fxemoji: Firefox OS Emoji by Mozilla, Apache License 2.0 (npm @iconify-json/fxemoji)\n"
         << "- twemoji (measuring only): Twemoji by Twitter and contributors, graphics CC BY 4.0 (npm @twemoji/svg)\n\n"
         << "The weights are our own and come under GPL-3.0-or-later like the rest of HeadLens.\n";
    return card.str();
}

} // namespace headlens
