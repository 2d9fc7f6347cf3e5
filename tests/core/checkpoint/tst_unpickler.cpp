// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/container.h"
#include "core/checkpoint/unpickler.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_model.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstring>
#include <random>

using namespace headlens;
using namespace headlens::test;

class TestUnpickler : public QObject {
    Q_OBJECT

    static pickle::Document parse(const std::string& bytes)
    {
        return pickle::parse(std::as_bytes(std::span(bytes.data(), bytes.size())), "test");
    }

    QTemporaryDir m_folder;

    static std::string data(const QString& name) { return HEADLENS_SOURCE "/tests/data/" + name.toStdString(); }
    static std::string zoo() { return sharedFolder() + "/oracle/zoo_pickle/"; }
    static void addForms()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("zip") << "tiny.pth";
        QTest::newRow("before 1.6") << "legacy.pth";
    }
    static void readAll(const std::string& path)
    {
        const auto file = openContainer(path);
        for (std::size_t i = 0; i < file->tensors().size(); ++i) file->read(i);
    }
    static RawTensor rawOf(const Container& file, const std::string& name)
    {
        for (std::size_t i = 0; i < file.tensors().size(); ++i)
            if (file.tensors()[i].name == name) return file.read(i);
        return {};
    }
    static std::vector<float> numbers(const Container& file, const std::string& name)
    {
        const RawTensor raw = rawOf(file, name);
        std::vector<float> values(raw.bytes.size() / sizeof(float));
        std::memcpy(values.data(), raw.bytes.data(), raw.bytes.size());
        return values;
    }

private Q_SLOTS:
    void longPicklesOfAnOldFileAreReadToTheirEnd()
    {
        // The file is read piece by piece: before its dictionary a text is put and taken away again.
        const std::string old = readBytes(data("legacy.pth"));
        const std::size_t at = old.find(std::string("\x80\x02}q\0(X\x05\0\0\0model", 16));
        QVERIFY(at != std::string::npos);
        for (const std::uint32_t length : {1000U, 300'000U, 3'000'000U}) {
            std::string text = "X";
            for (int i = 0; i < 4; ++i) text += char(length >> (8 * i) & 0xFF);
            text += std::string(length, 'a') + "0";
            const std::string path = m_folder.filePath("long.pth").toStdString();
            writeBytes(path, old.substr(0, at + 2) + text + old.substr(at + 2));
            const auto file = openContainer(path);
            QCOMPARE(file->tensors().size(), openContainer(data("legacy.pth"))->tensors().size());
            QCOMPARE(numbers(*file, "whole"), (std::vector<float>{0, 1, 2, 3, 4, 5}));
        }
    }
    void aCallIsNamedAndNeverMade()
    {
        // (os.system, ("touch /tmp/x",)) REDUCE: becomes a placeholder.
        const auto document = parse(std::string("\x80\x02"
                                                "cos\nsystem\n(X\x0c\0\0\0touch /tmp/xtR.",
                                                34));
        const auto* placeholder = std::get_if<pickle::Opaque>(&document.values[document.root]);
        QVERIFY(placeholder != nullptr);
        QCOMPARE(placeholder->name, std::string("os.system"));
    }
    void badPicklesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no end") << QByteArray("\x80\x02N", 3);
        QTest::newRow("a tuple of things that are not there") << QByteArray("\x80\x02N\x87.", 5);
        QTest::newRow("a text of 4 GiB") << QByteArray("\x80\x02X\xFF\xFF\xFF\xFF.", 8);
        QTest::newRow("an unknown operation") << QByteArray("\x80\x02i.", 4);
        QTest::newRow("a recall of nothing") << QByteArray("\x80\x02h\x05.", 5);
        QTest::newRow("items without a mark") << QByteArray("\x80\x02}u.", 5);
        QTest::newRow("a key without a value") << QByteArray("\x80\x02}(Nu.", 6);
    }
    void badPicklesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(errorOf([&] { parse(bytes.toStdString()); }), ErrorCode::BadHeader);
    }
    void aLongNameThatIsRecalledOftenIsRefused()
    {
        // Each STACK_GLOBAL would copy both names: a few bytes of pickle, gigabytes of memory.
        std::string bytes = std::string("\x80\x04X\x00\x00\x10\x00", 7) + std::string(1U << 20, 'a') + "q\1";
        for (int i = 0; i < 10'000; ++i) bytes += "h\1h\1\x93";
        QCOMPARE(int(errorOf([&] { parse(bytes + "."); }).value()), int(ErrorCode::BadHeader));
    }
    void randomPicklesEndInDocumentsOrErrors()
    {
        std::mt19937 random(5);
        const std::string operations = "\x80\x02(}]).NtaseuqhjrRbQXKMJ\x85\x86\x87\x88\x8c\x93\x94";
        for (int round = 0; round < 50'000; ++round) {
            std::string bytes = "\x80\x02";
            for (unsigned i = 0; i < random() % 40; ++i) bytes += operations[random() % operations.size()];
            errorOf([&] { parse(bytes); }); // any other exception fails the test
        }
    }
    void bothFormsGiveTheSameTensors()
    {
        for (const char* name : {"tiny.pth", "legacy.pth"}) {
            const auto file = openContainer(data(name));
            QCOMPARE(file->tensors().size(), std::size_t(2));
            QCOMPARE(numbers(*file, "whole"), (std::vector<float>{0, 1, 2, 3, 4, 5}));
            QCOMPARE(numbers(*file, "turned"), (std::vector<float>{0, 3, 1, 4, 2, 5}));
        }
    }
    void hostileFilesAreRefusedAtOnce_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"bomb.pth", "longtext.pth", "beyond.pth"}) QTest::newRow(name) << name;
    }
    void hostileFilesAreRefusedAtOnce()
    {
        QFETCH(QString, name);
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(errorOf([&] { readAll(data(name)); }), ErrorCode::BadHeader);
        QVERIFY(clock.elapsed() < 1000);
    }
    void everyTruncationOfACheckpointIsACleanError_data() { addForms(); }
    void everyTruncationOfACheckpointIsACleanError()
    {
        QFETCH(QString, name);
        const std::string whole = readBytes(data(name));
        const std::string path = m_folder.filePath("cut.pth").toStdString();
        for (std::size_t length = 0; length < whole.size(); ++length) {
            writeBytes(path, whole.substr(0, length));
            QVERIFY2(errorOf([&] { readAll(path); }).has_value(), qPrintable(QString::number(length)));
        }
    }
    void everyFlippedBitOfACheckpointIsReadOrRefused_data() { addForms(); }
    void everyFlippedBitOfACheckpointIsReadOrRefused()
    {
        QFETCH(QString, name);
        const std::string whole = readBytes(data(name));
        const std::string path = m_folder.filePath("flipped.pth").toStdString();
        QElapsedTimer clock;
        qint64 worst = 0;
        for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
            std::string flipped = whole;
            flipped[bit / 8] = char(flipped[bit / 8] ^ (1 << (bit % 8)));
            writeBytes(path, flipped);
            clock.start();
            errorOf([&] { readAll(path); }); // any other exception fails the test
            worst = std::max(worst, clock.elapsed());
        }
        QVERIFY(worst < 1000);
    }
    void theZooIsReadAndRefusedAsItsVerdictsSay_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("verdict");
        if (sharedFolder().empty()) {
            QTest::newRow("absent") << QString() << QString();
            return;
        }
        const Json verdicts = Json::parse(readBytes(zoo() + "verdicts.json"));
        for (const auto& [name, entry] : verdicts.items())
            QTest::newRow(name.c_str()) << QString::fromStdString(name)
                                        << QString::fromStdString(entry["loadable"].dump());
    }
    void theZooIsReadAndRefusedAsItsVerdictsSay()
    {
        if (sharedFolder().empty()) QSKIP("the folder of reference cases is not here");
        QFETCH(QString, name);
        QFETCH(QString, verdict);
        const std::string path = zoo() + name.toStdString();
        const auto problem = errorOf([&] { readAll(path); });
        if (verdict == "false") QVERIFY(problem.has_value());
        if (verdict == "true") QVERIFY(!problem.has_value());
        if (problem.has_value()) return;
        const auto expected = openContainer(zoo() + "expected.safetensors");
        const auto file = openContainer(path);
        int compared = 0;
        for (std::size_t i = 0; i < expected->tensors().size(); ++i) {
            const std::string prefix = name.toStdString() + "::", wanted = expected->tensors()[i].name;
            if (!wanted.starts_with(prefix)) continue;
            const RawTensor right = expected->read(i), found = rawOf(*file, wanted.substr(prefix.size()));
            QCOMPARE(found.shape, right.shape);
            QCOMPARE(int(found.dtype), int(right.dtype));
            QVERIFY(found.bytes == right.bytes);
            ++compared;
        }
        QVERIFY(compared > 0);
    }
    void theRealCheckpointReadsAsItsSafetensorsTwin()
    {
        if (sharedFolder().empty()) QSKIP("the folder of reference models is not here");
        const auto pickled = openContainer(sharedFolder() + "/models/deit-tiny-pth/deit_tiny_patch16_224.pth");
        const auto twin = openContainer(sharedFolder() + "/models/deit-tiny-patch16-224/model.safetensors");
        const auto read = [](const Container& from, const std::string& name) {
            for (std::size_t i = 0; i < from.tensors().size(); ++i)
                if (from.tensors()[i].name == name) return from.read(i).bytes;
            return std::vector<std::byte>();
        };
        const auto bytes = read(*pickled, "cls_token");
        QVERIFY(!bytes.empty());
        QVERIFY(bytes == read(*twin, "vit.embeddings.cls_token"));
    }
};

QTEST_APPLESS_MAIN(TestUnpickler)
#include "tst_unpickler.moc"
