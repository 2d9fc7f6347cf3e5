// SPDX-License-Identifier: GPL-3.0-or-later
// A life on a time axis: its arithmetic, and the view over a fake engine.
// With HEADLENS_SHOTS=folder the view is written there as a picture, in light and dark.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/life2vec/chance_bars.h"
#include "widgets/life2vec/life_line.h"
#include "widgets/life2vec/life_state.h"
#include "widgets/life2vec/life_text.h"
#include "widgets/life2vec/life_view.h"
#include "widgets/life2vec/wave_plot.h"
#include "widgets/text/text_pane.h"
#include "widgets/viewmodel/live_rows.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStyleFactory>
#include <QTest>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

class TestLifeView : public QObject {
    Q_OBJECT

    // Opens the fake's life, its view in a dock, and waits until all of it has answered.
    static bool open(FakeStage& stage, LifeView* view, QScrollArea& dock, int width = 900, int height = 900)
    {
        show(view, dock, width, height);
        if (!stage.open("life")) return false;
        return QTest::qWaitFor([&] { return stage.model.link()->isSettled() && view->state().alpha.size() == 2; },
                               10'000);
    }
    static QString textOf(FakeStage& stage) { return QString::fromStdString(stage.model.input().streams[0].text); }
    static int eventOf(const LifeView& view, const std::string& month)
    {
        const auto& events = view.life().events();
        const auto found = std::ranges::find(events, *monthOf(month), &LifeEvent::month);
        return found == events.end() ? -1 : int(found - events.begin());
    }
    // Rests until the engine has answered everything about the text as it is edited.
    static bool rests(FakeStage& stage, const LifeView& view)
    {
        return QTest::qWaitFor(
            [&] { return stage.model.link()->isSettled() && textOf(stage).toStdString() == view.life().text(); },
            10'000);
    }

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion"))); }

    void aModelOfOtherThingsReadsNoLives()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        show(view, dock, 420, 300);
        QCOMPARE(view->intro(), QStringLiteral("This model reads no lives."));
        QVERIFY(stage.open("infini"));
        QCOMPARE(view->intro(), QStringLiteral("This model reads no lives."));
        QVERIFY(!view->line()->isVisible());
        photograph(dock, "life-none");
        QVERIFY(stage.open("life"));
        QCOMPARE(view->intro(), QString());
        QVERIFY(view->line()->isVisible());
        const auto labels = view->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->isVisible() && label->text() == "These lives are made up by a program; they are nobody's.";
        }));
        QVERIFY(stage.open("routed"));
        QCOMPARE(view->intro(), QStringLiteral("This model reads no lives."));
    }
    void cardsLieInLanesAndFitTheWidth_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("a narrow dock") << 420;
        QTest::newRow("a wide one") << 1100;
    }
    void cardsLieInLanesAndFitTheWidth()
    {
        QFETCH(int, width);
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock, width, width < 500 ? 1150 : 640));
        stage.selection.tokens()->setToken(view->life().events()[4].place(1));
        QTRY_VERIFY(stage.model.link()->isSettled() && view->chosen() == (LifePlace{4, 1}));
        QCoreApplication::processEvents();
        LifeLine& line = *view->line();
        QCOMPARE(view->life().events().size(), std::size_t(12));
        for (int i = 0; i < 12; ++i) {
            QVERIFY2(line.rect().contains(line.laidOut().cardRect(i).toAlignedRect()), qPrintable(QString::number(i)));
            for (int j = 0; j < i; ++j) QVERIFY(!line.laidOut().cardRect(i).intersects(line.laidOut().cardRect(j)));
            const bool off = line.laidOut().cardRect(i).top() > line.laidOut().axisHeight() ||
                             line.laidOut().cardRect(i).bottom() < line.laidOut().axisHeight();
            QVERIFY(off);
        }
        QCOMPARE(view->findChild<QScrollArea*>()->horizontalScrollBar()->maximum(), 0);
        everyPartHasAName(*view);
        photograph(dock, width < 500 ? "life-420" : "life-1100");
    }
    void theSelectionMarksAnEventAndTheGapHasItsGuess()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        stage.selection.tokens()->setToken(0); // <cls>
        QTRY_COMPARE(view->chosen().event, -1);
        const int event = eventOf(*view, "1984-05");
        stage.selection.tokens()->setToken(view->life().events()[std::size_t(event)].place(1));
        QCOMPARE(view->chosen(), (LifePlace{event, 1}));
        QCOMPARE(view->guesses()->lines().size(), std::size_t(5));
        const ShareLine best = view->guesses()->lines()[0];
        QVERIFY(view->guesses()->title().contains("1984-05"));
        QVERIFY(view->line()->laidOut().sentence(event).contains(
            "hidden (" + best.word + "? " + QString::number(std::lround(100 * best.share)) + " %)"));
        QVERIFY(view->line()->laidOut().sentence(event).contains("age 23.2"));
        QCOMPARE(view->line()->accessibleDescription(), view->line()->laidOut().sentence(event));
        QCOMPARE(view->verdict()->lines()[0].word, QStringLiteral("as lived"));
        QCOMPARE(view->verdict()->lines()[0].share, 0.94);
    }
    void attentionOfAnEventIsTheMeanOverItsWords()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        stage.selection.heads()->setLayer(1);
        stage.selection.tokens()->setToken(view->life().events()[2].place(0));
        QTRY_VERIFY(stage.model.link()->isSettled() && !stage.model.rows()->current().empty());
        const std::vector<float> row = stage.model.rows()->current();
        const LifePicture& picture = view->line()->picture();
        for (std::size_t i = 0; i < picture.events.size(); ++i) {
            const auto first = std::size_t(picture.events[i].first);
            const float mean = (row[first] + row[first + 1] + row[first + 2] + row[first + 3]) / 4;
            QVERIFY(picture.attention[i] && std::abs(*picture.attention[i] - mean) < 1e-6F);
            QCOMPARE(view->line()->laidOut().sentence(int(i)).contains("attention "), i != 2);
        }
    }
    void keysMoveTheChosenEventAndTheGuessesFollow()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        LifeLine& line = *view->line();
        int event = eventOf(*view, "1984-05");
        stage.selection.tokens()->setToken(view->life().events()[std::size_t(event)].place(1));
        QTRY_VERIFY(stage.model.link()->isSettled());
        QTest::keyClick(&line, Qt::Key_Right);
        QVERIFY(rests(stage, *view));
        QVERIFY(textOf(stage).contains("1984-06 job [MASK] p3"));
        QTest::keyClick(&line, Qt::Key_Left);
        QTest::keyClick(&line, Qt::Key_Left);
        QVERIFY(rests(stage, *view));
        QVERIFY(textOf(stage).contains("1984-04 job [MASK] p3"));
        QVERIFY(view->guesses()->lines()[0].word != "pension");
        for (int year = 0; year < 50; ++year) QTest::keyClick(&line, Qt::Key_PageDown);
        QVERIFY(rests(stage, *view));
        event = eventOf(*view, "2034-04");
        QCOMPARE(event, 11); // past all others
        QVERIFY(textOf(stage).endsWith("<sep> 2034-04 job [MASK] p3"));
        QCOMPARE(view->chosen(), (LifePlace{11, 1})); // and still the chosen one
        QCOMPARE(stage.selection.tokens()->query().token, view->life().events()[11].place(1));
        QTRY_COMPARE(view->guesses()->lines()[0].word, QStringLiteral("pension"));
        const double age = yearOf(*monthOf("2034-04") - *monthOf("1961-03"));
        QTRY_VERIFY(std::abs(view->ages()->marker().value_or(-1) - age) < 1e-3);
        QTest::keyClick(&line, Qt::Key_PageUp);
        QVERIFY(rests(stage, *view));
        QVERIFY(textOf(stage).endsWith("2033-04 job [MASK] p3"));
    }
    void keysChooseEventsAndWords()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        LifeLine& line = *view->line();
        stage.selection.tokens()->setToken(0);
        QTRY_VERIFY(stage.model.link()->isSettled());
        const QString before = textOf(stage);
        QTest::keyClick(&line, Qt::Key_Right); // nothing is chosen
        QTest::keyClick(&line, Qt::Key_Delete);
        QTest::keyClick(&line, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(view->chosen(), (LifePlace{0, -1}));
        QTest::keyClick(&line, Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(&line, Qt::Key_Down);
        QTest::keyClick(&line, Qt::Key_Down);
        QCOMPARE(view->chosen(), (LifePlace{1, 1}));
        for (int i = 0; i < 5; ++i) QTest::keyClick(&line, Qt::Key_Up);
        QCOMPARE(view->chosen(), (LifePlace{1, -1}));
        QTest::keyClick(&line, Qt::Key_Up, Qt::ControlModifier);
        QCOMPARE(view->chosen(), (LifePlace{0, -1}));
        QTRY_VERIFY(stage.model.link()->isSettled());
        QCOMPARE(stage.selection.tokens()->query().token, 1);
        QCOMPARE(textOf(stage), before);
    }
    void aDraggedCardTakesItsMonthAlong()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock, 1100));
        LifeLine& line = *view->line();
        const int event = eventOf(*view, "1992-11");
        const QPoint from = line.laidOut().wordRect({event, 1}).center().toPoint();
        const LifeAxis axis = line.laidOut().axis;
        const int wanted = *monthOf("2010-05"); // past three others
        const int by = int(std::lround(axis.at(wanted) - axis.at(*monthOf("1992-11"))));
        const double height = line.laidOut().cardRect(event).top();
        QTest::mousePress(&line, Qt::LeftButton, {}, from);
        QCOMPARE(view->chosen(), (LifePlace{event, 1}));
        for (int step = 1; step <= 20; ++step) QTest::mouseMove(&line, from + QPoint(by * step / 20, 3));
        QTRY_VERIFY(line.isDragging());
        QTRY_VERIFY(view->chosen().event == event + 2);
        QCOMPARE(line.laidOut().cardRect(view->chosen().event).top(), height); // stays in its lane meanwhile
        QCOMPARE(line.laidOut().axis.low, axis.low);
        photograph(dock, "life-dragging");
        QTest::mouseRelease(&line, Qt::LeftButton, {}, from + QPoint(by, 3));
        QVERIFY(!line.isDragging());
        QVERIFY(rests(stage, *view));
        const LifeEvent& moved = view->life().events()[std::size_t(event) + 2];
        QCOMPARE(moved.words, (std::vector<std::string>{"job", "nurse", "p4"}));
        QVERIFY(std::abs(moved.month - wanted) <= 1); // to the pixel
        QCOMPARE(stage.selection.tokens()->query().token, moved.place(1));
    }
    void aClickMovesNothing()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock, 1100));
        const QString before = textOf(stage);
        const QPoint at = view->line()->laidOut().wordRect({6, 2}).center().toPoint();
        QTest::mousePress(view->line(), Qt::LeftButton, {}, at);
        QTest::mouseMove(view->line(), at + QPoint(2, 0));
        QTest::mouseRelease(view->line(), Qt::LeftButton, {}, at + QPoint(2, 0));
        QTRY_VERIFY(stage.model.link()->isSettled());
        QCOMPARE(textOf(stage), before);
        QCOMPARE(stage.selection.tokens()->query().token, view->life().events()[6].place(2));
    }
    void deleteHidesAWordAndBringsItBack()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        const QString before = textOf(stage);
        const int event = eventOf(*view, "1992-11");
        auto* hide = view->findChildren<QPushButton*>()[0];
        stage.selection.tokens()->setToken(view->life().events()[std::size_t(event)].place(-1));
        QTRY_VERIFY(stage.model.link()->isSettled());
        QVERIFY(!hide->isEnabled()); // a month
        stage.selection.tokens()->setToken(view->life().events()[std::size_t(event)].place(1));
        QTRY_VERIFY(stage.model.link()->isSettled());
        QCOMPARE(hide->text(), QStringLiteral("Hide this word"));
        QTest::keyClick(view->line(), Qt::Key_Delete);
        QVERIFY(rests(stage, *view));
        QCOMPARE(textOf(stage), QString(before).replace("job nurse p4", "job [MASK] p4"));
        QCOMPARE(hide->text(), QStringLiteral("Show this word"));
        QTRY_VERIFY(view->guesses()->title().contains("1992-11"));
        hide->click();
        QVERIFY(rests(stage, *view));
        QCOMPARE(textOf(stage), before);
        stage.selection.tokens()->setToken(
            view->life().events()[4].place(1)); // hidden from the start: nobody knows the word
        QTRY_VERIFY(stage.model.link()->isSettled());
        QCOMPARE(hide->text(), QStringLiteral("Write the best guess"));
        const QString best = view->guesses()->lines()[0].word;
        hide->click();
        QVERIFY(rests(stage, *view));
        QVERIFY(textOf(stage).contains("1984-05 job " + best + " p3"));
    }
    void theMenuOfAWordHidesIt()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        const QPoint at = view->line()->laidOut().wordRect({8, 1}).center().toPoint();
        QContextMenuEvent asked(QContextMenuEvent::Mouse, at, view->line()->mapToGlobal(at));
        QCoreApplication::sendEvent(view->line(), &asked);
        QCOMPARE(view->chosen(), (LifePlace{8, 1}));
        auto* menu = view->line()->findChild<QMenu*>();
        QVERIFY(menu != nullptr && menu->actions().size() == 2);
        menu->actions()[0]->trigger();
        menu->close();
        QVERIFY(rests(stage, *view));
        QVERIFY(textOf(stage).contains("1992-11 job [MASK] p4"));
    }
    void swappingEventsChangesTheVerdict()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        auto* swap = view->findChildren<QPushButton*>()[1];
        stage.selection.tokens()->setToken(view->life().events()[0].place(0));
        QTRY_VERIFY(stage.model.link()->isSettled());
        QVERIFY(!swap->isEnabled()); // the background
        stage.selection.tokens()->setToken(view->life().events()[2].place(0));
        QTRY_VERIFY(stage.model.link()->isSettled());
        QVERIFY(view->verdict()->lines()[0].share > 0.9);
        swap->click();
        QVERIFY(rests(stage, *view));
        QVERIFY(textOf(stage).contains("1977-06 job clerk p2 <sep> 1979-09 school done p1"));
        QCOMPARE(view->chosen(), (LifePlace{3, 0})); // follows its content
        QTRY_VERIFY(view->verdict()->lines()[0].share < 0.1);
        QCOMPARE(view->verdict()->lines()[0].word, QStringLiteral("as lived")); // the order of the bars stays
        QCOMPARE(view->verdict()->lines()[2].word, QStringLiteral("shuffled"));
        QTest::keyClick(view->line(), Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(rests(stage, *view));
        QTRY_VERIFY(view->verdict()->lines()[0].share > 0.9);
    }
    void wavesAndTheirStrengthAreShown()
    {
        FakeStage stage;
        DisplaySettings display;
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        stage.selection.tokens()->setToken(view->life().events()[4].place(0));
        QTRY_COMPARE(view->dates()->marker().value_or(0), yearOf(*monthOf("1984-05")));
        QVERIFY(std::abs(view->ages()->marker().value_or(0) - 23.1667) < 1e-3);
        QCOMPARE(view->ages()->waves().size(), std::size_t(4));
        QCOMPARE(view->ages()->low(), 0.0);
        QCOMPARE(view->ages()->high(), 100.0);
        QCOMPARE(view->dates()->low(), 1951.0);
        QCOMPARE(view->dates()->high(), 2036.0);
        const TimeWave wave{0.5, 0.25};
        QVERIFY(std::abs(view->ages()->valueAt(wave, 10) - std::cos(5.25)) < 1e-12);
        QVERIFY(std::abs(view->dates()->valueAt(wave, 10) - std::sin(5.25)) < 1e-12);
        const auto labels = view->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->text() == "Age is added with strength 0.42. Date is not added at all.";
        }));
        stage.selection.tokens()->setToken(0);
        QTRY_VERIFY(!view->ages()->marker());
    }
    void theTypedTextFollowsTheDraggedEvent()
    {
        FakeStage stage;
        DisplaySettings display;
        TextPane pane(&stage.model, &stage.selection, &display);
        auto* view = new LifeView(&stage.model, &stage.selection, &display);
        QScrollArea dock;
        QVERIFY(open(stage, view, dock));
        stage.selection.tokens()->setToken(view->life().events()[4].place(1));
        QTRY_VERIFY(stage.model.link()->isSettled());
        auto* edit = pane.findChildren<QPlainTextEdit*>()[0];
        QVERIFY(edit->toPlainText().contains("1984-05 job"));
        QTest::keyClick(view->line(), Qt::Key_PageDown);
        QTRY_VERIFY(edit->toPlainText().contains("1985-05 job"));
        QVERIFY(!edit->document()->isModified());
    }
};

QTEST_MAIN(TestLifeView)
#include "tst_life_view.moc"
