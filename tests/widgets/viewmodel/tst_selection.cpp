// SPDX-License-Identifier: GPL-3.0-or-later
// What holds of the parts of a selection together; each has a test of its own beside this one.
#include "widgets/viewmodel/selection.h"

#include <QSignalSpy>
#include <QTest>

using namespace headlens;

class TestSelection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSmallerModelPullsEverythingIn()
    {
        Selection s;
        s.setExtent(QList<int>(12, 12), {197});
        s.heads()->setLayer(11);
        s.heads()->setHead(11);
        s.tokens()->pin({0, 190});
        s.setExtent(QList<int>(6, 4), {145});
        QCOMPARE(s.heads()->layer(), 5);
        QCOMPARE(s.heads()->head(), 0);
        QCOMPARE(s.tokens()->query().token, 0);
        QVERIFY(!s.tokens()->isPinned());
    }
    void theSameModelKeepsEverything()
    {
        Selection s;
        s.setExtent(QList<int>(12, 12), {197});
        s.heads()->setLayer(7);
        s.heads()->setHead(3);
        s.tokens()->pin({0, 100});
        s.tokens()->setReverse(true);
        s.setMap(QStringLiteral("entropy"));
        s.setExtent(QList<int>(12, 12), {197});
        QCOMPARE(s.heads()->layer(), 7);
        QCOMPARE(s.heads()->head(), 3);
        QCOMPARE(s.tokens()->query().token, 100);
        QVERIFY(s.tokens()->isPinned() && s.tokens()->reverse());
        QCOMPARE(s.map(), QStringLiteral("entropy"));
    }
    void whoHearsOfAnExtentFindsHeadsAndTokensThatFit()
    {
        Selection s;
        s.setExtent(QList<int>(12, 12), {197});
        s.heads()->setLayer(11);
        s.tokens()->setToken(190);
        QStringList said;
        const auto say = [&](const char* what) {
            said << QStringLiteral("%1 %2 %3").arg(what).arg(s.heads()->layer()).arg(s.tokens()->query().token);
        };
        connect(&s, &Selection::mapChanged, this, [&] { say("map"); });
        connect(s.tokens(), &TokenChoice::changed, this, [&] { say("query"); });
        connect(s.tokens(), &TokenChoice::otherChanged, this, [&] { say("other"); });
        connect(s.heads(), &HeadChoice::changed, this, [&] { say("heads"); });
        s.setExtent({4, 4}, {10});
        QCOMPARE(said, (QStringList{"map 1 0", "heads 1 0", "query 1 0", "other 1 0"}));
    }
    void anotherMapIsAnnouncedOnceAndSoAreOtherHeads()
    {
        Selection s;
        s.setExtent({4, 4}, {10});
        QVERIFY(s.showsRow());
        QSignalSpy changed(&s, &Selection::mapChanged);
        s.setMap(QStringLiteral("entropy"));
        s.setMap(QStringLiteral("entropy"));
        QVERIFY(!s.showsRow());
        QCOMPARE(changed.count(), 1);
        s.heads()->setHead(2);
        s.heads()->setFusion(HeadFusion::Mean);
        QCOMPARE(changed.count(), 3);
        s.tokens()->setToken(3);
        s.emphasis()->set({{0, 1}});
        QCOMPARE(changed.count(), 3);
    }
};

QTEST_GUILESS_MAIN(TestSelection)
#include "tst_selection.moc"
