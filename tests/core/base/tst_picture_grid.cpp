// SPDX-License-Identifier: GPL-3.0-or-later
// Cells of one map under those of another, in pixels of the picture.
#include "core/base/picture_grid.h"

#include <QTest>

using namespace headlens;

class TestPictureGrid : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCoarserMapCoversFourCellsWithOne()
    {
        const PictureGrid fine{4, 4, 8}, coarse{2, 2, 16};
        for (int cell = 0; cell < 16; ++cell)
            QCOMPARE(cellUnder(fine, coarse, cell), (cell / 4 / 2) * 2 + (cell % 4) / 2);
    }
    void theMiddleOfACoarseCellLiesInIt()
    {
        const PictureGrid fine{14, 14, 16}, coarse{4, 4, 64}; // the last cells reach beyond the picture
        for (int cell = 0; cell < 16; ++cell) {
            const int middle = cellUnder(coarse, fine, cell);
            QVERIFY(middle >= 0 && middle < 14 * 14);
            QCOMPARE(cellUnder(fine, coarse, middle), cell);
        }
    }
    void cellsNeedNotDivideEachOther()
    {
        const PictureGrid small{6, 6, 10}, large{4, 4, 15};
        QCOMPARE(cellUnder(small, large, 0), 0);
        QCOMPARE(cellUnder(small, large, 1), 1);   // pixels 10 to 19: the middle is 15
        QCOMPARE(cellUnder(small, large, 35), 15); // the last one
        QCOMPARE(cellUnder(large, small, 1), 2);   // pixels 15 to 29: the middle is 22
    }
    void whatHasNoSizeStaysWhereItIs()
    {
        QCOMPARE(cellUnder({4, 4, 8}, {4, 4, 8}, 9), 9);
        QCOMPARE(cellUnder({4, 4, 0}, {2, 2, 16}, 9), 9);
        QCOMPARE(cellUnder({0, 0, 8}, {2, 2, 16}, 9), 9);
        QCOMPARE(cellUnder({4, 4, 8}, {2, 2, 16}, -1), -1);
    }
};

QTEST_APPLESS_MAIN(TestPictureGrid)
#include "tst_picture_grid.moc"
