// SPDX-License-Identifier: GPL-3.0-or-later
// What the window shows of text, on the command line: generate, lens, similarity.
#include "core/engine/commands.h"
#include "core/engine/input_options.h"
#include "core/engine/model_options.h"

#include "core/base/error.h"
#include "core/session/questions/questions.h"

#include <cstdio>
#include <memory>

namespace headlens {
namespace {

struct TextOptions {
    ModelOptions model;
    InputOptions input;
    verbs::Generate generate;
    verbs::LensQuestion lens;
    std::vector<int> tokens; // begin and end of a table; empty: one token
    std::vector<std::string> texts;
    bool steps = false;
};

void open(Session& session, const TextOptions& options)
{
    options.model.open(session);
    options.input.run(session);
}

void generate(const TextOptions& options)
{
    Session session;
    open(session, options);
    const verbs::Written written = questions::generate(session.run(), options.generate);
    for (std::size_t i = 0; options.steps && i < written.steps.size(); ++i) {
        std::printf("%3zu", i + 1);
        for (const verbs::TextScore& any : written.steps[i].alternatives)
            std::printf("  %s%s %.1f %%", any.id == written.steps[i].token.id ? "*" : "", any.text.c_str(),
                        100 * any.probability);
        std::printf("\n");
    }
    std::printf("%s\n", written.text.c_str());
}

[[noreturn]] void refuseLens(const Session& session)
{
    throw Error(ErrorCode::BadRequest, session.model().name, "predicts no tokens",
                "open a language model (BERT with its head, GPT-2, T5, BART)");
}

// A line a token: what stands next, then of every layer its rank and the layer's own best word.
void printTable(const verbs::LensTable& table)
{
    const int layers = table.ranks.rows(), tokens = table.ranks.columns();
    for (int token = 0; token < tokens; ++token) {
        std::printf("%3d  %s ", table.of.begin + token, table.next[std::size_t(token)].c_str());
        for (int layer = 0; layer < layers; ++layer)
            std::printf("  %.0f %s", double(table.ranks.part(layer)[std::size_t(token)]),
                        table.best[std::size_t(layer * tokens + token)].c_str());
        std::printf("\n");
    }
}

void lens(const TextOptions& options)
{
    Session session;
    open(session, options);
    if (!options.tokens.empty()) {
        const verbs::LensTable table =
            questions::lensTable(session.run(), {options.lens.stream, options.tokens[0], options.tokens[1]});
        if (table.best.empty()) refuseLens(session);
        return printTable(table);
    }
    const verbs::Lens answer = questions::lens(session.run(), options.lens);
    if (answer.layers.empty()) refuseLens(session);
    for (const verbs::TopTokens& layer : answer.layers) {
        std::printf("%3d", layer.token);
        for (const verbs::TextScore& any : layer.best)
            std::printf("  %s %.1f %%", any.text.c_str(), 100 * any.probability);
        std::printf("\n");
    }
}

void similarity(const TextOptions& options)
{
    Session session;
    options.model.open(session);
    const FloatArray cosines = questions::similarity(session.opened(), {options.texts}).table;
    for (int row = 0; row < cosines.rows(); ++row) {
        for (int column = 0; column < cosines.columns(); ++column)
            std::printf("%8.4f", double(cosines.part(row)[std::size_t(column)]));
        std::printf("  %s\n", options.texts[std::size_t(row)].c_str());
    }
}

} // namespace

void addGenerateCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("generate", "Let a model continue, answer or describe");
    auto options = std::make_shared<TextOptions>();
    options->model.addTo(*command);
    options->input.addTo(*command);
    verbs::Generate& how = options->generate;
    command->add_option("--at-most", how.atMost, "Tokens")->check(CLI::Range(1, 100'000))->capture_default_str();
    command->add_option("--beams", how.beams, "Lines of a beam search")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->add_option("--temperature", how.temperature, "0: always the most probable token")
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    command->add_option("--top-k", how.topK, "Only the k most probable tokens; 0: all")
        ->check(CLI::Range(0, 1'000'000))
        ->capture_default_str();
    command->add_option("--top-p", how.topP, "Only the most probable tokens that hold this share")
        ->check(CLI::Range(1e-6, 1.0))
        ->capture_default_str();
    command->add_option("--seed", how.seed, "Same seed, same text")->capture_default_str();
    command->add_flag("--steps", options->steps, "Every step with its alternatives; * is the chosen one");
    command->callback([options] { generate(*options); });
}

void addLensCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("lens", "What every layer would predict if it were the last (logit lens)");
    auto options = std::make_shared<TextOptions>();
    options->model.addTo(*command);
    options->input.addTo(*command);
    command->add_option("--stream", options->lens.stream, "0: the first text, 1: the decoder's")
        ->check(CLI::Range(0, 8))
        ->capture_default_str();
    command->add_option("--token", options->lens.token, "Which token; -1: the last")->capture_default_str();
    command
        ->add_option("--tokens", options->tokens,
                     "BEGIN END: a table of these tokens instead; a line a token with what stands next, then its rank "
                     "and the best word of every layer")
        ->expected(2);
    command->add_option("--shown", options->lens.shown, "Guesses a layer")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command->callback([options] { lens(*options); });
}

void addSimilarityCommand(CLI::App& app)
{
    auto* command = app.add_subcommand("similarity", "How alike sentences are to the model (cosine)");
    auto options = std::make_shared<TextOptions>();
    options->model.addTo(*command);
    command->add_option("texts", options->texts, "Two sentences or more")->required()->expected(1, 1000);
    command->callback([options] { similarity(*options); });
}

} // namespace headlens
