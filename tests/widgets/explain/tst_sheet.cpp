// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet of methods over the made-up engine: what is computed when, its panes, what is exported.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/canvas/method_settings.h"
#include "widgets/explain/faithfulness_curves.h"
#include "widgets/explain/faithfulness_view.h"
#include "widgets/explain/method_page.h"
#include "widgets/explain/ranking_page.h"
#include "widgets/explain/sanity_page.h"
#include "widgets/explain/sheet_bar.h"
#include "widgets/explain/sheet_export.h"
#include "widgets/explain/sheet_grid.h"
#include "widgets/explain/sheet_view.h"
#include "widgets/figure/figure_file.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_sheet.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTreeWidget>

using namespace headlens;
using namespace headlens::test;

namespace {

using State = SheetTile::State;
constexpr int kLong = 20'000; // ms

struct SheetStage : FakeStage {
    DisplaySettings display;
    QScrollArea dock, dockOfRanking;
    SheetView* sheet = new SheetView(&model, &selection, &display);
    FaithfulnessView* faithfulness = new FaithfulnessView(&model, &selection);

    void begin()
    {
        show(sheet, dock, 620, 700);
        show(faithfulness, dockOfRanking, 380, 500);
        QVERIFY(open("methods"));
        settle();
    }
    MethodSheet& methods() { return *model.sheet(); }
    const SheetTile* tile(const char* method, int side = 0) { return model.sheet()->tile(QLatin1String(method), side); }
    bool isDone()
    {
        return !methods().tiles().empty() && std::ranges::all_of(methods().tiles(), [](const SheetTile& one) {
            return one.state == State::Judged || one.state == State::Dear || one.state == State::Failed;
        });
    }
    void settle() { QTRY_VERIFY_WITH_TIMEOUT(isDone() && methods().control().seeds == MethodSheet::kSeeds, kLong); }
    QStringList order()
    {
        QStringList ids;
        for (const SheetTile& one : methods().tiles()) ids << one.method;
        return ids;
    }
    QPoint middle(int place) { return sheet->grid()->tileLayout().cellOf(place)->picture.center().toPoint(); }
};

} // namespace

class TestSheet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMethodThatTheModelAllowsIsComputedButTheDearOnes()
    {
        SheetStage stage;
        stage.begin();
        QCOMPARE(stage.order(), (QStringList{"second", "best", "slow", "flat", "broken", "texted", "random"}));
        QVERIFY(stage.tile("best")->hasMap() && stage.tile("best")->judged);
        QCOMPARE(stage.tile("slow")->state, State::Dear);
        QCOMPARE(stage.tile("slow")->cost->seconds, 60.0);
        QVERIFY(!stage.tile("slow")->hasMap());
        QCOMPARE(stage.tile("broken")->state, State::Failed);
        QVERIFY(stage.tile("broken")->why.contains(QStringLiteral("is broken")));
        QVERIFY(!stage.tile("flat")->remark.isEmpty());
        QCOMPARE(stage.methods().refused().size(), std::size_t(1));
        const auto labels = stage.sheet->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* one) {
            return one->isVisible() && one->text().contains(QStringLiteral("the refused: open another model"));
        }));
        everyPartHasAName(*stage.sheet);
        everyPartHasAName(*stage.faithfulness);
        photograph(stage.dock, QStringLiteral("sheet"));
        photograph(stage.dockOfRanking, QStringLiteral("faithfulness"));
    }
    void aClickOpensAMethodOnTheCanvasAndComputesADearOne()
    {
        SheetStage stage;
        stage.begin();
        QTest::mouseClick(stage.sheet->grid(), Qt::LeftButton, {}, stage.middle(1));
        QCOMPARE(stage.selection.map(), QStringLiteral("best"));
        QTest::mouseClick(stage.sheet->grid(), Qt::LeftButton, {}, stage.middle(2));
        QCOMPARE(stage.selection.map(), QStringLiteral("best")); // it has nothing to show yet
        QTRY_COMPARE_WITH_TIMEOUT(stage.tile("slow")->state, State::Judged, kLong);
    }
    void arrowsWalkAndWithAltTheyMoveTheTile()
    {
        SheetStage stage;
        stage.begin();
        SheetGrid* grid = stage.sheet->grid();
        grid->setFocus();
        QTest::keyClick(grid, Qt::Key_Right);
        QCOMPARE(grid->current(), 1);
        QVERIFY(grid->accessibleDescription().startsWith(QStringLiteral("the best")));
        QTest::keyClick(grid, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(stage.order().first(), QStringLiteral("best"));
        QCOMPARE(grid->current(), 0);
        QVERIFY(stage.tile("best")->judged); // nothing is computed again
        QTest::keyClick(grid, Qt::Key_Return);
        QCOMPARE(stage.selection.map(), QStringLiteral("best"));
    }
    void aDraggedTileTakesThePlaceWhereItIsDropped()
    {
        SheetStage stage;
        stage.begin();
        SheetGrid* grid = stage.sheet->grid();
        const QPoint from = stage.middle(0), to = stage.middle(2);
        QTest::mousePress(grid, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, grid->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(grid, &move);
        QTest::mouseRelease(grid, Qt::LeftButton, {}, to);
        QCOMPARE(stage.order().mid(0, 3), (QStringList{"best", "slow", "second"}));
        QVERIFY(stage.selection.showsRow()); // it was no click
    }
    void theRankingHasTheMostFaithfulFirstAndTheRandomControl()
    {
        SheetStage stage;
        stage.begin();
        const QTreeWidget* list = stage.faithfulness->ranking()->list();
        QCOMPARE(list->topLevelItemCount(), 5); // best, second, flat, texted, random
        QCOMPARE(list->topLevelItem(0)->text(1), QStringLiteral("the best"));
        QCOMPARE(list->topLevelItem(0)->text(4), QStringLiteral("0.800"));
        QVERIFY(list->topLevelItem(4)->text(1).startsWith(QStringLiteral("random")));
        QCOMPARE(stage.methods().control().insertionArea, 0.23); // mean of 0.20, 0.23 and 0.26
        QCOMPARE(stage.faithfulness->curves()->shown().first(), QStringLiteral("random"));
        QCOMPARE(stage.faithfulness->curves()->shown().at(1), QStringLiteral("the best"));
    }
    void anotherTargetComputesAllAnewAndTheSameOneNothing()
    {
        SheetStage stage;
        stage.begin();
        const quint64 before = stage.tile("best")->serial;
        stage.model.map()->setScore({.target = 1, .against = 4});
        QVERIFY(stage.tile("best")->serial != before);
        stage.settle();
        QCOMPARE(stage.tile("best")->label, QStringLiteral("class 1 - class 4"));
        const quint64 now = stage.tile("best")->serial;
        stage.model.map()->setScore({.target = 1, .against = 4});
        QCOMPARE(stage.tile("best")->serial, now);
    }
    void aSettingComputesOnlyItsMethodAnew()
    {
        SheetStage stage;
        stage.begin();
        const quint64 best = stage.tile("best")->serial, texted = stage.tile("texted")->serial;
        stage.model.map()->set(QStringLiteral("texted"), QStringLiteral("words"), QStringLiteral("others"));
        QCOMPARE(stage.tile("best")->serial, best);
        QVERIFY(stage.tile("best")->judged);
        QVERIFY(stage.tile("texted")->serial != texted);
        stage.settle();
    }
    void hiddenNothingIsComputed()
    {
        SheetStage stage;
        stage.begin();
        stage.dock.hide();
        stage.dockOfRanking.hide();
        stage.model.map()->setScore({.target = 4});
        // Whatever had been asked would be answered before this.
        stage.selection.heads()->setLayer(1);
        QVERIFY(stage.settled());
        QCOMPARE(stage.tile("best")->state, State::Waiting);
        stage.dock.show();
        stage.settle();
        QCOMPARE(stage.tile("best")->label, QStringLiteral("class 4"));
    }
    void pausedNothingIsComputedButACheckIs()
    {
        SheetStage stage;
        stage.begin();
        stage.methods().setPaused(true);
        stage.model.map()->setScore({.target = 4});
        stage.methods().startCheck(QStringLiteral("best"));
        QTRY_VERIFY_WITH_TIMEOUT(!stage.methods().check().isRunning, kLong);
        QCOMPARE(stage.methods().check().correlations.size(), std::size_t(3));
        QCOMPARE(stage.tile("best")->state, State::Waiting);
        stage.methods().setPaused(false);
        stage.settle();
    }
    void twoClassesStandSideBySide()
    {
        SheetStage stage;
        stage.begin();
        stage.methods().setShowsTwo(true);
        QTRY_VERIFY_WITH_TIMEOUT(stage.isDone(), kLong);
        QCOMPARE(stage.methods().tiles().size(), std::size_t(14));
        QCOMPARE(stage.tile("best", 1)->label, QStringLiteral("class 1")); // the second most probable one
        stage.methods().setSecond(4);
        QTRY_VERIFY_WITH_TIMEOUT(stage.isDone(), kLong);
        QCOMPARE(stage.tile("best", 1)->label, QStringLiteral("class 4"));
        const auto& layout = stage.sheet->grid()->tileLayout();
        QCOMPARE(layout.cellOf(0, 1)->picture.top(), layout.cellOf(0, 0)->picture.top());
        QVERIFY(layout.cellOf(0, 1)->picture.left() > layout.cellOf(0, 0)->picture.right());
        photograph(stage.dock, QStringLiteral("sheet-two"));
    }
    void theBarChoosesWhatIsExplainedAndAgainstWhat()
    {
        SheetStage stage;
        stage.begin();
        SheetBar* bar = stage.sheet->bar();
        Q_EMIT bar->otherMenu()->aboutToShow();
        const auto lines = bar->otherMenu()->actions();
        const auto line = std::ranges::find(lines, QStringLiteral("class 1"), &QAction::text);
        QVERIFY(line != lines.end());
        (*line)->trigger();
        QCOMPARE(stage.model.map()->score().against, 1);
        Q_EMIT bar->targetMenu()->aboutToShow();
        bar->targetMenu()->actions().at(2)->trigger();
        QCOMPARE(stage.model.map()->score().target, 4);
        QVERIFY(stage.selection.showsRow()); // the canvas keeps what it shows
    }
    void theCheckShufflesBlockByBlockAndCanBeStopped()
    {
        SheetStage stage;
        stage.begin();
        stage.selection.setMap(QStringLiteral("best"));
        SanityPage* page = stage.faithfulness->sanity();
        stage.faithfulness->showPage(2);
        page->button()->click();
        QVERIFY(stage.methods().check().isRunning);
        QTRY_VERIFY_WITH_TIMEOUT(!stage.methods().check().isRunning, kLong);
        QCOMPARE(stage.methods().check().correlations.size(), std::size_t(3)); // the head, one, two blocks
        QCOMPARE(stage.methods().check().correlations.back(), 0.16);
        QVERIFY(page->sentence().contains(QStringLiteral("depends on what the model has learnt")));
        stage.selection.setMap(QStringLiteral("second"));
        page->button()->click();
        page->button()->click();
        QVERIFY(!stage.methods().check().isRunning);
        photograph(stage.dockOfRanking, QStringLiteral("sanity"));
    }
    void theMethodPageSaysFormulaSourceAndCost()
    {
        SheetStage stage;
        stage.begin();
        stage.selection.setMap(QStringLiteral("texted"));
        const QString text = stage.faithfulness->method()->text();
        for (const char* part : {"the texted", "What it says", "a < b", "Somebody 2026", "Levels: 0.5", "3 forward"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
    }
    void listsAndTextsAreEditedInALine()
    {
        SheetStage stage;
        stage.begin();
        stage.selection.setMap(QStringLiteral("texted"));
        MethodSettings settings(&stage.model, &stage.selection);
        settings.show();
        const auto lines = settings.findChildren<QLineEdit*>();
        QCOMPARE(lines.size(), 2);
        lines[0]->setText(QStringLiteral("0.1, nonsense"));
        Q_EMIT lines[0]->editingFinished();
        QCOMPARE(stage.model.map()->setting("texted", "levels"), QStringLiteral("0.5")); // not taken
        lines[0]->setText(QStringLiteral("0.1, 0.9"));
        Q_EMIT lines[0]->editingFinished();
        QCOMPARE(stage.model.map()->setting("texted", "levels"), QStringLiteral("0.1, 0.9"));
        lines[1]->setText(QStringLiteral("any <text>"));
        Q_EMIT lines[1]->editingFinished();
        QCOMPARE(stage.model.map()->setting("texted", "words"), QStringLiteral("any <text>"));
        everyPartHasAName(settings);
    }
    void theSheetIsExportedAsOneFigureAndATable()
    {
        SheetStage stage;
        stage.begin();
        const SheetFigure figure = sheetFigure(stage.model, stage.display.get());
        QCOMPARE(int(figure.data.panels.size()), 5); // neither dear nor broken ones
        QVERIFY(figure.data.columnNames.at(1).startsWith(QStringLiteral("the best")));
        for (const QString& ending : figureEndings())
            QVERIFY2(figureFile(ending, figure.spec, figure.data, QStringLiteral("/")).size() > 2000,
                     qPrintable(ending));
        const QList<QByteArray> lines = sheetTable(stage.model).trimmed().split('\n');
        QCOMPARE(lines.size(), 6);
        QCOMPARE(lines[0], QByteArray("method,class,deletion,insertion,difference,largest,seconds"));
        QCOMPARE(lines[2], QByteArray("\"best\",\"class 0\",0.1,0.9,0.8,3,0.25"));
    }
};

QTEST_MAIN(TestSheet)
#include "tst_sheet.moc"
