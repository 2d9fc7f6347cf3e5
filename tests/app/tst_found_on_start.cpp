// SPDX-License-Identifier: GPL-3.0-or-later
// The models of this computer on the start page of the window, over an engine whose answers are made up.
#include "app/app_settings.h"
#include "app/main_window.h"
#include "app/start_screen.h"
#include "tests/support/view_shots.h"
#include "widgets/start/found_section.h"
#include "widgets/start/start_page.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace headlens;
using namespace headlens::test;

class TestFoundOnStart : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<EngineClient> m_engine;
    std::unique_ptr<MainWindow> m_window;

    FoundSection& section() { return *m_window->start()->page()->found(); }
    void openWindow()
    {
        m_engine = std::make_unique<EngineClient>(QStringList{HEADLENS_FAKE_ENGINE});
        m_engine->start();
        m_window = std::make_unique<MainWindow>(m_settings.get(), m_engine.get());
        m_window->resize(1200, 900);
        m_window->start()->show();
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<AppSettings>(m_folder->filePath("settings.ini"));
        m_settings->setLanguage("en");
    }
    void cleanup()
    {
        m_window.reset();
        m_engine.reset();
    }

    void theyComeAfterTheWindowIsThere()
    {
        openWindow();
        QVERIFY(section().isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(section().rows().size(), 3, 10'000);
        const Row* first = section().rows().first();
        QCOMPARE(first->accessibleName(), QString("google/vit-base-patch16-224"));
        const QString said = first->accessibleDescription();
        QVERIFY2(said.startsWith("vit · 3") && said.contains("B · "), qPrintable(said)); // MiB or MB
        QVERIFY2(said.endsWith(" · Hugging Face cache"), qPrintable(said));
        QVERIFY(!section().rows().last()->content().whyNot.isEmpty());
        QVERIFY(section().note()->text().contains("/closed (Permission denied)"));
        photograph(*m_window, "found-on-start");
    }
    void aClickOpensOneAsTheMenuDoes()
    {
        openWindow();
        QTRY_COMPARE_WITH_TIMEOUT(section().rows().size(), 3, 10'000);
        section().rows()[1]->click();
        QVERIFY(!m_window->start()->isShown());
        QTRY_COMPARE_WITH_TIMEOUT(m_window->inspection()->model().path, std::string("patterns"), 10'000);
    }
    void oneThatCannotBeOpenedSaysWhyAboveThePage()
    {
        openWindow();
        QTRY_COMPARE_WITH_TIMEOUT(section().rows().size(), 3, 10'000);
        section().rows()[2]->click();
        QVERIFY(m_window->start()->isShown());
        QCOMPARE(m_window->message(), QString("falcon:latest: HeadLens cannot run models of the type falcon yet."));
    }
    void aFolderOfOnesOwnIsRememberedUntilItIsForgotten()
    {
        openWindow();
        QTRY_COMPARE_WITH_TIMEOUT(section().rows().size(), 3, 10'000);
        m_window->start()->addFolder("/mine");
        QTRY_COMPARE_WITH_TIMEOUT(section().rows().size(), 4, 10'000);
        QCOMPARE(section().rows()[0]->toolTip(), QString("/mine/plain"));
        m_window.reset();
        openWindow(); // another day
        QTRY_COMPARE_WITH_TIMEOUT(section().rows().size(), 4, 10'000);
        Q_EMIT section().folderForgotten("/mine");
        QTRY_COMPARE_WITH_TIMEOUT(section().rows().size(), 3, 10'000);
        QVERIFY(m_settings->modelFolders().isEmpty());
    }
    void theyAreSaidInTheLanguageOfTheWindow()
    {
        m_settings->setLanguage("zh_CN");
        openWindow();
        QTRY_COMPARE_WITH_TIMEOUT(section().rows().size(), 3, 10'000);
        if (section().title()->text() == "On this computer") QSKIP("built without translations");
        QVERIFY(section().rows()[2]->content().whyNot != "HeadLens cannot run models of the type falcon yet.");
        QVERIFY(!section().note()->text().startsWith("A folder cannot be read"));
        photograph(*m_window, "found-on-start-chinese");
    }
};

QTEST_MAIN(TestFoundOnStart)
#include "tst_found_on_start.moc"
