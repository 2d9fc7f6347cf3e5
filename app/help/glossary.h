// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the field that stand in the window, each in one or two plain sentences. A new one is a row of the table.
#pragma once

#include <QString>

#include <span>

namespace headlens {

struct GlossaryWord {
    const char* id;
    const char* word; // in English, as is what it means
    const char* means;

    QString translatedWord() const;
    QString translatedMeaning() const;
};

std::span<const GlossaryWord> glossary(); // what belongs together stands together
// By the word in English or in the language of the window, however it is written; null: it is not there.
const GlossaryWord* glossaryWord(const QString& typed);

} // namespace headlens
