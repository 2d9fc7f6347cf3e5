// SPDX-License-Identifier: GPL-3.0-or-later
// What small models are built for: routed patches, patterns, positions and cross attention that can be switched off.
#include <ATen/ATen.h>

#include "core/attribution/maps.h"
#include "core/models/skeletons/stack.h"
#include "core/models/skeletons/vit_encoder.h"
#include "core/nn/attention_patterns.h"
#include "core/session/embedded_models.h"
#include "core/session/questions/questions.h"
#include "core/session/session.h"
#include "core/trace/map_rules.h"
#include "core/trace/readers.h"
#include "core/training/data/bindings.h"
#include "core/training/data/dates.h"
#include "core/training/data/glyphs.h"
#include "tests/support/expect_error.h"
#include "tests/support/small_networks.h"

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

    // What number-words writes first, with one of its parts set.
    static verbs::TextScore firstDigit(const char* text, const char* part, const char* value)
    {
        Session session;
        session.openModel({"number-words", "cpu", {}});
        verbs::SetInput input;
        input.text = text;
        input.switches = {{part, value}};
        session.setInput(input);
        return session.run().info.outputs.get<verbs::VocabularyScores>().places.at(0).best.at(0);
    }

private Q_SLOTS:
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
        const auto run = encoder.encode(at::randn({1, 3, 32, 32}), {}, {}, {Routing(routing), 0, 9});
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
        QTest::addColumn<int>("pairs"); // of 65 x 65
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
    void aPairWithoutSoftmaxIsRefused()
    {
        Session session;
        session.openModel({"number-words", "cpu", {}});
        verbs::SetInput input;
        input.text = "five";
        session.setInput(input);
        QCOMPARE(errorOf([&] { questions::pair(session.run(), {0, 0, 0, 0}); }), std::optional<ErrorCode>());
        session.openModel({"bindings", "cpu", {}});
        input.text = session.model().text.example;
        session.setInput(input);
        QCOMPARE(errorOf([&] { questions::pair(session.run(), {1, 0, 0, 0}); }), ErrorCode::BadRequest); // a memory
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
        Session session;
        const auto info = session.openModel({model.toStdString(), "cpu", {}});
        verbs::SetInput input;
        input.text = info.text.example;
        QFile sample(QStringLiteral(HEADLENS_SOURCE "/resources/images/chelsea.jpg"));
        QVERIFY(sample.open(QIODevice::ReadOnly));
        const QByteArray bytes = sample.readAll();
        const auto file = std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size())));
        session.setInput(input, info.takesPictures ? file : std::span<const std::byte>());
        const verbs::RowFormula row = questions::rowFormula(session.run(), {layer, 1, query});
        const verbs::BlockGrid& grid = session.run().info.blocks.at(std::size_t(layer));
        const FloatArray shown =
            questions::rows(session.run(), {query, false, grid.queryStream}).layers.at(std::size_t(layer));
        QCOMPARE(int(row.weight.size()), shown.columns());
        double sum = 0, raised = 0;
        for (std::size_t i = 0; i < row.weight.size(); ++i) {
            QVERIFY(std::abs(row.weight[i] - shown.values[std::size_t(shown.columns()) + i]) < 2e-6F);
            QVERIFY(row.forbidden[i] == 0 || row.weight[i] < 1e-6F);
            sum += double(row.weight[i]);
            if (row.forbidden[i] == 0) raised += std::exp(double(row.score[i]) - row.highest);
            const double score = double(row.dot[i]) * row.scale + double(row.bias[i]) + double(row.mask[i]);
            if (row.forbidden[i] == 0) QVERIFY(std::abs(score - double(row.score[i])) < 1e-4);
        }
        QVERIFY(std::abs(sum - 1) < 1e-5);
        QVERIFY(std::abs(raised - row.sum) < 1e-3 * raised);
        QCOMPARE(row.values.values.size(), row.weight.size() * row.queryVector.size());
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
        Session session;
        const auto info = session.openModel({name.toStdString(), "cpu", {}});
        const auto methods = methodsFor(session.opened());
        QVERIFY(!std::ranges::find(methods, "chefer-generic", &verbs::MethodInfo::id)->refusal.empty());
        verbs::SetInput input;
        input.text = info.text.example;
        QFile sample(QStringLiteral(HEADLENS_SOURCE "/resources/models/glyph-depths/example.png"));
        QVERIFY(sample.open(QIODevice::ReadOnly));
        const QByteArray bytes = sample.readAll();
        const auto file = std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size())));
        session.setInput(input, info.takesPictures ? file : std::span<const std::byte>());
        QCOMPARE(errorOf([&] { tokenMap(session.run(), {.method = "relevance"}); }), ErrorCode::BadRequest);
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
        Session session;
        session.openModel({"number-words", "cpu", {}});
        verbs::SetInput input;
        input.text = "five";
        input.switches = {{name.toStdString(), value.toStdString()}};
        QCOMPARE(errorOf([&] { session.setInput(input); }), ErrorCode::BadRequest);
    }
};

QTEST_APPLESS_MAIN(TestZoo)
#include "tst_zoo.moc"
