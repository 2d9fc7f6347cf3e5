// SPDX-License-Identifier: GPL-3.0-or-later
// The languages of the window: everything is translated, and changes while it runs.
#include "tests/support/window_stage.h"

#include <QDir>
#include <QDockWidget>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenuBar>
#include <QTest>
#include <QTranslator>

using namespace headlens;
using namespace headlens::test;

class TestLanguages : public QObject, private WindowStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void whatTheCardsOfTheModelsSayIsTranslated()
    {
        if (!QFile::exists(":/i18n/headlens_zh_CN.qm")) QSKIP("built without the translation tools");
        QTranslator chinese;
        QVERIFY(chinese.load(":/i18n/headlens_zh_CN.qm"));
        const auto isTranslated = [&](const QJsonValue& text) {
            return text.toString().isEmpty() ||
                   !chinese.translate("models", text.toString().toUtf8().constData()).isEmpty();
        };
        for (const QFileInfo& model :
             QDir(HEADLENS_SOURCE "/resources/models").entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QFile file(model.filePath() + "/measured.json");
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QJsonObject measured = QJsonDocument::fromJson(file.readAll()).object();
            const QJsonObject first = measured["scores"].toArray().first().toObject();
            for (const QJsonValue& text : {measured["title"], measured["shows"], first["what"], first["off"]})
                QVERIFY2(isTranslated(text), qPrintable(text.toString()));
        }
    }
    void theLanguageChangesWhileItRuns()
    {
        const QString english = m_window->menuBar()->actions().first()->text();
        for (QAction* action : m_window->findChildren<QAction*>())
            if (action->text() == "简体中文") action->trigger();
        if (!QFile::exists(":/i18n/headlens_zh_CN.qm")) QSKIP("built without the translation tools");
        QTRY_VERIFY(m_window->menuBar()->actions().first()->text() != english);
        for (const QDockWidget* dock : m_window->findChildren<QDockWidget*>())
            QVERIFY2(dock->windowTitle().at(0).unicode() > 0x2E80, qPrintable(dock->windowTitle()));
        for (QAction* action : m_window->findChildren<QAction*>())
            if (action->text() == "English") action->trigger();
        QTRY_COMPARE(m_window->menuBar()->actions().first()->text(), english);
    }
    void noTranslationIsMissing()
    {
        QFile file(HEADLENS_SOURCE "/resources/i18n/headlens_zh_CN.ts");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.count("<message>") > 100);
        QCOMPARE(text.count("type=\"unfinished\""), 0);
        QCOMPARE(text.count("<translation></translation>"), 0);
    }
};

QTEST_MAIN(TestLanguages)
#include "tst_languages.moc"
