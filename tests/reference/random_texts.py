# SPDX-License-Identifier: GPL-3.0-or-later
"""Random tokenizers on random and real texts: `headlens-cli tokenize` must give the ids, pieces, spans, types and mask
of the tokenizers library, and its text for random ids."""
import functools
import json
import operator
import random

from tokenizers import Tokenizer

import language_tokenizers
import older_tokenizers
from engine import engine
from mixed_tokenizers import mixed
from random_tokenizers import KINDS, random_tokenizer
from text_samples import plain_texts, texts


def limits(pick, tokenizer):
    """Words of the command line for cutting and padding, which the library keeps in the tokenizer."""
    words = []
    longest, side = pick("at most", None, 20, 7), pick("cut from", "end", "begin")
    if longest is not None:
        tokenizer.enable_truncation(longest, direction={"end": "right", "begin": "left"}[side])
        words += ["--at-most", longest, "--cut-from", side]
    if pick("pad", False, True):
        tokenizer.enable_padding(length=24, pad_id=tokenizer.token_to_id("[PAD]"), pad_token="[PAD]")
        words += ["--pad-to", 24]
    return words


def expected(encoding):
    return {"ids": encoding.ids, "tokens": encoding.tokens, "offsets": [list(span) for span in encoding.offsets],
            "type_ids": encoding.type_ids, "mask": encoding.attention_mask}


def first_difference(text, want, got, equal=operator.eq):
    for name, values in want.items():
        if not equal(values, got[name]):
            same = [a == b for a, b in zip(values, got[name])] + [False]
            at = same.index(False)
            return (f"{text!r}: {name} differ from {at} on: {got[name][at:at + 6]}, expected {values[at:at + 6]}; "
                    f"tokens {got['tokens'][max(0, at - 2):at + 4]}")
    return None


def compare_encodings(program, folder, inputs, want, words, equal=operator.eq):
    (folder / "texts.json").write_text(json.dumps(inputs))
    done, said = engine(program).run("tokenize", "--model", folder, "--inputs", folder / "texts.json",
                                     "--out", folder / "out.json", *words)
    if not done:
        return said
    for text, one, got in zip(inputs, want, json.loads((folder / "out.json").read_text()), strict=True):
        problem = first_difference(text, one, got, equal)
        if problem:
            return problem
    return None


def lines_of(text):
    """What survives the way through a terminal."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def compare_decoding(program, folder, tokenizer, seed):
    source = random.Random(seed)
    ids = [source.randrange(tokenizer.get_vocab_size()) for _ in range(12)]
    keep = source.choice([False, True])
    done, said = engine(program).run("tokenize", "--model", folder, "--decode", ",".join(map(str, ids)),
                                     *["--no-special"] * keep)
    want = lines_of(tokenizer.decode(ids, skip_special_tokens=not keep))
    return None if done and lines_of(said) == want else f"{ids}: text {said!r}, expected {want!r}"


def compare(program, pick, folder, tokenizer):
    words = limits(pick, tokenizer) if tokenizer.token_to_id("[PAD]") is not None else []
    special = pick("special tokens", True, False)
    inputs = texts(pick.seed, [token.content for token in tokenizer.get_added_tokens_decoder().values()])
    want = [expected(tokenizer.encode(*(one if isinstance(one, list) else [one]), add_special_tokens=special))
            for one in inputs]
    problem = compare_encodings(program, folder, inputs, want, words + ["--no-special"] * (not special))
    return problem or compare_decoding(program, folder, tokenizer, pick.seed) or 0.0


def new_case(make, program, pick, folder):
    tokenizer = random_tokenizer(make, pick)
    tokenizer.save(str(folder / "tokenizer.json"))
    # As the file says it: a token that was added twice leaves traces of the first time in the one that was built.
    return compare(program, pick, folder, Tokenizer.from_file(str(folder / "tokenizer.json")))


def old_case(kind, program, pick, folder):
    return compare(program, pick, folder, older_tokenizers.KINDS[kind](pick, folder))


def sentence_piece_case(program, pick, folder):
    """Ids alone, of plain texts: the tokenizers library, which HeadLens follows, takes off more kinds of spaces at the
    end and loses a mark behind a character that is replaced."""
    ids_of = older_tokenizers.sentence_pieces(pick, folder)
    inputs = plain_texts(pick.seed)
    want = [{"ids": ids_of(one)} for one in inputs]

    def equal(ids, others):
        """The same pieces in another order have the same score, and the rounding of a sum decides."""
        return sorted(ids) == sorted(others)

    return compare_encodings(program, folder, inputs, want, [], equal) or 0.0


def sentence_piece_bpe_case(program, pick, folder):
    ids_of = language_tokenizers.sentence_piece_bpe(pick, folder)
    inputs = [one for one in texts(pick.seed, ["<s>", "<image>", "<im"]) if isinstance(one, str)]
    return compare_encodings(program, folder, inputs, [{"ids": ids_of(one)} for one in inputs], []) or 0.0


CASES = {kind: functools.partial(new_case, make) for kind, make in (KINDS | language_tokenizers.KINDS).items()}
CASES["texts-mixed"] = functools.partial(new_case, mixed)
CASES |= {kind: functools.partial(old_case, kind) for kind in older_tokenizers.KINDS}
CASES["texts-sentencepiece"] = sentence_piece_case
CASES["texts-sentencepiece-bpe"] = sentence_piece_bpe_case
