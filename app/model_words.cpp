// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model_words.h"

#include <QCoreApplication>

namespace headlens {
namespace {

// As measured.json of the embedded models says it, here only so that it can be translated; tst_main_window keeps both
// alike.
[[maybe_unused]] constexpr const char* kWords[] = {
    QT_TRANSLATE_NOOP("models", "who has what, asked long after it was said"),
    QT_TRANSLATE_NOOP("models", "Infini-attention"),
    QT_TRANSLATE_NOOP("models", "told in an earlier segment, 8 segments"),
    QT_TRANSLATE_NOOP("models", "memory emptied"),
    QT_TRANSLATE_NOOP("models", "dates in many forms, written as year-month-day"),
    QT_TRANSLATE_NOOP("models", "the encoder-decoder of 2017"),
    QT_TRANSLATE_NOOP("models", "the whole date right"),
    QT_TRANSLATE_NOOP("models", "cross attention off"),
    QT_TRANSLATE_NOOP("models", "emoji scenes and their captions in one space"),
    QT_TRANSLATE_NOOP("models", "contrastive learning"),
    QT_TRANSLATE_NOOP("models", "the right caption among 64 scenes, seen styles"),
    QT_TRANSLATE_NOOP("models", "every head silenced"),
    QT_TRANSLATE_NOOP("models", "64 everyday concepts in emoji scenes"),
    QT_TRANSLATE_NOOP("models", "windows that shift (Swin)"),
    QT_TRANSLATE_NOOP("models", "the emoji named, styles seen in training"),
    QT_TRANSLATE_NOOP("models", "the vision transformer"),
    QT_TRANSLATE_NOOP("models", "coloured shapes in pictures side by side, described one after the other"),
    QT_TRANSLATE_NOOP("models", "Flamingo: pictures and words through gates"),
    QT_TRANSLATE_NOOP("models", "the whole caption, two pictures"),
    QT_TRANSLATE_NOOP("models", "gates at 0"),
    QT_TRANSLATE_NOOP("models", "the warm digit among cool ones"),
    QT_TRANSLATE_NOOP("models", "dense attention, to compare"),
    QT_TRANSLATE_NOOP("models", "the warm digit read"),
    QT_TRANSLATE_NOOP("models", "the warm digit among cool ones, with few patches looked at"),
    QT_TRANSLATE_NOOP("models", "Mixture-of-Depths"),
    QT_TRANSLATE_NOOP("models", "the warm digit read, 8 of 64 patches in every second block"),
    QT_TRANSLATE_NOOP("models", "patches chosen at random"),
    QT_TRANSLATE_NOOP("models", "the warm digit, every patch looking at its neighbours only"),
    QT_TRANSLATE_NOOP("models", "the warm digit with attention that never draws a map"),
    QT_TRANSLATE_NOOP("models", "linear attention"),
    QT_TRANSLATE_NOOP("models", "the warm digit, every patch looking at coarse ones"),
    QT_TRANSLATE_NOOP("models", "multi-scale keys (after PVT)"),
    QT_TRANSLATE_NOOP("models", "the warm digit, through eight learnt mixtures of all patches"),
    QT_TRANSLATE_NOOP("models", "Linformer"),
    QT_TRANSLATE_NOOP("models", "window and global attention"),
    QT_TRANSLATE_NOOP("models", "class token cut off"),
    QT_TRANSLATE_NOOP("models", "numbers and dates in English and Chinese words, written in digits"),
    QT_TRANSLATE_NOOP("models", "every digit right"),
    QT_TRANSLATE_NOOP("models", "who has what now, after it changed hands"),
    QT_TRANSLATE_NOOP("models", "Infini-attention with the delta rule"),
    QT_TRANSLATE_NOOP("models", "small stories about who has what, told on word by word"),
    QT_TRANSLATE_NOOP("models", "a causal language model"),
    QT_TRANSLATE_NOOP("models", "words that follow from the story (things, owners, places)"),
    QT_TRANSLATE_NOOP("models", "the same without sharpening: the teacher says everything of everything"),
    QT_TRANSLATE_NOOP("models", "DINO collapsed: centring alone"),
    QT_TRANSLATE_NOOP("models", "the same thing found again before another background, nearest of 512 pictures"),
    QT_TRANSLATE_NOOP("models", "the same without centring: the teacher says one thing of everything"),
    QT_TRANSLATE_NOOP("models", "DINO collapsed: sharpening alone"),
    QT_TRANSLATE_NOOP("models", "things before changing backgrounds, learnt without a single label"),
    QT_TRANSLATE_NOOP("models", "DINO: a student and its slow teacher"),
    QT_TRANSLATE_NOOP("models", "before training"),
    QT_TRANSLATE_NOOP("models", "small sums, with few characters worked on in every second block"),
    QT_TRANSLATE_NOOP("models", "Mixture-of-Depths for text, with a predictor"),
    QT_TRANSLATE_NOOP("models", "made-up lives as sentences, with a hidden word and an order to judge"),
    QT_TRANSLATE_NOOP("models", "life2vec: events with age and date"),
    QT_TRANSLATE_NOOP("models",
                      "questions about a table of blocks, told by a picture, by numbers or by cut-out blocks"),
    QT_TRANSLATE_NOOP("models", "PaLM-E: sentences with vectors that are no words"),
    QT_TRANSLATE_NOOP("models", "questions about boards of emoji, answered in words"),
    QT_TRANSLATE_NOOP("models", "LLaVA: a picture as tokens in a sentence"),
    QT_TRANSLATE_NOOP("models", "questions about boards of emoji, styles seen"),
    QT_TRANSLATE_NOOP("models", "a grey picture instead"),
    QT_TRANSLATE_NOOP("models", "pictures filled in from a quarter of their patches"),
    QT_TRANSLATE_NOOP("models", "a masked autoencoder"),
    QT_TRANSLATE_NOOP("models", "what happens to somebody at work in the years of a crisis"),
    QT_TRANSLATE_NOOP("models", "date off"),
    QT_TRANSLATE_NOOP("models", "what happens to somebody at work from the age of 65 on"),
    QT_TRANSLATE_NOOP("models", "age off"),
    QT_TRANSLATE_NOOP("models", "sums right, a quarter of the characters in every second block, chosen beforehand"),
    QT_TRANSLATE_NOOP("models", "characters chosen at random"),
    QT_TRANSLATE_NOOP("models", "questions about a table told by a picture"),
    QT_TRANSLATE_NOOP("models", "nothing observed"),
    QT_TRANSLATE_NOOP("models", "what hidden patches differ by is painted (share of their variance)"),
};

} // namespace

QString modelWords(const std::string& text)
{
    return QCoreApplication::translate("models", text.c_str());
}

} // namespace headlens
