// SPDX-License-Identifier: GPL-3.0-or-later
// LLaVA in small: patches of a picture go through two layers into the sentence of a Llama, which answers questions
// about emoji on a board. Tower, projector and language model learn together from the beginning.
#include "core/models/skeletons/stack.h"
#include "core/models/skeletons/vit_encoder.h"
#include "core/training/data/emoji_boards.h"
#include "core/training/tasks/emoji_art.h"
#include "core/training/tasks/measuring.h"
#include "core/training/tasks/small_stacks.h"
#include "core/training/tasks/stack_names.h"
#include "core/training/tasks/task_table.h"
#include "core/training/tasks/word_tokenizer.h"
#include "core/training/trainer/model_files.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace headlens {
namespace {

constexpr std::int64_t kSide = 72, kPatch = 12, kPatches = (kSide / kPatch) * (kSide / kPatch), kWidth = 96, kHeads = 4,
                       kMlpWidth = 256, kLongest = 128, kBatch = 24, kPad = 0, kEnd = 1, kImage = 3;
constexpr int kQuestions = 4; // about every board of the training

WordTokenizerPlan plan()
{
    std::vector<std::string> words = boardWords();
    words.insert(words.end(), {"user:", "assistant:"});
    return {words, {"<pad>", "</s>", "<unk>", "<image>"}, "", "", WordTokenizerPlan::Spaced};
}

VitConfig visionConfig()
{
    VitConfig config = smallVit({3, kWidth, kHeads, 2 * kWidth}, kSide, kPatch);
    config.eps = 1e-5;
    config.activation = "quick_gelu";
    config.patchBias = config.finalNorm = false;
    config.normBefore = true;
    return config;
}

StackConfig textConfig(std::int64_t vocabulary)
{
    StackConfig config = smallStack("text", {4, kWidth, kHeads, kMlpWidth}, vocabulary, kLongest);
    config.activation = "silu";
    config.causal = config.rmsNorm = config.gated = config.tiedHead = true;
    config.biases = config.readingBiases = config.outputBias = false;
    config.positionKind = TextPositions::Rotary;
    return config;
}

class LlavaNetwork : public Network {
public:
    explicit LlavaNetwork(std::int64_t vocabulary) : m_vision(visionConfig()), m_text(textConfig(vocabulary)) {}
    void visit(const Visit& visit) override
    {
        m_vision.visit(
            renamed(visit, [](const std::string& name) { return "vision_tower." + clipVisionName(name); }));
        const Weights projector(prefixed(visit, "multi_modal_projector."));
        projector.linear("linear_1", m_first, kWidth, kWidth);
        projector.linear("linear_2", m_second, kWidth, kWidth);
        m_text.visit(
            renamed(visit, [](const std::string& name) { return "language_model." + llamaName(name); }));
    }
    // What the projector puts among the words begins about as large as they are.
    at::Tensor firstValue(const std::string& name, const std::vector<std::int64_t>& shape) const override
    {
        constexpr double kPlaces = 0.5, kSeen = 0.3;
        if (shape.size() == 4) return at::randn(shape) / std::sqrt(double(shape[1] * shape[2] * shape[3]));
        if (name.ends_with("position_embedding.weight")) return at::randn(shape) * kPlaces;
        return name == "multi_modal_projector.linear_2.weight" ? byFanIn(shape) * kSeen : byFanIn(shape);
    }
    // CLIP's files hold a norm behind the last block, which LLaVA does not read.
    void finish(std::map<std::string, at::Tensor>& weights) const override
    {
        const std::string tower = "vision_tower.vision_model.", places = tower + "embeddings.position_embedding.weight";
        at::Tensor& token = weights.at(tower + "embeddings.class_embedding");
        token = token.view({-1});
        weights.at(places) = weights.at(places).squeeze(0);
        weights[tower + "post_layernorm.weight"] = at::ones({kWidth});
        weights[tower + "post_layernorm.bias"] = at::zeros({kWidth});
    }
    Json config() const override
    {
        const VitConfig& v = m_vision.config();
        const StackConfig& t = m_text.config();
        Json vision = sizesOf(v);
        vision.update({{"model_type", "clip_vision_model"}, {"hidden_act", v.activation}, {"layer_norm_eps", v.eps}});
        const Json text{{"model_type", "llama"},
                        {"hidden_size", t.width},
                        {"intermediate_size", t.mlpWidth},
                        {"num_hidden_layers", t.layers},
                        {"num_attention_heads", t.heads},
                        {"num_key_value_heads", t.heads},
                        {"hidden_act", t.activation},
                        {"rms_norm_eps", t.eps},
                        {"rope_theta", t.rotary.theta},
                        {"max_position_embeddings", t.positions},
                        {"vocab_size", t.vocabulary},
                        {"pad_token_id", kPad},
                        {"eos_token_id", kEnd},
                        {"tie_word_embeddings", true}};
        return {{"architectures", {"LlavaForConditionalGeneration"}},
                {"model_type", "llava"},
                {"image_token_index", kImage},
                {"projector_hidden_act", "gelu"},
                {"vision_feature_layer", -1},
                {"vision_feature_select_strategy", "default"},
                {"pad_token_id", kPad},
                {"eos_token_id", kEnd},
                {"tie_word_embeddings", true},
                {"vision_config", vision},
                {"text_config", text},
                {"headlens_example", {{"text", "what is left of the dog ?"}}}};
    }
    // pixels [B,3,S,S] -> vectors among the words [B,P,D].
    at::Tensor see(const at::Tensor& pixels) const
    {
        const at::Tensor patches = m_vision.encode(pixels, {}, {{false, false}}).last.slice(1, 1);
        return m_second(m_first(patches, {.activation = Activation::Gelu}));
    }
    // ids [B,T], whose tokens of pictures stand behind the first word -> scores [B,T,V].
    at::Tensor scores(const at::Tensor& ids, const at::Tensor& seen) const
    {
        const at::Tensor words = m_text.embed(ids);
        const at::Tensor sentence =
            at::cat({words.slice(1, 0, 1), seen, words.slice(1, 1 + kPatches)}, 1);
        return at::linear(m_text.finalNorm(m_text.run(sentence, {})), m_text.tokens());
    }

private:
    VitEncoder m_vision;
    Stack m_text;
    Linear m_first, m_second;
};

struct Boards {
    at::Tensor pixels, ids, targets; // [B,3,S,S] in -1..1, [B,T], [B,T]: -100 where nothing is to be learnt
};

class LlavaTask : public TrainingTask {
public:
    explicit LlavaTask(const TrainRequest& request)
        : TrainingTask(request), m_art(request.artFolder), m_seen(m_art.library, m_art.seenStyles),
          m_unseen(m_art.library, {EmojiArt::kUnseenStyle}), m_ids(plan()),
          m_network(std::make_shared<LlavaNetwork>(m_ids.size())),
          m_batches([this](std::uint64_t seed, std::int64_t step) { return drawn(seed, step); })
    {
    }
    std::shared_ptr<Network> network() override { return m_network; }

    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        const Boards batch = m_batches.at(seed, step);
        const at::Tensor scores = m_network->scores(batch.ids, m_network->see(batch.pixels));
        return at::cross_entropy_loss(scores.flatten(0, 1), batch.targets.flatten());
    }

    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        const int count = measuringCount(256);
        const char* const off = "without the picture";
        const auto row = [&](const std::string& title, const BoardMaker& maker, const std::vector<BoardAsked>& kinds) {
            return TaskScore{title, right(model, maker, kinds, true, count), right(model, maker, kinds, false, count),
                             off, prior(maker, kinds, count)};
        };
        return {row("questions about emoji on a board, seen styles", m_seen, kAsked),
                row("questions about emoji on a board, a style never seen (twemoji)", m_unseen, kAsked),
                row("what is beside, above or below another one, seen styles", m_seen, {BoardAsked::Beside}),
                row("what is at a place, seen styles", m_seen, {BoardAsked::At})};
    }

    void writeFiles(const std::string& folder) override
    {
        m_ids.write(folder, kLongest);
        writePreprocessor(folder, kSide);
        writeText(folder + "/chat_template.jinja", kChat);
    }
    std::optional<ExamplePicture> examplePicture(int number) const override
    {
        constexpr int kLarge = 3; // times the side the model sees
        const BoardMaker maker(m_art.library, {request().style});
        return {{"board", maker.make(exampleSeed(request().seed, 7, number), int(kSide) * kLarge, false).picture}};
    }
    std::string data() const override
    {
        return "Boards, questions and answers are composed on the fly by `core/training/data/emoji_boards.cpp` from "
               "24 concepts of emoji\nart (the styles google, noto1, fluent3d, fluentflat, fxemoji; twemoji for "
               "measuring only; licences as in the card of\nemoji-vit). Only answers are learnt, by cross entropy. "
               "Guessing knows the question but not the picture: always the most\nfrequent answer.";
    }

private:
    using Line = std::vector<std::int64_t>;
    inline static const std::vector<BoardAsked> kAsked{BoardAsked::Beside, BoardAsked::Where, BoardAsked::At,
                                                       BoardAsked::Present, BoardAsked::Count};
    // USER: <image> QUESTION ASSISTANT: ANSWER </s> USER: QUESTION ...
    static constexpr const char* kChat =
        "{% for message in messages %}{% if message['role'] == 'user' %}USER: {% if message['content'] is string %}"
        "{% if image %}{{ image }}\n{% endif %}{{ message['content'] }}{% else %}{% for part in message['content'] %}"
        "{% if part['type'] == 'image' %}<image>\n{% else %}{{ part['text'] }}{% endif %}{% endfor %}{% endif %} "
        "{% else %}ASSISTANT: {{ message['content'] }}</s> {% endif %}{% endfor %}"
        "{% if add_generation_prompt %}ASSISTANT:{% endif %}";

    Line prompt(const BoardTalk& talk, bool sees) const
    {
        Line line{m_ids.of("user:")};
        if (sees) line.insert(line.end(), std::size_t(kPatches), kImage);
        const Line words = m_ids.all(talk.question);
        line.insert(line.end(), words.begin(), words.end());
        line.push_back(m_ids.of("assistant:"));
        return line;
    }
    // One board, several questions about it one after the other, and at last what there is altogether.
    std::pair<Line, Line> asked(const EmojiBoard& board, std::uint64_t seed, std::int64_t step, int index) const
    {
        constexpr double kPlaces = 0.15; // share of the training that asks for places above all
        Line line, target;
        for (int number = 0; number <= kQuestions; ++number) {
            const std::uint64_t own = exampleSeed(seed + 1 + std::uint64_t(number), step, index);
            auto kind = number == kQuestions ? BoardAsked::All : BoardAsked(own % kBoardAsked);
            if (number % 2 == 0 && number < kQuestions && done(step) < kPlaces) kind = BoardAsked::At;
            const BoardTalk talk = boardTalk(board, kind, own);
            const Line before = prompt(talk, number == 0);
            Line answer = m_ids.all(talk.answer);
            answer.push_back(kEnd);
            line.insert(line.end(), before.begin(), before.end());
            target.insert(target.end(), line.size() - 1 - target.size(), -100);
            line.insert(line.end(), answer.begin(), answer.end());
            target.insert(target.end(), answer.begin(), answer.end());
        }
        line.pop_back(); // nothing follows the last end
        return {line, target};
    }
    Boards drawn(std::uint64_t seed, std::int64_t step) const
    {
        std::vector<Image8> pictures;
        std::vector<Line> lines, targets;
        for (int i = 0; i < int(kBatch); ++i) {
            EmojiBoard board = m_seen.make(exampleSeed(seed, step, i), int(kSide), true);
            auto [line, target] = asked(board, seed, step, i);
            pictures.push_back(std::move(board.picture));
            lines.push_back(std::move(line));
            targets.push_back(std::move(target));
        }
        return {pixelsOf(pictures), padded(lines, kPad), padded(targets, -100)};
    }

    static std::pair<EmojiBoard, BoardTalk> caseOf(const BoardMaker& maker, BoardAsked kind, int number)
    {
        EmojiBoard board = maker.make(exampleSeed(kMeasuringSeed, 1, number), int(kSide), false);
        BoardTalk talk = boardTalk(board, kind, exampleSeed(kMeasuringSeed, 2, number));
        return {std::move(board), std::move(talk)};
    }
    double right(const TransformerModel& model, const BoardMaker& maker, const std::vector<BoardAsked>& kinds,
                 bool sees, int count) const
    {
        constexpr std::size_t kMost = 8;
        double right = 0;
        for (const BoardAsked kind : kinds)
            for (int i = 0; i < count; ++i) {
                const auto [board, talk] = caseOf(maker, kind, i);
                const ModelInput input = sees ? inputOf(pixelsOf(std::vector{board.picture})) : ModelInput();
                const auto writer = model.startGeneration(input, withSwitches({}));
                right += m_ids.words(greedy(*writer, prompt(talk, sees), kEnd, kMost)) == talk.answer ? 1 : 0;
            }
        return right / double(count) / double(kinds.size());
    }
    // The share of right answers of somebody who always gives the most frequent one.
    static double prior(const BoardMaker& maker, const std::vector<BoardAsked>& kinds, int count)
    {
        double sum = 0;
        for (const BoardAsked kind : kinds) {
            std::map<std::vector<std::string>, int> answers;
            for (int i = 0; i < count; ++i) ++answers[caseOf(maker, kind, i).second.answer];
            sum += std::ranges::max_element(answers, {}, [](const auto& one) { return one.second; })->second;
        }
        return sum / count / double(kinds.size());
    }

    EmojiArt m_art;
    BoardMaker m_seen, m_unseen;
    WordIds m_ids;
    std::shared_ptr<LlavaNetwork> m_network;
    BatchesAhead<Boards> m_batches;
};

} // namespace

std::unique_ptr<TrainingTask> makeLlavaTask(const TrainRequest& request)
{
    return std::make_unique<LlavaTask>(request);
}

} // namespace headlens
