// SPDX-License-Identifier: GPL-3.0-or-later
// What is counted of the heads of the models that come along, and measures of their tokens.
#include <ATen/ATen.h>

#include "core/base/head_patterns.h"
#include "core/measures/head_statistics.h"
#include "core/measures/measures.h"
#include "core/session/questions/questions.h"
#include "core/session/run_tensors.h"
#include "core/session/session.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

namespace {

bool alike(double a, double b)
{
    return std::isnan(a) == std::isnan(b) && (std::isnan(a) || std::abs(a - b) < 1e-4 * (1 + std::abs(b)));
}

double numberOf(const verbs::HeadProfile& profile, int head, HeadNumber number)
{
    return double(profile.numbers.part(head)[std::size_t(number)]);
}

} // namespace

class TestHeadProfile : public QObject {
    Q_OBJECT
    Session m_session;

    void open(const std::string& model, const std::string& text = {})
    {
        const verbs::ModelInfo info =
            m_session.openModel({std::string(HEADLENS_SOURCE "/resources/models/") + model, "cpu", {}});
        const std::string png = gradientPng(90, 70);
        verbs::SetInput request = picture("picture.png");
        request.text = text.empty() ? info.text.example : text;
        m_session.setInput(request, info.takesPictures ? std::as_bytes(std::span(png.data(), png.size()))
                                                       : std::span<const std::byte>());
    }
    MethodResult measured(const std::string& measure, verbs::MapQuestion asked = {})
    {
        asked.method = measure;
        for (const Method* one : allMeasures())
            if (one->info.id == measure) return computed(*one, m_session.run(), asked);
        throw Error(ErrorCode::Internal, measure, "is no measure");
    }

private Q_SLOTS:
    void itAgreesWithTheNumbersOfTheHeadGrid_data()
    {
        QTest::addColumn<QString>("model");
        for (const char* model : {"emoji-vit", "emoji-swin", "things-mae", "emoji-clip", "glyph-coarse", "glyph-linear",
                                  "glyph-low-rank", "glyph-depths", "story-gpt", "number-words", "sum-depths",
                                  "rebinding", "bindings", "flamingo", "table-palm-e", "emoji-llava", "lives"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }
    void itAgreesWithTheNumbersOfTheHeadGrid()
    {
        QFETCH(QString, model);
        open(model.toStdString());
        for (int layer = 0; layer < int(m_session.run().info.blocks.size()); ++layer) {
            const verbs::BlockGrid& block = m_session.run().info.blocks[std::size_t(layer)];
            const FloatArray means = questions::headStatistics(m_session.run(), {layer}).means;
            const verbs::HeadProfile profile = headProfile(m_session.run(), {layer});
            QCOMPARE(profile.numbers.rows(), block.heads);
            QCOMPARE(profile.scores.columns(), int(kHeadPatterns));
            for (int head = 0; head < block.heads; ++head) {
                const std::span<const float> truth = means.part(head);
                const double pixels = block.gridWidth > 0 && block.cell > 0 ? block.cell : 1;
                QVERIFY(alike(numberOf(profile, head, HeadNumber::Entropy), double(truth[0])));
                QVERIFY(alike(numberOf(profile, head, HeadNumber::Distance), double(truth[1]) * pixels));
                QVERIFY(alike(numberOf(profile, head, HeadNumber::First), double(truth[2])));
                QVERIFY(alike(numberOf(profile, head, HeadNumber::Itself), double(truth[3])));
                for (std::size_t i = 0; i < kHeadNumbers; ++i) {
                    const auto number = double(profile.numbers.part(head)[i]);
                    if (infoOf(HeadNumber(i)).isShare && block.rule != "delta" && !std::isnan(number))
                        QVERIFY2(number > -1e-4 && number < 1 + 1e-4, infoOf(HeadNumber(i)).id);
                }
            }
        }
    }
    void shareOnClsIsThatOfPicturesAndWordsThatOfTexts()
    {
        open("emoji-vit");
        const verbs::HeadProfile seen = headProfile(m_session.run(), {0});
        QVERIFY(!std::isnan(numberOf(seen, 0, HeadNumber::Cls)) && std::isnan(numberOf(seen, 0, HeadNumber::Previous)));
        QCOMPARE(numberOf(seen, 0, HeadNumber::Cls), numberOf(seen, 0, HeadNumber::First));
        open("story-gpt", "the cat saw the dog and the cat saw the dog");
        const verbs::HeadProfile read = headProfile(m_session.run(), {0});
        QVERIFY(std::isnan(numberOf(read, 0, HeadNumber::Cls)) && !std::isnan(numberOf(read, 0, HeadNumber::Previous)));
        QVERIFY(numberOf(read, 0, HeadNumber::Induction) > 0);
        QVERIFY(alike(numberOf(read, 0, HeadNumber::SameWord), numberOf(read, 0, HeadNumber::Duplicate))); // causal
    }
    void theMeasureSaysTheSame()
    {
        open("emoji-vit");
        const MethodResult result = measured("head-statistics");
        const verbs::HeadProfile profile = headProfile(m_session.run(), {1});
        QVERIFY(alike(result.parts.at("near-1.1")[0].item<double>(), numberOf(profile, 0, HeadNumber::Near1)));
        QCOMPARE(result.parts.at("pattern.1").size(0), std::int64_t(profile.numbers.rows()));
    }
    void aLayerThatDoesNotExistIsRefused()
    {
        open("emoji-vit");
        QCOMPARE(errorOf([&] { headProfile(m_session.run(), {99}); }), ErrorCode::BadRequest);
    }
    void lengthsOfTokensAreThoseOfTheirStates()
    {
        open("emoji-vit");
        const MethodResult result = measured("token-norms");
        const at::Tensor state = hiddenBehind(m_session.run(), 0)[0].to(at::kDouble);
        const at::Tensor norms = result.parts.at("norm.1"), patches = norms.slice(0, 1);
        QVERIFY(at::allclose(norms, state.square().sum(-1).sqrt()));
        const double limit = (patches.mean() + 3 * patches.std(false)).item<double>();
        QVERIFY(alike(result.parts.at("limit.1").item<double>(), limit));
        QVERIFY((norms.index_select(0, result.parts.at("outliers.1")) > limit).all().item<bool>());
        QCOMPARE(result.parts.at("outliers.1").size(0), (norms > limit).sum().item<std::int64_t>());
        const MethodResult hundredth = measured("token-norms", {.settings = {{"outliers", "percentile"}}});
        QVERIFY(hundredth.parts.at("outliers.1").size(0) > 0);
    }
    void picturesAreCountedBesideTheRunThatIsShown()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath("a.png").toStdString();
        writeBytes(path, gradientPng(60, 80));
        open("emoji-vit");
        const std::string shown = m_session.run().info.sha256;
        const verbs::ProfiledPictures found = profilePictures(m_session, {{path, path, "/no/such.png"}});
        QCOMPARE(m_session.run().info.sha256, shown);
        QCOMPARE(found.pictures, 2);
        QCOMPARE(found.failures.size(), std::size_t(1));
        QVERIFY(found.failures.front().subject.find("such.png") != std::string::npos);
        const std::string png = gradientPng(60, 80);
        m_session.setInput(picture("a.png"), std::as_bytes(std::span(png.data(), png.size())));
        const FloatArray alone = headNumbers(m_session.run());
        const verbs::ProfilePictures many{std::vector<std::string>(17, path)};
        QCOMPARE(errorOf([&] { profilePictures(m_session, many); }), ErrorCode::BadRequest);
        QCOMPARE(found.heads.values.size(), 2 * alone.values.size());
        for (std::size_t i = 0; i < found.heads.values.size(); ++i)
            QVERIFY(alike(double(found.heads.values[i]), double(alone.values[i % alone.values.size()])));
    }
    void aTokenIsMostLikeItself()
    {
        open("emoji-vit");
        const MethodResult result = measured("token-similarity", {.token = 5});
        QCOMPARE(result.parts.size(), m_session.run().info.blocks.size() + 1);
        for (const auto& [name, cosines] : result.parts) {
            QVERIFY2(std::abs(cosines[5].item<double>() - 1) < 1e-9, name.c_str());
            QVERIFY(cosines.abs().max().item<double>() < 1 + 1e-9);
        }
        QCOMPARE(errorOf([&] { measured("token-similarity", {.token = 9999}); }), ErrorCode::BadRequest);
    }
};

QTEST_APPLESS_MAIN(TestHeadProfile)
#include "tst_head_profile.moc"
