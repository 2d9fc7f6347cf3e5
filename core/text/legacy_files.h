// SPDX-License-Identifier: GPL-3.0-or-later
// The older files as the same pipeline, part by part as transformers' convert_slow_tokenizer.py builds it.
#pragma once

#include "core/text/sentencepiece_file.h"
#include "core/text/settings.h"

namespace headlens::text {

// All throw Error(BadConfig | Truncated) for damaged files, Error(UnsupportedModel) for families they do not know.

// vocab.txt: a piece a line. BERT, DistilBERT, BLIP, ViLT.
Parts wordPieceParts(std::string_view vocabulary, const Settings& settings);
// vocab.json and merges.txt. GPT-2, CLIP, RoBERTa, BART.
Parts bpeParts(std::string_view vocabulary, std::string_view merges, const Settings& settings);
// spiece.model and tokenizer.model: `subject`. T5 and SigLIP; of BPE: Llama, Mistral, Gemma.
Parts sentencePieceParts(std::string_view model, const Settings& settings, const std::string& subject);
Parts sentencePieceBpeParts(const SentencePieceFile& file, const Settings& settings, const std::string& subject);
// source.spm, and vocab.json for the ids. Marian.
Parts marianParts(std::string_view model, std::string_view vocabulary, const Settings& settings);

// What all of them do with the tokens that the settings name: `names` with `defaults` for what they do not say, and
// the added tokens, of which `special` are cut out of the text where the vocabulary has them.
void finish(Parts& parts, const Settings& settings, const SpecialNames& defaults, std::vector<std::string> special);
// The begin and the end token around each text, as add_bos_token (else yes) and add_eos_token (else no) say:
// transformers' Llama and Gemma do so whatever a tokenizer.json says.
void addLlamaEnds(Parts& parts, const Settings& settings);
// Control pieces (special) and those the user defined, which never come out of a Unigram model by themselves.
std::vector<AddedToken> ownTokens(const SentencePieceFile& file);
// Adds the tokens that the settings did not describe themselves.
void addMissing(Parts& parts, const std::vector<AddedToken>& tokens);
// A piece and its id; nothing when the vocabulary lacks it.
std::optional<NamedId> namedIn(const Parts& parts, const std::string& piece);

} // namespace headlens::text
