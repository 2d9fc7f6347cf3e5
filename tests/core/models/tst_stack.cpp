// SPDX-License-Identifier: GPL-3.0-or-later
// One stack of layers in every form that a family asks for: what is written token by token equals the whole text, and
// who sees whom.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/models/skeletons/cached_decoder.h"
#include "core/trace/readers.h"
#include "tests/support/expect_error.h"

#include <QTest>

#include <functional>

using namespace headlens;
using namespace headlens::test;

namespace {

using Change = std::function<void(StackConfig&)>;
constexpr std::int64_t kVocabulary = 20;

StackConfig decoderLike()
{
    StackConfig config;
    config.name = "text";
    config.layers = 3;
    config.width = 24;
    config.heads = 4;
    config.headWidth = 8; // more than the width of the layers
    config.groups = 2;
    config.mlpWidth = 32;
    config.vocabulary = kVocabulary;
    config.positions = 64;
    config.activation = "silu";
    config.normFirst = config.causal = config.rmsNorm = config.gated = config.finalNorm = true;
    config.biases = config.readingBiases = config.outputBias = false;
    config.positionKind = TextPositions::Rotary;
    return config;
}

Stack randomStack(const StackConfig& config)
{
    validate(config, "test");
    at::manual_seed(3);
    Stack stack(config);
    stack.visit([](const std::string& name, at::Tensor& weight, const Shape& shape) {
        const bool norm = name.find("norm") != std::string::npos;
        weight = norm ? at::rand(shape) + 0.5 : at::randn(shape) * 0.4;
    });
    return stack;
}

at::Tensor line(const std::vector<std::int64_t>& ids)
{
    return at::tensor(ids, at::kLong).view({1, -1});
}

double apart(const at::Tensor& a, const at::Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

// The maps of a pass over `ids` [layers][1,H,T,T].
std::vector<at::Tensor> mapsOf(const Stack& stack, const at::Tensor& ids, const at::Tensor& together = {})
{
    Trace trace;
    StackPass pass({}, &trace);
    pass.together = together;
    stack.run(stack.embed(ids), pass);
    std::vector<at::Tensor> maps;
    for (const AttentionRecord& record : trace.blocks) maps.push_back(attentionMap(record));
    return maps;
}

} // namespace

class TestStack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenTokenByTokenEqualsTheWholeText_data()
    {
        QTest::addColumn<Change>("change");
        QTest::newRow("as Llama") << Change([](StackConfig&) {});
        QTest::newRow("window of three") << Change([](StackConfig& c) { c.kinds.assign(3, {.reach = 3}); });
        QTest::newRow("two rotations") << Change([](StackConfig& c) {
            c.kinds = {{.reach = 2, .localPlaces = true}, {}, {.reach = 4, .localPlaces = true}};
            c.localRotary.theta = 100;
        });
        QTest::newRow("ALiBi") << Change([](StackConfig& c) { c.positionKind = TextPositions::Linear; });
        QTest::newRow("experts") << Change([](StackConfig& c) {
            c.kinds = {{.experts = true}, {}, {.experts = true}};
            c.experts = {.count = 4, .chosen = 2, .width = 12, .renormalised = false, .shared = 8};
        });
        QTest::newRow("capped scores") << Change([](StackConfig& c) { c.scoreCap = 2; });
        QTest::newRow("parallel") << Change([](StackConfig& c) { c.parallel = c.sharedNorm = true; });
        QTest::newRow("norms of what is added") << Change([](StackConfig& c) {
            c.normFirst = false;
            c.normsOutput = true;
            c.headNorms = HeadNorms::Whole;
        });
        QTest::newRow("norms on both sides") << Change([](StackConfig& c) {
            c.normsOutput = true;
            c.headNorms = HeadNorms::Shared;
        });
        QTest::newRow("a norm for every head") << Change([](StackConfig& c) { c.headNorms = HeadNorms::Own; });
        QTest::newRow("narrow table") << Change([](StackConfig& c) { c.embeddingWidth = 10; });
        QTest::newRow("a quarter turns") << Change([](StackConfig& c) { c.rotary.width = 2; });
    }
    void whatIsWrittenTokenByTokenEqualsTheWholeText()
    {
        QFETCH(const Change, change);
        StackConfig config = decoderLike();
        change(config);
        const Stack stack = randomStack(config);
        const std::vector<std::int64_t> ids{3, 1, 4, 1, 5, 9, 2, 6};
        const at::Tensor whole = stack.run(stack.embed(line(ids)), {});
        CachedDecoder writer(stack, [](const at::Tensor& x) { return x; }, {});
        QVERIFY(apart(writer.next(line({ids.begin(), ids.begin() + 3})), whole.select(1, 2)) < 1e-4);
        for (std::size_t i = 3; i < ids.size(); ++i)
            QVERIFY(apart(writer.next(line({ids[i]})), whole.select(1, std::int64_t(i))) < 1e-4);
    }
    void aWindowHidesWhatStandsFurtherBack()
    {
        StackConfig config = decoderLike();
        config.kinds = {{.reach = 3}, {}, {.reach = 1}};
        const std::vector<at::Tensor> maps = mapsOf(randomStack(config), line({1, 2, 3, 4, 5, 6}));
        for (std::int64_t query = 0; query < 6; ++query)
            for (std::int64_t key = 0; key < 6; ++key) {
                const auto seen = [&](std::size_t layer) {
                    return maps[layer][0].select(1, query).select(1, key).max().item<float>() > 0;
                };
                QCOMPARE(seen(0), key <= query && key > query - 3);
                QCOMPARE(seen(1), key <= query);
                QCOMPARE(seen(2), key == query);
            }
    }
    void anEncodersWindowReachesToBothSides()
    {
        StackConfig config = decoderLike();
        config.causal = false;
        config.kinds = {{.reach = 2}, {}, {}};
        const at::Tensor map = mapsOf(randomStack(config), line({1, 2, 3, 4, 5, 6}))[0][0][0];
        for (std::int64_t query = 0; query < 6; ++query)
            for (std::int64_t key = 0; key < 6; ++key)
                QCOMPARE(map[query][key].item<float>() > 0, std::abs(query - key) <= 2);
    }
    void tokensOfOnePictureSeeEachOther()
    {
        StackConfig config = decoderLike();
        config.kinds = {{}, {.reach = 1}, {}};
        const std::vector<at::Tensor> maps =
            mapsOf(randomStack(config), line({1, 2, 3, 4, 5, 6}), line({0, 1, 1, 2, 2, 0}));
        for (const std::size_t layer : {std::size_t(0), std::size_t(1)}) {
            const at::Tensor map = maps[layer][0][0];
            QVERIFY(map[1][2].item<float>() > 0); // the second of the first picture, which comes later
            QVERIFY(map[3][4].item<float>() > 0);
            QCOMPARE(map[2][3].item<float>(), 0.0F); // another picture
            QCOMPARE(map[0][1].item<float>(), 0.0F); // a word does not see what comes
        }
    }
    void aCapBoundsTheScoresOfEveryMap()
    {
        StackConfig config = decoderLike();
        config.scoreCap = 0.5;
        Trace trace;
        const Stack stack = randomStack(config);
        stack.run(stack.embed(line({1, 2, 3, 4, 5, 6})), StackPass({}, &trace));
        const AttentionRecord& record = trace.blocks[1];
        QCOMPARE(record.cap, 0.5);
        const at::Tensor keys = record.k.repeat_interleave(2, 1);
        const at::Tensor scores = 0.5 * at::tanh(at::matmul(record.q, keys.transpose(-2, -1)) * record.scale / 0.5);
        QVERIFY(apart(attentionMap(record), at::softmax(scores + record.mask, -1)) < 1e-6);
    }
    void placesOnThreeEqualAxesAreThoseOfALine()
    {
        StackConfig config = decoderLike();
        config.rotary.sections = {1, 1, 2};
        const Stack stack = randomStack(config);
        const at::Tensor ids = line({1, 2, 3, 4, 5});
        StackPass pass;
        pass.axes = at::arange(5, at::kLong).view({1, 1, 5}).expand({3, 1, 5});
        QVERIFY(apart(stack.run(stack.embed(ids), pass), stack.run(stack.embed(ids), {})) < 1e-5);
    }
    void slopesFallByPowersOfTwo()
    {
        const at::Tensor four = linearBias(4, 8, 3); // slopes 1/4, 1/16, 1/64, 1/256
        QCOMPARE(four[0][0][0][0].item<float>(), -0.5F);
        QCOMPARE(four[0][1][0][1].item<float>(), -1.0F / 16);
        QCOMPARE(four[0][3][0][2].item<float>(), 0.0F);
        const at::Tensor three = linearBias(3, 8, 2); // every second of four, then the first
        const float expected[] = {-1.0F / 16, -1.0F / 256, -1.0F / 4};
        for (std::int64_t head = 0; head < 3; ++head) QCOMPARE(three[0][head][0][0].item<float>(), expected[head]);
    }
    void absurdSizesAreRefused_data()
    {
        QTest::addColumn<Change>("change");
        QTest::newRow("more experts asked than there are") << Change([](StackConfig& c) {
            c.kinds.assign(3, {.experts = true});
            c.experts = {.count = 2, .chosen = 3, .width = 4};
        });
        QTest::newRow("kinds of other layers") << Change([](StackConfig& c) { c.kinds.resize(2); });
        QTest::newRow("sections beyond the head") << Change([](StackConfig& c) { c.rotary.sections = {4, 4, 4}; });
        QTest::newRow("factors of another width") << Change([](StackConfig& c) {
            c.rotary.scaling = RotaryConfig::Long;
            c.rotary.shortFactors = c.rotary.longFactors = {1, 1};
        });
    }
    void absurdSizesAreRefused()
    {
        QFETCH(const Change, change);
        StackConfig config = decoderLike();
        change(config);
        QCOMPARE(errorOf([&] { validate(config, "config.json"); }), ErrorCode::BadConfig);
    }
};

QTEST_APPLESS_MAIN(TestStack)
#include "tst_stack.moc"
