// SPDX-License-Identifier: GPL-3.0-or-later
// Presses every shortcut, and every mnemonic of every menu in both languages, and looks whether it does what it says.
#include "app/command_palette.h"
#include "app/figure_action.h"
#include "app/help/help_window.h"
#include "app/history/keeping.h"
#include "app/openings.h"
#include "app/presenter.h"
#include "app/start_screen.h"
#include "app/workspaces.h"
#include "tests/support/window_stage.h"
#include "widgets/canvas/canvas.h"
#include "widgets/history/history_pane.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/palette/palette_popup.h"
#include "widgets/start/start_page.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/film_player.h"
#include "widgets/viewmodel/history.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTimer>
#include <QUndoStack>

#include <functional>
#include <map>

using namespace headlens;
using namespace headlens::test;

class TestWalkKeys : public QObject, private WindowStage {
    Q_OBJECT

    // What an action must have done. `before` brings the window where the action can be seen.
    struct Promise {
        std::function<void()> before;
        std::function<bool()> done;
    };

    static QString plain(const QString& text) { return text.section('\t', 0, 0).remove('&'); } // and without keys
    // The letter behind &, or of the Chinese form "文件(&F)".
    static QChar mnemonicOf(const QString& text)
    {
        const QKeySequence key = QKeySequence::mnemonic(text);
        return key.isEmpty() ? QChar() : QChar(char16_t(key[0].key()));
    }
    // Dialogs are noted and closed as soon as they come.
    void closeDialogs()
    {
        auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        if (dialog == nullptr) return;
        m_dialog = dialog->windowTitle();
        dialog->reject();
    }
    std::function<bool()> dialog(const QString& title)
    {
        return [this, title] { return m_dialog == title; };
    }
    QList<QMenu*> menus() const
    {
        QList<QMenu*> found;
        for (const QAction* action : m_window->menuBar()->actions()) found << action->menu();
        return found;
    }
    void addMenu(QMenu* menu, QList<QAction*>& all) const
    {
        for (QAction* action : menu->actions()) {
            if (action->isSeparator()) continue;
            if (action->menu() != nullptr)
                addMenu(action->menu(), all);
            else
                all << action;
        }
    }
    QList<QAction*> actions() const
    {
        QList<QAction*> all;
        for (QMenu* menu : menus()) addMenu(menu, all);
        return all;
    }
    void openFilm()
    {
        m_window->player()->open(path("film.avi"));
        QTRY_VERIFY(m_window->player()->isOpen() && model().link()->isSettled());
    }

    using Promises = std::map<QString, Promise>; // by the text of the action
    static void nothing() {}

    Promises promisesOfFiles()
    {
        Promises all{
            {"Open pictures…", {nothing, dialog("Open pictures")}},
            {"Open model folder…", {nothing, dialog("Open a model folder")}},
            {"Open model file…", {nothing, dialog("Open a model file")}},
            {"Set what the model file cannot say…", {nothing, dialog("What the model file cannot say")}},
            {"Convert to safetensors…", {nothing, dialog("Convert a PyTorch checkpoint")}},
            {"Open session…", {nothing, dialog("Open a session")}},
            {"Save session", {nothing, dialog("Save the session")}},
            {"Save session as…", {nothing, dialog("Save the session")}},
            {"Export figure…",
             {nothing,
              [this] {
                  return m_window->figure()->composer() != nullptr && m_window->figure()->composer()->isVisible();
              }}},
            {"Quit", {nothing, [this] { return !m_window->isVisible(); }}},
            {"Open a lesson folder…", {nothing, dialog("Open a lesson folder")}},
            {"Start the engine again",
             {[this] { m_ready = 0; }, [this] { return m_ready > 0 && model().link()->isSettled(); }}},
            {"Engine command…", {nothing, dialog("Engine command")}},
        };
        all["Reconstruction…"] = {[this] {
                                      m_window->openings()->openModel("things-mae");
                                      QTRY_VERIFY(model().link()->isSettled() && model().model().name == "things-mae");
                                      waitForRows();
                                  },
                                  dialog("Export")};
        for (const char* kind : {"Current map…", "Head grid…", "Current row…", "Whole matrix…",
                                 "Bias of relative positions…", "Principal components…"})
            all[kind] = {nothing, dialog("Export")};
        return all;
    }
    // One step in the history.
    void makeStep()
    {
        QUndoStack* steps = m_window->keeping()->history()->stack();
        QTRY_VERIFY(model().link()->isSettled());
        steps->clear();
        selection().heads()->setLayer(selection().heads()->layer() == 0 ? 1 : 0);
        QTRY_COMPARE(steps->count(), 1);
    }
    Promises promisesOfEdit()
    {
        QClipboard* clipboard = QApplication::clipboard();
        const auto at = [this](int index) {
            return [this, index] { return m_window->keeping()->history()->stack()->index() == index; };
        };
        return {
            {"Undo", {[this] { makeStep(); }, at(0)}},
            {"Redo",
             {[this] {
                  makeStep();
                  m_window->keeping()->history()->stack()->undo();
                  QTRY_VERIFY(!m_window->keeping()->bench()->isBusy());
              },
              at(1)}},
            {"History", {nothing, [this] { return m_window->findChild<HistoryPane*>()->isVisible(); }}},
            {"Copy figure", {[=] { clipboard->clear(); }, [=] { return !clipboard->image().isNull(); }}},
            {"Copy as command line",
             {[=] { clipboard->clear(); }, [=] { return clipboard->text().startsWith("headlens-cli export"); }}},
            {"Paste",
             {[=, this] { clipboard->setText(path("b.png")); },
              [this] { return QString::fromStdString(model().input().name).endsWith("b.png"); }}},
        };
    }
    Promises promisesOfLook()
    {
        const auto inLayer = [this](int layer, int head) {
            return [this, layer, head] {
                selection().heads()->setFusion(HeadFusion::Single);
                selection().heads()->setLayer(layer);
                selection().heads()->setHead(head);
            };
        };
        const auto at = [this](int layer, int head) {
            return [this, layer, head] {
                return selection().heads()->layer() == layer && selection().heads()->head() == head;
            };
        };
        return {
            {"Next layer", {inLayer(0, 1), at(1, 1)}},
            {"Previous layer", {inLayer(1, 1), at(0, 1)}},
            {"Next head", {inLayer(0, 1), at(0, 2)}},
            {"Previous head", {inLayer(0, 1), at(0, 0)}},
            {"Play through the layers", {inLayer(0, 0), at(1, 0)}},
            {"Swap direction",
             {[this] { selection().tokens()->setReverse(false); }, [this] { return selection().tokens()->reverse(); }}},
            {"DINO view: class token, all heads",
             {inLayer(0, 0),
              [this] {
                  return selection().heads()->layer() == 1 && selection().heads()->overlaysHeads() &&
                         selection().tokens()->query().token == 0;
              }}},
            {"Let go of the pin",
             {[this] {
                  selection().tokens()->pin({0, 3});
              },
              [this] { return !selection().tokens()->isPinned(); }}},
            {"Hold this run as the baseline",
             {[this] { model().comparison()->release(); }, [this] { return model().comparison()->holds(); }}},
            {"Release the baseline",
             {[this] {
                  model().comparison()->hold();
                  QTRY_VERIFY(model().comparison()->holds());
              },
              [this] { return !model().comparison()->holds(); }}},
        };
    }
    Promises promisesOfFilm()
    {
        const auto film = [this] { openFilm(); };
        const auto frame = [this](qint64 number) { return [this, number] { return model().input().frame == number; }; };
        return {
            {"Open a film…", {nothing, dialog("Open a film")}},
            {"Camera",
             {nothing, [this] { return m_window->player()->isOpen() || m_window->message().contains("camera"); }}},
            {"Play or pause", {film, [this] { return m_window->player()->isPlaying(); }}},
            {"One frame forward", {film, frame(1)}},
            {"One frame back",
             {[this] {
                  openFilm();
                  m_window->player()->step(1);
                  QTRY_COMPARE(model().input().frame, 1);
              },
              frame(0)}},
            {"Export with the current map…", {film, dialog("Export the film")}},
            {"Close the film", {film, [this] { return !m_window->player()->isOpen(); }}},
        };
    }
    Promises promisesOfView()
    {
        const auto zoom = [this] {
            m_window->canvas()->fitToWindow();
            m_wide = m_window->canvas()->rectOf(5).width();
        };
        return {
            {"Commands…", {nothing, [this] { return m_window->palette()->popup()->isVisible(); }}},
            {"Zoom in", {zoom, [this] { return m_window->canvas()->rectOf(5).width() > m_wide * 1.1; }}},
            {"Zoom out", {zoom, [this] { return m_window->canvas()->rectOf(5).width() < m_wide * 0.9; }}},
            {"Fit to window",
             {[this, zoom] {
                  zoom();
                  m_window->canvas()->zoomBy(3);
              },
              [this] { return std::abs(m_window->canvas()->rectOf(5).width() - m_wide) < 0.5; }}},
            {"Start page",
             {nothing,
              [this] { return m_window->start()->page() != nullptr && m_window->start()->page()->isVisible(); }}},
            {"Presenter mode", {nothing, [this] { return m_window->presenter()->isOn(); }}},
            {"Reset this workspace",
             {[this] { m_window->findChild<QDockWidget*>("Heads")->hide(); },
              [this] { return m_window->findChild<QDockWidget*>("Heads")->isVisible(); }}},
        };
    }
    Promises promisesOfHelp()
    {
        const auto shows = [this](const QString& page) {
            return [this, page] {
                const auto* help = m_window->findChild<HelpWindow*>();
                const auto* pages = help->findChild<QTabWidget*>();
                return help->isVisible() && pages->tabText(pages->currentIndex()) == page;
            };
        };
        return {
            {"Keys and gestures", {nothing, shows("Keys and gestures")}},
            {"Glossary", {nothing, shows("Glossary")}},
            {"Lessons", {nothing, [this] { return m_window->workspaces()->current() == kLearnWorkspace; }}},
            {"About HeadLens", {nothing, dialog("About HeadLens")}},
        };
    }
    // One line for every action of the menus, but those that stand for a file, a dock or a choice.
    Promises promises()
    {
        Promises all = promisesOfFiles();
        for (const Workspace& one : workspaces())
            all[QString::fromLatin1(one.title)] = {
                [this, &one] { m_window->workspaces()->show(one.id == kFirstWorkspace ? "change" : "look"); },
                [this, &one] { return m_window->workspaces()->current() == QLatin1String(one.id); }};
        for (Promises some : {promisesOfEdit(), promisesOfLook(), promisesOfFilm(), promisesOfView(), promisesOfHelp()})
            all.merge(some);
        return all;
    }
    // Brings the window where the action can be seen, does `act`, and waits for what the action promises.
    void requireKept(const QString& text, const std::function<void()>& act)
    {
        begin();
        const Promise promise = promises().at(text);
        promise.before();
        QTRY_VERIFY(model().link()->isSettled());
        m_dialog.clear();
        QVERIFY2(!promise.done(), "it is so already");
        m_window->canvas()->setFocus();
        act();
        QTRY_VERIFY2_WITH_TIMEOUT(promise.done(), qPrintable(text), 15'000);
    }
    // Files, docks and choices of settings: the text is a name, not a promise.
    bool standsForAThing(const QAction* action) const
    {
        if (action->actionGroup() != nullptr) return true;
        for (const QDockWidget* dock : m_window->findChildren<QDockWidget*>())
            if (dock->toggleViewAction() == action) return true;
        for (const QMenu* menu : m_window->findChildren<QMenu*>())
            if (menu->actions().contains(const_cast<QAction*>(action)))
                return plain(menu->title()).contains("Recent") || menu->title().contains("mbedded") ||
                       (menu->title().contains("essons") && !action->text().contains("folder"));
        return false;
    }
    void begin(const QString& language = "en")
    {
        openWindow(language);
        connect(&model().link()->client(), &EngineClient::ready, this, [this] { ++m_ready; });
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->canvas()->setFocus();
    }

    QTimer m_closer;
    QString m_dialog;
    double m_wide = 0;
    int m_ready = 0;

private Q_SLOTS:
    void initTestCase()
    {
        writeFiles();
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        connect(&m_closer, &QTimer::timeout, this, &TestWalkKeys::closeDialogs);
        m_closer.start(10);
    }
    void cleanup() { closeWindow(); }

    void everyActionOfTheMenusIsChecked()
    {
        begin();
        const Promises known = promises();
        QStringList unknown, texts;
        for (const QAction* action : actions()) {
            texts << plain(action->text());
            if (!standsForAThing(action) && !known.contains(texts.last())) unknown << texts.last();
        }
        QCOMPARE(unknown, QStringList()); // an action that nobody checks
        for (const auto& [text, promise] : known) QVERIFY2(texts.contains(text), qPrintable(text));
    }

    void everyShortcutDoesWhatItSays_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QKeySequence>("key");
        begin();
        QSet<QString> taken;
        for (const QAction* action : actions())
            for (const QKeySequence& key : action->shortcuts()) {
                if (plain(action->text()) == "Start page" && key == QKeySequence(Qt::Key_HomePage))
                    continue; // no such key here
                QTest::newRow(qPrintable(plain(action->text()) + " " + key.toString())) << plain(action->text()) << key;
                QVERIFY2(!taken.contains(key.toString()), qPrintable(key.toString()));
                taken.insert(key.toString());
            }
        closeWindow();
    }
    void everyShortcutDoesWhatItSays()
    {
        QFETCH(QString, text);
        QFETCH(QKeySequence, key);
        requireKept(text, [&] { QTest::keyClick(m_window.get(), key[0].key(), key[0].keyboardModifiers()); });
    }
    void barePlusAndMinusZoom()
    {
        begin();
        const double fitted = m_window->canvas()->rectOf(5).width();
        QTest::keyClick(m_window->canvas(), Qt::Key_Plus);
        QVERIFY(m_window->canvas()->rectOf(5).width() > fitted);
        QTest::keyClick(m_window->canvas(), Qt::Key_Minus);
        QTest::keyClick(m_window->canvas(), Qt::Key_Minus);
        QVERIFY(m_window->canvas()->rectOf(5).width() < fitted);
    }

    void mnemonicsAreThereOnce_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << "en";
        QTest::newRow("Chinese") << "zh_CN";
    }
    void mnemonicsAreThereOnce()
    {
        QFETCH(QString, language);
        begin(language);
        QList<QPair<QString, QStringList>> groups; // whose letters are pressed in one place
        QStringList bar;
        for (const QMenu* menu : menus()) bar << menu->title();
        // Labels of a form answer Alt and their letter beside the menus.
        m_window->start()->show();
        QStringList start = bar; // the docks are put away while it is there
        for (const QLabel* label : m_window->findChildren<QLabel*>())
            if (label->buddy() != nullptr && !mnemonicOf(label->text()).isNull()) bar << label->text();
        for (const QAbstractButton* button : m_window->findChildren<QAbstractButton*>())
            if (!mnemonicOf(button->text()).isNull())
                (m_window->start()->page()->isAncestorOf(button) ? start : bar) << button->text();
        groups.append({"Alt", bar});
        groups.append({"Alt on the start page", start});
        for (const QMenu* menu : m_window->findChildren<QMenu*>()) {
            QStringList texts;
            for (const QAction* action : menu->actions())
                if (!mnemonicOf(action->text()).isNull()) texts << action->text();
            groups.append({menu->title(), texts});
        }
        for (const auto& [where, texts] : groups) {
            QMap<QChar, QString> taken;
            for (const QString& text : texts) {
                const QChar letter = mnemonicOf(text);
                QVERIFY2(!letter.isNull(), qPrintable(where + ": " + text));
                QVERIFY2(!taken.contains(letter), qPrintable(where + ": " + taken.value(letter) + " and " + text));
                taken.insert(letter, text);
            }
        }
    }
    void everyMnemonicOpensItsMenuAndTriggersItsAction_data() { mnemonicsAreThereOnce_data(); }
    void everyMnemonicOpensItsMenuAndTriggersItsAction()
    {
        QFETCH(QString, language);
        begin(language);
        // What they do is held by the tests of shortcuts and of the other actions; here only that the letter reaches
        // them.
        for (QAction* action : actions()) disconnect(action, &QAction::triggered, nullptr, nullptr);
        for (QMenu* menu : menus()) {
            const auto open = [&] {
                QTest::keyClick(m_window.get(), Qt::Key(mnemonicOf(menu->title()).unicode()), Qt::AltModifier);
                return QTest::qWaitFor([&] { return menu->isVisible(); }, 2'000);
            };
            QVERIFY2(open(), qPrintable(menu->title()));
            menu->hide();
            for (QAction* action : menu->actions()) {
                const QChar letter = mnemonicOf(action->text());
                if (letter.isNull() || !action->isEnabled()) continue;
                QVERIFY2(open(), qPrintable(menu->title()));
                const bool submenu = action->menu() != nullptr;
                QSignalSpy reached(action, &QAction::triggered);
                QTest::keyClick(menu, Qt::Key(letter.unicode()));
                const bool hit = submenu ? QTest::qWaitFor([&] { return action->menu()->isVisible(); }, 2'000)
                                         : reached.count() == 1;
                const QString what = menu->title() + " > " + action->text();
                if (submenu) action->menu()->hide();
                menu->hide();
                QVERIFY2(hit, qPrintable(what));
            }
        }
    }

    // Those without a shortcut, from the menu.
    void everyOtherActionDoesWhatItSays_data()
    {
        QTest::addColumn<QString>("text");
        begin();
        for (const QAction* action : actions())
            if (action->shortcuts().isEmpty() && !standsForAThing(action))
                QTest::newRow(qPrintable(plain(action->text()))) << plain(action->text());
        closeWindow();
    }
    void everyOtherActionDoesWhatItSays()
    {
        QFETCH(QString, text);
        requireKept(text, [&] {
            const QList<QAction*> all = actions();
            (*std::ranges::find_if(all, [&](const QAction* one) { return plain(one->text()) == text; }))->trigger();
        });
    }
};

QTEST_MAIN(TestWalkKeys)
#include "tst_walk_keys.moc"
