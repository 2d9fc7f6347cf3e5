// SPDX-License-Identifier: GPL-3.0-or-later
// The methods by what must hold of each: sums, closed forms, refusals, the same map in float64. The published figures
// are checked by reference/attribution.sh.
#include "core/attribution/effective_map.h"
#include "core/attribution/input_gradient.h"
#include "core/attribution/max_flow.h"
#include "core/attribution/method.h"
#include "core/attribution/mixing.h"
#include "core/attribution/quadrature.h"
#include "core/session/run_tensors.h"
#include "core/session/session.h"
#include "core/tensors/relevance_rules.h"
#include "core/trace/readers.h"
#include "tests/support/example_input.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace headlens;
using namespace headlens::test;

namespace {

const Method& methodNamed(const std::string& id)
{
    const auto hit = std::ranges::find(allMethods(), id, [](const Method* method) { return method->info.id; });
    return **hit;
}

double difference(const at::Tensor& a, const at::Tensor& b)
{
    return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

} // namespace

class TestMethods : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    Session m_session;
    std::string m_png = gradientPng(40, 40);

    std::span<const std::byte> file() const { return std::as_bytes(std::span(m_png.data(), m_png.size())); }
    void openTiny(const TinyModel& model = {})
    {
        model.write(m_folder.path().toStdString());
        m_session.openModel({m_folder.path().toStdString(), "cpu", {}});
        m_session.setInput(picture("a.png"), file());
    }
    void openEmbedded(const std::string& model) { openExample(m_session, model, file()); }
    MethodResult found(const std::string& method, std::map<std::string, std::string> settings = {},
                       verbs::ScoreChoice score = {}) const
    {
        return computed(methodNamed(method), m_session.run(),
                        {.method = method, .score = score, .settings = std::move(settings)});
    }

    // What the attention of a block adds to the residual when one head alone says anything, and when none does [T,D].
    std::vector<at::Tensor> eachHeadAlone(int layer, std::int64_t heads) const
    {
        const ScoredModel model(m_session.run(), {}, {});
        PassOptions keeping;
        keeping.keep.values = true;
        const at::Tensor values = model.pass(keeping).trace.blocks[std::size_t(layer)].v; // [windows,H,n,d]
        std::vector<at::Tensor> all;
        for (std::int64_t head = 0; head <= heads; ++head) {
            at::Tensor added;
            Hooks hooks;
            hooks.activation = [&](HookPoint point, int block, const at::Tensor& x) {
                if (block == layer && point == HookPoint::AttentionOutput) added = x[0];
                if (block != layer || point != HookPoint::HeadOutputs) return x;
                at::Tensor only = at::zeros_like(x);
                const std::int64_t size = x.size(2) / heads;
                if (head < heads) only.slice(2, head * size, (head + 1) * size).copy_(values.select(1, head));
                return only;
            };
            PassOptions options;
            options.hooks = &hooks;
            model.pass(options);
            all.push_back(added);
        }
        return all;
    }

private Q_SLOTS:
    void everyMethodAnswersOrSaysWhyNot_data()
    {
        QTest::addColumn<QString>("model");
        for (const char* model : {"emoji-vit", "emoji-swin", "emoji-clip", "story-gpt", "number-words", "things-dino",
                                  "things-mae", "glyph-depths", "lives", "table-palm-e", "emoji-llava", "flamingo"})
            QTest::newRow(model) << model;
    }
    void everyMethodAnswersOrSaysWhyNot()
    {
        QFETCH(QString, model);
        openEmbedded(model.toStdString());
        int answered = 0;
        for (const verbs::MethodInfo& method : methodsFor(m_session.opened())) {
            if (!method.refusal.empty()) {
                QCOMPARE(errorOf([&] { found(method.id); }), ErrorCode::BadRequest);
                continue;
            }
            const std::map<std::string, std::string> few =
                method.id == "integrated-gradients" ? std::map<std::string, std::string>{{"steps", "4"}}
                : method.id == "smoothgrad"         ? std::map<std::string, std::string>{{"samples", "2"}}
                : method.id == "attention-flow"     ? std::map<std::string, std::string>{{"least", "0.02"}}
                                                    : std::map<std::string, std::string>();
            MethodResult result;
            try {
                result = found(method.id, few);
            } catch (const Error& error) { // of this input: a text has no patches
                QVERIFY2(error.code() == ErrorCode::BadRequest && !error.why().empty(), method.id.c_str());
                continue;
            }
            ++answered;
            bool says = result.map.defined();
            if (result.map.defined()) QVERIFY2(result.map.isfinite().all().item<bool>(), method.id.c_str());
            for (const at::Tensor& stream : result.streams) {
                says = says || stream.defined();
                if (stream.defined()) QVERIFY2(stream.isfinite().all().item<bool>(), method.id.c_str());
            }
            QVERIFY2(says, method.id.c_str());
            QVERIFY2(!method.formula.empty() && !method.source.empty() && !method.says.empty(), method.id.c_str());
        }
        QVERIFY(answered >= (model == "flamingo" ? 1 : 4)); // whose words no score leads back from
    }
    void inFloat64MapsAreTheSame_data()
    {
        QTest::addColumn<QString>("method");
        for (const char* method : {"rollout", "chefer-generic", "grad-cam", "gradient-x-input", "value-norms",
                                   "attention", "attention-flow", "occlusion", "patch-ablation", "similarity"})
            if (std::string(method) != "similarity") QTest::newRow(method) << method;
    }
    void inFloat64MapsAreTheSame()
    {
        QFETCH(QString, method);
        openTiny();
        const at::Tensor plain = found(method.toStdString()).map,
                         exact = found(method.toStdString(), {{"precision", "float64"}}).map;
        const double scale = exact.abs().max().item<double>();
        QVERIFY2(difference(plain, exact) < 1e-4 * std::max(scale, 1e-6), qPrintable(method));
        QVERIFY(!at::equal(plain.to(at::kDouble), exact.to(at::kDouble)) || method == "occlusion");
    }
    void integratedGradientsAddUpToWhatTheInputAdds_data()
    {
        QTest::addColumn<QString>("model");
        QTest::newRow("a picture") << "emoji-vit";
        QTest::newRow("a picture through windows") << "emoji-swin";
        QTest::newRow("a text") << "story-gpt";
    }
    void integratedGradientsAddUpToWhatTheInputAdds()
    {
        QFETCH(QString, model);
        openEmbedded(model.toStdString());
        const at::Tensor sums =
            found("integrated-gradients", {{"steps", "200"}, {"precision", "float64"}}).parts.at("completeness");
        const double here = sums[1].item<double>(), there = sums[2].item<double>(), gap = sums[3].item<double>();
        QVERIFY2(std::abs(gap) < 0.02 * std::max(0.5, std::abs(here - there)), qPrintable(QString::number(gap)));
    }
    void gaussAndLegendreIntegratePolynomialsExactly_data()
    {
        QTest::addColumn<int>("n");
        for (const int n : {1, 2, 3, 5, 16, 50}) QTest::newRow(std::to_string(n).c_str()) << n;
    }
    void gaussAndLegendreIntegratePolynomialsExactly()
    {
        QFETCH(int, n);
        const Quadrature rule = quadratureOf("gauss-legendre", n);
        for (int power = 0; power <= 2 * n - 1; ++power) {
            double sum = 0;
            for (std::size_t i = 0; i < rule.nodes.size(); ++i) sum += rule.weights[i] * std::pow(rule.nodes[i], power);
            QVERIFY(std::abs(sum - 1.0 / (power + 1)) < 1e-13);
        }
    }
    void everyRuleOfIntegrationWeighsOneInAll_data()
    {
        QTest::addColumn<QString>("rule");
        for (const char* rule : {"gauss-legendre", "left", "middle", "right", "trapezoid"}) QTest::newRow(rule) << rule;
    }
    void everyRuleOfIntegrationWeighsOneInAll()
    {
        QFETCH(QString, rule);
        for (const int n : {1, 2, 7}) {
            const std::vector<double> weights = quadratureOf(rule.toStdString(), n).weights;
            QVERIFY(std::abs(std::accumulate(weights.begin(), weights.end(), 0.0) - 1) < 1e-12);
        }
    }
    void theLargestFlowIsTheSmallestCut()
    {
        FlowNetwork network(6); // the network of Cormen, Leiserson, Rivest and Stein, figure 26.1
        const double edges[][3] = {{0, 1, 16}, {0, 2, 13}, {1, 3, 12}, {2, 1, 4}, {2, 4, 14},
                                   {3, 2, 9},  {3, 5, 20}, {4, 3, 7},  {4, 5, 4}};
        for (const auto& [from, to, capacity] : edges) network.connect(std::size_t(from), std::size_t(to), capacity);
        QCOMPARE(network.largestFlow(0, 5), 23.0);
        QCOMPARE(network.largestFlow(0, 5), 23.0); // from an empty network again
        QCOMPARE(network.largestFlow(5, 0), 0.0);
    }
    void relevanceIsSharedOutWithoutLoss()
    {
        const RelevanceRules rules;
        at::manual_seed(1);
        const at::TensorOptions type(at::kDouble);
        const at::Tensor x = at::rand({3, 5}, type).requires_grad_(), w = at::rand({4, 5}, type),
                         y = at::rand({3, 5}, type).requires_grad_();
        const auto handedBack = [](const at::Tensor& out, const std::vector<at::Tensor>& to) {
            const at::Tensor relevance = at::ones_like(out);
            const auto parts = torch::autograd::grad({out}, to, {relevance}, true);
            double sum = 0;
            for (const at::Tensor& part : parts) sum += part.sum().item<double>();
            return std::abs(sum - relevance.sum().item<double>());
        };
        QVERIFY(handedBack(relevant::linear(x, w, {}), {x}) < 1e-6);
        QVERIFY(handedBack(relevant::sum(x, y), {x, y}) < 1e-6);
        QVERIFY(handedBack(relevant::product(x, y), {x, y}) < 1e-6);
        QVERIFY(handedBack(relevant::matmul(x, y.t()), {x, y}) < 1e-6);
        QVERIFY(handedBack(relevant::mean(x, 0), {x}) < 1e-6);
        QVERIFY(handedBack(relevant::passed(x, at::relu(x)), {x}) < 1e-6);
    }
    void aRuleThatTakesLongAsksBetweenItsSteps()
    {
        int asked = 0;
        const RelevanceRules rules([&asked] {
            if (++asked == 2) throw Error(ErrorCode::Cancelled, {}, "cancelled");
        });
        const at::Tensor x = at::rand({3, 5}, at::kDouble).requires_grad_(), w = at::rand({4, 5}, at::kDouble);
        const at::Tensor y = relevant::linear(x, w, {});
        QCOMPARE(asked, 0);
        QCOMPARE(errorOf([&] { torch::autograd::grad({y}, {x}, {at::ones_like(y)}); }), ErrorCode::Cancelled);
        QCOMPARE(asked, 2);
        const RelevanceRules others; // with nobody to ask
        torch::autograd::grad({relevant::linear(x, w, {})}, {x}, {at::ones_like(y)});
        QCOMPARE(asked, 2);
    }
    void behindTheLastAttentionTheGradientIsZeroAndThatIsSaid()
    {
        openTiny();
        const MethodResult none = found("grad-cam", {{"at", "output"}}), some = found("grad-cam", {{"at", "norm1"}});
        QCOMPARE(none.map.abs().max().item<double>(), 0.0);
        QVERIFY(!none.explained.remark.empty());
        QVERIFY(some.map.abs().max().item<double>() > 0);
        QVERIFY(some.explained.remark.empty());
        QCOMPARE(none.parts.at("display").abs().max().item<double>(), 0.0); // never NaN
    }
    void aDifferenceOfTwoClassesIsTheDifferenceOfTheirGradients()
    {
        openTiny();
        const at::Tensor one = found("gradient-x-input", {}, {.target = 0}).map,
                         two = found("gradient-x-input", {}, {.target = 2}).map,
                         both = found("gradient-x-input", {}, {.target = 0, .against = 2}).map;
        QVERIFY(difference(one - two, both) < 1e-5 * std::max(1e-3, both.abs().max().item<double>()) + 1e-6);
    }
    void occlusionOfEverythingIsTheScoreOfTheFill()
    {
        openTiny();
        const MethodResult result = found("occlusion", {{"window", "64"}, {"stride", "64"}});
        QCOMPARE(result.map.numel(), std::int64_t(1));
        const ScoredModel model(m_session.run(), {}, {});
        const double empty = scoresAt(model, at::zeros_like(model.input().pixels)).item<double>();
        QVERIFY(std::abs(result.map.item<double>() - (model.said().score - empty)) < 1e-5);
    }
    // A cat on the left, an espresso on the right: methods that know the class tell them apart (methods-addendum.md).
    void methodsThatKnowTheClassFindTheRightOfTwoObjects_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<double>("espresso"); // share of what is positive in the right half, asked for the espresso
        QTest::addColumn<double>("cat");      // the same, asked for the cat
        QTest::newRow("Grad-CAM") << "grad-cam" << 0.99 << 0.01;
        QTest::newRow("Chefer LRP") << "chefer-lrp" << 0.81 << 0.15;
        QTest::newRow("gradient roll-out") << "grad-rollout" << 0.80 << 0.18;
        QTest::newRow("Chefer generic") << "chefer-generic" << 0.72 << 0.30;
        QTest::newRow("HiResCAM") << "hires-cam" << 0.70 << 0.37;
        QTest::newRow("LayerCAM") << "layer-cam" << 0.82 << 0.72;
        QTest::newRow("gradient x input") << "gradient-x-input" << 0.84 << 0.66;
        QTest::newRow("roll-out, which knows none") << "rollout" << 0.52 << 0.52;
    }
    void methodsThatKnowTheClassFindTheRightOfTwoObjects()
    {
        QFETCH(QString, method);
        QFETCH(double, espresso);
        QFETCH(double, cat);
        const std::string shared = sharedFolder();
        if (shared.empty()) QSKIP("the folder of reference cases is not here");
        const std::string png = readBytes(shared + "/oracle_attribution/visible/pictures/two_objects.png");
        m_session.openModel({shared + "/models/deit-tiny-patch16-224", "cpu", {}});
        m_session.setInput(picture("two_objects.png"), std::as_bytes(std::span(png.data(), png.size())));
        const auto share = [&](int target) {
            const at::Tensor map = found(method.toStdString(), {}, {.target = target}).map.clamp_min(0);
            return (map.slice(1, map.size(1) / 2).sum() / map.sum()).item<double>();
        };
        constexpr int kEspresso = 967, kCat = 285;
        QVERIFY2(std::abs(share(kEspresso) - espresso) < 0.02, qPrintable(QString::number(share(kEspresso))));
        QVERIFY2(std::abs(share(kCat) - cat) < 0.02, qPrintable(QString::number(share(kCat))));
    }
    void oneWindowOverTheWholeMapIsTheFormulaWithoutWindows()
    {
        at::manual_seed(5);
        Trace trace;
        trace.blocks.resize(3);
        std::vector<at::Tensor> maps; // not normalised, as gradients leave them
        at::Tensor plain;
        for (AttentionRecord& block : trace.blocks) {
            block.windows = WindowGrid{2, 3, 2, 3, 0, 0, false};
            block.q = at::zeros({1, 1, 6, 1}, at::kDouble);
            maps.push_back(at::rand({1, 6, 6}, at::kDouble) * 3);
            const at::Tensor layer = mixedWithSelf(maps.back()[0], Sums::OfRow);
            plain = plain.defined() ? at::matmul(layer, plain) : layer;
        }
        const at::Tensor windowed = effectiveMatrix(trace, 2, [&](std::size_t block) {
            return StageMixing{mixedWithSelf(maps[block], Sums::OfRow), 1, false};
        });
        QVERIFY(at::allclose(windowed, plain, 1e-10, 1e-12));
        QVERIFY(at::allclose(windowed.sum(1), at::ones({6}, at::kDouble), 1e-10, 1e-12));
    }
    void gradientRollOutGoesThroughWindowsAndKnowsTheClass()
    {
        openEmbedded("emoji-swin");
        const MethodResult one = found("grad-rollout", {}, {.target = 0}),
                           two = found("grad-rollout", {}, {.target = 1});
        QCOMPARE(one.map.size(0), m_session.run().info.gridHeight);
        QVERIFY(one.map.min().item<double>() >= 0 && one.map.sum().item<double>() <= 1 + 1e-6);
        QVERIFY(difference(one.map, two.map) > 1e-6);
        QCOMPARE(errorOf([&] { found("grad-rollout", {{"discard", "0.5"}}); }), ErrorCode::BadRequest);
    }
    void valuesThroughWindowsAreThoseOfEveryHeadAlone_data()
    {
        QTest::addColumn<int>("layer");
        QTest::newRow("the first block") << 0;
        QTest::newRow("a shifted one") << 1;
        QTest::newRow("the last block") << -1;
    }
    void valuesThroughWindowsAreThoseOfEveryHeadAlone()
    {
        QFETCH(int, layer);
        openEmbedded("emoji-swin");
        const auto& blocks = m_session.run().tensors().result.trace.blocks;
        if (layer < 0) layer += int(blocks.size());
        const AttentionRecord& block = blocks[std::size_t(layer)];
        const WindowGrid& grid = *block.windows;
        const int query = grid.width + 1;
        const std::vector<at::Tensor> alone = eachHeadAlone(layer, block.heads()); // [T,D], the last one of none
        at::Tensor expected = at::zeros({std::int64_t(grid.height) * grid.width});
        const WindowGrid::Place place = grid.placeOf({query / grid.width, query % grid.width});
        const at::Tensor map = attentionMap(batchEntry(block, place.window))[0]; // [H,n,n]
        for (int j = 0; j < grid.tokensPerWindow(); ++j) {
            const Cell cell = grid.cellOf({place.window, j});
            if (!grid.isReal(cell)) continue;
            const int token = cell.y * grid.width + cell.x;
            at::Tensor sum = at::zeros_like(alone[0][0]);
            for (std::int64_t h = 0; h < block.heads(); ++h)
                sum += map[h][place.inner][j] * (alone[std::size_t(h)][token] - alone.back()[token]);
            expected[token].copy_(sum.norm());
        }
        const MethodResult result =
            found("value-norms", {{"layer", std::to_string(layer)}, {"query", std::to_string(query)}});
        QVERIFY(difference(result.streams[0], expected / expected.sum()) < 1e-5);
        QCOMPARE(result.map.size(0), std::int64_t(grid.height));
        const at::Tensor& mixing = result.parts.at("mixing");
        QVERIFY(mixing.min().item<double>() >= 0 && mixing.max().item<double>() <= 1);
    }
    void aPatchThatNobodyMayLookAtIsHiddenInTheTowerOfThePictureAlone()
    {
        openEmbedded("emoji-clip");
        const MethodResult result = found("patch-ablation");
        const ScoredModel model(m_session.run(), {}, {});
        const TokenStream& stream = m_session.run().tensors().result.trace.streams.front();
        const std::int64_t patches = stream.gridHeight * stream.gridWidth, patch = 3;
        Hooks hooks;
        hooks.scores = [&](int, AttentionRecord& record) {
            if (record.keyStream != 0) return;
            at::Tensor hidden = at::zeros({1, 1, record.queries(), record.keys()});
            hidden.select(-1, stream.tokens() - patches + patch).fill_(-INFINITY);
            record.mask = record.mask.defined() ? record.mask + hidden : hidden;
        };
        PassOptions options;
        options.hooks = &hooks;
        const double without = model.score(model.pass(options)).item<double>();
        const double lost = result.map.flatten()[patch].item<double>(), expected = model.said().score - without;
        QVERIFY2(std::abs(lost - expected) < 1e-4 * std::max(1.0, std::abs(model.said().score)),
                 qPrintable(QStringLiteral("%1 %2").arg(lost).arg(expected)));
        QVERIFY(result.map.abs().max().item<double>() > 1e-3);
    }
    void attentionCamReadsTheTowerOfThePicture()
    {
        openEmbedded("emoji-clip");
        const ScoredModel model(m_session.run(), {}, {});
        const MappedPass pass = passWithMaps(model);
        std::size_t last = 0; // of the picture
        for (std::size_t i = 0; i < pass.maps.size(); ++i)
            if (pass.result.trace.blocks[i].queryStream == 0) last = i;
        const at::Tensor gradient = gradientsOf(pass.score, {pass.maps[last]})[0];
        const auto row = [](const at::Tensor& map) { return map[0].select(1, 0).slice(1, 1); };
        const at::Tensor expected =
            (row(pass.maps[last].detach()) * row(gradient).mean(1, true)).mean(0).relu().flatten();
        const at::Tensor map = found("attention-cam").map;
        QVERIFY(difference(map.flatten(), expected) < 1e-6 * std::max(1.0, expected.max().item<double>()));
    }
    void wrongSettingsAreRefused_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("setting");
        QTest::addColumn<QString>("value");
        QTest::newRow("no such setting") << "rollout"
                                         << "charm"
                                         << "1";
        QTest::newRow("no such choice") << "rollout"
                                        << "fusion"
                                        << "median";
        QTest::newRow("no such block") << "grad-cam"
                                       << "layer"
                                       << "9";
        QTest::newRow("not a list of numbers") << "grad-cam"
                                               << "layer"
                                               << "1;2";
        QTest::newRow("an empty list") << "grad-cam"
                                       << "layer"
                                       << "";
        QTest::newRow("no steps at all") << "integrated-gradients"
                                         << "steps"
                                         << "0";
        QTest::newRow("a baseline of texts") << "integrated-gradients"
                                             << "baseline"
                                             << "pad";
        QTest::newRow("no such token") << "attention"
                                       << "query"
                                       << "17";
        QTest::newRow("a start behind the end") << "chefer-lrp"
                                                << "start"
                                                << "2";
        QTest::newRow("float32 where digits mean nothing") << "chefer-lrp"
                                                           << "precision"
                                                           << "float32";
    }
    void wrongSettingsAreRefused()
    {
        QFETCH(QString, method);
        QFETCH(QString, setting);
        QFETCH(QString, value);
        openTiny();
        QCOMPARE(errorOf([&] {
                     found(method.toStdString(), {{setting.toStdString(), value.toStdString()}});
                 }),
                 ErrorCode::BadRequest);
    }
    void aMethodThatTakesLongCanBeCancelled()
    {
        openTiny();
        int left = 3;
        JobControl control;
        control.cancelled = [&left] { return --left < 0; };
        QCOMPARE(errorOf([&] {
                     computed(methodNamed("integrated-gradients"), m_session.run(), {.method = "integrated-gradients"},
                              control);
                 }),
                 ErrorCode::Cancelled);
    }
    void theCostIsKnownBefore()
    {
        openTiny();
        QCOMPARE(mapCost(m_session.run(), {.method = "rollout"}).passes, 0.0);
        const double
            few = mapCost(m_session.run(), {.method = "integrated-gradients", .settings = {{"steps", "10"}}}).passes,
            many = mapCost(m_session.run(), {.method = "integrated-gradients", .settings = {{"steps", "20"}}}).passes;
        QVERIFY(few > 10 && many > few);
        QVERIFY(mapCost(m_session.run(), {.method = "chefer-generic"}).neededBytes > 0);
    }
};

QTEST_GUILESS_MAIN(TestMethods)
#include "tst_methods.moc"
