// SPDX-License-Identifier: GPL-3.0-or-later
// Which pattern a head is called by.
#include "core/base/head_patterns.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <set>

using namespace headlens;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

} // namespace

class TestHeadPatterns : public QObject {
    Q_OBJECT

    // Scores in the order of the table: previous token, induction, duplicate, sink, local, vertical, diffuse.
    static QString named(const QList<double>& scores)
    {
        const int pattern = patternOf(std::span(scores.data(), std::size_t(scores.size())));
        return pattern < 0 ? QString() : QString::fromLatin1(headPatterns()[std::size_t(pattern)].id);
    }

private Q_SLOTS:
    void theHighestScoreAboveItsThresholdNamesAHead_data()
    {
        QTest::addColumn<QList<double>>("scores");
        QTest::addColumn<QString>("pattern");
        QTest::newRow("none") << QList<double>{0, 0, 0, 0, 0, 0, 0} << "";
        QTest::newRow("below all") << QList<double>{0.49, 0.29, 0.29, 0.49, 0.39, 0.39, 0.89} << "";
        QTest::newRow("highest") << QList<double>{0, 0.4, 0.6, 0, 0, 0, 0} << "duplicate";
        QTest::newRow("the highest is below its own") << QList<double>{0, 0.4, 0, 0.45, 0, 0, 0.8} << "induction";
        QTest::newRow("previous token is local") << QList<double>{0.6, 0, 0, 0, 0.9, 0, 0} << "previous-token";
        QTest::newRow("local without it") << QList<double>{0.4, 0, 0, 0, 0.9, 0, 0} << "local";
        QTest::newRow("sink is vertical") << QList<double>{kNone, kNone, kNone, 0.6, 0, 0.8, 0} << "sink";
        QTest::newRow("vertical without one") << QList<double>{kNone, kNone, kNone, kNone, 0, 0.8, 0} << "vertical";
        QTest::newRow("no number at all") << QList<double>{kNone, kNone, kNone, kNone, kNone, kNone, kNone} << "";
        QTest::newRow("none of them there") << QList<double>{} << "";
    }
    void theHighestScoreAboveItsThresholdNamesAHead()
    {
        QFETCH(QList<double>, scores);
        QFETCH(QString, pattern);
        QCOMPARE(named(scores), pattern);
    }
    void scoresAreBeyondChance()
    {
        std::array<double, kHeadNumbers> numbers{}, chance{};
        numbers[std::size_t(HeadNumber::Previous)] = 0.75;
        chance[std::size_t(HeadNumber::Previous)] = 0.5;
        numbers[std::size_t(HeadNumber::Sink)] = 1;
        chance[std::size_t(HeadNumber::Sink)] = 1; // there is only one token
        numbers[std::size_t(HeadNumber::Normalised)] = 0.95;
        chance[std::size_t(HeadNumber::Normalised)] = 1;
        const auto scores = patternScores(numbers, chance);
        QCOMPARE(scores[std::size_t(headPatternFrom("previous-token"))], 0.5);
        QVERIFY(std::isnan(scores[std::size_t(headPatternFrom("sink"))]));
        QCOMPARE(scores[std::size_t(headPatternFrom("diffuse"))], 0.95);
    }
    void everyRowHasANameOfItsOwn()
    {
        std::set<std::string> names;
        for (std::size_t i = 0; i < kHeadNumbers; ++i) {
            names.insert(infoOf(HeadNumber(i)).id);
            QCOMPARE(headNumberFrom(infoOf(HeadNumber(i)).id), int(i));
        }
        QCOMPARE(names.size(), kHeadNumbers);
        for (std::size_t i = 0; i < kHeadPatterns; ++i) QCOMPARE(headPatternFrom(headPatterns()[i].id), int(i));
        QCOMPARE(headNumberFrom("none"), -1);
        QCOMPARE(headPatternFrom(""), -1);
    }
};

QTEST_APPLESS_MAIN(TestHeadPatterns)
#include "tst_head_patterns.moc"
