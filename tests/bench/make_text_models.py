# SPDX-License-Identifier: GPL-3.0-or-later
"""make_text_models.py FOLDER: BERT-base and GPT-2 with random weights, as transformers saves them."""
import sys

import torch
from transformers import BertConfig, BertModel, GPT2Config, GPT2LMHeadModel

torch.manual_seed(0)
BertModel(BertConfig()).save_pretrained(sys.argv[1] + "/bert-base")
GPT2LMHeadModel(GPT2Config()).save_pretrained(sys.argv[1] + "/gpt2")
