// SPDX-License-Identifier: GPL-3.0-or-later
// Why a model says what it says and what changes it: relevance, two runs side by side, taking away words and heads,
// labels and answers cut out of a text.
#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/attribution/maps.h"
#include "core/attribution/relevance.h"
#include "core/models/registry.h"
#include "core/session/contrast_record.h"
#include "core/session/outputs.h"
#include "core/session/questions/difference.h"
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_blip.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace headlens;
using namespace headlens::test;

namespace {

double largest(const std::vector<float>& values)
{
    double most = 0;
    for (const float value : values) most = std::max(most, std::abs(double(value)));
    return most;
}

// [1,1,n,n] of random weights with rows of sum 1, as a node of a graph.
at::Tensor randomMap(std::int64_t rows, std::int64_t columns)
{
    return at::softmax(at::randn({1, 1, rows, columns}), -1).requires_grad_();
}

std::vector<at::Tensor> weightedOf(const std::vector<at::Tensor>& maps, const at::Tensor& score)
{
    const auto gradients = torch::autograd::grad({score}, maps, {}, true);
    std::vector<at::Tensor> weighted;
    for (std::size_t i = 0; i < maps.size(); ++i) weighted.push_back(weightedMap(maps[i], gradients[i]));
    return weighted;
}

verbs::RowsOfLayers changedRows(const Session& session, const verbs::Rows& asked)
{
    return questions::difference<questions::rows>(session.run(), session.baseline(), asked);
}

verbs::Stream streamOf(const std::vector<std::string>& words, std::size_t pairFrom)
{
    verbs::Stream stream;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string& text = i < pairFrom ? stream.text : stream.pair;
        verbs::TextToken token;
        token.piece = words[i];
        token.special = words[i].starts_with("[");
        token.inPair = i >= pairFrom && !token.special;
        token.begin = int(text.size());
        if (!token.special) text += words[i] + " ";
        token.end = std::max(token.begin, int(text.size()) - 1);
        stream.tokens.push_back(token);
    }
    return stream;
}

} // namespace

class TestWhy : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::string m_png = gradientPng(40, 40);

    std::string path(const QString& name) const { return m_folder.filePath(name).toStdString(); }
    std::span<const std::byte> file() const { return std::as_bytes(std::span(m_png.data(), m_png.size())); }

private Q_SLOTS:
    void relevanceOfTwoLayersIsThePaperByHand()
    {
        at::manual_seed(3);
        constexpr std::int64_t n = 4;
        const at::Tensor first = randomMap(n, n), second = randomMap(n, n), x0 = at::randn({1, n, 5}),
                         w = at::randn({5});
        Trace trace;
        trace.streams.push_back({"", n, 0, 0, 0});
        trace.blocks.resize(2);
        const at::Tensor x1 = x0 + at::matmul(first[0], x0), x2 = x1 + at::matmul(second[0], x1);
        trace.hidden[""] = {x0, x1, x2};
        const at::Tensor score = at::dot(x2[0][0], w); // of the first token alone
        const std::vector<StreamRelevance> found = relevance(trace, weightedOf({first, second}, score), score);
        // dscore/dA2[0,j] = x1[j].w, 0 in other rows; dscore/dA1[i,j] = (I + A2)[0,i] x0[j].w.
        const at::Tensor a1 = first.detach()[0][0], a2 = second.detach()[0][0], eye = at::eye(n);
        at::Tensor g2 = at::zeros({n, n});
        g2[0] = at::mv(x1.detach()[0], w);
        const at::Tensor g1 = at::outer((eye + a2)[0], at::mv(x0[0], w));
        const at::Tensor r = at::matmul(eye + (a2 * g2).clamp_min(0), eye + (a1 * g1).clamp_min(0)) - eye;
        QCOMPARE(found.size(), std::size_t(1));
        QVERIFY(at::allclose(found[0].relevance, r[0], 1e-5, 1e-6));
    }
    void relevanceCrossesFromTheSourceIntoTheText()
    {
        at::manual_seed(4);
        const at::Tensor read = randomMap(3, 3), own = randomMap(2, 2), cross = randomMap(2, 3);
        const at::Tensor x = at::randn({1, 3, 5}), y = at::randn({1, 2, 5}), w = at::randn({5});
        Trace trace;
        trace.streams = {{"encoder", 3, 0, 0, 0}, {"decoder", 2, 0, 0, 0}};
        trace.blocks.resize(3);
        trace.blocks[0].tower = "encoder";
        for (const int i : {1, 2}) {
            trace.blocks[std::size_t(i)].tower = "decoder";
            trace.blocks[std::size_t(i)].queryStream = 1;
        }
        trace.blocks[1].keyStream = 1;
        trace.blocks[2].kind = AttentionKind::Cross;
        const at::Tensor x1 = x + at::matmul(read[0], x), y1 = y + at::matmul(own[0], y),
                         y2 = y1 + at::matmul(cross[0], x1);
        trace.hidden["encoder"] = {x, x1};
        trace.hidden["decoder"] = {y, y2};
        const at::Tensor score = at::dot(y2[0][1], w); // of the last token
        const auto found = relevance(trace, weightedOf({read, own, cross}, score), score);
        QCOMPARE(found[0].relevance.size(0), std::int64_t(3));
        QCOMPARE(found[1].relevance.size(0), std::int64_t(2));
        // (10): (Rbar_dd)^T Abar Rbar_ee with Rbar = rows of R - I to sum 1, plus I.
        const auto weighted = [&](const at::Tensor& map) {
            const at::Tensor gradient = torch::autograd::grad({score}, {map}, {}, true)[0];
            return (map.detach() * gradient)[0].clamp_min(0)[0];
        };
        const auto bar = [](const at::Tensor& mixed) {
            const at::Tensor sums = mixed.sum(1, true);
            return at::where(sums > 0, mixed / sums, at::zeros_like(mixed)) + at::eye(mixed.size(0));
        };
        const at::Tensor expected =
            at::matmul(at::matmul(bar(weighted(own)).t(), weighted(cross)), bar(weighted(read)))[1];
        QVERIFY(at::allclose(found[0].relevance, expected, 1e-4, 1e-6));
        QVERIFY(at::allclose(found[1].relevance, weighted(own)[1], 1e-4, 1e-6));
    }
    void aDigitRestsOnItsWord()
    {
        Session session;
        session.openModel({"number-words", "cpu", {}});
        session.setInput(asked("nine hundred and four", "90")); // next comes 4
        const verbs::TokenMap answer = tokenMap(session.run(), {.method = "relevance"});
        QCOMPARE(answer.label, std::string("4"));
        QCOMPARE(answer.token, 2);
        QCOMPARE(answer.streams.size(), std::size_t(2));
        const auto strongest = std::ranges::max_element(answer.streams[0].values) - answer.streams[0].values.begin();
        QCOMPARE(session.run().info.streams[0].tokens[std::size_t(strongest)].piece, std::string("four"));
        QCOMPARE(errorOf([&] {
                     tokenMap(session.run(), {.method = "relevance", .score = {-1, 99, 0}});
                 }),
                 ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] {
                     tokenMap(session.run(), {.method = "relevance", .score = {1'000'000, -1, 0}});
                 }),
                 ErrorCode::BadRequest);
    }
    void everyKindOfModelSaysWhyOrThatItCannot_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("can");
        QTest::newRow("a classifier of pictures") << "emoji-vit" << true;
        QTest::newRow("windows") << "emoji-swin" << true;
        QTest::newRow("blocks that leave tokens out") << "glyph-depths" << false;
        QTest::newRow("a writer") << "story-gpt" << true;
        QTest::newRow("texts against pictures") << "emoji-clip" << true;
    }
    void everyKindOfModelSaysWhyOrThatItCannot()
    {
        QFETCH(QString, model);
        QFETCH(bool, can);
        Session session;
        session.openModel({model.toStdString(), "cpu", {}});
        verbs::SetInput input = asked(session.model().text.example);
        input.candidates = session.model().text.exampleCandidates;
        session.setInput(input, session.model().takesPictures ? file() : std::span<const std::byte>());
        if (!can) {
            QCOMPARE(errorOf([&] { tokenMap(session.run(), {.method = "relevance"}); }), ErrorCode::BadRequest);
            return;
        }
        const verbs::TokenMap answer = tokenMap(session.run(), {.method = "relevance"});
        QVERIFY(!answer.label.empty());
        QCOMPARE(answer.streams.size(), session.run().info.streams.size());
        double sum = 0;
        for (const FloatArray& stream : answer.streams)
            for (const float value : stream.values) {
                QVERIFY(std::isfinite(value) && value >= 0);
                sum += double(value);
            }
        QVERIFY(sum > 0);
    }
    void withoutAWordOrAHeadTheWritingIsWhatTheRunGuesses_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("hides");
        for (const bool hides : {true, false}) {
            const QByteArray how = hides ? " without a word" : " without heads";
            QTest::newRow("number-words" + how) << "number-words"
                                                << "nine hundred and four" << hides;
            QTest::newRow("story-gpt" + how) << "story-gpt"
                                             << "" << hides;
        }
    }
    void withoutAWordOrAHeadTheWritingIsWhatTheRunGuesses()
    {
        QFETCH(QString, model);
        QFETCH(QString, text);
        QFETCH(bool, hides);
        Session session;
        session.openModel({model.toStdString(), "cpu", {}});
        verbs::SetInput input = asked(text.isEmpty() ? session.model().text.example : text.toStdString());
        session.setInput(input);
        const double before =
            session.run().info.outputs.get<verbs::VocabularyScores>().places.at(0).best.at(0).probability;
        if (hides) input.hiddenTokens = {0, 2};
        for (int block = 0; !hides && block < int(session.model().blocks.size()); ++block)
            input.ablated.push_back({block, 0});
        // Token by token from the start, and at once with the cache.
        session.setInput(input);
        const verbs::Written whole = questions::generate(session.run(), greedy(4));
        QVERIFY(!whole.steps.empty());
        for (const verbs::GenerationStep& step : whole.steps) {
            const verbs::TextScore& guess =
                session.run().info.outputs.get<verbs::VocabularyScores>().places.at(0).best.at(0);
            QCOMPARE(step.token.id, guess.id);
            QVERIFY2(std::abs(step.token.probability - guess.probability) < 1e-4,
                     qPrintable(QStringLiteral("%1 %2").arg(step.token.probability).arg(guess.probability)));
            input.decoderInputIds.push_back(step.token.id);
            session.setInput(input);
        }
        QVERIFY2(std::abs(before - whole.steps[0].token.probability) > 1e-6, "nothing was taken away");
    }
    void aSilencedHeadOfASwinLeavesItsBlockAndChangesTheNext()
    {
        Session session;
        session.openModel({"emoji-swin", "cpu", {}});
        verbs::SetInput input = picture("a.png");
        session.setInput(input, file());
        session.hold({});
        input.ablated = {{1, 0}};
        session.setInput(input, file());
        const auto changed = changedRows(session, {5, false, 0}).layers;
        for (const int block : {0, 1}) QCOMPARE(largest(changed[std::size_t(block)].values), 0.0);
        QVERIFY(largest(changed[2].values) > 1e-5);
    }
    void twoRunsAreComparedNumberByNumber()
    {
        Session session;
        session.openModel({"number-words", "cpu", {}});
        const verbs::Rows plain{1, false, 0};
        session.setInput(asked("nine hundred and four"));
        QCOMPARE(errorOf([&] { changedRows(session, plain); }), ErrorCode::NothingOpen);
        const auto then = questions::rows(session.run(), plain).layers;
        session.hold({});
        QCOMPARE(largest(changedRows(session, plain).layers[0].values), 0.0); // the same run
        session.setInput(asked("nine hundred and five"));
        const auto now = questions::rows(session.run(), plain).layers, found = changedRows(session, plain).layers;
        for (std::size_t layer = 0; layer < now.size(); ++layer)
            for (std::size_t i = 0; i < now[layer].values.size(); ++i)
                QCOMPARE(found[layer].values[i], now[layer].values[i] - then[layer].values[i]);
        QVERIFY(largest(found[1].values) > 1e-4);
        const FloatArray tile = questions::difference<questions::tile>(session.run(), session.baseline(),
                                                                       verbs::Tile{1, 0, "mean", 0, 0, 5, 0, 5, 5, 5})
                                    .means;
        for (int row = 0; row < 5; ++row) { // both sum to 1
            const auto begin = tile.values.begin() + row * 5;
            QVERIFY(std::abs(std::accumulate(begin, begin + 5, 0.0)) < 1e-5);
        }
        const FloatArray received = questions::difference<tokenMap>(session.run(), session.baseline(),
                                                                    verbs::MapQuestion{"received", 1, 0, "single"})
                                        .map;
        QVERIFY(std::abs(std::accumulate(received.values.begin(), received.values.end(), 0.0)) < 1e-4);
        session.setInput(asked("nine"));
        QCOMPARE(errorOf([&] { changedRows(session, plain); }), ErrorCode::BadRequest);
        questions::rows(session.run(), plain); // the run itself is still there
        session.hold({true});
        QCOMPARE(errorOf([&] { changedRows(session, plain); }), ErrorCode::NothingOpen);
    }
    void aBaselineStaysWhileAnotherModelIsOpened()
    {
        TinyModel().write(path("one"));
        TinyModel other;
        other.seed = 8;
        other.write(path("other"));
        Session session;
        session.openModel({path("one"), "cpu", {}});
        session.setInput(picture("a.png"), file());
        session.hold({});
        session.openModel({path("other"), "cpu", {}});
        QCOMPARE(errorOf([&] { changedRows(session, {0, false, 0}); }), ErrorCode::NothingOpen); // nothing ran yet
        session.setInput(picture("a.png"), file());
        QVERIFY(largest(changedRows(session, {0, false, 0}).layers[0].values) > 1e-4);
        QCOMPARE(errorOf([&] { questions::pca(session.baseline(), {}); }),
                 ErrorCode::NothingOpen); // its weights are gone
    }
    void theAnswerIsTheBestSpanOfTheSecondText()
    {
        const verbs::Stream stream = streamOf({"[CLS]", "who", "[SEP]", "the", "red", "cat", "sat", "[SEP]"}, 3);
        at::Tensor start = at::zeros({8}), end = at::zeros({8});
        start[1] = 9.0F; // the question cannot answer itself
        start[4] = 5.0F;
        end[5] = 5.0F;
        end[3] = 7.0F; // before the beginning
        const auto spans = answerSpans(start, end, stream);
        QCOMPARE(spans.size(), std::size_t(5));
        QCOMPARE(spans[0].begin, 4);
        QCOMPARE(spans[0].end, 5);
        QCOMPARE(spans[0].text, std::string("red cat"));
        const double total = std::exp(5.0) + 4, ends = std::exp(5.0) + std::exp(7.0) + 3; // "no answer" among them
        QVERIFY(std::abs(spans[0].probability - std::exp(5.0) / total * std::exp(5.0) / ends) < 1e-6);
        QVERIFY(std::ranges::is_sorted(spans, std::greater(), &verbs::AnswerSpan::probability));
        QVERIFY(answerSpans(at::zeros({2}), at::zeros({2}), streamOf({"[CLS]", "[SEP]"}, 2)).empty());
    }
    void everyTokenGetsItsClasses()
    {
        const at::Tensor logits = at::tensor({0.0F, 2.0F, 1.0F, 3.0F, 0.0F, 0.0F}).view({2, 3});
        LoadedModel named;
        named.labels = {"O", "B-PER"};
        const auto labels = tokenClasses(logits, named).tokens;
        QCOMPARE(labels.size(), std::size_t(2));
        QCOMPARE(labels[0].best[0].text, std::string("B-PER"));
        QCOMPARE(labels[0].best[1].text, std::string("class 2"));
        QCOMPARE(labels[1].best[0].text, std::string("O"));
        QVERIFY(std::abs(labels[1].best[0].probability - std::exp(3.0) / (std::exp(3.0) + 2)) < 1e-6);
    }
    void aTinyBlipDescribesAndAnswersWithAndWithoutTheCache_data()
    {
        QTest::addColumn<bool>("question");
        QTest::newRow("a caption") << false;
        QTest::newRow("an answer") << true;
    }
    void aTinyBlipDescribesAndAnswersWithAndWithoutTheCache()
    {
        QFETCH(bool, question);
        TinyBlip blip;
        blip.question = question;
        blip.write(path(question ? "answers" : "captions"));
        Session session;
        const verbs::ModelInfo model = session.openModel({path(question ? "answers" : "captions"), "cpu", {}});
        QVERIFY(model.takesPictures && model.text.writes && model.text.isEncoderDecoder == question);
        verbs::SetInput input = asked(question ? "what is it" : "");
        session.setInput(input, file());
        const auto& streams = session.run().info.streams;
        QCOMPARE(streams.size(), std::size_t(question ? 3 : 2));
        QCOMPARE(streams.back().tokens.front().piece, std::string("[DEC]"));
        const verbs::Written written = questions::generate(session.run(), greedy(5));
        QVERIFY(!written.steps.empty());
        for (const verbs::GenerationStep& step : written.steps) {
            QCOMPARE(step.token.id,
                     session.run().info.outputs.get<verbs::VocabularyScores>().places.at(0).best.at(0).id);
            input.decoderInputIds.push_back(step.token.id);
            session.setInput(input);
        }
        // Words look at the picture (or at the question, which looked at it), row by row.
        const int stream = int(session.run().info.streams.size()) - 1;
        int cross = 0;
        const auto rows = questions::rows(session.run(), {0, false, stream}).layers;
        for (std::size_t layer = 0; layer < rows.size(); ++layer) {
            const verbs::BlockGrid& block = session.run().info.blocks[layer];
            if (block.kind != "cross" || block.queryStream != stream) continue;
            ++cross;
            QCOMPARE(block.keyStream, stream - 1);
            QVERIFY(std::abs(std::accumulate(rows[layer].values.begin(), rows[layer].values.end(), 0.0) -
                             rows[layer].rows()) < 1e-4);
        }
        QCOMPARE(cross, 2);
        const verbs::TokenMap why = tokenMap(session.run(), {.method = "relevance"});
        QCOMPARE(why.streams.at(0).values.size(), std::size_t(17)); // of the picture
        QVERIFY(largest(why.streams.at(0).values) > 0);
    }
    void ofManyLabelsOnlyTheFirstIsKept()
    {
        Session session;
        session.openModel({"emoji-clip", "cpu", {}});
        verbs::SetInput input;
        input.candidates = {"a cat", "a red car", "a dog left of a cat"};
        session.setInput(input, file());
        QCOMPARE(session.run().info.outputs.get<verbs::Similarity>().texts.size(), std::size_t(3));
        for (const TensorBytes& tensor : questions::traceTensors(session.run()))
            if (tensor.name.starts_with("text.attentions") || tensor.name.starts_with("text.hidden"))
                QCOMPARE(tensor.shape[0], std::int64_t(1));
    }
    void aRecordOfContrastMustBeSquare_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("good");
        const QByteArray step = R"({"step":1,"loss":2.5,"temperature":0.07,"cosines":)";
        QTest::newRow("good") << QByteArray(R"({"captions":["a","b"],"steps":[)") + step + "[[1,0],[0,1]]}]}" << true;
        QTest::newRow("narrow") << QByteArray(R"({"captions":["a","b"],"steps":[)") + step + "[[1],[0]]}]}" << false;
        QTest::newRow("short") << QByteArray(R"({"captions":["a","b"],"steps":[)") + step + "[[1,0]]}]}" << false;
        QTest::newRow("no steps") << QByteArray(R"({"captions":["a"],"steps":[]})") << false;
        QTest::newRow("no captions") << QByteArray(R"({"steps":[]})") << false;
        QTest::newRow("words for numbers") << QByteArray(R"({"captions":["a"],"steps":[{"step":"x"}]})") << false;
        QTest::newRow("no object") << QByteArray("[]") << false;
        QTest::newRow("cut off") << QByteArray(R"({"captions":["a")") << false;
    }
    void aRecordOfContrastMustBeSquare()
    {
        QFETCH(QByteArray, json);
        QFETCH(bool, good);
        writeBytes(path("contrast.json"), json.toStdString());
        const auto code = errorOf([&] { readContrast(path("contrast.json")); });
        QCOMPARE(code.has_value(), !good);
    }
    void theEmbeddedRecordEndsWithTextsThatFindTheirPictures()
    {
        Session session;
        QVERIFY(session.openModel({"emoji-clip", "cpu", {}}).remembersContrast);
        const verbs::Contrast record = questions::contrast(session.opened());
        const auto found = [](const verbs::ContrastStep& step) {
            int right = 0;
            for (std::size_t i = 0; i < step.cosines.size(); ++i)
                right += std::size_t(std::ranges::max_element(step.cosines[i]) - step.cosines[i].begin()) == i;
            return right;
        };
        QVERIFY(found(record.steps.back()) > found(record.steps.front()));
        QVERIFY(record.steps.back().loss < record.steps.front().loss);
        QVERIFY(!session.openModel({"emoji-vit", "cpu", {}}).remembersContrast);
        QCOMPARE(errorOf([&] { questions::contrast(session.opened()); }), ErrorCode::FileMissing);
    }
    void aModelThatRemembersItsTrainingSaysSo()
    {
        Session session;
        QVERIFY(session.openModel({"flamingo", "cpu", {}}).remembersTraining);
        QCOMPARE(questions::history(session.opened()).steps.back(), std::int64_t(4000));
        QVERIFY(!session.openModel({"emoji-vit", "cpu", {}}).remembersTraining);
        QCOMPARE(errorOf([&] { questions::history(session.opened()); }), ErrorCode::FileMissing);
    }
};

QTEST_GUILESS_MAIN(TestWhy)
#include "tst_why.moc"
