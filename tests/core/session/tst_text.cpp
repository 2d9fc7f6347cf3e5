// SPDX-License-Identifier: GPL-3.0-or-later
// Models that read and write: what the trace says of them, how they write, and what they refuse. With the embedded
// number-words, which knows the answers.
#include <ATen/ATen.h>

#include "core/export/exporter.h"
#include "core/models/skeletons/stack.h"
#include "core/session/generation.h"
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "core/training/data/number_words.h"
#include "core/training/data/story_grammar.h"
#include "core/training/trainer/trainer.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/random_weights.h"
#include "tests/support/small_networks.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace headlens;
using namespace headlens::test;

namespace {

StackConfig tinyConfig(bool causal, bool cross)
{
    StackConfig config = smallText(20, 12);
    config.causal = causal;
    config.crossWidth = cross ? 16 : 0;
    return config;
}

Stack tinyStack(const StackConfig& config)
{
    Stack stack(config);
    at::manual_seed(7);
    stack.visit([](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
        weight = name.ends_with("norm.weight") ? at::ones(shape) : at::randn(shape) * 0.3;
    });
    return stack;
}

at::Tensor ids(std::initializer_list<std::int64_t> values)
{
    return at::tensor(std::vector<std::int64_t>(values), at::kLong).view({1, -1});
}

// A GPT-2 of one block that tells three classes.
void writeClassifier(const std::string& folder)
{
    constexpr std::int64_t kWidth = 8, kInner = 16;
    RandomWeights weights(3);
    weights.add("transformer.wte.weight", {20, kWidth});
    weights.add("transformer.wpe.weight", {10, kWidth});
    for (const char* norm : {"h.0.ln_1", "h.0.ln_2", "ln_f"})
        weights.pair(std::string("transformer.") + norm, {kWidth}, true);
    const auto matrix = [&](const std::string& name, std::int64_t in, std::int64_t out) {
        weights.add("transformer.h.0." + name + ".weight", {in, out}); // stored the other way round
        weights.add("transformer.h.0." + name + ".bias", {out});
    };
    matrix("attn.c_attn", kWidth, 3 * kWidth);
    matrix("attn.c_proj", kWidth, kWidth);
    matrix("mlp.c_fc", kWidth, kInner);
    matrix("mlp.c_proj", kInner, kWidth);
    weights.add("score.weight", {3, kWidth});
    writeSafetensors(folder + "/model.safetensors", weights.tensors, {{"format", "pt"}});
    writeBytes(folder + "/config.json", R"({"model_type":"gpt2","n_embd":8,"n_layer":1,"n_head":2})");
}

// A ViLT of one block whose query, key and value have no bias.
void writeViltWithoutBiases(const std::string& folder)
{
    constexpr std::int64_t kWidth = 8, kInner = 16;
    RandomWeights weights(4);
    const std::string words = "vilt.embeddings.text_embeddings.", block = "vilt.encoder.layer.0.";
    weights.add(words + "word_embeddings.weight", {20, kWidth});
    weights.add(words + "position_embeddings.weight", {10, kWidth});
    weights.add(words + "token_type_embeddings.weight", {2, kWidth});
    weights.add("vilt.embeddings.token_type_embeddings.weight", {2, kWidth});
    weights.add("vilt.embeddings.cls_token", {1, 1, kWidth});
    weights.add("vilt.embeddings.position_embeddings", {1, 5, kWidth});
    weights.pair("vilt.embeddings.patch_embeddings.projection", {kWidth, 3, 4, 4});
    for (const std::string& norm :
         {words + "LayerNorm", block + "layernorm_before", block + "layernorm_after", std::string("vilt.layernorm")})
        weights.pair(norm, {kWidth}, true);
    for (const char* part : {"query", "key", "value"})
        weights.add(block + "attention.attention." + part + ".weight", {kWidth, kWidth});
    weights.pair(block + "attention.output.dense", {kWidth, kWidth});
    weights.pair(block + "intermediate.dense", {kInner, kWidth});
    weights.pair(block + "output.dense", {kWidth, kInner});
    writeSafetensors(folder + "/model.safetensors", weights.tensors, {{"format", "pt"}});
    writeBytes(folder + "/config.json", R"({"model_type":"vilt","hidden_size":8,"num_hidden_layers":1,)"
                                        R"("num_attention_heads":2,"image_size":8,"patch_size":4,"qkv_bias":false})");
}

} // namespace

class TestText : public QObject {
    Q_OBJECT
    Session m_numbers;

private Q_SLOTS:
    void initTestCase() { m_numbers.openModel({HEADLENS_SOURCE "/resources/models/number-words", "cpu", {}}); }

    void distancesFallIntoTheBucketsOfT5_data()
    {
        QTest::addColumn<int>("distance"); // key - query
        QTest::addColumn<bool>("bothWays");
        QTest::addColumn<int>("bucket");
        // 32 buckets, farthest 128: 16 a direction, 8 of them exact.
        QTest::newRow("the token itself") << 0 << true << 0;
        QTest::newRow("one before") << -1 << true << 1;
        QTest::newRow("one behind") << 1 << true << 17;
        QTest::newRow("the last exact one") << -7 << true << 7;
        QTest::newRow("the first logarithmic one") << -8 << true << 8;
        QTest::newRow("far before") << -500 << true << 15;
        QTest::newRow("far behind") << 500 << true << 31;
        QTest::newRow("behind, in a decoder") << 3 << false << 0;
        QTest::newRow("exact, in a decoder") << -15 << false << 15;
        QTest::newRow("far, in a decoder") << -500 << false << 31;
    }
    void distancesFallIntoTheBucketsOfT5()
    {
        QFETCH(int, distance);
        QFETCH(bool, bothWays);
        QFETCH(int, bucket);
        const int query = std::max(0, -distance), key = query + distance;
        const at::Tensor buckets = distanceBuckets(query, 1, key + 1, 32, 128, bothWays);
        QCOMPARE(int(buckets[0][key].item<std::int64_t>()), bucket);
    }
    void sinesFillTheFirstHalfOfATableAndCosinesTheSecond()
    {
        const at::Tensor table = sinusoidalTable(5, 6);
        QCOMPARE(table[0][0].item<float>(), 0.0F);
        QCOMPARE(table[0][3].item<float>(), 1.0F);
        QVERIFY(std::abs(table[2][0].item<float>() - std::sin(2.0F)) < 1e-6F);
        QVERIFY(std::abs(table[2][4].item<float>() - std::cos(2.0F * std::pow(10'000.0F, -2.0F / 6.0F))) < 1e-6F);
    }
    void writingWithTheCacheEqualsReadingTheWholeText()
    {
        const Stack stack = tinyStack(tinyConfig(true, true));
        const at::Tensor text = ids({3, 1, 4, 1, 5, 9}), memory = at::randn({1, 4, 16});
        StackPass whole;
        whole.memory = memory;
        const at::Tensor all = stack.run(stack.embed(text), whole);
        StackCache cache;
        StackPass step;
        step.memory = memory;
        step.cache = &cache;
        for (std::int64_t i = 0; i < text.size(1); ++i) {
            const at::Tensor one = stack.run(stack.embed(text.slice(1, i, i + 1), {.from = cache.length}), step);
            QVERIFY((one[0][0] - all[0][i]).abs().max().item<float>() < 1e-5F);
        }
    }
    void nobodySeesWhatComesLater()
    {
        const Stack stack = tinyStack(tinyConfig(true, false));
        const at::Tensor a = stack.run(stack.embed(ids({3, 1, 4})), {}), b = stack.run(stack.embed(ids({3, 1, 9})), {});
        QVERIFY((a.slice(1, 0, 2) - b.slice(1, 0, 2)).abs().max().item<float>() < 1e-6F);
        QVERIFY((a[0][2] - b[0][2]).abs().max().item<float>() > 1e-3F);
    }
    void paddingChangesNothing()
    {
        const Stack stack = tinyStack(tinyConfig(false, false));
        StackPass pass;
        pass.mask = at::tensor(std::vector<std::int64_t>{1, 1, 1, 0, 0}).view({1, -1});
        const at::Tensor padded = stack.run(stack.embed(ids({3, 1, 4, 0, 0})), pass);
        const at::Tensor alone = stack.run(stack.embed(ids({3, 1, 4})), {});
        QVERIFY((padded.slice(1, 0, 3) - alone).abs().max().item<float>() < 1e-5F);
    }
    void aSilencedHeadContributesNothing()
    {
        Stack stack = tinyStack(tinyConfig(false, false));
        StackPass pass;
        pass.ablated = {{1, 0}};
        const at::Tensor ablated = stack.run(stack.embed(ids({3, 1, 4})), pass);
        stack.visit([](const std::string& name, at::Tensor& weight, const auto&) {
            if (name == "text.layer.1.self.output.weight") weight.slice(1, 0, 8).zero_(); // what head 0 writes
        });
        QVERIFY((ablated - stack.run(stack.embed(ids({3, 1, 4})), {})).abs().max().item<float>() < 1e-6F);
    }
    void idsAndLengthsOutsideTheTablesAreRefused()
    {
        const Stack stack = tinyStack(tinyConfig(false, false));
        QCOMPARE(errorOf([&] { stack.embed(ids({20})); }), ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] { stack.embed(ids({-1})); }), ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] { stack.embed(at::zeros({1, 13}, at::kLong)); }), ErrorCode::BadRequest);
    }

    void aTraceHoldsEveryNameOnce()
    {
        QTemporaryDir folder;
        writeClassifier(folder.path().toStdString());
        Session session;
        session.openModel({folder.path().toStdString(), "cpu", {}});
        const std::vector<std::int64_t> tokens{4, 5, 6};
        const auto owner = std::make_shared<std::vector<std::int64_t>>(tokens);
        session.setTensors({{"input_ids", DType::I64, {1, 3}, owner, std::as_bytes(std::span(*owner))}});
        int logits = 0;
        for (const TensorBytes& tensor : questions::traceTensors(session.run()))
            if (tensor.name == "logits") {
                ++logits;
                QCOMPARE(tensor.shape, (std::vector<std::int64_t>{1, 3})); // of the classes
            }
        QCOMPARE(logits, 1);
    }
    void theOtherBiasesStayWhereReadingHasNone()
    {
        QTemporaryDir folder;
        writeViltWithoutBiases(folder.path().toStdString());
        Session session;
        QVERIFY(session.openModel({folder.path().toStdString(), "cpu", {}}).unusedTensors.empty());
    }
    void cutsComeInTheOrderOfTransformers()
    {
        const at::Tensor scores = at::tensor({4.0F, 3.0F, 2.0F, 1.0F, 0.0F});
        verbs::Generate how;
        QCOMPARE(sampled(scores, how).nonzero().size(0), std::int64_t(1)); // temperature 0
        how.temperature = 1;
        QVERIFY(std::abs(sampled(scores, how).sum().item<float>() - 1) < 1e-6F);
        how.topK = 3;
        QCOMPARE(sampled(scores, how).nonzero().size(0), std::int64_t(3));
        how.topK = 0;
        how.topP = 0.5; // the first holds 0.636
        QCOMPARE(sampled(scores, how).nonzero().size(0), std::int64_t(1));
        how.topP = 0.7;
        QCOMPARE(sampled(scores, how).nonzero().size(0), std::int64_t(2));
    }
    void chanceFollowsProbabilityAndSeed()
    {
        const at::Tensor probabilities = at::tensor({0.7, 0.0, 0.3}, at::kDouble);
        std::mt19937_64 chance(5), again(5);
        int first = 0;
        for (int i = 0; i < 2000; ++i) {
            const int token = drawn(probabilities, chance);
            QVERIFY(token != 1);
            QCOMPARE(drawn(probabilities, again), token);
            first += token == 0 ? 1 : 0;
        }
        QVERIFY(first > 1300 && first < 1500);
    }

    void theEmbeddedModelWritesNumbersAndDates_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("digits");
        QTest::newRow("English number") << "twelve thousand three hundred and five"
                                        << "12305";
        QTest::newRow("English date") << "the third of march nineteen ninety eight"
                                      << "1998-03-03";
        QTest::newRow("Chinese number") << QString::fromUtf8("一万二千三百零五") << "12305";
        QTest::newRow("Chinese date") << QString::fromUtf8("二零二六年十一月二十二日") << "2026-11-22";
    }
    void theEmbeddedModelWritesNumbersAndDates()
    {
        QFETCH(QString, words);
        QFETCH(QString, digits);
        m_numbers.setInput(asked(words.toStdString()));
        const verbs::Written written = questions::generate(m_numbers.run(), greedy(16));
        QCOMPARE(QString::fromStdString(written.text), digits);
        QVERIFY(written.ended);
        verbs::Generate beams = greedy(16);
        beams.beams = 3;
        QCOMPARE(QString::fromStdString(questions::generate(m_numbers.run(), beams).text), digits);
    }
    void writingOnFromExactTokensGoesOn()
    {
        m_numbers.setInput(asked("forty two"));
        const verbs::Written first = questions::generate(m_numbers.run(), greedy(1));
        verbs::SetInput request = asked("forty two");
        request.decoderInputIds = first.ids;
        m_numbers.setInput(request);
        QCOMPARE(QString::fromStdString(questions::generate(m_numbers.run(), greedy(8)).text), QStringLiteral("42"));
        QCOMPARE(m_numbers.run().info.streams.size(), std::size_t(2));
        QCOMPARE(QString::fromStdString(m_numbers.run().info.streams[1].text), QStringLiteral("4"));
    }
    void everyRowSumsToOneAndOnlyItsStreamAnswers()
    {
        verbs::SetInput request = asked("seven hundred and one");
        request.written = "70";
        m_numbers.setInput(request);
        const auto rows = questions::rows(m_numbers.run(), {1, false, 1}).layers; // of the decoder
        const auto& blocks = m_numbers.run().info.blocks;
        QCOMPARE(rows.size(), blocks.size());
        for (std::size_t layer = 0; layer < rows.size(); ++layer) {
            QCOMPARE(rows[layer].rows() > 0, blocks[layer].queryStream == 1);
            for (int head = 0; head < rows[layer].rows(); ++head) {
                const auto begin = rows[layer].values.begin() + head * rows[layer].columns();
                QVERIFY(std::abs(std::accumulate(begin, begin + rows[layer].columns(), 0.0) - 1) < 1e-5);
            }
        }
        QCOMPARE(errorOf([&] { questions::rows(m_numbers.run(), {99, false, 1}); }), ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] { questions::rows(m_numbers.run(), {0, false, 7}); }), ErrorCode::BadRequest);
    }
    void thePartsOfAWeightGiveTheWeight()
    {
        verbs::SetInput request = asked("seven hundred and one");
        request.written = "70";
        m_numbers.setInput(request);
        for (int layer = 0; layer < int(m_numbers.run().info.blocks.size()); ++layer) {
            const int stream = m_numbers.run().info.blocks[std::size_t(layer)].queryStream;
            const FloatArray row = questions::rows(m_numbers.run(), {1, false, stream}).layers[std::size_t(layer)];
            for (int key = 0; key < row.columns(); ++key) {
                const verbs::Pair pair = questions::pair(m_numbers.run(), {layer, 2, 1, key});
                QVERIFY(std::abs(pair.weight - double(row.values[std::size_t(2 * row.columns() + key)])) < 1e-5);
                const double dot = std::inner_product(pair.query.begin(), pair.query.end(), pair.key.begin(), 0.0);
                QVERIFY(std::abs(dot - pair.dot) < 1e-4);
            }
        }
    }
    void theLensOfTheLastLayerIsTheModelsOwnGuess()
    {
        m_numbers.setInput(asked("nine"));
        const verbs::Lens lens = questions::lens(m_numbers.run(), {1, -1, 3});
        QCOMPARE(lens.layers.size(), std::size_t(3)); // embedding and two layers
        QCOMPARE(lens.layers.back().best[0].id,
                 m_numbers.run().info.outputs.get<verbs::VocabularyScores>().places.at(0).best[0].id);
        QCOMPARE(QString::fromStdString(lens.layers.back().best[0].text), QStringLiteral("9"));
    }
    void theTableOfTheLensIsTheLensOfEveryToken()
    {
        m_numbers.setInput(asked("nine hundred and one"));
        const Run& run = m_numbers.run();
        const auto tokens = int(run.info.streams[0].tokens.size());
        const int stream = 1, written = int(run.info.streams[1].tokens.size());
        const verbs::LensTable table = questions::lensTable(run, {stream, 0, written});
        QCOMPARE(table.ranks.rows(), 3);
        QCOMPARE(table.ranks.columns(), written);
        for (int token = 0; token < written; ++token) {
            const verbs::Lens lens = questions::lens(run, {stream, token, 1});
            for (int layer = 0; layer < 3; ++layer) {
                const verbs::TextScore& best = lens.layers[std::size_t(layer)].best[0];
                QCOMPARE(table.best[std::size_t(layer * written + token)], best.text);
                QVERIFY(std::abs(double(table.probabilities.part(layer)[std::size_t(token)]) - best.probability) <
                        1e-5);
                QVERIFY(table.ranks.part(layer)[std::size_t(token)] >= 1);
            }
        }
        // Behind the last token stands the model's own guess, which its last layer has first.
        QCOMPARE(table.ranks.part(2)[std::size_t(written - 1)], 1.F);
        QCOMPARE(table.next.back(), table.best.back());
        for (const verbs::LensTableQuestion& bad : {verbs::LensTableQuestion{stream, 0, written + 1},
                                                    {stream, 2, 2},
                                                    {stream, -1, 1},
                                                    {9, 0, 1},
                                                    {0, 0, tokens + 1}})
            QCOMPARE(errorOf([&] { questions::lensTable(run, bad); }), ErrorCode::BadRequest);
    }
    void aHiddenWordIsLookedAtByNobody()
    {
        verbs::SetInput request = asked("seven hundred and one");
        request.hiddenTokens = {0};
        m_numbers.setInput(request);
        const FloatArray row = questions::rows(m_numbers.run(), {2, false, 0}).layers[0];
        for (int head = 0; head < row.rows(); ++head) QVERIFY(row.values[std::size_t(head * row.columns())] < 1e-6F);
        request.hiddenTokens = {77};
        QCOMPARE(errorOf([&] { m_numbers.setInput(request); }), ErrorCode::BadRequest);
        request.hiddenTokens = {0, 1, 2, 3, 4};
        QCOMPARE(errorOf([&] { m_numbers.setInput(request); }), ErrorCode::BadRequest);
        QCOMPARE(QString::fromStdString(questions::generate(m_numbers.run(), greedy(8)).text).isEmpty(),
                 false); // the old input stands
    }
    void aLongTextIsCutWhereThePersonSays()
    {
        std::string text;
        for (int i = 0; i < 60; ++i) text += i == 0 ? "one" : i == 59 ? " nine" : " two";
        verbs::SetInput request = asked(text);
        m_numbers.setInput(request);
        QCOMPARE(m_numbers.run().info.cut, 61 - 32); // 60 words and the end, positions for 32
        QCOMPARE(m_numbers.run().info.streams[0].tokens.front().piece, std::string("one"));
        request.cutFrom = "begin";
        m_numbers.setInput(request);
        QCOMPARE(m_numbers.run().info.cut, 61 - 32);
        QCOMPARE(m_numbers.run().info.streams[0].tokens[30].piece, std::string("nine"));
    }
    void oddTextsAreReadAndNothingCrashes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("blanks") << QByteArray("   \n\t ");
        QTest::newRow("no UTF-8") << QByteArray("\xff\xfe\xc3 one");
        QTest::newRow("a NUL") << QByteArray("one\0two", 7);
        QTest::newRow("right to left") << QString::fromUtf8("שלום one").toUtf8();
        QTest::newRow("emoji") << QString::fromUtf8("👩‍👩‍👧 one").toUtf8();
        QTest::newRow("ten megabytes") << QByteArray("one two ").repeated(1'250'000);
    }
    void oddTextsAreReadAndNothingCrashes()
    {
        QFETCH(QByteArray, text);
        m_numbers.setInput(asked(text.toStdString()));
        QVERIFY(!m_numbers.run().info.streams[0].tokens.empty());
        QVERIFY(m_numbers.run().info.streams[0].tokens.size() <= 32);
    }
    void settingsOfWritingOutOfRangeAreRefused()
    {
        m_numbers.setInput(asked("nine"));
        for (const auto& [beams, temperature, topP] :
             {std::tuple(0, 0.0, 1.0), {65, 0.0, 1.0}, {1, -1.0, 1.0}, {1, 0.0, 0.0}}) {
            verbs::Generate how = greedy(4);
            how.beams = beams;
            how.temperature = temperature;
            how.topP = topP;
            QCOMPARE(errorOf([&] { questions::generate(m_numbers.run(), how); }), ErrorCode::BadRequest);
        }
    }
    void writingCanBeCancelledAtEveryStep()
    {
        m_numbers.setInput(asked("nine hundred and one"));
        int steps = 0;
        QCOMPARE(errorOf([&] {
                     questions::generate(m_numbers.run(), greedy(8), {[&] { return ++steps > 2; }, {}});
                 }),
                 ErrorCode::Cancelled);
        QCOMPARE(steps, 3);
    }
    void aTextIsExportedAsNumbersUnderItsTokens()
    {
        verbs::SetInput request = asked("forty two");
        request.written = "4";
        m_numbers.setInput(request);
        verbs::Export what;
        what.what = "matrix";
        what.format = "csv";
        what.layer = 5; // cross attention: the words are the columns
        const std::string csv = renderExport(m_numbers.run(), what);
        QVERIFY(csv.starts_with("\"forty\",\"two\",\"</s>\"\n"));
        QCOMPARE(std::ranges::count(csv, '\n'), std::ptrdiff_t(3)); // heads and two written tokens
        what.what = "map";
        what.format = "png";
        QCOMPARE(errorOf([&] { renderExport(m_numbers.run(), what); }), ErrorCode::BadRequest);
    }
    void positionsOfTheDecoderAreSines()
    {
        verbs::SetInput request = asked("nine");
        request.written = "9";
        m_numbers.setInput(request);
        const verbs::Positions positions = questions::positions(m_numbers.run(), {1, 0});
        QCOMPARE(positions.kind, std::string("sinusoidal"));
        QCOMPARE(positions.table.columns(), 128);
        QVERIFY(std::abs(positions.similarity.values[0] - 1) < 1e-5F);
    }
    void sentencesOfRealMeaningAreAlike()
    {
        const QString folder =
            qEnvironmentVariable("HEADLENS_MINILM", HEADLENS_SOURCE "/build/models/all-MiniLM-L6-v2");
        if (!QFile::exists(folder + "/config.json"))
            QSKIP("all-MiniLM-L6-v2 is not installed (tools/install_minilm.sh)");
        Session session;
        session.openModel({folder.toStdString(), "cpu", {}});
        const FloatArray cosine =
            questions::similarity(session.opened(), {{"A man is eating food.", "A man is eating a meal.",
                                                      "How do I reset my password?", "I forgot my login credentials"}})
                .table;
        const auto at = [&](int a, int b) { return cosine.values[std::size_t(a * 4 + b)]; };
        QVERIFY(at(0, 1) > 0.6F);
        QVERIFY(at(2, 3) > 0.6F);
        for (const auto& [a, b] : {std::pair(0, 2), {0, 3}, {1, 2}, {1, 3}}) QVERIFY(at(a, b) < 0.2F);
    }

    void numbersAreSpelledInBothLanguages_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("chinese");
        QTest::newRow("0") << 0 << "zero" << QString::fromUtf8("零");
        QTest::newRow("10") << 10 << "ten" << QString::fromUtf8("十");
        QTest::newRow("115") << 115 << "one hundred and fifteen" << QString::fromUtf8("一百一十五");
        QTest::newRow("2003") << 2003 << "two thousand and three" << QString::fromUtf8("二千零三");
        QTest::newRow("100010") << 100'010 << "one hundred thousand and ten" << QString::fromUtf8("十万零一十");
        QTest::newRow("999999") << 999'999 << "nine hundred and ninety nine thousand nine hundred and ninety nine"
                                << QString::fromUtf8("九十九万九千九百九十九");
    }
    void numbersAreSpelledInBothLanguages()
    {
        QFETCH(int, number);
        QFETCH(QString, english);
        QFETCH(QString, chinese);
        const auto joined = [](const std::vector<std::string>& words, const char* between) {
            QStringList list;
            for (const std::string& word : words) list << QString::fromStdString(word);
            return list.join(QLatin1String(between));
        };
        QCOMPARE(joined(englishNumber(number), " "), english);
        QCOMPARE(joined(chineseNumber(number), ""), chinese);
    }
    void storiesAnswerFromWhatWasTold()
    {
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            const Story story = tellStory(seed);
            QVERIFY(!story.answers.empty());
            for (const int place : story.answers) {
                const auto& words = story.words;
                const auto before = words.begin() + place;
                QVERIFY(std::find(words.begin(), before, words[std::size_t(place)]) != before);
            }
        }
    }
    void aShortTrainingWritesAModelThatOpens()
    {
        QTemporaryDir folder;
        const TrainRequest request{"story-gpt", {}, folder.path().toStdString(), 3, false, 0.001};
        train(taskNamed("story-gpt"), request, {}, [](const std::string&) {});
        Session session;
        const auto model = session.openModel({request.outputFolder, "cpu", {}});
        QVERIFY(model.text.writes && !model.text.isEncoderDecoder);
        QVERIFY(model.fileBytes < 4'000'000);
        session.setInput(asked("anna has a red ball."));
        QCOMPARE(session.run().info.streams[0].tokens.size(), std::size_t(7)); // and the mark in front
        QVERIFY(!questions::generate(session.run(), greedy(3)).steps.empty());
    }
};

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
