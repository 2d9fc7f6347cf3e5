// SPDX-License-Identifier: GPL-3.0-or-later
// What the two kinds of BPE share: a word is cut once and remembered, and a word as long as a text (SentencePiece
// splits none) falls apart at its spaces first, where no merge can cross.
#pragma once

#include "core/text/models.h"

namespace headlens::text {

// Behind the character of UTF-8 that begins at `at`.
std::size_t nextCharacter(std::string_view word, std::size_t at);

class BpeWords : public Model {
public:
    using Model::Model;
    const char* name() const override { return "BPE"; }
    void pieces(std::string_view word, std::vector<Piece>& target, Scratch& scratch) const override;

protected:
    static constexpr std::string_view spaceMark = "\u2581";

    // The pieces of one word, without memory.
    virtual void merge(std::string_view word, std::vector<Piece>& target) const = 0;

    // To be called with every string that a merge makes or that is found whole in a word: one with a space mark behind
    // another character holds words together.
    void noteWhole(std::string_view piece);
    void forbidCuts() { m_cutsAtSpaces = false; }

private:
    std::size_t partEnd(std::string_view word, std::size_t begin) const;

    bool m_cutsAtSpaces = true;
};

} // namespace headlens::text
