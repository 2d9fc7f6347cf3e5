# SPDX-License-Identifier: GPL-3.0-or-later
"""Random Unicode, and real texts in English and Chinese from this repository."""
import functools
import pathlib
import random
import re
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]

SPACES = [" ", " ", " ", "  ", "\t", "\n", "\r\n", "\r", "\u00a0", "\u3000", "\u2028", "\u200b", "\u2009",
          "\x0b", "\x85", "\ufeff", "\u180e", ""]
WORDS = ["the", "The", "attention", "HEADS", "don't", "I'll", "we've", "it's", "You're", "DON'T", "naïve",
         "Ünï", "3.14", "2026", "1,000", "x=y+2;", "...", "?!", "“quoted”", "C++", "a_b", "e-mail@x.org", "$5",
         "100%", "do not", " 's"]
STRANGE = ["e\u0301", "A\u030a\u0323", "\u0301", "q\u0307\u0323", "\u1112\u1161\u11ab", "한국어", "日本語", "注意力机制",
           "𠀀𠀁", "ｆｕｌｌ１２", "ﬁ", "ﷺ", "İ", "ı", "ß", "ẞ", "ΑΣ", "ΌΔΟΣ ΣΑΣ", "ǅ", "Ǆ", "ſ", "K", "½", "²", "Ⅷ",
           "١٢٣", "مرحبا", "שָׁלוֹם", "สวัสดี", "नमस्ते", "🤗", "👩‍👩‍👧‍👦", "👍🏽", "🇨🇳", "☎️", "1️⃣", "\u200d",
           "\u200f", "\u202eabc\u202c", "\x07", "\x7f", "\x00", "\ufffd", "\ufffe", "\ue000", "\U000e0001",
           "\u0378", "\U0010ffff", "\u00ad", "▁", "▁▁x", "Ġ", "##ing", "</w>", "<0x41>", "\u2581the"]


def any_character(source):
    """From every plane; the first ones more often. Surrogates are no characters, and what Python's Unicode 14 does not
    know may be a letter to the library (Unicode 16), but not to HeadLens (the system's ICU)."""
    character = chr(source.randrange(source.choice([0x80, 0x250, 0x3000, 0x10000, 0x20000, 0x110000])))
    return "\ufffd" if unicodedata.category(character) in ("Cs", "Cn") else character


def random_text(source, tokens):
    """`tokens`: pieces with a meaning, such as [SEP]."""
    parts = []
    for _ in range(source.choice([0, 1, 2, 5, 12])):
        kind = source.randrange(8)
        if kind < 3:
            parts.append(source.choice(WORDS))
        elif kind < 5:
            parts.append(source.choice(STRANGE))
        elif kind == 5:
            parts.append("".join(any_character(source) for _ in range(source.randrange(1, 6))))
        elif kind == 6 and tokens:
            parts.append(source.choice(tokens))
        else:
            parts.append(source.choice(STRANGE) * source.choice([1, 2, 40]))
        parts.append(source.choice(SPACES))
    return "".join(parts)


@functools.cache
def real_texts():
    """Paragraphs of the README, the documentation and the lessons, and the Chinese translations."""
    files = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")),
             *sorted((ROOT / "resources/lessons").rglob("*.*"))]
    lines = [line.strip("\n") for file in files if file.suffix in (".md", ".json", ".html", ".txt")
             for line in file.read_text(encoding="utf-8").splitlines()]
    translations = (ROOT / "resources/i18n/headlens_zh_CN.ts").read_text(encoding="utf-8")
    lines += re.findall(r"<translation>(.*?)</translation>", translations)
    return [line[:2000] for line in lines if len(line) > 20]


def corpus(source, lines=150):
    return source.sample(real_texts(), lines)


def plain_texts(seed, count=20):
    """Real ones without tokens in them, and words with spaces."""
    source = random.Random(seed)
    real = [text for text in real_texts() if "<" not in text]
    words = WORDS + [" ", "  ", "한국어", "注意力机制", "ｆｕｌｌ１２", "½", "ﬁ"]
    return [source.choice(real) if source.random() < 0.5 else "".join(source.choices(words, k=source.randrange(20)))
            for _ in range(count)]


def texts(seed, tokens, count=20):
    """Texts, and pairs of texts as lists."""
    source = random.Random(seed)
    found = []
    for number in range(count):
        one, other = (source.choice(real_texts()) if source.random() < 0.2 else random_text(source, tokens)
                      for _ in range(2))
        found.append([one, other] if number % 5 == 4 else one)
    return found
