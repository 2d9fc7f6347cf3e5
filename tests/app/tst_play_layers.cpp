// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/play_layers.h"
#include "widgets/viewmodel/head_choice.h"

#include <QAction>
#include <QTest>
#include <QTimer>

using namespace headlens;

class TestPlayLayers : public QObject {
    Q_OBJECT
    static constexpr std::chrono::milliseconds kQuick{1};

private Q_SLOTS:
    void everyLayerIsShownInTurnAndTheFirstOneAfterTheLast()
    {
        HeadChoice heads;
        heads.fit(QList<int>(3, 2));
        heads.setLayer(0);
        PlayLayers playing(&heads, nullptr, kQuick);
        QList<int> shown;
        connect(&heads, &HeadChoice::changed, &playing, [&] { shown << heads.layer(); });
        playing.set(true);
        QTRY_VERIFY(shown.size() >= 4);
        QCOMPARE(shown.first(4), (QList<int>{1, 2, 0, 1}));
    }
    void nothingMovesBeforeItIsAskedForNorAfterItIsStopped()
    {
        HeadChoice heads;
        heads.fit(QList<int>(3, 2));
        heads.setLayer(0);
        PlayLayers playing(&heads, nullptr, kQuick);
        const auto* timer = playing.findChild<QTimer*>();
        QVERIFY(!timer->isActive());
        QVERIFY(!playing.action()->isChecked());
        playing.set(true);
        QVERIFY(playing.action()->isChecked());
        QTRY_VERIFY(heads.layer() != 0);
        playing.set(false);
        QVERIFY(!playing.action()->isChecked());
        QVERIFY(!timer->isActive());
    }
    void itsKeyStartsAndStopsIt()
    {
        HeadChoice heads;
        heads.fit(QList<int>(2, 2));
        heads.setLayer(0);
        PlayLayers playing(&heads, nullptr, kQuick);
        playing.action()->trigger();
        QTRY_COMPARE(heads.layer(), 1);
        playing.action()->trigger();
        QVERIFY(!playing.action()->isChecked());
        QCOMPARE(playing.action()->shortcut(), QKeySequence(Qt::Key_Space));
    }
};

QTEST_MAIN(TestPlayLayers)
#include "tst_play_layers.moc"
