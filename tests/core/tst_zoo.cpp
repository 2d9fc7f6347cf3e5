// SPDX-License-Identifier: GPL-3.0-or-later
// What small models are built for: memories, routed patches, positions and cross attention that can be switched off.
// Closed forms are those of spec/zoo.md, section 12.
#include <ATen/ATen.h>

#include "core/models/attention_patterns.h"
#include "core/models/flamingo_network.h"
#include "core/models/infini_stack.h"
#include "core/models/stack.h"
#include "core/models/vit_encoder.h"
#include "core/session/embedded_models.h"
#include "core/session/inspection.h"
#include "core/trace/map_rules.h"
#include "core/trace/readers.h"
#include "core/training/bindings.h"
#include "core/training/dates.h"
#include "core/training/glyphs.h"
#include "tests/support/expect_error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

using namespace headlens;
using namespace headlens::test;

class TestZoo : public QObject {
    Q_OBJECT

    static double worst(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<double>(); }

    // Keys and queries of one head in segments of `segment` tokens.
    static AttentionRecord memoryOf(const at::Tensor& q, const at::Tensor& k, MapRule rule, std::int64_t segment)
    {
        AttentionRecord record{q.view({1, 1, q.size(0), q.size(1)}), k.view({1, 1, k.size(0), k.size(1)})};
        record.kind = AttentionKind::Memory;
        record.rule = rule;
        record.segment = segment;
        return record;
    }
    template <class Network>
    static void fill(Network& network, std::map<std::string, at::Tensor>* names = nullptr)
    {
        at::manual_seed(7);
        network.visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
            const bool one = name.find("norm") != std::string::npos && name.ends_with("weight");
            weight = one ? at::ones(shape) : at::randn(shape) * 0.4;
            if (names != nullptr) (*names)[name] = weight;
        });
    }
    static InfiniConfig smallInfini()
    {
        InfiniConfig config;
        config.layers = 2;
        config.width = 16;
        config.heads = 2;
        config.mlpWidth = 32;
        config.vocabulary = 20;
        config.segment = 4;
        return config;
    }
    struct Seen {
        at::Tensor x;
        Trace trace;
        std::map<std::string, at::Tensor> states;
    };
    static Seen seen(const InfiniStack& stack, const at::Tensor& ids, InfiniPass pass = {})
    {
        Seen result;
        pass.trace = &result.trace;
        pass.states = &result.states;
        result.x = stack.run(ids, pass);
        return result;
    }
    // What number-words writes first, with one of its parts set.
    static verbs::TextScore firstDigit(const char* text, const char* part, const char* value)
    {
        Inspection inspection;
        inspection.openModel({"number-words", "cpu", {}});
        verbs::SetInput input;
        input.text = text;
        input.switches = {{part, value}};
        inspection.setInput(input);
        return inspection.input().guesses.at(0).best.at(0);
    }
    static at::Tensor someIds(std::int64_t count)
    {
        at::manual_seed(3);
        return at::randint(20, {1, count}, at::kLong);
    }

private Q_SLOTS:
    void aLinearMemoryReadsTheKnownNumber()
    {
        const float ln2 = std::numbers::ln2_v<float>;
        const at::Tensor k = at::tensor({0.F, 0.F, ln2, 0.F, 0.F, 0.F, 0.F, 0.F}).view({4, 2});
        const at::Tensor map = attentionMap(memoryOf(at::zeros({4, 2}), k, MapRule::Linear, 2))[0][0];
        const double read = map[2][0].item<double>() * 1 + map[2][1].item<double>() * 3;
        QVERIFY(std::abs(read - 10.07944 / 4.69315) < 1e-5);
        QVERIFY(worst(map[0], at::zeros({4})) == 0); // nothing stands before the first segment: empty, not uniform
        QVERIFY(worst(map[1], at::zeros({4})) == 0);
    }
    void aDeltaMemoryReplacesAndHalves()
    {
        const at::Tensor k =
            at::tensor({0.3F, -0.2F, 0.3F, -0.2F, 0.3F, -0.2F}).view({3, 2}); // the same key, three times
        const at::Tensor map = attentionMap(memoryOf(k, k, MapRule::Delta, 1))[0][0];
        QVERIFY(worst(map[2], at::tensor({0.F, 0.5F, 0.F})) < 1e-6);
        const at::Tensor linear = attentionMap(memoryOf(k, k, MapRule::Linear, 1))[0][0];
        QVERIFY(worst(linear[2], at::tensor({0.5F, 0.5F, 0.F})) < 1e-6);
    }
    void rowsOfALinearMemorySumToOne()
    {
        at::manual_seed(5);
        const at::Tensor map = attentionMap(memoryOf(at::randn({23, 6}), at::randn({23, 6}), MapRule::Linear, 5));
        QVERIFY(worst(map.sum(-1).slice(2, 5), at::ones({1, 1, 18})) < 1e-5);
        QVERIFY((map >= 0).all().item<bool>()); // what is read lies between the values that were written
    }
    void theImpliedMapIsWhatTheMemoryComputes_data()
    {
        QTest::addColumn<bool>("delta");
        QTest::newRow("adding") << false;
        QTest::newRow("delta rule") << true;
    }
    void theImpliedMapIsWhatTheMemoryComputes()
    {
        QFETCH(bool, delta);
        InfiniStack stack(smallInfini());
        std::map<std::string, at::Tensor> weights;
        fill(stack, &weights);
        InfiniPass pass;
        pass.delta = delta;
        const at::Tensor ids = someIds(18); // four segments and a half
        const Seen run = seen(stack, ids, pass);
        const auto of = [&](const std::string& name) { return weights.at("infini.layer.0." + name); };
        const at::Tensor x = at::layer_norm(at::embedding(weights.at("infini.tokens"), ids), {16},
                                            of("attention_norm.weight"), of("attention_norm.bias"), 1e-5);
        const at::Tensor v = at::linear(x, of("value.weight"), of("value.bias")).view({18, 2, 8}).transpose(0, 1);
        const at::Tensor read = at::matmul(attentionMap(run.trace.blocks[1])[0], v); // [H,T,d]
        const at::Tensor gate = at::sigmoid(of("beta")).view({2, 1, 1});
        const at::Tensor given = at::einsum("htd,Dhd->htD", {gate * read, of("output.weight").view({16, 2, 8})});
        QVERIFY(worst(given.norm(2, -1), run.states.at("read.0")) < 2e-5);
    }
    void nobodySeesWhatComesLater()
    {
        InfiniStack stack(smallInfini());
        fill(stack);
        at::Tensor ids = someIds(16), other = ids.clone();
        other[0][9] = (other[0][9].item<std::int64_t>() + 1) % 20;
        const at::Tensor a = seen(stack, ids).x, b = seen(stack, other).x;
        QVERIFY(worst(a.slice(1, 0, 9), b.slice(1, 0, 9)) == 0);
        QVERIFY(worst(a.slice(1, 12), b.slice(1, 12)) > 1e-4); // later segments do hear of it
    }
    void aSegmentReadsBeforeItWrites()
    {
        InfiniStack stack(smallInfini());
        fill(stack);
        at::Tensor ids = someIds(16), other = ids.clone();
        other[0][8] = (other[0][8].item<std::int64_t>() + 1) % 20;
        const at::Tensor a = seen(stack, ids).states.at("read.0"), b = seen(stack, other).states.at("read.0");
        QVERIFY(worst(a.slice(1, 9, 12), b.slice(1, 9, 12)) == 0);
    }
    void shutGatesLeaveLocalAttentionAlone()
    {
        InfiniStack stack(smallInfini());
        fill(stack);
        InfiniPass shut, emptied;
        shut.gates = emptied.gates = at::zeros({2, 2});
        emptied.remembers = false;
        const at::Tensor ids = someIds(13);
        QVERIFY(worst(seen(stack, ids, shut).x, seen(stack, ids, emptied).x) == 0);
    }
    void theNormaliserOnlyGrows()
    {
        InfiniStack stack(smallInfini());
        fill(stack);
        const at::Tensor z = seen(stack, someIds(16)).states.at("normaliser.1"); // [S,H,d]
        QVERIFY((z.slice(0, 1) >= z.slice(0, 0, -1)).all().item<bool>());
        QVERIFY((z > 0).all().item<bool>());
    }
    void anEmptyMemoryIsNoNumberThatIsNone()
    {
        InfiniStack stack(smallInfini());
        fill(stack);
        stack.visit([](const std::string& name, at::Tensor& weight, const auto&) {
            if (name.ends_with("key.bias")) weight.fill_(-60); // features of nearly nothing
        });
        QVERIFY(at::isfinite(seen(stack, someIds(12)).x).all().item<bool>());
    }

    static VitConfig smallVit(std::vector<std::int64_t> routed, std::int64_t capacity)
    {
        VitConfig config;
        config.width = 16;
        config.layers = 3;
        config.heads = 2;
        config.mlpWidth = 32;
        config.imageHeight = config.imageWidth = 32;
        config.patch = 8;
        config.routed = std::move(routed);
        config.capacity = capacity;
        return config;
    }
    void aBlockThatTakesEverybodyIsAnOrdinaryOne()
    {
        VitEncoder routed(smallVit({1}, 16)), plain(smallVit({}, 0));
        std::map<std::string, at::Tensor> weights;
        fill(routed, &weights);
        weights.at("encoder.layer.1.router.bias").fill_(60); // a sigmoid of 1
        plain.visit([&](const std::string& name, at::Tensor& weight, const auto&) { weight = weights.at(name); });
        const at::Tensor pixels = at::randn({2, 3, 32, 32});
        QVERIFY(worst(routed.encode(pixels).normed, plain.encode(pixels).normed) < 1e-5);
    }
    void whoIsNotChosenStaysAsItIs_data()
    {
        QTest::addColumn<int>("routing");
        QTest::newRow("learned") << int(Routing::Learned);
        QTest::newRow("random") << int(Routing::Random);
    }
    void whoIsNotChosenStaysAsItIs()
    {
        QFETCH(int, routing);
        VitEncoder encoder(smallVit({1}, 5));
        fill(encoder);
        const auto run = encoder.encode(at::randn({1, 3, 32, 32}), {}, {}, {}, nullptr, {Routing(routing), 0, 9});
        const AttentionRecord& record = run.trace.blocks[1];
        QCOMPARE(record.tokens.size(0), 6); // with the class token
        const at::Tensor before = run.trace.hidden.at("")[1][0], behind = run.trace.hidden.at("")[2][0];
        for (std::int64_t token = 0; token < 17; ++token) {
            const bool chosen = record.tokens.eq(token).any().item<bool>();
            QCOMPARE(worst(before[token], behind[token]) == 0, !chosen);
        }
    }
    void equalScoresChooseTheFirst()
    {
        VitEncoder encoder(smallVit({1}, 3));
        std::map<std::string, at::Tensor> weights;
        fill(encoder, &weights);
        weights.at("encoder.layer.1.router.weight").zero_();
        const auto run = encoder.encode(at::randn({1, 3, 32, 32}));
        QVERIFY(run.trace.blocks[1].tokens.equal(at::tensor({0, 1, 2, 3}, at::kLong)));
    }
    void onlyTheChosenTeachTheRouter()
    {
        VitEncoder encoder(smallVit({1}, 4));
        std::map<std::string, at::Tensor> weights;
        fill(encoder, &weights);
        at::Tensor router = weights.at("encoder.layer.1.router.weight");
        router.set_requires_grad(true);
        (encoder.encode(at::randn({1, 3, 32, 32})).normed.select(1, 0) * at::arange(16)).sum().backward();
        // The class token alone is asked: it hears of the patches only through later blocks, and of the router through
        // the factor of the chosen ones.
        QVERIFY(router.grad().abs().sum().item<double>() > 0);
    }

    // A picture of 4 x 4 patches with a class token, two heads of width 8.
    static AttentionRecord someRecord()
    {
        at::manual_seed(2);
        return {at::randn({1, 2, 17, 8}), at::randn({1, 2, 17, 8}), 1 / std::sqrt(8.0)};
    }
    static at::Tensor patternMap(const std::string& name, const at::Tensor& recipe = {})
    {
        AttentionRecord record = someRecord();
        attendBy(patternFrom(name), {1, 4, 4}, record, at::randn({1, 2, 17, 8}), recipe);
        return attentionMap(record);
    }
    void everyPatternGivesSharesThatSumToOne_data()
    {
        QTest::addColumn<QString>("name");
        for (const std::string& name : patternNames()) QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    void everyPatternGivesSharesThatSumToOne()
    {
        QFETCH(QString, name);
        const at::Tensor map = patternMap(name.toStdString(), at::randn({8, 17}).softmax(-1));
        QVERIFY(worst(map.sum(-1), at::ones({1, 2, 17})) < 1e-5);
        const std::map<QString, std::int64_t> keys{{"coarse 2", 5}, {"coarse 4", 2}, {"low rank", 8}};
        QCOMPARE(map.size(-1), keys.contains(name) ? keys.at(name) : 17);
    }
    void whatIsAttendedIsTheMapTimesTheValues_data() { everyPatternGivesSharesThatSumToOne_data(); }
    void whatIsAttendedIsTheMapTimesTheValues()
    {
        QFETCH(QString, name);
        AttentionRecord record = someRecord();
        const at::Tensor recipe = at::randn({8, 17}), value = at::ones({1, 2, 17, 8});
        const AttentionPattern pattern = patternFrom(name.toStdString());
        const at::Tensor mixed = attendBy(pattern, {1, 4, 4}, record, value, recipe); // of ones: the sums of the rows
        const bool mixes = pattern.kind == AttentionPattern::LowRank;
        if (!mixes) QVERIFY(worst(mixed, at::ones({1, 17, 16})) < 1e-5);
        QCOMPARE(mixed.sizes().vec(), (std::vector<std::int64_t>{1, 17, 16}));
    }
    void aWindowWithAGlobalTokenAllowsTheKnownPairs_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("pairs"); // of 65 x 65 (spec/zoo.md, section 5)
        QTest::newRow("radius 1") << "window 1" << 613;
        QTest::newRow("radius 2") << "window 2" << 1285;
        QTest::newRow("cut off") << "window 1 alone" << 613 - 128;
    }
    void aWindowWithAGlobalTokenAllowsTheKnownPairs()
    {
        QFETCH(QString, name);
        QFETCH(int, pairs);
        QCOMPARE(allowedPairs(patternFrom(name.toStdString()), {1, 8, 8}).sum().item<int>(), pairs);
    }
    void aWindowOverEverythingIsDense()
    {
        AttentionRecord dense = someRecord(), windowed = someRecord();
        attendBy({AttentionPattern::Window, 4, true}, {1, 4, 4}, windowed, at::randn({1, 2, 17, 8}), {});
        QVERIFY(worst(attentionMap(dense), attentionMap(windowed)) < 1e-6);
    }
    void linearAttentionEqualsItsFastForm()
    {
        AttentionRecord record = someRecord();
        const at::Tensor value = at::randn({1, 2, 17, 8});
        const at::Tensor mixed = attendBy(patternFrom("linear"), {1, 4, 4}, record, value, {});
        const at::Tensor q = kernelFeatures(record.q), k = kernelFeatures(record.k);
        const at::Tensor fast =
            at::matmul(q, at::matmul(k.transpose(-2, -1), value)) / at::matmul(q, k.sum(2).unsqueeze(-1));
        QVERIFY(worst(mixed, fast.transpose(1, 2).reshape({1, 17, 16})) < 1e-5);
    }
    void moreRandomFeaturesComeCloserToSoftmax()
    {
        AttentionRecord record = someRecord();
        record.q = record.q * 0.5;
        record.k = record.k * 0.5;
        const at::Tensor truth = attentionMap(record);
        record.rule = MapRule::Favor;
        const auto error = [&](std::int64_t features) { // the mean over several draws
            double sum = 0;
            for (std::uint64_t seed = 0; seed < 20; ++seed) {
                record.features = randomDirections(features, 8, seed);
                sum += (attentionMap(record) - truth).abs().mean().item<double>() / 20;
            }
            return sum;
        };
        const double few = error(16), more = error(64), many = error(256);
        QVERIFY(few > 1.4 * more && more > 1.4 * many); // four times as many: half the error in the limit
    }
    void directionsAreOrthogonalInBlocks()
    {
        const at::Tensor rows = randomDirections(16, 8, 3);
        const at::Tensor products = at::matmul(rows.slice(0, 0, 8), rows.slice(0, 0, 8).t());
        QVERIFY(worst(products, products.diag().diag()) < 1e-4);
    }
    void mixingNothingIsDense()
    {
        AttentionRecord dense = someRecord(), mixed = someRecord();
        attendBy(patternFrom("low rank"), {1, 4, 4}, mixed, at::randn({1, 2, 17, 8}), at::eye(17));
        QVERIFY(worst(attentionMap(dense), attentionMap(mixed)) < 1e-6);
    }

    static FlamingoConfig smallFlamingo()
    {
        FlamingoConfig config;
        config.vision = smallVit({}, 0);
        config.vision.layers = 1;
        config.vision.prefix.clear();
        config.vision.positionedPrefix = 0;
        config.text.name = "text";
        config.text.layers = 2;
        config.text.width = 16;
        config.text.heads = 2;
        config.text.headWidth = 8;
        config.text.mlpWidth = 32;
        config.text.normFirst = config.text.finalNorm = config.text.causal = true;
        config.text.vocabulary = 10;
        config.text.positions = 16;
        config.latents = 3;
        config.heads = 2;
        config.imageToken = 1;
        return config;
    }
    static at::Tensor heard(const FlamingoNetwork& network, const at::Tensor& pixels, const at::Tensor& ids,
                            FlamingoPass pass = {})
    {
        return network.read(ids, network.resample(network.see(pixels, pass), pixels.size(3) / 32, pass), pass);
    }
    static at::Tensor words() { return at::tensor({5, 1, 6, 7, 1, 8}, at::kLong).view({1, 6}); } // w I w w I w
    void shutGatesLeaveTheLanguageModelAlone()
    {
        FlamingoNetwork network(smallFlamingo());
        fill(network);
        FlamingoPass shut;
        shut.gates = {0, 0, 0, 0};
        const at::Tensor pixels = at::randn({1, 3, 32, 64});
        QVERIFY(network.read(words(), {}, {}).equal(heard(network, pixels, words(), shut)));
        QVERIFY(worst(network.read(words(), {}, {}), heard(network, pixels, words())) > 1e-3);
    }
    void textBeforeAPictureDoesNotHearOfIt()
    {
        FlamingoNetwork network(smallFlamingo());
        fill(network);
        at::Tensor pixels = at::randn({1, 3, 32, 64}), other = pixels.clone();
        other.slice(3, 32).normal_(); // another second picture
        const at::Tensor a = heard(network, pixels, words()), b = heard(network, other, words());
        QVERIFY(worst(a.slice(1, 0, 4), b.slice(1, 0, 4)) == 0);
        QVERIFY(worst(a.slice(1, 4), b.slice(1, 4)) > 1e-4);
    }
    void rowsWithoutAPictureAreEmptyAndNotUniform()
    {
        FlamingoNetwork network(smallFlamingo());
        fill(network);
        Trace trace;
        FlamingoPass pass;
        pass.trace = &trace;
        heard(network, at::randn({1, 3, 32, 64}), words(), pass);
        const AttentionRecord& record = trace.blocks.at(3); // vision, two resampler layers, then the first bridge
        QCOMPARE(record.kind, AttentionKind::Cross);
        const at::Tensor map = attentionMap(record)[0][0]; // [6 words, 2 pictures x 3 latents]
        QVERIFY(worst(map[0], at::zeros({6})) == 0);
        for (const int row : {1, 2, 3}) QVERIFY(std::abs(map[row].slice(0, 0, 3).sum().item<double>() - 1) < 1e-5);
        for (const int row : {4, 5}) QVERIFY(std::abs(map[row].slice(0, 3, 6).sum().item<double>() - 1) < 1e-5);
    }
    void theResamplerLooksAtItsOwnPictureOnly()
    {
        FlamingoNetwork network(smallFlamingo());
        fill(network);
        Trace trace;
        FlamingoPass pass;
        pass.trace = &trace;
        heard(network, at::randn({1, 3, 32, 64}), words(), pass);
        const at::Tensor map = attentionMap(trace.blocks.at(1))[0][0]; // [6, 6 + 4 x 8]
        QCOMPARE(map.sizes().vec(), (std::vector<std::int64_t>{6, 38}));
        QVERIFY(worst(map.sum(-1), at::ones({6})) < 1e-5);
        const at::Tensor patches = map.slice(1, 6).view({6, 4, 8});
        QVERIFY(patches.slice(0, 0, 3).slice(2, 4).abs().max().item<double>() == 0); // first picture: left half
        QVERIFY(patches.slice(0, 3, 6).slice(2, 0, 4).abs().max().item<double>() == 0);
    }
    void theComposedMapIsTheProductOfBothAndKeepsToItsPicture()
    {
        FlamingoNetwork network(smallFlamingo());
        fill(network);
        Trace trace;
        FlamingoPass pass;
        pass.trace = &trace;
        heard(network, at::randn({1, 3, 32, 64}), words(), pass);
        const std::size_t first = trace.blocks.size() - 2; // of two layers
        QCOMPARE(trace.blocks.at(first).kind, AttentionKind::Composed);
        QCOMPARE(trace.blocks.at(first).keys(), std::int64_t(32));
        const at::Tensor composed = attentionMap(trace.blocks.at(first))[0]; // [H,6,4 x 8 patches]
        const at::Tensor read = attentionMap(trace.blocks.at(2)).mean(1)[0].slice(1, 6);
        const at::Tensor product = at::matmul(attentionMap(trace.blocks.at(3))[0], read);
        QVERIFY(worst(composed, product) < 1e-6);
        QVERIFY(worst(composed.select(1, 0), at::zeros({32})) == 0); // no picture yet
        QVERIFY(composed.sum(-1).max().item<double>() < 1);          // what latents hear of latents is left out
        QVERIFY(composed.select(1, 2).view({-1, 4, 8}).slice(2, 4).abs().max().item<double>() == 0);
    }
    void aFirstStepMovesTheGatesAlone()
    {
        FlamingoNetwork network(smallFlamingo());
        std::map<std::string, at::Tensor> weights;
        fill(network, &weights);
        for (auto& [name, weight] : weights) {
            if (name.ends_with("_gate")) weight.zero_();
            if (name.starts_with("bridge.")) weight.set_requires_grad(true);
        }
        heard(network, at::randn({1, 3, 32, 64}), words()).sum().backward();
        QVERIFY(weights.at("bridge.layer.0.attention_gate").grad().abs().sum().item<double>() > 0);
        QVERIFY(weights.at("bridge.layer.0.query.weight").grad().abs().sum().item<double>() == 0);
    }

    void sinesTurnByAFixedAngle()
    {
        const at::Tensor table = sinusoidalTable(64, 32);
        const std::int64_t step = 5;
        for (std::int64_t i = 0; i < 16; ++i) {
            const double angle = double(step) / std::pow(10'000.0, 2.0 * double(i) / 32);
            const at::Tensor s = table.select(1, i), c = table.select(1, 16 + i);
            const at::Tensor turned = s * std::cos(angle) + c * std::sin(angle);
            QVERIFY(worst(turned.slice(0, 0, 64 - step), s.slice(0, step)) < 1e-5);
        }
        const at::Tensor small = sinusoidalTable(2, 4)[1];
        QVERIFY(worst(small, at::tensor({0.841471F, 0.00999983F, 0.540302F, 0.99995F})) < 1e-6);
    }

    void datesKnowWhereTheirDigitsComeFrom_data()
    {
        QTest::addColumn<int>("form");
        QTest::addColumn<QString>("source");
        const char* const forms[] = {
            "5 may 2018",          "may 5, 2018",   "saturday 5 may 2018", "saturday, may 5, 2018",
            "the 5th of may 2018", "may 5th, 2018", "5 may 2018",          "5 may 18",
            "05.05.2018",          "2018/05/05",    "5-may-2018",          "2018, 5th may"};
        for (int form = 0; form < kDateForms; ++form) QTest::addRow("form %d", form) << form << QString(forms[form]);
    }
    void datesKnowWhereTheirDigitsComeFrom()
    {
        QFETCH(int, form);
        QFETCH(QString, source);
        const DateExample made = writtenDate(2018, 5, 5, form);
        QCOMPARE(QString::fromStdString(made.source), source);
        QCOMPARE(made.target, std::string("2018-05-05"));
        const auto text = [&](Span span) {
            return made.source.substr(std::size_t(span.begin), std::size_t(span.end - span.begin));
        };
        QVERIFY(std::string("2018").ends_with(text(made.year)));
        QVERIFY(text(made.month) == "may" || text(made.month) == "05");
        QVERIFY(text(made.day).find('5') != std::string::npos);
    }
    void everyDateCanBeReadCharacterByCharacter()
    {
        const std::vector<std::string> known = dateCharacters();
        for (std::uint64_t seed = 0; seed < 500; ++seed) {
            const DateExample made = dateExample(seed);
            QVERIFY(made.source.size() < 35 && made.target.size() == 10);
            for (const std::string& character : charactersOf(made.source + made.target))
                QVERIFY(std::ranges::find(known, character) != known.end());
        }
    }
    void daysForMeasuringAreNotThoseOfTraining()
    {
        std::set<std::string> seen;
        for (std::uint64_t seed = 0; seed < 20'000; ++seed) seen.insert(dateExample(seed).target);
        for (std::uint64_t seed = 0; seed < 2'000; ++seed)
            QVERIFY(!seen.contains(dateExample(seed, Days::KeptBack).target));
    }
    void questionsAboutThingsAreAnsweredByTheText()
    {
        int far = 0;
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            const BindingText text = tellBindings(seed, {8, 16, 6, 0.3});
            QCOMPARE(text.words.size(), std::size_t(8 * 16));
            for (const BindingQuestion& question : text.questions) {
                const std::string& name = text.words[std::size_t(question.place)];
                QCOMPARE(text.words[std::size_t(question.place) - 1], std::string("?"));
                int told = 0;
                for (int at = 1; at < question.place - 1; ++at)
                    if (text.words[std::size_t(at) - 1] == name &&
                        text.words[std::size_t(at) - 2 + (at < 2 ? 2 : 0)] != "?")
                        told = at;
                QCOMPARE(told, question.told); // the last time that something stood behind the name
                QCOMPARE(text.words[std::size_t(told)], question.thing);
                far += question.told / 16 < question.place / 16 ? 1 : 0;
            }
        }
        QVERIFY(far > 500);
    }
    void aWarmDigitIsInsideItsPicture()
    {
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            const GlyphScene scene = glyphScene(seed, 64);
            QVERIFY(scene.x >= 0 && scene.y >= 0 && scene.x + scene.width <= 64 && scene.y + scene.height <= 64);
            QVERIFY(scene.picture.pixels == glyphScene(seed, 64).picture.pixels);
            int warm = 0;
            for (int y = scene.y; y < scene.y + scene.height; ++y)
                for (int x = scene.x; x < scene.x + scene.width; ++x)
                    warm += scene.picture.at(x, y)[0] >= 200 && scene.picture.at(x, y)[2] <= 70 ? 1 : 0;
            QVERIFY(warm > 15);
        }
    }

    void withoutCrossAttentionTheSourceDoesNotMatter()
    {
        const auto guess = [](const char* text, const char* cross) { return firstDigit(text, "cross", cross); };
        QVERIFY(guess("five hundred", "on").text != guess("nine hundred", "on").text);
        QCOMPARE(guess("five hundred", "off").probability, guess("nine hundred", "off").probability);
    }
    void withoutPositionsTheOrderDoesNotMatter()
    {
        const auto guess = [](const char* text, const char* on) { return firstDigit(text, "positions", on); };
        const char *const one = "three thousand five", *const other = "five thousand three";
        QCOMPARE(guess(one, "off").text, guess(other, "off").text);
        QVERIFY(std::abs(guess(one, "off").probability - guess(other, "off").probability) < 1e-5);
        QVERIFY(guess(one, "on").text != guess(other, "on").text);
    }
    void aRowOfNumbersEndsInTheWeightsThatAreShown_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("layer");
        QTest::addColumn<int>("query");
        QTest::newRow("a picture") << "emoji-vit" << 3 << 17;
        QTest::newRow("a window") << "emoji-swin" << 1 << 40;
        QTest::newRow("a decoder") << "story-gpt" << 2 << 4;
        QTest::newRow("cross attention") << "number-words" << 3 << 0;
    }
    void aRowOfNumbersEndsInTheWeightsThatAreShown()
    {
        QFETCH(QString, model);
        QFETCH(int, layer);
        QFETCH(int, query);
        Inspection inspection;
        const auto info = inspection.openModel({model.toStdString(), "cpu", {}});
        verbs::SetInput input;
        input.text = info.text.example;
        QFile sample(QStringLiteral(HEADLENS_SOURCE "/resources/images/chelsea.jpg"));
        QVERIFY(sample.open(QIODevice::ReadOnly));
        const QByteArray bytes = sample.readAll();
        const auto file = std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size())));
        inspection.setInput(input, info.takesPictures ? file : std::span<const std::byte>());
        const RowFormulaAnswer row = inspection.rowFormula({layer, 1, query});
        const verbs::BlockGrid& grid = inspection.input().blocks.at(std::size_t(layer));
        const LayerRows shown = inspection.rows({query, false, grid.queryStream}).at(std::size_t(layer));
        QCOMPARE(int(row.weight.size()), shown.tokens);
        double sum = 0, raised = 0;
        for (std::size_t i = 0; i < row.weight.size(); ++i) {
            QVERIFY(std::abs(row.weight[i] - shown.values[std::size_t(shown.tokens) + i]) < 2e-6F);
            QVERIFY(row.forbidden[i] == 0 || row.weight[i] < 1e-6F);
            sum += double(row.weight[i]);
            if (row.forbidden[i] == 0) raised += std::exp(double(row.score[i]) - row.result.highest);
            const double score = double(row.dot[i]) * row.result.scale + double(row.bias[i]) + double(row.mask[i]);
            if (row.forbidden[i] == 0) QVERIFY(std::abs(score - double(row.score[i])) < 1e-4);
        }
        QVERIFY(std::abs(sum - 1) < 1e-5);
        QVERIFY(std::abs(raised - row.result.sum) < 1e-3 * raised);
        QCOMPARE(row.values.size(), row.weight.size() * row.query.size());
    }
    void everyEmbeddedModelNeedsItsMechanism_data()
    {
        QTest::addColumn<QString>("name");
        QDir folder(QStringLiteral(HEADLENS_SOURCE "/resources/models"));
        for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QTest::newRow(qPrintable(name)) << name;
    }
    void everyEmbeddedModelNeedsItsMechanism()
    {
        QFETCH(QString, name);
        const auto models = embeddedModels();
        const auto model = std::ranges::find(models, name.toStdString(), &verbs::EmbeddedModel::name);
        QVERIFY(model != models.end() && !model->scores.empty() && !model->shows.empty());
        const verbs::MeasuredScore& first = model->scores.front();
        if (first.without < 0) // a model that shows how training fails
            QVERIFY2(first.with < first.chance + 0.1, "it has learnt something after all");
        else
            QVERIFY2(first.with > first.without + 0.1 && first.with > first.chance + 0.1,
                     "switching the mechanism off does not hurt: the task is wrong");
        const QString weights = QStringLiteral(HEADLENS_SOURCE "/resources/models/%1/model.safetensors").arg(name);
        QVERIFY(QFileInfo(weights).size() < 4'000'000);
    }
    void relevanceIsRefusedWhereBlocksLeaveTokensOut_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("routed patches") << "glyph-depths";
        QTest::newRow("a memory") << "bindings";
    }
    void relevanceIsRefusedWhereBlocksLeaveTokensOut()
    {
        QFETCH(QString, name);
        Inspection inspection;
        const auto info = inspection.openModel({name.toStdString(), "cpu", {}});
        QVERIFY(!info.explains);
        verbs::SetInput input;
        input.text = info.text.example;
        QFile sample(QStringLiteral(HEADLENS_SOURCE "/resources/models/glyph-depths/example.png"));
        QVERIFY(sample.open(QIODevice::ReadOnly));
        const QByteArray bytes = sample.readAll();
        const auto file = std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size())));
        inspection.setInput(input, info.takesPictures ? file : std::span<const std::byte>());
        QCOMPARE(errorOf([&] { inspection.relevance({}); }), ErrorCode::BadRequest);
    }
    void switchesThatDoNotExistAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("unknown") << "gravity"
                                 << "off";
        QTest::newRow("no choice") << "positions"
                                   << "upside down";
        QTest::newRow("empty") << ""
                               << "";
    }
    void switchesThatDoNotExistAreRefused()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        Inspection inspection;
        inspection.openModel({"number-words", "cpu", {}});
        verbs::SetInput input;
        input.text = "five";
        input.switches = {{name.toStdString(), value.toStdString()}};
        QCOMPARE(errorOf([&] { inspection.setInput(input); }), ErrorCode::BadRequest);
    }
};

QTEST_APPLESS_MAIN(TestZoo)
#include "tst_zoo.moc"
