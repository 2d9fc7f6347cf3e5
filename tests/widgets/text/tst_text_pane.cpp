// SPDX-License-Identifier: GPL-3.0-or-later
// The pane of a text over the fake engine: how much room it takes, what its chips do, where its arrows lead.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/text/growing_edit.h"
#include "widgets/text/prompt_flow.h"
#include "widgets/text/text_chips.h"
#include "widgets/text/text_pane.h"
#include "widgets/text/token_strip.h"
#include "widgets/text/token_values.h"
#include "widgets/text/write_row.h"

#include <QApplication>
#include <QLayout>
#include <QMouseEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>
#include <ctime>

using namespace headlens;

namespace {

// As the middle of the window: the text, and below it something that takes the rest.
struct Middle : QWidget {
    test::FakeStage stage;
    DisplaySettings display;
    TextPane* pane = new TextPane(&stage.model, &stage.selection, &display);
    QWidget* rest = new QWidget;

    Middle()
    {
        auto* layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(pane);
        layout->addWidget(rest, 1);
        resize(700, 600);
    }
    bool open(const char* name)
    {
        show();
        return QTest::qWaitForWindowExposed(this) && stage.open(name) && QTest::qWaitFor([&] { return rows() > 0; });
    }
    int rows() const { return int(stage.model.rows()->layers().size()); }
    TokenStrip* strip() const { return pane->readStrip(); }
    TokenPlace query() const { return stage.selection.tokens()->query(); }
};

} // namespace

class TestTextPane : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFieldGrowsWithItsTextUpToSixLines()
    {
        GrowingEdit edit(1, 6);
        edit.resize(300, 50);
        edit.show();
        QVERIFY(QTest::qWaitForWindowExposed(&edit));
        const int one = edit.height(), line = edit.fontMetrics().lineSpacing();
        edit.setPlainText("a\nb\nc");
        QCOMPARE(edit.height(), one + 2 * line);
        edit.setPlainText(QString("word ").repeated(30)); // wrapped
        QVERIFY(edit.height() > one);
        edit.setPlainText(QString("line\n").repeated(40));
        QCOMPARE(edit.height(), one + 5 * line);
        edit.setPlainText("a");
        QCOMPARE(edit.height(), one);
    }
    void besideAPictureThePaneGrowsUpToHalfOfTheMiddle()
    {
        Middle middle;
        QVERIFY(middle.open("tiles"));
        QTRY_VERIFY(middle.pane->height() < middle.height() / 2); // a few words leave the rest to the picture
        const int few = middle.pane->height();
        QTRY_VERIFY(!middle.pane->flow()->verticalScrollBar()->isVisible());
        middle.pane->edit()->setPlainText(QString("given <img> with red@b3 and <obj> Q : is red ? A : ") +
                                          QString("is red left of green and below blue ? ").repeated(20));
        QTRY_VERIFY(middle.pane->height() > few);
        QVERIFY(middle.pane->height() <= middle.height() / 2);
        middle.resize(700, 400);
        QTRY_VERIFY(middle.pane->height() <= 200);
        QTRY_VERIFY(middle.pane->flow()->verticalScrollBar()->isVisible()); // what has no room scrolls
        test::photograph(middle, "text-pane");
    }
    void aTextAloneMayTakeTheWholeMiddle()
    {
        Middle middle;
        QVERIFY(middle.open("life"));
        QCOMPARE(middle.pane->maximumHeight(), QWIDGETSIZE_MAX);
        QVERIFY(!middle.pane->writeRow()->isVisible()); // it does not write
        QVERIFY(!middle.pane->writtenStrip()->isVisible());
        QVERIFY(!middle.pane->flow()->picture()->isVisible());
        test::everyPartHasAName(*middle.pane);
    }
    void sinksLeaveTheScaleByOneChipThatSaysTheirShare()
    {
        Middle middle;
        QVERIFY(middle.open("life"));
        QToolButton* chip = middle.pane->chips()->sinks();
        QTRY_VERIFY(chip->isVisible());
        const auto share = shareOfSinks(middle.stage.model, middle.stage.selection);
        QVERIFY(share && *share > 0 && *share < 1);
        QTRY_VERIFY(chip->text().contains(QString::number(std::lround(100 * *share)) + " %"));
        const auto values = [&] { return tokenValues(middle.stage.model, middle.stage.selection, middle.display, 0); };
        const TokenValues with = values();
        const QImage before = middle.strip()->grab().toImage();
        QTest::mouseClick(chip, Qt::LeftButton);
        QVERIFY(middle.display.get().withoutSinks);
        QVERIFY(values().isSink(0) && !with.isSink(0));
        QVERIFY(values().scale.high <= with.scale.high);
        QVERIFY(middle.strip()->grab().toImage() != before);
        test::photograph(*middle.pane, "text-sinks");
        QTest::mouseClick(chip, Qt::LeftButton);
        QVERIFY(!middle.display.get().withoutSinks);
    }
    void aShareThatChangesUnderTheMouseMovesNothing()
    {
        Middle middle;
        QVERIFY(middle.open("life"));
        const QRect ids = middle.pane->chips()->ids()->geometry();
        for (int token = 0; token < 6; ++token) {
            middle.stage.selection.tokens()->hover({0, token});
            QTRY_VERIFY(middle.stage.model.link()->isSettled());
            QCOMPARE(middle.pane->chips()->ids()->geometry(), ids);
        }
    }
    void arrowsWalkThroughTheTokensAndItsLines()
    {
        Middle middle;
        QVERIFY(middle.open("life"));
        TokenStrip* strip = middle.strip();
        QTest::keyClick(strip, Qt::Key_Home);
        QCOMPARE(middle.query(), (TokenPlace{0, 0}));
        QTest::keyClick(strip, Qt::Key_Right);
        QCOMPARE(middle.query(), (TokenPlace{0, 1}));
        QTest::keyClick(strip, Qt::Key_Left);
        QTest::keyClick(strip, Qt::Key_Left); // nothing is before it
        QCOMPARE(middle.query(), (TokenPlace{0, 0}));
        middle.resize(260, 600);
        QTRY_VERIFY(strip->rectOf(int(middle.stage.selection.tokens()->count()) - 1).top() > strip->rectOf(0).bottom());
        QTest::keyClick(strip, Qt::Key_Down);
        const int below = middle.query().token;
        QVERIFY(below > 0);
        QVERIFY(strip->rectOf(below).top() > strip->rectOf(0).bottom());
        QTest::keyClick(strip, Qt::Key_Up);
        QVERIFY(middle.query().token < below);
        QTest::keyClick(strip, Qt::Key_End);
        QCOMPARE(middle.query().token, middle.stage.selection.tokens()->count() - 1);
        QTest::keyClick(strip, Qt::Key_Return);
        QVERIFY(middle.stage.selection.tokens()->isPinned());
    }
    void aStrokeWithShiftHidesWordsAndShowsThemAgain()
    {
        Middle middle;
        QVERIFY(middle.open("infini"));
        TokenStrip* strip = middle.strip();
        const auto hidden = [&] { return int(middle.stage.model.request().text.hiddenTokens.size()); };
        const auto stroke = [&](int from, int to) {
            QTest::mousePress(strip, Qt::LeftButton, Qt::ShiftModifier, strip->rectOf(from).center().toPoint());
            for (int token = from; token <= to; ++token) {
                const QPointF at = strip->rectOf(token).center();
                QMouseEvent move(QEvent::MouseMove, at, strip->mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                                 Qt::ShiftModifier);
                QApplication::sendEvent(strip, &move);
            }
            QTest::mouseRelease(strip, Qt::LeftButton, Qt::ShiftModifier, strip->rectOf(to).center().toPoint());
        };
        stroke(1, 3);
        QCOMPARE(hidden(), 3);
        QVERIFY(!middle.stage.selection.tokens()->isPinned());
        QTRY_VERIFY(middle.stage.model.link()->isSettled());
        stroke(2, 4); // begins on a hidden one: shows
        QCOMPARE(middle.stage.model.request().text.hiddenTokens, std::vector<int>{1});
    }
    void numbersBelowTokensMakeTheirLinesHigher()
    {
        Middle middle;
        QVERIFY(middle.open("life"));
        const double before = middle.strip()->rectOf(0).height();
        QTest::mouseClick(middle.pane->chips()->ids(), Qt::LeftButton);
        QVERIFY(middle.strip()->rectOf(0).height() > before);
        QVERIFY(!middle.strip()->accessibleDescription().isEmpty());
        QCOMPARE(middle.strip()->accessibleName(), TokenStrip::tr("Tokens of the text"));
    }
    void thousandsOfTokensAreArrangedOnceAndPaintedWhereTheyAreSeen()
    {
        Middle middle;
        QVERIFY(middle.open("life"));
        QString life;
        for (int i = 0; i < 500; ++i) life += QStringLiteral("19%1-02 job office p3 <sep> ").arg(50 + i / 12, 2);
        middle.pane->edit()->setPlainText(life);
        QTRY_VERIFY_WITH_TIMEOUT(middle.stage.model.input().streams[0].tokens.size() > 1000, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(middle.stage.model.link()->isSettled(), 20'000);
        TokenStrip* strip = middle.strip();
        QTRY_VERIFY(strip->height() > middle.height());
        QSignalSpy painted(strip, &TokenStrip::painted);
        const std::clock_t begin = std::clock(); // of this process: the machine may be busy
        constexpr int kFrames = 20;
        for (int frame = 0; frame < kFrames; ++frame) strip->repaint();
        QCOMPARE(painted.count(), kFrames);
        const double each = 1000.0 * double(std::clock() - begin) / CLOCKS_PER_SEC / kFrames;
        QVERIFY2(each < 60, qPrintable(QStringLiteral("%1 ms a frame").arg(each))); // all tokens would take longer
        qInfo("%.2f ms a frame", each);
    }
};

QTEST_MAIN(TestTextPane)
#include "tst_text_pane.moc"
