# SPDX-License-Identifier: GPL-3.0-or-later
"""The tokenizers of language models: byte-level BPE behind the expressions that they are known by, SentencePiece's BPE as
a tokenizer.json has it and as sentencepiece itself reads it."""
import io
import json

import sentencepiece
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from random_tokenizers import SPECIAL, lines_for

CONTRACTIONS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
SPACES = r"\s*[\r\n]+|\s+(?!\S)|\s+"
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
LED = r"[^\r\n\p{L}\p{N}]?"


def cased(contraction, digits):
    return (rf"{LED}{UPPER}*{LOWER}+{contraction}|{LED}{UPPER}+{LOWER}*{contraction}|{digits}"
            rf"| ?[^\s\p{{L}}\p{{N}}]+[\r\n/]*|{SPACES}")


EXPRESSIONS = {
    "Llama 3": rf"{CONTRACTIONS}|{LED}\p{{L}}+|\p{{N}}{{1,3}}| ?[^\s\p{{L}}\p{{N}}]+[\r\n]*|{SPACES}",
    "Qwen 2": rf"{CONTRACTIONS}|{LED}\p{{L}}+|\p{{N}}| ?[^\s\p{{L}}\p{{N}}]+[\r\n]*|{SPACES}",
    "Qwen 3.5": rf"{CONTRACTIONS}|{LED}[\p{{L}}\p{{M}}]+|\p{{N}}| ?[^\s\p{{L}}\p{{M}}\p{{N}}]+[\r\n]*|{SPACES}",
    "GPT-4o": cased(CONTRACTIONS + "?", r"\p{N}{1,3}"),
    "Tekken": cased("", r"\p{N}")}


def split_bytes(pick):
    tokenizer = Tokenizer(models.BPE(ignore_merges=pick("ignore_merges", False, True)))
    if pick("NFC", False, True):
        tokenizer.normalizer = normalizers.NFC()
    steps = [pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    steps.insert(0, pre_tokenizers.Split(Regex(EXPRESSIONS[pick("expression", *EXPRESSIONS)]), "isolated"))
    if pick("digits first", False, True):
        steps.insert(0, pre_tokenizers.Digits(individual_digits=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(steps)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(lines_for(pick), trainers.BpeTrainer(
        vocab_size=pick("pieces", 400, 1500), special_tokens=SPECIAL, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return tokenizer


def whole_texts(pick):
    """Llama, Mistral and Gemma: a text between added tokens is one word. Trained word by word, as theirs were."""
    fallback = pick("byte_fallback", True, False)
    bytes_of = [f"<0x{byte:02X}>" for byte in range(256)] if fallback else []
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]", fuse_unk=pick("fuse_unk", True, False), byte_fallback=fallback))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(split=pick("words", True, True, False))
    tokenizer.train_from_iterator(lines_for(pick, 150), trainers.BpeTrainer(
        vocab_size=pick("pieces", 600, 1500) + len(bytes_of), special_tokens=SPECIAL + bytes_of, show_progress=False,
        limit_alphabet=150))
    # Bytes are no special tokens: only the trainer has no other way to keep them.
    told = json.loads(tokenizer.to_str())
    told["added_tokens"] = [token for token in told["added_tokens"] if token["content"] in SPECIAL]
    tokenizer = Tokenizer.from_str(json.dumps(told))
    replace = normalizers.Replace(" ", "▁")
    if pick("family", "Llama", "Gemma", "newer Llama") == "newer Llama":
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme=pick("scheme", "first", "always"), split=False)
    else:
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([])
        tokenizer.normalizer = pick("prepend", normalizers.Sequence([normalizers.Prepend("▁"), replace]), replace)
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
                                           decoders.Strip(" ", 1, 0)])
    return tokenizer


def sentence_piece_bpe(pick, folder):
    """A tokenizer.model; sentencepiece's processor as a function from a text to ids."""
    written = io.BytesIO()
    defined = ["▁▁", "▁▁▁▁", "<image>", "<im", "attention head", "1"]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines_for(pick, 300)), model_writer=written, model_type="bpe",
        vocab_size=pick("pieces", 800, 1500), byte_fallback=pick("byte_fallback", True, False), character_coverage=0.99,
        normalization_rule_name="identity", user_defined_symbols=defined[:pick("defined", 0, 3, 6)],
        remove_extra_whitespaces=pick("remove extra spaces", False, True),
        add_dummy_prefix=pick("prefix", True, False), treat_whitespace_as_suffix=pick("suffix", False, False, True),
        split_by_whitespace=pick("split", True, True, False), split_digits=True, allow_whitespace_only_pieces=True,
        hard_vocab_limit=False, minloglevel=2, max_sentence_length=20000)
    (folder / "tokenizer.model").write_bytes(written.getvalue())
    pieces = sentencepiece.SentencePieceProcessor(model_proto=written.getvalue())
    return lambda text: [pieces.bos_id()] + pieces.encode(text)


KINDS = {"texts-split-bytes": split_bytes, "texts-whole": whole_texts}
