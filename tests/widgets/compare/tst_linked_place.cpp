// SPDX-License-Identifier: GPL-3.0-or-later
// Where layers and tokens of one run lie in another: other grids, other depths, other pictures, texts cut otherwise.
#include "widgets/compare/linked_place.h"

#include <QTest>

using namespace headlens;

namespace {

struct Made {
    verbs::ModelInfo model;
    ShownRun run;
    LinkEnd end() const { return {model, run}; }
};

// Sides of the grids of its layers; the first is that of the stream.
Made pictureRun(std::vector<std::string> prefix, const std::vector<int>& sides)
{
    Made made;
    made.model.prefixTokens = std::move(prefix);
    verbs::InputAnswer answer;
    verbs::Stream stream;
    stream.prefix = int(made.model.prefixTokens.size());
    stream.gridHeight = stream.gridWidth = sides.front();
    answer.info.streams = {stream};
    answer.info.sha256 = "one picture";
    answer.info.originalWidth = 400;
    answer.info.originalHeight = 200;
    answer.info.tokens = stream.prefix + sides.front() * sides.front();
    for (const int side : sides) {
        verbs::BlockGrid block;
        block.gridHeight = block.gridWidth = side;
        block.heads = 4;
        answer.info.blocks.push_back(block);
    }
    made.run = ShownRun::from(made.model, answer);
    return made;
}

// Pieces as "the| cat| s|at": cut at the bars, blanks belong to the piece behind them. "[...]" is a special token.
Made textRun(const QString& cut, int layers = 2)
{
    Made made;
    verbs::InputAnswer answer;
    verbs::Stream stream;
    int at = 0;
    for (const QString& piece : cut.split('|')) {
        verbs::TextToken token;
        token.piece = piece.toStdString();
        token.special = piece.startsWith('[');
        token.begin = token.end = at;
        if (!token.special) {
            token.end = at += int(piece.size());
            stream.text += token.piece;
        }
        stream.tokens.push_back(token);
    }
    answer.info.streams = {stream};
    answer.info.tokens = int(stream.tokens.size());
    answer.info.blocks.resize(std::size_t(layers));
    made.run = ShownRun::from(made.model, answer);
    return made;
}

const Made& named(const QString& name)
{
    static const std::map<QString, Made> kMade{
        {"vit 14", pictureRun({"cls"}, std::vector<int>(12, 14))},
        {"deit 14", pictureRun({"cls", "dist"}, std::vector<int>(12, 14))},
        {"vit 7", pictureRun({"cls"}, std::vector<int>(6, 7))},
        {"dino 28", pictureRun({"cls"}, std::vector<int>(12, 28))},
        {"swin", pictureRun({}, {56, 56, 28, 28, 14, 14, 14, 14, 14, 14, 7, 7})},
        {"swin of 24", pictureRun({}, std::vector<int>(24, 56))},
        {"bert", textRun("[CLS]|the| cat| s|at|[SEP]")},
        {"other cut", textRun("the| c|at| sat| down", 4)},
        {"as long", textRun("[CLS]|a| b| c| d|[SEP]")},
    };
    return kMade.at(name);
}

} // namespace

class TestLinkedPlace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTokenIsFoundInTheOtherRun_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<int>("token");
        QTest::addColumn<QString>("to");
        QTest::addColumn<int>("there");
        QTest::newRow("the same grid: the same token") << "vit 14" << 1 + 5 * 14 + 3 << "vit 14" << 1 + 5 * 14 + 3;
        QTest::newRow("one more special token") << "vit 14" << 1 + 5 * 14 + 3 << "deit 14" << 2 + 5 * 14 + 3;
        QTest::newRow("special tokens by name") << "deit 14" << 0 << "vit 14" << 0;
        QTest::newRow("no such special token") << "deit 14" << 1 << "vit 14" << -1;
        QTest::newRow("half the grid") << "vit 14" << 1 + 13 * 14 + 13 << "vit 7" << 1 + 6 * 7 + 6;
        QTest::newRow("twice the grid: the middle") << "vit 14" << 1 + 2 * 14 + 3 << "dino 28" << 1 + 5 * 28 + 7;
        QTest::newRow("swin to vit") << "swin" << 55 * 56 + 0 << "vit 14" << 1 + 13 * 14;
        QTest::newRow("vit to swin") << "vit 14" << 1 << "swin" << 2 * 56 + 2;
        QTest::newRow("cls has no place in a swin") << "vit 14" << 0 << "swin" << -1;
        QTest::newRow("a picture has no place in a text") << "vit 14" << 5 << "bert" << -1;
        QTest::newRow("a word has no place in a picture") << "bert" << 2 << "vit 14" << -1;
        QTest::newRow("a word by its place") << "bert" << 2 << "other cut" << 1;
        QTest::newRow("the second piece of a word") << "bert" << 4 << "other cut" << 3;
        QTest::newRow("a word that was cut less") << "other cut" << 2 << "bert" << 2;
        QTest::newRow("no such word") << "other cut" << 4 << "bert" << -1;
        QTest::newRow("as many tokens: the same one") << "bert" << 3 << "as long" << 3;
        QTest::newRow("beyond the end") << "vit 14" << 500 << "vit 7" << -1;
    }
    void aTokenIsFoundInTheOtherRun()
    {
        QFETCH(QString, from);
        QFETCH(int, token);
        QFETCH(QString, to);
        QFETCH(int, there);
        QCOMPARE(linkedToken(named(from).end(), {0, token}, named(to).end()).token, there);
    }
    void theSameSpotOfAPictureIsFoundWhereAnotherPartOfItIsSeen()
    {
        Made all = named("vit 14"), middle = named("vit 7");
        all.run.input.region = {0, 0, 400, 200};     // squashed
        middle.run.input.region = {90, 0, 200, 200}; // its middle alone
        QCOMPARE(linkedToken(all.end(), {0, 1 + 7 * 14 + 7}, middle.end()).token, 1 + 3 * 7 + 4);
        QCOMPARE(linkedToken(all.end(), {0, 1 + 7 * 14 + 1}, middle.end()).token, -1); // not seen there
        middle.run.input.sha256 = "another picture";
        QCOMPARE(linkedToken(all.end(), {0, 1 + 7 * 14 + 1}, middle.end()).token, 1 + 3 * 7 + 0);
    }
    void aLayerIsFoundInTheOtherModel_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<int>("layer");
        QTest::addColumn<QString>("to");
        QTest::addColumn<int>("there");
        QTest::newRow("as many") << "vit 14" << 7 << "swin" << 7;
        QTest::newRow("first") << "vit 14" << 0 << "vit 7" << 0;
        QTest::newRow("last") << "vit 14" << 11 << "vit 7" << 5;
        QTest::newRow("as deep") << "vit 14" << 6 << "vit 7" << 3;
        QTest::newRow("deeper models") << "vit 14" << 6 << "swin of 24" << 13;
        QTest::newRow("a text") << "bert" << 1 << "other cut" << 3;
        QTest::newRow("no such layer") << "vit 7" << 6 << "vit 14" << -1;
    }
    void aLayerIsFoundInTheOtherModel()
    {
        QFETCH(QString, from);
        QFETCH(int, layer);
        QFETCH(QString, to);
        QFETCH(int, there);
        QCOMPARE(linkedLayer(named(from).end(), layer, named(to).end()), there);
    }
    void withoutARunNothingIsFound()
    {
        const Made none;
        QCOMPARE(linkedLayer(none.end(), 0, named("vit 7").end()), -1);
        QCOMPARE(linkedLayer(named("vit 7").end(), 0, none.end()), -1);
        QCOMPARE(linkedToken(none.end(), {0, 0}, named("vit 7").end()).token, -1);
        QCOMPARE(linkedToken(named("vit 7").end(), {0, 0}, none.end()).token, -1);
        QCOMPARE(linkedToken(named("vit 7").end(), {3, 0}, named("vit 7").end()).token, -1);
    }
};

QTEST_GUILESS_MAIN(TestLinkedPlace)
#include "tst_linked_place.moc"
