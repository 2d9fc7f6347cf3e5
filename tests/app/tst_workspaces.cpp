// SPDX-License-Identifier: GPL-3.0-or-later
// Workspaces: their table, what each of them shows, layouts that are kept one by one, and their way beside lessons.
#include "app/lesson_actions.h"
#include "app/main_window.h"
#include "app/start_screen.h"
#include "app/workspaces.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/start/start_page.h"

#include <QAction>
#include <QDockWidget>
#include <QSet>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>
#include <map>
#include <memory>

using namespace headlens;

namespace {

constexpr const char* kLesson = HEADLENS_SOURCE "/resources/lessons/01-attention";

} // namespace

class TestWorkspaces : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<EngineClient> m_engine;
    std::unique_ptr<MainWindow> m_window;

    void openWindow(const QSize& size = {1280, 800})
    {
        m_window = std::make_unique<MainWindow>(m_settings.get(), m_engine.get());
        m_window->resize(size);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->selection()->setExtent({4, 4, 4}, {5});
        settle();
    }
    static void settle()
    {
        for (int i = 0; i < 3; ++i) QCoreApplication::processEvents();
    }
    QDockWidget* dock(const char* view) const
    {
        return m_window->findChild<QDockWidget*>(QString::fromLatin1(viewOf(QString::fromLatin1(view))->title));
    }
    QSet<QString> shown() const
    {
        QSet<QString> ids;
        for (const View& view : views())
            if (!dock(view.id)->isHidden()) ids.insert(QString::fromLatin1(view.id));
        return ids;
    }
    std::map<QDockWidget*, int> widths() const // of the panes that are seen, not of tabs behind others
    {
        std::map<QDockWidget*, int> all;
        for (QDockWidget* pane : m_window->findChildren<QDockWidget*>())
            if (!pane->isHidden() && m_window->rect().intersects(pane->geometry())) all[pane] = pane->width();
        return all;
    }
    void show(const char* workspace)
    {
        m_window->workspaces()->show(QString::fromLatin1(workspace));
        settle();
    }

private Q_SLOTS:
    void init()
    {
        m_settings = std::make_unique<AppSettings>(m_folder.filePath("settings.ini"));
        m_settings->setLanguage("en");
        m_engine = std::make_unique<EngineClient>(QStringList{"/does/not/exist"}); // never started
        openWindow();
    }
    void cleanup()
    {
        m_window.reset();
        m_settings.reset();
        QFile::remove(m_folder.filePath("settings.ini"));
    }

    void everyViewStandsInAWorkspaceAndNoGroupHasMoreThanFiveTabs()
    {
        QSet<QString> placed, ids;
        for (const Workspace& one : workspaces()) {
            QVERIFY(!ids.contains(QString::fromLatin1(one.id)));
            ids.insert(QString::fromLatin1(one.id));
            std::map<Place, int> tabs;
            for (const Pane& pane : one.panes) {
                QVERIFY2(viewOf(QString::fromLatin1(pane.view)) != nullptr, pane.view);
                placed.insert(QString::fromLatin1(pane.view));
                QVERIFY2(++tabs[pane.place] <= 5, one.id);
            }
        }
        for (const View& view : views()) QVERIFY2(placed.contains(QString::fromLatin1(view.id)), view.id);
    }
    void everyWorkspaceShowsItsPanesAndNoOthers_data()
    {
        QTest::addColumn<QString>("id");
        for (const Workspace& one : workspaces())
            if (!one.panes.empty()) QTest::newRow(one.id) << QString::fromLatin1(one.id);
    }
    void everyWorkspaceShowsItsPanesAndNoOthers()
    {
        QFETCH(QString, id);
        show(qPrintable(id));
        QCOMPARE(m_window->workspaces()->current(), id);
        for (const View& view : views()) {
            const Pane* pane = workspaceOf(id)->paneOf(QString::fromLatin1(view.id));
            const bool conditional =
                view.offered != nullptr || view.filled != nullptr || (pane != nullptr && pane->wanted != nullptr);
            if (pane == nullptr) QVERIFY2(dock(view.id)->isHidden(), view.id);
            if (pane != nullptr && !conditional) QVERIFY2(!dock(view.id)->isHidden(), view.id);
        }
    }
    void everyTitleOfATabIsWhole_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QSize>("size");
        for (const QSize& size : {QSize(1280, 800), QSize(1100, 700)}) {
            QTest::addRow("English at %d", size.width()) << QStringLiteral("en") << size;
            QTest::addRow("Chinese at %d", size.width()) << QStringLiteral("zh_CN") << size;
        }
    }
    void everyTitleOfATabIsWhole()
    {
        QFETCH(QString, language);
        QFETCH(QSize, size);
        m_settings->setLanguage(language);
        m_window.reset();
        openWindow(size);
        for (const Workspace& one : workspaces()) {
            if (one.panes.empty()) continue;
            show(one.id);
            for (const QTabBar* bar : m_window->findChildren<QTabBar*>(Qt::FindDirectChildrenOnly)) {
                if (!bar->isVisible()) continue;
                int needed = 0;
                for (int i = 0; i < bar->count(); ++i) needed += bar->tabRect(i).width();
                QVERIFY2(needed <= bar->width(), qPrintable(QStringLiteral("%1: %2 of %3 pixels, first tab %4")
                                                                .arg(QLatin1String(one.id))
                                                                .arg(needed)
                                                                .arg(bar->width())
                                                                .arg(bar->tabText(0))));
            }
        }
    }
    void theSelectionStaysThroughAllOfThem()
    {
        m_window->selection()->heads()->setLayer(2);
        m_window->selection()->heads()->setHead(3);
        m_window->selection()->tokens()->pin({0, 4});
        for (const Workspace& one : workspaces()) show(one.id);
        show("look");
        QCOMPARE(m_window->selection()->heads()->layer(), 2);
        QCOMPARE(m_window->selection()->heads()->head(), 3);
        QCOMPARE(m_window->selection()->tokens()->query().token, 4);
        QVERIFY(m_window->selection()->tokens()->isPinned());
    }
    void eachKeepsItsOwnLayoutAlsoToTheNextStart()
    {
        dock("matrix")->close();
        show("compare");
        QVERIFY(!dock("matrix")->isHidden());
        dock("predictions")->close();
        show("look");
        QVERIFY(dock("matrix")->isHidden());
        QVERIFY(!dock("predictions")->isHidden());
        show("compare");
        m_window->close();
        m_window.reset();
        openWindow();
        QCOMPARE(m_window->workspaces()->current(), QStringLiteral("compare"));
        QVERIFY(dock("predictions")->isHidden());
        show("look");
        QVERIFY(dock("matrix")->isHidden());
    }
    void panesGetBackTheirWidthsAfterASmallWindow_data()
    {
        QTest::addColumn<QSize>("after");
        QTest::newRow("as before") << QSize(1280, 800);
        QTest::newRow("maximised") << QSize(1440, 900);
    }
    void panesGetBackTheirWidthsAfterASmallWindow()
    {
        QFETCH(QSize, after);
        show("inside");
        const std::map<QDockWidget*, int> before = widths();
        QVERIFY(before.size() >= 2);
        m_window->resize(m_window->minimumSizeHint());
        settle();
        QVERIFY(widths() != before);
        m_window->resize(after);
        QTRY_COMPARE(widths(), before);
    }
    void aDamagedLayoutIsKeptAsideAndSaid()
    {
        m_window.reset();
        m_settings->setLayout(QStringLiteral("look"), QByteArray("not a layout"));
        openWindow();
        QVERIFY(m_window->message().contains(QStringLiteral("Look")));
        QVERIFY(!dock("heads")->isHidden());
        QCOMPARE(m_settings->layout(QStringLiteral("look.bad")), QByteArray("not a layout"));
        QVERIFY(m_settings->layout(QStringLiteral("look")).isEmpty());
    }
    void aResetBringsTheCurrentOneBackAndLeavesTheOthers()
    {
        dock("matrix")->close();
        show("change");
        const QSet<QString> before = shown();
        dock("heads")->close();
        m_window->workspaces()->reset();
        settle();
        QCOMPARE(shown(), before);
        show("look");
        QVERIFY(dock("matrix")->isHidden());
    }
    void keysAndRailChooseThemAndTheRailSaysWhichOneIsSeen()
    {
        const auto ticked = [this] {
            QStringList names;
            for (const QToolButton* button : m_window->findChild<QWidget*>("rail")->findChildren<QToolButton*>())
                if (button->isChecked()) names << button->text();
            return names;
        };
        QCOMPARE(ticked(), QStringList{"Look"});
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(m_window->workspaces()->current(), QStringLiteral("change"));
        QCOMPARE(ticked(), QStringList{"Change"});
        QTest::keyClick(m_window.get(), Qt::Key_8, Qt::ControlModifier);
        QVERIFY(m_window->start()->isShown());
        QCOMPARE(ticked(), QStringList{"Models"});
        m_window->start()->leave();
        QCOMPARE(ticked(), QStringList{"Change"});
    }
    void whereThePaneWithTheFocusGoesTheMapsHaveIt()
    {
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->selection()->setExtent({4, 4, 4}, {5});
        show("statistics");
        QWidget* pane = nullptr; // of those that the next workspace does not have
        for (QDockWidget* dock : m_window->findChildren<QDockWidget*>())
            for (QWidget* inside : dock->findChildren<QWidget*>())
                if (inside->isVisible() && inside->focusPolicy() == Qt::StrongFocus) pane = inside;
        QVERIFY(pane != nullptr);
        pane->setFocus();
        QCOMPARE(m_window->focusWidget(), pane);
        const auto* rail = m_window->findChild<QToolBar*>("rail");
        QTest::mouseClick(rail->widgetForAction(rail->actions().at(1)), Qt::LeftButton);
        settle();
        QCOMPARE(m_window->workspaces()->current(), QStringLiteral("explain"));
        QVERIFY2(pane->isVisible() || m_window->centralWidget()->isAncestorOf(m_window->focusWidget()),
                 m_window->focusWidget()->metaObject()->className());
        QVERIFY(!m_window->findChild<QToolBar*>("top")->isAncestorOf(m_window->focusWidget()));
    }
    void aViewIsShownWhereItIsAtHome()
    {
        QVERIFY(m_window->viewNames()->show(QStringLiteral("formula")));
        QCOMPARE(m_window->workspaces()->current(), QStringLiteral("inside"));
        QVERIFY(!dock("formula")->isHidden());
        QVERIFY(m_window->viewNames()->show(QStringLiteral("weights"))); // a pane here as well
        QCOMPARE(m_window->workspaces()->current(), QStringLiteral("inside"));
        QVERIFY(m_window->viewNames()->show(QStringLiteral("statistics")));
        QCOMPARE(m_window->workspaces()->current(), QStringLiteral("statistics"));
    }
    void aLessonOpensBesideItsOwnPanesAndGoesBackToWhereOneWas()
    {
        show("compare");
        QVERIFY(dock("lesson")->isHidden());
        QVERIFY(m_window->lessons()->open(QString::fromLatin1(kLesson)));
        QCOMPARE(m_window->workspaces()->current(), kLearnWorkspace);
        QVERIFY(!dock("lesson")->isHidden());
        show("change"); // its text stays beside
        QVERIFY(!dock("lesson")->isHidden());
        show("learn");
        m_window->viewNames()->show(QStringLiteral("formula")); // as a step does
        QCOMPARE(m_window->workspaces()->current(), kLearnWorkspace);
        QVERIFY(!dock("formula")->isHidden());
        m_window->viewNames()->show(QStringLiteral("positions"));
        QVERIFY2(dock("formula")->isHidden(), "guests of steps do not heap up");
        m_window->lessons()->player()->close();
        QCOMPARE(m_window->workspaces()->current(), QStringLiteral("compare"));
        QVERIFY(dock("lesson")->isHidden());
    }
};

QTEST_MAIN(TestWorkspaces)
#include "tst_workspaces.moc"
