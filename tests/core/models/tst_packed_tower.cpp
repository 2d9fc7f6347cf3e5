// SPDX-License-Identifier: GPL-3.0-or-later
// The tower that looks at pictures of any size in one row of patches, and where words and pictures stand on three axes.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <ATen/ATen.h>

#include "core/models/skeletons/packed_tower.h"
#include "core/trace/readers.h"
#include "tests/support/expect_error.h"

#include <QTest>

using namespace headlens;
using namespace headlens::test;

namespace {

PackedTower randomTower(std::int64_t window)
{
    PackedTowerConfig config;
    config.layers.name = "vision";
    config.layers.layers = 2;
    config.layers.width = 16;
    config.layers.heads = 2;
    config.layers.headWidth = 8;
    config.layers.mlpWidth = 24;
    config.layers.normFirst = true;
    config.patch = 4;
    config.words = 10;
    config.window = window;
    config.wholeFrames = {1};
    PackedTower tower(config);
    at::manual_seed(4);
    tower.visit([](const std::string& name, at::Tensor& weight, const Shape& shape) {
        weight = name.find("norm.weight") != std::string::npos ? at::rand(shape) + 0.5 : at::randn(shape) * 0.3;
    });
    return tower;
}

// The same patches in the order of squares, as files hold them.
PackedPictures inSquares(const PackedPictures& rowMajor)
{
    const PatchGrid grid = rowMajor.grids[0];
    const at::Tensor order = at::arange(grid.patches(), at::kLong)
                                 .view({grid.height / 2, 2, grid.width / 2, 2})
                                 .permute({0, 2, 1, 3})
                                 .reshape({-1});
    return {rowMajor.rows.index_select(0, order), rowMajor.grids, false};
}

at::Tensor line(const std::vector<std::int64_t>& ids)
{
    return at::tensor(ids, at::kLong).view({1, -1});
}

} // namespace

class TestPackedTower : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOrderOfThePatchesChangesNoVector_data()
    {
        QTest::addColumn<int>("window");
        QTest::newRow("whole frames") << 0;
        QTest::newRow("windows of one square") << 1;
        QTest::newRow("windows of two, the last smaller") << 2;
    }
    void theOrderOfThePatchesChangesNoVector()
    {
        QFETCH(const int, window);
        const PackedTower tower = randomTower(window);
        const PackedPictures pictures = tower.packed(at::randn({1, 3, 16, 24}));
        const at::Tensor vectors = tower.see(pictures, {});
        QCOMPARE(vectors.sizes().vec(), (std::vector<std::int64_t>{6, 10}));
        QVERIFY((vectors - tower.see(inSquares(pictures), {})).abs().max().item<double>() < 1e-5);
    }
    void picturesDoNotSeeEachOther()
    {
        const PackedTower tower = randomTower(0);
        const at::Tensor pixels = at::randn({2, 3, 8, 16});
        const at::Tensor together = tower.see(tower.packed(pixels), {});
        const at::Tensor alone = tower.see(tower.packed(pixels.slice(0, 1)), {});
        QVERIFY((together.slice(0, 2) - alone).abs().max().item<double>() < 1e-5);
    }
    void windowsHideTheOthersInTheirLayersOnly()
    {
        const PackedTower tower = randomTower(1);
        Trace trace;
        tower.see(tower.packed(at::randn({1, 3, 8, 16})), StackPass({}, &trace));
        const at::Tensor first = attentionMap(trace.blocks[0])[0][0], second = attentionMap(trace.blocks[1])[0][0];
        QVERIFY(first[0][1].item<float>() > 0);    // the same square
        QCOMPARE(first[0][2].item<float>(), 0.0F); // the next one
        QVERIFY(second[0][2].item<float>() > 0);
    }
    void sidesThatAreNoWholeSquaresAreRefused()
    {
        const PackedTower tower = randomTower(0);
        QCOMPARE(errorOf([&] { tower.packed(at::randn({1, 3, 12, 16})); }), ErrorCode::BadRequest);
    }
    void whatFollowsAPictureStandsBehindItsFarthestPatch()
    {
        constexpr std::int64_t kImage = 9;
        // Two words, a picture of 2 x 3 squares, a word.
        const at::Tensor ids = line({1, 2, 9, 9, 9, 9, 9, 9, 3});
        const at::Tensor places = placesOnAxes(ids, {}, {.image = kImage}, {{1, 4, 6}}, {});
        QVERIFY(places[0][0].equal(at::tensor({0, 1, 2, 2, 2, 2, 2, 2, 5}, at::kLong)));
        QVERIFY(places[1][0].equal(at::tensor({0, 1, 2, 2, 2, 3, 3, 3, 5}, at::kLong)));
        QVERIFY(places[2][0].equal(at::tensor({0, 1, 2, 3, 4, 2, 3, 4, 5}, at::kLong)));
    }
    void framesOfAFilmFollowItsSeconds()
    {
        constexpr std::int64_t kFilm = 8;
        const at::Tensor ids = line({8, 8, 1});
        const at::Tensor places = placesOnAxes(ids, {}, {.film = kFilm, .perSecond = 4}, {}, {{2, 2, 2, 0.5}});
        QVERIFY(places[0][0].equal(at::tensor({0, 2, 3}, at::kLong)));
    }
    void paddingIsNotCounted()
    {
        const at::Tensor places = placesOnAxes(line({7, 7, 1, 2}), line({0, 0, 1, 1}), {}, {}, {});
        QVERIFY(places[0][0].equal(at::tensor({1, 1, 0, 1}, at::kLong)));
    }
    void aPlaceThatNoPictureFillsIsAWord()
    {
        const at::Tensor places = placesOnAxes(line({9, 9}), {}, {.image = 9}, {}, {});
        QVERIFY(places[2][0].equal(at::tensor({0, 1}, at::kLong)));
    }
};

QTEST_APPLESS_MAIN(TestPackedTower)
#include "tst_packed_tower.moc"
