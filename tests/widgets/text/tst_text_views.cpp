// SPDX-License-Identifier: GPL-3.0-or-later
// The views of texts as far as they need no engine: which lines are drawn, the sums of a pair, empty windows.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/text/bias_curves.h"
#include "widgets/text/lines_view.h"
#include "widgets/text/pair_view.h"
#include "widgets/text/positions_view.h"
#include "widgets/text/text_pane.h"

#include <QHelpEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

#include <limits>
#include <numeric>

using namespace headlens;

class TestTextViews : public QObject {
    Q_OBJECT

    static double massOf(const std::vector<Line>& lines, int query)
    {
        double mass = 0;
        for (const Line& line : lines)
            if (line.query == query) mass += double(line.weight);
        return mass;
    }
    template <class View>
    static void paintsWithoutAnInput(View& view)
    {
        QSignalSpy painted(&view, &View::painted);
        view.resize(view.sizeHint().expandedTo({300, 300}));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QVERIFY(!view.grab().isNull());
        QVERIFY(painted.count() > 0);
        QVERIFY(!view.accessibleName().isEmpty());
        QEvent language(QEvent::LanguageChange), palette(QEvent::PaletteChange);
        QCoreApplication::sendEvent(&view, &language);
        QCoreApplication::sendEvent(&view, &palette);
        QVERIFY(!view.grab().isNull());
    }

private Q_SLOTS:
    void wordsOutsideTheVocabularyAreNamedOnceAndTheFirstOnly()
    {
        verbs::InputInfo input;
        verbs::Stream& stream = input.streams.emplace_back();
        stream.text = "ein grünes Ding, zwei grünes";
        stream.pair = "Maß";
        const auto add = [&](int begin, int end, const char* kind, bool inPair = false) {
            stream.tokens.push_back({1, "[UNK]", begin, end, 0, false, inPair, kind, {}});
        };
        add(0, 3, "");
        add(4, 10, "unknown");
        add(22, 28, "unknown"); // the same again
        add(0, 3, "unknown", true);
        QCOMPARE(unknownWords(input), QStringList({"grünes", "Maß"}));
        add(90, 99, "unknown"); // an engine that counts wrongly
        add(11, 5, "unknown");
        QCOMPARE(unknownWords(input), QStringList({"grünes", "Maß"}));
        for (int i = 11; i < 16; ++i) add(i, i + 1, "unknown");
        QCOMPARE(unknownWords(input).size(), 7); // six and an ellipsis
        QCOMPARE(unknownWords(input).back(), QString("…"));
    }
    void everyQueryKeepsTheFewestKeysThatHoldTheShare()
    {
        const std::vector<float> map{0.05F, 0.5F, 0.4F, 0.05F, 0.97F, 0.01F, 0.01F, 0.01F};
        const std::vector<Line> lines = visibleLines(map, 2, 4, 0.88, 12);
        QCOMPARE(lines.size(), std::size_t(3));
        QVERIFY(massOf(lines, 0) >= 0.88);
        QCOMPARE(lines.back().query, 1); // the strongest is painted last
        QCOMPARE(lines.back().key, 0);
        QCOMPARE(lines.front().key, 2);
        QCOMPARE(lines.front().weight, 0.4F);
    }
    void linesRunFromWeakToStrong()
    {
        std::vector<float> map(20 * 20);
        for (std::size_t i = 0; i < map.size(); ++i) map[i] = float(i * 7919 % 101) / 101;
        const std::vector<Line> lines = visibleLines(map, 20, 20, 0.9, 12);
        QVERIFY(std::ranges::is_sorted(lines, {}, &Line::weight));
        QVERIFY(!lines.empty());
    }
    void noQueryHasMoreLinesThanAllowed()
    {
        const int tokens = 512;
        const std::vector<float> even(std::size_t(tokens * tokens), 1.0F / tokens);
        const std::vector<Line> lines = visibleLines(even, tokens, tokens, 0.9, 12);
        QCOMPARE(lines.size(), std::size_t(12 * tokens));
    }
    void aShareOfAFilteredRowCountsWhatIsLeft()
    {
        const std::vector<Line> lines = visibleLines({0, 0, 0.03F, 0.01F}, 1, 4, 0.7, 12);
        QCOMPARE(lines.size(), std::size_t(1));
        QCOMPARE(lines[0].key, 2);
    }
    void emptyMapsHaveNoLines()
    {
        QVERIFY(visibleLines({}, 0, 0, 0.9, 12).empty());
        QVERIFY(visibleLines({}, 3, 3, 0.9, 12).empty()); // smaller than it says
        QVERIFY(visibleLines({1, 1}, -1, -2, 0.9, 12).empty());
        QVERIFY(visibleLines({0, 0, 0, 0}, 2, 2, 0.9, 12).empty());
        QVERIFY(visibleLines({1, 1}, 1, 2, 0.9, 0).empty());
    }
    void whatIsNoNumberGetsNoLine()
    {
        constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
        constexpr float kEndless = std::numeric_limits<float>::infinity();
        const std::vector<Line> lines = visibleLines({kNaN, 0.5F, kEndless, 0.5F, kNaN, kNaN, kNaN, -1}, 2, 4, 1, 12);
        QCOMPARE(lines.size(), std::size_t(2));
        for (const Line& line : lines) QCOMPARE(line.weight, 0.5F);
    }
    void theSumsOfAPairNameEveryPart()
    {
        verbs::Pair pair;
        pair.dot = 12;
        pair.scale = 0.125;
        pair.bias = -0.25;
        pair.score = 1.25;
        pair.highest = 2.5;
        pair.sum = 4;
        pair.weight = 0.07163;
        const QString text = PairView::arithmetic(pair);
        QVERIFY2(text.contains("12 × scale 0.125 + bias -0.25 = 1.25"), qPrintable(text));
        QVERIFY2(text.contains("exp(1.25 − highest 2.5) / sum 4 = weight 0.07163 (7.163 %)"), qPrintable(text));
        QVERIFY(!text.contains("mask"));
    }
    void aBoundOfTheScoresStandsBesideTheScale()
    {
        verbs::Pair pair;
        pair.dot = 12;
        pair.scale = 0.5;
        pair.cap = 4;
        pair.score = 3.62;
        const QString text = PairView::arithmetic(pair);
        QVERIFY2(text.contains("12 × scale 0.5, bounded by 4, + bias 0 = 3.62"), qPrintable(text));
    }
    void aForbiddenPairSaysSo()
    {
        verbs::Pair pair;
        pair.mask = -1e9;
        pair.masked = true;
        QVERIFY(PairView::arithmetic(pair).contains("mask (forbidden)"));
        pair.masked = false;
        pair.mask = -2;
        QVERIFY(PairView::arithmetic(pair).contains("+ mask -2"));
    }
    void everyKindOfPositionsHasASentenceOfItsOwn()
    {
        QStringList sentences;
        for (const char* kind : {"", "learnt", "sinusoidal", "relative", "rotary"}) {
            verbs::Positions tables;
            tables.kind = kind;
            sentences << PositionsView::sentence(tables);
        }
        QCOMPARE(sentences.removeDuplicates(), 0);
        QVERIFY(!sentences.contains(QString()));
    }
    void theViewsPaintWithoutAnInput()
    {
        EngineClient engine({QStringLiteral("/does/not/exist")}); // never started
        Selection selection;
        InspectionModel model(&engine, &selection);
        DisplaySettings display;
        LinesView lines(&model, &selection, &display);
        PairView pair(&model, &selection);
        PositionsView positions(&model, &selection, &display);
        paintsWithoutAnInput(lines);
        paintsWithoutAnInput(pair);
        paintsWithoutAnInput(positions);
        selection.setExtent({4, 4}, QList<int>{9, 5});
        selection.tokens()->pin({1, 3});
        selection.heads()->setLayer(1);
        QVERIFY(!lines.grab().isNull());
        QVERIFY(lines.lines().empty());
    }
    void biasesOfDistancesAreCurves()
    {
        test::FakeStage stage;
        DisplaySettings display;
        PositionsView view(&stage.model, &stage.selection, &display);
        view.resize(420, 360);
        view.show();
        QVERIFY(stage.open("plain"));
        QTRY_VERIFY(!view.tables().bias.values.empty());
        auto* curves = view.findChild<BiasCurves*>();
        QTRY_VERIFY(curves->isVisible() && curves->height() > 200);
        QVERIFY(view.rect().contains(curves->geometry()));
        test::photograph(view, "positions");
        const QPoint middle = curves->geometry().center();
        QHelpEvent help(QEvent::ToolTip, middle, view.mapToGlobal(middle));
        QCoreApplication::sendEvent(&view, &help);
        QVERIFY2(QToolTip::text().startsWith("Head 0, distance "), qPrintable(QToolTip::text()));
        const QImage narrow = curves->grab().toImage();
        stage.selection.heads()->setHead(2);
        QVERIFY(curves->grab().toImage() != narrow); // the chosen head is drawn wide
    }
};

QTEST_MAIN(TestTextViews)
#include "tst_text_views.moc"
