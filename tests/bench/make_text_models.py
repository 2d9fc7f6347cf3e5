# SPDX-License-Identifier: GPL-3.0-or-later
"""make_text_models.py FOLDER: BERT-base and GPT-2 with random weights, as transformers saves them."""
import sys

sys.path.insert(0, "tests/reference")
import torchvision_on_cpu  # noqa: E402,F401  before transformers
import torch
from transformers import BertConfig, BertModel, GPT2Config, GPT2LMHeadModel

torch.manual_seed(0)
BertModel(BertConfig()).save_pretrained(sys.argv[1] + "/bert-base")
GPT2LMHeadModel(GPT2Config()).save_pretrained(sys.argv[1] + "/gpt2")
