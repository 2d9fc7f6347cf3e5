# SPDX-License-Identifier: GPL-3.0-or-later
"""Files before tokenizer.json: vocab.txt of BERT, vocab.json and merges.txt of GPT-2, RoBERTa and CLIP, written from a
tokenizer of the tokenizers library that says the same; and those of T5 and Marian, which sentencepiece itself reads."""
import io
import json

import sentencepiece
from tokenizers import AddedToken, processors

import random_tokenizers
from random_tokenizers import lines_for


def write_settings(folder, **settings):
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))


def write_merges(tokenizer, folder):
    model = json.loads(tokenizer.to_str())["model"]
    (folder / "vocab.json").write_text(json.dumps(model["vocab"]))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in model["merges"]))


def bert(pick, folder):
    tokenizer = random_tokenizers.word_piece(pick, plain=True)
    sep, cls = ((piece, tokenizer.token_to_id(piece)) for piece in ("[SEP]", "[CLS]"))
    tokenizer.post_processor = processors.BertProcessing(sep, cls)
    names = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    (folder / "vocab.txt").write_text("".join(f"{name}\n" for name, _ in names))
    rules = tokenizer.normalizer
    write_settings(folder, tokenizer_class="BertTokenizer", do_lower_case=rules.lowercase,
                   strip_accents=rules.strip_accents, tokenize_chinese_chars=rules.handle_chinese_chars)
    return tokenizer


def gpt2(pick, folder):
    tokenizer = random_tokenizers.byte_level(pick, special=["<|endoftext|>"], plain=True)
    write_merges(tokenizer, folder)
    write_settings(folder, tokenizer_class="GPT2Tokenizer", add_prefix_space=tokenizer.pre_tokenizer.add_prefix_space)
    return tokenizer


def roberta(pick, folder):
    mask = AddedToken("<mask>", lstrip=True, special=True, normalized=False)
    tokenizer = random_tokenizers.byte_level(pick, special=["<s>", "<pad>", "</s>", "<unk>", mask], plain=True)
    prefix = tokenizer.pre_tokenizer.add_prefix_space
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), True, prefix)
    write_merges(tokenizer, folder)
    write_settings(folder, tokenizer_class=pick("class", "RobertaTokenizer", "BartTokenizer"), add_prefix_space=prefix)
    return tokenizer


def clip(pick, folder):
    tokenizer = random_tokenizers.clip(pick, special=["<|startoftext|>", "<|endoftext|>"])
    tokenizer.post_processor = processors.RobertaProcessing(("<|endoftext|>", 1), ("<|startoftext|>", 0), False, False)
    write_merges(tokenizer, folder)
    write_settings(folder, tokenizer_class="CLIPTokenizer")
    return tokenizer


def sentence_pieces(pick, folder):
    """sentencepiece's processor for T5's file or Marian's, as a function from a text to ids."""
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines_for(pick, 300)), model_writer=written, vocab_size=pick("pieces", 700, 1500),
        normalization_rule_name=pick("rule", "nmt_nfkc", "nmt_nfkc_cf", "nfkc", "identity"), character_coverage=1.0,
        pad_id=0, eos_id=1, unk_id=2, bos_id=-1, hard_vocab_limit=False, minloglevel=2, max_sentence_length=20000)
    pieces = sentencepiece.SentencePieceProcessor(model_proto=written.getvalue())
    if pick("family", "T5", "Marian") == "T5":
        (folder / "spiece.model").write_bytes(written.getvalue())
        write_settings(folder, tokenizer_class="T5Tokenizer", extra_ids=0)
        return lambda text: pieces.encode(text) + [pieces.eos_id()]
    (folder / "source.spm").write_bytes(written.getvalue())
    write_settings(folder, tokenizer_class="MarianTokenizer")
    names = sorted(pieces.id_to_piece(i) for i in range(pieces.vocab_size()))  # ids of its own
    ids = {name: i for i, name in enumerate(names)}
    (folder / "vocab.json").write_text(json.dumps(ids))
    return lambda text: [ids.get(piece, ids["<unk>"]) for piece in pieces.encode(text, out_type=str)] + [ids["</s>"]]


KINDS = {"texts-vocab-txt": bert, "texts-gpt2-files": gpt2, "texts-roberta-files": roberta, "texts-clip-files": clip}
