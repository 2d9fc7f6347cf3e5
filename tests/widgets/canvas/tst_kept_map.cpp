// SPDX-License-Identifier: GPL-3.0-or-later
// The map that another canvas takes away is computed once, and again when something of it changes.
#include "tests/support/fake_stage.h"
#include "widgets/canvas/canvas.h"
#include "widgets/canvas/kept_map.h"

#include <functional>
#include <memory>

using namespace headlens;
using namespace headlens::test;

class TestKeptMap : public QObject {
    Q_OBJECT

    struct Scene {
        FakeStage stage;
        DisplaySettings display;
        Canvas canvas{&stage.model, &stage.selection, &display};
        KeptMap kept{&stage.model, &stage.selection, &display};

        std::shared_ptr<const CanvasMap> map() { return kept.of(canvas.scene()); }
        bool agrees() { return map()->values == canvas.scene().map().values; }
        bool isOf(int token)
        {
            return QTest::qWaitFor([this, token] { return stage.model.rows()->of().token == token; }, 10'000);
        }
    };

private Q_SLOTS:
    void aMapIsComputedOnce()
    {
        Scene in;
        QVERIFY(in.stage.open("plain"));
        const auto first = in.map();
        QVERIFY(!first->values.empty() && in.agrees());
        in.canvas.zoomBy(2);
        in.stage.selection.tokens()->pin(in.stage.selection.tokens()->query());
        QVERIFY(in.map() == first);
    }
    void whatChangesItIsSeen_data()
    {
        using Change = std::function<void(Scene&)>;
        QTest::addColumn<Change>("change");
        QTest::newRow("another token") << Change([](Scene& in) {
            in.stage.selection.tokens()->pin({0, 30});
            QVERIFY(in.isOf(30));
        });
        QTest::newRow("another head") << Change([](Scene& in) { in.stage.selection.heads()->setHead(2); });
        QTest::newRow("another layer") << Change([](Scene& in) { in.stage.selection.heads()->setLayer(1); });
        QTest::newRow("another method") << Change([](Scene& in) {
            in.stage.selection.setMap("second");
            QVERIFY(in.stage.settled());
        });
    }
    void whatChangesItIsSeen()
    {
        using Change = std::function<void(Scene&)>;
        QFETCH(Change, change);
        Scene in;
        QVERIFY(in.stage.open("methods"));
        const auto first = in.map();
        change(in);
        QVERIFY(in.map()->values != first->values);
        QVERIFY(in.agrees());
    }
    void settingsAndAnotherInputAreSeen()
    {
        Scene in;
        QVERIFY(in.stage.open("plain"));
        const auto first = in.map();
        in.display.change([](headlens::Display& d) { d.maskByMass = true; });
        const auto second = in.map();
        QVERIFY(second->kept != first->kept);
        in.stage.model.wishes()->openPicture("another picture", "two");
        QVERIFY(in.stage.settled());
        QVERIFY(in.map() != second && in.agrees());
        QCOMPARE(in.map()->layout, in.canvas.scene().map().layout); // of the run that is there
    }
};

QTEST_MAIN(TestKeptMap)
#include "tst_kept_map.moc"
