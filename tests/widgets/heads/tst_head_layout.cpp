// SPDX-License-Identifier: GPL-3.0-or-later
// Where the cells of the head grid lie, as a value: over many rooms and models.
#include "widgets/heads/head_layout.h"

#include <QTest>

#include <cmath>
#include <utility>

using namespace headlens;

namespace {

struct Model {
    const char* name;
    std::vector<std::vector<int>> sections; // heads of every layer
    double aspect = 1;
};

const std::vector<Model> kModels{
    {"ViT 12x3", {std::vector<int>(12, 3)}},
    {"BERT 12x12", {std::vector<int>(12, 12)}},
    {"one layer of one head", {{1}}},
    {"Swin", {{3, 3, 6, 6, 12, 12, 12, 12, 12, 12, 24, 24}}},
    {"T5", {std::vector<int>(6, 8), std::vector<int>(6, 8), std::vector<int>(6, 8)}},
    {"large 24x16", {std::vector<int>(24, 16)}},
    {"wide pictures", {std::vector<int>(12, 6)}, 1.75},
};

HeadsToPlace toPlace(const Model& model)
{
    HeadsToPlace heads;
    heads.leastAspect = heads.mostAspect = model.aspect;
    int layer = 0;
    for (const std::vector<int>& section : model.sections) {
        heads.sections.emplace_back();
        for (const int count : section) heads.sections.back().layers.push_back({layer++, count});
    }
    return heads;
}

int headsOf(const Model& model)
{
    int all = 0;
    for (const std::vector<int>& section : model.sections)
        for (const int count : section) all += count;
    return all;
}

std::vector<RankedHead> rankedOf(const Model& model)
{
    std::vector<RankedHead> ranked;
    int layer = 0;
    for (const std::vector<int>& section : model.sections) {
        for (const int count : section) {
            for (int head = 0; head < count; ++head) ranked.push_back({{layer, head}, 1.0 / (1 + head)});
            ++layer;
        }
    }
    return ranked;
}

} // namespace

class TestHeadLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyHeadHasItsOwnPlace_data()
    {
        QTest::addColumn<int>("model");
        QTest::addColumn<bool>("sorted");
        QTest::addColumn<QSizeF>("room");
        for (int model = 0; model < int(kModels.size()); ++model)
            for (const bool sorted : {false, true})
                for (const QSizeF room : {QSizeF(200, 150), QSizeF(260, 700), QSizeF(380, 380), QSizeF(700, 220),
                                          QSizeF(1200, 900), QSizeF(367, 440), QSizeF(1, 1)})
                    QTest::addRow("%s%s in %gx%g", kModels[std::size_t(model)].name, sorted ? " sorted" : "",
                                  room.width(), room.height())
                        << model << sorted << room;
    }
    void everyHeadHasItsOwnPlace()
    {
        QFETCH(int, model);
        QFETCH(bool, sorted);
        QFETCH(QSizeF, room);
        HeadsToPlace heads = toPlace(kModels[std::size_t(model)]);
        if (sorted) heads.ranked = rankedOf(kModels[std::size_t(model)]);
        const HeadLayout layout = HeadLayout::in(room, heads);
        QCOMPARE(int(layout.cells.size()), headsOf(kModels[std::size_t(model)]));
        for (const HeadLayout::Cell& one : layout.cells) {
            QCOMPARE(layout.cellAt(one.rect.center()), &one); // no other one lies over it
            QCOMPARE(layout.cellOf(one.place), &one);
            QVERIFY(room.width() < 50 || one.rect.right() <= room.width());
            QVERIFY(one.rect.bottom() + layout.caption <= layout.height);
        }
    }
    // Cells end where the room ends, in width or in height: larger ones would not fit.
    void cellsFillTheirRoom_data()
    {
        QTest::addColumn<int>("model");
        QTest::addColumn<bool>("sorted");
        for (int model = 0; model < int(kModels.size()); ++model)
            for (const bool sorted : {false, true})
                QTest::addRow("%s%s", kModels[std::size_t(model)].name, sorted ? " sorted" : "") << model << sorted;
    }
    void cellsFillTheirRoom()
    {
        QFETCH(int, model);
        QFETCH(bool, sorted);
        HeadsToPlace heads = toPlace(kModels[std::size_t(model)]);
        if (sorted) heads.ranked = rankedOf(kModels[std::size_t(model)]);
        for (int width = 260; width <= 900; width += 67) {
            for (int height = 160; height <= 900; height += 61) {
                const HeadLayout layout = HeadLayout::in(QSizeF(width, height), heads);
                if (layout.height > height) continue; // it scrolls
                double right = 0;
                for (const HeadLayout::Cell& one : layout.cells) right = std::max(right, one.rect.right());
                const double leftOver = std::min(width - right, height - layout.height);
                QVERIFY2(leftOver < 12,
                         qPrintable(QStringLiteral("%1x%2 leaves %3").arg(width).arg(height).arg(leftOver)));
            }
        }
    }
    // No other number of columns would give clearly larger cells, a layer a line counting for more than several, which
    // stand apart: whole layers in lines of `together`, or one layer over `lines` of them.
    void noOtherArrangementIsClearlyLarger()
    {
        constexpr int kLayers = 12;
        for (const int count : {3, 6, 12}) {
            HeadsToPlace heads = toPlace({"", {std::vector<int>(kLayers, count)}});
            for (int width = 260; width <= 900; width += 80) {
                for (int height = 200; height <= 900; height += 70) {
                    const HeadLayout layout = HeadLayout::in(QSizeF(width, height), heads);
                    if (layout.height > height) continue;
                    double best = 0;
                    for (int together = 1; together <= kLayers; ++together) {
                        const int lines = (kLayers + together - 1) / together;
                        const double left = together > 1 ? heads.rangeLabel : heads.label;
                        const double apart = 12.0 * (together - 1), worth = together > 1 ? 0.9 : 1;
                        best =
                            std::max(best, worth * std::min((width - left - apart - 16) / (together * count) - kCellGap,
                                                            (height - heads.text - 16) / lines - kCellGap));
                    }
                    QVERIFY2(layout.cell.width() > 0.95 * best,
                             qPrintable(QStringLiteral("%1 heads in %2x%3: %4, possible %5")
                                            .arg(count)
                                            .arg(width)
                                            .arg(height)
                                            .arg(layout.cell.width())
                                            .arg(best)));
                }
            }
        }
    }
    void itScrollsOnlyWhereCellsWouldBeTooSmall()
    {
        const HeadsToPlace heads = toPlace(kModels[1]); // 12x12
        const HeadLayout fits = HeadLayout::in(QSizeF(380, 320), heads);
        QVERIFY(fits.height <= 320);
        QVERIFY(fits.cell.width() >= kSmallestCell);
        const HeadLayout scrolls = HeadLayout::in(QSizeF(380, 150), heads);
        QVERIFY(scrolls.height > 150);
        QVERIFY(scrolls.cell.width() >= kSmallestCell);
    }
    void cellsHaveTheShapeOfThePicture()
    {
        const HeadLayout layout = HeadLayout::in(QSizeF(500, 400), toPlace(kModels.back()));
        QCOMPARE(layout.cell.width() / layout.cell.height(), 1.75);
    }
    void linesSayWhichLayersTheyHold()
    {
        const HeadLayout layout = HeadLayout::in(QSizeF(367, 440), toPlace(kModels[0]));
        QCOMPARE(int(layout.labels.size()), 6);
        QCOMPARE(layout.labels.front().layers, (std::vector<int>{0, 1}));
        QCOMPARE(layout.labels.back().layers, (std::vector<int>{10, 11}));
        QCOMPARE(layout.columnHeads, (std::vector<int>{0, 1, 2, 0, 1, 2}));
        QVERIFY(layout.labels.front().rect.right() <= layout.cells.front().rect.left());
    }
    void foldedSectionsKeepTheirHeadingAndNothingElse()
    {
        HeadsToPlace heads = toPlace(kModels[4]);
        const double before = HeadLayout::in(QSizeF(380, 500), heads).cell.height();
        heads.sections[1].isFolded = true;
        const HeadLayout layout = HeadLayout::in(QSizeF(380, 500), heads);
        QCOMPARE(int(layout.headings.size()), 3);
        QCOMPARE(int(layout.cells.size()), 2 * 6 * 8);
        QCOMPARE(layout.cellOf({6, 0}), nullptr);
        QVERIFY(layout.cell.height() > before); // the others take its room
        QCOMPARE(layout.headingAt(layout.headings[1].rect.center()), &layout.headings[1]);
    }
    void oneSectionNeedsNoHeading() { QVERIFY(HeadLayout::in(QSizeF(380, 500), toPlace(kModels[0])).headings.empty()); }
    void sortedHeadsFollowEachOtherWithTheirNumbersBelow()
    {
        HeadsToPlace heads = toPlace(kModels[0]);
        heads.ranked = {{{5, 1}, 0.9}, {{2, 0}, 0.5}, {{7, 2}, 0.1}};
        const HeadLayout layout = HeadLayout::in(QSizeF(400, 300), heads);
        QCOMPARE(layout.cells.front().place, (HeadPlace{5, 1}));
        QCOMPARE(layout.cells.back().value, 0.1);
        QVERIFY(layout.labels.empty());
        QVERIFY(layout.caption >= heads.text);
    }
    void upAndDownGoToTheNearestCellOfTheNextLine()
    {
        const HeadLayout layout = HeadLayout::in(QSizeF(367, 440), toPlace(kModels[0]));
        const HeadLayout::Cell* from = layout.cellOf({1, 1}); // fifth of the first line
        QCOMPARE(layout.beside(*from, 1)->place, (HeadPlace{3, 1}));
        QCOMPARE(layout.beside(*from, -1), nullptr);
    }
};

QTEST_APPLESS_MAIN(TestHeadLayout)
#include "tst_head_layout.moc"
