// SPDX-License-Identifier: GPL-3.0-or-later
// What attention costs, as curves and as a table that runs the model: its arithmetic, and the view over a fake engine.
// With HEADLENS_SHOTS=folder every view is written there as a picture, in light and dark.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/mechanisms/cost_plot.h"
#include "widgets/mechanisms/cost_table.h"
#include "widgets/mechanisms/cost_view.h"

#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSlider>
#include <QStyleFactory>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace headlens;
using namespace headlens::test;

namespace {

verbs::ModelInfo vit(int heads, int width, int side)
{
    verbs::ModelInfo model;
    model.path = "vit";
    model.blocks = {{0, heads, width, "", "self"}};
    model.patch = 16;
    model.imageHeight = model.imageWidth = 16 * side;
    model.prefixTokens = {"cls"};
    return model;
}

// The view in a dock's scroll area, `width` pixels wide.
struct CostStage : FakeStage {
    QScrollArea dock;
    CostView* view = new CostView(&model);
    bool exposed = false;

    explicit CostStage(int width = 420, int height = 800)
    {
        dock.setWidgetResizable(true);
        dock.setFrameShape(QFrame::NoFrame);
        dock.setWidget(view);
        dock.resize(width, height);
        dock.show();
        exposed = QTest::qWaitForWindowExposed(&dock);
    }
    QString cell(const char* pattern, int column) const
    {
        return view->table()->item(view->table()->rowOf(pattern), column)->text();
    }
};

} // namespace

class TestCostView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion"))); }

    void numbersAreSaidShortly()
    {
        QCOMPARE(CostText::count(613), QStringLiteral("613"));
        QCOMPARE(CostText::count(540'800), QStringLiteral("541 k"));
        QCOMPARE(CostText::count(16'785'409), QStringLiteral("16.8 M"));
        QCOMPARE(CostText::count(2'150'000'000.0), QStringLiteral("2.15 G"));
        QCOMPARE(CostText::count(999'900), QStringLiteral("1.00 M")); // not "1000 k"
        QCOMPARE(CostText::against(78'464, 540'800), QStringLiteral("6.9 × less"));
        QCOMPARE(CostText::against(4'401'280, 540'800), QStringLiteral("8.1 × more"));
        QCOMPARE(CostText::against(5, 5), QStringLiteral("the same"));
        QCOMPARE(CostText::memory(67'600), QStringLiteral("66.0 KB"));
        QCOMPARE(CostText::memory(268'566'544), QStringLiteral("256 MB"));
        QCOMPARE(CostText::share(613, 4225), QStringLiteral("14.5 %"));
    }
    void theSizesHoldThatOfTheModel_data()
    {
        QTest::addColumn<int>("side");
        QTest::addColumn<int>("sizes");
        QTest::addColumn<int>("own");
        QTest::newRow("among them") << 14 << 61 << 10;
        QTest::newRow("smaller") << 2 << 62 << 0;
        QTest::newRow("larger") << 96 << 62 << 61;
    }
    void theSizesHoldThatOfTheModel()
    {
        QFETCH(int, side);
        QFETCH(int, sizes);
        QFETCH(int, own);
        const CostSizes found = costSizes(vit(12, 768, side), {});
        QCOMPARE(int(found.sizes.size()), sizes);
        QCOMPARE(found.own, own);
        QCOMPARE(found.at(own).gridWidth, side);
        QCOMPARE(found.at(own).headWidth, 64);
        QCOMPARE(found.at(own).special, 1);
        QVERIFY(std::ranges::is_sorted(found.sizes, {}, extentOf));
    }
    void aPictureThatIsNoSquareKeepsItsShape()
    {
        verbs::InputInfo input;
        verbs::BlockGrid block;
        block.gridHeight = 4;
        block.gridWidth = 9; // as many patches as 6 x 6
        block.queries = block.keys = 38;
        input.blocks = {block};
        input.tokens = 38;
        const CostSizes found = costSizes(vit(4, 64, 8), input);
        QCOMPARE(CostText::size(found.at(found.own)), QStringLiteral("4 × 9"));
        QCOMPARE(found.at(found.own).special, 2);
        QCOMPARE(std::ranges::count(found.sizes, 36.0, extentOf), 1);
    }
    void theSentenceNamesWhereLinearAndFavorBegin()
    {
        const QString sentence = CostText::breakEven({1, 8, 8, 16, 4, 8});
        QVERIFY2(sentence.contains("from 18 tokens (5 × 5)"), qPrintable(sentence)); // d + 1 is not yet cheaper
        QVERIFY2(sentence.contains("530 tokens (23 × 23)"), qPrintable(sentence));   // 23 * 23 + 1
        QVERIFY(!CostText::breakEven({36, 0, 0, 16, 4, 8}).contains("×"));
    }

    void withoutAModelItSpeaksOfASmallOne()
    {
        CostStage stage;
        QCOMPARE(CostText::size(stage.view->shape()), QStringLiteral("8 × 8"));
        QCOMPARE(stage.cell("window 1", 1), QStringLiteral("613"));
        QCOMPARE(stage.view->running(), std::string());
        stage.view->choose(QStringLiteral("linear"));
        QVERIFY(stage.view->note().contains("Nothing is open"));
        photograph(stage.dock, QStringLiteral("cost-nothing"));
    }
    void theTableTellsTheCostsAtTheModelsOwnSize()
    {
        CostStage stage;
        QVERIFY(stage.open("patterns"));
        QTRY_COMPARE(stage.view->sizes().own, 4);
        QCOMPARE(CostText::size(stage.view->shape()), QStringLiteral("8 × 8"));
        QCOMPARE(stage.cell("dense", 0), QStringLiteral("✓ dense"));
        QCOMPARE(stage.cell("window 1", 0), QStringLiteral("window 1"));
        QCOMPARE(stage.cell("window 2", 1), QStringLiteral("1,285"));
        QCOMPARE(stage.cell("window 1", 2), QStringLiteral("14.5 %"));
        QCOMPARE(stage.cell("window 1", 3), QStringLiteral("78,464"));
        QCOMPARE(stage.cell("window 1", 4), QStringLiteral("6.9 × less"));
        QCOMPARE(stage.cell("coarse 4", 5), QStringLiteral("5.1 KB"));
        QCOMPARE(stage.cell("linear", 5), QStringLiteral("(66.0 KB)"));
        photograph(stage.dock, QStringLiteral("cost-420"));
        stage.dock.resize(1100, 800);
        QCoreApplication::processEvents();
        photograph(stage.dock, QStringLiteral("cost-1100"));
    }
    void theSliderMovesTheLineAndTheTable()
    {
        CostStage stage;
        QVERIFY(stage.open("patterns"));
        QTRY_COMPARE(stage.view->sizes().own, 4);
        stage.view->slider()->setFocus();
        QTest::keyClick(stage.view->slider(), Qt::Key_End);
        QCOMPARE(CostText::size(stage.view->shape()), QStringLiteral("64 × 64"));
        QCOMPARE(stage.view->plot()->at(), 60);
        QCOMPARE(stage.cell("dense", 1), QStringLiteral("16.8 M"));
        photograph(stage.dock, QStringLiteral("cost-largest"));
        QTest::keyClick(stage.view->slider(), Qt::Key_Left);
        QCOMPARE(CostText::size(stage.view->shape()), QStringLiteral("63 × 63"));
        stage.view->choose(QStringLiteral("window 1")); // the same picture, run otherwise
        QVERIFY(stage.settled());
        QCOMPARE(CostText::size(stage.view->shape()), QStringLiteral("63 × 63"));
    }
    void aPressInThePlotMovesTheLineAndACurveHasATip()
    {
        CostStage stage;
        QVERIFY(stage.open("patterns"));
        QTRY_COMPARE(stage.view->sizes().own, 4);
        CostPlot& plot = *stage.view->plot();
        QTest::mouseClick(&plot, Qt::LeftButton, {}, QPoint(plot.width() / 2, plot.height() / 2));
        QVERIFY(plot.at() > 8 && plot.at() < 50);
        QCOMPARE(stage.view->slider()->value(), plot.at());
        QSet<QString> named;
        for (int y = 0; y < plot.height(); ++y)
            named << plot.describe(QPointF(plot.width() / 2.0, y)).section(QStringLiteral(" at "), 0, 0);
        QVERIFY2(named.contains("dense") && named.contains("FAVOR+ 256"),
                 qPrintable(QStringList(named.values()).join(";")));
        QVERIFY(plot.describe(QPointF(plot.width() / 2.0, plot.height() - 2)).isEmpty());
    }
    void enterOrAClickOnARowRunsTheModelSo()
    {
        CostStage stage;
        QVERIFY(stage.open("patterns"));
        CostTable& table = *stage.view->table();
        table.setFocus();
        table.setCurrentCell(table.rowOf("dense"), 0);
        QTest::keyClick(&table, Qt::Key_Down);
        QVERIFY(stage.settled());
        QCOMPARE(stage.asked(), QString()); // going through the rows runs nothing
        QTest::keyClick(&table, Qt::Key_Return);
        QVERIFY(stage.settled());
        QTRY_COMPARE(stage.asked(), QStringLiteral("attention=window 1;"));
        QCOMPARE(stage.view->running(), std::string("window 1"));
        QCOMPARE(stage.cell("window 1", 0), QStringLiteral("✓ window 1"));
        QCOMPARE(stage.cell("dense", 0), QStringLiteral("dense"));
        QVERIFY(stage.view->plot()->penOf("window 1").widthF() > 2 * stage.view->plot()->penOf("dense").widthF());
        photograph(stage.dock, QStringLiteral("cost-window"));
        const QRect row = table.visualItemRect(table.item(table.rowOf("linear"), 2));
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, row.center());
        QTRY_COMPARE(stage.asked(), QStringLiteral("attention=linear;"));
        QTRY_COMPARE(stage.cell("linear", 0), QStringLiteral("✓ linear"));
    }
    void whatTheModelCannotDoIsSaidAndNotTried()
    {
        CostStage stage;
        QVERIFY(stage.open("patterns"));
        stage.view->choose(QStringLiteral("low rank"));
        QVERIFY(stage.view->note().contains("learnt in training"));
        stage.view->choose(QStringLiteral("coarse 4"));
        QVERIFY(stage.view->note().contains("coarse 4"));
        QVERIFY(stage.model.request().switches.empty());
        QVERIFY(stage.view->table()->item(stage.view->table()->rowOf("coarse 4"), 0)->toolTip().contains("cannot"));
        stage.view->choose(QStringLiteral("coarse 2"));
        QTRY_COMPARE(stage.asked(), QStringLiteral("attention=coarse 2;"));
        QVERIFY(!stage.view->note().contains("cannot"));
    }
    void aModelWithoutTheSwitchIsDenseAndCannotBeRunOtherwise()
    {
        CostStage stage;
        QVERIFY(stage.open("plain"));
        QTRY_COMPARE(stage.view->running(), std::string("dense"));
        QVERIFY(stage.view->note().contains("cannot be run by another pattern"));
        stage.view->choose(QStringLiteral("linear"));
        QVERIFY(stage.view->note().contains("cannot be run so"));
        QVERIFY(stage.model.request().switches.empty());
        QVERIFY(stage.open("routed")); // its blocks have a pattern of their own
        QTRY_COMPARE(stage.view->running(), std::string());
        QCOMPARE(stage.view->shape().special, 1);
    }
    void aTextIsCountedInTokensAndHasNoWindows()
    {
        CostStage stage;
        QVERIFY(stage.open("infini"));
        stage.model.wishes()->change([](RunRequest& r) { r.text.text = QStringLiteral("a text"); });
        QTRY_COMPARE(stage.view->sizes().isPicture(), false);
        QTRY_COMPARE(CostText::size(stage.view->shape()), QStringLiteral("36 tokens"));
        QCOMPARE(stage.cell("dense", 1), QStringLiteral("1,296"));
        QVERIFY(stage.cell("window 1", 1).contains("needs a picture"));
        QCOMPARE(stage.view->table()->columnSpan(stage.view->table()->rowOf("window 1"), 1), 5);
        QCOMPARE(stage.view->plot()->nameRects().size(), std::size_t(6));
        photograph(stage.dock, QStringLiteral("cost-text"));
        QVERIFY(stage.open("patterns")); // and back: cells that were one are six again
        QTRY_COMPARE(stage.cell("window 1", 1), QStringLiteral("613"));
        QCOMPARE(stage.view->table()->columnSpan(stage.view->table()->rowOf("window 1"), 1), 1);
        QCOMPARE(stage.cell("window 1", 4), QStringLiteral("6.9 × less"));
    }
    void theTableFitsIntoADockOf420Pixels()
    {
        CostStage stage;
        QVERIFY(stage.open("patterns"));
        QTRY_COMPARE(stage.view->sizes().own, 4);
        for (const int at : {0, 4, 60}) {
            stage.view->setAt(at);
            const int needed = stage.view->table()->horizontalHeader()->length();
            const int room = stage.view->table()->viewport()->width();
            QVERIFY2(needed <= room, qPrintable(QStringLiteral("%1 of %2").arg(needed).arg(room)));
        }
    }
    void namesOfCurvesStandApartAndInside_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {300, 420, 1100}) QTest::addRow("%d", width) << width;
    }
    void namesOfCurvesStandApartAndInside()
    {
        QFETCH(int, width);
        CostStage stage(width);
        QVERIFY(stage.open("patterns"));
        QTRY_COMPARE(stage.view->sizes().own, 4);
        CostPlot& plot = *stage.view->plot();
        QVERIFY(!plot.grab().isNull());
        const std::vector<QRectF> rects = plot.nameRects();
        QCOMPARE(rects.size(), costedPatterns().size());
        for (std::size_t i = 0; i < rects.size(); ++i) {
            QVERIFY(QRectF(plot.rect()).adjusted(-1, -1, 1, 1).contains(rects[i]));
            if (i > 0) QVERIFY(rects[i].top() >= rects[i - 1].bottom() - 1);
        }
    }
    void noTwoCurvesLookAlikeWithoutColours()
    {
        CostPlot plot;
        std::set<std::pair<QRgb, QList<qreal>>> looks;
        std::set<QList<qreal>> ofWindows;
        for (const std::string& pattern : costedPatterns()) {
            looks.insert({plot.penOf(pattern).color().rgb(), plot.penOf(pattern).dashPattern()});
            if (pattern.starts_with("window")) ofWindows.insert(plot.penOf(pattern).dashPattern());
        }
        QCOMPARE(looks.size(), costedPatterns().size());
        QCOMPARE(ofWindows.size(), std::size_t(4));
    }
    void everythingHasANameInEveryLanguageAndColour()
    {
        CostStage stage;
        QVERIFY(stage.open("patterns"));
        for (const QWidget* part :
             {static_cast<QWidget*>(stage.view), static_cast<QWidget*>(stage.view->plot()),
              static_cast<QWidget*>(stage.view->table()), static_cast<QWidget*>(stage.view->slider())})
            QVERIFY2(!part->accessibleName().isEmpty(), part->metaObject()->className());
        const QString told = stage.view->table()->accessibleDescription();
        QVERIFY2(told.contains("window 1, Pairs: 613") && told.contains("Multiply-adds: 78,464"), qPrintable(told));
        QVERIFY(!stage.view->accessibleDescription().isEmpty());
        for (const QEvent::Type type : {QEvent::LanguageChange, QEvent::PaletteChange}) {
            QEvent event(type);
            QCoreApplication::sendEvent(stage.view, &event);
            QCoreApplication::sendEvent(stage.view->plot(), &event);
            QVERIFY(!stage.view->grab().isNull());
        }
        QCOMPARE(stage.view->plot()->nameRects().size(), costedPatterns().size());
    }
};

QTEST_MAIN(TestCostView)
#include "tst_cost_view.moc"
