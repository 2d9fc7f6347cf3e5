// SPDX-License-Identifier: GPL-3.0-or-later
// A life on a time axis: its arithmetic, and the view over a fake engine.
// With HEADLENS_SHOTS=folder the view is written there as a picture, in light and dark.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/life/chance_bars.h"
#include "widgets/life/life_lanes.h"
#include "widgets/life/life_line.h"
#include "widgets/life/life_state.h"
#include "widgets/life/life_text.h"
#include "widgets/life/life_view.h"
#include "widgets/life/wave_plot.h"
#include "widgets/text/text_pane.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

namespace {

constexpr const char* kMask = "[MASK]";
constexpr const char* kShort = "<cls> 1961-03 born north farm <sep> 1979-09 job clerk p2 <sep> 1984-05 ill back p3";

LifeText lifeOf(const std::string& text)
{
    LifeText life;
    life.setText(text, kMask);
    return life;
}

} // namespace

class TestLifeView : public QObject {
    Q_OBJECT

    // Opens the fake's life, its view in a dock, and waits until all of it has answered.
    static bool open(FakeStage& stage, LifeView* view, QScrollArea& dock, int width = 900, int height = 900)
    {
        show(view, dock, width, height);
        if (!stage.open("life")) return false;
        return QTest::qWaitFor([&] { return stage.model.isSettled() && view->state().alpha.size() == 2; }, 10'000);
    }
    static QString textOf(FakeStage& stage) { return QString::fromStdString(stage.model.input().streams[0].text); }
    static int eventOf(const LifeView& view, const std::string& month)
    {
        const auto& events = view.life().events();
        const auto found = std::ranges::find(events, *monthOf(month), &LifeEvent::month);
        return found == events.end() ? -1 : int(found - events.begin());
    }
    // Rests until the engine has answered everything about the text as it is edited.
    static bool rests(FakeStage& stage, const LifeView& view)
    {
        return QTest::qWaitFor(
            [&] { return stage.model.isSettled() && textOf(stage).toStdString() == view.life().text(); }, 10'000);
    }

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion"))); }

    void onlyMonthsAreMonths_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<int>("month"); // -1: none
        QTest::newRow("a month") << "1984-05" << 1984 * 12 + 4;
        QTest::newRow("the first one") << "0000-01" << 0;
        QTest::newRow("no such month") << "1984-13" << -1;
        QTest::newRow("month 0") << "1984-00" << -1;
        QTest::newRow("a word") << "nurse" << -1;
        QTest::newRow("a day") << "1984-05-01" << -1;
        QTest::newRow("a negative year") << "-984-05" << -1;
        QTest::newRow("nothing") << "" << -1;
    }
    void onlyMonthsAreMonths()
    {
        QFETCH(QString, word);
        QFETCH(int, month);
        const auto found = monthOf(word.toStdString());
        QCOMPARE(found.value_or(-1), month);
        if (found) QCOMPARE(QString::fromStdString(monthWord(*found)), word);
    }
    void theYearOfAMonthCountsItsMonths()
    {
        QCOMPARE(QString::number(yearOf(*monthOf("1984-05")), 'f', 3), QStringLiteral("1984.333"));
    }
    void eventsAreFoundInTheirWords()
    {
        const auto events =
            eventsOf(wordsOf("<cls> 1961-03 born north farm <sep> job clerk <sep> <sep> 1984-05 x <sep>"));
        QCOMPARE(events.size(), std::size_t(3));
        QCOMPARE(events[0].first, 1);
        QCOMPARE(events[0].words, (std::vector<std::string>{"born", "north", "farm"}));
        QVERIFY(!events[1].dated);
        QCOMPARE(events[1].month, events[0].month); // as the one before
        QCOMPARE(events[1].first, 6);
        QCOMPARE(events[2].place(0), 11);
        QCOMPARE(placeOf(events, 1), (LifePlace{0, -1}));
        QCOMPARE(placeOf(events, 4), (LifePlace{0, 2}));
        QCOMPARE(placeOf(events, 5).event, -1); // <sep>
        QCOMPARE(placeOf(events, 6), (LifePlace{1, 0}));
        QCOMPARE(placeOf(events, 0).event, -1); // <cls>
        QVERIFY(eventsOf({}).empty());
        QVERIFY(eventsOf({"<cls>", "<sep>"}).empty());
    }
    void aTextThatIsNotEditedStaysAsItIs()
    {
        for (const char* text : {kShort, "1961-03 a b c <sep> 1962-04 d e f <sep>", "<cls> 1961-03 a", ""})
            QCOMPARE(QString::fromStdString(lifeOf(text).text()), QString::fromLatin1(text));
    }
    void aMovedEventKeepsTheOrderOfMonths_data()
    {
        QTest::addColumn<int>("event");
        QTest::addColumn<QString>("month");
        QTest::addColumn<int>("now");
        QTest::addColumn<QString>("text");
        QTest::newRow("a month on")
            << 1 << "1979-10" << 1
            << "<cls> 1961-03 born north farm <sep> 1979-10 job clerk p2 <sep> 1984-05 ill back p3";
        QTest::newRow("past the next")
            << 1 << "1990-01" << 2
            << "<cls> 1961-03 born north farm <sep> 1984-05 ill back p3 <sep> 1990-01 job clerk p2";
        QTest::newRow("past the one before")
            << 2 << "1970-12" << 1
            << "<cls> 1961-03 born north farm <sep> 1970-12 ill back p3 <sep> 1979-09 job clerk p2";
        QTest::newRow("not before birth")
            << 2 << "1950-01" << 1
            << "<cls> 1961-03 born north farm <sep> 1961-03 ill back p3 <sep> 1979-09 job clerk p2";
        QTest::newRow("no older than 110")
            << 1 << "2200-01" << 2
            << "<cls> 1961-03 born north farm <sep> 1984-05 ill back p3 <sep> 2071-03 job clerk p2";
        QTest::newRow("birth not after what follows")
            << 0 << "1999-01" << 0
            << "<cls> 1979-09 born north farm <sep> 1979-09 job clerk p2 <sep> 1984-05 ill back p3";
        QTest::newRow("no such event") << 7 << "1999-01" << 7 << kShort;
    }
    void aMovedEventKeepsTheOrderOfMonths()
    {
        QFETCH(int, event);
        QFETCH(QString, month);
        QFETCH(int, now);
        QFETCH(QString, text);
        LifeText life = lifeOf(kShort);
        QCOMPARE(life.move(event, *monthOf(month.toStdString())), now);
        QCOMPARE(QString::fromStdString(life.text()), text);
        const auto again = eventsOf(wordsOf(life.text())); // places are those of the new text
        for (std::size_t i = 0; i < again.size(); ++i) QCOMPARE(life.events()[i].first, again[i].first);
    }
    void swappedEventsKeepTheirDates()
    {
        LifeText life = lifeOf(kShort);
        QVERIFY(!life.swapWithNext(0)); // the background stays
        QVERIFY(!life.swapWithNext(2));
        QVERIFY(life.swapWithNext(1));
        QCOMPARE(QString::fromStdString(life.text()),
                 QStringLiteral("<cls> 1961-03 born north farm <sep> 1979-09 ill back p3 <sep> 1984-05 job clerk p2"));
        QVERIFY(life.swapWithNext(1));
        QCOMPARE(life.text(), std::string(kShort));
    }
    void aHiddenWordIsRememberedWhereverItsEventGoes()
    {
        LifeText life = lifeOf(kShort);
        QVERIFY(!life.hide({1, -1})); // months stay
        QVERIFY(!life.hide({1, 3}));
        QVERIFY(life.hide({1, 1}));
        QVERIFY(!life.hide({1, 1}));
        QVERIFY(life.isHidden({1, 1}));
        QCOMPARE(life.move(1, *monthOf("1990-01")), 2);
        QVERIFY(life.swapWithNext(1));    // and back
        life.setText(life.text(), kMask); // as the engine read it
        QVERIFY(life.show({1, 1}, "a guess"));
        QCOMPARE(QString::fromStdString(life.text()),
                 QStringLiteral("<cls> 1961-03 born north farm <sep> 1984-05 job clerk p2 <sep> 1990-01 ill back p3"));
        life.setText("<cls> 1961-03 born [MASK] farm", kMask);
        QVERIFY(!life.show({0, 1}, "")); // nobody knows
        QVERIFY(life.show({0, 1}, "south"));
        QCOMPARE(life.text(), std::string("<cls> 1961-03 born south farm"));
    }
    void eventsOfTwoTextsArePaired()
    {
        const LifeText before = lifeOf(kShort);
        LifeText now = before;
        now.move(1, *monthOf("1990-01")); // stands behind the other now
        QCOMPARE(matchEvents(now.events(), before.events()), (std::vector<int>{0, 2, 1}));
        QCOMPARE(matchEvents(now.events(), {}), (std::vector<int>{-1, -1, -1}));
        QCOMPARE(matchEvents(before.events(), before.events()), (std::vector<int>{0, 1, 2}));
    }
    void cardsOfOneLaneDoNotTouch()
    {
        QCOMPARE(lanesOf({{0, 10}, {12, 20}, {5, 15}, {14, 30}}, 2), (std::vector<int>{0, 0, 1, 2}));
        QCOMPARE(lanesOf({{20, 30}, {0, 10}}, 5), (std::vector<int>{0, 0})); // whatever their order
        QVERIFY(lanesOf({}, 5).empty());
        std::vector<CardSpan> cards;
        for (int i = 0; i < 40; ++i) cards.push_back({double(i * 37 % 211), double(i * 37 % 211 + 20 + i % 7)});
        const auto lanes = lanesOf(cards, 4);
        for (std::size_t i = 0; i < cards.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(lanes[i] != lanes[j] || cards[i].right + 4 <= cards[j].left ||
                        cards[j].right + 4 <= cards[i].left);
    }
    void aMonthOnTheAxisComesBack()
    {
        const LifeAxis axis = axisOf({*monthOf("1961-03"), *monthOf("2026-05")}, 10, 1500);
        QCOMPARE(axis.low, 1961 * 12);
        QCOMPARE(axis.high, 2032 * 12);
        for (int month = axis.low; month <= axis.high; month += 7) QCOMPARE(axis.monthAt(axis.at(month)), month);
        QCOMPARE(axis.monthAt(-500), axis.low);
        QCOMPARE(axis.monthAt(1e6), axis.high);
        QCOMPARE(yearsBetweenTicks(axis, 100), 5);
        QCOMPARE(yearsBetweenTicks(axis, 20), 1);
    }
    void wavesThatDifferMostAreShown()
    {
        const std::vector<TimeWave> waves{{0.1, 0}, {-0.11, 0}, {1, 0}, {0.5, 0}, {-0.52, 0}, {0, 0}};
        const auto shown = tellingWaves(waves, 3);
        QCOMPARE(shown.size(), std::size_t(3));
        QCOMPARE(shown[0].frequency, 0.0);
        QVERIFY(std::abs(shown[1].frequency) >= 0.5 && std::abs(shown[1].frequency) < 0.6);
        QCOMPARE(shown[2].frequency, 1.0);
        QCOMPARE(tellingWaves(waves, 10).size(), std::size_t(6));
        QVERIFY(tellingWaves({}, 4).empty());
        QCOMPARE(TimeWave({-0.5, 0}).period(), 4 * M_PI);
    }
    void onlyStatesThatFitAreTaken()
    {
        LifeState state;
        QVERIFY(!state.take({"alpha", {3}, {1, 2, 3}}));
        QVERIFY(!state.take({"wave.age", {2, 3}, std::vector<float>(6)}));
        QVERIFY(!state.take({"wave.age", {2, 2}, std::vector<float>(3)}));
        QVERIFY(!state.take({"life.age", {2, 1}, {1, 2}}));
        QVERIFY(!state.take({"life.hat", {1}, {1}}));
        QVERIFY(!state.take({"alpha", {}, {}}));
        QVERIFY(state.take({"wave.age", {3, 2}, {0.1F, 1, 0.2F, 2, 9, 9}}));
        QCOMPARE(state.age.size(), std::size_t(2)); // without the linear part
        QVERIFY(state.take({"life.age", {2}, {0, 17.5F}}));
        QCOMPARE(state.ageOf(1).value_or(-1), 17.5);
        QVERIFY(!state.ageOf(2));
    }

    void aModelOfOtherThingsReadsNoLives()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        show(view, dock, 420, 300);
        QCOMPARE(view->intro(), QStringLiteral("This model reads no lives."));
        QVERIFY(stage.open("infini"));
        QCOMPARE(view->intro(), QStringLiteral("This model reads no lives."));
        QVERIFY(!view->line()->isVisible());
        photograph(dock, "life-none");
        QVERIFY(stage.open("life"));
        QCOMPARE(view->intro(), QString());
        QVERIFY(view->line()->isVisible());
        const auto labels = view->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->isVisible() && label->text() == "These lives are made up by a program; they are nobody's.";
        }));
        QVERIFY(stage.open("routed"));
        QCOMPARE(view->intro(), QStringLiteral("This model reads no lives."));
    }
    void cardsLieInLanesAndFitTheWidth_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("a narrow dock") << 420;
        QTest::newRow("a wide one") << 1100;
    }
    void cardsLieInLanesAndFitTheWidth()
    {
        QFETCH(int, width);
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock, width, width < 500 ? 1150 : 640));
        stage.selection.setToken(view->life().events()[4].place(1));
        QTRY_VERIFY(stage.model.isSettled() && view->chosen() == (LifePlace{4, 1}));
        QCoreApplication::processEvents();
        LifeLine& line = *view->line();
        QCOMPARE(view->life().events().size(), std::size_t(12));
        for (int i = 0; i < 12; ++i) {
            QVERIFY2(line.rect().contains(line.cardRect(i).toAlignedRect()), qPrintable(QString::number(i)));
            for (int j = 0; j < i; ++j) QVERIFY(!line.cardRect(i).intersects(line.cardRect(j)));
            const bool off =
                line.cardRect(i).top() > line.axisHeight() || line.cardRect(i).bottom() < line.axisHeight();
            QVERIFY(off);
        }
        QCOMPARE(view->findChild<QScrollArea*>()->horizontalScrollBar()->maximum(), 0);
        everyPartHasAName(*view);
        photograph(dock, width < 500 ? "life-420" : "life-1100");
    }
    void theSelectionMarksAnEventAndTheGapHasItsGuess()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        stage.selection.setToken(0); // <cls>
        QTRY_COMPARE(view->chosen().event, -1);
        const int event = eventOf(*view, "1984-05");
        stage.selection.setToken(view->life().events()[std::size_t(event)].place(1));
        QCOMPARE(view->chosen(), (LifePlace{event, 1}));
        QCOMPARE(view->guesses()->lines().size(), std::size_t(5));
        const ShareLine best = view->guesses()->lines()[0];
        QVERIFY(view->guesses()->title().contains("1984-05"));
        QVERIFY(view->line()->sentence(event).contains("hidden (" + best.word + "? " +
                                                       QString::number(std::lround(100 * best.share)) + " %)"));
        QVERIFY(view->line()->sentence(event).contains("age 23.2"));
        QCOMPARE(view->line()->accessibleDescription(), view->line()->sentence(event));
        QCOMPARE(view->verdict()->lines()[0].word, QStringLiteral("as lived"));
        QCOMPARE(view->verdict()->lines()[0].share, 0.94);
    }
    void attentionOfAnEventIsTheMeanOverItsWords()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        stage.selection.setLayer(1);
        stage.selection.setToken(view->life().events()[2].place(0));
        QTRY_VERIFY(stage.model.isSettled() && !stage.model.currentRow().empty());
        const std::vector<float> row = stage.model.currentRow();
        const LifePicture& picture = view->line()->picture();
        for (std::size_t i = 0; i < picture.events.size(); ++i) {
            const auto first = std::size_t(picture.events[i].first);
            const float mean = (row[first] + row[first + 1] + row[first + 2] + row[first + 3]) / 4;
            QVERIFY(picture.attention[i] && std::abs(*picture.attention[i] - mean) < 1e-6F);
            QCOMPARE(view->line()->sentence(int(i)).contains("attention "), i != 2);
        }
    }
    void keysMoveTheChosenEventAndTheGuessesFollow()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        LifeLine& line = *view->line();
        int event = eventOf(*view, "1984-05");
        stage.selection.setToken(view->life().events()[std::size_t(event)].place(1));
        QTRY_VERIFY(stage.model.isSettled());
        QTest::keyClick(&line, Qt::Key_Right);
        QVERIFY(rests(stage, *view));
        QVERIFY(textOf(stage).contains("1984-06 job [MASK] p3"));
        QTest::keyClick(&line, Qt::Key_Left);
        QTest::keyClick(&line, Qt::Key_Left);
        QVERIFY(rests(stage, *view));
        QVERIFY(textOf(stage).contains("1984-04 job [MASK] p3"));
        QVERIFY(view->guesses()->lines()[0].word != "pension");
        for (int year = 0; year < 50; ++year) QTest::keyClick(&line, Qt::Key_PageDown);
        QVERIFY(rests(stage, *view));
        event = eventOf(*view, "2034-04");
        QCOMPARE(event, 11); // past all others
        QVERIFY(textOf(stage).endsWith("<sep> 2034-04 job [MASK] p3"));
        QCOMPARE(view->chosen(), (LifePlace{11, 1})); // and still the chosen one
        QCOMPARE(stage.selection.token(), view->life().events()[11].place(1));
        QTRY_COMPARE(view->guesses()->lines()[0].word, QStringLiteral("pension"));
        const double age = yearOf(*monthOf("2034-04") - *monthOf("1961-03"));
        QTRY_VERIFY(std::abs(view->ages()->marker().value_or(-1) - age) < 1e-3);
        QTest::keyClick(&line, Qt::Key_PageUp);
        QVERIFY(rests(stage, *view));
        QVERIFY(textOf(stage).endsWith("2033-04 job [MASK] p3"));
    }
    void keysChooseEventsAndWords()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        LifeLine& line = *view->line();
        stage.selection.setToken(0);
        QTRY_VERIFY(stage.model.isSettled());
        const QString before = textOf(stage);
        QTest::keyClick(&line, Qt::Key_Right); // nothing is chosen
        QTest::keyClick(&line, Qt::Key_Delete);
        QTest::keyClick(&line, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(view->chosen(), (LifePlace{0, -1}));
        QTest::keyClick(&line, Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(&line, Qt::Key_Down);
        QTest::keyClick(&line, Qt::Key_Down);
        QCOMPARE(view->chosen(), (LifePlace{1, 1}));
        for (int i = 0; i < 5; ++i) QTest::keyClick(&line, Qt::Key_Up);
        QCOMPARE(view->chosen(), (LifePlace{1, -1}));
        QTest::keyClick(&line, Qt::Key_Up, Qt::ControlModifier);
        QCOMPARE(view->chosen(), (LifePlace{0, -1}));
        QTRY_VERIFY(stage.model.isSettled());
        QCOMPARE(stage.selection.token(), 1);
        QCOMPARE(textOf(stage), before);
    }
    void aDraggedCardTakesItsMonthAlong()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock, 1100));
        LifeLine& line = *view->line();
        const int event = eventOf(*view, "1992-11");
        const QPoint from = line.wordRect({event, 1}).center().toPoint();
        const LifeAxis axis = line.axis();
        const int wanted = *monthOf("2010-05"); // past three others
        const int by = int(std::lround(axis.at(wanted) - axis.at(*monthOf("1992-11"))));
        const double height = line.cardRect(event).top();
        QTest::mousePress(&line, Qt::LeftButton, {}, from);
        QCOMPARE(view->chosen(), (LifePlace{event, 1}));
        for (int step = 1; step <= 20; ++step) QTest::mouseMove(&line, from + QPoint(by * step / 20, 3));
        QTRY_VERIFY(line.isDragging());
        QTRY_VERIFY(view->chosen().event == event + 2);
        QCOMPARE(line.cardRect(view->chosen().event).top(), height); // stays in its lane meanwhile
        QCOMPARE(line.axis().low, axis.low);
        photograph(dock, "life-dragging");
        QTest::mouseRelease(&line, Qt::LeftButton, {}, from + QPoint(by, 3));
        QVERIFY(!line.isDragging());
        QVERIFY(rests(stage, *view));
        const LifeEvent& moved = view->life().events()[std::size_t(event) + 2];
        QCOMPARE(moved.words, (std::vector<std::string>{"job", "nurse", "p4"}));
        QVERIFY(std::abs(moved.month - wanted) <= 1); // to the pixel
        QCOMPARE(stage.selection.token(), moved.place(1));
    }
    void aClickMovesNothing()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock, 1100));
        const QString before = textOf(stage);
        const QPoint at = view->line()->wordRect({6, 2}).center().toPoint();
        QTest::mousePress(view->line(), Qt::LeftButton, {}, at);
        QTest::mouseMove(view->line(), at + QPoint(2, 0));
        QTest::mouseRelease(view->line(), Qt::LeftButton, {}, at + QPoint(2, 0));
        QTRY_VERIFY(stage.model.isSettled());
        QCOMPARE(textOf(stage), before);
        QCOMPARE(stage.selection.token(), view->life().events()[6].place(2));
    }
    void deleteHidesAWordAndBringsItBack()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        const QString before = textOf(stage);
        const int event = eventOf(*view, "1992-11");
        auto* hide = view->findChildren<QPushButton*>()[0];
        stage.selection.setToken(view->life().events()[std::size_t(event)].place(-1));
        QTRY_VERIFY(stage.model.isSettled());
        QVERIFY(!hide->isEnabled()); // a month
        stage.selection.setToken(view->life().events()[std::size_t(event)].place(1));
        QTRY_VERIFY(stage.model.isSettled());
        QCOMPARE(hide->text(), QStringLiteral("Hide this word"));
        QTest::keyClick(view->line(), Qt::Key_Delete);
        QVERIFY(rests(stage, *view));
        QCOMPARE(textOf(stage), QString(before).replace("job nurse p4", "job [MASK] p4"));
        QCOMPARE(hide->text(), QStringLiteral("Show this word"));
        QTRY_VERIFY(view->guesses()->title().contains("1992-11"));
        hide->click();
        QVERIFY(rests(stage, *view));
        QCOMPARE(textOf(stage), before);
        stage.selection.setToken(view->life().events()[4].place(1)); // hidden from the start: nobody knows the word
        QTRY_VERIFY(stage.model.isSettled());
        QCOMPARE(hide->text(), QStringLiteral("Write the best guess"));
        const QString best = view->guesses()->lines()[0].word;
        hide->click();
        QVERIFY(rests(stage, *view));
        QVERIFY(textOf(stage).contains("1984-05 job " + best + " p3"));
    }
    void theMenuOfAWordHidesIt()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        const QPoint at = view->line()->wordRect({8, 1}).center().toPoint();
        QContextMenuEvent asked(QContextMenuEvent::Mouse, at, view->line()->mapToGlobal(at));
        QCoreApplication::sendEvent(view->line(), &asked);
        QCOMPARE(view->chosen(), (LifePlace{8, 1}));
        auto* menu = view->line()->findChild<QMenu*>();
        QVERIFY(menu != nullptr && menu->actions().size() == 2);
        menu->actions()[0]->trigger();
        menu->close();
        QVERIFY(rests(stage, *view));
        QVERIFY(textOf(stage).contains("1992-11 job [MASK] p4"));
    }
    void swappingEventsChangesTheVerdict()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        auto* swap = view->findChildren<QPushButton*>()[1];
        stage.selection.setToken(view->life().events()[0].place(0));
        QTRY_VERIFY(stage.model.isSettled());
        QVERIFY(!swap->isEnabled()); // the background
        stage.selection.setToken(view->life().events()[2].place(0));
        QTRY_VERIFY(stage.model.isSettled());
        QVERIFY(view->verdict()->lines()[0].share > 0.9);
        swap->click();
        QVERIFY(rests(stage, *view));
        QVERIFY(textOf(stage).contains("1977-06 job clerk p2 <sep> 1979-09 school done p1"));
        QCOMPARE(view->chosen(), (LifePlace{3, 0})); // follows its content
        QTRY_VERIFY(view->verdict()->lines()[0].share < 0.1);
        QCOMPARE(view->verdict()->lines()[0].word, QStringLiteral("as lived")); // the order of the bars stays
        QCOMPARE(view->verdict()->lines()[2].word, QStringLiteral("shuffled"));
        QTest::keyClick(view->line(), Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(rests(stage, *view));
        QTRY_VERIFY(view->verdict()->lines()[0].share > 0.9);
    }
    void wavesAndTheirStrengthAreShown()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        stage.selection.setToken(view->life().events()[4].place(0));
        QTRY_COMPARE(view->dates()->marker().value_or(0), yearOf(*monthOf("1984-05")));
        QVERIFY(std::abs(view->ages()->marker().value_or(0) - 23.1667) < 1e-3);
        QCOMPARE(view->ages()->waves().size(), std::size_t(4));
        QCOMPARE(view->ages()->low(), 0.0);
        QCOMPARE(view->ages()->high(), 100.0);
        QCOMPARE(view->dates()->low(), 1951.0);
        QCOMPARE(view->dates()->high(), 2036.0);
        const TimeWave wave{0.5, 0.25};
        QVERIFY(std::abs(view->ages()->valueAt(wave, 10) - std::cos(5.25)) < 1e-12);
        QVERIFY(std::abs(view->dates()->valueAt(wave, 10) - std::sin(5.25)) < 1e-12);
        const auto labels = view->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->text() == "Age is added with strength 0.42. Date is not added at all.";
        }));
        stage.selection.setToken(0);
        QTRY_VERIFY(!view->ages()->marker());
    }
    void theTypedTextFollowsTheDraggedEvent()
    {
        FakeStage stage;
        DisplaySettings display;
        TextPane pane(&stage.model, &stage.selection, &display);
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        stage.selection.setToken(view->life().events()[4].place(1));
        QTRY_VERIFY(stage.model.isSettled());
        auto* edit = pane.findChildren<QPlainTextEdit*>()[0];
        QVERIFY(edit->toPlainText().contains("1984-05 job"));
        QTest::keyClick(view->line(), Qt::Key_PageDown);
        QTRY_VERIFY(edit->toPlainText().contains("1985-05 job"));
        QVERIFY(!edit->document()->isModified());
    }
};

QTEST_MAIN(TestLifeView)
#include "tst_life_view.moc"
