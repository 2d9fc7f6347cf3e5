// SPDX-License-Identifier: GPL-3.0-or-later
// The window's side of the wire: answers, cancel, latest wins, and an engine that dies.
#include "core/wire/message.h"
#include "core/wire/verbs_statistics.h"
#include "core/wire/verbs_study.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"
#include "widgets/client/engine_client.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace headlens;
using namespace headlens::test;

class TestEngineClient : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_model;

    static QStringList command() { return {HEADLENS_CLI, "serve"}; }
    static std::vector<TensorBytes> picture()
    {
        auto owner = std::make_shared<std::string>(gradientPng(40, 40));
        return {{"image",
                 DType::U8,
                 {std::int64_t(owner->size())},
                 owner,
                 std::as_bytes(std::span(owner->data(), owner->size()))}};
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_model = m_folder.filePath("model");
        TinyModel().write(m_model.toStdString());
    }
    void theEngineSaysHello()
    {
        EngineClient engine(command());
        QSignalSpy ready(&engine, &EngineClient::ready);
        engine.start();
        QVERIFY(ready.wait(20'000));
        QVERIFY(engine.hello().threads >= 1);
        QCOMPARE(qint64(engine.hello().processId), engine.processId());
    }
    // What it said before its last answer has nothing to do with it.
    void anOldWarningIsNoCauseOfDeath()
    {
        EngineClient engine(
            {"sh", "-c", "echo 'libpng warning: iCCP: incorrect sRGB profile' >&2; exec \"$0\" serve", HEADLENS_CLI});
        QSignalSpy ready(&engine, &EngineClient::ready), died(&engine, &EngineClient::died);
        engine.start();
        QVERIFY(ready.wait(20'000));
        ::kill(pid_t(engine.processId()), SIGKILL);
        QVERIFY(died.wait(20'000));
        QCOMPARE(died[0][0].toString(), QString());
    }
    void restartingEndsAnEngineThatRuns()
    {
        EngineClient engine(command());
        QSignalSpy ready(&engine, &EngineClient::ready);
        engine.start();
        QVERIFY(ready.wait(20'000));
        const qint64 before = engine.processId();
        engine.restart();
        QVERIFY(ready.wait(20'000));
        QVERIFY(engine.processId() != before);
    }
    void aRequestMadeBeforeTheEngineIsReadyIsAnswered()
    {
        EngineClient engine(command());
        engine.start();
        Status status = Status::Request;
        engine.request(verbs::kOpenModel.verb, verbs::OpenModel{m_model.toStdString(), "auto", {}}, this,
                       [&](const Message& m) { status = m.status; });
        QTRY_COMPARE_WITH_TIMEOUT(status, Status::Done, 20'000);
    }
    void aFailureBringsItsCode()
    {
        EngineClient engine(command());
        engine.start();
        std::string code;
        engine.request(verbs::kOpenModel.verb, verbs::OpenModel{"/no/such", "auto", {}}, this,
                       [&](const Message& m) { code = verbs::read<verbs::Failure>(m.body).code; });
        QTRY_COMPARE_WITH_TIMEOUT(code, std::string("file_missing"), 20'000);
    }
    void unknownVerbsFailAndTheEngineLives()
    {
        EngineClient engine(command());
        engine.start();
        Status first = Status::Request, second = Status::Request;
        engine.request("dance", Json::object(), this, [&](const Message& m) { first = m.status; });
        engine.request(verbs::kListModels.verb, Json::object(), this, [&](const Message& m) { second = m.status; });
        QTRY_COMPARE_WITH_TIMEOUT(second, Status::Done, 20'000);
        QCOMPARE(first, Status::Failed);
    }
    void ofManyRowRequestsTheLatestIsAnsweredAndEachHasOneEnding()
    {
        EngineClient engine(command());
        engine.start();
        engine.request(verbs::kOpenModel.verb, verbs::OpenModel{m_model.toStdString(), "auto", {}}, this, {});
        engine.request(verbs::kSetInput.verb, test::picture("p", "trained"), this, {}, {}, picture());
        int endings = 0, done = 0;
        int last = -1;
        for (int i = 0; i < 100; ++i)
            engine.request(
                verbs::kRows.verb, verbs::Rows{i % 17, false}, this,
                [&](const Message& m) {
                    ++endings;
                    if (m.status != Status::Done) return;
                    ++done;
                    last = verbs::read<verbs::Rows>(m.body).token;
                },
                "rows");
        QTRY_COMPARE_WITH_TIMEOUT(endings, 100, 20'000);
        QVERIFY(done >= 1);
        QCOMPARE(last, 99 % 17);
    }
    void rowsAreAnsweredInTheMiddleOfLongWork_data()
    {
        QTest::addColumn<QString>("verb");
        QTest::addColumn<QString>("method");
        QTest::newRow("a measure") << verbs::kStudy.verb << "head-statistics";
        QTest::newRow("an intervention") << verbs::kStudy.verb << "sweep-heads";
        QTest::newRow("a map") << verbs::kMap.verb << "occlusion";
        QTest::newRow("its curves") << verbs::kJudgeMap.verb << "rollout";
        QTest::newRow("numbers of heads") << verbs::kHeadProfile.verb << QString();
    }
    // All four are sent at once, before the engine is ready: it has them when it begins with the third.
    void rowsAreAnsweredInTheMiddleOfLongWork()
    {
        QFETCH(QString, verb);
        QFETCH(QString, method);
        verbs::MapQuestion of;
        of.method = method.toStdString();
        Json body = of;
        if (verb == verbs::kStudy.verb) body = verbs::StudyQuestion{of};
        if (verb == verbs::kJudgeMap.verb) body = Json{{"of", of}};
        if (verb == verbs::kHeadProfile.verb) body = Json{{"layer", 1}};
        EngineClient engine(command());
        engine.start();
        QStringList ended;
        Status work = Status::Request, rows = Status::Request;
        engine.request(verbs::kOpenModel.verb, verbs::OpenModel{m_model.toStdString(), "auto", {}}, this, {});
        engine.request(verbs::kSetInput.verb, test::picture("p", "trained"), this, {}, {}, picture());
        engine.request(qPrintable(verb), body, this, [&](const Message& m) {
            work = m.status;
            if (m.status != Status::Progress) ended << "work";
        });
        engine.request(verbs::kRows.verb, verbs::Rows{3, false}, this, [&](const Message& m) {
            rows = m.status;
            ended << "rows";
        });
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 2, 20'000);
        QCOMPARE(ended, (QStringList{"rows", "work"}));
        QCOMPARE(work, Status::Done);
        QCOMPARE(rows, Status::Done);
    }
    void aKilledEngineComesBackAtAnyMoment_data()
    {
        QTest::addColumn<int>("after");
        for (const int after : {0, 1, 2, 3}) QTest::addRow("after %d answers", after) << after;
    }
    void aKilledEngineComesBackAtAnyMoment()
    {
        QFETCH(int, after);
        EngineClient engine(command());
        QSignalSpy ready(&engine, &EngineClient::ready), died(&engine, &EngineClient::died);
        engine.start();
        QVERIFY(ready.wait(20'000));
        int answers = 0, endings = 0;
        for (int i = 0; i < 8; ++i)
            engine.request(verbs::kOpenModel.verb, verbs::OpenModel{m_model.toStdString(), "auto", {}}, this,
                           [&](const Message& m) {
                               if (m.status == Status::Progress) return;
                               ++endings;
                               if (++answers == after) ::kill(pid_t(engine.processId()), SIGKILL);
                           });
        if (after == 0) ::kill(pid_t(engine.processId()), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(endings, 8, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(died.count(), 1, 20'000); // every answer may have come before its death is known
        QTRY_VERIFY_WITH_TIMEOUT(engine.isReady(), 20'000);
        Status status = Status::Request;
        engine.request(verbs::kListModels.verb, Json::object(), this, [&](const Message& m) { status = m.status; });
        QTRY_COMPARE_WITH_TIMEOUT(status, Status::Done, 20'000);
    }
    void anEngineThatCannotBeStartedIsGivenUp()
    {
        EngineClient engine({"/no/such/program"});
        engine.start();
        QSignalSpy gaveUp(&engine, &EngineClient::gaveUp); // as the window, which is built after the start
        QVERIFY(gaveUp.wait(5000));
    }
    void aProgramThatIsNoEngineIsGivenUp()
    {
        EngineClient engine({"/bin/echo", "this is no frame, but it is long enough to be read as one"});
        QSignalSpy gaveUp(&engine, &EngineClient::gaveUp);
        engine.start();
        QVERIFY(gaveUp.wait(20'000));
    }
    void anEngineBehindAnotherCommandInAnotherFolderWorks()
    {
        // As ssh would: another program starts it elsewhere; the picture travels as bytes, the model path is the
        // engine's.
        QTemporaryDir elsewhere;
        TinyModel().write(elsewhere.filePath("there").toStdString());
        EngineClient engine(QProcess::splitCommand(
            QString("/bin/sh -c \"cd '%1' && exec '%2' serve\"").arg(elsewhere.path(), HEADLENS_CLI)));
        engine.start();
        Status model = Status::Request, input = Status::Request;
        engine.request(verbs::kOpenModel.verb, verbs::OpenModel{"./there", "auto", {}}, this,
                       [&](const Message& m) { model = m.status; });
        engine.request(
            verbs::kSetInput.verb, test::picture("p", "trained"), this, [&](const Message& m) { input = m.status; }, {},
            picture());
        QTRY_COMPARE_WITH_TIMEOUT(input, Status::Done, 20'000);
        QCOMPARE(model, Status::Done);
    }
    void anAnswerForADeadReceiverIsDropped()
    {
        EngineClient engine(command());
        QSignalSpy ready(&engine, &EngineClient::ready);
        engine.start();
        QVERIFY(ready.wait(20'000));
        auto receiver = std::make_unique<QObject>();
        bool called = false, after = false;
        engine.request(verbs::kListModels.verb, Json::object(), receiver.get(), [&](const Message&) { called = true; });
        receiver.reset();
        engine.request(verbs::kListModels.verb, Json::object(), this, [&](const Message&) { after = true; });
        QTRY_VERIFY_WITH_TIMEOUT(after, 10'000);
        QVERIFY(!called);
    }
};

QTEST_GUILESS_MAIN(TestEngineClient)
#include "tst_engine_client.moc"
