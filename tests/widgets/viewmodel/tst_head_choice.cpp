// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/head_choice.h"

#include <QSignalSpy>
#include <QTest>

using namespace headlens;

class TestHeadChoice : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void headsAreOverlaidAndTheLastStays()
    {
        HeadChoice choice;
        choice.fit({4});
        choice.setHead(1);
        QVERIFY(!choice.overlaysHeads());
        choice.toggleHead(0, 3);
        QCOMPARE(choice.heads(), (QList<int>{1, 3}));
        QVERIFY(choice.overlaysHeads());
        choice.toggleHead(0, 1);
        choice.toggleHead(0, 3);
        QCOMPARE(choice.heads(), QList<int>{3});
        choice.setHead(0);
        QCOMPARE(choice.heads(), QList<int>{0});
    }
    void headsOfOtherLayersAreOverlaidToo()
    {
        HeadChoice choice;
        choice.fit({4, 4, 2});
        choice.setLayer(1);
        choice.setHead(3);
        choice.toggleHead(0, 2);
        QCOMPARE(choice.layer(), 1);
        QCOMPARE(choice.overlaid(), (QList<HeadPlace>{{1, 3}, {0, 2}}));
        QCOMPARE(choice.heads(), QList<int>{3});
        choice.setLayer(2); // has no head 3; the other layer's head stays where it is
        QCOMPARE(choice.overlaid(), (QList<HeadPlace>{{2, 0}, {0, 2}}));
        choice.toggleHead(2, 0); // the chosen one goes: the next one is chosen
        QCOMPARE(choice.layer(), 0);
        QCOMPARE(choice.head(), 2);
        choice.toggleHead(5, 0);
        QCOMPARE(choice.overlaid(), (QList<HeadPlace>{{0, 2}}));
    }
    void choosingAHeadEndsAFusion()
    {
        HeadChoice choice;
        choice.fit({4});
        choice.overlayHeads({1, 2});
        choice.setFusion(HeadFusion::Mean);
        QVERIFY(!choice.overlaysHeads()); // fused they are one
        choice.setHead(2);
        QCOMPARE(choice.fusion(), HeadFusion::Single);
    }
    void valuesBeyondTheEndsArePulledIn()
    {
        HeadChoice choice;
        choice.fit({3, 3});
        choice.setLayer(99);
        choice.setHead(-5);
        choice.toggleHead(0, 77);
        QCOMPARE(choice.layer(), 1);
        QCOMPARE(choice.head(), 0);
        choice.overlayHeads({});
        QCOMPARE(choice.overlaid(), (QList<HeadPlace>{{1, 0}}));
    }
    void headsThatALayerDoesNotHaveAreLeft()
    {
        HeadChoice choice;
        choice.fit({3, 3, 12});
        choice.setLayer(2);
        choice.setHead(9);
        QCOMPARE(choice.headCount(), 12);
        choice.setLayer(0);
        QCOMPARE(choice.headCount(), 3);
        QCOMPARE(choice.heads(), QList<int>{0});
        choice.overlayHeads({0, 2, 5});
        QCOMPARE(choice.heads(), (QList<int>{0, 2}));
    }
    void anotherModelKeepsWhatItHas()
    {
        HeadChoice choice;
        choice.fit(QList<int>(12, 12));
        choice.setLayer(7);
        choice.setHead(3);
        QSignalSpy changed(&choice, &HeadChoice::changed);
        choice.fit(QList<int>(12, 12));
        QCOMPARE(choice.layer(), 7);
        QCOMPARE(choice.head(), 3);
        choice.fit(QList<int>(6, 4));
        QCOMPARE(choice.layers(), 6);
        QCOMPARE(choice.layer(), 5);
        QCOMPARE(choice.head(), 3);
        choice.fit(QList<int>(6, 2));
        QCOMPARE(choice.head(), 0);
        choice.fit({}); // none is open
        QCOMPARE(choice.layers(), 1);
        QCOMPARE(changed.count(), 0); // whoever fits says so
    }
    void whatIsChosenAlreadyIsNotAnnounced()
    {
        HeadChoice choice;
        choice.fit({4, 4});
        QSignalSpy changed(&choice, &HeadChoice::changed);
        choice.setLayer(1);
        choice.setLayer(1);
        choice.setHead(2);
        choice.setHead(2);
        choice.setFusion(HeadFusion::Max);
        choice.setFusion(HeadFusion::Max);
        QCOMPARE(changed.count(), 3);
    }
};

QTEST_GUILESS_MAIN(TestHeadChoice)
#include "tst_head_choice.moc"
