// SPDX-License-Identifier: GPL-3.0-or-later
// The brush over the picture: what it paints and erases, by mouse and by keyboard, and what the run is asked for.
#include "tests/support/fake_stage.h"
#include "widgets/canvas/brush_menu.h"
#include "widgets/canvas/canvas.h"
#include "widgets/canvas/canvas_brush.h"
#include "widgets/canvas/canvas_tools.h"
#include "widgets/viewmodel/interventions.h"

#include <QAction>
#include <QApplication>
#include <QMouseEvent>
#include <QToolButton>

#include <memory>

using namespace headlens;
using namespace headlens::test;

class TestCanvasBrush : public QObject {
    Q_OBJECT

    struct Scene {
        FakeStage stage;
        DisplaySettings display;
        std::unique_ptr<Canvas> canvas;

        bool open(const char* name)
        {
            canvas = std::make_unique<Canvas>(&stage.model, &stage.selection, &display);
            canvas->resize(500, 500);
            canvas->show();
            return QTest::qWaitForWindowExposed(canvas.get()) && stage.open(name);
        }
        CanvasBrush& brush() const { return *canvas->brush(); }
        int columns() const { return stage.model.run().pictureOf()->gridWidth; }
        QPoint middleOf(int patch) const { return canvas->rectOf(1 + patch).center().toPoint(); } // behind CLS
        std::vector<int> painted() const { return paintedPatches(stage.model, brush().kind()); }
        void drag(const QPoint& to, Qt::MouseButton with = Qt::LeftButton) const
        {
            QMouseEvent move(QEvent::MouseMove, QPointF(to), canvas->mapToGlobal(QPointF(to)), Qt::NoButton, with,
                             Qt::NoModifier);
            QApplication::sendEvent(canvas.get(), &move);
        }
    };

private Q_SLOTS:
    void aStrokeCoversThePatchesItGoesOver_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"hide", "cover-mean", "cover-blur", "cover-zero"}) QTest::newRow(kind) << kind;
    }
    void aStrokeCoversThePatchesItGoesOver()
    {
        QFETCH(QString, kind);
        Scene in;
        QVERIFY(in.open("plain"));
        in.brush().setKind(kind.toStdString());
        QTest::mousePress(in.canvas.get(), Qt::LeftButton, {}, in.middleOf(0));
        in.drag(in.middleOf(3)); // one jump: no gap
        QTest::mouseRelease(in.canvas.get(), Qt::LeftButton, {}, in.middleOf(3));
        in.drag(in.middleOf(5), Qt::NoButton);
        QCOMPARE(in.painted(), std::vector<int>({0, 1, 2, 3}));
        QVERIFY(!in.stage.selection.tokens()->isPinned());
        const int first = kind == "hide" ? 1 : 0; // tokens count CLS, patches do not
        QCOMPARE(keysOf(in.stage.model.request(), kind.toStdString()).front(), first);
        QTest::mousePress(in.canvas.get(), Qt::RightButton, {}, in.middleOf(1));
        in.drag(in.middleOf(2), Qt::RightButton);
        QTest::mouseRelease(in.canvas.get(), Qt::RightButton, {}, in.middleOf(2));
        QCOMPARE(in.painted(), std::vector<int>({0, 3}));
        in.brush().clear();
        QVERIFY(in.stage.model.request() == RunRequest());
    }
    void aWideBrushPaintsASquareAndStaysInThePicture()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        in.brush().setKind("cover-blur");
        in.brush().setSize(3);
        QTest::mouseClick(in.canvas.get(), Qt::LeftButton, {}, in.middleOf(0)); // the corner
        const int wide = in.columns();
        QCOMPARE(in.painted(), std::vector<int>({0, 1, wide, wide + 1}));
    }
    void withoutTheBrushAClickPins()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QTest::mouseClick(in.canvas.get(), Qt::LeftButton, {}, in.middleOf(4));
        QVERIFY(in.stage.selection.tokens()->isPinned());
        QVERIFY(in.stage.model.request().changes.empty());
    }
    void theKeyboardPaintsTheQueryAndEscapeEndsIt()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        in.brush().setKind("hide");
        in.stage.selection.tokens()->setToken(1 + in.columns()); // the second row
        in.canvas->setFocus();
        QTest::keyClick(in.canvas.get(), Qt::Key_Space);
        QCOMPARE(in.painted(), std::vector<int>({in.columns()}));
        QTest::keyClick(in.canvas.get(), Qt::Key_Right);
        QTest::keyClick(in.canvas.get(), Qt::Key_Space);
        QCOMPARE(int(in.painted().size()), 2);
        QTest::keyClick(in.canvas.get(), Qt::Key_Space);
        QCOMPARE(int(in.painted().size()), 1);
        QTest::keyClick(in.canvas.get(), Qt::Key_Escape);
        QVERIFY(!in.brush().isOn());
    }
    void theKeyboardPaintsNoPatchForAWord()
    {
        Scene in;
        QVERIFY(in.open("captioned"));
        in.brush().setKind("cover-mean");
        in.stage.selection.tokens()->pin({1, 5});
        QCOMPARE(in.stage.selection.tokens()->query().token, 5);
        QTest::keyClick(in.canvas.get(), Qt::Key_Space);
        QVERIFY(in.painted().empty());
        in.stage.selection.tokens()->pin({0, 5});
        QTest::keyClick(in.canvas.get(), Qt::Key_Space);
        QCOMPARE(in.painted(), std::vector<int>({4}));
    }
    void escapeInTheMiddleOfAStrokeEndsIt()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        in.brush().setKind("hide");
        QTest::mousePress(in.canvas.get(), Qt::LeftButton, {}, in.middleOf(0));
        QTest::keyClick(in.canvas.get(), Qt::Key_Escape);
        const RunRequest before = in.stage.model.request();
        in.drag(in.middleOf(3));
        in.brush().paint(5, 0, false);
        QVERIFY(in.stage.model.request() == before); // no change of the kind ""
        in.brush().setKind("cover-mean");
        in.drag(in.middleOf(4));
        QVERIFY(in.stage.model.request() == before); // nor does the stroke go on with another brush
        QTest::mouseRelease(in.canvas.get(), Qt::LeftButton, {}, in.middleOf(4));
    }
    void whatIsPaintedIsSeen()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QTRY_VERIFY(in.stage.model.link()->isSettled());
        const QRect patch = in.canvas->rectOf(1 + 9).toAlignedRect();
        QImage plain = in.canvas->grab(patch).toImage();
        QList<QImage> painted;
        for (const char* kind : {"hide", "cover-mean"}) {
            in.brush().setKind(kind);
            in.brush().paint(9 % in.columns(), 9 / in.columns(), false);
            QTRY_VERIFY(in.stage.model.link()->isSettled());
            painted << in.canvas->grab(patch).toImage();
            in.brush().paint(9 % in.columns(), 9 / in.columns(), true);
            QTRY_VERIFY(in.stage.model.link()->isSettled());
        }
        QVERIFY(painted[0] != plain && painted[1] != plain && painted[0] != painted[1]);
    }
    void itsMenuSaysWhatItDoes()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        CanvasTools tools(&in.stage.model, &in.stage.selection, &in.display);
        tools.addBrush(&in.brush());
        QCOMPARE(tools.brushes()->text(), QString("Brush"));
        for (QAction* action : tools.brushes()->actions())
            if (action->text() == "Blur") action->trigger();
        QCOMPARE(in.brush().kind(), std::string("cover-blur"));
        QCOMPARE(tools.brushes()->text(), QString("Brush: blur"));
    }
    void whatIsNoPatchStaysHidden()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        in.stage.model.wishes()->change([](RunRequest& r) { setIntervention(r, {"hide", -1, -1, 0, {}, {0}}); }); // CLS
        QVERIFY(!in.brush().hasPainted());
        in.brush().setKind("hide");
        in.brush().paint(2, 0, false);
        QVERIFY(in.brush().hasPainted());
        in.brush().clear();
        QCOMPARE(keysOf(in.stage.model.request(), "hide"), std::vector<int>({0}));
        QVERIFY(!in.brush().hasPainted());
    }
    void theMaskIsPutAwayBeforeAModelWithWindows()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        in.brush().setKind("hide");
        QVERIFY(in.stage.open("windows"));
        QVERIFY(!in.brush().isOn());
        in.brush().setKind("cover-mean"); // pixels can be covered there
        QVERIFY(in.stage.open("plain") && in.brush().isOn());
    }
    void aTextHasNoBrush()
    {
        Scene in;
        QVERIFY(in.open("infini"));
        in.brush().setKind("hide");
        QVERIFY(!in.brush().isOn());
    }
};

QTEST_MAIN(TestCanvasBrush)
#include "tst_canvas_brush.moc"
