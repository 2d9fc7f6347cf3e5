# SPDX-License-Identifier: GPL-3.0-or-later
"""Random tokenizers: one function a kind draws the parts, and trains a small vocabulary with the tokenizers library."""
import collections
import functools
import io
import random

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as sentencepiece_format
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from text_samples import corpus

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
CLIP_WORDS = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


def lines_for(pick, most=1000):
    """`most` kinds of characters: a Unigram vocabulary has to hold each."""
    lines = corpus(random.Random(pick.seed))
    known = {c for c, _ in collections.Counter("".join(lines)).most_common(most)}
    return ["".join(c for c in line if c in known) for line in lines]


def template(sep, cls):
    return processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
                                         special_tokens=[cls, sep])


POST_PROCESSORS = {
    "none": lambda sep, cls: None,
    "BERT": lambda sep, cls: processors.BertProcessing(sep, cls),
    "template": lambda sep, cls: template(sep, cls),
    "RoBERTa": lambda sep, cls: processors.RobertaProcessing(sep, cls, False, False),
    "RoBERTa, trimmed": lambda sep, cls: processors.RobertaProcessing(sep, cls, True, False),
    "RoBERTa, trimmed, prefixed": lambda sep, cls: processors.RobertaProcessing(sep, cls, True, True),
    "trimmed": lambda sep, cls: processors.ByteLevel(True, False),
    "trimmed template": lambda sep, cls: processors.Sequence([processors.ByteLevel(True), template(sep, cls)]),
}


def add_post_processor(pick, tokenizer):
    sep, cls = ((piece, tokenizer.token_to_id(piece)) for piece in ("[SEP]", "[CLS]"))
    made = POST_PROCESSORS[pick("post_processor", *POST_PROCESSORS)](sep, cls)
    if made is not None:
        tokenizer.post_processor = made


ADDED = ("[MASK]", "<x>", "New York", "Ünï", "the", "🤗", "attention head", "ΣΑΣ", "日本", "▁▁x", "1")


def add_tokens(pick, tokenizer):
    for number in range(pick("added tokens", 0, 1, 3)):
        content = pick("content", *ADDED)
        rules = {name: pick(name, False, True) for name in ("single_word", "lstrip", "rstrip", "normalized")}
        # The library takes the spaces behind one token again as the beginning of the next, where a normalizer puts some
        # there; HeadLens takes none twice.
        rules["rstrip"] &= content[0] not in "▁日"
        token = AddedToken(content, **rules)
        (tokenizer.add_special_tokens if pick("special", False, True) else tokenizer.add_tokens)([token])


def word_piece(pick, plain=False):
    """`plain`: as a vocab.txt means it."""
    longest = 100 if plain else pick("longest word", 100, 5)
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=longest))
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=plain or pick("clean_text", True, False),
        handle_chinese_chars=pick("handle_chinese_chars", True, False),
        strip_accents=pick("strip_accents", None, True, False), lowercase=pick("lowercase", True, False))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece(cleanup=plain or pick("cleanup", True, False))
    tokenizer.train_from_iterator(lines_for(pick), trainers.WordPieceTrainer(
        vocab_size=pick("pieces", 300, 1500), special_tokens=SPECIAL, show_progress=False))
    return tokenizer


def byte_level(pick, special=SPECIAL, plain=False):
    """`plain`: as a vocab.json with its merges.txt means it."""
    tokenizer = Tokenizer(models.BPE(ignore_merges=not plain and pick("ignore_merges", False, True)))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=pick("add_prefix_space", False, True),
                                                       use_regex=plain or pick("use_regex", True, True, False))
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(lines_for(pick), trainers.BpeTrainer(
        vocab_size=pick("pieces", 300, 1500), special_tokens=special, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return tokenizer


def clip(pick, special=SPECIAL):
    tokenizer = Tokenizer(models.BPE(unk_token=special[1], end_of_word_suffix="</w>", continuing_subword_prefix=""))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "),
                                                 normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(CLIP_WORDS), "removed", invert=True),
                                                       pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(lines_for(pick), trainers.BpeTrainer(
        vocab_size=pick("pieces", 700, 1500), special_tokens=special, end_of_word_suffix="</w>", show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return tokenizer


@functools.cache
def charsmap(rule):
    """SentencePiece's compiled normalisation: nmt_nfkc is T5's; _cf folds the case."""
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d e f g"] * 20), model_writer=written, vocab_size=20, minloglevel=2,
        normalization_rule_name=rule, hard_vocab_limit=False)
    return sentencepiece_format.ModelProto.FromString(written.getvalue()).normalizer_spec.precompiled_charsmap


def unigram(pick):
    tokenizer = Tokenizer(models.Unigram())
    rule = pick("normalizer", "nmt_nfkc", "nmt_nfkc_cf", "nfkc", "plain NFKC", "Nmt")
    steps = {"plain NFKC": lambda: [normalizers.NFKC()], "Nmt": lambda: [normalizers.Nmt(), normalizers.NFKC()]}.get(
        rule, lambda: [normalizers.Precompiled(charsmap(rule))])()
    if pick("trimmed", True, False):
        steps.append(normalizers.Strip(left=False))
    mark = pick("spaces become", "▁", " ", None)
    if mark:
        steps.append(normalizers.Replace(Regex(" {2,}"), mark))
    tokenizer.normalizer = normalizers.Sequence(steps)
    rules = {"prepend_scheme": pick("prepend_scheme", "always", "first", "never"), "split": pick("split", True, False)}
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(**rules)
    tokenizer.decoder = decoders.Metaspace(**rules)
    tokenizer.train_from_iterator(lines_for(pick, 300), trainers.UnigramTrainer(
        vocab_size=pick("pieces", 700, 1500), special_tokens=SPECIAL, unk_token="[UNK]", show_progress=False))
    return tokenizer


KINDS = {"texts-wordpiece": word_piece, "texts-byte-level": byte_level, "texts-clip": clip,
         "texts-unigram": unigram}


def random_tokenizer(make, pick):
    tokenizer = make(pick)
    add_tokens(pick, tokenizer)
    add_post_processor(pick, tokenizer)
    return tokenizer
