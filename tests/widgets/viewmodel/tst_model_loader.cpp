// SPDX-License-Identifier: GPL-3.0-or-later
// Which model is open: one at a time, the same again for a new engine or on another device, and none that kills for
// ever.
#include "tests/support/fake_stage.h"
#include "widgets/viewmodel/model_loader.h"

#include <QSignalSpy>

#include <csignal>

using namespace headlens;
using namespace headlens::test;

namespace {

// A line to the fake engine, and what is open at its end; nothing is run there.
struct LoaderStage {
    EngineClient engine{{QStringLiteral(HEADLENS_FAKE_ENGINE)}};
    EngineLink link{&engine};
    ModelLoader loader{&link};
    QSignalSpy opened{&loader, &ModelLoader::opened}, ended{&loader, &ModelLoader::openEnded};

    LoaderStage() { engine.start(); }
    bool settles()
    {
        return QTest::qWaitFor([this] { return engine.isReady() && link.isSettled(); }, 10'000);
    }
    bool opens(const char* name)
    {
        loader.open(QString::fromLatin1(name));
        return settles() && loader.model().name == name;
    }
    // The engine dies, and another one is there.
    bool dies()
    {
        QSignalSpy ready(&link, &EngineLink::ready);
        ::kill(pid_t(engine.processId()), SIGKILL);
        return QTest::qWaitFor([&] { return ready.count() == 1; }, 10'000) && settles();
    }
};

} // namespace

class TestModelLoader : public QObject {
    Q_OBJECT

    static constexpr int kLong = 20'000; // ms

private Q_SLOTS:
    void anOpenModelTakesInputAndQuestions()
    {
        LoaderStage stage;
        QVERIFY(!stage.loader.hasModel() && !stage.loader.takesInput() && !stage.loader.canAsk());
        QVERIFY(stage.opens("routed"));
        QCOMPARE(stage.opened.count(), 1);
        QCOMPARE(stage.opened.first().first().toBool(), false); // by wish
        QCOMPARE(stage.ended.count(), 1);
        QVERIFY(stage.loader.hasModel() && stage.loader.takesInput() && stage.loader.canAsk());
    }
    void noInputIsTakenWhileAnotherOneIsOpening()
    {
        LoaderStage stage;
        QVERIFY(stage.opens("routed"));
        stage.loader.open("patterns");
        QVERIFY(stage.loader.hasModel() && !stage.loader.takesInput()); // the one before
        QVERIFY(stage.settles());
        QCOMPARE(stage.loader.model().name, std::string("patterns"));
        QVERIFY(stage.loader.takesInput());
    }
    void anInputWaitsWhileTheModelIsOpening()
    {
        FakeStage stage;
        stage.model.loader()->open("routed");
        QVERIFY(!stage.model.loader()->takesInput());
        stage.model.wishes()->openPicture("a picture", "one"); // dropped together with the model
        QTRY_COMPARE_WITH_TIMEOUT(stage.model.input().name, std::string("one"), kLong);
    }
    void aModelThatIsRefusedLeavesTheOneBefore()
    {
        LoaderStage stage;
        QVERIFY(stage.opens("routed"));
        QSignalSpy failed(&stage.link, &EngineLink::failed);
        stage.loader.open("guess heads");
        QVERIFY(stage.settles());
        QCOMPARE(failed.count(), 1);
        QCOMPARE(stage.opened.count(), 1);
        QCOMPARE(stage.ended.count(), 2);
        QCOMPARE(stage.loader.model().name, std::string("routed"));
        QVERIFY(stage.loader.takesInput());
    }
    void theSameModelWithItsSettingsComesBackForANewEngine()
    {
        LoaderStage stage;
        stage.loader.open("guess heads", {{"num_heads", "4"}});
        QVERIFY(stage.settles() && stage.loader.hasModel());
        QVERIFY(stage.dies());
        QCOMPARE(stage.opened.count(), 2);
        QCOMPARE(stage.opened.last().first().toBool(), true); // the same again
        QCOMPARE(stage.loader.settings(), (std::map<std::string, std::string>{{"num_heads", "4"}}));
        QVERIFY(stage.opens("routed"));
        QVERIFY(stage.loader.settings().empty()); // of the model before
    }
    void anAdapterIsASettingOfItsBase()
    {
        LoaderStage stage;
        stage.loader.open("adapter");
        QVERIFY(stage.settles());
        QCOMPARE(stage.loader.model().path, std::string("plain"));
        const std::map<std::string, std::string> whole{{"adapter", "adapter"}, {"adapter_strength", "1"}};
        QCOMPARE(stage.loader.settings(), whole);
        stage.loader.setAdapterStrength(0.25);
        QVERIFY(stage.settles());
        QCOMPARE(stage.loader.model().adapter.strength, 0.25);
        QCOMPARE(stage.opened.last().first().toBool(), true); // the same model, loaded again
        QVERIFY(stage.dies());
        QCOMPARE(stage.loader.model().adapter.strength, 0.25);
    }
    void ofManyStrengthsTheLastOneCounts()
    {
        LoaderStage stage;
        stage.loader.open("adapter");
        QVERIFY(stage.settles());
        for (const double strength : {0.1, 0.9, 0.4}) stage.loader.setAdapterStrength(strength);
        QVERIFY(stage.settles());
        QCOMPARE(stage.loader.model().adapter.strength, 0.4);
        QCOMPARE(stage.loader.settings().at("adapter_strength"), std::string("0.4"));
    }
    void aModelWithoutAnAdapterHasNoStrength()
    {
        LoaderStage stage;
        QVERIFY(stage.opens("routed"));
        stage.loader.setAdapterStrength(0.5);
        QVERIFY(stage.settles());
        QCOMPARE(stage.opened.count(), 1);
        QVERIFY(stage.loader.settings().empty());
    }
    void anAdapterOfAnotherBaseLeavesTheModelAndItsSettings()
    {
        LoaderStage stage;
        stage.loader.open("guess heads", {{"num_heads", "4"}});
        QVERIFY(stage.settles());
        stage.loader.open("large", {{"adapter", "adapter"}});
        QVERIFY(stage.settles());
        QCOMPARE(stage.loader.model().name, std::string("guess heads"));
        QCOMPARE(stage.loader.settings(), (std::map<std::string, std::string>{{"num_heads", "4"}}));
        QVERIFY(stage.dies());
        QCOMPARE(stage.loader.model().name, std::string("guess heads"));
    }
    void aNewEngineOpensNothingWhereNothingWasOpen()
    {
        LoaderStage stage;
        QVERIFY(stage.settles() && stage.dies());
        QCOMPARE(stage.ended.count(), 0);
    }
    void aWishWhileTheEngineIsDownIsKeptForTheNext()
    {
        LoaderStage stage;
        QVERIFY(stage.opens("routed"));
        connect(&stage.link, &EngineLink::died, &stage.loader, [&] {
            stage.loader.open("patterns");
            QVERIFY(!stage.loader.takesInput() && !stage.loader.canAsk());
        });
        QVERIFY(stage.dies());
        QCOMPARE(stage.loader.model().name, std::string("patterns"));
        QCOMPARE(stage.opened.last().first().toBool(), false);
    }
    void aModelThatKillsTheEngineTwiceIsNotTriedAThirdTime()
    {
        LoaderStage stage;
        QSignalSpy died(&stage.link, &EngineLink::died);
        stage.loader.open("kills");
        QTRY_VERIFY_WITH_TIMEOUT(stage.link.isHopeless() && stage.engine.isReady(), kLong);
        QVERIFY(stage.settles());
        QCOMPARE(died.count(), 2);
        QVERIFY(!stage.loader.hasModel());
        QVERIFY(stage.opens("routed")); // another one is
        QVERIFY(!stage.link.isHopeless());
    }
    void aWishThatWasTakenBackIsNotTriedAgain()
    {
        LoaderStage stage;
        QSignalSpy died(&stage.link, &EngineLink::died), ready(&stage.link, &EngineLink::ready);
        stage.loader.open("kills");
        stage.loader.forgetWish();
        QTRY_VERIFY_WITH_TIMEOUT(ready.count() == 2 && stage.link.isSettled(), kLong);
        QCOMPARE(died.count(), 1);
    }
    void aDeviceThatIsGoneGivesWayToTheEnginesChoice()
    {
        LoaderStage stage;
        QSignalSpy fellBack(&stage.loader, &ModelLoader::deviceFellBack);
        stage.loader.setDevice("cuda");
        QVERIFY(stage.opens("routed"));
        QCOMPARE(fellBack.count(), 1);
        QCOMPARE(stage.ended.count(), 1); // the refusal in between is no ending
    }
    void aPrecisionThatIsNotThereGivesWayToFloat32()
    {
        LoaderStage stage;
        QSignalSpy fellBack(&stage.loader, &ModelLoader::precisionFellBack),
            device(&stage.loader, &ModelLoader::deviceFellBack);
        stage.loader.setPrecision("float16");
        QVERIFY(stage.opens("routed"));
        QCOMPARE(fellBack.count(), 1);
        QCOMPARE(device.count(), 0);
    }
    void anotherDeviceOpensTheSameModelAgain()
    {
        LoaderStage stage;
        stage.loader.setDevice("cpu"); // there is nothing to open
        QVERIFY(stage.settles());
        QCOMPARE(stage.ended.count(), 0);
        QVERIFY(stage.opens("routed"));
        stage.loader.setDevice("cpu"); // as it is
        QVERIFY(stage.settles());
        QCOMPARE(stage.ended.count(), 1);
        stage.loader.setDevice("auto");
        QVERIFY(stage.settles());
        QCOMPARE(stage.ended.count(), 2);
        QCOMPARE(stage.opened.last().first().toBool(), true);
    }
    void whatAModelNeedsIsSaidWhileItOpensAndWhereItRunsAfterwards()
    {
        LoaderStage stage;
        QSignalSpy busy(&stage.link, &EngineLink::busyChanged), notices(&stage.link, &EngineLink::notice);
        QVERIFY(stage.opens("large"));
        QCOMPARE(busy.count(), 3);
        QVERIFY(busy[0][1].toString().contains(QLatin1String("large")));
        QVERIFY2(busy[1][1].toString().contains(QLatin1String("needs")), qPrintable(busy[1][1].toString()));
        QCOMPARE(busy[2][0].toBool(), false);
        QCOMPARE(notices.count(), 1);
        QVERIFY(notices[0][1].toString().contains(QLatin1String("CPU")));
        stage.loader.movedToCpu();
        QCOMPARE(stage.loader.model().device, std::string("cpu"));
    }
    void theModelsThatComeAlongAreListed()
    {
        LoaderStage stage;
        QVERIFY(stage.settles());
        QCOMPARE(stage.loader.embeddedModels().size(), std::size_t(1));
        QCOMPARE(stage.loader.embeddedModels()[0].name, std::string("plain"));
    }
};

QTEST_MAIN(TestModelLoader)
#include "tst_model_loader.moc"
