// SPDX-License-Identifier: GPL-3.0-or-later
// Which architecture runs a checkpoint: one stands above all others, wherever its row is.
#include "core/models/registry.h"

#include <QDir>
#include <QTest>

#include <algorithm>

using namespace headlens;

class TestRegistry : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneArchitectureStandsAboveTheOthers_data()
    {
        QTest::addColumn<QString>("folder");
        const QDir models(HEADLENS_SOURCE "/resources/models");
        for (const QString& name : models.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QTest::newRow(qPrintable(name)) << models.filePath(name);
    }
    void oneArchitectureStandsAboveTheOthers()
    {
        QFETCH(QString, folder);
        const Checkpoint checkpoint = openCheckpoint(folder.toStdString());
        std::vector<int> scores;
        for (const Architecture* one : allArchitectures()) scores.push_back(scoreOf(*one, checkpoint));
        std::ranges::sort(scores, std::greater());
        QVERIFY(scores[0] > scores[1]);
        QCOMPARE(scoreOf(*architectureOf(checkpoint), checkpoint), scores[0]);
    }
    void namesAreSaidOnce()
    {
        std::vector<std::string> names;
        for (const Architecture* one : allArchitectures()) names.emplace_back(one->name);
        std::ranges::sort(names);
        QVERIFY(std::ranges::adjacent_find(names) == names.end());
    }
};

QTEST_APPLESS_MAIN(TestRegistry)
#include "tst_registry.moc"
