// SPDX-License-Identifier: GPL-3.0-or-later
// Who computes which token, over a made-up model of which every token has two experts.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/mechanisms/experts_map.h"
#include "widgets/mechanisms/routing_view.h"

#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestExpertsMap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTokenSaysItsExperts()
    {
        FakeStage stage;
        RoutingView view(&stage.model, &stage.selection);
        view.resize(420, 600);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view) && stage.open("asked"));
        ExpertsMap* map = view.experts();
        QTRY_VERIFY(map->weights().isTable());
        QVERIFY(hasExperts(stage.model) && map->isVisible());
        QCOMPARE(map->shownLayer(), 1); // layer 0 has none
        QCOMPARE(map->sentence(1), QString("“is”: expert 1 75 %, expert 2 25 %"));
        QVERIFY2(map->loads().startsWith("Layer 1, all tokens: expert"), qPrintable(map->loads()));
        QVERIFY(map->loads().contains("25.0 % each"));
        QTest::mouseClick(map, Qt::LeftButton, {}, map->cellRect(2, 3).center().toPoint());
        QCOMPARE(stage.selection.tokens()->query().token, 3);
        QTest::keyClick(map, Qt::Key_Left);
        QCOMPARE(stage.selection.tokens()->query().token, 2);
        photograph(*map, "experts");
        everyPartHasAName(view);
    }
    void aModelWithoutExpertsShowsNone()
    {
        FakeStage stage;
        RoutingView view(&stage.model, &stage.selection);
        view.show();
        QVERIFY(stage.open("routed"));
        QVERIFY(!hasExperts(stage.model));
        QVERIFY(!view.experts()->isVisible());
    }
};

QTEST_MAIN(TestExpertsMap)
#include "tst_experts_map.moc"
