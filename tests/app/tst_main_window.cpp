// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window against a real engine, offscreen: hover, pin, drop, kill, names for screen readers.
#include "app/openings.h"
#include "app/play_layers.h"
#include "app/start_screen.h"
#include "tests/support/window_stage.h"
#include "widgets/canvas/canvas.h"
#include "widgets/heads/head_grid.h"
#include "widgets/panels/filmstrip.h"
#include "widgets/panels/predictions_panel.h"
#include "widgets/start/start_page.h"
#include "widgets/swin/bias_view.h"
#include "widgets/swin/mask_view.h"
#include "widgets/swin/shift_view.h"
#include "widgets/swin/windows_panel.h"
#include "widgets/text/text_pane.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/components.h"
#include "widgets/viewmodel/film_player.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/views.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QDropEvent>
#include <QFile>
#include <QFileInfo>
#include <QListWidget>
#include <QMenuBar>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

#include <algorithm>
#include <csignal>

using namespace headlens;
using namespace headlens::test;

class TestMainWindow : public QObject, private WindowStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void theStartPageOpensAModelWithItsExampleASentenceAndAPicture()
    {
        m_window->start()->show();
        StartPage& start = *m_window->start()->page();
        QTRY_VERIFY(start.models().size() >= 5);
        const auto lineOf = [&start](const char* name) {
            for (QAbstractButton* line : start.models())
                if (line->accessibleName() == QLatin1String(name)) return line;
            return static_cast<QAbstractButton*>(nullptr);
        };
        QVERIFY(lineOf("number-words") != nullptr);
        lineOf("number-words")->click();
        QTRY_COMPARE_WITH_TIMEOUT(model().model().name, std::string("number-words"), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().input().streams.size() == 2, 30'000);
        QCOMPARE(model().request().text.text.toStdString(), model().model().text.example);
        QVERIFY(!start.isVisible());
        m_window->openings()->openModel(path("model")); // looks, and reads nothing
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().takesPictures, 30'000);
        m_window->start()->show();
        start.doors()[1]->click();
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().text.reads, 30'000);
        QTRY_VERIFY(m_window->textPane()->edit()->textCursor().hasSelection()); // ready to be typed over
        QVERIFY(m_window->message().contains(QString::number(model().model().text.vocabulary)));
    }
    void aHeldRunIsComparedUntilItIsReleased()
    {
        m_window->openings()->openModel(path("model"));
        drop({path("a.png")});
        waitForRows();
        QVERIFY(!model().comparison()->isOn());
        model().comparison()->hold();
        QTRY_VERIFY(model().comparison()->holds());
        QVERIFY2(!model().comparison()->isOn(), "the baseline itself is shown as it is");
        TextRequest wish = model().request().text;
        wish.ablated = {{0, 0}};
        model().wishes()->change([&](RunRequest& r) { r.text = wish; });
        const auto isLower = [](float value) { return value < 0; };
        QTRY_VERIFY_WITH_TIMEOUT(model().rows()->layers().size() > 1 && // a new run has none at first
                                     std::ranges::any_of(model().rows()->layers()[1].values, isLower),
                                 10'000);
        QVERIFY(displayFor(model(), *m_window->display()).difference);
        wish.ablated.clear();
        model().wishes()->change([&](RunRequest& r) { r.text = wish; });
        const auto isNothing = [](float value) { return value == 0; };
        QTRY_VERIFY_WITH_TIMEOUT(model().rows()->layers().size() > 1 &&
                                     std::ranges::all_of(model().rows()->layers()[1].values, isNothing),
                                 10'000);
        m_window->openings()->openModel(path("other")); // three layers and another token: nothing to compare
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().input().blocks.size() == 3, 30'000);
        QVERIFY(model().comparison()->holds() && !model().comparison()->isOn());
        QTRY_VERIFY(!model().rows()->of().difference);
        QVERIFY(!m_window->message().isEmpty());
        model().comparison()->release();
        QVERIFY(!model().comparison()->holds());
        QCOMPARE(m_window->message(), QString()); // of the held one
    }
    void aClickOnAClassShowsWhatItRestsOn()
    {
        m_window->openings()->openModel(path("model"));
        drop({path("a.png")});
        waitForRows();
        auto& predictions = *m_window->findChild<PredictionsPanel*>();
        QTest::mouseClick(&predictions, Qt::LeftButton, {}, predictions.lineRect(1).center().toPoint());
        QCOMPARE(selection().map(), QStringLiteral("chefer-generic"));
        QTRY_VERIFY_WITH_TIMEOUT(!model().map()->shown().streams.empty(), 10'000);
        QCOMPARE(model().map()->shown().target, model().input().outputs.get<verbs::Classes>().best[1].index);
        QCOMPARE(model().map()->shown().map.values.size(), std::size_t(16));
        m_window->openings()->openModel(
            QStringLiteral("glyph-depths")); // gradients do not follow tokens that are left out: nothing stale is left
        QTRY_VERIFY_WITH_TIMEOUT(
            model().link()->isSettled() && model().model().name == "glyph-depths" && model().hasInput(), 30'000);
        QVERIFY(!model().map()->explains());
        QVERIFY(model().map()->shown().streams.empty() && model().map()->shown().map.values.empty());
        QTest::mouseClick(&predictions, Qt::LeftButton, {}, predictions.lineRect(0).center().toPoint());
        QVERIFY(model().link()->isSettled()); // nothing is asked
    }
    void thePrecisionIsMeasuredOrRefusedWithAWord_data()
    {
        QTest::addColumn<QString>("precision");
        for (const char* name : {"bfloat16", "int8"}) QTest::newRow(name) << QString(name);
    }
    void thePrecisionIsMeasuredOrRefusedWithAWord()
    {
        QFETCH(QString, precision);
        m_window->openings()->openModel(path("model"));
        drop({path("a.png")});
        waitForRows();
        const bool supported = std::ranges::count(m_engine->hello().precisions, precision.toStdString()) > 0;
        const QString expected = supported ? precision : QStringLiteral("float32");
        model().loader()->setPrecision(precision);
        waitForRows();
        QTRY_COMPARE(model().model().precision, expected.toStdString());
        QCOMPARE(QString::fromStdString(model().model().precision), expected);
        if (!supported) return;
        QVERIFY(model().model().largestDifference > 0 && model().model().largestDifference < 0.1);
        QVERIFY(model().model().meanDifference < model().model().largestDifference);
        model().loader()->setPrecision(QStringLiteral("float16")); // of GPUs
        QTRY_COMPARE(model().model().precision, std::string("float32"));
    }
    void weightsMayStayAsTheyAreStored()
    {
        m_window->openings()->openModel(path("model"));
        drop({path("a.png")});
        waitForRows();
        model().loader()->setPrecision(QStringLiteral("stored"));
        waitForRows();
        QTRY_COMPARE(model().model().precision, std::string("stored"));
        QCOMPARE(model().model().largestDifference, 0.0); // nothing is rounded
    }
    void hoveringAPatchMakesItTheQueryAndBringsItsRows()
    {
        const int token = model().run().layout.tokenAt(2, 3);
        QSignalSpy rows(model().rows(), &LiveRows::changed);
        hover(m_window->canvas(), m_window->canvas()->rectOf(token).center());
        QCOMPARE(selection().tokens()->query().token, token);
        QVERIFY(rows.wait(5000));
        const std::vector<float> row = model().rows()->current();
        QVERIFY(std::abs(std::accumulate(row.begin(), row.end(), 0.0) - 1) < 1e-5);
    }
    void aClickPinsAndTheClsChipIsATokenLikeAnyOther()
    {
        QTest::mouseClick(m_window->canvas(), Qt::LeftButton, {}, m_window->canvas()->rectOf(0).center().toPoint());
        QVERIFY(selection().tokens()->isPinned());
        QCOMPARE(selection().tokens()->query().token, 0);
        hover(m_window->canvas(), m_window->canvas()->rectOf(5).center());
        QCOMPARE(selection().tokens()->query().token, 0);
        QCOMPARE(selection().tokens()->other().token, 5);
    }
    void keysMoveQueryLayerAndHead()
    {
        selection().tokens()->setToken(model().run().layout.tokenAt(1, 1));
        QTest::keyClick(m_window->canvas(), Qt::Key_Right);
        QCOMPARE(selection().tokens()->query().token, model().run().layout.tokenAt(2, 1));
        QTest::keyClick(m_window->canvas(), Qt::Key_Down);
        QCOMPARE(selection().tokens()->query().token, model().run().layout.tokenAt(2, 2));
        QTest::keyClick(m_window.get(), Qt::Key_BracketRight);
        QCOMPARE(selection().heads()->layer(), 1);
        QTest::keyClick(m_window.get(), Qt::Key_Period);
        QCOMPARE(selection().heads()->head(), 1);
        QTest::keyClick(m_window.get(), Qt::Key_Comma);
        QCOMPARE(selection().heads()->head(), 0);
    }
    void playingGoesThroughTheLayers()
    {
        const int before = selection().heads()->layer();
        m_window->findChild<PlayLayers*>()->set(true);
        QTRY_VERIFY_WITH_TIMEOUT(selection().heads()->layer() != before, 5000);
        m_window->findChild<PlayLayers*>()->set(false);
    }
    void theHeadGridChoosesAndOverlays()
    {
        HeadGrid* grid = m_window->findChild<HeadGrid*>();
        QTest::mouseClick(grid, Qt::LeftButton, {}, grid->cellRect(1, 2).center().toPoint());
        QCOMPARE(selection().heads()->layer(), 1);
        QCOMPARE(selection().heads()->head(), 2);
        QTest::mouseClick(grid, Qt::LeftButton, Qt::ControlModifier, grid->cellRect(1, 3).center().toPoint());
        QCOMPARE(selection().heads()->heads(), (QList<int>{2, 3}));
    }
    void droppingAPictureInspectsIt()
    {
        QSignalSpy input(&model(), &InspectionModel::inputChanged);
        drop({path("b.png")});
        QVERIFY(input.wait(10'000));
        QCOMPARE(model().input().originalHeight, 60);
    }
    void droppingAModelKeepsThePicture()
    {
        drop({path("other")});
        QTRY_COMPARE_WITH_TIMEOUT(model().run().layout.prefix.size(), 2, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(model().input().tokens, 18, 20'000);
        QVERIFY(QString::fromStdString(model().input().name).endsWith("a.png"));
    }
    void hoveringWhileAModelIsOpenedSaysNothingWrong()
    {
        drop({path("other")});
        for (int i = 0; i < 40; ++i) {
            hover(m_window->canvas(), m_window->canvas()->rectOf(1 + i % 15).center());
            QTest::qWait(1);
        }
        QTRY_COMPARE_WITH_TIMEOUT(model().input().tokens, 18, 20'000);
        waitForRows();
        QCOMPARE(m_window->message(), QString());
    }
    void aBadPictureAmongGoodOnesCostsTheGoodOnesNothing()
    {
        drop({path("bad.png"), path("b.png")});
        QTRY_COMPARE_WITH_TIMEOUT(model().input().originalHeight, 60, 10'000);
        const auto* strip = m_window->findChild<Filmstrip*>();
        QVERIFY(strip->currentItem() != nullptr);
        QVERIFY(strip->currentItem()->toolTip().endsWith("b.png"));
    }
    void badThingsAreSaidAndNothingChanges_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("a picture that is none") << "bad.png";
        QTest::newRow("a model that lies") << "damaged";
        QTest::newRow("something absent") << "absent.safetensors";
    }
    void badThingsAreSaidAndNothingChanges()
    {
        QFETCH(QString, name);
        selection().heads()->setLayer(1);
        const auto before = model().rows()->current();
        drop({m_folder.filePath(name)});
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->message().isEmpty(), 10'000);
        QVERIFY(m_window->message().contains(name));
        QCOMPARE(int(model().model().blocks.size()), 2);
        QCOMPARE(model().input().originalWidth, 60);
        QVERIFY(model().rows()->current() == before);
        hover(m_window->canvas(), m_window->canvas()->rectOf(7).center()); // and it still answers
        waitForRows();
    }
    void aKilledEngineLeavesTheWindowAsItWas()
    {
        selection().heads()->setLayer(1);
        selection().heads()->setHead(3);
        selection().tokens()->pin({0, 6});
        waitForRows();
        const auto before = model().rows()->current();
        for (int round = 0; round < 3; ++round) {
            const qint64 process = m_engine->processId();
            ::kill(pid_t(process), SIGKILL);
            QTRY_VERIFY_WITH_TIMEOUT(m_engine->processId() != process && m_engine->isReady(), 20'000);
            waitForRows();
            QCOMPARE(selection().heads()->layer(), 1);
            QCOMPARE(selection().heads()->head(), 3);
            QCOMPARE(selection().tokens()->query().token, 6);
            QVERIFY(selection().tokens()->isPinned());
            QVERIFY(model().rows()->current() == before);
        }
    }
    void anEngineKilledWhileAPictureIsOpenedOpensItAfterwards()
    {
        drop({path("b.png")});
        ::kill(pid_t(m_engine->processId()), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(model().input().originalHeight, 60, 30'000);
        waitForRows();
    }
    void fitsAreAppliedAndShown()
    {
        model().wishes()->change([&](RunRequest& r) { r.fit = "native"; });
        QTRY_COMPARE_WITH_TIMEOUT(model().input().gridWidth, 6, 10'000);
        waitForRows();
        QCOMPARE(m_window->canvas()->tokenAt(m_window->canvas()->rectOf(10).center()), 10);
        m_window->display()->change([](auto& d) { d.ground = Ground::Original; });
        QCOMPARE(m_window->canvas()->tokenAt(m_window->canvas()->rectOf(10).center()), 10);
    }
    void everyPaintedWidgetHasANameAndEveryActionAText()
    {
        for (const QWidget* widget : m_window->findChildren<QWidget*>())
            if (widget->focusPolicy() & Qt::TabFocus && widget->isVisible() && !widget->inherits("QCheckBox") &&
                !widget->inherits("QTabBar") && !widget->inherits("QScrollArea") &&
                !widget->inherits("QAbstractButton") && !widget->inherits("QLineEdit"))
                QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        QHash<QKeySequence, QString> keys;
        for (const QAction* action : m_window->findChildren<QAction*>()) {
            if (action->shortcut().isEmpty()) continue;
            QVERIFY2(!keys.contains(action->shortcut()),
                     qPrintable(action->text() + " and " + keys.value(action->shortcut())));
            keys.insert(action->shortcut(), action->text());
        }
    }
    void aSwinShowsItsWindowsInEveryView()
    {
        m_window->openings()->openModel("emoji-swin");
        QTRY_COMPARE_WITH_TIMEOUT(QString::fromStdString(model().model().architecture), "Swin", 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().rows()->layers().size() == 6, 30'000);
        QCOMPARE(selection().heads()->headCount(), 12); // of the last stage
        selection().heads()->setLayer(1);
        selection().heads()->setHead(0);
        QCOMPARE(selection().heads()->headCount(), 3);
        QVERIFY(isWindowed(model().rows()->keyLayout().block));
        selection().tokens()->setToken(
            model().run().layout.tokenAt(23, 23)); // the last window of the shifted block lies in pieces
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled(), 10'000);
        const QImage row = m_window->canvas()->grab().toImage();
        for (const char* view : {"received", "entropy", "distance", "effective"}) {
            QVERIFY(m_window->viewNames()->show(view));
            QTRY_COMPARE_WITH_TIMEOUT(QString::fromStdString(model().map()->shown().of.method), view, 10'000);
            QVERIFY(m_window->canvas()->grab().toImage() != row);
        }
        m_window->viewNames()->show("row");
        for (const char* tab : {"windows", "mask", "bias", "stages"}) QVERIFY(m_window->viewNames()->show(tab));
        m_window->viewNames()->show("bias");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<BiasView*>()->tables().tables.rows() == 3, 10'000);
        auto* shift = m_window->findChild<WindowsPanel*>()->shift()->picture();
        for (int step = 0; step < ShiftPicture::kSteps; ++step) {
            shift->setStep(ShiftPicture::Step(step), false);
            QVERIFY(!shift->grab().isNull());
        }
        selection().heads()->setLayer(5);
        QCOMPARE(selection().heads()->headCount(), 12);
        QVERIFY(m_window->viewNames()->show("relevance")); // as earlier versions called it
        QCOMPARE(m_window->selection()->map(), "chefer-generic");
        m_window->viewNames()->show("row");
        m_window->viewNames()->show("pca");
        QTRY_VERIFY_WITH_TIMEOUT(model().components()->picture().width() == 6, 10'000);
        m_window->display()->set({});
    }
    void theMaskSaysWhyAPairIsCut()
    {
        auto* mask = m_window->findChild<MaskView*>();
        m_window->openings()->openModel("emoji-swin");
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().rows()->layers().size() == 6, 30'000);
        selection().heads()->setLayer(1);
        selection().tokens()->setToken(model().run().layout.tokenAt(23, 23));
        QVERIFY(mask->explanation(0, 1).contains("neighbours"));
        QVERIFY(mask->explanation(0, 35).contains("are cut"));
    }
    void docksComeBackAfterAReset()
    {
        m_window->openings()->openModel("emoji-vit");
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "emoji-vit", 30'000);
        const auto docks = m_window->findChildren<QDockWidget*>();
        QCOMPARE(docks.size(), qsizetype(views().size()));
        for (QDockWidget* dock : docks) {
            QVERIFY(!dock->objectName().isEmpty() && !dock->windowTitle().isEmpty());
            dock->close();
        }
        for (QAction* action : m_window->findChildren<QAction*>())
            if (action->text() == "&Reset this workspace") action->trigger();
        // Those of the workspace that have something to show of this model.
        const QSet<QString> shown{"Heads", "Row", "Matrix", "Predictions", "Controls"};
        for (QDockWidget* dock : docks)
            QVERIFY2(dock->isHidden() != shown.contains(dock->objectName()), qPrintable(dock->objectName()));
    }
    void aStormOfEventsBreaksNothing()
    {
        std::srand(1);
        Canvas* canvas = m_window->canvas();
        for (int i = 0; i < 3000; ++i) {
            const QPoint point(std::rand() % canvas->width(), std::rand() % canvas->height());
            switch (std::rand() % 6) {
            case 0: hover(canvas, point); break;
            case 1: QTest::mouseClick(canvas, Qt::LeftButton, {}, point); break;
            case 2: QTest::keyClick(canvas, Qt::Key(Qt::Key_Left + std::rand() % 4)); break;
            case 3: selection().heads()->setLayer(std::rand() % 5); break;
            case 4: canvas->zoomBy(std::rand() % 2 ? 1.3 : 0.7); break;
            default: m_window->display()->change([](auto& d) { d.logarithmic = !d.logarithmic; });
            }
        }
        waitForRows();
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
