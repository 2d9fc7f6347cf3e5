// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks of every number format, unpacked by the vectors of this processor, against plain loops: equal bit by bit.
// CTest runs this with each instruction set that the machine has.
#include "core/kernels/block_formats.h"
#include "tests/support/plain_blocks.h"

#include <QTest>

#include <cmath>
#include <cstring>
#include <random>
#include <vector>

using namespace headlens;
namespace plain = headlens::test::plain;

namespace {

using Unpack = void (*)(const std::byte*, float*);
struct Row {
    const char* name;
    BlockFormat format;
    Unpack unpack;
};
const std::vector<Row>& rows()
{
    static const std::vector<Row> kRows{
        {"F32", BlockFormat::F32, plain::unpackF32},
        {"F16", BlockFormat::F16, plain::unpackF16},
        {"BF16", BlockFormat::BF16, plain::unpackBF16},
        {"F64", BlockFormat::F64, plain::unpackF64},
        {"I8", BlockFormat::I8, plain::unpackI8},
        {"I16", BlockFormat::I16, plain::unpackI16},
        {"I32", BlockFormat::I32, plain::unpackI32},
        {"I64", BlockFormat::I64, plain::unpackI64},
        {"Q4_0", BlockFormat::Q4_0, plain::unpackQ40},
        {"Q4_1", BlockFormat::Q4_1, plain::unpackQ41},
        {"Q5_0", BlockFormat::Q5_0, plain::unpackQ50},
        {"Q5_1", BlockFormat::Q5_1, plain::unpackQ51},
        {"Q8_0", BlockFormat::Q8_0, plain::unpackQ80},
        {"Q2_K", BlockFormat::Q2_K, plain::unpackQ2K},
        {"Q3_K", BlockFormat::Q3_K, plain::unpackQ3K},
        {"Q4_K", BlockFormat::Q4_K, plain::unpackQ4K},
        {"Q5_K", BlockFormat::Q5_K, plain::unpackQ5K},
        {"Q6_K", BlockFormat::Q6_K, plain::unpackQ6K},
        {"IQ4_NL", BlockFormat::IQ4_NL, plain::unpackIQ4NL},
        {"IQ4_XS", BlockFormat::IQ4_XS, plain::unpackIQ4XS},
    };
    return kRows;
}

bool isSame(float a, float b)
{
    return std::memcmp(&a, &b, sizeof(a)) == 0 || (std::isnan(a) && std::isnan(b));
}

} // namespace

class TestBlockFormats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFormatIsListed() { QCOMPARE(int(rows().size()), kBlockFormats); }
    void vectorsUnpackAsPlainLoopsDo_data()
    {
        QTest::addColumn<int>("row");
        for (int i = 0; i < int(rows().size()); ++i) QTest::newRow(rows()[std::size_t(i)].name) << i;
    }
    void vectorsUnpackAsPlainLoopsDo()
    {
        QFETCH(int, row);
        const auto& [name, format, unpack] = rows()[std::size_t(row)];
        const BlockSize size = blockSizeOf(format);
        constexpr std::int64_t kCount = 300;
        std::mt19937 source(5);
        std::vector<std::byte> bytes(std::size_t(kCount * size.bytes + 1)); // one more: at an odd address
        for (std::byte& byte : bytes) byte = std::byte(source());
        std::vector<float> found(std::size_t(kCount * size.values)), truth(found.size());
        unpackBlocks(format, bytes.data() + 1, kCount, found.data());
        for (std::int64_t i = 0; i < kCount; ++i)
            unpack(bytes.data() + 1 + i * size.bytes, truth.data() + i * size.values);
        for (std::size_t i = 0; i < truth.size(); ++i)
            QVERIFY2(isSame(found[i], truth[i]), qPrintable(QString("value %1").arg(i)));
    }
    void noBlocksTouchNothing()
    {
        float value = 7;
        unpackBlocks(BlockFormat::Q4_K, nullptr, 0, &value);
        QCOMPARE(value, 7.0F);
    }
};

QTEST_APPLESS_MAIN(TestBlockFormats)
#include "tst_block_formats.moc"
