// SPDX-License-Identifier: GPL-3.0-or-later
// Every task can be trained: a few steps write a model that the engine opens and runs, with its card, what it reached
// and, where it keeps one, the record of its training.
#include "core/session/session.h"
#include "core/session/training_history.h"
#include "core/training/trainer/trainer.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace headlens;

class TestTrainingTasks : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string folderOf(const std::string& name) const
    {
        return m_folder.filePath(QString::fromStdString(name)).toStdString();
    }
    static std::vector<std::byte> bytesOf(const QString& file)
    {
        std::ifstream stream(file.toStdString(), std::ios::binary);
        const std::string all{std::istreambuf_iterator<char>(stream), {}};
        const auto bytes = std::as_bytes(std::span(all.data(), all.size()));
        return {bytes.begin(), bytes.end()};
    }

private Q_SLOTS:
    void aFewStepsWriteAModelThatOpensAndRuns_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("remembers");
        for (const TaskRecipe& task : trainTasks()) {
            const QString name = QString::fromLatin1(task.name);
            if (task.needsArt) continue; // tst_training, where the art is
            QTest::newRow(task.name) << name << (name.startsWith("things-") || name == "lives");
        }
    }
    void aFewStepsWriteAModelThatOpensAndRuns()
    {
        QFETCH(QString, name);
        QFETCH(bool, remembers);
        const TaskRecipe& task = taskNamed(name.toStdString());
        TrainRequest request{task.name, {}, folderOf(task.name), 5, false, 3.0 / double(task.steps)};
        const std::vector<TaskScore> scores = train(task, request, {}, [](const std::string&) {}).scores;
        QVERIFY(!scores.empty());
        for (const TaskScore& score : scores) {
            QVERIFY2(score.with >= 0 && score.with <= 1, score.what.c_str());
            QVERIFY2(score.chance >= 0 && score.chance <= 1, score.what.c_str());
        }
        Session session;
        const verbs::ModelInfo model = session.openModel({request.outputFolder, "cpu", {}});
        QVERIFY(model.unusedTensors.empty());
        verbs::SetInput input;
        input.text = model.text.example;
        std::vector<std::byte> picture;
        if (model.takesPictures) {
            const std::string examples = request.outputFolder + "/examples";
            QVERIFY(writeExamples(*task.make(request), examples, 1));
            const QDir made(QString::fromStdString(examples));
            picture = bytesOf(made.filePath(made.entryList(QDir::Files).first()));
        }
        session.setInput(input, picture);
        QVERIFY(session.run().info.tokens > 1);
        QCOMPARE(model.remembersTraining, remembers);
        if (!remembers) return;
        const verbs::History history = readHistory(historyFileOf(request.outputFolder));
        QVERIFY(history.steps.size() >= 1 && history.steps.back() <= 3);
    }
    void aTrainingThatIsTakenUpAgainKeepsItsRecord()
    {
        const TaskRecipe& task = taskNamed("things-mae");
        TrainRequest request{task.name, {}, folderOf("again"), 5, false, 2.0 / double(task.steps)};
        train(task, request, {}, [](const std::string&) {});
        request.resume = true;
        request.shorten = 4.0 / double(task.steps);
        train(task, request, {}, [](const std::string&) {});
        const verbs::History history = readHistory(historyFileOf(request.outputFolder));
        QCOMPARE(history.steps.front(), std::int64_t(1));
        QCOMPARE(history.steps.back(), std::int64_t(4));
    }
};

QTEST_APPLESS_MAIN(TestTrainingTasks)
#include "tst_training_tasks.moc"
