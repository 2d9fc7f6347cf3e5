// SPDX-License-Identifier: GPL-3.0-or-later
// The header of GGUF: everything it says is checked before it is believed.
#include "core/checkpoint/gguf_header.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"
#include "tests/support/gguf_writer.h"
#include "tests/support/tiny_model.h"

#include <QTest>

#include <filesystem>
#include <limits>

using namespace headlens;
using namespace headlens::test;

namespace {

// Of bytes in memory, which a read beyond their end would leave.
GgufHeader headerOf(const std::string& bytes)
{
    return readGguf({"test.gguf", bytes.size(), [&](std::uint64_t offset, std::span<std::byte> target) {
                         if (offset > bytes.size() || target.size() > bytes.size() - offset)
                             throw std::out_of_range("reads beyond the end");
                         std::memcpy(target.data(), bytes.data() + offset, target.size());
                     }});
}

GgufWriter plain()
{
    GgufWriter file;
    file.word("general.architecture", "llama").number("llama.block_count", 2);
    return file;
}

constexpr std::uint32_t kU8 = 0, kI16 = 3, kText = 8, kList = 9, kU64 = 10, kI64 = 11, kF64 = 12;

} // namespace

class TestGgufHeader : public QObject {
    Q_OBJECT

    static void row(const char* title, const std::string& bytes, ErrorCode code)
    {
        QTest::newRow(title) << QByteArray::fromStdString(bytes) << int(code);
    }
    static std::string zoo() { return sharedFolder() + "/oracle_language/zoo_gguf/"; }
    static Json verdicts() { return parseJsonObject(readBytes(zoo() + "verdicts.json"), "verdicts.json"); }

private Q_SLOTS:
    void everyKindOfValueIsRead()
    {
        const auto large = std::numeric_limits<std::uint64_t>::max() - 2;
        GgufWriter file = plain();
        file.entry("u8", kU8, raw(std::uint8_t(200))).entry("i16", kI16, raw(std::int16_t(-30'000)));
        file.entry("u64", kU64, raw(large)).entry("i64", kI64, raw(std::int64_t(-5)));
        file.entry("f64", kF64, raw(3.25)).real("f32", 1.5F).flag("yes", true).word("text", "\xC3\xBC");
        file.words("texts", {"a", "", "b"}).numbers("numbers", {1, 2}).numbers("none", {});
        const GgufSettings settings = headerOf(file.bytes()).settings;
        QCOMPARE(settings.integer("u8"), 200);
        QCOMPARE(settings.integer("i16"), -30'000);
        QCOMPARE(settings.integer("i64"), -5);
        QCOMPARE(std::get<std::uint64_t>(settings.all().at("u64")), large);
        QVERIFY(!settings.integer("u64")); // does not fit
        QCOMPARE(settings.real("f64"), 3.25);
        QCOMPARE(settings.real("f32"), 1.5);
        QCOMPARE(settings.real("u8"), 200.0);
        QCOMPARE(settings.flag("yes"), true);
        QCOMPARE(settings.text("text"), std::string("\xC3\xBC"));
        QVERIFY(!settings.text("u8") && !settings.integer("text") && !settings.has("absent"));
        QCOMPARE(*settings.texts("texts"), (std::vector<std::string>{"a", "", "b"}));
        QCOMPARE(*settings.integers("numbers"), (std::vector<std::int64_t>{1, 2}));
        QVERIFY(settings.integers("none")->empty());
    }
    void shapesAreRowsFirstAndPlacesCountFromTheFile()
    {
        const std::string bytes = plain().counting("a", {2, 3}).counting("b", {5}).bytes();
        const GgufHeader header = headerOf(bytes);
        QCOMPARE(header.tensors.size(), 2U);
        QCOMPARE(header.tensors[0].shape, (std::vector<std::int64_t>{2, 3}));
        QCOMPARE(header.tensors[0].bytes, 24U);
        QCOMPARE(header.tensors[1].offset, header.tensors[0].offset + 32);
        QCOMPARE(bytes.substr(std::size_t(header.tensors[1].offset) + 4, 4), raw(1.0F));
    }
    void formatsThatAreNotComputedAreListed()
    {
        const std::string bytes = plain().tensor({"a", {2, 256}, 16, std::string(132, '\0')}).bytes();
        const GgufHeader header = headerOf(bytes);
        QCOMPARE(std::string(header.tensors[0].type->name), std::string("IQ2_XXS"));
        QVERIFY(!header.tensors[0].type->format);
    }
    void aHeaderThatLiesIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto with = [](const char* key, std::uint32_t kind, const std::string& bytes) {
            return plain().entry(key, kind, bytes).bytes();
        };
        const auto tensor = [](const GgufWriter::Tensor& lie) { return plain().tensor(lie).bytes(); };
        const auto much = std::numeric_limits<std::uint64_t>::max();
        GgufWriter keys = plain(), tensors = plain(), old = plain(), turned = plain();
        keys.keyCount = much;
        tensors.tensorCount = 1ULL << 60;
        old.version = 1;
        turned.version = 0x03000000;
        row("empty", "", ErrorCode::Truncated);
        row("another format", "hello world", ErrorCode::WrongContent);
        row("before GGUF", "tjgg" + std::string(60, '\0'), ErrorCode::WrongContent);
        row("a Git-LFS pointer", "version https://git-lfs.github.com/spec/v1", ErrorCode::WrongContent);
        row("version 1", old.bytes(), ErrorCode::WrongContent);
        row("big-endian", turned.bytes(), ErrorCode::WrongContent);
        row("countless keys", keys.bytes(), ErrorCode::Truncated);
        row("countless tensors", tensors.bytes(), ErrorCode::Truncated);
        row("endless text", with("a", kText, raw(much)), ErrorCode::Truncated);
        row("endless list", with("a", kList, raw(kU64) + raw(1ULL << 61)), ErrorCode::Truncated);
        row("endless texts", with("a", kList, raw(kText) + raw(1ULL << 33)), ErrorCode::Truncated);
        row("list of lists", with("a", kList, raw(kList) + raw(1ULL) + raw(kU8) + raw(0ULL)), ErrorCode::BadHeader);
        row("unknown type", with("a", 13, raw(0ULL)), ErrorCode::BadHeader);
        row("list of an unknown type", with("a", kList, raw(77U) + raw(0ULL)), ErrorCode::BadHeader);
        row("empty key", with("", kU8, "x"), ErrorCode::BadHeader);
        row("key twice", with("llama.block_count", kU8, "x"), ErrorCode::BadHeader);
        row("alignment of 0", with("general.alignment", 4, raw(0U)), ErrorCode::BadHeader);
        row("alignment of 24", with("general.alignment", 4, raw(24U)), ErrorCode::BadHeader);
        row("alignment as 64 bits", with("general.alignment", kU64, raw(32ULL)), ErrorCode::BadHeader);
        row("alignment with a sign", with("general.alignment", 5, raw(32)), ErrorCode::BadHeader);
        row("negative extent", tensor({"a", {much}, 0, {}}), ErrorCode::BadHeader);
        row("overflowing extents", tensor({"a", {1ULL << 32, 1ULL << 32}, 0, {}}), ErrorCode::BadHeader);
        row("five dimensions", tensor({"a", {1, 1, 1, 1, 1}, 0, "abcd"}), ErrorCode::BadHeader);
        row("half a block", tensor({"a", {33}, 8, std::string(34, 0)}), ErrorCode::BadHeader);
        row("unknown format", tensor({"a", {32}, 99, std::string(34, 0)}), ErrorCode::BadHeader);
        row("format no longer in use", tensor({"a", {32}, 4, std::string(34, 0)}), ErrorCode::BadHeader);
        row("long name", tensor({std::string(64, 'a'), {1}, 0, "abcd"}), ErrorCode::BadHeader);
        row("name of control characters", tensor({"a\n", {1}, 0, "abcd"}), ErrorCode::BadHeader);
        row("hole before it", tensor({"a", {1}, 0, "abcd", 32}), ErrorCode::BadHeader);
        row("place that wraps", tensor({"a", {1}, 0, "abcd", much - 31}), ErrorCode::BadHeader);
        row("values beyond the end", tensor({"a", {1ULL << 40}, 0, "abcd"}), ErrorCode::Truncated);
        row("tensor twice", plain().counting("a", {1}).counting("a", {1}).bytes(), ErrorCode::BadHeader);
    }
    void aHeaderThatLiesIsRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto error = errorOf([&] { headerOf(bytes.toStdString()); });
        QVERIFY(error.has_value());
        QCOMPARE(int(*error), code);
    }
    void everyCutOfAFileIsACleanError()
    {
        const std::string whole = plain().words("t", {"ab", "c"}).counting("a", {2, 3}).bytes();
        const std::uint64_t end = headerOf(whole).tensors[0].offset + 24; // the last tensor may lack its padding
        for (std::size_t length = 0; length < end; ++length)
            QVERIFY2(errorOf([&] { headerOf(whole.substr(0, length)); }).has_value(),
                     qPrintable(QString::number(length)));
        QCOMPARE(headerOf(whole.substr(0, std::size_t(end))).tensors.size(), 1U);
        QCOMPARE(headerOf(whole + "more").tensors.size(), 1U);
    }
    void filesOfTheZooAreTakenAndRefusedAsTheirVerdictsSay_data()
    {
        QTest::addColumn<QString>("name");
        if (sharedFolder().empty()) QSKIP("the reference cases are not on this machine");
        const Json all = verdicts();
        for (const auto& [name, verdict] : all.items()) QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    void filesOfTheZooAreTakenAndRefusedAsTheirVerdictsSay()
    {
        QFETCH(QString, name);
        const Json verdict = verdicts()[name.toStdString()];
        Json listed = Json::object();
        const auto error = errorOf([&] {
            const FileBytes file(zoo() + name.toStdString());
            for (const GgufTensor& tensor : readGguf(sourceOf(file)).tensors)
                listed[tensor.name] = {tensor.type->name, tensor.shape};
        });
        QCOMPARE(!error.has_value(), verdict["valid"].get<bool>());
        if (!error) QCOMPARE(listed.dump(), verdict["tensors"].dump());
    }
};

QTEST_APPLESS_MAIN(TestGgufHeader)
#include "tst_gguf_header.moc"
