# SPDX-License-Identifier: GPL-3.0-or-later
"""transformers' models that read one text and write another."""
import transformers as hf

from .case import Case
from .drawn import ACTIVATIONS, heads_and_width, tokens, written
from .outputs import outputs_of


def t5_config(pick):
    gated = pick("feed forward", "relu", "gated-gelu", "gated-silu")
    return hf.T5Config(vocab_size=30, d_model=pick("width", 16, 24), d_kv=pick("width of a head", 4, 8, 6),
                       d_ff=pick("mlp", 16, 40), num_layers=pick("layers", 1, 2, 3), num_heads=pick("heads", 1, 2, 3),
                       num_decoder_layers=pick("decoder layers", 1, 2), feed_forward_proj=gated,
                       relative_attention_num_buckets=pick("buckets", 32, 8),
                       relative_attention_max_distance=pick("distance", 128, 10), decoder_start_token_id=0,
                       tie_word_embeddings=pick("tied", True, False))


def t5(model):
    def make(pick):
        return Case(model(t5_config(pick)), written(pick, 30, tokens(pick, 30)))
    return make


def encoder_outputs(model, inputs):
    """An encoder alone is still the encoder in HeadLens's trace."""
    return {f"encoder.{name}": tensor for name, tensor in outputs_of(model, inputs).items()}


def t5_encoder(pick):
    return Case(hf.T5EncoderModel(t5_config(pick)), tokens(pick, 30), encoder_outputs)


def bart_like(config, model, **fixed):
    def make(pick):
        heads, width = heads_and_width(pick, (4, 8))
        width *= 2  # for the decoder's heads
        chosen = config(vocab_size=30, d_model=width, encoder_layers=pick("layers", 1, 2, 3),
                        decoder_layers=pick("decoder layers", 1, 2), encoder_attention_heads=heads,
                        decoder_attention_heads=pick("decoder heads", 2, heads), encoder_ffn_dim=pick("mlp", 16, 40),
                        decoder_ffn_dim=24, max_position_embeddings=20, decoder_start_token_id=2, pad_token_id=1,
                        activation_function=pick("activation", *ACTIVATIONS),
                        scale_embedding=pick("scaled", False, True), **fixed)
        return Case(model(chosen), written(pick, 30, tokens(pick, 30)))
    return make


FAMILIES = {
    "t5": t5(hf.T5ForConditionalGeneration),
    "t5_headless": t5(hf.T5Model),
    "t5_encoder": t5_encoder,
    "bart": bart_like(hf.BartConfig, hf.BartForConditionalGeneration),
    "bart_headless": bart_like(hf.BartConfig, hf.BartModel),
    "marian": bart_like(hf.MarianConfig, hf.MarianMTModel, share_encoder_decoder_embeddings=True),
}
