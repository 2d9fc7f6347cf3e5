// SPDX-License-Identifier: GPL-3.0-or-later
// The first step: characters are cleaned, composed, lowered or replaced, and keep their way back to the original.
#pragma once

#include "core/text/aligned.h"
#include "core/text/pattern.h"

#include <memory>
#include <optional>

namespace headlens::text {

class Normalizer {
public:
    virtual ~Normalizer() = default;
    virtual void apply(Aligned& text) const = 0;
};
using NormalizerPtr = std::shared_ptr<const Normalizer>;

enum class Form : std::uint8_t { Nfc, Nfd, Nfkc, Nfkd };

// Whether a space is put before a stretch of text: every one between added tokens, or only the one that begins it.
enum class PrependScheme : std::uint8_t { Always, First, Never };

struct BertRules {
    bool clean = true, spaceChinese = true, lower = true;
    std::optional<bool> stripAccents; // absent: as `lower`
};

// What SentencePiece does with the spaces of a text.
struct SpaceRules {
    bool removeExtra = true; // before it, behind it, and all but one of several
    PrependScheme prefix = PrependScheme::Always;
    bool asSuffix = false; // the space that is added stands behind the text
    bool escape = true;    // spaces become U+2581
};

NormalizerPtr spaceNormalizer(const SpaceRules& rules);
NormalizerPtr bertNormalizer(const BertRules& rules);
NormalizerPtr unicodeForm(Form form);
NormalizerPtr lowercaseNormalizer();
NormalizerPtr stripAccentsNormalizer();
NormalizerPtr nmtNormalizer();
NormalizerPtr byteLevelNormalizer();
NormalizerPtr stripNormalizer(bool left, bool right);
NormalizerPtr replaceNormalizer(std::shared_ptr<const Pattern> pattern, std::u32string content);
NormalizerPtr prependNormalizer(std::u32string prefix);
NormalizerPtr removeNormalizer(bool (*unwanted)(char32_t));
NormalizerPtr normalizerSequence(std::vector<NormalizerPtr> parts);
// SentencePiece's compiled map: u32 size of the trie, Darts units, replacements that end with NUL. Throws
// Error(BadConfig) when it is cut off or no valid UTF-8.
NormalizerPtr precompiledNormalizer(std::string_view charsmap, const std::string& subject);

// The JSON of "normalizer"; nullptr for null. Throws Error(UnsupportedModel) with the name of an unknown type.
NormalizerPtr parseNormalizer(const Json& json, const std::string& subject, int depth = 0);

// Steps that others need as well.
void applyForm(Aligned& text, Form form);
void applyLowerCase(Aligned& text);
void applyByteLevel(Aligned& text);
char32_t byteCharacter(unsigned char byte); // the printable stand-in of a byte: ' ' is U+0120
std::optional<unsigned char> byteOf(char32_t character);

} // namespace headlens::text
