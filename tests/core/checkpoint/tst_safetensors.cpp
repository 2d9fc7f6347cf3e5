// SPDX-License-Identifier: GPL-3.0-or-later
// Named damages of a header, our own stricter ones, and the files of the reference folder.
#include "core/checkpoint/container.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_model.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace headlens;
using namespace headlens::test;

class TestSafetensors : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string write(const std::string& bytes)
    {
        const std::string path = m_folder.filePath("x.safetensors").toStdString();
        writeBytes(path, bytes);
        return path;
    }

private Q_SLOTS:
    void badFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        const auto tensor = [](const std::string& rest) { return "{\"a\":{" + rest + "}}"; };
        const std::string four(4, 'x'), sixteen(16, 'x');
        row("header_too_small", "");
        row("invalid_header_length", std::string("\x3C\0\0\0\0\0\0\0", 8));
        row("header_too_large", std::string("\x3C\0\0\0\0\xFF\xFF\xFF", 8) + "{}");
        row("length 2^64-1", std::string(8, '\xFF') + "{}");
        row("non_utf8", std::string("\x01\0\0\0\0\0\0\0\xFF", 9));
        row("not_json", std::string("\x01\0\0\0\0\0\0\0{", 9));
        row("invalid_info", blob(tensor(R"("dtype":"I32","shape":[2,2],"data_offsets":[0,4])"), four));
        row("overflow 1",
            blob(tensor(R"("dtype":"I32","shape":[2,18446744073709551614],"data_offsets":[0,16])"), sixteen));
        row("overflow 2",
            blob(tensor(R"("dtype":"I32","shape":[2,9223372036854775807],"data_offsets":[0,16])"), sixteen));
        row("extra bytes", blob(tensor(R"("dtype":"I32","shape":[],"data_offsets":[0,4])"),
                                four + "extra_bogus_data_for_polyglot_file"));
        row("missing 2 bytes", blob(tensor(R"("dtype":"I32","shape":[],"data_offsets":[0,4])"), "xx"));
        std::string attack = "{";
        for (int i = 0; i < 10; ++i)
            attack += std::string(i > 0 ? "," : "") + "\"t" + std::to_string(i) +
                      "\":" + R"({"dtype":"F32","shape":[2,2],"data_offsets":[0,16]})";
        row("json_attack", blob(attack + "}", sixteen));
        row("F4 odd count", blob(tensor(R"("dtype":"F4","shape":[3],"data_offsets":[0,2])"), "xx"));
        row("duplicate key",
            blob(
                R"({"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}})"));
        row("NUL key", blob(R"({"a\u0000":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}})"));
        row("NUL byte ends the JSON early", blob(std::string("{}\0{", 4)));
        row("negative shape", blob(tensor(R"("dtype":"U8","shape":[-1],"data_offsets":[0,0])")));
        row("float shape", blob(tensor(R"("dtype":"U8","shape":[1.5],"data_offsets":[0,1])"), "x"));
        row("exponent shape",
            blob(tensor(R"("dtype":"U8","shape":[1e3],"data_offsets":[0,1000])"), std::string(1000, 'x')));
        row("offset beyond 2^63",
            blob(tensor(R"("dtype":"U8","shape":[1],"data_offsets":[9223372036854775808,9223372036854775809])"), "x"));
        row("three offsets", blob(tensor(R"("dtype":"U8","shape":[1],"data_offsets":[0,1,1])"), "x"));
        row("unknown field", blob(tensor(R"("dtype":"U8","shape":[1],"data_offsets":[0,1],"more":1)"), "x"));
        row("nested metadata", blob(R"({"__metadata__":{"a":{}}})"));
        row("rank 9", blob(tensor(R"("dtype":"U8","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,1])"), "x"));
        row("depth 10^6", blob(std::string(1'000'000, '[')));
        row("array", blob("[]"));
        row("one-byte header", blob(" "));
        row("Git-LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
        row("web page", "<!DOCTYPE html><html></html>");
        row("gzip", std::string("\x1F\x8B\x08\0\0\0\0\0\0\0", 10));
        row("GGUF", "GGUF" + std::string(20, '\3'));
    }
    void badFilesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        const std::string path = write(bytes.toStdString());
        QElapsedTimer clock;
        clock.start();
        const auto code = errorOf([&] { openSafetensors(path); });
        QVERIFY(code.has_value());
        QVERIFY2(*code == ErrorCode::BadHeader || *code == ErrorCode::Truncated || *code == ErrorCode::WrongContent,
                 nameOf(*code).data());
        QVERIFY(clock.elapsed() < 1000);
    }
    void aMillionsOfTensorsHeaderIsRefused()
    {
        std::string json = "{";
        for (int i = 0; i < 100'001; ++i)
            json += (i > 0 ? ",\"" : "\"") + std::to_string(i) +
                    "\":" + R"({"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
        const std::string path = write(blob(json + "}"));
        QCOMPARE(errorOf([&] { openSafetensors(path); }), ErrorCode::BadHeader);
    }
    void unusualButValidFilesOpen_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("tensors");
        QTest::newRow("trailing whitespace") << QByteArray::fromStdString(blob("{}\r \t\n")) << 0;
        QTest::newRow("leading whitespace") << QByteArray::fromStdString(blob("\t\n{}\r ")) << 0;
        QTest::newRow("zero sized") << QByteArray::fromStdString(
                                           blob(R"({"a":{"dtype":"I32","shape":[2,0],"data_offsets":[0,0]}})"))
                                    << 1;
        QTest::newRow("scalar") << QByteArray::fromStdString(
                                       blob(R"({"a":{"dtype":"I32","shape":[],"data_offsets":[0,4]}})", "1234"))
                                << 1;
        QTest::newRow("several empty ones on one offset")
            << QByteArray::fromStdString(blob(
                   R"({"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"b":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"c":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
                   "x"))
            << 3;
    }
    void unusualButValidFilesOpen()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, tensors);
        QCOMPARE(int(openSafetensors(write(bytes.toStdString()))->tensors().size()), tensors);
    }
    void aHeaderWhoseLengthLooksLikeAPickleOpens()
    {
        std::string json = R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})";
        json.resize(0x0580, ' '); // the file begins with 80 05
        QCOMPARE(openContainer(write(blob(json, "x")))->tensors().size(), std::size_t(1));
    }
    void whatIsWrittenIsReadBackBitExact()
    {
        std::mt19937 random(1);
        const DType types[] = {DType::Bool, DType::U8,  DType::F8E4M3, DType::F16, DType::BF16,
                               DType::I32,  DType::F32, DType::F64,    DType::I64, DType::C64};
        for (int round = 0; round < 200; ++round) {
            std::vector<TensorBytes> tensors;
            for (unsigned i = 0; i < random() % 8; ++i) {
                TensorBytes tensor;
                tensor.name = "tensor \"" + std::to_string(i) + "\" é";
                tensor.dtype = types[random() % std::size(types)];
                for (unsigned d = 0; d < random() % 5; ++d) tensor.shape.push_back(random() % 4);
                auto bytes = std::make_shared<std::string>(*bytesFor(tensor.shape, tensor.dtype), char(random()));
                tensor.owner = bytes;
                tensor.data = std::as_bytes(std::span(bytes->data(), bytes->size()));
                tensors.push_back(tensor);
            }
            const std::string path = m_folder.filePath("r.safetensors").toStdString();
            writeSafetensors(path, tensors, {{"round", std::to_string(round)}});
            const auto read = openSafetensors(path);
            QCOMPARE(read->tensors().size(), tensors.size());
            QCOMPARE(readSafetensorsMetadata(path).at("round"), std::to_string(round));
            for (std::size_t i = 0; i < tensors.size(); ++i) {
                const RawTensor raw = read->read(i);
                const auto& name = read->tensors()[i].name;
                const auto& original = *std::ranges::find(tensors, name, &TensorBytes::name);
                QCOMPARE(raw.shape, original.shape);
                QVERIFY(std::ranges::equal(raw.bytes, original.data));
            }
        }
    }
    void everyTruncationIsACleanError()
    {
        const std::string whole = blob(
            R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}})",
            "01234567abc");
        for (std::size_t length = 0; length < whole.size(); ++length)
            QVERIFY(errorOf([&] { openSafetensors(write(whole.substr(0, length))); }).has_value());
        QCOMPARE(errorOf([&] { openSafetensors(write(whole)); }), std::nullopt);
    }
    void everyBitFlipEndsInAFileOrAnError()
    {
        const std::string whole = blob(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", "01234567");
        for (std::size_t at = 0; at < whole.size() * 8; ++at) {
            std::string flipped = whole;
            flipped[at / 8] = char(flipped[at / 8] ^ (1 << (at % 8)));
            errorOf([&] { openSafetensors(write(flipped)); }); // any other exception fails the test
        }
    }
    void theReferenceFilesGetTheirVerdicts()
    {
        if (sharedFolder().empty()) QSKIP("the folder of reference cases is not here");
        const std::string folder = sharedFolder() + "/oracle/zoo_safetensors/";
        const Json verdicts = Json::parse(readBytes(folder + "verdicts.json"));
        for (const auto& [name, verdict] : verdicts.items()) {
            const auto code = errorOf(
                [&] { name.ends_with(".index.json") ? openSharded(folder + name) : openSafetensors(folder + name); });
            const Json& valid = verdict["valid"];
            if (valid.is_boolean()) QVERIFY2(code.has_value() != valid.get<bool>(), name.c_str());
        }
    }
    void shardNamesMustStayInTheirFolder_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"../x.safetensors", "/etc/passwd", "sub/x.safetensors", "..", "", "a\\\\b", "link.safetensors"})
            QTest::newRow(name) << QString(name);
    }
    void shardNamesMustStayInTheirFolder()
    {
        QFETCH(QString, name);
        QTemporaryDir outside;
        writeBytes(outside.filePath("x.safetensors").toStdString(), blob("{}"));
        QFile::remove(m_folder.filePath("link.safetensors"));
        QFile::link(outside.filePath("x.safetensors"), m_folder.filePath("link.safetensors"));
        const std::string index = m_folder.filePath("model.safetensors.index.json").toStdString();
        writeBytes(index, "{\"weight_map\":{\"a\":\"" + name.toStdString() + "\"}}");
        QCOMPARE(errorOf([&] { openSharded(index); }), ErrorCode::BadHeader);
    }
    void placesThatAreNoFilesAreRefused()
    {
        QCOMPARE(errorOf([&] { openSafetensors(m_folder.path().toStdString()); }), ErrorCode::WrongContent);
        QCOMPARE(errorOf([&] { openSafetensors("/dev/zero"); }), ErrorCode::WrongContent);
        QCOMPARE(errorOf([&] { openSafetensors(m_folder.filePath("absent").toStdString()); }), ErrorCode::FileMissing);
    }
};

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
