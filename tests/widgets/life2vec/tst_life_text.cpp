// SPDX-License-Identifier: GPL-3.0-or-later
// A life as a text: its months, events and hidden words, and where its cards and waves lie.
#include "widgets/life2vec/life_lanes.h"
#include "widgets/life2vec/life_state.h"
#include "widgets/life2vec/life_text.h"

#include <QTest>

#include <cmath>

using namespace headlens;

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

class TestLifeText : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
        QVERIFY(!state.take({"alpha", {{3}, {1, 2, 3}}}));
        QVERIFY(!state.take({"wave.age", {{2, 3}, std::vector<float>(6)}}));
        QVERIFY(!state.take({"wave.age", {{2, 2}, std::vector<float>(3)}}));
        QVERIFY(!state.take({"life.age", {{2, 1}, {1, 2}}}));
        QVERIFY(!state.take({"life.hat", {{1}, {1}}}));
        QVERIFY(!state.take({"alpha", {}}));
        QVERIFY(state.take({"wave.age", {{3, 2}, {0.1F, 1, 0.2F, 2, 9, 9}}}));
        QCOMPARE(state.age.size(), std::size_t(2)); // without the linear part
        QVERIFY(state.take({"life.age", {{2}, {0, 17.5F}}}));
        QCOMPARE(state.ageOf(1).value_or(-1), 17.5);
        QVERIFY(!state.ageOf(2));
    }
};

QTEST_APPLESS_MAIN(TestLifeText)
#include "tst_life_text.moc"
