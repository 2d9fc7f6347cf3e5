// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions by what must hold of each: two ways to say the same change agree, no change changes nothing.
#include "core/attribution/method.h"
#include "core/interventions/interventions.h"
#include "core/session/run_tensors.h"
#include "core/session/session.h"
#include "core/tensors/bridge.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headlens;
using namespace headlens::test;

namespace {

const Method& methodNamed(const std::string& id)
{
    const auto hit = std::ranges::find(allInterventions(), id, [](const Method* method) { return method->info.id; });
    return **hit;
}

double difference(const at::Tensor& a, const at::Tensor& b)
{
    return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

} // namespace

class TestInterventions : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    Session m_session;
    at::Tensor m_pixels, m_other;

    void run(const std::map<std::string, at::Tensor>& extras = {})
    {
        std::vector<TensorBytes> tensors{toBytes("pixel_values", m_pixels)};
        for (const auto& [name, tensor] : extras) tensors.push_back(toBytes(name, tensor, true));
        m_session.setTensors(tensors);
    }
    MethodResult found(const std::string& method, std::map<std::string, std::string> settings = {}) const
    {
        return computed(methodNamed(method), m_session.run(),
                        {.method = method, .score = {.target = 1}, .settings = std::move(settings)});
    }
    at::Tensor logitsOf(const verbs::SetInput& request)
    {
        m_session.setTensors({toBytes("pixel_values", m_pixels)}, request);
        return m_session.run().tensors().result.outputs.at("logits").clone();
    }

private Q_SLOTS:
    void initTestCase()
    {
        TinyModel model;
        model.layers = 3;
        model.change = [](std::string& name, std::vector<std::int64_t>&, std::vector<float>& values) {
            if (name.ends_with("attention.output.dense.bias"))
                std::ranges::fill(values, 0.0F); // heads are all there is
        };
        model.write(m_folder.path().toStdString());
        m_session.openModel({m_folder.path().toStdString(), "cpu", {}});
        at::manual_seed(5);
        m_pixels = at::randn({1, 3, 32, 32});
        m_other = at::randn({1, 3, 32, 32});
    }
    void aHeadLeftOutIsOneThatTheRunLeavesOut()
    {
        verbs::SetInput request;
        request.ablated = {{1, 2}, {2, 0}};
        const at::Tensor expected = logitsOf(request);
        run();
        const MethodResult result = found("ablate-head", {{"heads", "1.2,2.0"}});
        QVERIFY(difference(result.parts.at("logits"), expected) < 1e-5);
        const double effect = result.parts.at("effect").item<double>();
        const double drop = (result.parts.at("logits.original") - expected)[0][1].item<double>();
        QVERIFY(std::abs(effect - drop) < 1e-5);
        QVERIFY(std::abs(effect) > 1e-6);
    }
    void scaledByOneNothingChangesAndByNothingTheHeadIsOff()
    {
        run();
        QVERIFY(std::abs(found("scale-head", {{"heads", "0.1"}, {"factor", "1"}}).parts.at("effect").item<double>()) <
                1e-5);
        QVERIFY(difference(found("scale-head", {{"heads", "0.1"}, {"factor", "0"}}).parts.at("logits"),
                           found("ablate-head", {{"heads", "0.1"}}).parts.at("logits")) < 1e-6);
    }
    void cuttingAllEdgesToAPatchHidesIt()
    {
        std::vector<std::int64_t> edges;
        constexpr std::int64_t kPatch = 5, kTokens = 17;
        for (std::int64_t block = 0; block < 3; ++block)
            for (std::int64_t head = 0; head < 4; ++head)
                for (std::int64_t query = 0; query < kTokens; ++query)
                    edges.insert(edges.end(), {block, head, query, kPatch + 1});
        run({{"edges", at::tensor(edges, at::kLong).view({-1, 4})}});
        QVERIFY(difference(found("cut-edges").parts.at("logits"),
                           found("mask-patch", {{"patches", "5"}}).parts.at("logits")) < 1e-6);
        QVERIFY(difference(found("cut-edges", {{"mode", "zero"}}).parts.at("logits"),
                           found("cut-edges").parts.at("logits")) > 1e-6); // the row is not made up to 1
    }
    void theActivationsOfAnotherInputAtTheFirstBlockAreThatInput()
    {
        run({{"other.pixel_values", m_other}});
        const MethodResult result = found("patch-hidden", {{"layer", "0"}, {"tokens", "all"}});
        QVERIFY(difference(result.parts.at("logits"), result.parts.at("logits.other")) < 1e-5);
        QVERIFY(difference(result.parts.at("logits"), result.parts.at("logits.original")) > 1e-4);
        const MethodResult some = found("patch-hidden", {{"layer", "2"}, {"tokens", "3"}});
        QVERIFY(difference(some.parts.at("logits"), some.parts.at("logits.other")) > 1e-5);
    }
    void aPatchThatIsHiddenIsOneOfTheSweep()
    {
        run();
        const at::Tensor all = found("sweep-patches").parts.at("effects").flatten();
        QCOMPARE(all.size(0), std::int64_t(16));
        const double alone = found("mask-patch", {{"patches", "5"}}).parts.at("effect").item<double>();
        QVERIFY(std::abs(all[5].item<double>() - alone) < 1e-5);
    }
    void aSweepOfActivationsIsEveryTokenByItself()
    {
        run({{"other.pixel_values", m_other}});
        const MethodResult sweep = found("patch-sweep");
        const at::Tensor effects = sweep.parts.at("effects");
        QCOMPARE(effects.size(0), std::int64_t(3));
        QCOMPARE(effects.size(1), std::int64_t(17));
        const double alone = found("patch-hidden", {{"layer", "1"}, {"tokens", "4"}}).parts.at("effect").item<double>();
        QVERIFY(std::abs(effects[1][4].item<double>() + alone) < 1e-5); // what is won, not what is lost
        const MethodResult whole = found("patch-hidden", {{"layer", "0"}, {"tokens", "all"}});
        const double apart = sweep.parts.at("score.other").item<double>() - sweep.explained.score;
        QVERIFY(std::abs(apart + whole.parts.at("effect").item<double>()) < 1e-5);
        QVERIFY(difference(sweep.parts.at("normalised") * apart, effects) < 1e-6);
        for (const char* at : {"attention", "MLP"})
            QVERIFY(difference(found("patch-sweep", {{"at", at}}).parts.at("effects"), effects) > 1e-6);
    }
    void theSameInputHasNoDifferenceToShareOut()
    {
        run({{"other.pixel_values", m_pixels}});
        const MethodResult sweep = found("patch-sweep");
        QVERIFY(sweep.parts.at("effects").abs().max().item<double>() < 1e-5);
        QVERIFY(!sweep.parts.contains("normalised") && !sweep.explained.remark.empty());
    }
    void aSweepIsEveryHeadByItself_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("zero") << "zero";
        QTest::newRow("mean") << "mean";
    }
    void aSweepIsEveryHeadByItself()
    {
        QFETCH(QString, mode);
        run();
        const at::Tensor all = found("sweep-heads", {{"mode", mode.toStdString()}}).parts.at("effects");
        QCOMPARE(all.sizes(), at::IntArrayRef({3, 4}));
        for (int block = 0; block < 3; ++block)
            for (int head = 0; head < 4; ++head) {
                const std::string name = std::to_string(block) + "." + std::to_string(head);
                const double one = found("ablate-head", {{"heads", name}, {"mode", mode.toStdString()}})
                                       .parts.at("effect")
                                       .item<double>();
                QVERIFY2(std::abs(all[block][head].item<double>() - one) < 1e-5, name.c_str());
            }
    }
    void withoutItsAttentionABlockHasNoHeads()
    {
        run();
        const MethodResult layers = found("sweep-layers");
        const double heads = found("ablate-head", {{"heads", "1.0,1.1,1.2,1.3"}}).parts.at("effect").item<double>();
        const double block = layers.parts.at("effects.attention")[1].item<double>();
        QVERIFY(std::abs(block) > 1e-6);
        QVERIFY(std::abs(layers.parts.at("effects.block")[1].item<double>() - block) > 1e-7); // the MLP as well
        QVERIFY(std::abs(heads - block) < 1e-5);
    }
    void windowsAreSweptHeadByHead()
    {
        Session session;
        session.openModel({"emoji-swin", "cpu", {}});
        const std::string png = gradientPng(64, 64);
        session.setInput(picture("a.png"), std::as_bytes(std::span(png.data(), png.size())));
        const at::Tensor all =
            computed(methodNamed("sweep-heads"), session.run(), {.method = "sweep-heads"}).parts.at("effects");
        const double one = computed(methodNamed("ablate-head"), session.run(),
                                    {.method = "ablate-head", .settings = {{"heads", "1.1"}}})
                               .parts.at("effect")
                               .item<double>();
        QVERIFY(std::abs(all[1][1].item<double>() - one) < 1e-5);
    }
    void whatDoesNotExistIsRefused_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("setting");
        QTest::addColumn<QString>("value");
        QTest::newRow("no heads") << "ablate-head"
                                  << "heads"
                                  << "";
        QTest::newRow("no such head") << "ablate-head"
                                      << "heads"
                                      << "1.4";
        QTest::newRow("no such block") << "ablate-head"
                                       << "heads"
                                       << "3.0";
        QTest::newRow("not a head") << "scale-head"
                                    << "heads"
                                    << "first";
        QTest::newRow("no such patch") << "mask-patch"
                                       << "patches"
                                       << "16";
        QTest::newRow("no edges") << "cut-edges"
                                  << "mode"
                                  << "mask";
        QTest::newRow("no other input") << "patch-hidden"
                                        << "layer"
                                        << "1";
    }
    void whatDoesNotExistIsRefused()
    {
        QFETCH(QString, method);
        QFETCH(QString, setting);
        QFETCH(QString, value);
        run();
        QCOMPARE(errorOf([&] {
                     found(method.toStdString(), {{setting.toStdString(), value.toStdString()}});
                 }),
                 ErrorCode::BadRequest);
    }
    void edgesOfNoHeadAndPicturesOfAnotherSizeAreRefused()
    {
        run({{"edges", at::tensor(std::vector<std::int64_t>{0, 9, 0, 0}, at::kLong).view({1, 4})}});
        QCOMPARE(errorOf([&] { found("cut-edges"); }), ErrorCode::BadRequest);
        run({{"edges", at::tensor(std::vector<std::int64_t>{0, 0, 0, 99}, at::kLong).view({1, 4})}});
        QCOMPARE(errorOf([&] { found("cut-edges"); }), ErrorCode::BadRequest);
        run({{"other.pixel_values", at::randn({1, 3, 48, 48})}});
        QCOMPARE(errorOf([&] { found("patch-hidden", {{"layer", "1"}}); }), ErrorCode::BadRequest);
    }
};

QTEST_GUILESS_MAIN(TestInterventions)
#include "tst_interventions.moc"
