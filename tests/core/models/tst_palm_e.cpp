// SPDX-License-Identifier: GPL-3.0-or-later
// PaLM-E in small: vectors among words, where they come from and what they may change.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <ATen/ATen.h>

#include "core/imaging/codec.h"
#include "core/models/zoo/palm_e_network.h"
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "core/training/data/table_scenes.h"
#include "tests/support/expect_error.h"
#include "tests/support/small_networks.h"

#include <QTest>

#include <algorithm>

using namespace headlens;
using namespace headlens::test;

class TestPalmE : public QObject {
    Q_OBJECT

    // ids: 0 to 2 marks, 3 <image>, 4 to 6 objects, 7 to 19 words, states from 20 on.
    static PalmENetwork network()
    {
        PalmEConfig config;
        config.imageToken = 3;
        config.firstObject = 4;
        config.firstState = 20;
        config.vision = smallEye();
        config.text = smallText(20, 64);
        PalmENetwork made(config);
        at::manual_seed(8);
        made.visit([](const std::string&, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
            weight = at::randn(shape) * 0.3;
        });
        return made;
    }
    static at::Tensor ids(const std::vector<std::int64_t>& row) { return at::tensor(row, at::kLong).unsqueeze(0); }
    static double largest(const at::Tensor& t) { return t.abs().max().item<double>(); }
    static std::vector<std::byte> png(std::uint64_t seed)
    {
        const std::string file = encodePng(largeTable(tableScene(seed, 32)));
        const auto bytes = std::as_bytes(std::span(file.data(), file.size()));
        return {bytes.begin(), bytes.end()};
    }

private Q_SLOTS:
    void statesAreNumberedThereAndBack()
    {
        for (int number = 0; number < kTableStates; ++number) QCOMPARE(stateNumber(blockFromState(number)), number);
        const auto words = tableStateWords();
        QCOMPARE(int(words.size()), kTableStates);
        QCOMPARE(words[std::size_t(stateNumber({0, 1, 2, false}))], std::string("red@b3"));
        QCOMPARE(words[std::size_t(stateNumber({3, 3, 0, true}))], std::string("yellow^d1"));
    }
    void everySentenceSaysTheSameTable()
    {
        for (std::uint64_t seed = 0; seed < 60; ++seed) {
            const TableScene scene = tableScene(seed, 32);
            QCOMPARE(int(scene.blocks.size()), 3);
            for (int asked = 0; asked < 4; ++asked) {
                const auto state = tableQuestion(scene, Told::State, Asked(asked), seed);
                const auto picture = tableQuestion(scene, Told::Picture, Asked(asked), seed);
                QVERIFY(state.answer == picture.answer && state.prompt != picture.prompt);
                QCOMPARE(state.answer.back(), std::string("."));
            }
        }
    }
    void aWordPutInAsAVectorIsTheWord()
    {
        const PalmENetwork one = network();
        const at::Tensor words = ids({7, 8, 9, 10});
        at::Tensor sentence = one.sentence(words, {}, true);
        const at::Tensor read = one.read(sentence, {});
        at::Tensor injected = one.sentence(ids({7, 20, 9, 10}), {}, true).clone(); // a state in its place
        QVERIFY(largest(one.read(injected, {}) - read) > 1e-3);
        injected[0][1] = one.text().tokens()[8];
        QVERIFY(largest(one.read(injected, {}) - read) == 0);
    }
    void whatStandsBehindChangesNothingBefore()
    {
        const PalmENetwork one = network();
        const at::Tensor a = one.read(one.sentence(ids({7, 8, 20 + 5, 9, 10}), {}, true), {});
        const at::Tensor b = one.read(one.sentence(ids({7, 8, 20 + 60, 9, 10}), {}, true), {});
        QVERIFY(largest((a - b).slice(1, 0, 2)) == 0);
        QVERIFY(largest((a - b).slice(1, 2)) > 1e-4);
    }
    void nothingObservedIsTheSameForEveryTable()
    {
        const PalmENetwork one = network();
        const at::Tensor a = one.sentence(ids({7, 20 + 5, 9}), {}, false),
                         b = one.sentence(ids({7, 20 + 60, 9}), {}, false);
        QVERIFY(largest(a - b) == 0);
        QVERIFY(largest(a[0][1]) == 0);
    }
    void patchesComeInTheirOrderAndObjectsByTheirColour()
    {
        const PalmENetwork one = network();
        const TableScene scene = tableScene(4, 32);
        at::Tensor bytes = at::empty({32, 32, 3}, at::kByte);
        std::ranges::copy(scene.picture.pixels, bytes.data_ptr<std::uint8_t>());
        const at::Tensor pixels = bytes.permute({2, 0, 1}).unsqueeze(0).to(at::kFloat) / 127.5 - 1;
        const auto seen = one.see(pixels, PassOptions{{false, false}});
        QVERIFY((seen.patches.sizes() == at::IntArrayRef{1, 16, 16}));
        std::vector<std::int64_t> row(18, 3);
        row[0] = 7;
        row[17] = 5; // the second object
        const at::Tensor sentence = one.sentence(ids(row), seen, true);
        QVERIFY(largest(sentence.slice(1, 1, 17) - seen.patches) == 0);
        QVERIFY(largest(sentence[0][17] - seen.objects[0][1]) == 0);
        // Of an empty table there is no object.
        const auto empty = one.see(at::full({1, 3, 32, 32}, 0.7), PassOptions{{false, false}});
        QVERIFY(largest(empty.objects) == 0);
    }
    void aSentenceThatNamesAPictureNeedsOne()
    {
        const PalmENetwork one = network();
        QCOMPARE(errorOf([&] { one.sentence(ids({7, 3}), {}, true); }), ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] { one.sentence(ids({7, 4}), {}, true); }), ErrorCode::BadRequest);
    }
    void theShippedModelAnswersFromPictureNumbersAndObjects_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("tokens");
        const TableScene scene = tableScene(11, 32);
        QString states;
        for (const TableBlock& block : scene.blocks) states += QString::fromStdString(stateWord(block)) + ' ';
        QTest::newRow("picture") << "given <image> q : how to grasp %1 ? a :" << 26;
        QTest::newRow("numbers") << "given " + states + "q : how to grasp %1 ? a :" << 13;
        QTest::newRow("objects") << "given <obj1> <obj2> <obj3> q : how to grasp %1 ? a :" << 13;
    }
    void theShippedModelAnswersFromPictureNumbersAndObjects()
    {
        QFETCH(QString, text);
        QFETCH(int, tokens);
        const TableScene scene = tableScene(11, 32);
        const auto question = tableQuestion(scene, Told::Words, Asked::Grasp, 1);
        Session session;
        session.openModel({"table-palm-e", "cpu", {}});
        verbs::SetInput input;
        input.text = text.arg(QString::fromStdString(question.prompt.at(question.prompt.size() - 4))).toStdString();
        session.setInput(input, png(11));
        const verbs::InputInfo& seen = session.run().info;
        QCOMPARE(int(seen.streams[0].tokens.size()), tokens);
        const auto odd =
            std::ranges::find_if(seen.streams[0].tokens, [](const auto& token) { return !token.kind.empty(); });
        QVERIFY(odd != seen.streams[0].tokens.end() && odd->near.size() == 3 && odd->near[0].cosine <= 1);
        verbs::Generate how;
        how.atMost = 14;
        std::string right, said;
        for (const std::string& word : question.answer) right += (right.empty() ? "" : " ") + word;
        const auto written = questions::generate(session.run(), how);
        for (const auto& step : written.steps)
            if (step.token.text != "<end>") said += (said.empty() ? "" : " ") + step.token.text;
        QCOMPARE(QString::fromStdString(said), QString::fromStdString(right));
    }
    void aSentenceThatIsTooLongIsCutByWholeTokens_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<bool>("picture");
        QTest::newRow("its end") << "end" << true;
        QTest::newRow("its beginning, the picture with it") << "begin" << false;
    }
    void aSentenceThatIsTooLongIsCutByWholeTokens()
    {
        QFETCH(QString, from);
        QFETCH(bool, picture);
        Session session;
        const int places = session.openModel({"table-palm-e", "cpu", {}}).text.longest;
        verbs::SetInput input;
        input.cutFrom = from.toStdString();
        input.text = "<image>"; // 16 places
        for (int i = 1; i < places; ++i) input.text += " red";
        session.setInput(input, png(11));
        const auto& tokens = session.run().info.streams[0].tokens;
        const auto patches = std::ranges::count(tokens, "image", &verbs::TextToken::kind);
        QCOMPARE(patches, picture ? 16 : 0);
        QCOMPARE(int(tokens.size()), picture ? places : places - 1);
        QCOMPARE(session.run().info.cut, picture ? 15 : 16);
    }
    void aWordOutsideTheVocabularyIsMarked()
    {
        Session session;
        session.openModel({"table-palm-e", "cpu", {}});
        verbs::SetInput input;
        input.text = "given purple@b3 q : where is red ? a :";
        session.setInput(input, png(11));
        const auto& tokens = session.run().info.streams[0].tokens;
        QCOMPARE(std::ranges::count(tokens, "unknown", &verbs::TextToken::kind), 1);
        QCOMPARE(tokens[1].kind, std::string("unknown"));
        QCOMPARE(tokens[1].begin, 6);
        QCOMPARE(tokens[1].end, 15);
    }
    void hiddenTokensAreNotSeen()
    {
        Session session;
        session.openModel({"table-palm-e", "cpu", {}});
        verbs::SetInput input;
        input.text = "given <image> q : where is red ? a : red";
        session.setInput(input, png(11));
        const double seen =
            session.run().info.outputs.get<verbs::VocabularyScores>().places.at(0).best.at(0).probability;
        for (int patch = 1; patch <= 16; ++patch) input.hiddenTokens.push_back(patch);
        session.setInput(input, png(11));
        QVERIFY(seen > 0.9);
        QVERIFY(session.run().info.outputs.get<verbs::VocabularyScores>().places.at(0).best.at(0).probability < 0.5);
    }
    void aSentenceOfWordsNeedsNoPicture()
    {
        Session session;
        session.openModel({"table-palm-e", "cpu", {}});
        verbs::SetInput input;
        input.text = "given red@b3 blue@c2 q : where is red ? a :";
        session.setInput(input, {});
        QCOMPARE(session.run().info.streams.size(), std::size_t(1));
        QCOMPARE(session.run().info.outputs.get<verbs::VocabularyScores>().places.at(0).best.at(0).text,
                 std::string("red"));
        input.text = "given <image> q : where is red ? a :";
        QCOMPARE(errorOf([&] { session.setInput(input, {}); }), ErrorCode::BadRequest);
        QCOMPARE(session.run().info.streams.size(), std::size_t(1)); // the run before is still there
    }
    void aPictureOfAnotherShapeIsRefusedInWords()
    {
        Session session;
        session.openModel({"table-palm-e", "cpu", {}});
        verbs::SetInput input;
        input.fit = "native";
        input.text = "given <image> q : where is red ? a :";
        const std::string file = encodePng(Image8(300, 200));
        const auto bytes = std::as_bytes(std::span(file.data(), file.size()));
        QCOMPARE(errorOf([&] { session.setInput(input, bytes); }), ErrorCode::BadRequest);
        input.fit = "trained";
        session.setInput(input, bytes);
        QCOMPARE(session.run().info.streams.size(), std::size_t(2));
    }
};

QTEST_APPLESS_MAIN(TestPalmE)
#include "tst_palm_e.moc"
