// SPDX-License-Identifier: GPL-3.0-or-later
// The number formats of GGUF against values worked out by hand, and bit by bit against those of ggml.
#include "core/checkpoint/container.h"
#include "core/checkpoint/gguf_header.h"
#include "core/wire/safe_json.h"
#include "tests/support/gguf_writer.h"
#include "tests/support/tiny_model.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headlens;
using namespace headlens::test;

namespace {

constexpr std::uint16_t kOne = 0x3C00, kHalf = 0x3800; // as binary16

std::vector<float> unpacked(std::uint32_t id, const std::string& bytes)
{
    const GgufType& type = *ggufTypeOf(id);
    std::vector<float> values(bytes.size() / type.bytes * type.values);
    unpackBlocks(type, std::as_bytes(std::span(bytes.data(), bytes.size())), values);
    return values;
}

std::string folder()
{
    return sharedFolder() + "/oracle_language/gguf_dequant/";
}

} // namespace

class TestGgufTypes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void idsOutOfUseAreNoFormats_data()
    {
        QTest::addColumn<unsigned>("id");
        for (const unsigned id : {4U, 5U, 31U, 32U, 33U, 36U, 37U, 38U, 40U, 99U, ~0U})
            QTest::newRow(qPrintable(QString::number(id))) << id;
    }
    void idsOutOfUseAreNoFormats()
    {
        QFETCH(unsigned, id);
        QVERIFY(ggufTypeOf(id) == nullptr);
    }
    void halvesAreExact()
    {
        for (const auto& [half, value] : {std::pair(std::uint16_t(0x0001), 0x1p-24F),
                                          {std::uint16_t(0x83FF), -0x1.FF8p-15F},
                                          {std::uint16_t(0x7BFF), 65'504.0F},
                                          {std::uint16_t(0x8000), -0.0F},
                                          {std::uint16_t(0xFC00), -INFINITY}}) {
            const float read = unpacked(1, raw(half))[0];
            QCOMPARE(raw(read), raw(value));
        }
        QVERIFY(std::isnan(unpacked(1, raw(std::uint16_t(0x7E00)))[0]));
    }
    void nibblesOfFourBitBlocksLieSixteenApart()
    {
        const std::vector<float> plain = unpacked(2, raw(kHalf) + std::string(16, '\x9F'));
        QCOMPARE(plain[0], (15 - 8) * 0.5F);
        QCOMPARE(plain[16], (9 - 8) * 0.5F);
        const std::vector<float> shifted = unpacked(3, raw(kHalf) + raw(kOne) + std::string(16, '\x9F'));
        QCOMPARE(shifted[15], 15 * 0.5F + 1);
        QCOMPARE(shifted[31], 9 * 0.5F + 1);
    }
    void theFifthBitsOfABlockLieInOneNumber()
    {
        const std::vector<float> values = unpacked(6, raw(kOne) + raw(0x0001'0002U) + std::string(16, '\x21'));
        QCOMPARE(values[0], 1.0F - 16);
        QCOMPARE(values[1], 17.0F - 16);
        QCOMPARE(values[16], 18.0F - 16);
        QCOMPARE(values[17], 2.0F - 16);
    }
    void severalBlocksFollowEachOther()
    {
        const std::vector<float> values =
            unpacked(8, raw(kOne) + std::string(32, '\x02') + raw(kHalf) + std::string(32, '\xFF'));
        QCOMPARE(values[31], 2.0F);
        QCOMPARE(values[32], -0.5F);
    }
    void everyFormatIsUnpackedAsGgmlDoes_data()
    {
        QTest::addColumn<QString>("name");
        if (sharedFolder().empty()) QSKIP("the reference cases are not on this machine");
        const Json about = parseJsonObject(readBytes(folder() + "case.json"), "case.json");
        for (const auto& [name, tensor] : about["tensors"].items())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    void everyFormatIsUnpackedAsGgmlDoes()
    {
        QFETCH(QString, name);
        const FileBytes file(folder() + "tensors.gguf");
        const GgufHeader header = readGguf(sourceOf(file));
        const auto tensor = std::ranges::find(header.tensors, name.toStdString(), &GgufTensor::name);
        QVERIFY(tensor != header.tensors.end());
        std::string bytes(std::size_t(tensor->bytes), '\0');
        file.read(tensor->offset, std::as_writable_bytes(std::span(bytes.data(), bytes.size())));
        const std::vector<float> values = unpacked(tensor->type->id, bytes);
        const auto expected = openSafetensors(folder() + "expected.safetensors");
        const auto& all = expected->tensors();
        const auto hit = std::ranges::find(all, name.toStdString(), &StoredTensor::name);
        QVERIFY(hit != all.end());
        QCOMPARE(tensor->shape, hit->shape);
        const RawTensor reference = expected->read(std::size_t(hit - all.begin()));
        QCOMPARE(reference.bytes.size(), values.size() * sizeof(float));
        QCOMPARE(std::memcmp(reference.bytes.data(), values.data(), reference.bytes.size()), 0);
    }
};

QTEST_APPLESS_MAIN(TestGgufTypes)
#include "tst_gguf_types.moc"
