// SPDX-License-Identifier: GPL-3.0-or-later
// LLaVA in small: the patches of a ViT, through two layers, as tokens in the sentence of a Llama, which answers
// questions about boards of emoji. In the layout of Hugging Face; all parts are trained together from the beginning.
#include "core/base/error.h"
#include "core/models/skeletons/stack.h"
#include "core/models/skeletons/vit_encoder.h"
#include "core/training/data/emoji_boards.h"
#include "core/training/data/random.h"
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

namespace headlens {
namespace {

constexpr std::int64_t kSide = 72, kPatch = 12, kPatches = (kSide / kPatch) * (kSide / kPatch), kWidth = 128,
                       kSeenWidth = 96, kHeads = 4, kLongest = 256, kBatch = 32, kMlp = 320;
constexpr int kTurns = 4;          // questions about one board in training
constexpr int kMostInTraining = 5; // emoji on it

// As people chat: the picture before the first question.
constexpr const char* kTemplate =
    "{{ bos_token }}{% for message in messages %}{% if message.role == 'user' %}USER: {% if message.content is string "
    "%}{{ message.content }}{% else %}{% for part in message.content %}{% if part.type == 'image' %}<image>\n{% else "
    "%}{{ part.text }}{% endif %}{% endfor %}{% endif %} {% elif message.role == 'assistant' %}ASSISTANT: {% if "
    "message.content is string %}{{ message.content }}{% else %}{{ message.content[0].text }}{% endif %}{{ eos_token "
    "}} "
    "{% else %}{{ raise_exception('it was trained without a system prompt') }}{% endif %}{% endfor %}ASSISTANT:";

VitConfig visionConfig()
{
    return smallClipEye({3, kSeenWidth, kHeads, 3 * kSeenWidth}, kSide, kPatch);
}

StackConfig textConfig(std::int64_t vocabulary)
{
    StackConfig config = smallStack("text", {4, kWidth, kHeads, kMlp}, vocabulary, kLongest);
    config.activation = "silu";
    config.positionKind = TextPositions::Rotary;
    config.causal = config.rmsNorm = config.gated = true;
    config.biases = config.readingBiases = config.outputBias = false;
    return config;
}

std::string llamaName(const std::string& canonical)
{
    return "language_model.model." + renamedBy(canonical, {{"text.layer.", "layers."},
                                                           {"text.embeddings.tokens", "embed_tokens.weight"},
                                                           {"text.norm", "norm"},
                                                           {"self.norm", "input_layernorm"},
                                                           {"mlp.norm", "post_attention_layernorm"},
                                                           {"self.query", "self_attn.q_proj"},
                                                           {"self.key", "self_attn.k_proj"},
                                                           {"self.value", "self_attn.v_proj"},
                                                           {"self.output", "self_attn.o_proj"},
                                                           {"mlp.gate", "mlp.gate_proj"},
                                                           {"mlp.up", "mlp.up_proj"},
                                                           {"mlp.down", "mlp.down_proj"}});
}

struct SpecialIds {
    std::int64_t vocabulary = 0, begin = 0, end = 0, pad = 0, image = 0;
};

class LlavaNetwork : public Network {
public:
    explicit LlavaNetwork(const SpecialIds& ids)
        : m_ids(ids), m_vision(visionConfig()), m_text(textConfig(ids.vocabulary))
    {
    }
    void visit(const Visit& visit) override
    {
        m_vision.visit(renamed(visit, [](const std::string& name) { return "vision_tower." + clipVisionName(name); }));
        m_text.visit(renamed(visit, llamaName));
        const std::string bridge = "multi_modal_projector.";
        visit(bridge + "linear_1.weight", m_first, {kWidth, kSeenWidth});
        visit(bridge + "linear_1.bias", m_firstBias, {kWidth});
        visit(bridge + "linear_2.weight", m_second, {kWidth, kWidth});
        visit(bridge + "linear_2.bias", m_secondBias, {kWidth});
    }
    at::Tensor firstValue(const std::string& name, const std::vector<std::int64_t>& shape) const override
    {
        if (shape.size() == 4) return at::randn(shape) / std::sqrt(double(shape[1] * shape[2] * shape[3]));
        if (name.find("position_embedding") != std::string::npos) return at::randn(shape) * 0.5;
        const at::Tensor first = byFanIn(shape);
        return name == "multi_modal_projector.linear_2.weight" ? first / std::sqrt(double(kWidth)) : first;
    }
    void finish(std::map<std::string, at::Tensor>& weights) const override
    {
        const std::string embeddings = "vision_tower.vision_model.embeddings.";
        at::Tensor& token = weights.at(embeddings + "class_embedding");
        token = token.view({-1});
        at::Tensor& places = weights.at(embeddings + "position_embedding.weight");
        places = places.squeeze(0);
    }
    Json config() const override;

    // pixels [B,3,S,S] in -1..1, ids [B,T] with kPatches places a line -> scores [B,T,V].
    at::Tensor scores(const at::Tensor& pixels, const at::Tensor& ids) const
    {
        const at::Tensor patches = m_vision.encode(pixels, {}, {{false, false}}).last.slice(1, 1);
        const at::Tensor seen =
            at::linear(at::gelu(at::linear(patches, m_first, m_firstBias)), m_second, m_secondBias); // [B,P,D]
        const at::Tensor places = (ids == m_ids.image).unsqueeze(-1), words = m_text.embed(ids);
        const at::Tensor x = words.masked_scatter(places, seen.to(words.scalar_type()));
        return at::linear(m_text.finalNorm(m_text.run(x, {})), m_text.tokens());
    }

private:
    SpecialIds m_ids;
    VitEncoder m_vision;
    Stack m_text;
    at::Tensor m_first, m_firstBias, m_second, m_secondBias;
};

Json LlavaNetwork::config() const
{
    Json vision = sizesOf(m_vision.config());
    vision.update({{"model_type", "clip_vision_model"}, {"hidden_act", m_vision.config().activation}});
    const StackConfig& t = m_text.config();
    return {{"architectures", {"LlavaForConditionalGeneration"}},
            {"model_type", "llava"},
            {"image_token_index", m_ids.image},
            {"projector_hidden_act", "gelu"},
            {"vision_feature_layer", -1},
            {"vision_feature_select_strategy", "default"},
            {"headlens_example", {{"text", "what is left of the dog ?"}}},
            {"vision_config", vision},
            {"text_config",
             {{"model_type", "llama"},
              {"hidden_size", t.width},
              {"num_hidden_layers", t.layers},
              {"num_attention_heads", t.heads},
              {"num_key_value_heads", t.heads},
              {"intermediate_size", t.mlpWidth},
              {"max_position_embeddings", t.positions},
              {"rms_norm_eps", t.eps},
              {"rope_theta", t.rotary.theta},
              {"hidden_act", "silu"},
              {"vocab_size", t.vocabulary},
              {"tie_word_embeddings", true},
              {"bos_token_id", m_ids.begin},
              {"eos_token_id", m_ids.end},
              {"pad_token_id", m_ids.pad}}}};
}

struct Asked {
    at::Tensor pixels, ids, targets; // [B,3,S,S]; [B,T]; [B,T], -100 where nothing is to be learnt
};

class LlavaTask : public TrainingTask {
public:
    explicit LlavaTask(const TrainRequest& request)
        : TrainingTask(request), m_art(request.artFolder), m_seen(m_art.library, m_art.seenStyles),
          m_unseen(m_art.library, {EmojiArt::kUnseenStyle}), m_ids(planOf(m_seen)),
          m_network(std::make_shared<LlavaNetwork>(
              SpecialIds{m_ids.size(), m_ids.of("<s>"), m_ids.of("</s>"), m_ids.of("<pad>"), m_ids.of("<image>")})),
          m_batches([this](std::uint64_t seed, std::int64_t step) { return drawn(seed, step); })
    {
    }
    std::shared_ptr<Network> network() override { return m_network; }

    at::Tensor loss(std::uint64_t seed, std::int64_t step) override
    {
        const Asked batch = m_batches.at(seed, step);
        return at::cross_entropy_loss(m_network->scores(batch.pixels, batch.ids).flatten(0, 1),
                                      batch.targets.flatten());
    }

    std::vector<TaskScore> measure(const TransformerModel& model) override
    {
        const char* const off = "a grey picture instead";
        const int count = measuringCount(200);
        std::vector<TaskScore> scores{scoreOf(model, "questions about boards of emoji, styles seen", m_seen, count),
                                      scoreOf(model, "a style never seen (twemoji)", m_unseen, count)};
        for (const auto& [kind, what] : kKinds)
            scores.push_back({what, right(model, m_seen, kind, count, true), right(model, m_seen, kind, count, false),
                              off, prior(m_seen, kind, count)});
        return scores;
    }

    void writeFiles(const std::string& folder) override
    {
        m_ids.write(folder, kLongest);
        writePreprocessor(folder, kSide);
        writeText(folder + "/chat_template.jinja", kTemplate);
    }
    std::optional<ExamplePicture> examplePicture(int number) const override
    {
        if (std::ranges::find(m_art.library.styles(), request().style) == m_art.library.styles().end())
            throw Error(ErrorCode::Usage, "style " + request().style, "is not in " + request().artFolder);
        constexpr int kLarge = 360;
        return {{"board", BoardMaker(m_art.library, {request().style})
                              .make(exampleSeed(request().seed, 0, number), kLarge, false)
                              .picture}};
    }
    std::string data() const override
    {
        return "Boards of three by three cells with two to four of 24 emoji, questions and answers are made on the fly "
               "by\n"
               "`core/training/data/emoji_boards.cpp` from emoji art (licences as in the card of emoji-vit; twemoji "
               "for\n"
               "measuring only). No other outside data.\n\nNot as in the paper: tower, projector and language model "
               "are "
               "trained together from the beginning, and the\nlanguage model knows nothing else. A system prompt is "
               "refused, as it never saw one.";
    }

private:
    static constexpr std::array<std::pair<BoardAsked, const char*>, kBoardQuestions> kKinds{
        {{BoardAsked::Beside, "what is left of, right of, above, below"},
         {BoardAsked::What, "what is at a place"},
         {BoardAsked::HowMany, "how many there are"},
         {BoardAsked::Color, "the colour of the background"},
         {BoardAsked::Everything, "the whole board, cell by cell"}}};

    using Line = std::vector<std::int64_t>;

    static WordTokenizerPlan planOf(const BoardMaker& maker)
    {
        std::vector<std::string> words = maker.words();
        words.insert(words.end(), {"user", "assistant", ":"});
        return {words, {"<pad>", "</s>", "<unk>", "<image>", "<s>"}, "<s>", ""};
    }
    // "user : <image> question assistant :", the picture before the first question of a line only.
    Line promptOf(const BoardQuestion& asked, bool isFirst) const
    {
        Line line = isFirst ? m_ids.all({"<s>", "user", ":"}) : m_ids.all({"user", ":"});
        if (isFirst) line.insert(line.end(), std::size_t(kPatches), m_ids.of("<image>"));
        for (const std::string& word : asked.question) line.push_back(m_ids.of(word));
        line.push_back(m_ids.of("assistant"));
        line.push_back(m_ids.of(":"));
        return line;
    }
    Line answerOf(const BoardQuestion& asked) const
    {
        Line line = m_ids.all(asked.answer);
        line.push_back(m_ids.of("</s>"));
        return line;
    }
    // What is asked of one board, one question after the other: first what is at a place, then half of the time what is
    // beside something. Every fourth line names the whole board and nothing else, as LLaVA's captions do before its
    // questions; the others do it at their end, as else they would be answered from those words.
    std::vector<BoardAsked> kindsAt(std::int64_t step, int example, std::uint64_t seed) const
    {
        constexpr double kFirstPart = 0.2;
        using enum BoardAsked;
        static const std::vector<BoardAsked> kOthers{What, HowMany, Color};
        if (example % 4 == 0) return {Everything};
        Random random(seed);
        std::vector<BoardAsked> kinds;
        for (int turn = 0; turn + 1 < kTurns; ++turn)
            kinds.push_back(done(step) < kFirstPart ? What : (turn + example) % 2 == 0 ? Beside : random.one(kOthers));
        kinds.push_back(Everything);
        return kinds;
    }
    Asked drawn(std::uint64_t seed, std::int64_t step) const
    {
        std::vector<Image8> pictures;
        std::vector<Line> lines, targets;
        for (int i = 0; i < int(kBatch); ++i) {
            const std::uint64_t own = exampleSeed(seed, step, i);
            const Board board = m_seen.make(own, int(kSide), /*hard=*/true, 2, kMostInTraining);
            pictures.push_back(board.picture);
            Line line, target;
            const std::vector<BoardAsked> kinds = kindsAt(step, i, own + 1);
            for (std::size_t turn = 0; turn < kinds.size(); ++turn) {
                const BoardQuestion one = m_seen.ask(board, kinds[turn], exampleSeed(seed + 1 + turn, step, i));
                const Line prompt = promptOf(one, turn == 0), answer = answerOf(one);
                line.insert(line.end(), prompt.begin(), prompt.end());
                line.insert(line.end(), answer.begin(), answer.end());
                target.insert(target.end(), prompt.size() - (turn == 0 ? 1 : 0), -100); // each predicts the next
                target.insert(target.end(), answer.begin(), answer.end());
            }
            line.pop_back();
            lines.push_back(std::move(line));
            targets.push_back(std::move(target));
        }
        return {pixelsOf(pictures), padded(lines, m_ids.of("<pad>")), padded(targets, -100)};
    }

    struct Case {
        Board board;
        BoardQuestion question;
    };
    static Case caseOf(const BoardMaker& maker, BoardAsked kind, int number)
    {
        Board board = maker.make(exampleSeed(kMeasuringSeed, 1, number), int(kSide), false);
        BoardQuestion question = maker.ask(board, kind, exampleSeed(kMeasuringSeed, 2, number));
        return {std::move(board), std::move(question)};
    }
    // The share of right answers that were written freely, with the board or with a grey picture in its place.
    double right(const TransformerModel& model, const BoardMaker& maker, BoardAsked kind, int count, bool sees) const
    {
        constexpr std::size_t kMost = 12;
        double right = 0;
        for (int i = 0; i < count; ++i) {
            const Case one = caseOf(maker, kind, i);
            const at::Tensor pixels = pixelsOf(std::vector{one.board.picture});
            const auto writer =
                model.startGeneration(inputOf(sees ? pixels : at::zeros_like(pixels)), withSwitches({}));
            const Line said = greedy(*writer, promptOf(one.question, true), m_ids.of("</s>"), kMost);
            right += m_ids.words(said) == one.question.answer ? 1 : 0;
        }
        return right / count;
    }
    // Of somebody who hears the question and always says what is most often right.
    static double prior(const BoardMaker& maker, BoardAsked kind, int count)
    {
        std::map<std::string, int> answers;
        for (int i = 0; i < count; ++i) ++answers[joined(caseOf(maker, kind, i).question.answer)];
        return double(std::ranges::max_element(answers, {}, [](const auto& one) { return one.second; })->second) /
               count;
    }
    // The mean of all kinds of questions.
    TaskScore scoreOf(const TransformerModel& model, const char* what, const BoardMaker& maker, int count) const
    {
        TaskScore score{what, 0, 0, "a grey picture instead", 0};
        for (const auto& [kind, name] : kKinds) {
            score.with += right(model, maker, kind, count, true) / kBoardQuestions;
            score.without += right(model, maker, kind, count, false) / kBoardQuestions;
            score.chance += prior(maker, kind, count) / kBoardQuestions;
        }
        return score;
    }

    EmojiArt m_art;
    BoardMaker m_seen, m_unseen;
    WordIds m_ids;
    std::shared_ptr<LlavaNetwork> m_network;
    BatchesAhead<Asked> m_batches;
};

} // namespace

std::unique_ptr<TrainingTask> makeLlavaTask(const TrainRequest& request)
{
    return std::make_unique<LlavaTask>(request);
}

} // namespace headlens
