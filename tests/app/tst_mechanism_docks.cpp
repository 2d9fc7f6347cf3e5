// SPDX-License-Identifier: GPL-3.0-or-later
// The window over a fake engine: docks of mechanisms by name, steps of lessons that set switches, and the patches that
// a block passes by on the canvas.
#include "app/lesson_director.h"
#include "app/main_window.h"
#include "app/openings.h"
#include "app/workspaces.h"
#include "widgets/canvas/canvas.h"
#include "widgets/mechanisms/formula_view.h"
#include "widgets/mechanisms/memory_view.h"
#include "widgets/mechanisms/routing_view.h"
#include "widgets/mechanisms/switches_panel.h"
#include "widgets/viewmodel/live_rows.h"

#include <QDockWidget>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headlens;

class TestMechanismDocks : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<EngineClient> m_engine;
    std::unique_ptr<MainWindow> m_window;

    InspectionModel& model() { return *m_window->inspection(); }
    QString asked() { return QString::fromStdString(model().input().sha256); }
    bool open(const QString& name)
    {
        m_window->openings()->openModel(name);
        const auto isOpen = [&] { return model().link()->isSettled() && model().model().name == name.toStdString(); };
        if (!QTest::qWaitFor(isOpen, 10'000)) return false;
        if (model().model().takesPictures) model().wishes()->openPicture("a picture", "one");
        return QTest::qWaitFor([&] { return model().link()->isSettled() && !model().rows()->layers().empty(); },
                               10'000);
    }

private Q_SLOTS:
    void init()
    {
        m_settings = std::make_unique<AppSettings>(m_folder.filePath("settings.ini"));
        m_engine = std::make_unique<EngineClient>(QStringList{QStringLiteral(HEADLENS_FAKE_ENGINE)});
        m_window = std::make_unique<MainWindow>(m_settings.get(), m_engine.get());
        m_engine->start();
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup()
    {
        m_window.reset();
        m_engine.reset();
    }
    void theWindowFitsOnASmallScreenAtItsFirstStart()
    {
        QCOMPARE(m_window->size(), QSize(1280, 820)); // however many docks there are
        QVERIFY(m_window->minimumSizeHint().height() <= 720);
    }
    void everyDockOfAMechanismIsRaisedByItsName_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("name");
        QTest::newRow("mechanisms") << "infini"
                                    << "mechanisms";
        QTest::newRow("memory") << "infini"
                                << "memory";
        QTest::newRow("routing") << "routed"
                                 << "routing";
        QTest::newRow("formula") << "routed"
                                 << "formula";
        QTest::newRow("cost") << "patterns"
                              << "cost";
        QTest::newRow("tiles") << "tiles"
                               << "tiles";
        QTest::newRow("life") << "life"
                              << "life";
        QTest::newRow("training") << "trained-whole"
                                  << "training";
    }
    void everyDockOfAMechanismIsRaisedByItsName()
    {
        QFETCH(QString, model);
        QFETCH(QString, name);
        QVERIFY(open(model));
        QVERIFY(m_window->viewNames()->show(name));
        const QString id = name == "life" ? QStringLiteral("Life line") : name.at(0).toUpper() + name.mid(1);
        auto* dock = m_window->findChild<QDockWidget*>(id);
        QVERIFY(dock != nullptr);
        QTRY_VERIFY(!dock->visibleRegion().isEmpty());
        if (const QString folder = qEnvironmentVariable("HEADLENS_SHOTS"); !folder.isEmpty()) {
            m_window->selection()->heads()->setLayer(1);
            m_window->selection()->tokens()->setToken(28);
            QVERIFY(QTest::qWaitFor([this] { return this->model().link()->isSettled(); }, 10'000));
            QCoreApplication::processEvents();
            QVERIFY(m_window->grab().save(QStringLiteral("%1/window-%2.png").arg(folder, name)));
        }
    }
    void docksStepOutForModelsThatDoNotHaveWhatTheyShow()
    {
        const auto hidden = [this](const char* name) {
            return m_window->findChild<QDockWidget*>(QString::fromLatin1(name))->isHidden();
        };
        m_window->workspaces()->show(QStringLiteral("inside"));
        QVERIFY(hidden("Memory") && hidden("Routing") && !hidden("Formula")); // nothing is open yet
        QVERIFY(open(QStringLiteral("infini")));
        QVERIFY(!hidden("Memory") && hidden("Routing") && hidden("Life line") && !hidden("Formula"));
        QVERIFY(open(QStringLiteral("routed")));
        QVERIFY(hidden("Memory") && !hidden("Routing"));
        QVERIFY(m_window->viewNames()->show(QStringLiteral("memory"))); // by name it comes all the same
        QVERIFY(!hidden("Memory"));
        QVERIFY(open(QStringLiteral("plain")));
        QVERIFY2(!hidden("Memory"), "what was opened by hand stays");
        QVERIFY(hidden("Routing"));
    }
    void whatAPersonClosedStaysClosedAndALayoutIsKeptWhole()
    {
        const auto dock = [this](const char* name) {
            return m_window->findChild<QDockWidget*>(QString::fromLatin1(name));
        };
        m_window->workspaces()->show(QStringLiteral("inside"));
        QVERIFY(open(QStringLiteral("infini")));
        dock("Memory")->close();
        QVERIFY(open(QStringLiteral("routed")));
        QVERIFY(!dock("Routing")->isHidden());
        QVERIFY(open(QStringLiteral("infini")));
        QVERIFY(dock("Memory")->isHidden());
        QVERIFY(dock("Routing")->isHidden());
        m_window->close();
        m_window.reset();
        m_window = std::make_unique<MainWindow>(m_settings.get(), m_engine.get());
        m_window->show();
        QVERIFY(open(QStringLiteral("routed")));
        QVERIFY(dock("Memory")->isHidden());
        QVERIFY(!dock("Routing")->isHidden());
    }
    void theCanvasDimsPatchesThatABlockPassesBy()
    {
        QVERIFY(open(QStringLiteral("routed")));
        Canvas& canvas = *m_window->canvas();
        m_window->display()->change([](auto& d) { d.opacity = 0; });
        m_window->selection()->heads()->setLayer(0);
        const QImage full = canvas.grab().toImage();
        m_window->selection()->heads()->setLayer(1);
        const QImage routed = canvas.grab().toImage();
        const TokenLayout& layout = model().rows()->imageLayout();
        const auto lightness = [&](const QImage& picture, int token) {
            const QRect rect = canvas.rectOf(token).toRect().adjusted(4, 4, -4, -4);
            double sum = 0;
            for (int y = rect.top(); y <= rect.bottom(); ++y)
                for (int x = rect.left(); x <= rect.right(); ++x) sum += qGray(picture.pixel(x, y));
            return sum / (rect.width() * rect.height());
        };
        int dimmed = 0;
        for (int token = 1; token < layout.tokens(); ++token) {
            const bool taken = std::ranges::find(layout.block.taking, token) != layout.block.taking.end();
            const double before = lightness(full, token), after = lightness(routed, token);
            if (token == m_window->selection()->tokens()->query().token) continue; // carries the mark of the query
            if (!taken) QVERIFY2(after < before - 8, qPrintable(QStringLiteral("token %1").arg(token)));
            if (taken) QVERIFY2(std::abs(after - before) < 3, qPrintable(QStringLiteral("token %1").arg(token)));
            dimmed += taken ? 0 : 1;
        }
        QVERIFY(dimmed >= 55);
    }
    void aStepOfALessonLooksTheSameFromWhereverOneComes()
    {
        LessonDirector::Window window{
            [this](const TextRequest& wish) { model().wishes()->change([&](RunRequest& r) { r.text = wish; }); },
            [](int) {}, [this](const QString& view) { m_window->viewNames()->show(view); }, [] {},
            [](const QString&) {}};
        LessonDirector stage(m_window->inspection(), m_window->selection(), window, m_window.get());
        ViewState off;
        off.model = "infini";
        off.panel = "memory";
        off.switches = {{"memory", "off"}, {"gate.1.2", "0.25"}};
        ViewState plain = off;
        plain.switches.clear();
        stage.show(off, {});
        QTRY_COMPARE(asked(), QStringLiteral("gate.1.2=0.25;memory=off;"));
        stage.show(plain, {});
        QTRY_COMPARE(asked(), QString());
        setSwitch(&model(), "memory", "off"); // the learner tries it
        QTRY_COMPARE(asked(), QStringLiteral("memory=off;"));
        stage.show(plain, {}); // and goes on
        QTRY_COMPARE(asked(), QString());
        QVERIFY(model().request().switches.empty());
        stage.show(off, {});
        QTRY_COMPARE(asked(), QStringLiteral("gate.1.2=0.25;memory=off;"));
    }
    void aStepThatSetsAnUnknownSwitchSaysSo()
    {
        LessonDirector stage(
            m_window->inspection(), m_window->selection(),
            {[](const TextRequest&) {}, [](int) {}, [](const QString&) {}, [] {}, [](const QString&) {}},
            m_window.get());
        QSignalSpy failed(&stage, &LessonDirector::failed);
        ViewState view;
        view.model = "infini";
        view.switches = {{"hat", "on"}};
        stage.show(view, {});
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(failed[0][0].toString().contains("hat"));
    }
};

QTEST_MAIN(TestMechanismDocks)
#include "tst_mechanism_docks.moc"
