// SPDX-License-Identifier: GPL-3.0-or-later
// Measures by what must hold of each: bounds, sums, ends that meet. The published figures are checked by
// reference/attribution.sh.
#include "core/attribution/method.h"
#include "core/measures/judgement.h"
#include "core/measures/measures.h"
#include "core/session/run_tensors.h"
#include "core/session/session.h"
#include "core/tensors/bridge.h"
#include "core/trace/readers.h"
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
    const auto hit = std::ranges::find(allMeasures(), id, [](const Method* method) { return method->info.id; });
    return **hit;
}

} // namespace

class TestMeasures : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    Session m_session;

    void open(const std::string& model)
    {
        m_session.openModel({model, "cpu", {}});
        verbs::SetInput input;
        input.text = m_session.model().text.example;
        input.candidates = m_session.model().text.exampleCandidates;
        const std::string png = gradientPng(64, 64);
        const bool looks = m_session.model().takesPictures;
        m_session.setInput(input,
                           looks ? std::as_bytes(std::span(png.data(), png.size())) : std::span<const std::byte>());
    }
    MethodResult found(const std::string& measure) const
    {
        return computed(methodNamed(measure), m_session.run(), {.method = measure});
    }

private Q_SLOTS:
    void init()
    {
        TinyModel().write(m_folder.path().toStdString());
        open(m_folder.path().toStdString());
    }
    void entropyLiesBetweenNothingAndAllAlike()
    {
        const MethodResult result = found("head-entropy");
        QCOMPARE(result.parts.size(), std::size_t(4)); // two blocks, two numbers
        for (const auto& [name, value] : result.parts)
            if (name.starts_with("normalised."))
                QVERIFY(value.min().item<double>() > 0 && value.max().item<double>() <= 1 + 1e-6);
    }
    void layersAreLikeThemselves()
    {
        const MethodResult result = found("cka");
        for (const char* name : {"cka", "cka_unbiased"}) {
            const at::Tensor table = result.parts.at(name);
            QVERIFY((table.diagonal() - 1).abs().max().item<double>() < 1e-9);
            QVERIFY((table - table.t()).abs().max().item<double>() < 1e-9);
        }
        QVERIFY(result.parts.at("cka").min().item<double>() >= 0);
    }
    void headsAreLikeThemselves_data()
    {
        QTest::addColumn<QString>("by");
        QTest::newRow("cosine") << "cosine";
        QTest::newRow("divergence") << "divergence";
    }
    void headsAreLikeThemselves()
    {
        QFETCH(QString, by);
        const at::Tensor table = computed(methodNamed("head-similarity"), m_session.run(),
                                          {.method = "head-similarity", .settings = {{"by", by.toStdString()}}})
                                     .parts.at("similarity");
        QCOMPARE(table.size(0), std::int64_t(8)); // of two layers
        QVERIFY((table.diagonal() - 1).abs().max().item<double>() < 1e-5);
        QVERIFY((table - table.t()).abs().max().item<double>() < 1e-9);
        QVERIFY(table.min().item<double>() >= 0 && table.max().item<double>() < 1 + 1e-5);
        const at::Tensor maps = at::cat({attentionMap(m_session.run().tensors().result.trace.blocks[0])[0],
                                         attentionMap(m_session.run().tensors().result.trace.blocks[1])[0]})
                                    .to(at::kDouble);
        const at::Tensor a = maps[1], b = maps[6], m = (a + b) / 2;
        const auto apart = [&](const at::Tensor& p) { return (p * (p / m).log2()).sum(-1).mean().item<double>(); };
        const double expected =
            by == "cosine" ? ((a * b).sum() / (a.norm() * b.norm())).item<double>() : 1 - (apart(a) + apart(b)) / 2;
        QVERIFY(std::abs(table[1][6].item<double>() - expected) < 1e-5);
    }
    void divergencesCanBeCancelledFromHeadToHead()
    {
        JobControl control;
        int steps = 0;
        control.progress = [&](const JobStep&) { ++steps; };
        control.cancelled = [&] { return steps > 2; }; // all queries are one chunk
        const verbs::MapQuestion asked{.method = "head-similarity", .settings = {{"by", "divergence"}}};
        QCOMPARE(errorOf([&] { computed(methodNamed(asked.method), m_session.run(), asked, control); }),
                 ErrorCode::Cancelled);
    }
    void theFeaturesOfAnotherRunAreCompared()
    {
        const at::Tensor pixels = m_session.run().tensors().in.pixels;
        std::vector<TensorBytes> tensors{toBytes("pixel_values", pixels)};
        const auto& hidden = m_session.run().tensors().result.trace.hidden.begin()->second;
        for (std::size_t i = 0; i < hidden.size(); ++i)
            tensors.push_back(toBytes("other.hidden_states." + std::to_string(i), hidden[i]));
        QVERIFY(!found("cka").parts.contains("cka_other"));
        m_session.setTensors(tensors);
        const MethodResult result = found("cka");
        QVERIFY((result.parts.at("cka_other") - result.parts.at("cka")).abs().max().item<double>() < 1e-6);
    }
    void theLensSeesTheLogitsAtTheEnd()
    {
        const at::Tensor lens = found("logit-lens").parts.at("lens.cls");
        const at::Tensor logits = m_session.run().tensors().result.outputs.at("logits")[0];
        QVERIFY((lens[-1] - logits).abs().max().item<double>() < 1e-5);
    }
    void whatPartsAddIsTheScore_data()
    {
        QTest::addColumn<QString>("model");
        QTest::newRow("a classifier of pictures") << "emoji-vit";
        QTest::newRow("a writer") << "story-gpt";
    }
    void whatPartsAddIsTheScore()
    {
        QFETCH(QString, model);
        open(model.toStdString());
        const MethodResult result = found("direct-logit");
        double sum = 0;
        for (const auto& [name, value] : result.parts) sum += value.sum().item<double>();
        QVERIFY2(std::abs(sum - result.explained.score) < 1e-3 * std::max(1.0, std::abs(result.explained.score)),
                 qPrintable(QString("%1 instead of %2").arg(sum).arg(result.explained.score)));
        const auto blocks = std::int64_t(m_session.model().blocks.size());
        QCOMPARE(result.parts.at("heads").size(0), blocks);
        QCOMPARE(result.parts.at("mlps").size(0), blocks);
    }
    void aScoreOfTwoTokensHasNoDirectParts()
    {
        TinyModel model;
        model.distilled = true;
        model.write(m_folder.path().toStdString());
        open(m_folder.path().toStdString());
        QCOMPARE(errorOf([&] { found("direct-logit"); }), ErrorCode::BadRequest);
    }
    void bothCurvesBeginAndEndAtTheSamePictures()
    {
        const verbs::MapJudgement judged = judgeMap(m_session.run(), {{.method = "grad-cam"}, "zero"});
        const auto &deletion = judged.deletion.values, &insertion = judged.insertion.values;
        QCOMPARE(deletion.size(), std::size_t(17));
        QVERIFY(std::abs(deletion.front() - insertion.back()) < 1e-6F);
        QVERIFY(std::abs(deletion.back() - insertion.front()) < 1e-6F);
        for (const float value : judged.display.values) QVERIFY(value >= 0 && value <= 1);
        QVERIFY(judged.deletionArea > 0 && judged.deletionArea < 1);
    }
    void aTextIsComparedWithWhatIsLeftOfThePicture()
    {
        open("emoji-clip");
        const auto& outputs = m_session.run().tensors().result.outputs;
        for (const int text : {0, 1}) {
            const verbs::MapJudgement judged =
                judgeMap(m_session.run(), {{.method = "grad-cam", .score = {.target = text}}, "zero"});
            const double cosine =
                at::dot(outputs.at("image_embeds")[0], outputs.at("text_embeds")[text]).item<double>();
            const auto &deletion = judged.deletion.values, &insertion = judged.insertion.values;
            QVERIFY(std::abs(double(deletion.front()) - cosine) < 1e-5);
            QVERIFY(std::abs(deletion.front() - insertion.back()) < 1e-5F);
            QVERIFY(std::abs(deletion.back() - insertion.front()) < 1e-5F);
            QVERIFY(std::abs(deletion.front() - deletion.back()) > 1e-3F);
            QVERIFY(!judged.label.empty());
        }
    }
    void equalPatchesAreCoveredInTheirOrder()
    {
        const at::Tensor pixels = m_session.run().tensors().in.pixels;
        m_session.setTensors({toBytes("pixel_values", pixels), toBytes("saliency", at::ones({4, 4}))});
        const at::Tensor order = found("deletion-insertion").parts.at("order");
        QVERIFY(at::equal(order, at::arange(16, at::kLong)));
    }
    void randomWeightsChangeWhatDependsOnThemAlone()
    {
        const Run& run = m_session.run();
        // Roll-out reads attention only: it does not know the head.
        QCOMPARE(checkMap(run, {{.method = "rollout"}, 0}).correlation, 1.0);
        QVERIFY(checkMap(run, {{.method = "rollout"}, 2}).correlation < 0.999);
        const double gradient = checkMap(run, {{.method = "grad-cam"}, 2}).correlation;
        QVERIFY(gradient >= -1 && gradient < 0.999);
        QCOMPARE(checkMap(run, {{.method = "grad-cam"}, 2}).correlation, gradient); // the same every time
    }
    void aTextHasNoPatchesToCover()
    {
        open("story-gpt");
        QCOMPARE(errorOf([&] {
                     judgeMap(m_session.run(), {{.method = "chefer-generic"}, "zero"});
                 }),
                 ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] { found("attention-distance"); }), ErrorCode::BadRequest);
    }
};

QTEST_GUILESS_MAIN(TestMeasures)
#include "tst_measures.moc"
