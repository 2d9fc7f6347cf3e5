// SPDX-License-Identifier: GPL-3.0-or-later
// What is found by which letters, and what comes first.
#include "widgets/palette/palette_index.h"

#include <QTest>

using namespace headlens;

class TestFuzzyMatch : public QObject {
    Q_OBJECT

    static std::optional<FuzzyMatch> matched(const QString& typed, const QString& name)
    {
        return fuzzyMatch(folded(typed).letters, folded(name));
    }
    static QString bold(const QString& name, const QList<int>& letters)
    {
        QString found;
        for (const int letter : letters) found += name[letter];
        return found;
    }
    static PaletteEntry named(const QString& name, const QString& group = {}, const QStringList& others = {})
    {
        PaletteEntry entry;
        entry.id = name;
        entry.name = name;
        entry.group = group;
        entry.others = others;
        return entry;
    }
    static QStringList namesOf(const QList<PaletteHit>& hits)
    {
        QStringList names;
        for (const PaletteHit& hit : hits) names << hit.entry.name;
        return names;
    }

private Q_SLOTS:
    void lettersAreFoundInTheirOrder_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("letters"); // those that fit; empty: it is not found
        QTest::newRow("a whole word") << "layer"
                                      << "Next layer"
                                      << "layer";
        QTest::newRow("beginnings of words") << "nl"
                                             << "Next layer"
                                             << "Nl";
        QTest::newRow("beginnings and runs") << "nxtlay"
                                             << "Next layer"
                                             << "Nxtlay";
        QTest::newRow("capitals") << "GRID"
                                  << "Head grid…"
                                  << "grid";
        QTest::newRow("humps") << "pm"
                               << "palettePopupMenu"
                               << "pM";
        QTest::newRow("a number behind letters") << "8"
                                                 << "int8"
                                                 << "8";
        QTest::newRow("accents of the name") << "resume"
                                             << "Résumé"
                                             << "Résumé";
        QTest::newRow("accents of what was typed") << "réset"
                                                   << "Reset layout"
                                                   << "Reset";
        QTest::newRow("wide letters") << "ｇｒｉｄ"
                                      << "Head grid"
                                      << "grid";
        QTest::newRow("wide name") << "grid"
                                   << "ＧＲＩＤ"
                                   << "ＧＲＩＤ";
        QTest::newRow("Chinese") << "下层"
                                 << "下一层"
                                 << "下层";
        QTest::newRow("behind a letter of two units") << "cat"
                                                      << "😀 cat"
                                                      << "cat";
        QTest::newRow("the better of two places") << "map"
                                                  << "Some apples: map"
                                                  << "map";
        QTest::newRow("another order") << "dirg"
                                       << "Head grid"
                                       << "";
        QTest::newRow("too long") << "gridd"
                                  << "grid"
                                  << "";
        QTest::newRow("scattered by chance") << "hold"
                                             << "the components fill a grid"
                                             << "";
        QTest::newRow("a run within a word") << "rid"
                                             << "Head grid"
                                             << "rid";
        QTest::newRow("a beginning within a word") << "head"
                                                   << "the arrows of DINO"
                                                   << "";
        QTest::newRow("scattered over a sentence") << "head"
                                                   << "who has what, asked long after it was said"
                                                   << "";
        QTest::newRow("a word of a sentence") << "asked"
                                              << "who has what, asked long after it was said"
                                              << "asked";
        QTest::newRow("one letter within a word") << "x"
                                                  << "Next"
                                                  << "";
        QTest::newRow("an empty name") << "a"
                                       << ""
                                       << "";
    }
    void lettersAreFoundInTheirOrder()
    {
        QFETCH(QString, typed);
        QFETCH(QString, name);
        QFETCH(QString, letters);
        const auto match = matched(typed, name);
        QCOMPARE(match.has_value(), !letters.isEmpty());
        if (match) QCOMPARE(bold(name, match->letters), letters);
    }

    void theBetterFitComesFirst_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("names"); // as they must come
        QTest::newRow("exact before longer") << "heads" << QStringList{"Heads", "Heads together"};
        QTest::newRow("begins before within") << "map" << QStringList{"Map of a token", "Current map"};
        QTest::newRow("words before runs") << "row" << QStringList{"Current row", "Narrow", "Arrows"};
        QTest::newRow("runs before scattered") << "next" << QStringList{"Next layer", "No extra text"};
        QTest::newRow("shorter before longer") << "zoom" << QStringList{"Zoom in", "Zoom into the picture"};
        QTest::newRow("words in any order") << "layer next" << QStringList{"Next layer"};
    }
    void theBetterFitComesFirst()
    {
        QFETCH(QString, typed);
        QFETCH(QStringList, names);
        QList<PaletteEntry> entries;
        for (const QString& name : names) entries.prepend(named(name)); // worst first
        QCOMPARE(namesOf(PaletteIndex(entries, {}).find(typed)), names);
    }

    void namesComeBeforeGroups()
    {
        const PaletteIndex index({named("Head grid…", "File › Export"), named("Export with the current map…", "Film")},
                                 {});
        QCOMPARE(namesOf(index.find("export")), QStringList({"Export with the current map…", "Head grid…"}));
        QCOMPARE(namesOf(index.find("export grid")), QStringList{"Head grid…"});
    }
    void anotherNameFindsAndIsShown()
    {
        const PaletteIndex index({named("下一层", "查看", {"Next layer"})}, {});
        const QList<PaletteHit> hits = index.find("layer");
        QCOMPARE(hits.size(), 1);
        QCOMPARE(hits[0].other, "Next layer");
        QCOMPARE(bold(hits[0].other, hits[0].otherLetters), "layer");
        QVERIFY(hits[0].letters.isEmpty());
        QVERIFY(index.find("下一")[0].other.isEmpty());
    }
    void withNothingTypedTheLastUsedComesFirst()
    {
        PaletteEntry token = named("CLS");
        token.onlyTyped = true;
        const QList<PaletteEntry> entries{named("a"), named("b"), named("c"), token};
        QCOMPARE(namesOf(PaletteIndex(entries, {}).find(" ")), QStringList({"a", "b", "c"}));
        QCOMPARE(namesOf(PaletteIndex(entries, {"c", "gone", "b"}).find("")), QStringList({"c", "b", "a"}));
        QCOMPARE(namesOf(PaletteIndex(entries, {"CLS"}).find("")), QStringList({"CLS", "a", "b", "c"}));
        QCOMPARE(namesOf(PaletteIndex(entries, {}).find("cls")), QStringList{"CLS"});
    }
    void ofTwoThatFitAlikeTheOneUsedBeforeComesFirst()
    {
        const QList<PaletteEntry> entries{named("Zoom in"), named("Zoom by")};
        QCOMPARE(namesOf(PaletteIndex(entries, {"Zoom by"}).find("zoom")), QStringList({"Zoom by", "Zoom in"}));
    }
    void whatCannotBeDoneComesAfterWhatCan()
    {
        PaletteEntry refused = named("relevance");
        refused.isEnabled = false;
        QCOMPARE(namesOf(PaletteIndex({refused, named("relevant tokens")}, {}).find("rele")),
                 QStringList({"relevant tokens", "relevance"}));
    }
    // A frame has 16 milliseconds; the bench says how long a letter takes among 2,000 entries.
    void typingAmongTwoThousandEntriesIsFast()
    {
        QList<PaletteEntry> entries;
        for (int i = 0; i < 2000; ++i)
            entries.append(named(QStringLiteral("Layer %1, head %2 of the encoder").arg(i / 40).arg(i % 40),
                                 "Look › Heads", {QStringLiteral("层 %1，头 %2").arg(i / 40).arg(i % 40)}));
        const PaletteIndex index(entries, {"Layer 3, head 4 of the encoder"});
        QCOMPARE(index.size(), 2000);
        QBENCHMARK
        {
            QCOMPARE(index.find("lay head 3").isEmpty(), false);
        }
    }
};

QTEST_APPLESS_MAIN(TestFuzzyMatch)
#include "tst_fuzzy_match.moc"
