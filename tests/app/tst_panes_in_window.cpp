// SPDX-License-Identifier: GPL-3.0-or-later
// Panes beside the main picture in the whole window: what their menus offer, what they compare, and that a session
// brings them back.
#include "app/history/keeping.h"
#include "app/history/sessions.h"
#include "app/workspaces.h"
#include "tests/support/window_stage.h"
#include "widgets/canvas/canvas.h"
#include "widgets/common/field_button.h"
#include "widgets/compare/pane_header.h"
#include "widgets/compare/side_by_side.h"
#include "widgets/viewmodel/film_player.h"

#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace headlens;
using namespace headlens::test;

class TestPanesInWindow : public QObject, private WindowStage {
    Q_OBJECT

    SideBySide& view() { return *m_window->findChild<SideBySide*>(); }
    ComparePane& pane() { return *view().panes().first(); }
    bool paneShows(const QString& model)
    {
        const auto shows = [&] {
            const InspectionModel* beside = pane().pane()->model();
            return beside != nullptr && beside->link()->isSettled() && beside->hasInput() &&
                   !beside->rows()->layers().empty() && QString::fromStdString(beside->model().path) == model;
        };
        return QTest::qWaitFor(shows, 30'000);
    }

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void init()
    {
        openWindow();
        m_window->workspaces()->show(kCompareWorkspace);
        QTRY_VERIFY(view().isVisible());
    }
    void cleanup() { closeWindow(); }

    void aModelThatWasOpenedBeforeStandsBesideTheMainOne()
    {
        m_settings->addRecent("models", path("other"));
        QMenu* menu = pane().header()->modelField()->menu();
        Q_EMIT menu->aboutToShow();
        QAction* recent = nullptr;
        for (QAction* line : menu->actions())
            if (line->text() == path("other")) recent = line;
        QVERIFY(recent != nullptr);
        recent->trigger();
        QVERIFY(paneShows(path("other")));
        QCOMPARE(QString::fromStdString(model().model().path), path("model")); // the window keeps its own
        QCOMPARE(pane().pane()->model()->wishes()->picture().name, model().wishes()->picture().name);
        selection().heads()->setLayer(1);
        QCOMPARE(pane().pane()->selection()->heads()->layer(), 2); // the last of three
        const int patch = model().run().layout.tokenAt(1, 1);
        hover(m_window->canvas(), m_window->canvas()->rectOf(patch).center());
        QTRY_COMPARE(selection().tokens()->query().token, patch);
        QCOMPARE(pane().pane()->selection()->tokens()->query().token, patch + 1); // it has a distillation token
        pane().header()->difference()->click();
        QTRY_VERIFY(pane().canvas()->showsDifference());
        m_window->canvas()->zoomBy(2);
        QVERIFY(!pane().canvas()->zoom().isFitted);
    }
    void picturesThatComeAlongAreOfferedAsInput()
    {
        QMenu* menu = pane().header()->inputField()->menu();
        Q_EMIT menu->aboutToShow();
        bool isOffered = false;
        for (const QAction* line : menu->actions())
            isOffered |= line->menu() != nullptr && !line->menu()->actions().isEmpty();
        QVERIFY(isOffered);
        pane().pane()->setWish({.picture = path("b.png")});
        QVERIFY(paneShows(path("model")));
        QCOMPARE(pane().pane()->model()->wishes()->picture().name, path("b.png"));
        QCOMPARE(model().wishes()->picture().name, path("a.png"));
    }
    void aPaneFollowsAFilm()
    {
        pane().pane()->setWish({.model = path("other"), .difference = true});
        QVERIFY(paneShows(path("other")));
        const auto frame = [this] { return pane().pane()->model()->input().frame; };
        QSignalSpy inputs(pane().pane()->model(), &InspectionModel::inputChanged);
        drop({path("film.avi")});
        QTRY_COMPARE_WITH_TIMEOUT(frame(), std::int64_t(0), 30'000);
        QTRY_VERIFY(pane().status().contains("a frame behind"));
        m_window->player()->setPlaying(true);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->player()->isPlaying(), 30'000); // to its end
        QTRY_COMPARE_WITH_TIMEOUT(frame(), std::int64_t(kFilmFrames - 1), 30'000);
        QVERIFY(inputs.size() <= kFilmFrames);
        QVERIFY(paneShows(path("other")));
        m_window->player()->close();
        QTRY_COMPARE_WITH_TIMEOUT(frame(), std::int64_t(-1), 30'000);
        QVERIFY(pane().pane()->model()->input().name.ends_with("a.png"));
        QTRY_VERIFY(pane().canvas()->showsDifference());
    }
    void aSessionBringsThemBackWhenTheyAreSeen()
    {
        pane().pane()->setWish({.model = path("other"), .difference = true});
        view().add({.picture = path("b.png")});
        QVERIFY(m_window->keeping()->sessions()->saveTo(path("s.headlens")));
        m_window->workspaces()->show("look");
        for (ComparePane* one : view().panes()) view().remove(one);
        QVERIFY(view().wishes().isEmpty());
        QVERIFY(m_window->keeping()->sessions()->open(path("s.headlens")));
        QCOMPARE(view().wishes().size(), 2);
        QCOMPARE(view().wishes().first().model, path("other"));
        QVERIFY(view().wishes().first().difference);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->workspaces()->current(), kCompareWorkspace, 30'000);
        QVERIFY(paneShows(path("other")));
    }
};

QTEST_MAIN(TestPanesInWindow)
#include "tst_panes_in_window.moc"
