// SPDX-License-Identifier: GPL-3.0-or-later
// Switches, compressed memory, routing and the formula: their views over a fake engine.
// With HEADLENS_SHOTS=folder every view is written there as a picture, in light and dark.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/heads/head_grid.h"
#include "widgets/mechanisms/adapter_editor.h"
#include "widgets/mechanisms/branch_bars.h"
#include "widgets/mechanisms/compute_bars.h"
#include "widgets/mechanisms/formula_table.h"
#include "widgets/mechanisms/formula_view.h"
#include "widgets/mechanisms/gate_dials.h"
#include "widgets/mechanisms/memory_map.h"
#include "widgets/mechanisms/memory_view.h"
#include "widgets/mechanisms/router_bars.h"
#include "widgets/mechanisms/routing_grid.h"
#include "widgets/mechanisms/routing_view.h"
#include "widgets/mechanisms/segment_strip.h"
#include "widgets/mechanisms/switch_editor.h"
#include "widgets/mechanisms/switches_panel.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/live_rows.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QStyleFactory>
#include <QTest>

#include <memory>

using namespace headlens;
using namespace headlens::test;

class TestMechanisms : public QObject {
    Q_OBJECT

    // As a dock shows it: in a scroll area, 360 pixels wide.
    template <class View>
    static void show(View* view, QScrollArea& dock, int height = 760)
    {
        test::show(view, dock, 360, height);
    }

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion"))); }

    void aSwitchRunsTheInputAgainAndIsForgottenWithTheModel()
    {
        FakeStage stage;
        QVERIFY(stage.open("routed"));
        QCOMPARE(stage.asked(), QString());
        QSignalSpy changed(stage.model.wishes(), &RunWishes::switchesChanged);
        setSwitch(&stage.model, "routing", "random");
        QCOMPARE(changed.count(), 1);
        QTRY_COMPARE(stage.asked(), QStringLiteral("routing=random;"));
        setSwitch(&stage.model, "no such switch", "on");
        setSwitch(&stage.model, "routing", "random");
        QCOMPARE(changed.count(), 1); // nothing new
        stage.model.wishes()->openPicture("another picture", "two");
        QTRY_COMPARE(stage.model.input().name, std::string("two"));
        QCOMPARE(stage.asked(), QStringLiteral("routing=random;")); // survives the input
        setSwitch(&stage.model, "capacity", "8.0");                 // as trained, written otherwise
        QCOMPARE(changed.count(), 1);
        stage.model.wishes()->change([](RunRequest& r) { r.switches = {{"capacity", "4"}}; });
        QTRY_COMPARE(stage.asked(), QStringLiteral("capacity=4;"));
        QCOMPARE(stage.model.request().switchValue(stage.model.model(), "routing"), QStringLiteral("learned"));
        stage.model.wishes()->change([](RunRequest& r) { r.switches.clear(); });
        QTRY_COMPARE(stage.asked(), QString());
        setSwitch(&stage.model, "capacity", "4");
        QVERIFY(stage.open("infini"));
        QVERIFY(stage.model.request().switches.empty());
        QCOMPARE(stage.asked(), QString());
    }
    void ofManyQuickChangesTheLastOneIsShown()
    {
        FakeStage stage;
        QVERIFY(stage.open("routed"));
        QSignalSpy inputs(&stage.model, &InspectionModel::inputChanged);
        for (int k = 1; k <= 40; ++k) setSwitch(&stage.model, "capacity", QString::number(k));
        QTRY_COMPARE(stage.asked(), QStringLiteral("capacity=40;"));
        QVERIFY(stage.settled());
        QCOMPARE(stage.model.input().blocks[1].taking.size(), std::size_t(41));
        QVERIFY(inputs.count() <= 40);
    }
    void thePanelIsBuiltFromWhatTheModelSays()
    {
        FakeStage stage;
        auto* panel = new SwitchesPanel(&stage.model);
        QScrollArea dock;
        show(panel, dock, 640);
        QVERIFY(panel->intro().startsWith("This model has no switches."));
        QVERIFY(stage.open("infini"));
        QCOMPARE(panel->editors().size(), std::size_t(9));
        SwitchEditor* memory = panel->editors()[0];
        QVERIFY(memory->isUsual());
        const auto buttons = memory->findChildren<QAbstractButton*>();
        QTest::mouseClick(buttons[1]->accessibleName().endsWith("off") ? buttons[1] : buttons[2], Qt::LeftButton);
        QTRY_COMPARE(stage.asked(), QStringLiteral("memory=off;"));
        QVERIFY(!memory->isUsual());
        QVERIFY(memory->findChild<QLabel*>()->text().contains("as trained: on"));
        auto* number = panel->editors()[1]->findChild<QDoubleSpinBox*>();
        QCOMPARE(number->value(), 0.03);
        number->setValue(0.5);
        QTRY_COMPARE(stage.asked(), QStringLiteral("gate.0.0=0.50;memory=off;"));
        QCOMPARE(panel->editors()[1]->findChild<QSlider*>()->value(), 50);
        QVERIFY(panel->accessibleDescription().startsWith("Not as trained: 2 parts changed: gate.0.0, memory"));
        everyPartHasAName(*panel);
        QVERIFY(panel->minimumSizeHint().width() <= 340);
        photograph(dock, "switches");
        for (QPushButton* reset : panel->editors()[1]->findChildren<QPushButton*>()) reset->click();
        QTRY_COMPARE(stage.asked(), QStringLiteral("memory=off;"));
        stage.model.wishes()->change([](RunRequest& r) { r.switches.clear(); });
        QVERIFY(stage.open("plain"));
        QVERIFY(panel->intro().startsWith("This model has no switches."));
        QVERIFY(panel->editors().empty());
    }
    void theStrengthOfAnAdapterIsASlider()
    {
        FakeStage stage;
        auto* panel = new SwitchesPanel(&stage.model);
        QScrollArea dock;
        show(panel, dock, 640);
        QVERIFY(stage.open("plain"));
        QVERIFY(panel->adapter()->isHidden());
        stage.model.loader()->open(QStringLiteral("adapter"));
        QTRY_VERIFY(panel->adapter()->isVisible());
        QVERIFY(stage.settled());
        QVERIFY(panel->intro().startsWith("Beside its adapter this model has no switches."));
        QCOMPARE(panel->adapter()->description(),
                 QStringLiteral("LoRA of rank 8 at 4 matrices: query, value. It brings its own: classifier.weight. "
                                "Trained on plain."));
        auto* slider = panel->adapter()->findChild<QSlider*>();
        auto* number = panel->adapter()->findChild<QDoubleSpinBox*>();
        QCOMPARE(slider->value(), 100);
        slider->setValue(25);
        QTRY_COMPARE(stage.model.model().adapter.strength, 0.25);
        QCOMPARE(number->value(), 0.25);
        number->setValue(0.5);
        QTRY_COMPARE(stage.model.model().adapter.strength, 0.5);
        QCOMPARE(slider->value(), 50);
        everyPartHasAName(*panel);
        QVERIFY(panel->minimumSizeHint().width() <= 340);
        photograph(dock, "adapter");
    }
    void whatAnAdapterChangedIsComparedWithItsBase()
    {
        FakeStage stage;
        SwitchesPanel panel(&stage.model);
        QVERIFY(stage.open("plain"));
        stage.model.loader()->open(QStringLiteral("adapter"));
        QTRY_COMPARE(stage.model.model().adapter.strength, 1.0);
        QVERIFY(stage.settled());
        double held = -1;
        connect(stage.model.comparison(), &Comparison::changed, &panel,
                [&] { held = stage.model.model().adapter.strength; });
        panel.adapter()->compareWithBase();
        QTRY_VERIFY(stage.model.comparison()->holds());
        QCOMPARE(held, 0.0); // the base alone
        QTRY_VERIFY(stage.model.comparison()->isOn());
        QCOMPARE(stage.model.model().adapter.strength, 1.0);
    }
    void manyChoicesBecomeAList()
    {
        FakeStage stage;
        const std::unique_ptr<SwitchEditor> editor(
            SwitchEditor::of(&stage.model, {"x", "An X", {"a", "b", "c", "d", "e"}, 0, 0, "a"}));
        QVERIFY(editor->findChildren<QAbstractButton*>().size() <= 2);
        QVERIFY(stage.open("routed")); // long ones too: a row of buttons would be wider than the dock
        const std::unique_ptr<SwitchEditor> longer(SwitchEditor::of(
            &stage.model, {"routing", "Who", {"top of the whole text", "learned", "random", "all"}, 0, 0, "learned"}));
        auto* list = longer->findChild<QComboBox*>();
        QVERIFY(list != nullptr);
        QCOMPARE(list->currentText(), QStringLiteral("learned"));
        QTest::keyClick(list, Qt::Key_Down);
        QTRY_COMPARE(stage.asked(), QStringLiteral("routing=random;"));
        QVERIFY(!longer->isUsual());
        QCOMPARE(SwitchEditor::titleOf(editor->edited()), QStringLiteral("An X"));
        QCOMPARE(SwitchEditor::titleOf({"gate.1.2", "", {}, 0, 1, "0"}), QStringLiteral("Gate of layer 1, head 2"));
    }

    void theMemoryFillsSegmentBySegment()
    {
        FakeStage stage;
        auto* view = new MemoryView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 1010);
        QVERIFY(!view->hasMemory());
        photograph(dock, "memory-none");
        QSignalSpy shown(view, &MemoryView::shown);
        QVERIFY(stage.open("infini"));
        QTRY_VERIFY(!shown.isEmpty());
        stage.selection.heads()->setLayer(2); // the local block of layer 1
        QTRY_COMPARE(view->state().layer, 1);
        stage.selection.heads()->setLayer(3); // and its memory
        stage.selection.tokens()->setToken(27);
        QTRY_COMPARE(view->state().width, 16);
        QCOMPARE(view->state().layer, 1);
        QTRY_VERIFY(!view->state().read.empty() && !view->state().local.empty() && !view->state().normaliser.empty());
        QCOMPARE(view->strip()->segments(), 5);
        QCOMPARE(view->strip()->after(), 5);
        QVERIFY(view->strip()->accessibleDescription().contains("segment 4"));
        photograph(dock, "memory");
        auto* map = view->findChild<MemoryMap*>();
        const QImage full = map->grab().toImage();
        QTest::keyClick(view->strip(), Qt::Key_Home);
        QCOMPARE(view->strip()->after(), 0);
        QVERIFY(map->accessibleDescription().contains("Empty"));
        QVERIFY(map->grab().toImage() != full);
        QTest::keyClick(view->strip(), Qt::Key_Right);
        QCOMPARE(view->strip()->after(), 1);
        QCOMPARE(view->findChild<QSlider*>()->value(), 1);
        view->findChild<QSlider*>()->setValue(2);
        QCOMPARE(view->strip()->after(), 2);
        QTest::keyClick(map, Qt::Key_Right);
        QVERIFY2(map->accessibleDescription().startsWith("M[0,0] = "), qPrintable(map->accessibleDescription()));
        QCOMPARE(view->findChild<BranchBars*>()->branches().size(), std::size_t(4));
        everyPartHasAName(*view);
        QVERIFY2(view->minimumSizeHint().width() <= 350, qPrintable(QString::number(view->minimumSizeHint().width())));
    }
    void gatesTurnByKeysAndByTheMouse()
    {
        FakeStage stage;
        auto* view = new MemoryView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 1010);
        QVERIFY(stage.open("infini"));
        GateDials& dials = *view->dials();
        QTRY_COMPARE(dials.dials().size(), std::size_t(4));
        QCOMPARE(dials.dials()[1].value, 0.97);
        QTest::keyClick(&dials, Qt::Key_Right);
        QCOMPARE(stage.selection.heads()->head(), 1); // the same head in every view
        QTest::keyClick(&dials, Qt::Key_Home);
        QTRY_COMPARE(stage.asked(), QStringLiteral("gate.0.1=0;"));
        QTRY_COMPARE(view->state().gate(1), 0.0F);
        QVERIFY(dials.accessibleDescription().contains("as trained 0.97"));
        QTest::keyClick(&dials, Qt::Key_Up);
        QTRY_COMPARE(stage.asked(), QStringLiteral("gate.0.1=0.05;"));
        QTest::keyClick(&dials, Qt::Key_Delete);
        QTRY_COMPARE(stage.asked(), QString());
        const QPoint at = dials.dialRect(2).center().toPoint();
        QTest::mousePress(&dials, Qt::LeftButton, {}, at);
        QMouseEvent move(QEvent::MouseMove, at - QPoint(0, 30), dials.mapToGlobal(at - QPoint(0, 30)), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&dials, &move);
        QTest::mouseRelease(&dials, Qt::LeftButton, {}, at - QPoint(0, 30));
        QTRY_COMPARE(stage.asked(), QStringLiteral("gate.0.2=0.76;")); // 0.51 and a quarter
    }
    void forgettingTheMemoryEmptiesIt()
    {
        FakeStage stage;
        auto* view = new MemoryView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 1010);
        QVERIFY(stage.open("infini"));
        QTRY_VERIFY(view->state().highestMemory(0) > 0);
        auto* forget = view->findChild<QCheckBox*>();
        forget->click();
        QTRY_COMPARE(stage.asked(), QStringLiteral("memory=off;"));
        QTRY_COMPARE(view->state().highestMemory(0), 0.0F);
        stage.model.wishes()->change([](RunRequest& r) { r.switches.clear(); });
        QTRY_VERIFY(!forget->isChecked());
        QVERIFY(stage.open("plain")); // a model without a memory says so
        QTRY_VERIFY(!view->hasMemory());
        QVERIFY(!view->strip()->isVisibleTo(view));
        QVERIFY(view->accessibleDescription().contains("no compressed memory"));
    }
    void theCalculatorCountsForAnyLength()
    {
        FakeStage stage;
        auto* view = new MemoryView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 1010);
        QVERIFY(stage.open("infini"));
        auto* length = view->findChild<QSpinBox*>();
        QTRY_COMPARE(length->value(), 36);
        length->setValue(32'768);
        const QString said = view->accessibleDescription();
        QVERIFY2(said.contains("3855.06"), qPrintable(said)); // 2 * 32768 / 17
        QVERIFY2(said.contains("8.5 KB"), qPrintable(said));  // 4 * 2 * 16 * 17 * 4
        QVERIFY2(said.contains("32.0 MB"), qPrintable(said));
        QVERIFY(MemoryView::calculation(view->state(), 4).contains("the larger one"));
    }
    void headsOfTheMemoryHaveAMarkOfTheirOwn()
    {
        FakeStage stage;
        DisplaySettings display;
        HeadGrid grid(&stage.model, &stage.selection, &display);
        grid.resize(360, 300);
        grid.show();
        QVERIFY(stage.open("infini"));
        QTRY_VERIFY(!stage.model.rows()->layers().empty());
        photograph(grid, "heads-infini");
        QVERIFY(!grid.grab().isNull());
    }

    void theRoutingViewShowsWhoIsProcessed()
    {
        FakeStage stage;
        auto* view = new RoutingView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock);
        QVERIFY(!view->isRoutedModel());
        QVERIFY(stage.open("routed"));
        QTRY_VERIFY(view->isRoutedModel());
        QCOMPARE(view->shownLayer(), 1); // block 0 has no router
        stage.selection.heads()->setLayer(3);
        stage.selection.tokens()->setToken(30);
        QCOMPARE(view->shownLayer(), 3);
        QVERIFY(view->bars()->threshold().has_value());
        QCOMPARE(view->bars()->order().size(), std::size_t(64)); // the class token does not compete
        QVERIFY(view->grid()->sentence(3, 0).contains("in any case"));
        QVERIFY(view->grid()->sentence(0, 5).contains("every token"));
        const int best = view->bars()->order().front(), worst = view->bars()->order().back();
        QVERIFY(view->grid()->sentence(3, best).startsWith("Block 3 processes"));
        QVERIFY(view->grid()->sentence(3, worst).startsWith("Block 3 passes"));
        QCOMPARE(view->compute()->loads()[3].taking, 9);
        photograph(dock, "routing");
        view->findChild<QCheckBox*>()->click();
        QCOMPARE(view->bars()->order().front(), 1);
        QTest::mouseClick(view->grid(), Qt::LeftButton, {}, view->grid()->cellRect(1, 40).center().toPoint());
        QCOMPARE(stage.selection.heads()->layer(), 1);
        QCOMPARE(stage.selection.tokens()->query().token, 40);
        QTest::keyClick(view->grid(), Qt::Key_Left);
        QCOMPARE(stage.selection.tokens()->query().token, 39);
        QTest::keyClick(view->bars(), Qt::Key_Right);
        QCOMPARE(stage.selection.tokens()->query().token, 40);
        everyPartHasAName(*view);
        QVERIFY2(view->minimumSizeHint().width() <= 350, qPrintable(QString::number(view->minimumSizeHint().width())));
    }
    void aPredictorIsComparedWithTheHighestScores()
    {
        verbs::BlockGrid block;
        block.router = {5, 4, 3, 2, 1};
        block.taking = {0, 1};
        const PredictorCounts counts = predictorCounts(block, {0.9F, 0.2F, 0.8F, 0.1F, 0.1F}, 2);
        QCOMPARE(counts.both, 1);
        QCOMPARE(counts.saidOnly, 1);
        QCOMPARE(counts.scoredOnly, 1);
        QCOMPARE(counts.neither, 2);
        QCOMPARE(predictorCounts(block, {0.9F}, 2).neither, 0); // of another text
        FakeStage stage;
        auto* view = new RoutingView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock);
        QVERIFY(stage.open("routed"));
        QTRY_VERIFY(view->isRoutedModel());
        QVERIFY(view->predictorSentence().isEmpty()); // block 1 has none
        stage.selection.heads()->setLayer(3);
        QTRY_VERIFY(view->predictorSentence().contains("against the 8 highest scores"));
        stage.selection.heads()->setLayer(1);
        QVERIFY(view->predictorSentence().isEmpty());
    }
    void otherChoicesOfTokensAreCompared()
    {
        FakeStage stage;
        auto* view = new RoutingView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock);
        QVERIFY(stage.open("routed"));
        const double learned = totalShare(view->compute()->loads());
        setSwitch(&stage.model, "routing", "random");
        QTRY_VERIFY(view->bars()->accessibleDescription().contains("does not follow"));
        photograph(dock, "routing-random");
        QCOMPARE(totalShare(view->compute()->loads()), learned); // the same number of others
        setSwitch(&stage.model, "routing", "all");
        QTRY_COMPARE(totalShare(view->compute()->loads()), 1.0);
        QCOMPARE(view->shownLayer(), 1); // the scores are still there
        QVERIFY(stage.open("plain"));
        QTRY_VERIFY(!view->isRoutedModel());
        QVERIFY(view->accessibleDescription().contains("every token"));
    }

    void theFormulaIsComputedStepByStep()
    {
        FakeStage stage;
        auto* view = new FormulaView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 620);
        QVERIFY(stage.open("routed"));
        stage.selection.tokens()->setToken(30);
        stage.selection.heads()->setHead(2);
        QTRY_COMPARE(view->formula().said.query, 30);
        QTRY_COMPARE(view->formula().said.head, 2);
        QCOMPARE(view->formula().rows.size(), std::size_t(8));
        QCOMPARE(view->formula().weightSumText, QStringLiteral("1.0000"));
        QStringList said;
        for (int step = 0; step < 6; ++step) {
            QCOMPARE(view->stepNumber(), step);
            QVERIFY(!said.contains(view->accessibleDescription()));
            said << view->accessibleDescription();
            photograph(dock, QStringLiteral("formula-%1").arg(step + 1));
            QTest::keyClick(view, Qt::Key_Right);
        }
        QCOMPARE(view->stepNumber(), 5); // the end
        QTest::keyClick(view, Qt::Key_Left);
        QCOMPARE(view->step(), FormulaStep::Softmax);
        QVERIFY(view->table()->content().lines().last().startsWith("58 others"));
        for (QPushButton* button : view->findChildren<QPushButton*>())
            if (button->isEnabled()) button->click(); // back and forth
        QCOMPARE(view->stepNumber(), 4);
        QTest::keyClick(view, Qt::Key_Home);
        QCOMPARE(view->stepNumber(), 0);
        everyPartHasAName(*view);
        QVERIFY2(view->minimumSizeHint().width() <= 350, qPrintable(QString::number(view->minimumSizeHint().width())));
    }
    void theFormulaOfTheMemoryHasNoExp()
    {
        FakeStage stage;
        auto* view = new FormulaView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 620);
        QVERIFY(stage.open("infini"));
        stage.selection.heads()->setLayer(1);
        stage.selection.tokens()->setToken(20);
        QTRY_COMPARE(view->formula().said.rule, std::string("linear"));
        QTRY_COMPARE(view->formula().said.query, 20);
        QCOMPARE(view->formula().forbidden, 20); // its own segment and what comes later
        view->setStepNumber(3);
        QCOMPARE(view->step(), FormulaStep::Divide);
        photograph(dock, "formula-linear");
        QVERIFY(!view->table()->content().lines().first().contains("exp"));
        stage.selection.tokens()->setToken(3); // the first segment: nothing to read yet
        QTRY_VERIFY(view->formula().readsNothing());
        QVERIFY(view->accessibleDescription().contains("still empty"));
        photograph(dock, "formula-nothing");
        stage.selection.heads()->setLayer(0);
        QTRY_COMPARE(view->formula().said.rule, std::string("softmax"));
        QCOMPARE(view->formula().rows.size(), std::size_t(4));
    }
    void aSkippedTokenReadsNothing()
    {
        FakeStage stage;
        auto* view = new FormulaView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 620);
        QVERIFY(stage.open("routed"));
        stage.selection.heads()->setLayer(1);
        stage.selection.tokens()->setToken(64); // a corner
        QTRY_VERIFY(view->formula().said.layer == 1 && view->formula().readsNothing());
        QVERIFY(view->accessibleDescription().contains("takes no part"));
    }
    void anEngineThatDoesNotAnswerIsSaidSo()
    {
        FakeStage stage;
        auto* view = new FormulaView(&stage.model, &stage.selection);
        QScrollArea dock;
        show(view, dock, 620);
        QVERIFY(stage.open("plain"));
        QTRY_VERIFY(view->accessibleDescription().contains("does not say"));
        QVERIFY(view->formula().isEmpty());
    }

    void theViewsStandWithoutAnInputAndInEveryLanguage()
    {
        EngineClient engine({QStringLiteral("/does/not/exist")}); // never started
        Selection selection;
        InspectionModel model(&engine, &selection);
        SwitchesPanel switches(&model);
        MemoryView memory(&model, &selection);
        RoutingView routing(&model, &selection);
        FormulaView formula(&model, &selection);
        for (QWidget* view : {static_cast<QWidget*>(&switches), static_cast<QWidget*>(&memory),
                              static_cast<QWidget*>(&routing), static_cast<QWidget*>(&formula)}) {
            view->resize(360, 400);
            view->show();
            QVERIFY(QTest::qWaitForWindowExposed(view));
            QVERIFY(!view->grab().isNull());
            QVERIFY(!view->accessibleName().isEmpty() && !view->accessibleDescription().isEmpty());
            QEvent language(QEvent::LanguageChange), palette(QEvent::PaletteChange);
            QCoreApplication::sendEvent(view, &language);
            QCoreApplication::sendEvent(view, &palette);
            QVERIFY(!view->grab().isNull());
        }
        selection.setExtent({4, 4}, {9});
        selection.heads()->setLayer(1);
        selection.tokens()->setToken(5);
        QVERIFY(!formula.grab().isNull());
    }
};

QTEST_MAIN(TestMechanisms)
#include "tst_mechanisms.moc"
