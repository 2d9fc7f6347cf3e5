// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/container.h"
#include "core/checkpoint/unpickler.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace headlens;
using namespace headlens::test;

class TestUnpickler : public QObject {
    Q_OBJECT

    static pickle::Document parse(const std::string& bytes)
    {
        return pickle::parse(std::as_bytes(std::span(bytes.data(), bytes.size())), "test");
    }

private Q_SLOTS:
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
