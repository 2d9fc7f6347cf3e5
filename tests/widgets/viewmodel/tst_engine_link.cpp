// SPDX-License-Identifier: GPL-3.0-or-later
// The line to the engine: one phase at a time, every question ends, and a death is counted and said.
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
        QVERIFY(stage.model.link()->isIdle() && stage.model.link()->isSettled());
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
    void anotherEngineIsSaidToKnowNothing()
    {
        FakeStage stage;
        QSignalSpy ready(stage.model.link(), &EngineLink::ready);
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, kLong);
        QCOMPARE(ready[0][0].toBool(), false); // the first one
        ::kill(pid_t(stage.engine.processId()), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 2, kLong);
        QCOMPARE(ready[1][0].toBool(), true);
        QVERIFY(stage.model.link()->isIdle());
    }
    void deathsAreCountedSinceTheLastWish()
    {
        FakeStage stage;
        EngineLink* link = stage.model.link();
        for (const bool hopeless : {false, true}) {
            QTRY_VERIFY_WITH_TIMEOUT(stage.engine.isReady(), kLong);
            QSignalSpy ready(link, &EngineLink::ready);
            ::kill(pid_t(stage.engine.processId()), SIGKILL);
            QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, kLong);
            QCOMPARE(link->isHopeless(), hopeless);
        }
        link->forgiveDeaths();
        QVERIFY(!link->isHopeless());
    }
    void aQuestionInTheBackgroundDoesNotCountAsUnderWay()
    {
        FakeStage stage;
        QVERIFY(stage.open("plain"));
        EngineLink* link = stage.model.link();
        QSignalSpy settled(link, &EngineLink::settled);
        int ended = 0;
        Sending how;
        how.background = true;
        link->ask(
            verbs::kListModels.verb, Json::object(), [&](const Message&) { ++ended; }, how);
        QVERIFY(link->isSettled());
        QTRY_COMPARE_WITH_TIMEOUT(ended, 1, kLong);
        QCOMPARE(settled.count(), 0);
    }
    void aQuestionInTheBackgroundGivesWayToAnyOther()
    {
        FakeStage stage; // nothing has been sent yet: what is called off ends at once
        EngineLink* link = stage.model.link();
        Status background = Status::Request, other = Status::Request;
        Sending how;
        how.background = true;
        link->ask(
            verbs::kListModels.verb, Json::object(), [&](const Message& end) { background = end.status; }, how);
        QCOMPARE(background, Status::Request);
        link->ask(verbs::kListModels.verb, Json::object(), [&](const Message& end) { other = end.status; });
        QCOMPARE(background, Status::Cancelled);
        QTRY_COMPARE_WITH_TIMEOUT(other, Status::Done, kLong);
    }
    void aJobSaysWhatItIsBusyWithUntilItEnds()
    {
        FakeStage stage;
        QVERIFY(stage.open("routed"));
        EngineLink* link = stage.model.link();
        QStringList said;
        connect(link, &EngineLink::busyChanged, &stage.model,
                [&](bool busy, const QString& what) { said << (busy ? what : QStringLiteral("-")); });
        bool wasIdle = false;
        const auto take = [&](const Message&) { wasIdle = link->isIdle(); };
        link->start(Phase::Exporting, "Writing", verbs::kHold.verb, Json::object(), take);
        QCOMPARE(int(link->phase()), int(Phase::Exporting));
        link->setBusy("Writing more");
        QTRY_COMPARE(int(link->phase()), int(Phase::Idle));
        QVERIFY(wasIdle); // whoever hears the ending may start the next job
        QCOMPARE(said, (QStringList{"Writing", "Writing more", "-"}));
    }
    void aJobThatWasReplacedEndsNothing()
    {
        FakeStage stage;
        QVERIFY(stage.open("routed"));
        EngineLink* link = stage.model.link();
        QList<int> phases;
        const auto take = [&](const Message&) { phases << int(link->phase()); };
        link->start(Phase::Exporting, {}, verbs::kHold.verb, Json::object(), take);
        link->start(Phase::Running, {}, verbs::kHold.verb, Json::object(), take);
        QTRY_COMPARE(phases.size(), 2);
        QCOMPARE(phases, (QList<int>{int(Phase::Running), int(Phase::Idle)}));
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
