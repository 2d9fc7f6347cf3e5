// SPDX-License-Identifier: GPL-3.0-or-later
// Help: keys as the menus have them, gestures, the glossary, and the way to them by key and by the palette.
#include "app/help/glossary.h"
#include "app/help/help_rows.h"
#include "app/help/help_window.h"
#include "app/main_window.h"

#include <QAction>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QSet>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

#include <algorithm>
#include <memory>

using namespace headlens;

class TestHelp : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<EngineClient> m_engine;
    std::unique_ptr<MainWindow> m_window;

    HelpWindow& help() const { return *m_window->findChild<HelpWindow*>(); }
    QString page() const
    {
        return static_cast<QTextBrowser*>(help().findChild<QTabWidget*>()->currentWidget())->toPlainText();
    }
    QAction* line(const char* text) const
    {
        for (QAction* action : m_window->findChildren<QAction*>())
            if (action->text().section(QLatin1Char('\t'), 0, 0) == QLatin1String(text)) return action;
        return nullptr;
    }

private Q_SLOTS:
    void init()
    {
        m_settings = std::make_unique<AppSettings>(m_folder.filePath("settings.ini"));
        m_settings->setLanguage("en");
        m_engine = std::make_unique<EngineClient>(QStringList{"/does/not/exist"}); // never started
        m_window = std::make_unique<MainWindow>(m_settings.get(), m_engine.get());
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->centralWidget()->setFocus();
    }
    void cleanup() { m_window.reset(); }

    void everyWordHasAMeaningAndIsThereOnce()
    {
        QSet<QString> ids, words;
        for (const GlossaryWord& one : glossary()) {
            ids << QString::fromLatin1(one.id);
            words << QString::fromLatin1(one.word).toLower();
            QVERIFY2(QByteArray(one.means).endsWith('.'), one.word);
        }
        QCOMPARE(ids.size(), qsizetype(glossary().size()));
        QCOMPARE(words.size(), qsizetype(glossary().size()));
        QCOMPARE(glossaryWord(" Queries "), nullptr);
        QCOMPARE(glossaryWord(" keys ")->id, "key");
        QCOMPARE(glossaryWord("Mean Distance")->id, "distance");
    }
    void helpIsTheLastMenu() { QCOMPARE(m_window->menuBar()->actions().last()->text(), QStringLiteral("Hel&p")); }
    void aKeyOpensTheListOfAllKeys_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::newRow("F1") << Qt::Key_F1;
        QTest::newRow("?") << Qt::Key_Question;
    }
    void aKeyOpensTheListOfAllKeys()
    {
        QFETCH(Qt::Key, key);
        QTest::keyClick(m_window.get(), key);
        QTRY_VERIFY(help().isVisible());
        const QList<HelpRow> keys = keyRows(*m_window->menuBar());
        QVERIFY(keys.size() > 20);
        for (const HelpRow& row : keys + gestureRows())
            QVERIFY2(page().contains(row.right), qPrintable(row.left + ": " + row.right));
        QVERIFY(std::ranges::any_of(
            keys, [](const HelpRow& row) { return row.left == "F5" && row.right == "Presenter mode"; }));
    }
    void whatIsTypedNarrowsThePages()
    {
        line("&Keys and gestures")->trigger();
        auto* field = help().findChild<QLineEdit*>();
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, "presenter");
        QVERIFY(page().contains("F5"));
        QVERIFY(!page().contains("Ctrl+K"));
        QTest::keyClicks(field, "xyzzy");
        QVERIFY2(page().contains("xyzzy"), qPrintable(page())); // says that there is nothing
        QTest::keyClick(field, Qt::Key_Escape);
        QTRY_VERIFY(!help().isVisible());
    }
    void theGlossaryOpensAtAWord()
    {
        help().showGlossary("components"); // the last one
        QTRY_VERIFY(page().contains("principal components"));
        const auto* text = static_cast<QTextBrowser*>(help().findChild<QTabWidget*>()->currentWidget());
        QVERIFY(text->toHtml().contains("name=\"components\""));
        help().resize(400, 200);
        help().showGlossary("components");
        QVERIFY(text->cursorForPosition({8, 150}).position() > text->toPlainText().indexOf("logit lens"));
    }
    void whatTheProgramIsCanBeRead()
    {
        line("&About HeadLens")->trigger();
        const auto* about = m_window->findChild<QMessageBox*>();
        QVERIFY(about != nullptr && about->isVisible());
        QVERIFY2(about->text().contains("General Public License"), qPrintable(about->text()));
    }
};

QTEST_MAIN(TestHelp)
#include "tst_help.moc"
