// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/decoders.h"

#include "core/text/component_json.h"
#include "core/wire/safe_json.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace headlens::text {
namespace {

void replaceAll(std::string& text, std::string_view from, std::string_view to)
{
    if (from.empty()) return;
    std::string replaced;
    std::size_t last = 0;
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, last)) {
        replaced.append(text, last, at - last).append(to);
        last = at + from.size();
    }
    if (last == 0) return;
    text = replaced.append(text, last);
}

// English contractions and punctuation lose the space that joining words put before them.
void cleanUp(std::string& text)
{
    static constexpr std::array<std::pair<const char*, const char*>, 11> rules{{{" .", "."},
                                                                                {" ?", "?"},
                                                                                {" !", "!"},
                                                                                {" ,", ","},
                                                                                {" ' ", "'"},
                                                                                {" n't", "n't"},
                                                                                {" 'm", "'m"},
                                                                                {" do not", " don't"},
                                                                                {" 's", "'s"},
                                                                                {" 've", "'ve"},
                                                                                {" 're", "'re"}}};
    for (const auto& [from, to] : rules) replaceAll(text, from, to);
}

class WordPieceDecoder : public Decoder {
public:
    WordPieceDecoder(std::string prefix, bool clean) : m_prefix(std::move(prefix)), m_clean(clean) {}
    void apply(std::vector<std::string>& pieces) const override
    {
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (i > 0 && pieces[i].starts_with(m_prefix))
                pieces[i].erase(0, m_prefix.size());
            else if (i > 0)
                pieces[i].insert(0, " ");
            if (m_clean) cleanUp(pieces[i]);
        }
    }

private:
    std::string m_prefix;
    bool m_clean;
};

class ByteLevelDecoder : public Decoder {
public:
    void apply(std::vector<std::string>& pieces) const override
    {
        std::string bytes;
        for (const std::string& piece : pieces) {
            const std::size_t before = bytes.size();
            for (const char32_t c : decodeUtf8(piece)) {
                const auto byte = byteOf(c);
                if (!byte) { // an added token with characters of its own
                    bytes.replace(before, std::string::npos, piece);
                    break;
                }
                bytes.push_back(char(*byte));
            }
        }
        pieces = {toUtf8(decodeUtf8(bytes))};
    }
};

class MetaspaceDecoder : public Decoder {
public:
    explicit MetaspaceDecoder(const MetaspaceRules& rules)
        : m_replacement(toUtf8({&rules.replacement, 1})), m_prepended(rules.scheme != PrependScheme::Never)
    {
    }
    void apply(std::vector<std::string>& pieces) const override
    {
        for (std::size_t i = 0; i < pieces.size(); ++i)
            replaceAll(pieces[i], m_replacement, i == 0 && m_prepended ? "" : " ");
    }

private:
    std::string m_replacement;
    bool m_prepended;
};

class BpeDecoder : public Decoder {
public:
    explicit BpeDecoder(std::string suffix) : m_suffix(std::move(suffix)) {}
    void apply(std::vector<std::string>& pieces) const override
    {
        for (std::size_t i = 0; i < pieces.size(); ++i)
            replaceAll(pieces[i], m_suffix, i + 1 == pieces.size() ? "" : " ");
    }

private:
    std::string m_suffix;
};

class ReplaceDecoder : public Decoder {
public:
    ReplaceDecoder(std::shared_ptr<const Pattern> pattern, std::string content)
        : m_pattern(std::move(pattern)), m_content(std::move(content))
    {
    }
    void apply(std::vector<std::string>& pieces) const override
    {
        for (std::string& piece : pieces) {
            const std::u32string text = decodeUtf8(piece);
            std::string replaced;
            for (const Match& part : m_pattern->cover(text)) {
                replaced +=
                    part.hit ? m_content : toUtf8(std::u32string_view(text).substr(part.begin, part.end - part.begin));
                if (replaced.size() > mostGrown(text.size()))
                    damaged("tokenizer", "its decoder makes the text too long");
            }
            piece = std::move(replaced);
        }
    }

private:
    std::shared_ptr<const Pattern> m_pattern;
    std::string m_content;
};

class FuseDecoder : public Decoder {
public:
    void apply(std::vector<std::string>& pieces) const override
    {
        std::string fused;
        for (const std::string& piece : pieces) fused += piece;
        pieces = {std::move(fused)};
    }
};

class StripDecoder : public Decoder {
public:
    StripDecoder(char32_t content, std::size_t start, std::size_t stop)
        : m_content(content), m_start(start), m_stop(stop)
    {
    }
    void apply(std::vector<std::string>& pieces) const override
    {
        for (std::string& piece : pieces) {
            const std::u32string text = decodeUtf8(piece);
            std::size_t begin = 0, end = text.size();
            while (begin < m_start && begin < end && text[begin] == m_content) ++begin;
            while (text.size() - end < m_stop && end > begin && text[end - 1] == m_content) --end;
            piece = toUtf8(std::u32string_view(text).substr(begin, end - begin));
        }
    }

private:
    char32_t m_content;
    std::size_t m_start, m_stop;
};

class ByteFallbackDecoder : public Decoder {
public:
    void apply(std::vector<std::string>& pieces) const override
    {
        std::vector<std::string> merged;
        std::string bytes;
        const auto flush = [&] {
            if (bytes.empty()) return;
            const bool valid = toUtf8(decodeUtf8(bytes)) == bytes;
            if (valid) merged.push_back(bytes);
            for (std::size_t i = 0; !valid && i < bytes.size(); ++i) merged.emplace_back("\xEF\xBF\xBD");
            bytes.clear();
        };
        for (std::string& piece : pieces) {
            if (const int byte = byteNamed(piece); byte >= 0) {
                bytes.push_back(char(byte));
                continue;
            }
            flush();
            merged.push_back(std::move(piece));
        }
        flush();
        pieces = std::move(merged);
    }

private:
    static int byteNamed(const std::string& piece)
    {
        if (piece.size() != 6 || !piece.starts_with("<0x") || piece.back() != '>') return -1;
        const auto digit = [](char c) {
            return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
        };
        const int high = digit(piece[3]), low = digit(piece[4]);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
};

class DecoderSequence : public Decoder {
public:
    explicit DecoderSequence(std::vector<DecoderPtr> parts) : m_parts(std::move(parts)) {}
    void apply(std::vector<std::string>& pieces) const override
    {
        for (const DecoderPtr& part : m_parts) part->apply(pieces);
    }

private:
    std::vector<DecoderPtr> m_parts;
};

DecoderPtr stripDecoder(const Json& json, const JsonFields& fields, const std::string& subject)
{
    return std::make_shared<StripDecoder>(characterIn(json, "content", U' ', subject),
                                          std::size_t(fields.integer("start", 0, 0, INT32_MAX)),
                                          std::size_t(fields.integer("stop", 0, 0, INT32_MAX)));
}

} // namespace

DecoderPtr wordPieceDecoder(std::string prefix, bool clean)
{
    return std::make_shared<WordPieceDecoder>(std::move(prefix), clean);
}
DecoderPtr byteLevelDecoder()
{
    return std::make_shared<ByteLevelDecoder>();
}
DecoderPtr metaspaceDecoder(const MetaspaceRules& rules)
{
    return std::make_shared<MetaspaceDecoder>(rules);
}
DecoderPtr bpeDecoder(std::string suffix)
{
    return std::make_shared<BpeDecoder>(std::move(suffix));
}

DecoderPtr byteFallbackDecoder(bool prepended)
{
    std::vector<DecoderPtr> parts{std::make_shared<ReplaceDecoder>(Pattern::literal(U"\u2581"), " "),
                                  std::make_shared<ByteFallbackDecoder>(), std::make_shared<FuseDecoder>()};
    if (prepended) parts.push_back(std::make_shared<StripDecoder>(U' ', 1, 0));
    return std::make_shared<DecoderSequence>(std::move(parts));
}

DecoderPtr parseDecoder(const Json& json, const std::string& subject, int depth)
{
    if (json.is_null()) return nullptr;
    const std::string type = typeOf(json, "decoder", subject);
    const JsonFields fields(json, subject);
    if (type == "Sequence") {
        std::vector<DecoderPtr> parts;
        for (const Json& part : partsOf(json, "decoders", depth, subject))
            parts.push_back(parseDecoder(part, subject, depth + 1));
        std::erase(parts, nullptr);
        return std::make_shared<DecoderSequence>(std::move(parts));
    }
    if (type == "WordPiece") return wordPieceDecoder(fields.text("prefix", "##"), fields.flag("cleanup", true));
    if (type == "ByteLevel") return byteLevelDecoder();
    if (type == "Metaspace") return metaspaceDecoder(parseMetaspace(json, subject));
    if (type == "BPEDecoder") return bpeDecoder(fields.text("suffix", "</w>"));
    if (type == "Replace")
        return std::make_shared<ReplaceDecoder>(Pattern::from(json.value("pattern", Json()), subject),
                                                fields.text("content", ""));
    if (type == "Fuse") return std::make_shared<FuseDecoder>();
    if (type == "ByteFallback") return std::make_shared<ByteFallbackDecoder>();
    if (type == "Strip") return stripDecoder(json, fields, subject);
    unknownType("decoder", type, subject);
}

} // namespace headlens::text
