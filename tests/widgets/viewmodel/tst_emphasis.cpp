// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/emphasis.h"

#include <QSignalSpy>
#include <QTest>

using namespace headlens;

class TestEmphasis : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutOneAllCountAlike()
    {
        const Emphasis emphasis;
        QVERIFY(!emphasis.isOn());
        QVERIFY(emphasis.includes(3, 7));
    }
    void aHeadOrAWholeLayerStepsForward()
    {
        Emphasis emphasis;
        emphasis.set({{0, 2}, {3, -1}});
        QVERIFY(emphasis.isOn());
        QVERIFY(emphasis.includes(0, 2) && emphasis.includes(3, 0) && emphasis.includes(3, 7));
        QVERIFY(!emphasis.includes(0, 1) && !emphasis.includes(1, 2));
    }
    void theSameAgainIsNotAnnounced()
    {
        Emphasis emphasis;
        QSignalSpy changed(&emphasis, &Emphasis::changed);
        emphasis.set({});
        emphasis.set({{0, 2}});
        emphasis.set({{0, 2}});
        emphasis.set({});
        QCOMPARE(changed.count(), 2);
    }
};

QTEST_GUILESS_MAIN(TestEmphasis)
#include "tst_emphasis.moc"
