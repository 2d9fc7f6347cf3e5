// SPDX-License-Identifier: GPL-3.0-or-later
// What the window looks at: runs follow what is wanted, the baseline goes with its engine, a run never changes.
#include "tests/support/fake_stage.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/live_rows.h"

#include <QSignalSpy>

#include <csignal>

using namespace headlens;
using namespace headlens::test;

class TestInspectionModel : public QObject {
    Q_OBJECT

    static constexpr int kLong = 20'000; // ms

private Q_SLOTS:
    void whatIsTheSameIsNotRunAgain()
    {
        FakeStage stage;
        QVERIFY(stage.open("routed"));
        QSignalSpy inputs(&stage.model, &InspectionModel::inputChanged);
        stage.model.wishes()->change([](RunRequest& request) { request.fit = request.fit; });
        stage.model.wishes()->change([](RunRequest& request) { request.switches["capacity"] = "8"; }); // as trained
        QVERIFY(stage.model.link()->isSettled()); // nothing is asked
        stage.model.wishes()->change([](RunRequest& request) { request.fit = QStringLiteral("native"); });
        QVERIFY(!stage.model.link()->isSettled());
        QTRY_COMPARE_WITH_TIMEOUT(inputs.count(), 1, kLong);
    }
    void changesBeforeAModelIsOpenAreKeptForIt()
    {
        FakeStage stage;
        stage.model.wishes()->change([](RunRequest& request) { request.fit = QStringLiteral("squash"); });
        QVERIFY(stage.open("routed"));
        QCOMPARE(stage.model.request().fit, QStringLiteral("squash"));
    }
    void ablatedHeadsAndHiddenWordsGoWithTheirModel()
    {
        FakeStage stage;
        QVERIFY(stage.open("infini"));
        stage.model.wishes()->change([](RunRequest& request) {
            request.text.ablated.push_back({0, 1});
            request.text.hiddenTokens = {3};
        });
        QVERIFY(stage.settled());
        QVERIFY(stage.open("routed"));
        QVERIFY(stage.model.request().text.ablated.empty() && stage.model.request().text.hiddenTokens.empty());
    }
    void rowsFollowTheSelectionAndKnowTheirToken()
    {
        FakeStage stage;
        QVERIFY(stage.open("routed"));
        stage.selection.tokens()->setToken(7);
        QTRY_COMPARE_WITH_TIMEOUT(stage.model.rows()->of().token, 7, kLong);
        QCOMPARE(stage.model.rows()->layers().size(), stage.model.input().blocks.size());
        QCOMPARE(int(stage.model.rows()->current().size()), stage.model.rows()->keyLayout().tokens());
    }
    void theBaselineStaysOverInputsAndGoesWithItsEngine()
    {
        FakeStage stage;
        QVERIFY(stage.open("routed"));
        Comparison* comparison = stage.model.comparison();
        comparison->hold();
        QTRY_VERIFY_WITH_TIMEOUT(comparison->holds(), kLong);
        QVERIFY2(!comparison->isOn(), "the baseline itself is shown as it is");
        stage.model.wishes()->openPicture("another picture", "two");
        QTRY_COMPARE_WITH_TIMEOUT(stage.model.input().name, std::string("two"), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(comparison->isOn() && stage.model.rows()->of().difference, kLong);
        QCOMPARE(comparison->baseline().name, std::string("one"));
        QVERIFY(stage.open("infini"));
        QVERIFY(comparison->holds() && !comparison->isOn()); // other layers and tokens
        ::kill(pid_t(stage.engine.processId()), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(!comparison->holds(), kLong);
        QVERIFY(stage.settled());
    }
    void aRunIsReplacedAndNeverChanged()
    {
        FakeStage stage;
        QVERIFY(stage.open("routed"));
        const ShownRun before = stage.model.run();
        setSwitch(&stage.model, "capacity", "4");
        QTRY_COMPARE(stage.asked(), QStringLiteral("capacity=4;"));
        QCOMPARE(before.input.sha256, std::string());
        QVERIFY(before.hasState("predictor.3") && !before.hasState("nothing"));
        QCOMPARE(before.layoutOf(99, false).tokens(), before.layout.tokens());
    }
};

QTEST_MAIN(TestInspectionModel)
#include "tst_inspection_model.moc"
