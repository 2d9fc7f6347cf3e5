// SPDX-License-Identifier: GPL-3.0-or-later
// Training without the real art: scenes follow their seed, a state survives saving, and the loss goes down.
#include "core/attribution/maps.h"
#include "core/imaging/codec.h"
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "core/training/data/emoji_boards.h"
#include "core/training/data/emoji_scenes.h"
#include "core/training/trainer/trainer.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_model.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <fstream>

using namespace headlens;
using namespace headlens::test;

class TestTraining : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    // Flat squares of one colour per concept stand in for the art.
    std::string art()
    {
        const QString root = m_folder.filePath("art");
        std::ifstream concepts(HEADLENS_SOURCE "/resources/training/emoji_concepts.tsv");
        int shade = 0;
        for (std::string line; std::getline(concepts, line);) {
            if (line.empty() || line[0] == '#') continue;
            const QString name = QString::fromStdString(line.substr(0, line.find('\t')));
            Image8 picture(24, 24, 4);
            for (std::size_t i = 0; i < picture.pixels.size(); ++i)
                picture.pixels[i] = i % 4 == 3 ? 255 : std::uint8_t(shade * 37 * int(1 + i % 4));
            ++shade;
            for (const char* style : {"plain", "twemoji"}) {
                QDir().mkpath(root + "/" + style + "/" + name);
                writeBytes((root + "/" + style + "/" + name + "/1.png").toStdString(), encodePng(picture));
            }
        }
        return root.toStdString();
    }

private Q_SLOTS:
    void scenesAreDeterminedByTheirSeed()
    {
        const ArtLibrary library = ArtLibrary::load(art(), HEADLENS_SOURCE "/resources/training/emoji_concepts.tsv");
        QCOMPARE(library.concepts().size(), std::size_t(64));
        const SceneMaker maker(library, {"plain"});
        QVERIFY(maker.make(5, 64, true).picture.pixels == maker.make(5, 64, true).picture.pixels);
        QVERIFY(maker.make(5, 64, true).picture.pixels != maker.make(6, 64, true).picture.pixels);
    }
    void boardsAndTheirQuestionsFollowTheirSeedsAndTheirCells()
    {
        const ArtLibrary library = ArtLibrary::load(art(), HEADLENS_SOURCE "/resources/training/emoji_concepts.tsv");
        const BoardMaker maker(library, {"plain"});
        const std::vector<std::string> words = maker.words();
        const auto isKnown = [&](const std::string& word) { return std::ranges::binary_search(words, word); };
        for (std::uint64_t seed = 1; seed < 200; ++seed) {
            const Board board = maker.make(seed, 72, true);
            QVERIFY(board.picture.pixels == maker.make(seed, 72, true).picture.pixels);
            const auto filled = std::ranges::count_if(board.cells, [](int concept_) { return concept_ >= 0; });
            QVERIFY(filled >= 2 && filled <= 4);
            for (int kind = 0; kind < kBoardQuestions; ++kind) {
                const BoardQuestion asked = maker.ask(board, BoardAsked(kind), seed);
                QCOMPARE(asked.answer, maker.ask(board, BoardAsked(kind), seed).answer);
                QCOMPARE(asked.question.back(), std::string("?"));
                QVERIFY(std::ranges::all_of(asked.question, isKnown) && std::ranges::all_of(asked.answer, isKnown));
            }
            QCOMPARE(maker.ask(board, BoardAsked::HowMany, seed).answer.front(), std::string(filled == 2   ? "two"
                                                                                             : filled == 3 ? "three"
                                                                                                           : "four"));
        }
        // Of one emoji nothing is beside it.
        const Board alone = maker.make(7, 72, false, 1, 1);
        QCOMPARE(maker.ask(alone, BoardAsked::Beside, 1).answer, (std::vector<std::string>{"nothing"}));
        QCOMPARE(maker.ask(alone, BoardAsked::Everything, 1).answer.size(), alone.cells.size());
    }
    void aShortTrainingOfOneThatIsAskedAboutPicturesAnswers()
    {
        const std::string out = m_folder.filePath("llava").toStdString();
        const TrainRequest request{"emoji-llava", art(), out, 3, false, 0.0005};
        const Trained trained = train(taskNamed("emoji-llava"), request, {}, [](const std::string&) {});
        QCOMPARE(trained.scores.size(), std::size_t(2 + kBoardQuestions));
        Session session;
        const verbs::ModelInfo model = session.openModel({out, "cpu", {}});
        QCOMPARE(model.architecture, std::string("LLaVA"));
        QVERIFY(model.unusedTensors.empty());
        QCOMPARE(model.text.chat, std::string("chat_template.jinja"));
        verbs::SetInput asked;
        asked.text = "what is left of the dog ?";
        asked.chat = true;
        const std::string picture = readBytes(HEADLENS_SOURCE "/resources/images/emoji-scene-dog.png");
        session.setInput(asked, std::as_bytes(std::span(picture.data(), picture.size())));
        const verbs::Stream& words = session.run().info.streams.at(1);
        QCOMPARE(words.pictures.size(), std::size_t(1));
        QCOMPARE(words.pictures[0].gridHeight * words.pictures[0].gridWidth, 36);
        QCOMPARE(words.tokens[0].piece, std::string("<s>")); // the template's, once
        QCOMPARE(words.tokens[1].piece, std::string("user"));
        QCOMPARE(words.tokens.back().piece, std::string(":"));
    }
    void aShortTrainingResumesAndOpensInTheEngine()
    {
        const std::string out = m_folder.filePath("out").toStdString();
        TrainRequest request{"emoji-vit", art(), out, 3, false, 0.0005};
        const Trained trained = train(taskNamed("emoji-vit"), request, {}, [](const std::string&) {});
        QCOMPARE(trained.scores.size(), std::size_t(2)); // styles seen in training, a style never seen
        for (const TaskScore& score : trained.scores) QVERIFY(score.with >= 0 && score.with <= 1);
        request.resume = true;
        request.shorten = 0.001;
        QVERIFY(train(taskNamed("emoji-vit"), request, {}, [](const std::string&) {}).steps > trained.steps);
        Session session;
        const auto model = session.openModel({out, "cpu", {}});
        QCOMPARE(model.classes, 64);
        QVERIFY(model.fileBytes < 4'000'000);
        QVERIFY(QFile::exists(QString::fromStdString(out) + "/README.md"));
    }
    void aShortContrastiveTrainingComparesTextsWithPictures()
    {
        const std::string out = m_folder.filePath("clip").toStdString();
        const TrainRequest request{"emoji-clip", art(), out, 3, false, 0.0005};
        QCOMPARE(train(taskNamed("emoji-clip"), request, {}, [](const std::string&) {}).scores.size(), std::size_t(4));
        QVERIFY(QFile::exists(QString::fromStdString(out) + "/contrast.json"));
        Session session;
        QVERIFY(session.openModel({out, "cpu", {}}).text.compares);
        const std::string png = encodePng(Image8(70, 50));
        const auto file = std::as_bytes(std::span(png.data(), png.size()));
        verbs::SetInput input;
        input.candidates = {"a cat", "a dog", "a cat left of a dog"};
        session.setInput(input, file);
        double sum = 0;
        for (const verbs::TextScore& score : session.run().info.outputs.get<verbs::Similarity>().texts)
            sum += score.probability;
        QVERIFY(std::abs(sum - 1) < 1e-5);
        QCOMPARE(session.run().info.streams.size(), std::size_t(2));
        const FloatArray heat = tokenMap(session.run(), {.method = "similarity", .score = {.candidate = 1}}).map;
        QCOMPARE(heat.rows() * heat.columns(), 64);
        QVERIFY(std::ranges::all_of(heat.values, [](float value) { return std::isfinite(value); }));
        QCOMPARE(errorOf([&] { tokenMap(session.run(), {.method = "similarity", .score = {.candidate = 3}}); }),
                 ErrorCode::BadRequest);
        const verbs::TokenMap why = tokenMap(session.run(), {.method = "relevance", .score = {-1, -1, 1}});
        QCOMPARE(why.label, std::string("a dog"));
        QCOMPARE(why.streams.at(0).values.size(), std::size_t(65));
        QCOMPARE(errorOf([&] {
                     tokenMap(session.run(), {.method = "relevance", .score = {-1, -1, 3}});
                 }),
                 ErrorCode::BadRequest);
        input.candidates = {"a dog"}; // the picture is taken again
        session.setInput(input);
        QCOMPARE(session.run().info.outputs.get<verbs::Similarity>().texts.size(), std::size_t(1));
        session.setInput({}, file); // no text: one tower alone
        QVERIFY(session.run().info.outputs.get<verbs::Similarity>().texts.empty());
    }
    void aCancelledTrainingEnds()
    {
        const TrainRequest request{"emoji-vit", art(), m_folder.filePath("cancelled").toStdString(), 3, false, 0.001};
        QCOMPARE(errorOf([&] {
                     train(taskNamed("emoji-vit"), request, {[] { return true; }, {}}, [](const std::string&) {});
                 }),
                 ErrorCode::Cancelled);
    }
    void missingArtIsSaid()
    {
        const TrainRequest request{"emoji-vit", "/no/such", m_folder.filePath("x").toStdString(), 3, false, 0.001};
        QCOMPARE(errorOf([&] { train(taskNamed("emoji-vit"), request, {}, [](const std::string&) {}); }),
                 ErrorCode::FileMissing);
    }
};

QTEST_APPLESS_MAIN(TestTraining)
#include "tst_training.moc"
