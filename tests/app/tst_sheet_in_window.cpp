// SPDX-License-Identifier: GPL-3.0-or-later
// The workspace Explain over the real engine: the sheet is computed while it is seen, stops when it is not, and lets
// whatever else is asked go first.
#include "app/view_docks.h"
#include "app/workspaces.h"
#include "tests/support/window_stage.h"
#include "widgets/explain/sheet_export.h"
#include "widgets/explain/sheet_grid.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_sheet.h"

#include <QDockWidget>
#include <QSignalSpy>

using namespace headlens;
using namespace headlens::test;

class TestSheetInWindow : public QObject, private WindowStage {
    Q_OBJECT

    static constexpr int kLong = 240'000; // ms: the machine may be busy
    MethodSheet& sheet() { return *model().sheet(); }
    int count(bool (*has)(const SheetTile&)) { return int(std::ranges::count_if(sheet().tiles(), has)); }
    static bool hasMap(const SheetTile& one) { return one.hasMap(); }
    static bool isJudged(const SheetTile& one) { return one.judged.has_value(); }

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void init()
    {
        openWindow();
        m_window->openings()->openModel(QStringLiteral("emoji-vit"));
        QTRY_VERIFY_WITH_TIMEOUT(model().model().name == "emoji-vit" && model().link()->isSettled(), kLong);
    }
    void cleanup() { closeWindow(); }

    void mapsComeWhileTheSheetIsSeenAndAClickShowsOneOnTheCanvas()
    {
        m_window->workspaces()->show(QStringLiteral("explain"));
        auto* grid = m_window->findChild<SheetGrid*>();
        QTRY_VERIFY(grid->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(count(hasMap) >= 3, kLong);
        QTRY_VERIFY_WITH_TIMEOUT(count(isJudged) >= 1, kLong);
        for (const SheetTile& one : sheet().tiles()) {
            if (!one.judged) continue;
            QCOMPARE(one.judged->deletion.columns(), model().input().gridHeight * model().input().gridWidth + 1);
            QVERIFY(one.judged->deletionArea >= 0 && one.judged->deletionArea <= 1);
        }
        const auto& tiles = sheet().tiles();
        const int place = int(std::ranges::find_if(tiles, hasMap) - tiles.begin());
        QTest::mouseClick(grid, Qt::LeftButton, {}, grid->tileLayout().cellOf(place)->picture.center().toPoint());
        QCOMPARE(selection().map(), tiles[std::size_t(place)].method);
        QTRY_VERIFY_WITH_TIMEOUT(!model().map()->shown().map.empty(), kLong); // it went before the rest of the sheet
        QVERIFY(!sheetTable(model()).isEmpty());
    }
    void behindAnotherWorkspaceItStandsStill()
    {
        m_window->workspaces()->show(QStringLiteral("explain"));
        QTRY_VERIFY_WITH_TIMEOUT(count(hasMap) >= 1, kLong);
        m_window->workspaces()->show(QStringLiteral("look"));
        QTRY_VERIFY(!m_window->findChild<SheetGrid*>()->isVisible());
        QVERIFY(std::ranges::none_of(sheet().tiles(), [](const SheetTile& one) {
            return one.state == SheetTile::State::Computing || one.state == SheetTile::State::Judging;
        }));
        const int before = count(hasMap) + count(isJudged);
        selection().heads()->setLayer(0);
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled(), kLong);
        QCOMPARE(count(hasMap) + count(isJudged), before);
    }
};

QTEST_MAIN(TestSheetInWindow)
#include "tst_sheet_in_window.moc"
