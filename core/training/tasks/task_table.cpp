// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tasks/task_table.h"

namespace headlens {

const std::vector<TaskRecipe>& trainTasks()
{
    static const std::vector<TaskRecipe> kTable{
        {"dates", "dates in many forms, written as year-month-day", "the encoder-decoder of 2017", 3000, 1.5e-3, false,
         makeDateTask},
        {"number-words", "numbers and dates in English and Chinese words, written in digits",
         "the encoder-decoder of 2017", 6000, 2e-3, false, makeNumberTask},
        {"story-gpt", "small stories about who has what, told on word by word", "a causal language model", 4500, 2e-3,
         false, makeStoryTask},
        {"bindings", "who has what, asked long after it was said", "Infini-attention", 4000, 2e-3, false,
         makeBindingsTask},
        {"rebinding", "who has what now, after it changed hands", "Infini-attention with the delta rule", 4000, 2e-3,
         false, makeBindingsTask},
        {"glyph-depths", "the warm digit among cool ones, with few patches looked at", "Mixture-of-Depths", 2500, 1e-3,
         false, makeDepthsTask},
        {"sum-depths", "small sums, with few characters worked on in every second block",
         "Mixture-of-Depths for text, with a predictor", 3000, 2e-3, false, makeSumsTask},
        {"glyph-dense", "the warm digit among cool ones", "dense attention, to compare", 1600, 2e-3, false,
         makePatternTask},
        {"glyph-window", "the warm digit, every patch looking at its neighbours only", "window and global attention",
         1600, 2e-3, false, makePatternTask},
        {"glyph-coarse", "the warm digit, every patch looking at coarse ones", "multi-scale keys (after PVT)", 4000,
         2e-3, false, makePatternTask},
        {"glyph-low-rank", "the warm digit, through eight learnt mixtures of all patches", "Linformer", 4000, 2e-3,
         false, makePatternTask},
        {"glyph-linear", "the warm digit with attention that never draws a map", "linear attention", 4000, 2e-3, false,
         makePatternTask},
        {"flamingo", "coloured shapes in pictures side by side, described one after the other",
         "Flamingo: pictures and words through gates", 4000, 2e-3, false, makeFlamingoTask},
        {"things-dino", "things before changing backgrounds, learnt without a single label",
         "DINO: a student and its slow teacher", 2000, 1e-3, false, makeDinoTask},
        {"things-dino-flat", "the same without sharpening: the teacher says everything of everything",
         "DINO collapsed: centring alone", 300, 1e-3, false, makeDinoTask},
        {"things-dino-spike", "the same without centring: the teacher says one thing of everything",
         "DINO collapsed: sharpening alone", 300, 1e-3, false, makeDinoTask},
        {"things-mae", "pictures filled in from a quarter of their patches", "a masked autoencoder", 1500, 1.5e-3,
         false, makeMaeTask},
        {"lives", "made-up lives as sentences, with a hidden word and an order to judge",
         "life2vec: events with age and date", 3000, 2e-3, false, makeLifeTask},
        {"table-palm-e", "questions about a table of blocks, told by a picture, by numbers or by cut-out blocks",
         "PaLM-E: sentences with vectors that are no words", 3000, 1.5e-3, false, makePalmETask},
        {"emoji-clip", "emoji scenes and their captions in one space", "contrastive learning", 4000, 1e-3, true,
         makeClipTask},
        {"emoji-llava", "questions about boards of emoji, answered in words",
         "LLaVA: a picture as tokens in a sentence", 4000, 1.5e-3, true, makeLlavaTask},
        {"emoji-vit", "64 everyday concepts in emoji scenes", "the vision transformer", 3500, 1e-3, true,
         makeEmojiTask},
        {"emoji-swin", "64 everyday concepts in emoji scenes", "windows that shift (Swin)", 5800, 1e-3, true,
         makeEmojiTask},
    };
    return kTable;
}

} // namespace headlens
