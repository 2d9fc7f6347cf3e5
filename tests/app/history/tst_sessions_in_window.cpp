// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions, undo, autosave and copied figures in the whole window over a real engine.
#include "app/figure_export.h"
#include "app/history/autosave.h"
#include "app/history/cli_call.h"
#include "app/history/figure_copies.h"
#include "app/history/figure_drag.h"
#include "app/history/keeping.h"
#include "app/history/session_file.h"
#include "app/history/sessions.h"
#include "app/lesson_actions.h"
#include "tests/support/window_stage.h"
#include "widgets/canvas/canvas.h"
#include "widgets/history/history_pane.h"
#include "widgets/text/text_pane.h"
#include "widgets/viewmodel/history.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QDockWidget>
#include <QFile>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QUndoStack>

using namespace headlens;
using namespace headlens::test;

class TestSessionsInWindow : public QObject, private WindowStage {
    Q_OBJECT

    static constexpr int kLong = 30'000; // ms

    Keeping& keeping() { return *m_window->keeping(); }
    QUndoStack& steps() { return *keeping().history()->stack(); }
    void rest()
    {
        const auto rests = [this] { return model().link()->isSettled() && !keeping().bench()->isBusy(); };
        do {
            QTRY_VERIFY_WITH_TIMEOUT(rests(), kLong);
            QCoreApplication::processEvents();
        } while (!rests());
    }
    QImage canvas()
    {
        m_window->findChild<QDockWidget*>("Pictures")->hide(); // comes with a second picture and takes room
        QCoreApplication::processEvents();
        return pictureOf(m_window->canvas());
    }
    static QByteArray contentOf(const QString& file)
    {
        QFile read(file);
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
    }
    // Something that is not as it opens.
    void arrange()
    {
        selection().heads()->setFusion(HeadFusion::Single);
        selection().heads()->setLayer(1);
        selection().heads()->setHead(1);
        selection().tokens()->pin({0, 3});
        m_window->display()->change([](headlens::Display& d) {
            d.colormap = QStringLiteral("magma");
            d.opacity = 0.5;
            d.smooth = true;
        });
        model().wishes()->change([](RunRequest& r) {
            r.fit = QStringLiteral("squash");
            r.text.ablated.push_back({0, 1});
        });
        rest();
    }
    void save(const QString& file)
    {
        QVERIFY(keeping().sessions()->saveTo(file));
        QVERIFY(QFile::exists(file));
    }
    QString exported(const QString& file)
    {
        m_window->figures()->write(m_window->figures()->shownKind(), file);
        return QTest::qWaitFor([&] { return QFile::exists(file); }, kLong) ? file : QString();
    }

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void init()
    {
        openWindow();
        rest();
    }
    void cleanup() { closeWindow(); }

    void aSessionShowsTheSamePixels()
    {
        arrange();
        const QImage before = canvas();
        save(path("one.headlens"));
        closeWindow();
        openWindow(); // of another day
        m_window->openings()->openModel(path("other"));
        m_window->openings()->openPictureFile(path("b.png"));
        rest();
        QVERIFY(canvas() != before);
        drop({path("one.headlens")});
        rest();
        QTRY_COMPARE(steps().undoText(), QStringLiteral("Session one"));
        QCOMPARE(model().request().text.ablated.size(), std::size_t(1));
        QTRY_VERIFY_WITH_TIMEOUT(canvas() == before, kLong);
        QCOMPARE(m_settings->recent("sessions"), QStringList{path("one.headlens")});
    }
    void aSessionMovesWithItsFiles()
    {
        QVERIFY(QDir(m_folder.path()).mkpath("there"));
        save(path("two.headlens"));
        const QByteArray bytes = contentOf(path("two.headlens"));
        QVERIFY(bytes.contains("\"./model\"") && bytes.contains("\"./a.png\""));
    }
    void whatMovedIsAskedForOnceAndTheRestOpens()
    {
        QVERIFY(QFile::copy(path("a.png"), path("gone.png")));
        m_window->openings()->openPictureFile(path("gone.png"));
        rest();
        selection().heads()->setLayer(1);
        rest();
        save(path("three.headlens"));
        QVERIFY(QFile::remove(path("gone.png")));
        m_window->openings()->openPictureFile(path("b.png"));
        selection().heads()->setLayer(0);
        rest();
        QStringList asked;
        QString answer;
        keeping().sessions()->setFinder([&](const QString& title, const QString& wasAt) {
            asked << wasAt;
            return title.contains("gone.png") ? answer : QString();
        });
        keeping().sessions()->open(path("three.headlens")); // nobody knows where it is
        rest();
        QCOMPARE(asked, QStringList{path("gone.png")});
        QTRY_COMPARE(selection().heads()->layer(), 1);
        answer = path("a.png");
        keeping().sessions()->open(path("three.headlens"));
        QTRY_COMPARE_WITH_TIMEOUT(QString::fromStdString(model().input().name), path("a.png"), kLong);
        QCOMPARE(asked.size(), 2);
    }
    void aFileThatChangedIsSaidAndOpenedAllTheSame()
    {
        QVERIFY(QFile::copy(path("a.png"), path("changes.png")));
        m_window->openings()->openPictureFile(path("changes.png"));
        rest();
        save(path("four.headlens"));
        QVERIFY(QFile::remove(path("changes.png")) && QFile::copy(path("b.png"), path("changes.png")));
        m_window->openings()->openPictureFile(path("a.png"));
        rest();
        keeping().sessions()->open(path("four.headlens"));
        rest();
        QTRY_VERIFY2(m_window->message().contains("changes.png"), qPrintable(m_window->message()));
        QCOMPARE(model().input().originalHeight, 60); // that of b.png
    }
    void aDamagedSessionChangesNothing()
    {
        writeBytes(path("bad.headlens").toStdString(), "{\"headlens\":1,");
        const WorkState before = keeping().bench()->state();
        keeping().sessions()->open(path("bad.headlens"));
        QVERIFY2(m_window->message().contains("bad.headlens.bad"), qPrintable(m_window->message()));
        QVERIFY(QFile::exists(path("bad.headlens")) && QFile::exists(path("bad.headlens.bad")));
        QVERIFY(keeping().bench()->state() == before);
    }
    void aPastedPictureLiesInTheSession()
    {
        Opening pasted;
        pasted.inMemory = {{contentOf(path("b.png")), QStringLiteral("pasted picture")}};
        m_window->openings()->open(pasted);
        rest();
        const QImage before = canvas();
        save(path("five.headlens"));
        m_window->openings()->openPictureFile(path("a.png"));
        rest();
        keeping().sessions()->open(path("five.headlens"));
        rest();
        QTRY_VERIFY_WITH_TIMEOUT(canvas() == before, kLong);
    }
    void aTextComesBackIntoItsField()
    {
        m_window->openings()->openModel(QStringLiteral("story-gpt"));
        QTRY_VERIFY_WITH_TIMEOUT(model().model().name == "story-gpt" && model().hasInput(), kLong);
        rest();
        const QString before = m_window->textPane()->edit()->toPlainText();
        m_window->textPane()->type(QStringLiteral("the cat sat"));
        QTRY_COMPARE(model().request().text.text, QStringLiteral("the cat sat"));
        rest();
        QTRY_VERIFY(steps().undoText().contains("the cat sat"));
        steps().undo();
        QTRY_COMPARE_WITH_TIMEOUT(m_window->textPane()->edit()->toPlainText(), before, kLong);
        QCOMPARE(model().request().text.text, before);
    }
    void undoTakesBackAModelAndKeepsWhatATextEditorUndoes()
    {
        QAction* undo = nullptr;
        for (QAction* action : m_window->actions())
            if (action->shortcuts().contains(QKeySequence(Qt::CTRL | Qt::Key_Z))) undo = action;
        QVERIFY(undo != nullptr);
        const QImage before = canvas();
        m_window->openings()->openModel(path("other"));
        QTRY_COMPARE_WITH_TIMEOUT(int(model().model().blocks.size()), 3, kLong);
        rest();
        QTRY_COMPARE(steps().undoText(), QStringLiteral("Model other"));
        undo->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(int(model().model().blocks.size()), 2, kLong);
        rest();
        QTRY_VERIFY_WITH_TIMEOUT(canvas() == before, kLong);
        steps().redo();
        rest();
        QCOMPARE(int(model().model().blocks.size()), 3);
        const int index = steps().index();
        QPlainTextEdit editor(m_window.get());
        editor.show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        editor.setFocus();
        editor.insertPlainText(QStringLiteral("words"));
        undo->trigger();
        QCOMPARE(editor.toPlainText(), QString());
        QCOMPARE(steps().index(), index);
    }
    void theListShowsTheSteps()
    {
        auto* list = m_window->findChild<HistoryPane*>();
        QVERIFY(list != nullptr && list->stack() == &steps());
        selection().heads()->setLayer(selection().heads()->layer() == 0 ? 1 : 0);
        rest();
        QTRY_COMPARE(list->model()->rowCount(), steps().count() + 1);
    }

    void whatWasOpenIsOfferedAfterACrash()
    {
        arrange();
        const QImage before = canvas();
        keeping().autosave()->save();
        const QString file = keeping().autosave()->file();
        const QByteArray left = contentOf(file);
        QVERIFY(!left.isEmpty());
        QVERIFY(!keeping().offerLeftover()); // its own is nobody's leftover
        closeWindow();
        QVERIFY(!QFile::exists(file)); // closed in peace
        const QString folder = m_settings->stateFolder();
        writeBytes((folder + "/open-crashed.headlens").toStdString(), left.toStdString());
        writeBytes((folder + "/open-damaged.headlens").toStdString(), "{");
        openWindow();
        m_window->openings()->openPictureFile(path("b.png"));
        rest();
        QVERIFY(keeping().offerLeftover());
        QVERIFY(!QFile::exists(folder + "/open-crashed.headlens"));
        QVERIFY(QFile::exists(folder + "/open-damaged.headlens.bad"));
        QCOMPARE(contentOf(keeping().autosave()->file()), left); // another crash does not cost it
        keeping().autosave()->save();
        QCOMPARE(contentOf(keeping().autosave()->file()), left);
        QPushButton* restore = nullptr;
        for (QPushButton* button : m_window->findChildren<QPushButton*>())
            if (button->text() == "Restore what was open") restore = button;
        QVERIFY(restore != nullptr && restore->isVisible());
        restore->click();
        rest();
        QTRY_VERIFY_WITH_TIMEOUT(canvas() == before, kLong);
    }
    void theEngineThatDiesComesBackWithWhatWasShown()
    {
        arrange();
        const WorkState before = keeping().bench()->state();
        const int count = steps().count();
        QProcess::execute("kill", {"-9", QString::number(model().link()->client().hello().processId)});
        QTRY_COMPARE_WITH_TIMEOUT(model().link()->phase(), EngineLink::Phase::Down, kLong);
        QTRY_VERIFY_WITH_TIMEOUT(model().canAsk(), kLong);
        rest();
        QVERIFY(keeping().bench()->state() == before);
        QCOMPARE(steps().count(), count); // that is no step of the person's
    }

    void theCommandMakesTheSameBytes_data()
    {
        QTest::addColumn<QString>("map");
        QTest::addColumn<bool>("fused");
        QTest::newRow("a head") << QString(kRowMap) << false;
        QTest::newRow("a mean") << QString(kRowMap) << true;
        QTest::newRow("a method") << QStringLiteral("rollout") << false;
    }
    void theCommandMakesTheSameBytes()
    {
        QFETCH(QString, map);
        QFETCH(bool, fused);
        m_window->openings()->openModel(QStringLiteral("emoji-vit"));
        QTRY_VERIFY_WITH_TIMEOUT(model().model().name == "emoji-vit", kLong);
        rest();
        selection().heads()->setFusion(HeadFusion::Single);
        selection().heads()->setLayer(1);
        selection().heads()->setHead(1);
        selection().tokens()->pin({0, 5});
        selection().setMap(map);
        if (fused) selection().heads()->setFusion(HeadFusion::Mean);
        m_window->display()->change([](headlens::Display& d) {
            d.colormap = QStringLiteral("magma");
            d.opacity = 0.4;
        });
        rest();
        const QString own = exported(path(qPrintable(QString(QTest::currentDataTag()) + ".png")));
        QVERIFY(!own.isEmpty());
        const QString line = keeping().copies()->command();
        QVERIFY2(line.startsWith("headlens-cli export --model emoji-vit --image"), qPrintable(line));
        QTemporaryDir there;
        QProcess run;
        run.setWorkingDirectory(there.path());
        run.start("sh", {"-c", QStringLiteral("'" HEADLENS_CLI "'") + line.mid(int(qstrlen("headlens-cli")))});
        QVERIFY(run.waitForFinished(60'000));
        QVERIFY2(run.exitCode() == 0, run.readAllStandardError());
        const QStringList files = QDir(there.filePath("figures")).entryList({"*.png"});
        QCOMPARE(files.size(), 1);
        QCOMPARE(contentOf(there.filePath("figures/" + files.first())), contentOf(own));
    }
    void aFigureOfNoFileHasNoCommand()
    {
        Opening pasted;
        pasted.inMemory = {{contentOf(path("b.png")), QStringLiteral("pasted picture")}};
        m_window->openings()->open(pasted);
        rest();
        QCOMPARE(keeping().copies()->command(), QString());
        QVERIFY2(m_window->message().contains("lies in no file"), qPrintable(m_window->message()));
    }
    void theFigureIsCopiedAtTwiceItsSizeAndAsSvg()
    {
        QApplication::clipboard()->clear();
        const QSize size = m_window->canvas()->size(); // before a message takes room
        keeping().copies()->copyFigure();
        QCOMPARE(QApplication::clipboard()->image().size(), size * 2);
        QTRY_VERIFY_WITH_TIMEOUT(QApplication::clipboard()->mimeData()->hasFormat("image/svg+xml"), kLong);
        QVERIFY(QApplication::clipboard()->mimeData()->data("image/svg+xml").contains("<svg"));
        QVERIFY(QApplication::clipboard()->mimeData()->hasImage());
    }
    void altAndADragTakeTheFigureOut()
    {
        auto* drag = m_window->canvas()->findChild<FigureDrag*>();
        QVERIFY(drag != nullptr);
        std::unique_ptr<QMimeData> taken;
        drag->setRunner([&](QMimeData* mime) { taken.reset(mime); });
        const auto pull = [&](Qt::KeyboardModifiers keys) {
            Canvas* canvas = m_window->canvas();
            const auto send = [&](QEvent::Type type, QPointF at, Qt::MouseButton button) {
                QMouseEvent event(type, at, canvas->mapToGlobal(at), button, Qt::LeftButton, keys);
                QApplication::sendEvent(canvas, &event);
            };
            const QPointF from = canvas->rect().center();
            send(QEvent::MouseButtonPress, from, Qt::LeftButton);
            send(QEvent::MouseMove, from + QPointF(40, 0), Qt::NoButton);
            send(QEvent::MouseButtonRelease, from + QPointF(40, 0), Qt::LeftButton);
        };
        pull(Qt::NoModifier);
        QVERIFY(!taken);
        const bool pinned = selection().tokens()->isPinned();
        pull(Qt::AltModifier);
        QVERIFY(taken && taken->hasImage() && taken->urls().size() == 1);
        const QString file = taken->urls().first().toLocalFile();
        QVERIFY2(file.endsWith("a-map.png"), qPrintable(file));
        QCOMPARE(QImage(file).size(), m_window->canvas()->size() * 2);
        QCOMPARE(selection().tokens()->isPinned(), pinned); // the canvas saw nothing of it
    }
};

QTEST_MAIN(TestSessionsInWindow)
#include "tst_sessions_in_window.moc"
