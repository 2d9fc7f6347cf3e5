// SPDX-License-Identifier: GPL-3.0-or-later
// The line to the engine: one phase at a time, a model that comes back after a death, and none that kills for ever.
#include "core/wire/message.h"
#include "tests/support/fake_stage.h"

#include <QSignalSpy>

#include <csignal>

using namespace headlens;
using namespace headlens::test;

class TestEngineLink : public QObject {
    Q_OBJECT

    using Phase = EngineLink::Phase;
    static constexpr int kLong = 20'000; // ms

private Q_SLOTS:
    void openingAModelGoesThroughItsPhases()
    {
        FakeStage stage;
        QList<Phase> phases;
        connect(stage.model.link(), &EngineLink::phaseChanged, &stage.model, [&](Phase phase) { phases << phase; });
        QVERIFY(stage.open("routed"));
        QVERIFY((phases == QList<Phase>{Phase::Opening, Phase::Idle, Phase::Running, Phase::Idle}));
        QVERIFY(stage.model.link()->takesInput() && stage.model.link()->isSettled());
    }
    void anInputWaitsWhileTheModelIsOpening()
    {
        FakeStage stage;
        stage.model.link()->openModel("routed");
        QVERIFY(!stage.model.link()->takesInput());
        stage.model.openPicture("a picture", "one"); // dropped together with the model
        QTRY_COMPARE_WITH_TIMEOUT(stage.model.input().name, std::string("one"), kLong);
    }
    void afterADeathModelAndInputComeBackAndTheSelectionStays()
    {
        FakeStage stage;
        QVERIFY(stage.open("routed"));
        setSwitch(&stage.model, "capacity", "4");
        QTRY_COMPARE(stage.asked(), QStringLiteral("capacity=4;"));
        stage.selection.heads()->setLayer(2);
        QSignalSpy inputs(&stage.model, &InspectionModel::inputChanged),
            opened(&stage.model, &InspectionModel::modelOpened);
        QSignalSpy died(stage.model.link(), &EngineLink::died);
        bool knewNothing = false; // at the moment of the death: the next engine is there within milliseconds
        connect(stage.model.link(), &EngineLink::died, &stage.model,
                [&] { knewNothing = !stage.model.canAsk() && !stage.model.link()->isSettled(); });
        ::kill(pid_t(stage.engine.processId()), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(died.count(), 1, kLong);
        QVERIFY(knewNothing);
        QTRY_COMPARE_WITH_TIMEOUT(inputs.count(), 1, kLong);
        QVERIFY(stage.settled() && stage.model.canAsk());
        QCOMPARE(opened.count(), 0); // the same again
        QCOMPARE(stage.selection.heads()->layer(), 2);
        QCOMPARE(stage.asked(), QStringLiteral("capacity=4;"));
    }
    void aModelThatKillsTheEngineTwiceIsNotTriedAThirdTime()
    {
        FakeStage stage;
        QSignalSpy died(stage.model.link(), &EngineLink::died), notices(stage.model.link(), &EngineLink::notice);
        stage.model.link()->openModel("kills");
        QTRY_VERIFY_WITH_TIMEOUT(stage.model.link()->isHopeless() && stage.engine.isReady(), kLong);
        QCOMPARE(died.count(), 2);
        QVERIFY(notices.count() >= 2);
        QVERIFY(!stage.model.hasModel());
        QVERIFY(stage.open("routed")); // another one is
        QVERIFY(!stage.model.link()->isHopeless());
    }
    void aDeviceThatIsGoneGivesWayToTheEnginesChoice()
    {
        FakeStage stage;
        QSignalSpy fellBack(stage.model.link(), &EngineLink::deviceFellBack);
        stage.model.link()->setDevice("cuda");
        QVERIFY(stage.open("routed"));
        QCOMPARE(fellBack.count(), 1);
    }
    void aQuestionWithNoAnswerIsToldUnlessItIsQuiet()
    {
        FakeStage stage;
        QVERIFY(stage.open("routed"));
        QSignalSpy failed(stage.model.link(), &EngineLink::failed), settled(stage.model.link(), &EngineLink::settled);
        int ends = 0;
        const auto count = [&ends](const Message&) { ++ends; };
        stage.model.link()->ask("no such verb", Json::object(), count, {.quiet = true});
        QTRY_COMPARE_WITH_TIMEOUT(ends, 1, kLong);
        QCOMPARE(failed.count(), 0);
        stage.model.link()->ask("no such verb", Json::object(), count);
        QVERIFY(!stage.model.link()->isSettled());
        QTRY_COMPARE_WITH_TIMEOUT(ends, 2, kLong);
        QCOMPARE(failed.count(), 1);
        QTRY_VERIFY(settled.count() >= 2);
    }
};

QTEST_MAIN(TestEngineLink)
#include "tst_engine_link.moc"
