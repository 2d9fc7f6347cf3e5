// SPDX-License-Identifier: GPL-3.0-or-later
// Words and injected vectors as tiles: their arithmetic, and the view over a fake engine.
// With HEADLENS_SHOTS=folder the view is written there as a picture, in light and dark.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/text/tiles_strip.h"
#include "widgets/text/tiles_view.h"
#include "widgets/viewmodel/live_rows.h"

#include <QApplication>
#include <QMenu>
#include <QScrollArea>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

namespace {

// "red@b3:state obj:object": words with their kinds.
std::vector<verbs::TextToken> tokensOf(const QStringList& words)
{
    std::vector<verbs::TextToken> tokens;
    for (const QString& word : words) {
        verbs::TextToken token;
        token.piece = word.section(QLatin1Char(':'), 0, 0).toStdString();
        token.kind = word.section(QLatin1Char(':'), 1).toStdString();
        tokens.push_back(token);
    }
    return tokens;
}

} // namespace

class TestTilesView : public QObject {
    Q_OBJECT

    static QString textOf(FakeStage& stage) { return QString::fromStdString(stage.model.input().streams.front().text); }
    static int placeOf(const TilesStrip& strip, const std::string& piece)
    {
        const auto found = std::ranges::find(strip.tokens(), piece, &verbs::TextToken::piece);
        return found == strip.tokens().end() ? -1 : int(found - strip.tokens().begin());
    }
    static QAction* actionOf(QWidget& owner, const QString& text)
    {
        for (QMenu* menu : owner.findChildren<QMenu*>())
            for (QAction* action : menu->actions())
                if (action->text() == text) return action;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion"))); }

    void theKthImageTokenOfARunShowsPatchK()
    {
        QStringList words{"given"};
        for (int i = 0; i < 16; ++i) words << "<img>:image";
        words << "and";
        for (int i = 0; i < 32; ++i) words << "<img>:image";
        const auto tokens = tokensOf(words);
        QCOMPARE(patchOf(tokens, 0), -1);
        QCOMPARE(patchOf(tokens, 1), 0);
        QCOMPARE(patchOf(tokens, 16), 15);
        QCOMPARE(patchOf(tokens, 17), -1);
        QCOMPARE(patchOf(tokens, 18), 0);
        QCOMPARE(patchOf(tokens, 34), 0); // a second picture right after the first
        QCOMPARE(patchOf(tokens, 50), -1);
        QCOMPARE(patchOf(tokens, -1), -1);
    }
    void tilesWrapWhereTheLineEnds_data()
    {
        QTest::addColumn<double>("right");
        QTest::addColumn<QList<double>>("tops");
        QTest::newRow("all in one line") << 500.0 << QList<double>{5, 5, 5};
        QTest::newRow("two lines") << 200.0 << QList<double>{5, 5, 45};
        QTest::newRow("wider than the line") << 50.0 << QList<double>{5, 45, 85};
    }
    void tilesWrapWhereTheLineEnds()
    {
        QFETCH(double, right);
        QFETCH(QList<double>, tops);
        const auto places = wrapTiles({80, 90, 70}, 5, right, 6, 40);
        QList<double> found;
        for (const TilePlace& place : places) found << place.top;
        QCOMPARE(found, tops);
        for (const TilePlace& place : places) QVERIFY(place.left >= 5);
    }
    void aWordIsTakenOutOfTheTypedText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("tokens");
        QTest::addColumn<int>("token");
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("wanted"); // "-": nothing
        const QStringList two{"a", "red@b3:state", "red@b3:state", "b"};
        QTest::newRow("swapped") << "a red@b3 red@b3 b" << two << 1 << "blue@b3"
                                 << "a blue@b3 red@b3 b";
        QTest::newRow("the second of two") << "a red@b3  red@b3 b" << two << 2 << ""
                                           << "a red@b3  b";
        QTest::newRow("the first word") << "red@b3 b" << QStringList{"red@b3", "b"} << 0 << ""
                                        << "b";
        QTest::newRow("the last word") << "b red@b3" << QStringList{"b", "red@b3"} << 1 << ""
                                       << "b";
        QTest::newRow("part of a longer word") << "red@b33 red@b3" << QStringList{"red@b33", "red@b3"} << 1 << "x"
                                               << "red@b33 x";
        QTest::newRow("after a run of patches")
            << "<img> red@b3" << QStringList{"<img>:image", "<img>:image", "red@b3"} << 2 << ""
            << "<img>";
        QTest::newRow("not in the text") << "b" << QStringList{"red@b3"} << 0 << ""
                                         << "-";
        QTest::newRow("no such token") << "b" << QStringList{"b"} << 1 << ""
                                       << "-";
    }
    void aWordIsTakenOutOfTheTypedText()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, tokens);
        QFETCH(int, token);
        QFETCH(QString, word);
        QFETCH(QString, wanted);
        const auto changed = withWordOf(text.toStdString(), tokensOf(tokens), token, word.toStdString());
        QCOMPARE(changed ? QString::fromStdString(*changed) : QStringLiteral("-"), wanted);
    }
    void aWordThatIsWrittenOtherwiseIsFoundByItsPlace()
    {
        auto tokens = tokensOf({"gr\u00fcn", "obj_1:object", "b"});
        tokens[1].begin = 5; // code points
        tokens[1].end = 13;
        QCOMPARE(withWordOf("gr\u00fcn <obj_1>! b", tokens, 1, "x").value_or(""), std::string("gr\u00fcn x b"));
        QCOMPARE(withWordOf("gr\u00fcn <obj_1>! b", tokens, 1, "").value_or(""), std::string("gr\u00fcn b"));
        QVERIFY(!withWordOf("gr\u00fcn", tokens, 1, "x")); // another text
    }
    void onlyColoursOnCellsAreStates()
    {
        QCOMPARE(stateCells().size(), std::size_t(16));
        QCOMPARE(stateCells().back(), std::string("d4"));
        QVERIFY(stateWordOf("red@b3"));
        QCOMPARE(stateWordOf("yellow@d4")->cell, std::string("d4"));
        for (const char* word : {"yellow@d4", "red^b3"}) QCOMPARE(stateWordOf(word)->text(), std::string(word));
        QVERIFY(stateWordOf("red^b3")->upper && !stateWordOf("red@b3")->upper);
        for (const char* word : {"red", "red@e1", "pink@a1", "red@", "@a1", "red@a1@a2", "red^@a1"})
            QVERIFY(!stateWordOf(word));
    }

    void aModelOfWordsSaysSo()
    {
        FakeStage stage;
        auto* view = new TilesView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 420, 300);
        QCOMPARE(view->intro(),
                 QStringLiteral("Every token of this sentence is a word: there are no tiles to tell apart."));
        QVERIFY(stage.open("infini"));
        QCOMPARE(view->intro(),
                 QStringLiteral("Every token of this sentence is a word: there are no tiles to tell apart."));
        QVERIFY(!view->strip()->isVisible());
        photograph(dock, "tiles-none");
        QVERIFY(stage.open("tiles"));
        QCOMPARE(view->intro(), QString());
        QVERIFY(view->strip()->isVisible());
    }
    void allTilesHaveOneHeightAndFitTheWidth_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("a narrow dock") << 420;
        QTest::newRow("a wide one") << 1100;
    }
    void allTilesHaveOneHeightAndFitTheWidth()
    {
        QFETCH(int, width);
        FakeStage stage;
        auto* view = new TilesView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, width, width < 500 ? 900 : 420);
        QVERIFY(stage.open("tiles"));
        TextRequest wish;
        wish.text =
            QStringLiteral("given <img> with red@b3 green@a1 blue@c2 and <obj> then yellow@d4 Q : is red left of "
                           "green and below blue ? what is right of the yellow block in the picture ? how to "
                           "grasp green ? A : move red . grab green . done");
        stage.model.wishes()->change([&](RunRequest& r) { r.text = wish; });
        TilesStrip& strip = *view->strip();
        QTRY_VERIFY(strip.tokens().size() >= 60 && stage.model.link()->isSettled());
        stage.selection.tokens()->setToken(int(strip.tokens().size()) - 1);
        QTRY_VERIFY(strip.strongest() >= 0 && stage.model.link()->isSettled());
        QCoreApplication::processEvents();
        for (int i = 0; i < int(strip.tokens().size()); ++i) {
            const QRectF tile = strip.tileRect(i);
            QCOMPARE(tile.height(), strip.tileRect(0).height());
            QVERIFY2(strip.rect().contains(tile.toAlignedRect()), qPrintable(QString::number(i)));
            QVERIFY(strip.barRect(i).bottom() <= strip.height());
            for (int j = 0; j < i; ++j) QVERIFY(!tile.intersects(strip.tileRect(j)));
        }
        QVERIFY(view->minimumSizeHint().width() <= 400);
        everyPartHasAName(*view);
        photograph(dock, width < 500 ? "tiles-420" : "tiles-1100");
    }
    void barsAreAsTallAsWhatTheQueryLooksAt()
    {
        FakeStage stage;
        auto* view = new TilesView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 700, 600);
        QVERIFY(stage.open("tiles"));
        stage.selection.heads()->setLayer(1);
        stage.selection.tokens()->setToken(20);
        TilesStrip& strip = *view->strip();
        QTRY_VERIFY(stage.model.link()->isSettled() && strip.strongest() >= 0);
        const std::vector<float> row = stage.model.rows()->current();
        const auto best = std::ranges::max_element(row) - row.begin();
        QCOMPARE(strip.strongest(), int(best));
        const double full = strip.barRect(int(best)).height();
        for (int i = 0; i < int(row.size()); ++i)
            QVERIFY(std::abs(strip.barRect(i).height() / full - double(row[std::size_t(i)] / row[std::size_t(best)])) <
                    1e-4);
        QVERIFY(strip.barRect(int(row.size())).isEmpty());
    }
    void injectedTilesTellTheirNearestWords()
    {
        FakeStage stage;
        auto* view = new TilesView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 420, 800);
        QVERIFY(stage.open("tiles"));
        TilesStrip& strip = *view->strip();
        const int state = placeOf(strip, "red@b3");
        QCOMPARE(strip.near(state),
                 QStringLiteral("nearest words: red 0.61, b3 0.55, left 0.31 (they are usually not words)"));
        QCOMPARE(strip.near(placeOf(strip, "given")), QString());
        QTest::mouseMove(&strip, strip.tileRect(state).center().toPoint());
        QTRY_VERIFY(view->caption().contains("b3 0.55"));
        QVERIFY(view->caption().contains("state"));
        QTest::mouseMove(&strip, QPoint(1, 1));
        QTRY_VERIFY(!view->caption().contains("b3 0.55")); // the query again
        strip.setFocus();
        stage.selection.tokens()->setToken(state);
        QTRY_VERIFY(view->caption().contains("b3 0.55"));
        QVERIFY(strip.accessibleDescription().contains("b3 0.55"));
    }
    void patchesOfThePictureLieInTheirTiles()
    {
        FakeStage stage;
        auto* view = new TilesView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 1100, 400);
        QVERIFY(stage.open("tiles"));
        TilesStrip& strip = *view->strip();
        const int first = placeOf(strip, "<img>");
        const QImage picture = strip.grab().toImage();
        for (int k = 0; k < 16; ++k) { // every patch of the fake's picture has a grey of its own
            const QRectF tile = strip.tileRect(first + k);
            QCOMPARE(qGray(picture.pixel((tile.center() + QPointF(8, 8)).toPoint())), 20 + 12 * k);
        }
    }
    void arrowsMoveTheQueryAndClicksPinIt()
    {
        FakeStage stage;
        auto* view = new TilesView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 420, 800);
        QVERIFY(stage.open("tiles"));
        TilesStrip& strip = *view->strip();
        stage.selection.tokens()->setToken(0);
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(stage.selection.tokens()->query().token, 1);
        QTest::keyClick(&strip, Qt::Key_Down);
        const int below = stage.selection.tokens()->query().token;
        QVERIFY(strip.tileRect(below).top() > strip.tileRect(1).top());
        QTest::keyClick(&strip, Qt::Key_Up);
        QCOMPARE(strip.tileRect(stage.selection.tokens()->query().token).top(), strip.tileRect(1).top());
        QTest::keyClick(&strip, Qt::Key_End);
        QCOMPARE(stage.selection.tokens()->query().token, int(strip.tokens().size()) - 1);
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(stage.selection.tokens()->query().token, int(strip.tokens().size()) - 1);
        QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.tileRect(5).center().toPoint());
        QCOMPARE(stage.selection.tokens()->query().token, 5);
        QVERIFY(stage.selection.tokens()->isPinned());
    }
    void deleteTakesAStateOutAndLeavesWordsAlone()
    {
        FakeStage stage;
        auto* view = new TilesView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 700, 500);
        QVERIFY(stage.open("tiles"));
        TilesStrip& strip = *view->strip();
        const QString before = textOf(stage);
        for (const char* word : {"given", "<img>"}) {
            stage.selection.tokens()->setToken(placeOf(strip, word));
            QTRY_VERIFY(stage.model.link()->isSettled());
            QTest::keyClick(&strip, Qt::Key_Delete);
            QVERIFY(stage.model.link()->isSettled()); // nothing was asked
        }
        stage.selection.tokens()->setToken(placeOf(strip, "green@a1"));
        QTRY_VERIFY(stage.model.link()->isSettled());
        QTest::keyClick(&strip, Qt::Key_Delete);
        QTRY_COMPARE(textOf(stage), QString(before).remove(QStringLiteral("green@a1 ")));
        QTRY_VERIFY(stage.model.link()->isSettled());
        stage.selection.tokens()->setToken(placeOf(strip, "<obj>"));
        QTRY_VERIFY(stage.model.link()->isSettled());
        QTest::keyClick(&strip, Qt::Key_Delete);
        QTRY_VERIFY(!textOf(stage).contains("<obj>"));
        QVERIFY(textOf(stage).contains("<img> with red@b3 blue@c2 and Q"));
    }
    void theMenuOfAStateSwapsItForAnother()
    {
        FakeStage stage;
        auto* view = new TilesView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 700, 500);
        QVERIFY(stage.open("tiles"));
        TilesStrip& strip = *view->strip();
        stage.selection.tokens()->setToken(placeOf(strip, "given"));
        QTest::keyClick(&strip, Qt::Key_Return);
        QVERIFY(strip.findChildren<QMenu*>().isEmpty());
        stage.selection.tokens()->setToken(placeOf(strip, "red@b3"));
        QTRY_VERIFY(stage.model.link()->isSettled());
        QTest::keyClick(&strip, Qt::Key_Return);
        for (const char* one : {"red", "green", "blue", "yellow", "a1", "d4"})
            QVERIFY2(actionOf(strip, QString::fromLatin1(one)) != nullptr, one);
        QVERIFY(actionOf(strip, QStringLiteral("b3"))->isChecked());
        QTRY_VERIFY(stage.model.link()->isSettled()); // a choice is taken of tokens that stay
        actionOf(strip, QStringLiteral("d4"))->trigger();
        QTRY_VERIFY(textOf(stage).contains("<img> with red@d4 green@a1"));
        for (QMenu* menu : strip.findChildren<QMenu*>()) menu->close();
        QTRY_VERIFY(strip.findChildren<QMenu*>().isEmpty() && stage.model.link()->isSettled());
        stage.selection.tokens()->setToken(placeOf(strip, "red@d4"));
        QTest::keyClick(&strip, Qt::Key_Return);
        QTRY_VERIFY(stage.model.link()->isSettled());
        actionOf(strip, QStringLiteral("yellow"))->trigger();
        QTRY_VERIFY(textOf(stage).contains("<img> with yellow@d4 green@a1"));
        QTRY_VERIFY(stage.model.link()->isSettled());
        actionOf(strip, QStringLiteral("on another block"))->trigger();
        QTRY_VERIFY(textOf(stage).contains("red^d4"));
    }
};

QTEST_MAIN(TestTilesView)
#include "tst_tiles_view.moc"
