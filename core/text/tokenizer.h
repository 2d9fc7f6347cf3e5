// SPDX-License-Identifier: GPL-3.0-or-later
// Text into the token ids of a model and back, exactly as the model was trained. Reads
// tokenizer.json, vocab.txt, vocab.json + merges.txt, spiece.model / source.spm / tokenizer.model (also of Llama 3),
// and GGUF.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headlens {

struct Token {
    int id = 0;
    std::string piece;             // as the vocabulary writes it: "##ing", "Ġthe", "▁a", "cat</w>"
    std::array<int, 2> span{0, 0}; // [begin,end) in Unicode code points of the text it came from; [0,0] for added ones
    int segment = 0;               // token type: 1 in the second text of a pair (as the tokenizer's template says)
    int text = -1;                 // 0: of the first text, 1: of the second, -1: added around them, or padding
    bool special = false;          // [CLS], </s>, padding ...
    bool padding = false;
};

enum class CutFrom : std::uint8_t { End, Begin };

struct EncodeOptions {
    std::optional<std::string_view> pair = {}; // the second text
    bool addSpecial = true;
    int atMost = 0; // tokens with the added ones; 0: no limit. Of a pair the longer text is cut first.
    CutFrom cutFrom = CutFrom::End;
    int padTo = 0; // 0: no padding
};

struct Encoded {
    std::vector<Token> tokens;
    int cut = 0; // tokens that did not fit into `atMost`
};

// The tokens with a role; -1 where the vocabulary has none.
struct SpecialTokens {
    int pad = -1, unknown = -1, begin = -1, end = -1, mask = -1; // begin: [CLS], <s>; end: [SEP], </s>, <|endoftext|>
};

// Immutable after loading; every method may be called from any thread.
class Tokenizer {
public:
    virtual ~Tokenizer() = default;

    // The tokenizer files of a model: of its folder, or of the one that the file lies in; nullptr when there are none.
    // A GGUF file holds its own; in a folder a tokenizer.json is preferred to the older files, and these to a GGUF
    // file. Throws Error(BadConfig | Truncated | WrongContent | UnsupportedModel) for damaged or unknown ones, by name.
    static std::shared_ptr<const Tokenizer> open(const std::string& model);
    // The tokenizer of what a decoder writes, where the model has one of its own (target.spm of Marian, with
    // target_vocab.json or the common vocab.json); nullptr: the same one reads and writes.
    static std::shared_ptr<const Tokenizer> openWritten(const std::string& model);

    // `text` is UTF-8; bytes that are none count as U+FFFD each (maximal subparts). Throws Error(BadRequest) for texts
    // above 64 MB.
    virtual Encoded encode(std::string_view text, const EncodeOptions& options = {}) const = 0;
    // Valid UTF-8 always; ids outside the vocabulary are left out.
    virtual std::string decode(const std::vector<int>& ids, bool skipSpecial = true) const = 0;

    virtual int size() const = 0;                // largest id + 1
    virtual std::string piece(int id) const = 0; // empty for ids outside and holes
    virtual std::optional<int> idOf(std::string_view piece) const = 0;
    virtual const SpecialTokens& special() const = 0;
    virtual int trainedLength() const = 0;    // model_max_length; 0 when the files do not say
    virtual std::string describe() const = 0; // "WordPiece, 30522 pieces, uncased"
};

} // namespace headlens
