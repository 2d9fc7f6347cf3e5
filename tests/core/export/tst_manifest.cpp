// SPDX-License-Identifier: GPL-3.0-or-later
// A batch export that is split, interrupted and put together again.
#include "core/export/manifest.h"
#include "tests/support/expect_error.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace headlens;
using namespace headlens::test;

class TestManifest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    const Json m_head{{"model", "m"}};

    std::string folder() const { return m_folder->path().toStdString(); }
    void touch(const QString& name) const
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    Json entry(int number) const
    {
        const QString name = QStringLiteral("p%1.png").arg(number);
        touch(name);
        return {{"image", "p" + std::to_string(number)}, {"files", {{{"file", name.toStdString()}}}}};
    }
    Json manifest() const
    {
        QFile file(m_folder->filePath("manifest.json"));
        if (!file.open(QIODevice::ReadOnly)) return {};
        return Json::parse(file.readAll().toStdString());
    }
    void writePart(Shard shard, int pictures, const Json& head) const
    {
        ManifestJournal journal(folder(), shard, head, false);
        for (int i = 0; i < pictures; ++i)
            if (shard.takes(std::size_t(i))) journal.add(std::size_t(i), entry(i));
        journal.finish();
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void everyPictureIsInExactlyOnePart()
    {
        for (const int count : {1, 2, 5})
            for (std::size_t number = 0; number < 23; ++number) {
                int takers = 0;
                for (int index = 1; index <= count; ++index) takers += Shard{index, count}.takes(number) ? 1 : 0;
                QCOMPARE(takers, 1);
            }
    }
    void wrongPartsAreRefused()
    {
        for (const char* text : {"", "2", "0/3", "4/3", "a/b", "1/", "/2", "1/2/3", "-1/2", "1/99999999999"})
            QCOMPARE(errorOf([&] { shardFrom(text); }), ErrorCode::Usage);
        QCOMPARE(shardFrom("2/5").index, 2);
    }
    void partsBecomeTheWholeInTheOldOrder()
    {
        for (int index = 1; index <= 3; ++index) writePart({index, 3}, 8, m_head);
        QCOMPARE(mergeManifests(folder()), std::size_t(8));
        const Json whole = manifest();
        QCOMPARE(whole["model"].get<std::string>(), std::string("m"));
        for (std::size_t i = 0; i < 8; ++i)
            QCOMPARE(whole["pictures"][i]["image"].get<std::string>(), "p" + std::to_string(i));
    }
    void aMissingOrForeignPartIsSaid()
    {
        QCOMPARE(errorOf([&] { mergeManifests(folder()); }), ErrorCode::BadRequest);
        touch("manifest.1-of-0.json");
        touch("manifest.3-of-2.json");
        QCOMPARE(errorOf([&] { mergeManifests(folder()); }), ErrorCode::BadRequest);
        writePart({1, 3}, 8, m_head);
        writePart({3, 3}, 8, m_head);
        QCOMPARE(errorOf([&] { mergeManifests(folder()); }), ErrorCode::BadRequest);
        writePart({2, 3}, 8, {{"model", "another"}});
        QCOMPARE(errorOf([&] { mergeManifests(folder()); }), ErrorCode::BadRequest);
        writePart({2, 3}, 8, m_head);
        QCOMPARE(mergeManifests(folder()), std::size_t(8));
        writePart({1, 2}, 8, m_head);
        QCOMPARE(errorOf([&] { mergeManifests(folder()); }), ErrorCode::BadRequest);
    }
    void damagedPartsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello");
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("no lists") << QByteArray("{}");
        QTest::newRow("no numbers") << QByteArray(R"({"pictures":[{"image":"a"}],"failures":[]})");
        QTest::newRow("negative number") << QByteArray(R"({"pictures":[{"number":-1}],"failures":[]})");
        QTest::newRow("lists of numbers") << QByteArray(R"({"pictures":[1],"failures":[]})");
    }
    void damagedPartsAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QFile file(m_folder->filePath("manifest.1-of-1.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        QCOMPARE(errorOf([&] { mergeManifests(folder()); }), ErrorCode::BadRequest);
    }
    void anInterruptedRunGoesOn()
    {
        {
            ManifestJournal journal(folder(), {1, 2}, m_head, false);
            journal.add(0, entry(0));
            journal.add(2, entry(2));
            journal.add(4, {{"image", "p4"}, {"why", "was busy"}});
        } // killed here
        QFile journalFile(m_folder->filePath("manifest.1-of-2.jsonl"));
        QVERIFY(journalFile.open(QIODevice::Append));
        journalFile.write("{\"number\":6,\"ent"); // the line that was being written
        journalFile.close();
        QFile::remove(m_folder->filePath("p2.png"));
        ManifestJournal again(folder(), {1, 2}, m_head, true);
        QVERIFY(again.takeEarlier(0, {{"image", "p0"}}));
        QVERIFY2(!again.takeEarlier(0, {{"image", "q0"}}), "another picture");
        QVERIFY2(!again.takeEarlier(0, {{"image", "p0"}, {"sha256", "1234"}}), "the picture was changed");
        QVERIFY2(!again.takeEarlier(2, {{"image", "p2"}}), "its figure is gone");
        QVERIFY2(!again.takeEarlier(4, {{"image", "p4"}}), "what failed is tried again");
        QVERIFY(!again.takeEarlier(6, {{"image", "p6"}}));
        again.add(2, entry(2));
        again.add(4, entry(4));
        again.finish();
        QCOMPARE(again.pictures(), std::size_t(3));
        QCOMPARE(again.failures(), std::size_t(0));
    }
    void aFinishedRunCanBeAddedTo()
    {
        writePart({1, 1}, 3, m_head);
        QVERIFY(!QFile::exists(m_folder->filePath("manifest.1-of-1.jsonl")));
        ManifestJournal again(folder(), {1, 1}, m_head, true);
        QVERIFY(!again.takeEarlier(0, {{"image", "new"}})); // a picture that stands before the old ones now
        again.add(0, entry(9));
        for (std::size_t i = 0; i < 3; ++i) QVERIFY(again.takeEarlier(i + 1, {{"image", "p" + std::to_string(i)}}));
        again.finish();
        QCOMPARE(manifest()["pictures"].size(), std::size_t(4));
        QCOMPARE(manifest()["pictures"][3]["image"].get<std::string>(), std::string("p2"));
    }
    void otherSettingsStartAnew()
    {
        {
            ManifestJournal journal(folder(), {1, 1}, m_head, false);
            journal.add(0, entry(0));
        }
        QVERIFY(!ManifestJournal(folder(), {1, 1}, {{"model", "another"}}, true).takeEarlier(0, {{"image", "p0"}}));
    }
};

QTEST_GUILESS_MAIN(TestManifest)
#include "tst_manifest.moc"
