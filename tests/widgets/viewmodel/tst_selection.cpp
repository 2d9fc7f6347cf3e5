// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/selection.h"

#include <QSignalSpy>
#include <QTest>

using namespace headlens;

class TestSelection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hoveringMovesTheQuery()
    {
        Selection s;
        s.setExtent(QList<int>(2, 3), 10);
        QSignalSpy moved(&s, &Selection::tokenChanged);
        s.hover(4);
        QCOMPARE(s.token(), 4);
        QCOMPARE(moved.count(), 1);
        s.hover(-1); // leaving keeps it
        QCOMPARE(s.token(), 4);
        QCOMPARE(moved.count(), 1);
    }
    void aPinHoldsTheQueryAndHoveringReadsTheOther()
    {
        Selection s;
        s.setExtent(QList<int>(2, 3), 10);
        s.pin(4);
        s.hover(7);
        QCOMPARE(s.token(), 4);
        QCOMPARE(s.otherToken(), 7);
        s.pin(4); // again lets go
        QVERIFY(!s.isPinned());
        s.hover(7);
        QCOMPARE(s.token(), 7);
    }
    void headsAreOverlaidAndTheLastStays()
    {
        Selection s;
        s.setExtent(QList<int>(1, 4), 5);
        s.setHead(1);
        s.toggleHead(0, 3);
        QCOMPARE(s.heads(), (QList<int>{1, 3}));
        s.toggleHead(0, 1);
        s.toggleHead(0, 3);
        QCOMPARE(s.heads(), QList<int>{3});
        s.setHead(0);
        QCOMPARE(s.heads(), QList<int>{0});
    }
    void headsOfOtherLayersAreOverlaidToo()
    {
        Selection s;
        s.setExtent({4, 4, 2}, 5);
        s.setLayer(1);
        s.setHead(3);
        s.toggleHead(0, 2);
        QCOMPARE(s.layer(), 1);
        QCOMPARE(s.overlaid(), (QList<HeadPlace>{{1, 3}, {0, 2}}));
        QCOMPARE(s.heads(), QList<int>{3});
        s.setLayer(2); // has no head 3; the other layer's head stays where it is
        QCOMPARE(s.overlaid(), (QList<HeadPlace>{{2, 0}, {0, 2}}));
        s.toggleHead(2, 0); // the chosen one goes: the next one is chosen
        QCOMPARE(s.layer(), 0);
        QCOMPARE(s.head(), 2);
        s.toggleHead(5, 0);
        QCOMPARE(s.overlaid(), (QList<HeadPlace>{{0, 2}}));
    }
    void choosingAHeadEndsAFusion()
    {
        Selection s;
        s.setExtent(QList<int>(1, 4), 5);
        s.setFusion(HeadFusion::Mean);
        s.setHead(2);
        QCOMPARE(s.fusion(), HeadFusion::Single);
    }
    void aSmallerModelPullsEverythingIn()
    {
        Selection s;
        s.setExtent(QList<int>(12, 12), 197);
        s.setLayer(11);
        s.setHead(11);
        s.pin(190);
        s.setExtent(QList<int>(6, 4), 145);
        QCOMPARE(s.layer(), 5);
        QCOMPARE(s.head(), 0);
        QCOMPARE(s.token(), 0);
        QVERIFY(!s.isPinned());
    }
    void theSameModelKeepsEverything()
    {
        Selection s;
        s.setExtent(QList<int>(12, 12), 197);
        s.setLayer(7);
        s.setHead(3);
        s.pin(100);
        s.setReverse(true);
        s.setExtent(QList<int>(12, 12), 197);
        QCOMPARE(s.layer(), 7);
        QCOMPARE(s.head(), 3);
        QCOMPARE(s.token(), 100);
        QVERIFY(s.isPinned() && s.reverse());
    }
    void valuesBeyondTheEndsArePulledIn()
    {
        Selection s;
        s.setExtent(QList<int>(2, 3), 10);
        s.setLayer(99);
        s.setHead(-5);
        s.setToken(1000);
        s.hover(1000);
        s.pin(-3);
        s.toggleHead(0, 77);
        QCOMPARE(s.layer(), 1);
        QCOMPARE(s.head(), 0);
        QCOMPARE(s.token(), 9);
        QVERIFY(!s.isPinned());
    }
    void headsThatALayerDoesNotHaveAreLeft()
    {
        Selection s;
        s.setExtent({3, 3, 12}, 10);
        s.setLayer(2);
        s.setHead(9);
        QCOMPARE(s.headCount(), 12);
        s.setLayer(0);
        QCOMPARE(s.headCount(), 3);
        QCOMPARE(s.heads(), QList<int>{0});
        s.overlayHeads({0, 2, 5});
        QCOMPARE(s.heads(), (QList<int>{0, 2}));
    }
    void anotherViewIsAnnouncedOnce()
    {
        Selection s;
        QSignalSpy changed(&s, &Selection::mapChanged);
        s.setMap(QStringLiteral("entropy"));
        s.setMap(QStringLiteral("entropy"));
        QCOMPARE(changed.count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSelection)
#include "tst_selection.moc"
