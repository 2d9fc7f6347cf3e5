// SPDX-License-Identifier: GPL-3.0-or-later
// The search for models stands back behind every wish and comes again behind it.
#include "tests/support/fake_stage.h"
#include "widgets/viewmodel/model_finder.h"

#include <QSignalSpy>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestModelFinder : public QObject {
    Q_OBJECT

    static QStringList namesOf(const ModelFinder& finder)
    {
        QStringList names;
        for (const verbs::FoundModel& model : finder.found().models) names << QString::fromStdString(model.name);
        return names;
    }

private Q_SLOTS:
    void itAsksOnceTheEngineIsThere()
    {
        FakeStage stage;
        ModelFinder finder(stage.model.link());
        QSignalSpy changed(&finder, &ModelFinder::changed);
        finder.find({});
        QVERIFY(finder.isLooking());
        QTRY_VERIFY_WITH_TIMEOUT(!finder.isLooking(), 10'000);
        QCOMPARE(changed.count(), 2);
        QCOMPARE(namesOf(finder).size(), 3);
        QCOMPARE(finder.found().remarks.size(), 1U);
    }
    void whatIsOpenedMeanwhileComesFirst()
    {
        FakeStage stage;
        ModelFinder finder(stage.model.link());
        QVERIFY(stage.open("plain"));
        finder.find({});
        stage.model.loader()->open(QStringLiteral("patterns")); // the question is on its way
        QVERIFY(finder.isLooking());
        QTRY_VERIFY_WITH_TIMEOUT(stage.model.model().name == "patterns" && !finder.isLooking(), 10'000);
        QCOMPARE(namesOf(finder).size(), 3);
    }
    void anotherFolderIsAskedForEvenWhileTheAnswerIsOnItsWay()
    {
        FakeStage stage;
        ModelFinder finder(stage.model.link());
        QVERIFY(stage.open("plain"));
        finder.find({});
        finder.find({QStringLiteral("/mine")});
        QTRY_VERIFY_WITH_TIMEOUT(!finder.isLooking(), 10'000);
        QCOMPARE(namesOf(finder).size(), 4);
        QCOMPARE(finder.found().models[0].path, "/mine/plain");
    }
    void whoLooksNoMoreKeepsWhatWasFound()
    {
        FakeStage stage;
        ModelFinder finder(stage.model.link());
        finder.find({});
        QTRY_VERIFY_WITH_TIMEOUT(!finder.isLooking(), 10'000);
        finder.find({QStringLiteral("/mine")});
        finder.stop();
        QVERIFY(!finder.isLooking());
        QVERIFY(stage.open("plain"));
        QCOMPARE(namesOf(finder).size(), 3);
    }
    void aSearchThatTheEngineDoesNotSurviveIsNotRepeated()
    {
        FakeStage stage;
        ModelFinder finder(stage.model.link());
        QVERIFY(stage.open("plain"));
        QSignalSpy died(stage.model.link(), &EngineLink::died);
        finder.find({QStringLiteral("kills")});
        QTRY_VERIFY_WITH_TIMEOUT(!finder.isLooking() && stage.model.link()->isIdle(), 10'000);
        QVERIFY(stage.settled());
        QCOMPARE(died.count(), 1);
        QVERIFY(finder.found().models.empty());
        QVERIFY(plain(finder.found().remarks.at(0)).find("could not finish") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestModelFinder)
#include "tst_model_finder.moc"
