# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokenizers whose parts nobody would put together: every normalizer, pre-tokenizer, model and decoder that HeadLens
reads, in any order."""
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from random_tokenizers import SPECIAL, charsmap, lines_for

NORMALIZERS = {
    "none": None,
    "NFC": normalizers.NFC, "NFD": normalizers.NFD, "NFKC": normalizers.NFKC, "NFKD": normalizers.NFKD,
    "lower case": normalizers.Lowercase, "no accents": normalizers.StripAccents, "Nmt": normalizers.Nmt,
    "BERT": normalizers.BertNormalizer,
    "strip": normalizers.Strip, "strip left": lambda: normalizers.Strip(right=False),
    "prepend": lambda: normalizers.Prepend("▁"), "bytes": normalizers.ByteLevel,
    "replace": lambda: normalizers.Replace(" ", "▁"), "replace regex": lambda: normalizers.Replace(Regex(r"\s+"), " "),
    "delete": lambda: normalizers.Replace(Regex(r"[aeiou]"), ""), "grow": lambda: normalizers.Replace("e", "ee"),
    "charsmap": lambda: normalizers.Precompiled(charsmap("nmt_nfkc_cf"))}

BEHAVIORS = ("isolated", "removed", "merged_with_previous", "merged_with_next", "contiguous")
# \w is not drawn: Oniguruma counts ², ³, ¹ and fractions as letters of words, ICU the joiners.
PATTERNS = (" ", "a", Regex(r"\p{L}+"), Regex(r"\s+"), Regex(r"\p{N}{1,3}"), Regex(r"[^\s\p{L}\p{N}]+|\s+(?!\S)"))


def split(pick):
    return pre_tokenizers.Split(pick("pattern", *PATTERNS), pick("behavior", *BEHAVIORS), pick("invert", False, True))


def metaspace(pick):
    scheme = pick("scheme", "always", "first", "never")
    return pre_tokenizers.Metaspace(prepend_scheme=scheme, split=pick("split", True, False))


PRE_TOKENIZERS = {
    "none": None,
    "whitespace": lambda pick: pre_tokenizers.Whitespace(),
    "whitespace split": lambda pick: pre_tokenizers.WhitespaceSplit(),
    "BERT": lambda pick: pre_tokenizers.BertPreTokenizer(),
    "punctuation": lambda pick: pre_tokenizers.Punctuation(pick("behavior", *BEHAVIORS)),
    "digits": lambda pick: pre_tokenizers.Digits(pick("individual", False, True)),
    "delimiter": lambda pick: pre_tokenizers.CharDelimiterSplit(pick("delimiter", " ", "e")),
    "bytes": lambda pick: pre_tokenizers.ByteLevel(pick("prefix space", False, True), True, pick("regex", True, False)),
    "metaspace": metaspace,
    "split": split}


def bpe(pick, size):
    rules = {"unk_token": "[UNK]", "fuse_unk": pick("fuse_unk", False, True)}
    prefix, suffix = pick("continuing", "", "##"), pick("end of word", "", "</w>")
    # Beside either the library's spans count the bytes of "##" as characters of the text.
    rules["byte_fallback"] = not prefix and not suffix and pick("byte_fallback", False, True)
    bytes_of = [f"<0x{byte:02X}>" for byte in range(256)] if rules["byte_fallback"] else []
    return (models.BPE(**rules, continuing_subword_prefix=prefix, end_of_word_suffix=suffix),
            trainers.BpeTrainer(vocab_size=size + len(bytes_of), special_tokens=SPECIAL + bytes_of, show_progress=False,
                                continuing_subword_prefix=prefix, end_of_word_suffix=suffix, limit_alphabet=150))


def unigram(pick, size):
    return models.Unigram(), trainers.UnigramTrainer(vocab_size=max(size, 1000), special_tokens=SPECIAL,
                                                     unk_token="[UNK]", show_progress=False)


def words(model, trainer):
    """A model without rules of its own."""
    return lambda pick, size: (model(unk_token="[UNK]"),
                               trainer(vocab_size=size, special_tokens=SPECIAL, show_progress=False))


MODELS = {"WordLevel": words(models.WordLevel, trainers.WordLevelTrainer),
          "WordPiece": words(models.WordPiece, trainers.WordPieceTrainer), "BPE": bpe, "Unigram": unigram}

DECODERS = {
    "none": lambda: None, "WordPiece": decoders.WordPiece, "bytes": decoders.ByteLevel, "metaspace": decoders.Metaspace,
    "suffix": decoders.BPEDecoder, "fuse": decoders.Fuse,
    "Llama": lambda: decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
                                        decoders.Strip(" ", 1, 0)])}


def several(pick, name, table, most, make):
    chosen = [table[pick(name, *table)] for _ in range(most)]
    return [make(one) for one in chosen if one is not None]


def mixed(pick):
    model, trainer = MODELS[pick("model", *MODELS)](pick, pick("pieces", 300, 1500))
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(several(pick, "normalizer", NORMALIZERS, 2, lambda make: make()))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        several(pick, "pre_tokenizer", PRE_TOKENIZERS, 2, lambda make: make(pick)))
    decoder = DECODERS[pick("decoder", *DECODERS)]()
    if decoder is not None:
        tokenizer.decoder = decoder
    tokenizer.train_from_iterator(lines_for(pick, 150), trainer)
    return tokenizer
