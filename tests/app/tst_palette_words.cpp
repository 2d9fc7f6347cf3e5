// SPDX-License-Identifier: GPL-3.0-or-later
// Words that find something in the command palette, and sentences about what is not there.
#include "tests/support/palette_stage.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_text.h"
#include "widgets/views.h"

#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestPaletteWords : public QObject, private PaletteStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void init() { QFile::remove(path("settings.ini")); }
    void cleanup() { closeWindow(); }

    void theOtherLanguageFindsAsWell()
    {
        if (!hasChinese()) QSKIP("built without the translation tools");
        begin();
        QCOMPARE(first("下一层"), "Next layer");
        QCOMPARE(first("演示模式"), "Presenter mode");
        QCOMPARE(first("不透明度 25"), "Opacity: 25 %");
        closeWindow();
        begin("zh_CN");
        const QString next = QCoreApplication::translate("headlens::LookMenu", "Next layer");
        QVERIFY(next != "Next layer");
        QCOMPARE(first("next layer"), next);
        QCOMPARE(popup().lines().at(0).other, "Next layer"); // says why
        QCOMPARE(first("Heads"), viewOf("heads")->translatedTitle());
        QCOMPARE(first("whole picture own aspect"), first("整图，原宽高比"));
        QVERIFY(first("第1层").contains("1"));
    }

    void placesThatAreNotThereAreSaidInOneSentence_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("head") << "1.14"
                              << "Layer 1 has no head 14: its heads are 0 to 3.";
        QTest::newRow("layer of a head") << "9.0"
                                         << "There is no layer 9: the layers of this model are 0 to 1.";
        QTest::newRow("layer") << "layer 2"
                               << "There is no layer 2: the layers of this model are 0 to 1.";
        QTest::newRow("token") << "token 400"
                               << "There is no token 400: the tokens of this input are 0 to 16.";
        QTest::newRow("patch") << "patch 4,0"
                               << "There is no patch in row 4, column 0: rows are 0 to 3, columns 0 to 3.";
        QTest::newRow("layer alone") << "layer"
                                     << "Type the number of a layer: 0 to 1.";
        QTest::newRow("too large") << "layer 99999999999999"
                                   << "There is no layer 2147483647: the layers of this model are 0 to 1.";
    }
    void placesThatAreNotThereAreSaidInOneSentence()
    {
        QFETCH(QString, typed);
        QFETCH(QString, sentence);
        begin();
        found(typed);
        QCOMPARE(popup().sentence(), sentence);
    }
    void everydayWordsFindWhatIsMeant_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("name");
        for (const char* word : {"projector", "large text", "text size", "font size"})
            QTest::newRow(word) << word << "Presenter mode";
        for (const char* word : {"silence", "switch off", "ablate"})
            QTest::newRow(word) << word << "Silence head 0 of layer 0";
        for (const char* word : {"help", "keys", "shortcuts"}) QTest::newRow(word) << word << "Keys and gestures";
        QTest::newRow("glossary") << "glossary"
                                  << "Glossary";
        QTest::newRow("logit lens") << "logit lens"
                                    << "Logit lens";
    }
    void everydayWordsFindWhatIsMeant()
    {
        QFETCH(QString, typed);
        QFETCH(QString, name);
        begin();
        selection().heads()->setLayer(0);
        selection().heads()->setHead(0);
        QCOMPARE(first(typed), name);
    }
    void wordsAreExplainedAndWhatIsNotThereIsSaid_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("begins");
        QTest::newRow("a word") << "Entropy"
                                << "entropy: How widely";
        QTest::newRow("shap") << "shap"
                              << "LIME and SHAP are not there.";
        QTest::newRow("edge") << "edge"
                              << "Nothing here looks for edges";
    }
    void wordsAreExplainedAndWhatIsNotThereIsSaid()
    {
        QFETCH(QString, typed);
        QFETCH(QString, begins);
        begin();
        found(typed);
        QVERIFY2(popup().sentence().startsWith(begins), qPrintable(popup().sentence()));
    }
    void aMethodIsFoundByItsName_data()
    {
        QTest::addColumn<QString>("id");
        for (const char* id : {"occlusion", "grad-cam", "integrated-gradients"}) QTest::newRow(id) << id;
    }
    void aMethodIsFoundByItsName()
    {
        QFETCH(QString, id);
        begin();
        const verbs::MethodInfo* method = model().map()->method(id);
        QVERIFY(method != nullptr);
        QVERIFY(found(methodText(method->title)).mid(0, 3).contains(methodText(method->title)));
        QCOMPARE(popup().sentence(), QString());
    }
};

QTEST_MAIN(TestPaletteWords)
#include "tst_palette_words.moc"
