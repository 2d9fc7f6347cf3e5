// SPDX-License-Identifier: GPL-3.0-or-later
// What people come for, done as they do it: by events on the real window over a real engine. Counts the actions (one
// click, one key with its modifiers, one drop) and prints them with the time it took; times are not judged here.
#include "app/command_palette.h"
#include "app/figure_action.h"
#include "app/top_bar.h"
#include "app/workspaces.h"
#include "tests/support/window_stage.h"
#include "widgets/canvas/canvas.h"
#include "widgets/common/field_button.h"
#include "widgets/heads/head_grid.h"
#include "widgets/heads/head_order.h"
#include "widgets/heads/heads_bar.h"
#include "widgets/heads/heads_view.h"
#include "widgets/palette/palette_popup.h"
#include "widgets/panels/predictions_panel.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/head_statistics.h"
#include "widgets/viewmodel/method_map.h"

#include <QElapsedTimer>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

using namespace headlens;
using namespace headlens::test;

class TestTasks : public QObject, private WindowStage {
    Q_OBJECT
    int m_actions = 0;
    QElapsedTimer m_clock;

    void begin()
    {
        m_actions = 0;
        m_clock.start();
    }
    void end(const char* task, int most)
    {
        qInfo("%s: %d actions, %lld ms", task, m_actions, static_cast<long long>(m_clock.elapsed()));
        QVERIFY2(m_actions <= most, task);
    }
    void click(QWidget* widget, const QPoint& at, Qt::MouseButton button = Qt::LeftButton)
    {
        ++m_actions;
        QTest::mouseClick(widget, button, {}, at);
    }
    void key(QWidget* widget, Qt::Key one, Qt::KeyboardModifiers with = {})
    {
        ++m_actions;
        QTest::keyClick(widget, one, with);
    }
    // Clicks a button that opens a menu, and in it the line that `wanted` says: two actions.
    template <class Wanted>
    bool chooseFrom(QToolButton* button, Wanted wanted)
    {
        bool found = false;
        QTimer::singleShot(0, this, [&] { // the menu runs a loop of its own
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            if (menu == nullptr) return;
            for (QAction* action : menu->actions())
                if (!found && wanted(*action)) {
                    found = true;
                    click(menu, menu->actionGeometry(action).center());
                }
            if (!found) menu->close();
        });
        click(button, button->rect().center());
        return found;
    }
    // With heads, predictions and a photograph: the smallest real model that comes along.
    void openReal()
    {
        m_window->openings()->openModel(QStringLiteral("emoji-vit"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "emoji-vit", 60'000);
        waitForRows();
    }
    // Ctrl+K, what is typed, Enter.
    void byName(const QString& typed)
    {
        m_window->activateWindow(); // a dialog may just have closed
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        key(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto* popup = m_window->palette()->popup();
        QTRY_VERIFY(popup->isVisible());
        auto* line = popup->findChild<QLineEdit*>();
        QTest::keyClicks(line, typed);
        m_actions += int(typed.size());
        key(line, Qt::Key_Return);
        QTRY_VERIFY(!popup->isVisible());
    }
    // With the tabulator, as long as it takes.
    bool tabTo(const QWidget* wanted)
    {
        constexpr int kMost = 150;
        for (int i = 0; i < kMost && QApplication::focusWidget() != wanted; ++i) {
            QWidget* from = QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : m_window.get();
            key(from, Qt::Key_Tab);
        }
        return QApplication::focusWidget() == wanted;
    }
    // Types a path into the file dialog that `open` runs.
    template <class Open>
    void choose(const QString& file, Open open)
    {
        QTimer look; // the dialog runs a loop of its own
        connect(&look, &QTimer::timeout, this, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr) return;
            look.stop();
            dialog->findChild<QLineEdit*>("fileNameEdit")->setText(file);
            key(dialog, Qt::Key_Return);
        });
        look.start(5);
        open();
        QTRY_VERIFY(!look.isActive());
    }
    QRectF cell(int layer, int head) { return m_window->findChild<HeadGrid*>()->cellRect(layer, head); }

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void init()
    {
        m_opensAt = {1440, 900};
        openWindow();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup() { closeWindow(); }

    void aDroppedPhotographShowsTheHeatOfTheLastLayer()
    {
        const QString deit = QStringLiteral(HEADLENS_SOURCE "/../shared/models/deit-tiny-patch16-224");
        m_window->openings()->openModel(QFileInfo::exists(deit) ? deit : QStringLiteral("emoji-vit"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name != "model", 60'000);
        waitForRows();
        QSignalSpy painted(m_window->canvas(), &Canvas::painted);
        begin();
        drop({QStringLiteral(HEADLENS_SOURCE "/resources/images/chelsea.jpg")});
        QTRY_VERIFY_WITH_TIMEOUT(model().input().name.ends_with("chelsea.jpg") && model().link()->isSettled() &&
                                     !model().rows()->layers().empty(),
                                 30'000);
        painted.clear();
        QTRY_VERIFY(!painted.isEmpty() || model().rows()->of().token >= 0);
        QCOMPARE(selection().heads()->layer(), selection().heads()->layers() - 1);
        QVERIFY(!model().rows()->current().empty());
        end("a photograph dropped, heat of the last layer seen", 0);
    }
    void aModelUsedLastWeekIsOpenedAgain()
    {
        m_settings->addRecent(QStringLiteral("models"), path("other"));
        auto* field = m_window->findChild<QWidget*>("top")->findChildren<FieldButton*>().first();
        begin();
        QVERIFY(chooseFrom(field, [this](const QAction& action) { return action.text() == path("other"); }));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "other", 30'000);
        end("open a model used last week", 2);
    }
    void theHeadThatLooksMostAtClsIsFound()
    {
        openReal();
        auto* heads = m_window->findChild<HeadsView*>();
        begin();
        QVERIFY(chooseFrom(heads->bar()->sortButton(), [&](const QAction& action) {
            return action.text() == heads->order()->text(HeadSort::FirstToken);
        }));
        QTRY_VERIFY_WITH_TIMEOUT(!heads->order()->isWaiting() && !heads->order()->ranked().empty(), 30'000);
        double most = 0;
        for (int layer = 0; layer < selection().heads()->layers(); ++layer)
            for (int head = 0; head < selection().heads()->headCount(layer); ++head)
                most = std::max(most, model().statistics()->of(layer, head, HeadStatistic::FirstToken));
        const HeadPlace first = heads->order()->ranked().front().place;
        QCOMPARE(model().statistics()->of(first.layer, first.head, HeadStatistic::FirstToken), most);
        const QRectF place = cell(first.layer, first.head); // it stands before all others
        QVERIFY(heads->grid()->layoutOfHeads().cellAt(place.center()) == &heads->grid()->layoutOfHeads().cells.front());
        end("the head that looks most at CLS", 2);
    }
    void anotherClassIsExplained()
    {
        openReal();
        m_window->workspaces()->show(QStringLiteral("explain"));
        QTest::qWait(0);
        auto* predictions = m_window->findChild<PredictionsPanel*>();
        begin();
        click(predictions, predictions->lineRect(1).center().toPoint());
        QTRY_VERIFY_WITH_TIMEOUT(!model().map()->shown().streams.empty(), 30'000);
        QCOMPARE(model().map()->shown().target, model().input().outputs.get<verbs::Classes>().best[1].index);
        end("which class a map explains, changed to another", 1);
    }
    void aHeadIsSwitchedOffAndOneSeesWhatChanges()
    {
        openReal();
        m_window->workspaces()->show(QStringLiteral("change"));
        QTest::qWait(0);
        auto* grid = m_window->findChild<HeadGrid*>();
        begin();
        click(grid, cell(5, 3).center().toPoint(), Qt::MiddleButton);
        QTRY_COMPARE_WITH_TIMEOUT(model().request().text.ablated.size(), std::size_t(1), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(model().comparison()->isOn() && model().rows()->of().difference, 30'000);
        end("switch head 3 of layer 5 off and see what changes", 1);
        click(grid, cell(5, 3).center().toPoint(), Qt::MiddleButton);
        QTRY_VERIFY_WITH_TIMEOUT(!model().comparison()->holds() && model().request().text.ablated.empty(), 30'000);
    }
    void theHeadGridBecomesAPdfForAPaper()
    {
        openReal();
        const QString pdf = path("grid.pdf");
        begin();
        auto* button = m_window->findChild<QWidget*>("top")->findChild<QToolButton*>("figure");
        click(button, button->rect().center());
        QTRY_VERIFY(m_window->figure()->composer() != nullptr);
        FigureComposer* composer = m_window->figure()->composer();
        QTRY_VERIFY_WITH_TIMEOUT(composer->isReady(), 60'000);
        QCOMPARE(composer->spec().content.rows.what, FigureAxis::Heads);
        auto* exporting = composer->findChild<QPushButton*>("export");
        QTRY_VERIFY(exporting->isEnabled());
        choose(pdf, [&] { click(exporting, exporting->rect().center()); });
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(pdf).size() > 1000, 30'000);
        QFile file(pdf);
        QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll().startsWith("%PDF"));
        end("head grid of my picture as a PDF for a paper", 3);
        composer->close();
    }
    void anyActionIsDoneByItsName()
    {
        const bool reverse = selection().tokens()->reverse();
        begin();
        key(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto* popup = m_window->palette()->popup();
        QTRY_VERIFY(popup->isVisible());
        auto* line = popup->findChild<QLineEdit*>();
        for (const Qt::Key letter : {Qt::Key_S, Qt::Key_W, Qt::Key_A}) key(line, letter); // swap direction
        key(line, Qt::Key_Return);
        QTRY_VERIFY(!popup->isVisible());
        QTRY_COMPARE(selection().tokens()->reverse(), !reverse);
        end("any action by its name", 5);
    }
    void everyTaskIsDoneByTheKeyboardAlone()
    {
        constexpr int kPatient = 1000; // they are counted, not limited
        begin();
        m_settings->addRecent(QStringLiteral("models"), path("other"));
        byName(QStringLiteral("other"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "other", 30'000);
        end("keyboard: a model used last week", kPatient);

        begin();
        byName(QStringLiteral("emoji-vit"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "emoji-vit", 60'000);
        choose(path("b.png"), [this] { key(m_window.get(), Qt::Key_O, Qt::ControlModifier); });
        QTRY_VERIFY_WITH_TIMEOUT(QString::fromStdString(model().input().name).endsWith("b.png"), 30'000);
        waitForRows();
        end("keyboard: a picture", kPatient);

        begin();
        byName(QStringLiteral("sort heads share on CLS"));
        QTRY_COMPARE(m_window->findChild<HeadsView*>()->order()->sort(), HeadSort::FirstToken);
        end("keyboard: the head that looks most at CLS", kPatient);

        begin();
        byName(QStringLiteral("class 1"));
        QTRY_VERIFY_WITH_TIMEOUT(!model().map()->shown().streams.empty() && model().map()->shown().target == 1, 30'000);
        end("keyboard: another class", kPatient);

        begin();
        key(m_window.get(), Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(m_window->workspaces()->current(), kChangeWorkspace);
        byName(QStringLiteral("5.3"));
        QVERIFY(tabTo(m_window->findChild<HeadGrid*>()));
        key(QApplication::focusWidget(), Qt::Key_X);
        QTRY_COMPARE_WITH_TIMEOUT(model().request().text.ablated.size(), std::size_t(1), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(model().comparison()->isOn(), 30'000);
        end("keyboard: a head off", kPatient);

        begin();
        const QString pdf = path("keys.pdf");
        key(m_window.get(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(m_window->figure()->composer() != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->figure()->composer()->isReady(), 60'000);
        auto* exporting = m_window->figure()->composer()->findChild<QPushButton*>("export");
        QTRY_VERIFY(exporting->isEnabled());
        choose(pdf, [&] { key(exporting, Qt::Key_Space); });
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(pdf).size() > 1000, 30'000);
        m_window->figure()->composer()->close();
        end("keyboard: a PDF", kPatient);
    }
};

QTEST_MAIN(TestTasks)
#include "tst_tasks.moc"
