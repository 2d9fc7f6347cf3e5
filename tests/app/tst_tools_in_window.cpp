// SPDX-License-Identifier: GPL-3.0-or-later
// The rows around the maps in the whole window: layers and heads are chosen below them, play is the one of the menu,
// and a text alone has the tools that mean something there.
#include "app/play_layers.h"
#include "tests/support/window_stage.h"
#include "widgets/canvas/canvas_tools.h"
#include "widgets/canvas/head_chips.h"
#include "widgets/canvas/layer_scrubber.h"
#include "widgets/viewmodel/head_statistics.h"

#include <QAction>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

class TestToolsInWindow : public QObject, private WindowStage {
    Q_OBJECT

    template <class Part>
    Part& part() const
    {
        return *m_window->findChild<Part*>();
    }
    QStringList shownTools() const
    {
        QStringList texts;
        for (const QToolButton* button : part<CanvasTools>().findChildren<QToolButton*>())
            if (button->isVisible()) texts << button->text();
        return texts;
    }

private Q_SLOTS:
    void initTestCase()
    {
        writeFiles();
        openWindow();
    }
    void cleanupTestCase() { closeWindow(); }

    void layersAndHeadsAreChosenBelowThePicture()
    {
        part<LayerBars>().setValue(1);
        QCOMPARE(selection().heads()->layer(), 1);
        QTest::mouseClick(part<HeadChips>().chip({HeadOption::Kind::One, 2}), Qt::LeftButton);
        QCOMPARE(selection().heads()->head(), 2);
    }
    void playIsTheOneOfTheMenu()
    {
        QAction* play = part<PlayLayers>().action();
        QTest::mouseClick(part<LayerScrubber>().playButton(), Qt::LeftButton);
        QVERIFY(play->isChecked());
        play->setChecked(false);
        QVERIFY(!part<LayerScrubber>().playButton()->isChecked());
    }
    void statisticsComeFromTheEngine()
    {
        waitForRows();
        const HeadStatistics* statistics = model().statistics();
        QTRY_VERIFY(statistics->isThere());
        const double most = std::log(17.0); // of a row over 17 tokens
        for (int layer = 0; layer < 2; ++layer)
            for (int head = 0; head < 4; ++head) {
                const double entropy = statistics->of(layer, head, HeadStatistic::Entropy);
                QVERIFY(entropy > 0 && entropy <= most + 1e-4);
                QVERIFY(statistics->of(layer, head, HeadStatistic::FirstToken) > 0);
                QVERIFY(statistics->of(layer, head, HeadStatistic::Distance) > 0);
            }
    }
    void aTextAloneHasWhatMeansSomethingThere()
    {
        QVERIFY(shownTools().contains(QStringLiteral("Heat")));
        m_window->openings()->openModel(QStringLiteral("story-gpt"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "story-gpt", 30'000);
        waitForRows();
        QVERIFY(!shownTools().contains(QStringLiteral("Heat")));
        QVERIFY(shownTools().contains(QStringLiteral("looks at")));
        QVERIFY(part<LayerBars>().isVisible() && part<HeadChips>().isVisible());
        QCOMPARE(part<LayerBars>().maximum(), int(model().input().blocks.size()) - 1);
    }
};

QTEST_MAIN(TestToolsInWindow)
#include "tst_tools_in_window.moc"
