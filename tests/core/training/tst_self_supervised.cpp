// SPDX-License-Identifier: GPL-3.0-or-later
// Learning without labels: DINO's student and teacher, the masked autoencoder's two halves, and what is measured on
// pictures whose things are known.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <ATen/ATen.h>

#include "core/models/skeletons/mae_decoder.h"
#include "core/training/tasks/dino_network.h"
#include "core/training/tasks/object_pictures.h"
#include "core/training/trainer/training_state.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace headlens;

class TestSelfSupervised : public QObject {
    Q_OBJECT

    static DinoShape tiny()
    {
        DinoShape shape;
        shape.vision.width = 16;
        shape.vision.layers = 1;
        shape.vision.heads = 2;
        shape.vision.mlpWidth = 32;
        shape.vision.patch = 8;
        shape.vision.imageHeight = shape.vision.imageWidth = 16;
        shape.hidden = 24;
        shape.bottleneck = 8;
        shape.prototypes = 10;
        return shape;
    }
    static at::Tensor somePixels() { return at::rand({4, 3, 16, 16}) * 2 - 1; }
    static double largest(const at::Tensor& t) { return t.abs().max().item<double>(); }

private Q_SLOTS:
    void theLossOfATeacherThatSaysNothingIsTheLogarithmOfThePrototypes()
    {
        const DinoNetwork network(tiny());
        const at::Tensor even = at::full({3, 10}, 0.1);
        QVERIFY(std::abs(network.loss(at::zeros({3, 10}), even).item<double>() - std::log(10.0)) < 1e-6);
        QVERIFY(network.loss(at::randn({3, 10}), even).item<double>() > std::log(10.0)); // anything else is worse
    }
    void theTeacherBeginsAsItsStudentAndFollowsSlowly()
    {
        const auto network = std::make_shared<DinoNetwork>(tiny());
        TrainingState state(network, 3);
        const at::Tensor pixels = somePixels();
        QVERIFY(largest(network->teacher(pixels).logits - network->student(pixels)) > 1e-3);
        network->mixTeacher(0);
        QVERIFY(largest(network->teacher(pixels).logits - network->student(pixels)) < 1e-6);
        const at::Tensor before = network->teacher(pixels).logits;
        network->loss(network->student(pixels), network->teacher(pixels.flip(0)).shares).backward();
        state.update(1e-2);
        QVERIFY(largest(network->teacher(pixels).logits - before) == 0); // nothing of it learns by itself
        QVERIFY(largest(network->student(pixels) - before) > 1e-4);
        network->mixTeacher(1);
        QVERIFY(largest(network->teacher(pixels).logits - before) == 0);
        network->follow(0);
        const double moved = largest(network->teacher(pixels).logits - before);
        QVERIFY(moved > 0 && moved < largest(network->student(pixels).detach() - before));
    }
    void theCentreTakesOffWhatIsSaidOfEveryPicture()
    {
        const auto network = std::make_shared<DinoNetwork>(tiny());
        const TrainingState state(network, 4);
        network->mixTeacher(0);
        const at::Tensor pixels = somePixels(), logits = network->teacher(pixels).logits;
        for (int i = 0; i < 200; ++i) network->recentre(logits);
        const at::Tensor shares = network->teacher(pixels).shares;
        const at::Tensor expected = at::softmax((logits - logits.mean(0, true)) / network->shape().teacherHeat, -1);
        QVERIFY(largest(shares - expected) < 1e-3);
        DinoShape without = tiny();
        without.centres = false;
        const auto plain = std::make_shared<DinoNetwork>(without);
        const TrainingState begin(plain, 4);
        plain->mixTeacher(0);
        for (int i = 0; i < 200; ++i) plain->recentre(logits);
        QVERIFY(largest(plain->teacher(pixels).shares - at::softmax(logits / without.teacherHeat, -1)) < 1e-5);
    }
    void onlyTheTeachersEyesAreKept()
    {
        const auto network = std::make_shared<DinoNetwork>(tiny());
        const TrainingState state(network, 5);
        std::map<std::string, at::Tensor> weights;
        network->visit([&](const std::string& name, at::Tensor& weight, const auto&) { weights[name] = weight; });
        const at::Tensor taught = weights.at("teacher.vit.encoder.layer.0.attention.attention.query.weight");
        network->finish(weights);
        for (const auto& [name, weight] : weights) QVERIFY2(name.starts_with("vit."), name.c_str());
        QVERIFY(weights.at("vit.encoder.layer.0.attention.attention.query.weight").is_same(taught));
    }
    void viewsOfAThingShareTheThingAlone()
    {
        const ObjectScene one = objectScene(7, 1, 64), other = objectScene(7, 2, 64), again = objectScene(7, 1, 64);
        QVERIFY(one.picture.pixels == again.picture.pixels && one.mask == again.mask);
        QVERIFY(one.kind == other.kind && one.picture.pixels != other.picture.pixels);
        std::set<int> kinds;
        for (std::uint64_t seed = 0; seed < 100; ++seed) {
            const ObjectScene scene = objectScene(seed, seed + 1'000, 64);
            kinds.insert(scene.kind);
            const auto ink = std::ranges::count(scene.mask, 1);
            QVERIFY2(ink > 80 && ink < 64 * 64 / 2, qPrintable(QString::number(ink)));
        }
        QCOMPARE(int(kinds.size()), kObjectKinds);
    }
    void whatIsFoundIsCountedAgainstTheMask_data()
    {
        QTest::addColumn<std::vector<double>>("scores");
        QTest::addColumn<double>("area");
        QTest::newRow("all found") << std::vector<double>{0.9, 0.8, 0.1, 0.2} << 1.0;
        QTest::newRow("the wrong ones") << std::vector<double>{0.1, 0.2, 0.9, 0.8} << 0.0;
        QTest::newRow("one of two") << std::vector<double>{0.9, 0.1, 0.5, 0.5} << 0.5;
        QTest::newRow("no difference") << std::vector<double>{0.5, 0.5, 0.5, 0.5} << 0.5;
    }
    void whatIsFoundIsCountedAgainstTheMask()
    {
        QFETCH(std::vector<double>, scores);
        QFETCH(double, area);
        QCOMPARE(areaUnderCurve(scores, {true, true, false, false}), area);
        QCOMPARE(areaUnderCurve(scores, {true, true, true, true}), 0.5); // nothing to be told apart
    }
    void neighboursOfOneKindNameIt()
    {
        std::vector<ObjectScene> scenes;
        for (int i = 0; i < 24; ++i) {
            scenes.emplace_back();
            scenes.back().kind = i % 2;
        }
        at::Tensor features = at::zeros({24, 2});
        for (std::int64_t i = 0; i < 24; ++i) features[i][i % 2] = 1;
        QCOMPARE(byNearest(features, scenes), 1.0);
        QCOMPARE(byNearest(at::cat({features.slice(0, 0, 12), features.slice(0, 12).flip(1)}), scenes), 0.0);
    }
    void patchesOfAPictureGoBackToItsPixels()
    {
        const at::Tensor pixels = at::rand({2, 3, 16, 24});
        const at::Tensor patches = asPatches(pixels, 8);
        QVERIFY((patches.sizes() == at::IntArrayRef{2, 6, 192}));
        QVERIFY(largest(fromPatches(patches, 8, 2, 3) - pixels) == 0);
        QVERIFY(largest(patches[0][1].view({8, 8, 3}).permute({2, 0, 1}) - pixels[0].slice(1, 0, 8).slice(2, 8, 16)) ==
                0); // row by row
        // Painting the mean of a patch leaves its variance (zoo.md, section 12).
        const at::Tensor error = (patches - patches.mean(-1, true)).pow(2).mean(-1);
        QVERIFY(largest(error - patches.var(-1, /*unbiased=*/false)) < 1e-6);
    }
    void thePainterSeesOnlyWhatWasKept()
    {
        VitConfig vision = tiny().vision, painter = vision;
        vision.imageHeight = vision.imageWidth = 32; // 4 x 4 patches
        painter.width = 8;
        painter.mlpWidth = 16;
        VitEncoder encoder(vision);
        MaeDecoder decoder(painter, vision);
        at::manual_seed(6);
        const auto fill = [](const std::string&, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
            weight = at::randn(shape) * 0.3;
        };
        encoder.visit(fill);
        decoder.visit(fill);
        at::Tensor pixels = at::rand({1, 3, 32, 32});
        const at::Tensor order = at::randperm(16).unsqueeze(0);
        const auto paint = [&] {
            const auto encoded = encoder.encodeKept(pixels, order.slice(1, 0, 4), {}, 0, PassOptions{{false, false}});
            return decoder.paint(encoded, at::argsort(order, std::int64_t(1)), Pass{});
        };
        const at::Tensor before = paint();
        QVERIFY((before.sizes() == at::IntArrayRef{1, 16, 192}));
        const auto change = [&](std::int64_t patch) {
            const std::int64_t y = patch / 4 * 8, x = patch % 4 * 8;
            pixels.slice(2, y, y + 8).slice(3, x, x + 8).add_(0.5);
        };
        change(order[0][9].item<std::int64_t>());
        QVERIFY(largest(paint() - before) == 0); // hidden
        change(order[0][2].item<std::int64_t>());
        QVERIFY(largest(paint() - before) > 1e-4); // seen
    }
};

QTEST_APPLESS_MAIN(TestSelfSupervised)
#include "tst_self_supervised.moc"
