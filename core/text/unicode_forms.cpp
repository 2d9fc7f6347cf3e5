// SPDX-License-Identifier: GPL-3.0-or-later
// NFC, NFD, NFKC and NFKD with the way back to the original, in the reference's own order of changes: decomposing
// inserts, composing swallows (crate unicode-normalization-alignments).
#include "core/text/normalizers.h"
#include "core/text/unicode.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <array>

namespace headlens::text {
namespace {

struct Ranked {
    unsigned char rank;
    Change change;
};

const UNormalizer2* tables(bool compatible)
{
    UErrorCode status = U_ZERO_ERROR;
    return compatible ? unorm2_getNFKCInstance(&status) : unorm2_getNFCInstance(&status);
}

constexpr int kNewest = 9; // Unicode version of the reference's tables: later characters never change or move

unsigned char rankOf(char32_t c)
{
    const unsigned char rank = u_getCombiningClass(UChar32(c));
    return rank == 0 || isAssignedIn(c, kNewest) ? rank : 0;
}

// True when `form` leaves the text as it is.
bool settled(std::u32string_view text, Form form)
{
    static constexpr std::array<UProperty, 4> checks{UCHAR_NFC_QUICK_CHECK, UCHAR_NFD_QUICK_CHECK,
                                                     UCHAR_NFKC_QUICK_CHECK, UCHAR_NFKD_QUICK_CHECK};
    unsigned last = 0;
    for (const char32_t c : text) {
        if (c < 0x80) {
            last = 0;
            continue;
        }
        const unsigned rank = rankOf(c);
        if (rank != 0 && rank < last) return false;
        last = rank;
        if (u_getIntPropertyValue(UChar32(c), checks[std::size_t(form)]) != UNORM_YES) return false;
    }
    return true;
}

void pushDecomposed(std::vector<Ranked>& all, const UNormalizer2* table, char32_t c)
{
    std::array<char16_t, 64> units{}; // the longest decomposition, U+FDFA, has 18
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t length =
        c < 0x80 ? -1 : unorm2_getDecomposition(table, UChar32(c), units.data(), std::int32_t(units.size()), &status);
    if (length < 0 || U_FAILURE(status) || !isAssignedIn(c, kNewest)) {
        all.push_back({rankOf(c), {c, 0}});
        return;
    }
    for (std::int32_t i = 0; i < length;) {
        const bool first = i == 0;
        UChar32 part = 0;
        U16_NEXT(units.data(), i, length, part);
        all.push_back({rankOf(char32_t(part)), {char32_t(part), first ? 0 : 1}});
    }
}

std::vector<Ranked> decomposed(std::u32string_view text, bool compatible)
{
    std::vector<Ranked> all;
    all.reserve(text.size() + text.size() / 4);
    for (const char32_t c : text) pushDecomposed(all, tables(compatible), c);
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin;
        while (end < all.size() && all[end].rank != 0) ++end;
        std::stable_sort(all.begin() + std::ptrdiff_t(begin), all.begin() + std::ptrdiff_t(end),
                         [](const Ranked& a, const Ranked& b) { return a.rank < b.rank; });
        begin = end + 1;
    }
    return all;
}

// Canonical composition: a character joins the last starter unless one of its own rank or above stands between.
std::vector<Change> composed(const std::vector<Ranked>& all)
{
    std::vector<Change> result;
    result.reserve(all.size());
    std::ptrdiff_t starter = -1;
    int blocked = -1; // the rank of the last character that stayed behind the starter
    for (const Ranked& next : all) {
        if (starter >= 0 && blocked < int(next.rank)) {
            Change& base = result[std::size_t(starter)];
            const UChar32 pair = unorm2_composePair(tables(false), UChar32(base.c), UChar32(next.change.c));
            if (pair >= 0 && isAssignedIn(char32_t(pair), kNewest)) {
                base = {char32_t(pair), base.change + next.change.change - 1};
                continue;
            }
        }
        if (next.rank == 0) {
            starter = std::ptrdiff_t(result.size());
            blocked = -1;
        } else {
            blocked = int(next.rank);
        }
        result.push_back(next.change);
    }
    return result;
}

class UnicodeForm : public Normalizer {
public:
    explicit UnicodeForm(Form form) : m_form(form) {}
    void apply(Aligned& text) const override { applyForm(text, m_form); }

private:
    Form m_form;
};

} // namespace

void applyForm(Aligned& text, Form form)
{
    if (settled(text.text(), form)) return;
    const std::vector<Ranked> parts = decomposed(text.text(), form == Form::Nfkc || form == Form::Nfkd);
    if (form == Form::Nfc || form == Form::Nfkc) {
        text = transformed(text, composed(parts));
        return;
    }
    std::vector<Change> changes;
    changes.reserve(parts.size());
    for (const Ranked& part : parts) changes.push_back(part.change);
    text = transformed(text, changes);
}

NormalizerPtr unicodeForm(Form form)
{
    return std::make_shared<UnicodeForm>(form);
}

} // namespace headlens::text
