// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/play_layers.h"
#include "widgets/viewmodel/selection.h"

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
        Selection selection;
        selection.setExtent(QList<int>(3, 2), 10);
        selection.setLayer(0);
        PlayLayers playing(&selection, nullptr, kQuick);
        QList<int> shown;
        connect(&selection, &Selection::mapChanged, &playing, [&] { shown << selection.layer(); });
        playing.set(true);
        QTRY_VERIFY(shown.size() >= 4);
        QCOMPARE(shown.first(4), (QList<int>{1, 2, 0, 1}));
    }
    void nothingMovesBeforeItIsAskedForNorAfterItIsStopped()
    {
        Selection selection;
        selection.setExtent(QList<int>(3, 2), 10);
        selection.setLayer(0);
        PlayLayers playing(&selection, nullptr, kQuick);
        const auto* timer = playing.findChild<QTimer*>();
        QVERIFY(!timer->isActive());
        QVERIFY(!playing.action()->isChecked());
        playing.set(true);
        QVERIFY(playing.action()->isChecked());
        QTRY_VERIFY(selection.layer() != 0);
        playing.set(false);
        QVERIFY(!playing.action()->isChecked());
        QVERIFY(!timer->isActive());
    }
    void itsKeyStartsAndStopsIt()
    {
        Selection selection;
        selection.setExtent(QList<int>(2, 2), 10);
        selection.setLayer(0);
        PlayLayers playing(&selection, nullptr, kQuick);
        playing.action()->trigger();
        QTRY_COMPARE(selection.layer(), 1);
        playing.action()->trigger();
        QVERIFY(!playing.action()->isChecked());
        QCOMPARE(playing.action()->shortcut(), QKeySequence(Qt::Key_Space));
    }
};

QTEST_MAIN(TestPlayLayers)
#include "tst_play_layers.moc"
