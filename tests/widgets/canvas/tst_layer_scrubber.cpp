// SPDX-License-Identifier: GPL-3.0-or-later
// The layers as bars: every one can be chosen by mouse, wheel and keys, towers stand apart, a screen reader hears a
// slider.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/canvas/layer_scrubber.h"

#include <QAccessible>
#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>
#include <QWheelEvent>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

class TestLayerScrubber : public QObject {
    Q_OBJECT

    static QPoint middleOf(const LayerBars& bars, int layer) { return bars.barRect(layer).center().toPoint(); }
    static void show(LayerBars& bars, int width = 300)
    {
        bars.resize(width, bars.sizeHint().height());
        bars.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bars));
    }
    static void turn(QWidget& widget, int eighths)
    {
        QWheelEvent event(QPointF(5, 5), widget.mapToGlobal(QPointF(5, 5)), {}, {0, eighths}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&widget, &event);
    }

private Q_SLOTS:
    void everyBarIsFoundWhereItIsDrawn_data()
    {
        QTest::addColumn<int>("layers");
        for (const int layers : {1, 2, 12, 48, 96}) QTest::addRow("%d layers in 300 pixels", layers) << layers;
    }
    void everyBarIsFoundWhereItIsDrawn()
    {
        QFETCH(int, layers);
        FakeStage stage;
        LayerBars bars(&stage.model, stage.selection.heads());
        stage.selection.setExtent(QList<int>(layers, 4), {1});
        show(bars);
        QCOMPARE(bars.maximum(), layers - 1);
        for (int layer = 0; layer < layers; ++layer) {
            QVERIFY(bars.barRect(layer).width() >= 2);
            QVERIFY(bars.rect().contains(bars.barRect(layer).toAlignedRect().adjusted(1, 0, -1, 0)));
            QCOMPARE(bars.layerAt(bars.barRect(layer).center().x()), layer);
            if (layer > 0) QVERIFY(bars.barRect(layer).left() >= bars.barRect(layer - 1).right() - 1e-6);
        }
        QCOMPARE(bars.layerAt(-50), 0);
        QCOMPARE(bars.layerAt(5000), layers - 1);
    }
    void clickDragWheelAndKeysChoose()
    {
        FakeStage stage;
        HeadChoice* heads = stage.selection.heads();
        LayerBars bars(&stage.model, heads);
        stage.selection.setExtent(QList<int>(12, 4), {1});
        show(bars);
        QTest::mouseClick(&bars, Qt::LeftButton, {}, middleOf(bars, 7));
        QCOMPARE(heads->layer(), 7);
        QTest::mousePress(&bars, Qt::LeftButton, {}, middleOf(bars, 7));
        QMouseEvent drag(QEvent::MouseMove, QPointF(middleOf(bars, 2)), bars.mapToGlobal(QPointF(middleOf(bars, 2))),
                         Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&bars, &drag);
        QCOMPARE(heads->layer(), 2);
        turn(bars, 120);
        QCOMPARE(heads->layer(), 3);
        turn(bars, -60); // half a notch is none
        QCOMPARE(heads->layer(), 3);
        turn(bars, -60);
        QCOMPARE(heads->layer(), 2);
        for (const auto& [key, layer] : {std::pair(Qt::Key_Right, 3), std::pair(Qt::Key_Left, 2),
                                         std::pair(Qt::Key_End, 11), std::pair(Qt::Key_Home, 0)}) {
            QTest::keyClick(&bars, key);
            QCOMPARE(heads->layer(), layer);
        }
        heads->setLayer(5); // chosen elsewhere
        QCOMPARE(bars.value(), 5);
    }
    void aScreenReaderHearsASlider()
    {
        FakeStage stage;
        LayerBars bars(&stage.model, stage.selection.heads());
        stage.selection.setExtent(QList<int>(12, 4), {1});
        QAccessibleInterface* heard = QAccessible::queryAccessibleInterface(&bars);
        QVERIFY(heard != nullptr && heard->valueInterface() != nullptr);
        QCOMPARE(heard->role(), QAccessible::Slider);
        QVERIFY(!heard->text(QAccessible::Name).isEmpty());
        QCOMPARE(heard->valueInterface()->maximumValue().toInt(), 11);
        heard->valueInterface()->setCurrentValue(4);
        QCOMPARE(stage.selection.heads()->layer(), 4);
        QCOMPARE(heard->valueInterface()->currentValue().toInt(), 4);
    }
    void barsShowTheChosenStatistic()
    {
        FakeStage stage;
        LayerBars bars(&stage.model, stage.selection.heads());
        QVERIFY(stage.open("routed")); // entropies 2.5, 1.25, 0.83, 0.63; the same share on the first token
        QSignalSpy changed(&bars, &LayerBars::statisticChanged);
        QVERIFY(std::abs(bars.heightOf(0) - 1) < 1e-5);
        QVERIFY(std::abs(bars.heightOf(1) - 0.5) < 1e-5);
        bars.setStatistic(HeadStatistic::FirstToken);
        QCOMPARE(changed.count(), 1);
        for (int layer = 0; layer < 4; ++layer) QVERIFY(std::abs(bars.heightOf(layer) - 1) < 1e-5);
        bars.setStatistic(HeadStatistic::Distance); // the made-up engine has none
        QVERIFY(std::isnan(bars.heightOf(0)));
        QVERIFY(bars.textOf(0).contains(QStringLiteral("2.50")));
        QVERIFY(!bars.textOf(0).contains(QStringLiteral("nan")));
        show(bars);
        QVERIFY(!bars.grab().isNull());
    }
    void theButtonSaysWhatTheBarsAreAndTheNumberWhichLayerOfWhich()
    {
        FakeStage stage;
        LayerScrubber scrubber(&stage.model, stage.selection.heads());
        stage.selection.setExtent(QList<int>(6, 4), {1});
        stage.selection.heads()->setLayer(5);
        const QToolButton* chooser = nullptr;
        for (const QToolButton* button : scrubber.findChildren<QToolButton*>())
            if (button->menu() != nullptr) chooser = button;
        QVERIFY(chooser != nullptr);
        QCOMPARE(chooser->text(), QString("Bars: entropy"));
        QVERIFY(chooser->accessibleName().contains("Mean entropy"));
        scrubber.bars()->setStatistic(HeadStatistic::Distance);
        QCOMPARE(chooser->text(), QString("Bars: distance"));
        QCOMPARE(scrubber.findChild<QLabel*>()->text(), QString("layer 5 of 0–5"));
    }
    void aShareOnClsIsOfferedOnlyWhereThereIsOne()
    {
        FakeStage stage;
        LayerBars bars(&stage.model, stage.selection.heads());
        QVERIFY(stage.open("routed"));
        const bool hasCls = !stage.model.model().prefixTokens.empty();
        QCOMPARE(bars.offers(HeadStatistic::FirstToken), hasCls);
        QMenu menu;
        bars.addStatistics(&menu);
        QCOMPARE(menu.actions().size(), hasCls ? 4 : 3);
        QCOMPARE(bars.textOf(0).contains("first token"), hasCls);
        QVERIFY(stage.open("infini")); // a text has a first token
        QVERIFY(bars.offers(HeadStatistic::FirstToken));
    }
    void theChosenBarIsInTheAccentColour()
    {
        FakeStage stage;
        LayerBars bars(&stage.model, stage.selection.heads());
        stage.selection.setExtent(QList<int>(4, 4), {1});
        show(bars);
        stage.selection.heads()->setLayer(2);
        const QImage shot = bars.grab().toImage();
        const auto colourAt = [&](int layer) { return shot.pixelColor(middleOf(bars, layer).x(), bars.height() - 12); };
        QCOMPARE(colourAt(2), bars.palette().color(QPalette::Highlight));
        QVERIFY(colourAt(1) != colourAt(2));
    }
    void playFollowsItsAction()
    {
        FakeStage stage;
        LayerScrubber scrubber(&stage.model, stage.selection.heads());
        scrubber.show();
        QVERIFY(!scrubber.playButton()->isVisible()); // nothing to play yet
        QAction play;
        play.setCheckable(true);
        scrubber.setPlayAction(&play);
        QVERIFY(scrubber.playButton()->isVisible());
        scrubber.playButton()->click();
        QVERIFY(play.isChecked());
        play.setChecked(false);
        QVERIFY(!scrubber.playButton()->isChecked());
        everyPartHasAName(scrubber);
    }
};

QTEST_MAIN(TestLayerScrubber)
#include "tst_layer_scrubber.moc"
