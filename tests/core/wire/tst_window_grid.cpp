// SPDX-License-Identifier: GPL-3.0-or-later
// Windows as arithmetic: every cell has one place, the mask cuts exactly those pairs that are no neighbours.
#include "core/wire/block_grid.h"

#include <QTest>

#include <cstdlib>
#include <set>

using namespace headlens;

class TestWindowGrid : public QObject {
    Q_OBJECT

    static void addGrids()
    {
        QTest::addColumn<QList<int>>("n"); // height, width, window height and width, shift y and x, pads after roll
        QTest::newRow("even and shifted") << QList<int>{8, 8, 4, 4, 2, 2, 0};
        QTest::newRow("not shifted") << QList<int>{8, 12, 4, 4, 0, 0, 0};
        QTest::newRow("padded") << QList<int>{16, 13, 5, 5, 2, 2, 0};
        QTest::newRow("padded after the roll, as timm") << QList<int>{16, 13, 5, 5, 2, 2, 1};
        QTest::newRow("shifted on one axis") << QList<int>{4, 12, 4, 6, 0, 3, 0};
        QTest::newRow("smaller than one window") << QList<int>{3, 3, 5, 5, 0, 0, 0};
    }
    static WindowGrid grid(const QList<int>& n) { return {n[0], n[1], n[2], n[3], n[4], n[5], n[6] == 1}; }

private Q_SLOTS:
    void everyCellHasOnePlace_data() { addGrids(); }
    void everyCellHasOnePlace()
    {
        QFETCH(QList<int>, n);
        const WindowGrid windows = grid(n);
        std::set<std::pair<int, int>> taken;
        for (int y = 0; y < windows.height; ++y)
            for (int x = 0; x < windows.width; ++x) {
                const auto place = windows.placeOf({y, x});
                QVERIFY(place.window >= 0 && place.window < windows.windows());
                QVERIFY(place.inner >= 0 && place.inner < windows.tokensPerWindow());
                QVERIFY(windows.cellOf(place) == (Cell{y, x}));
                QVERIFY(taken.emplace(place.window, place.inner).second);
            }
        std::size_t cells = 0;
        for (int window = 0; window < windows.windows(); ++window) cells += windows.cellsOf(window).size();
        QCOMPARE(cells, taken.size());
    }
    void theMaskKeepsExactlyTheNeighbours()
    {
        const WindowGrid windows{8, 8, 4, 4, 2, 2};
        int pairs = 0;
        for (int window = 0; window < windows.windows(); ++window)
            for (int i = 0; i < windows.tokensPerWindow(); ++i)
                for (int j = 0; j < windows.tokensPerWindow(); ++j, ++pairs) {
                    const Cell a = windows.cellOf({window, i}), b = windows.cellOf({window, j});
                    const bool near = std::abs(a.y - b.y) < 4 && std::abs(a.x - b.x) < 4;
                    QCOMPARE(windows.regionOf({window, i}) == windows.regionOf({window, j}), near);
                }
        QCOMPARE(pairs, 1024);
    }
    void aWrappedWindowLiesInFourPieces()
    {
        const WindowGrid windows{8, 8, 4, 4, 2, 2};
        QCOMPARE(windows.piecesOf(0).size(), std::size_t(1));
        QCOMPARE(windows.piecesOf(1).size(), std::size_t(2));
        const auto pieces = windows.piecesOf(3);
        QCOMPARE(pieces.size(), std::size_t(4));
        for (const auto& piece : pieces) QCOMPARE(piece.height * piece.width, 4);
    }
    void piecesCoverTheirWindow_data() { addGrids(); }
    void piecesCoverTheirWindow()
    {
        QFETCH(QList<int>, n);
        const WindowGrid windows = grid(n);
        for (int window = 0; window < windows.windows(); ++window) {
            int area = 0;
            for (const auto& piece : windows.piecesOf(window)) area += piece.height * piece.width;
            QCOMPARE(area, int(windows.cellsOf(window).size()));
        }
    }
    void linesLieWhereWindowsBegin()
    {
        const WindowGrid shifted{8, 8, 4, 4, 2, 2};
        QList<int> rows;
        for (int y = 0; y <= 8; ++y)
            if (shifted.startsRow(y)) rows << y;
        QCOMPARE(rows, (QList<int>{2, 6}));
        QVERIFY((WindowGrid{8, 8, 4, 4, 0, 0}.startsColumn(4)));
    }
    void tokensOfTheFirstMapFindTheirStage()
    {
        verbs::BlockGrid grid;
        grid.gridHeight = grid.gridWidth = 6;
        grid.cell = 16;
        grid.windowHeight = grid.windowWidth = 6;
        const PictureGrid first{24, 24, 4};
        QCOMPARE(cellUnder(first, gridOf(grid), 23 * 24 + 23), 35);
        QCOMPARE(cellUnder(first, gridOf(grid), cellUnder(gridOf(grid), first, 17)), 17);
        QCOMPARE(cellUnder(first, gridOf(grid), -1), -1);
        QCOMPARE(reachablePatches(grid, 3, {}).size(), std::size_t(36));
    }
    void hiddenPatchesCannotBeReached()
    {
        verbs::BlockGrid grid;
        grid.gridHeight = grid.gridWidth = 2;
        QVERIFY(reachablePatches(grid, 0, {1}).empty());
        grid.hidesPatches = true;
        QCOMPARE(reachablePatches(grid, 0, {1, 99}), (std::vector<bool>{true, false, true, true}));
    }
    void coarseKeysAreAsWideAsThePatchesTheyStandFor()
    {
        verbs::InputInfo input;
        input.streams.resize(1);
        input.streams[0].gridWidth = 7;
        input.streams[0].cell = 8;
        verbs::BlockGrid grid;
        grid.gridWidth = 4;
        grid.cell = 16;
        QCOMPARE(cellPixels(input, grid, 4), 16);
        QCOMPARE(cellPixels(input, grid, 7), 8); // the queries' own
    }
};

QTEST_APPLESS_MAIN(TestWindowGrid)
#include "tst_window_grid.moc"
