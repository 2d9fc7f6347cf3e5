# SPDX-License-Identifier: GPL-3.0-or-later
"""transformers' models that read texts with one stack of blocks."""
import functools

import transformers as hf

from .case import Case
from .drawn import ACTIVATIONS, heads_and_width, segments, tokens
from .outputs import outputs_of


def bert_like(config, model, pairs=False, pad=0, labels=3, compute=outputs_of, **fixed):
    """`pairs`: two sentences a text, told apart by token_type_ids."""
    def make(pick):
        heads, width = heads_and_width(pick)
        chosen = config(vocab_size=pick("vocabulary", 20, 50), hidden_size=width,
                        num_hidden_layers=pick("layers", 1, 2, 3), num_attention_heads=heads,
                        intermediate_size=pick("mlp", 16, 40), max_position_embeddings=20,
                        num_labels=labels, hidden_act=pick("activation", *ACTIVATIONS),
                        layer_norm_eps=pick("eps", 1e-12, 1e-5), **fixed)
        inputs = tokens(pick, chosen.vocab_size, pad=pad)
        return Case(model(chosen), segments(inputs) if pairs else inputs, compute)
    return make


def follows(model, inputs):
    """Whether the second sentence follows: HeadLens's logits are those of classes or of words."""
    found = outputs_of(model, inputs)
    return found | {"seq_relationship_logits": found.pop("logits")}


def headless(config, model, **fixed):
    def make(pick):
        pooler = pick("pooler", True, False)
        return bert_like(config, functools.partial(model, add_pooling_layer=pooler), **fixed)(pick)
    return make


def distilbert(model, labels=3):
    def make(pick):
        heads, width = heads_and_width(pick)
        chosen = hf.DistilBertConfig(vocab_size=30, dim=width, n_layers=pick("layers", 1, 2, 3), n_heads=heads,
                                     hidden_dim=pick("mlp", 16, 40), max_position_embeddings=20, num_labels=labels,
                                     activation=pick("activation", "gelu", "relu"),
                                     sinusoidal_pos_embds=pick("sinusoids", False, True))
        return Case(model(chosen), tokens(pick, 30, pad=0))
    return make


def gpt2(model):
    def make(pick):
        heads, width = heads_and_width(pick)
        chosen = hf.GPT2Config(vocab_size=pick("vocabulary", 20, 50), n_positions=20, n_embd=width,
                               n_layer=pick("layers", 1, 2, 3), n_head=heads, n_inner=pick("mlp", None, 24),
                               activation_function=pick("activation", *ACTIVATIONS),
                               scale_attn_weights=pick("scale", True, False), num_labels=3,
                               scale_attn_by_inverse_layer_idx=pick("scale by layer", False, True),
                               bos_token_id=0, eos_token_id=0, pad_token_id=1)
        return Case(model(chosen), tokens(pick, chosen.vocab_size, pad=1))
    return make


ROBERTA = {"pad": 1, "pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2}
FAMILIES = {
    "bert": bert_like(hf.BertConfig, hf.BertForMaskedLM),
    "bert_headless": headless(hf.BertConfig, hf.BertModel),
    "bert_pairs": bert_like(hf.BertConfig, hf.BertForPreTraining, pairs=True),
    "bert_follows": bert_like(hf.BertConfig, hf.BertForNextSentencePrediction, pairs=True, compute=follows),
    "bert_classes": bert_like(hf.BertConfig, hf.BertForSequenceClassification),
    "bert_tokens": bert_like(hf.BertConfig, hf.BertForTokenClassification),
    "bert_answers": bert_like(hf.BertConfig, hf.BertForQuestionAnswering, pairs=True, labels=2),
    "roberta": bert_like(hf.RobertaConfig, hf.RobertaForMaskedLM, **ROBERTA),
    "roberta_headless": headless(hf.RobertaConfig, hf.RobertaModel, **ROBERTA),
    "roberta_classes": bert_like(hf.RobertaConfig, hf.RobertaForSequenceClassification, **ROBERTA),
    "roberta_tokens": bert_like(hf.RobertaConfig, hf.RobertaForTokenClassification, **ROBERTA),
    "roberta_answers": bert_like(hf.RobertaConfig, hf.RobertaForQuestionAnswering, labels=2, **ROBERTA),
    "xlm_roberta": bert_like(hf.XLMRobertaConfig, hf.XLMRobertaForMaskedLM, **ROBERTA),
    "camembert": bert_like(hf.CamembertConfig, hf.CamembertForMaskedLM, **ROBERTA),
    "distilbert": distilbert(hf.DistilBertForSequenceClassification),
    "distilbert_headless": distilbert(hf.DistilBertModel),
    "distilbert_gaps": distilbert(hf.DistilBertForMaskedLM),
    "distilbert_tokens": distilbert(hf.DistilBertForTokenClassification),
    "distilbert_answers": distilbert(hf.DistilBertForQuestionAnswering, labels=2),
    "gpt2": gpt2(hf.GPT2LMHeadModel),
    "gpt2_headless": gpt2(hf.GPT2Model),
    "gpt2_classes": gpt2(hf.GPT2ForSequenceClassification),
}
