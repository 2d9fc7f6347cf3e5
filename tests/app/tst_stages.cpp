// SPDX-License-Identifier: GPL-3.0-or-later
// Start page and presenter mode in the window, without an engine: what is put away comes back as it was.
#include "app/command_line.h"
#include "app/cursor_highlight.h"
#include "app/lesson_actions.h"
#include "app/main_window.h"
#include "app/openings.h"
#include "app/presenter.h"
#include "app/start_screen.h"
#include "widgets/canvas/canvas.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/start/drop_area.h"
#include "widgets/start/lesson_list.h"
#include "widgets/start/start_page.h"
#include "widgets/start/welcome.h"
#include "widgets/text/text_pane.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QDockWidget>
#include <QDropEvent>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProxyStyle>
#include <QSet>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>
#include <QToolTip>

#include <memory>

using namespace headlens;

namespace {

constexpr const char* kLesson = HEADLENS_SOURCE "/resources/lessons/01-attention";

// A desktop that asks for this much motion, in milliseconds.
class Moving : public QProxyStyle {
public:
    Moving(QWidget* owner, int duration) : m_duration(duration)
    {
        setParent(owner); // widgets do not own their style
        owner->setStyle(this);
    }
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override
    {
        return hint == SH_Widget_Animation_Duration ? m_duration : QProxyStyle::styleHint(hint, option, widget, data);
    }

private:
    int m_duration;
};

} // namespace

class TestStages : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<EngineClient> m_engine;
    std::unique_ptr<MainWindow> m_window;

    // Places of all docks, and whether they are there.
    QHash<QString, QRect> docks() const
    {
        QHash<QString, QRect> all;
        for (const QDockWidget* dock : m_window->findChildren<QDockWidget*>())
            all.insert(dock->objectName(), dock->isHidden() ? QRect() : dock->geometry());
        return all;
    }
    QSet<QString> bareDocks() const // without a title bar of their own
    {
        QSet<QString> names;
        for (const QDockWidget* dock : m_window->findChildren<QDockWidget*>())
            if (dock->titleBarWidget() != nullptr) names.insert(dock->objectName());
        return names;
    }
    int visibleDocks() const
    {
        int count = 0;
        for (const QDockWidget* dock : m_window->findChildren<QDockWidget*>()) count += dock->isVisible() ? 1 : 0;
        return count;
    }
    // Docks and tabs find their places with the next events.
    static void settle()
    {
        for (int i = 0; i < 3; ++i) QCoreApplication::processEvents();
    }
    QDockWidget* dock(const char* name) { return m_window->findChild<QDockWidget*>(QString::fromLatin1(name)); }
    Presenter& presenter() { return *m_window->presenter(); }
    void press(int key, Qt::KeyboardModifiers with = {})
    {
        QWidget* where = m_window->focusWidget() != nullptr ? m_window->focusWidget() : m_window.get();
        QTest::keyClick(where, Qt::Key(key), with);
    }

private Q_SLOTS:
    void init()
    {
        m_settings = std::make_unique<AppSettings>(m_folder.filePath("settings.ini"));
        m_settings->setLanguage("en");
        m_engine = std::make_unique<EngineClient>(QStringList{"/does/not/exist"}); // never started
        m_window = std::make_unique<MainWindow>(m_settings.get(), m_engine.get());
        m_window->resize(760, 560);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->selection()->setExtent({4, 4, 4}, {5});
        settle();
    }
    void cleanup()
    {
        m_window.reset();
        QFile::remove(m_folder.filePath("settings.ini"));
    }

    void theStartPageHasTheWindowToItselfAndEscapeBringsEverythingBack()
    {
        const QByteArray before = m_window->saveState();
        const auto places = docks();
        m_window->start()->show();
        QVERIFY(m_window->start()->page()->isVisible());
        QVERIFY(!m_window->canvas()->isVisible());
        QCOMPARE(visibleDocks(), 0);
        QCOMPARE(m_window->focusWidget(), m_window->start()->page()->doors().first());
        press(Qt::Key_Escape);
        QVERIFY(!m_window->start()->page()->isVisible());
        QVERIFY(m_window->canvas()->isVisible());
        QVERIFY(m_window->canvas()->hasFocus());
        QTRY_COMPARE(docks(), places);
        const QByteArray after = m_window->saveState(); // docks that wait behind tabs are laid out anew once
        QCOMPARE(after.size(), before.size());
        m_window->start()->show();
        m_window->start()->leave();
        QTRY_COMPARE(docks(), places);
        QTRY_COMPARE(m_window->saveState(), after);
    }
    void itsKeyBringsItBack()
    {
        QTest::keyClick(m_window->canvas(), Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(m_window->start()->page()->isVisible());
        m_window->start()->show(); // twice is once
        press(Qt::Key_Escape);
        QVERIFY(visibleDocks() > 0);
    }
    void whateverIsOpenedPutsItAway()
    {
        m_window->start()->show();
        m_window->openings()->openModel("emoji-vit");
        QVERIFY(!m_window->start()->page()->isVisible());
        m_window->start()->show();
        m_window->openings()->openPictureFile(HEADLENS_SOURCE "/resources/images/coffee.jpg");
        QVERIFY(!m_window->start()->page()->isVisible());
        m_window->start()->show();
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(HEADLENS_SOURCE "/resources/images/rocket.jpg")});
        const QPointF middle(m_window->width() / 2.0, m_window->height() / 2.0); // on the page itself
        QDragEnterEvent enter(middle.toPoint(), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(middle, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &drop);
        QVERIFY(!m_window->start()->page()->isVisible());
        const QWidget* area = m_window->start()->page()->welcome()->area(); // hands on what it is given
        for (const QWidget* part : m_window->start()->page()->findChildren<QWidget*>())
            QVERIFY(part == area || !part->acceptDrops());
    }
    void whatCannotBeOpenedIsSaidAboveIt()
    {
        m_window->start()->show();
        m_window->openings()->open({});
        QVERIFY(m_window->start()->page()->isVisible());
        QVERIFY(!m_window->message().isEmpty());
    }
    void aLessonFromItsLineComesWithItsDock()
    {
        QVERIFY(dock("Lesson")->isHidden());
        m_window->start()->show();
        const QDir along(QStringLiteral(HEADLENS_SOURCE "/resources/lessons"));
        const auto folders = along.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(m_window->start()->page()->lessons()->rows().size(), folders.size());
        m_window->start()->page()->lessons()->rows().first()->click();
        QVERIFY(m_window->lessons()->player()->isOpen());
        QTRY_VERIFY(dock("Lesson")->isVisible());
        m_window->start()->show();
        m_window->lessons()->player()->close(); // by a key, for all the page knows
        m_window->start()->leave();
        QVERIFY(dock("Lesson")->isHidden());
    }
    void ownWeightsAreAFolderOrAFile()
    {
        m_window->start()->show();
        m_window->start()->page()->doors()[2]->click();
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu != nullptr);
        QCOMPARE(menu->actions().size(), 2);
        menu->close();
        QVERIFY(m_window->start()->page()->isVisible());
    }
    void aSentenceBeginsWithATextModel()
    {
        m_window->start()->show();
        m_window->start()->page()->doors()[1]->click();
        QVERIFY(!m_window->start()->page()->isVisible());
    }
    void closingOnItRemembersTheLayoutBelow()
    {
        dock("Heads")->hide();
        m_window->start()->show();
        m_window->close();
        const MainWindow again(m_settings.get(), m_engine.get());
        QVERIFY(again.findChild<QDockWidget*>("Heads")->isHidden());
        QVERIFY(!again.findChild<QDockWidget*>("Controls")->isHidden());
    }
    void whetherItComesAtStartIsRemembered()
    {
        QVERIFY(m_settings->showsStartPage());
        m_window->start()->page()->findChild<QCheckBox*>()->click();
        QVERIFY(!m_settings->showsStartPage());
        MainWindow again(m_settings.get(), m_engine.get());
        QVERIFY(!again.start()->page()->findChild<QCheckBox*>()->isChecked());
    }
    void aCommandLineThatSaysWhatToShowNeedsNoStartPage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<bool>("says");
        QTest::newRow("nothing") << QStringList{} << false;
        QTest::newRow("how only") << QStringList{"--theme", "dark", "--size", "900x600"} << false;
        QTest::newRow("a picture") << QStringList{"a.png"} << true;
        QTest::newRow("a model") << QStringList{"--model", "emoji-swin"} << true;
        QTest::newRow("a layer") << QStringList{"--layer", "2"} << true;
        QTest::newRow("a lesson") << QStringList{"--lesson", "x"} << true;
    }
    void aCommandLineThatSaysWhatToShowNeedsNoStartPage()
    {
        QFETCH(QStringList, arguments);
        QFETCH(bool, says);
        QCOMPARE(parseCommandLine(QStringList{"headlens"} + arguments).saysWhat, says);
    }

    void presentingLeavesOnlyTheStageAndEscapeBringsEverythingBack()
    {
        dock("Matrix")->hide();
        settle();
        const QRect geometry = m_window->geometry();
        const auto places = docks();
        const QFont font = m_window->font(), tip = QToolTip::font();
        const QSet<QString> bare = bareDocks();
        press(Qt::Key_F5);
        QVERIFY(presenter().isOn());
        for (const QToolBar* bar : m_window->findChildren<QToolBar*>()) QVERIFY(!bar->isVisible());
        QVERIFY(m_window->isFullScreen());
        QVERIFY(!m_window->menuBar()->isVisible() && !m_window->statusBar()->isVisible());
        QCOMPARE(visibleDocks(), 0); // no lesson is open
        QVERIFY(m_window->canvas()->isVisible());
        QVERIFY(m_window->font().pointSizeF() > 1.5 * font.pointSizeF());
        QVERIFY(m_window->textPane()->edit()->font().pointSizeF() > 1.5 * font.pointSizeF());
        press(Qt::Key_Escape);
        QVERIFY(!presenter().isOn());
        QVERIFY(!m_window->isFullScreen());
        QVERIFY(m_window->menuBar()->isVisible() && m_window->statusBar()->isVisible());
        QCOMPARE(m_window->font(), font);
        QCOMPARE(QToolTip::font(), tip);
        QTRY_COMPARE(m_window->geometry(), geometry);
        QTRY_COMPARE(docks(), places);
        QTRY_COMPARE(bareDocks(), bare); // those that are named by their tabs
        for (const QToolBar* bar : m_window->findChildren<QToolBar*>()) QVERIFY(bar->isVisible());
    }
    void aMaximisedWindowIsMaximisedAgain()
    {
        m_window->showMaximized();
        presenter().enter();
        QVERIFY(m_window->isFullScreen());
        presenter().leave();
        QVERIFY(m_window->isMaximized() && !m_window->isFullScreen());
    }
    void theSizeOfTheTypeIsChangedAndRemembered()
    {
        presenter().enter();
        const double before = m_window->font().pointSizeF(), scale = presenter().scale();
        QAction* zoom = nullptr;
        for (QAction* action : m_window->findChildren<QAction*>())
            if (action->text() == "Zoom &in") zoom = action;
        QSignalSpy zoomed(zoom, &QAction::triggered);
        press(Qt::Key_Plus, Qt::ControlModifier);
        press(Qt::Key_Equal, Qt::ControlModifier);
        QVERIFY(m_window->font().pointSizeF() > before);
        QVERIFY(std::abs(presenter().scale() - scale - 0.2) < 1e-9);
        press(Qt::Key_Minus, Qt::ControlModifier);
        QVERIFY(std::abs(m_settings->presenterScale() - scale - 0.1) < 1e-9);
        QCOMPARE(zoomed.count(), 0);
        presenter().setScale(99);
        QCOMPARE(presenter().scale(), 3.0);
        presenter().leave();
        press(Qt::Key_Plus, Qt::ControlModifier);
        QCOMPARE(zoomed.count(), 1); // the canvas' again
    }
    void aLessonStaysAndIsWalkedByARemoteControl()
    {
        QVERIFY(m_window->lessons()->open(QString::fromLatin1(kLesson)));
        LessonPlayer& lessons = *m_window->lessons()->player();
        presenter().enter();
        QVERIFY(dock("Lesson")->isVisible());
        QVERIFY(dock("Lesson")->titleBarWidget() != nullptr);
        m_window->canvas()->setFocus();
        press(Qt::Key_PageDown);
        QCOMPARE(lessons.progress().revealed(), 1);
        press(Qt::Key_Right);
        QCOMPARE(lessons.progress().step(), 1);
        press(Qt::Key_Space);
        QCOMPARE(lessons.progress().revealed(), 1);
        press(Qt::Key_Left);
        press(Qt::Key_PageUp);
        QCOMPARE(lessons.progress().step(), 0);
        lessons.close();
        QVERIFY(dock("Lesson")->isHidden());
        presenter().leave();
        QVERIFY2(dock("Lesson")->isHidden(), "it was open before, but is over");
    }
    void thePanelOfAStepIsShownWithIt()
    {
        QVERIFY(m_window->lessons()->open(QString::fromLatin1(kLesson)));
        const Lesson& lesson = m_window->lessons()->player()->progress().lesson();
        std::size_t step = 0;
        while (step < lesson.steps.size() && lesson.steps[step].view.panel != "pair") ++step;
        QVERIFY(step < lesson.steps.size());
        presenter().enter();
        m_window->lessons()->player()->go(int(step));
        QVERIFY(dock("Pair")->isVisible());
        m_window->lessons()->player()->go(0);
        QCOMPARE(dock("Pair")->isVisible(), lesson.steps[0].view.panel == "pair");
        presenter().leave();
        QVERIFY(!dock("Pair")->titleBarWidget());
    }
    void digitsChooseHeadsAndPagesLayers()
    {
        presenter().enter();
        press(Qt::Key_3);
        QCOMPARE(m_window->selection()->heads()->head(), 3);
        press(Qt::Key_9); // there is none such
        QCOMPARE(m_window->selection()->heads()->head(), 3);
        press(Qt::Key_PageDown);
        press(Qt::Key_BracketRight);
        QCOMPARE(m_window->selection()->heads()->layer(), 2);
        press(Qt::Key_PageUp);
        QCOMPARE(m_window->selection()->heads()->layer(), 1);
    }
    void theKeysAreNotTypedIntoTheText()
    {
        QVERIFY(m_window->lessons()->open(QString::fromLatin1(kLesson)));
        m_window->textPane()->show();
        QPlainTextEdit* edit = m_window->textPane()->edit();
        QTRY_VERIFY(dock("Lesson")->isVisible());
        m_window->lessons()->player()->setFocus();
        const QWidget* before = m_window->focusWidget();
        presenter().enter();
        QVERIFY(m_window->focusWidget() != edit);
        press(Qt::Key_Space);
        QCOMPARE(m_window->lessons()->player()->progress().revealed(), 1);
        presenter().leave();
        QCOMPARE(m_window->focusWidget(), before);
        edit->setFocus();
        presenter().enter();
        QVERIFY(m_window->focusWidget() != edit);
        presenter().leave();
        QCOMPARE(m_window->focusWidget(), edit);
    }
    void whatIsTypedIsText()
    {
        presenter().enter();
        QPlainTextEdit* edit = m_window->textPane()->edit();
        m_window->textPane()->show();
        edit->setFocus();
        QTest::keyClicks(edit, "3 red");
        QCOMPARE(edit->toPlainText(), QString("3 red"));
        QCOMPARE(m_window->selection()->heads()->head(), 0);
    }
    void theStartPageInPresenterModeKeepsItsKeys()
    {
        presenter().enter();
        press(Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(m_window->start()->page()->isVisible());
        press(Qt::Key_Right);
        QCOMPARE(m_window->focusWidget(), m_window->start()->page()->doors()[1]);
        m_window->start()->page()->lessons()->rows().first()->click();
        QVERIFY(dock("Lesson")->isVisible());
        QCOMPARE(visibleDocks(), 1);
        press(Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(visibleDocks(), 0);
        press(Qt::Key_Escape); // the page
        QVERIFY(presenter().isOn());
        QVERIFY(dock("Lesson")->isVisible());
        press(Qt::Key_Escape);
        QVERIFY(!presenter().isOn());
        QVERIFY2(!dock("Lesson")->isHidden(), "it was opened meanwhile");
        QVERIFY(visibleDocks() > 1);
    }
    void closingWhilePresentingRemembersWindowAndLayoutOfBefore()
    {
        dock("Heads")->hide();
        const QSize size = m_window->size();
        presenter().enter();
        m_window->close();
        const MainWindow again(m_settings.get(), m_engine.get());
        QCOMPARE(again.size(), size);
        QVERIFY(!again.isFullScreen());
        QVERIFY(again.findChild<QDockWidget*>("Heads")->isHidden());
        QVERIFY(!again.findChild<QDockWidget*>("Controls")->isHidden());
    }
    void theRingFollowsTheMouseAndTakesNothing()
    {
        presenter().enter();
        CursorHighlight& ring = *presenter().ring();
        new Moving(&ring, 200);
        const QPoint point(200, 150);
        QTest::mouseMove(m_window->windowHandle(), point);
        QTRY_COMPARE(ring.geometry().center() + QPoint(1, 1), point);
        QVERIFY(ring.isVisible() && ring.testAttribute(Qt::WA_TransparentForMouseEvents));
        QVERIFY(m_window->childAt(point) != &ring);
        QVERIFY(!ring.isPulsing());
        QTest::mouseClick(m_window->windowHandle(), Qt::LeftButton, {}, point);
        QVERIFY(ring.isPulsing());
        QVERIFY(!ring.grab().isNull());
        QTRY_VERIFY(!ring.isPulsing());
        presenter().leave();
        QVERIFY(!ring.isVisible());
    }
    void withoutMotionTheRingIsStill()
    {
        presenter().enter();
        new Moving(presenter().ring(), 0);
        QTest::mouseClick(m_window->windowHandle(), Qt::LeftButton, {}, QPoint(200, 150));
        QVERIFY(presenter().ring()->isVisible());
        QVERIFY(!presenter().ring()->isPulsing());
    }
};

QTEST_MAIN(TestStages)
#include "tst_stages.moc"
