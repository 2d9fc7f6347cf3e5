// SPDX-License-Identifier: GPL-3.0-or-later
// Which files and folders are steps of one training.
#include "widgets/compare/checkpoint_series.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace headlens;

class TestCheckpointSeries : public QObject {
    Q_OBJECT

    static void touch(const QString& path)
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    static QString stepsOf(const QString& model)
    {
        QStringList steps;
        for (const TrainingCheckpoint& one : checkpointsOf(model)) steps << QString::number(one.step);
        return steps.join(' ');
    }

private Q_SLOTS:
    void stepsOfOneTrainingAreSortedByTheirNumber_data()
    {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<QString>("opened");
        QTest::addColumn<QString>("steps");
        const auto in = [](QStringList folders) {
            for (QString& one : folders) one += "/model.safetensors";
            return folders;
        };
        QTest::newRow("folders of a trainer")
            << in({"checkpoint-500", "checkpoint-1500", "checkpoint-1000"}) << "checkpoint-1000"
            << "500 1000 1500";
        QTest::newRow("what holds them") << in({"checkpoint-500", "checkpoint-1000", "runs"}) << ""
                                         << "500 1000";
        QTest::newRow("files") << QStringList{"step_10.pt", "step_9.pt", "step_100.pt"} << "step_9.pt"
                               << "9 10 100";
        QTest::newRow("with a name before") << QStringList{"vit-epoch-1.pth", "vit-epoch-2.pth"} << "vit-epoch-2.pth"
                                            << "1 2";
        QTest::newRow("numbers alone") << in({"0001", "0002"}) << "0002"
                                       << "1 2";
        QTest::newRow("global steps") << QStringList{"global_step100/weights.bin", "global_step200/weights.bin"}
                                      << "global_step100"
                                      << "100 200";
        QTest::newRow("others lie between")
            << QStringList{"step-1.pt", "step-2.pt", "best.pt", "ema-step-1.pt", "step-2.txt"} << "step-1.pt"
            << "1 2";
        QTest::newRow("folders without weights")
            << QStringList{"step-1/log.txt", "step-2/model.safetensors"} << "step-2"
            << "";
        QTest::newRow("one alone") << QStringList{"step-1.pt"} << "step-1.pt"
                                   << "";
        QTest::newRow("two models") << QStringList{"vit-patch16-224.pth", "vit-patch16-384.pth"}
                                    << "vit-patch16-224.pth"
                                    << "";
        QTest::newRow("shards of one model")
            << QStringList{"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"}
            << "model-00001-of-00002.safetensors"
            << "";
        QTest::newRow("not there") << QStringList{"step-1.pt", "step-2.pt"} << "step-3.pt"
                                   << "";
    }
    void stepsOfOneTrainingAreSortedByTheirNumber()
    {
        QFETCH(QStringList, files);
        QFETCH(QString, opened);
        QFETCH(QString, steps);
        QTemporaryDir folder;
        for (const QString& file : files) touch(folder.filePath(file));
        QCOMPARE(stepsOf(opened.isEmpty() ? folder.path() : folder.filePath(opened)), steps);
    }
    void namesOfEmbeddedModelsAndPathsOfOtherComputersHaveNone()
    {
        QCOMPARE(stepsOf(""), "");
        QCOMPARE(stepsOf("emoji-vit"), "");
        QCOMPARE(stepsOf("/nowhere/on/this/computer/step-1.pt"), "");
    }
    void aLongTrainingIsThinnedOutAndKeepsItsLastStep()
    {
        QTemporaryDir folder;
        constexpr int kSteps = 2 * kMostCheckpoints + 7;
        for (int i = 1; i <= kSteps; ++i) touch(folder.filePath(QStringLiteral("step%1.pt").arg(i)));
        const auto series = checkpointsOf(folder.filePath("step1.pt"));
        QVERIFY(int(series.size()) <= kMostCheckpoints && int(series.size()) > kMostCheckpoints / 2);
        QCOMPARE(series.back().step, std::int64_t(kSteps));
    }
    void aStepIsFoundByItsPath()
    {
        QTemporaryDir folder;
        for (const char* name : {"step1.pt", "step2.pt"}) touch(folder.filePath(name));
        const auto series = checkpointsOf(folder.filePath("step1.pt"));
        QCOMPARE(placeOf(series, folder.filePath("step2.pt")), 1);
        QCOMPARE(placeOf(series, folder.filePath("sub/../step1.pt")), 0);
        QCOMPARE(placeOf(series, folder.filePath("step3.pt")), -1);
    }
};

QTEST_GUILESS_MAIN(TestCheckpointSeries)
#include "tst_checkpoint_series.moc"
