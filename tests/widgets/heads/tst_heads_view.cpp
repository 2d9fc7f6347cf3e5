// SPDX-License-Identifier: GPL-3.0-or-later
// The pane of the heads by mouse and keys: choosing, folding, sorting, the magnifier, what is said and what is hatched.
// With HEADLENS_SHOTS=folder it is written there as a picture, in light and dark.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/heads/head_grid.h"
#include "widgets/heads/head_magnifier.h"
#include "widgets/heads/head_order.h"
#include "widgets/heads/heads_bar.h"
#include "widgets/heads/heads_view.h"
#include "widgets/viewmodel/live_rows.h"

#include <QAccessible>
#include <QApplication>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollArea>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace headlens;
using namespace headlens::test;

class TestHeadsView : public QObject {
    Q_OBJECT

    struct Scene {
        FakeStage stage;
        DisplaySettings display;
        std::unique_ptr<HeadsView> view;
        HeadGrid* grid = nullptr;

        bool open(const char* name, const QSize& size = {380, 420})
        {
            view = std::make_unique<HeadsView>(&stage.model, &stage.selection, &display);
            grid = view->grid();
            view->resize(size);
            view->show();
            return QTest::qWaitForWindowExposed(view.get()) && stage.open(name);
        }
        QPoint middleOf(int layer, int head) const { return grid->cellRect(layer, head).center().toPoint(); }
        HeadPlace chosen() const { return {stage.selection.heads()->layer(), stage.selection.heads()->head()}; }
        void hover(const QPoint& point) const
        {
            QMouseEvent move(QEvent::MouseMove, point, grid->mapToGlobal(point), Qt::NoButton, Qt::NoButton,
                             Qt::NoModifier);
            QApplication::sendEvent(grid, &move);
        }
        QAction* entry(const QString& text) const
        {
            Q_EMIT view->bar()->menu()->aboutToShow();
            for (QAction* action : view->bar()->menu()->actions())
                if (action->text() == text) return action;
            return nullptr;
        }
        bool select(int token)
        {
            stage.selection.tokens()->setToken(token);
            return QTest::qWaitFor(
                [&] { return stage.model.link()->isSettled() && stage.model.rows()->of().token == token; }, 10'000);
        }
    };

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion"))); }

    void aClickChoosesAndCtrlOverlays()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QTest::mouseClick(in.grid, Qt::LeftButton, {}, in.middleOf(1, 2));
        QCOMPARE(in.chosen(), (HeadPlace{1, 2}));
        QTest::mouseClick(in.grid, Qt::LeftButton, Qt::ControlModifier, in.middleOf(0, 3));
        QCOMPARE(in.stage.selection.heads()->overlaid(), (QList<HeadPlace>{{1, 2}, {0, 3}}));
    }
    void arrowsGoWhereTheEyeGoes()
    {
        Scene in;
        QVERIFY(in.open("plain", {260, 420}));
        in.grid->setFocus();
        QTest::keyClick(in.grid, Qt::Key_Right);
        QCOMPARE(in.chosen(), (HeadPlace{0, 1}));
        const QRectF before = in.grid->cellRect(0, 1);
        QTest::keyClick(in.grid, Qt::Key_Down);
        const QRectF after = in.grid->cellRect(in.chosen().layer, in.chosen().head);
        QVERIFY(after.top() > before.top());
        QCOMPARE(after.left(), before.left());
        QTest::keyClick(in.grid, Qt::Key_Up);
        QCOMPARE(in.chosen(), (HeadPlace{0, 1}));
    }
    void xSilencesTheHeadUnderTheMouseElseTheChosenOne()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        in.grid->setFocus();
        QTest::keyClick(in.grid, Qt::Key_X);
        const auto silenced = [&] { return in.stage.model.request().text.ablated; };
        QCOMPARE(int(silenced().size()), 1);
        QTRY_VERIFY(in.stage.model.link()->isSettled());
        in.hover(in.middleOf(1, 3));
        QTest::keyClick(in.grid, Qt::Key_X);
        QCOMPARE(int(silenced().size()), 2);
        QCOMPARE(silenced().back().layer, 1);
        QCOMPARE(silenced().back().head, 3);
        QVERIFY(in.grid->describe({1, 3}).contains("silenced"));
    }
    void aBandWithShiftSwitchesOffWhatItTouches()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        const auto silenced = [&] { return int(in.stage.model.request().text.ablated.size()); };
        const auto band = [&] {
            QTest::mousePress(in.grid, Qt::LeftButton, Qt::ShiftModifier, in.middleOf(0, 0));
            in.hover(in.middleOf(0, 2));
            in.hover(in.middleOf(1, 2));
        };
        const auto release = [&] {
            QTest::mouseRelease(in.grid, Qt::LeftButton, Qt::ShiftModifier, in.middleOf(1, 2));
        };
        band();
        QCOMPARE(silenced(), 0); // at its end, in one run
        release();
        QCOMPARE(silenced(), 6);
        QTRY_VERIFY(in.stage.model.link()->isSettled());
        band();
        release();
        QCOMPARE(silenced(), 0);
        QTRY_VERIFY(in.stage.model.link()->isSettled());
        band();
        in.grid->setFocus();
        QTest::keyClick(in.grid, Qt::Key_Escape);
        release();
        QCOMPARE(silenced(), 0);
        QCOMPARE(in.chosen(), (HeadPlace{0, 0}));
    }
    void theMiddleButtonSilencesAndDraggedIsAFactor()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        const QPoint middle = in.middleOf(1, 2);
        QTest::mouseClick(in.grid, Qt::MiddleButton, {}, middle);
        QCOMPARE(in.stage.model.request().text.ablated.size(), std::size_t(1));
        QTRY_VERIFY(in.stage.model.link()->isSettled());
        QTest::mousePress(in.grid, Qt::MiddleButton, {}, middle);
        in.hover(middle - QPoint(0, 40));
        QTest::mouseRelease(in.grid, Qt::MiddleButton, {}, middle - QPoint(0, 40));
        QVERIFY(in.stage.model.request().text.ablated.empty());
        QCOMPARE(in.stage.model.request().changes.size(), std::size_t(1));
        QCOMPARE(in.stage.model.request().changes[0].factor, 0.5);
        QVERIFY(in.grid->describe({1, 2}).contains("times 0.5"));
        QVERIFY(!in.grid->describe({1, 1}).contains("times"));
    }
    void aDragBeginsAtTheHeadsOwnFactor()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        in.stage.model.wishes()->change([](RunRequest& r) { r.changes = {{"attention", 1, -1, 0.5, {}, {}}}; });
        QVERIFY(in.stage.settled());
        const QPoint middle = in.middleOf(1, 2);
        QTest::mousePress(in.grid, Qt::MiddleButton, {}, middle);
        in.hover(middle - QPoint(0, 40)); // half of it more
        QTest::mouseRelease(in.grid, Qt::MiddleButton, {}, middle - QPoint(0, 40));
        QCOMPARE(in.stage.model.request().changes.back().head, 2);
        QCOMPARE(in.stage.model.request().changes.back().factor, 1.5);
        QVERIFY(in.grid->describe({1, 2}).contains("times 0.75")); // both of them
    }
    void aChangedHeadIsMarkedByAShape()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QTRY_VERIFY(in.stage.model.link()->isSettled());
        const QRect cell = in.grid->cellRect(1, 2).toAlignedRect();
        const QImage plain = in.grid->grab(cell).toImage();
        std::vector<QImage> marks;
        for (const char* kind : {"head", "mean"}) {
            in.stage.model.wishes()->change([&](RunRequest& r) { r.changes = {{kind, 1, 2, 0.5, {}, {}}}; });
            QTRY_VERIFY(in.stage.model.link()->isSettled());
            marks.push_back(in.grid->grab(cell).toImage());
            QVERIFY(marks.back() != plain);
        }
        QVERIFY(marks[0] != marks[1]);
    }
    void theGridFillsItsPaneWithoutABar()
    {
        Scene in;
        QVERIFY(in.open("infini"));
        for (const QSize size : {QSize(260, 300), QSize(380, 700), QSize(700, 260)}) {
            in.view->resize(size);
            QTRY_COMPARE(in.view->width(), size.width());
            QCoreApplication::processEvents();
            const HeadLayout& layout = in.grid->layoutOfHeads();
            double right = 0;
            for (const HeadLayout::Cell& cell : layout.cells) right = std::max(right, cell.rect.right());
            QVERIFY(layout.height <= in.grid->height());
            QVERIFY(right <= in.grid->width());
            QVERIFY(std::min(in.grid->width() - right, in.grid->height() - layout.height) < 14);
        }
    }
    void aLowPaneScrolls()
    {
        Scene in;
        QVERIFY(in.open("infini", {260, 110}));
        QTRY_VERIFY(in.grid->height() > in.view->height());
        in.view->resize(260, 500);
        QTRY_VERIFY(in.grid->height() < in.view->height()); // and no longer
    }
    void groupsFoldByMouseUntilAnotherModelComes()
    {
        Scene in;
        QVERIFY(in.open("infini"));
        QCOMPARE(int(in.grid->layoutOfHeads().headings.size()), 2);
        const auto area = [&] { return in.grid->cellRect(0, 0).width() * in.grid->cellRect(0, 0).height(); };
        const double before = area();
        QTest::mouseClick(in.grid, Qt::LeftButton, {}, in.grid->layoutOfHeads().headings[1].rect.center().toPoint());
        QVERIFY(in.grid->cellRect(1, 0).isEmpty());
        QVERIFY(area() > before); // the other group takes its room
        setSwitch(&in.stage.model, "memory", "off");
        QVERIFY(in.stage.settled());
        QVERIFY(in.grid->cellRect(1, 0).isEmpty()); // remembered
        QVERIFY(in.stage.open("plain"));
        QVERIFY(in.stage.open("infini"));
        QVERIFY(!in.grid->cellRect(1, 0).isEmpty());
    }
    void groupsFoldByKeys()
    {
        Scene in;
        QVERIFY(in.open("infini"));
        in.grid->setFocus();
        QTest::keyClick(in.grid, Qt::Key_Up); // from the first line to its heading
        QTest::keyClick(in.grid, Qt::Key_Return);
        QVERIFY(in.grid->cellRect(0, 0).isEmpty());
        QCOMPARE(in.grid->accessibleDescription(), "Self-attention, folded");
        QCOMPARE(in.chosen(), (HeadPlace{0, 0})); // what is looked at stays
        QTest::keyClick(in.grid, Qt::Key_Right);
        QVERIFY(!in.grid->cellRect(0, 0).isEmpty());
        QTest::keyClick(in.grid, Qt::Key_Down);
        QTest::keyClick(in.grid, Qt::Key_Right);
        QCOMPARE(in.chosen(), (HeadPlace{0, 1}));
    }
    void downFromAFoldedGroupGoesToTheNextOne()
    {
        Scene in;
        QVERIFY(in.open("infini"));
        for (const HeadSection& section : in.grid->sections()) in.grid->setFolded(section, true);
        in.grid->setFocus();
        QTest::keyClick(in.grid, Qt::Key_Down); // no cell is left: the first heading
        QTest::keyClick(in.grid, Qt::Key_Down);
        QTest::keyClick(in.grid, Qt::Key_Right);
        QVERIFY(in.grid->cellRect(0, 0).isEmpty());
        QVERIFY(!in.grid->cellRect(1, 0).isEmpty());
        QTest::keyClick(in.grid, Qt::Key_Down);
        QCOMPARE(in.chosen(), (HeadPlace{1, 0}));
    }
    // The first action opens the menu, the second is its entry.
    void sortingIsOneMenuAndOneEntry()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QVERIFY(in.view->bar()->sortButton()->toolTip().contains("8 heads"));
        QAction* cls = in.entry("share on CLS");
        QVERIFY(cls != nullptr);
        cls->trigger();
        QCOMPARE(in.view->order()->sort(), HeadSort::FirstToken);
        QVERIFY(in.view->bar()->sortButton()->toolTip().contains("sorted by share on CLS"));
        QCOMPARE(in.grid->layoutOfHeads().cells.front().place, in.view->order()->ranked().front().place);
        QVERIFY(in.entry("share on CLS")->isChecked());
    }
    void similarHeadsStandBesideTheChosenOneWithTheirNumbers()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QTest::mouseClick(in.grid, Qt::LeftButton, {}, in.middleOf(1, 2));
        in.entry("similarity to the chosen head")->trigger();
        const HeadLayout& layout = in.grid->layoutOfHeads();
        QCOMPARE(layout.cells.front().place, (HeadPlace{1, 2}));
        QVERIFY(std::abs(layout.cells.front().value - 1) < 1e-9);
        QVERIFY(layout.caption > 0);
        QVERIFY(in.grid->describe({0, 0}).contains("Similarity to head 1.2: 0."));
        in.entry("smallest first")->trigger();
        QCOMPARE(in.grid->layoutOfHeads().cells.back().place, (HeadPlace{1, 2}));
        in.entry("layer")->trigger();
        in.entry("last layer first")->trigger();
        QVERIFY(in.grid->cellRect(1, 0).topLeft() != in.grid->cellRect(0, 0).topLeft());
        QCOMPARE(in.grid->layoutOfHeads().cells.front().place, (HeadPlace{1, 0}));
    }
    void theBarFitsItsPaneAndNamesTheQuery()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QVERIFY(in.select(1 + 8 * 4 + 7));
        for (const int width : {260, 380, 700}) {
            in.view->resize(width, 400);
            QTRY_COMPARE(in.view->width(), width); // nothing in it asks for more
            QVERIFY(in.view->bar()->sortButton()->geometry().right() < width);
            QVERIFY(!in.view->bar()->sortButton()->text().isEmpty());
        }
        const auto labels = in.view->bar()->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](QLabel* label) { return label->text() == "query patch (4, 7)"; }));
        everyPartHasAName(*in.view);
    }
    void theHeadUnderTheMouseIsMagnifiedBesideIt()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QVERIFY(!in.view->magnifier()->isVisible());
        for (const HeadPlace place : {HeadPlace{0, 0}, HeadPlace{1, 3}, HeadPlace{0, 3}, HeadPlace{1, 0}}) {
            in.hover(in.middleOf(place.layer, place.head));
            QTRY_VERIFY(in.view->magnifier()->isVisible());
            QCOMPARE(in.view->magnifier()->place(), place);
            const QRect cell = in.grid->cellRect(place.layer, place.head).toRect();
            const QRect there(in.grid->mapTo(in.view.get(), cell.topLeft()), cell.size());
            QVERIFY(!in.view->magnifier()->geometry().intersects(there));
        }
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(in.grid, &leave);
        QVERIFY(!in.view->magnifier()->isVisible());
    }
    void arrowsMagnifyAndEscapeEndsIt()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        in.grid->setFocus();
        QTest::keyClick(in.grid, Qt::Key_Right);
        QTRY_VERIFY(in.view->magnifier()->isVisible());
        QCOMPARE(in.view->magnifier()->place(), (HeadPlace{0, 1}));
        QTest::keyClick(in.grid, Qt::Key_Escape);
        QVERIFY(!in.view->magnifier()->isVisible());
        in.hover(in.middleOf(0, 2));
        QTRY_VERIFY(in.view->magnifier()->isVisible());
        in.entry("magnify the head under the mouse")->trigger();
        QVERIFY(!in.view->magnifier()->isVisible());
        in.hover(in.middleOf(0, 3));
        QTest::qWait(0);
        QVERIFY(!in.view->magnifier()->isVisible());
    }
    void theMagnifierNeverCoversItsCell()
    {
        for (const QSize pane : {QSize(260, 300), QSize(400, 400), QSize(700, 220)})
            for (int x = 0; x < pane.width(); x += 17)
                for (int y = 0; y < pane.height(); y += 17) {
                    const QRect cell(x, y, 40, 40);
                    const QRect at = magnifierRect(QRect(QPoint(), pane), cell, {216, 270}, {80, 134});
                    QVERIFY(!at.intersects(cell));
                    QVERIFY(QRect(QPoint(), pane).contains(at) || at.isEmpty());
                    QVERIFY(!at.isEmpty() || pane.height() < 300);
                }
    }
    // Greyed and hatched, neither white nor a map.
    void whatCannotBeReachedIsHatched()
    {
        Scene in;
        QVERIFY(in.open("infini"));
        QVERIFY(in.select(2));
        const auto coloursOf = [&](int layer) {
            const QRect cell = in.grid->cellRect(layer, 1).toRect().adjusted(4, 4, -4, -4);
            const QImage shown = in.grid->grab(cell).toImage();
            QSet<QRgb> colours;
            bool grey = true;
            for (int y = 0; y < shown.height(); ++y)
                for (int x = 0; x < shown.width(); ++x) {
                    const QColor colour = shown.pixelColor(x, y);
                    colours.insert(colour.rgb());
                    grey = grey && colour.saturation() < 30;
                }
            return std::pair(colours.size(), grey);
        };
        const auto [memory, memoryIsGrey] = coloursOf(1);
        QVERIFY(memoryIsGrey);
        QVERIFY(memory > 1); // lines, not a hole
        QVERIFY(!coloursOf(0).second);
        QVERIFY(in.grid->describe({1, 1}).contains("still empty"));
    }
    void screenReadersHearEveryHead()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(in.grid);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 8);
        QAccessibleInterface* head = list->child(6);
        QCOMPARE(head, list->child(6));
        QCOMPARE(list->indexOfChild(head), 6);
        QVERIFY(head->text(QAccessible::Name).startsWith("Layer 1, head 2, Strongest: "));
        QVERIFY(!head->state().selected);
        head->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(in.chosen(), (HeadPlace{1, 2}));
        QVERIFY(head->state().selected);
        QCOMPARE(head->rect().size(), in.grid->cellRect(1, 2).toAlignedRect().size());
    }
    // A mouse over the grid paints two cells, not all of them.
    void hoveringPaintsOnlyWhatChanges()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        in.hover(in.middleOf(0, 0));
        QCoreApplication::processEvents();
        struct Areas : QObject {
            QRegion seen;
            bool eventFilter(QObject*, QEvent* event) override
            {
                if (event->type() == QEvent::Paint) seen += static_cast<QPaintEvent*>(event)->region();
                return false;
            }
        } areas;
        QTRY_VERIFY(in.view->magnifier()->isVisible());
        in.entry("magnify the head under the mouse")->trigger(); // it would uncover what lies below
        QCoreApplication::processEvents();
        in.grid->installEventFilter(&areas);
        in.hover(in.middleOf(0, 1));
        QTRY_VERIFY(!areas.seen.isEmpty());
        QVERIFY(!areas.seen.contains(in.middleOf(1, 3)));
        QVERIFY(areas.seen.contains(in.middleOf(0, 1)));
    }
    void picturesOfIt()
    {
        Scene in;
        QVERIFY(in.open("infini"));
        QVERIFY(in.select(20));
        photograph(*in.view, "heads-groups");
        QVERIFY(in.stage.open("routed"));
        in.entry("similarity to the chosen head")->trigger();
        in.hover(in.middleOf(2, 1));
        QTRY_VERIFY(in.view->magnifier()->isVisible());
        photograph(*in.view, "heads-sorted");
    }
};

QTEST_MAIN(TestHeadsView)
#include "tst_heads_view.moc"
