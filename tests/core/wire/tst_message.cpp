// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/message.h"
#include "core/wire/verbs.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_model.h"

#include <QTest>

#include <random>

using namespace headlens;
using namespace headlens::test;

class TestMessage : public QObject {
    Q_OBJECT

    static std::span<const std::byte> bytesOf(const std::string& text)
    {
        return std::as_bytes(std::span(text.data(), text.size()));
    }
    static Message sample()
    {
        Message message;
        message.id = 42;
        message.verb = verbs::kRows.verb;
        message.tag = "rows";
        message.status = Status::Done;
        message.body = verbs::Rows{7, true};
        auto owner = std::make_shared<std::string>("abcdefgh");
        message.tensors.push_back({"rows.0", DType::F32, {1, 2}, owner, bytesOf(*owner)});
        return message;
    }

private Q_SLOTS:
    void aMessageSurvivesTheWireInAnyPortions_data()
    {
        QTest::addColumn<int>("portion");
        for (const int portion : {1, 2, 7, 64, 100000}) QTest::addRow("%d bytes", portion) << portion;
    }
    void aMessageSurvivesTheWireInAnyPortions()
    {
        QFETCH(int, portion);
        const std::string stream = encode(sample()) + encode(sample());
        FrameReader reader;
        int found = 0;
        for (std::size_t at = 0; at < stream.size(); at += std::size_t(portion)) {
            reader.feed(bytesOf(stream).subspan(at, std::min(std::size_t(portion), stream.size() - at)));
            while (const auto message = reader.next()) {
                ++found;
                QCOMPARE(message->id, std::uint64_t(42));
                QCOMPARE(message->status, Status::Done);
                QVERIFY(verbs::read<verbs::Rows>(message->body).reverse);
                const TensorBytes* rows = message->find("rows.0");
                QVERIFY(rows != nullptr && std::ranges::equal(rows->data, bytesOf("abcdefgh")));
            }
        }
        QCOMPARE(found, 2);
    }
    void absentFieldsKeepTheirDefaults()
    {
        QCOMPARE(verbs::read<verbs::OpenModel>(Json::object()).device, std::string("auto"));
    }
    void aFieldOfTheWrongKindIsABadRequest()
    {
        QCOMPARE(errorOf([] { verbs::read<verbs::Rows>(Json{{"token", "seven"}}); }), ErrorCode::BadRequest);
    }
    void aFrameThatAnnouncesTooMuchIsRefusedBeforeItsBytesCome()
    {
        FrameReader reader(1000);
        const std::string start = blob(
            R"({"__metadata__":{"id":"1","status":"request"},"a":{"dtype":"U8","shape":[2000],"data_offsets":[0,2000]}})");
        reader.feed(bytesOf(start));
        QCOMPARE(errorOf([&] { reader.next(); }), ErrorCode::BadRequest);
    }
    void malformedMetadataIsRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("no id") << QByteArray(R"({"__metadata__":{"status":"request"}})");
        QTest::newRow("id is no number") << QByteArray(R"({"__metadata__":{"id":"x","status":"request"}})");
        QTest::newRow("unknown status") << QByteArray(R"({"__metadata__":{"id":"1","status":"maybe"}})");
        QTest::newRow("body is no object")
            << QByteArray(R"({"__metadata__":{"id":"1","status":"request","body":"[]"}})");
        QTest::newRow("nothing") << QByteArray("{}");
    }
    void malformedMetadataIsRefused()
    {
        QFETCH(QByteArray, json);
        FrameReader reader;
        reader.feed(bytesOf(blob(json.toStdString())));
        QVERIFY(errorOf([&] { reader.next(); }).has_value());
    }
    void mutatedStreamsEndInMessagesOrErrors()
    {
        std::mt19937 random(3);
        const std::string original = encode(sample());
        for (int round = 0; round < 20'000; ++round) {
            std::string mutant = original;
            for (unsigned i = 0; i <= random() % 4; ++i) mutant[random() % mutant.size()] = char(random());
            FrameReader reader;
            reader.feed(bytesOf(mutant));
            errorOf([&] { reader.next(); }); // any other exception fails the test
        }
    }
};

QTEST_APPLESS_MAIN(TestMessage)
#include "tst_message.moc"
