// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens as people read them: sub-words joined, words whole on a line, colours behind them that can be read, sinks.
#include "core/base/colormap.h"
#include "tests/support/view_shots.h"
#include "widgets/text/token_flow.h"
#include "widgets/text/token_pieces.h"
#include "widgets/text/word_colors.h"
#include "widgets/viewmodel/contrast.h"
#include "widgets/viewmodel/heat_image.h"

#include <QTest>

#include <algorithm>
#include <chrono>

using namespace headlens;

namespace {

verbs::Stream streamOf(const std::vector<std::string>& pieces)
{
    verbs::Stream stream;
    for (const std::string& piece : pieces) {
        verbs::TextToken token;
        token.piece = piece;
        token.special = piece.starts_with('[') || piece.starts_with("<s") || piece.starts_with("</s");
        stream.tokens.push_back(token);
    }
    return stream;
}

QStringList textsOf(const std::vector<TokenPiece>& pieces)
{
    QStringList texts;
    for (const TokenPiece& piece : pieces) texts << (piece.joined ? "+" : "") + piece.text;
    return texts;
}

} // namespace

class TestTokenFlow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void marksOfVocabulariesBecomeGaps_data()
    {
        QTest::addColumn<std::vector<std::string>>("pieces");
        QTest::addColumn<QStringList>("shown");
        using Pieces = std::vector<std::string>;
        QTest::newRow("WordPiece") << Pieces{"[CLS]", "un", "##believ", "##able", "luck", "[SEP]"}
                                   << QStringList{"[CLS]", "un", "+believ", "+able", "luck", "[SEP]"};
        QTest::newRow("byte-level") << Pieces{"The", "Ġastro", "naut", "Ġsmiles", "!", "Ċ", "She"}
                                    << QStringList{"The", "astro", "+naut", "smiles", "+!", "↵", "She"};
        QTest::newRow("SentencePiece") << Pieces{"<s>", "▁hel", "met", "▁", "s", "</s>"}
                                       << QStringList{"<s>", "hel", "+met", "␣", "+s", "</s>"};
        QTest::newRow("CLIP") << Pieces{"a</w>", "photo", "graph</w>", "of</w>"}
                              << QStringList{"a", "photo", "+graph", "of"};
        QTest::newRow("words") << Pieces{"nine", "hundred", "and"} << QStringList{"nine", "hundred", "and"};
        QTest::newRow("a mark alone") << Pieces{"##", "a"} << QStringList{"##", "a"};
        QTest::newRow("nothing") << Pieces{} << QStringList{};
    }
    void marksOfVocabulariesBecomeGaps()
    {
        QFETCH(std::vector<std::string>, pieces);
        QFETCH(QStringList, shown);
        QCOMPARE(textsOf(piecesOf(streamOf(pieces), false)), shown);
    }
    void blanksInsideOfTokensAreShownOnDemand()
    {
        const verbs::Stream stream = streamOf({"The", "Ġastro", "naut", "Ċ"});
        QCOMPARE(textsOf(piecesOf(stream, true)), QStringList({"The", "·astro", "+naut", "↵"}));
        QCOMPARE(textsOf(piecesOf(stream, false)), QStringList({"The", "astro", "+naut", "↵"}));
        QVERIFY(piecesOf(stream, false)[3].ends);
        QVERIFY(piecesOf(stream, false)[3].dim);
    }
    void pieceThatStandsRightBehindAnotherJoinsIt()
    {
        verbs::Stream stream = streamOf({"ball", ".", "ben"});
        stream.text = "ball. ben";
        const std::vector<std::pair<int, int>> places{{0, 4}, {4, 5}, {6, 9}};
        for (std::size_t i = 0; i < places.size(); ++i)
            std::tie(stream.tokens[i].begin, stream.tokens[i].end) = places[i];
        QCOMPARE(textsOf(piecesOf(stream, false)), QStringList({"ball", "+.", "ben"}));
        stream.tokens[2].begin = 5; // what was written counts the blank before it
        QCOMPARE(textsOf(piecesOf(stream, false)), QStringList({"ball", "+.", "ben"}));
        stream.tokens[1].inPair = true; // of the other text
        QCOMPARE(textsOf(piecesOf(stream, false)), QStringList({"ball", ".", "ben"}));
    }
    void bytesAreReadFromTheTextItself()
    {
        verbs::Stream stream = streamOf({"a", "ĠcafÃ©"});
        stream.text = "a café";
        std::tie(stream.tokens[1].begin, stream.tokens[1].end) = std::pair(1, 6);
        QCOMPARE(piecesOf(stream, false)[1].text, QString("café"));
        QCOMPARE(piecesOf(stream, true)[1].text, QString("·café"));
        stream.tokens[1].end = 900; // an engine that counts wrongly
        QCOMPARE(piecesOf(stream, false)[1].text, QString("cafÃ©"));
    }
    void manyPatchesAmongTheWordsAreOneChip()
    {
        verbs::Stream stream = streamOf({"what"});
        for (int i = 0; i < 256; ++i) {
            verbs::TextToken patch;
            patch.piece = "<image>";
            patch.kind = "image";
            stream.tokens.push_back(patch);
        }
        const std::vector<TokenPiece> pieces = piecesOf(stream, false);
        QCOMPARE(pieces[1].folded, 256);
        QCOMPARE(pieces[256].folded, -1);
        TokenFlow flow;
        flow.arrange(pieces, 0, std::vector<double>(257, 40), 20, 400, 0);
        QCOMPARE(flow.rectOf(256), flow.rectOf(1));
        QCOMPARE(flow.bottom(), 20.0);
        stream.tokens.resize(5);
        QCOMPARE(piecesOf(stream, false)[1].folded, 0); // few are tokens like others
    }
    void wordsStayWholeAndTokensOfOneMeet()
    {
        std::vector<TokenPiece> pieces(6);
        for (TokenPiece& piece : pieces) piece.text = "x";
        pieces[3].joined = pieces[4].joined = true; // the word 2, 3, 4
        TokenFlow flow;
        flow.arrange(pieces, 0, std::vector<double>(6, 40), 20, 190, 0);
        QCOMPARE(flow.rectOf(1).top(), 0.0);
        QCOMPARE(flow.rectOf(2).left(), 0.0); // no room for all of it on the first line
        QCOMPARE(flow.rectOf(3).left(), flow.rectOf(2).right());
        QCOMPARE(flow.rectOf(4).left(), flow.rectOf(3).right());
        QVERIFY(flow.rectOf(1).left() > flow.rectOf(0).right());
        QCOMPARE(flow.above(3, 1), 1);
        QCOMPARE(flow.above(0, -1), 2);
        QCOMPARE(flow.above(0, 1), 0);
        flow.arrange(pieces, 0, std::vector<double>(6, 40), 20, 100, 0); // narrower than the word
        for (int i = 0; i < 6; ++i) QVERIFY(flow.rectOf(i).right() <= 100);
    }
    void theFirstLineBeginsBehindWhatLeads()
    {
        const std::vector<TokenPiece> pieces(3);
        TokenFlow flow;
        flow.arrange(pieces, 0, std::vector<double>(3, 40), 20, 130, 60);
        QVERIFY(flow.rectOf(0).left() >= 60);
        QCOMPARE(flow.rectOf(1).left(), 0.0);
    }
    void everyTokenIsFoundWhereItStands()
    {
        std::vector<TokenPiece> pieces(2048);
        std::vector<double> widths;
        for (int i = 0; i < 2048; ++i) {
            widths.push_back(10 + i * 7 % 40);
            pieces[std::size_t(i)].joined = i % 3 == 1;
        }
        TokenFlow flow;
        flow.arrange(pieces, 0, widths, 20, 700, 0);
        for (int i = 0; i < 2048; ++i) QCOMPARE(flow.tokenAt(flow.rectOf(i).center()), i);
        QCOMPARE(flow.tokenAt({-3, 5}), -1);
        QCOMPARE(flow.tokenAt({5, flow.bottom() + 5}), -1);
        const auto [first, end] = flow.tokensBetween(480, 720);
        QVERIFY(first > 0 && end < 2048 && end - first < 400);
        QVERIFY(flow.rectOf(first).bottom() > 480 && flow.rectOf(first - 1).bottom() <= 480);
        QVERIFY(flow.rectOf(end).top() >= 720);
    }
    void everyWordCanBeReadOnEveryPalette_data()
    {
        QTest::addColumn<QString>("colors");
        for (const std::string_view name : colorMapNames())
            QTest::newRow(std::string(name).c_str()) << QString::fromUtf8(name.data(), qsizetype(name.size()));
        QTest::newRow("difference") << QString();
    }
    void everyWordCanBeReadOnEveryPalette()
    {
        QFETCH(QString, colors);
        headlens::Display display;
        display.difference = colors.isEmpty();
        display.colormap = colors;
        const QPalette light(QColor(239, 239, 239), QColor(246, 246, 246));
        for (const QPalette& theme : {light, test::darkPalette()})
            for (const QPalette::ColorRole role : {QPalette::Text, QPalette::PlaceholderText})
                for (int i = 0; i <= 1000; ++i) {
                    const QColor fill = wordFill(display, float(i) / 1000, theme.color(QPalette::Base));
                    const double contrast = contrastOf(fill, inkOn(fill, theme.color(role)));
                    QVERIFY2(contrast >= kReadable, qPrintable(QStringLiteral("%1 at %2").arg(contrast).arg(i)));
                }
    }
    void noWeightIsTheGroundOfThePane()
    {
        for (const QColor& ground : {QColor(255, 255, 255), QColor(28, 29, 32)}) {
            headlens::Display display;
            QCOMPARE(wordFill(display, 0, ground), ground);
            QVERIFY(contrastOf(wordFill(display, 1, ground), ground) > 1.2);
            display.difference = true;
            QCOMPARE(wordFill(display, 0.5F, ground), ground);
            QVERIFY(wordFill(display, 0, ground) != wordFill(display, 1, ground));
        }
    }
    void blackOrWhiteIsAlwaysReadable()
    {
        for (int grey = 0; grey < 256; ++grey) {
            const QColor ground(grey, grey, grey);
            QVERIFY(contrastOf(ground, readableOn(ground)) >= kReadable);
        }
        QVERIFY(std::abs(contrastOf(Qt::black, Qt::white) - 21) < 1e-9);
    }
    void sinksAreTheFirstTokenAndTheSeparators()
    {
        verbs::InputInfo input;
        input.streams = {streamOf({"[CLS]", "a", "[MASK]", "[SEP]", "b", "[SEP]"}), streamOf({"anna", "has", "a"}),
                         streamOf({"alone"})};
        QCOMPARE(sinksOf(input, 0), Sinks({true, false, false, true, false, true}));
        QCOMPARE(sinksOf(input, 1), Sinks({true, false, false}));
        QVERIFY(sinksOf(input, 2).empty()); // nothing would be left
        QVERIFY(sinksOf(input, 3).empty());
        input.streams[0].gridWidth = 4; // words beside patches
        QVERIFY(sinksOf(input, 0).empty());
    }
    void theScaleCountsWhatIsNoSink()
    {
        const std::vector<float> row{0.8F, 0.05F, 0.1F, 0.05F};
        const Sinks sinks{true, false, false, false};
        QCOMPARE(highestBeside(row, sinks), 0.1F);
        QCOMPARE(highestBeside(row, {}), 0.8F);
        QCOMPARE(highestBeside(std::vector<float>{0.8F, 0}, {true, false}), 0.8F); // nothing else: not empty
        QVERIFY(std::abs(shareOf(row, sinks) - 0.8) < 1e-6);
        QCOMPARE(shareOf({}, sinks), 0.0);
        headlens::Display display;
        FloatArray layer{{2, 4}, {0.8F, 0.05F, 0.1F, 0.05F, 0.4F, 0.3F, 0.2F, 0.1F}};
        const AllRows rows{layer, layer};
        const std::vector<Sinks> all{sinks, {}};
        QCOMPARE(scaleFor(display, rows, 0, row, 0, all).high, 0.1F);
        QCOMPARE(scaleFor(display, rows, 0, row, 0).high, 0.8F);
        display.scope = ScaleScope::Layer;
        QCOMPARE(scaleFor(display, rows, 0, row, 0, all).high, 0.3F);
        QCOMPARE(scaleFor(display, rows, 1, row, 0, all).high, 0.8F);
        display.scope = ScaleScope::Global;
        QCOMPARE(scaleFor(display, rows, 0, row, 0, all).high, 0.8F);
    }
};

QTEST_MAIN(TestTokenFlow)
#include "tst_token_flow.moc"
