// SPDX-License-Identifier: GPL-3.0-or-later
// Every step that the engine can say is known to the window, and loses none of its numbers.
#include "widgets/panels/preprocess_words.h"

#include <QTest>
#include <QTranslator>

using namespace headlens;

// Marks what was found in the table.
class Marking : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char*, int) const override
    {
        return qstrcmp(context, "PreprocessWords") == 0 ? QLatin1Char('*') + QString::fromUtf8(source) : QString();
    }
};

class TestPreprocessWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyStepIsTranslated_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("words");
        QTest::newRow("grey") << "to grey"
                              << "*to grey";
        QTest::newRow("exact") << "resize to 64 x 48 (bicubic)"
                               << "*resize to 64 × 48 (bicubic)";
        QTest::newRow("shortest") << "resize shortest edge to 256 (bilinear)"
                                  << "*resize shortest edge to 256 (bilinear)";
        QTest::newRow("cover") << "resize to cover 64 x 64, own aspect (box)"
                               << "*resize to cover 64 × 64, own aspect (box)";
        QTest::newRow("into") << "resize into 64 x 64, own aspect (box)"
                              << "*resize into 64 × 64, own aspect (box)";
        QTest::newRow("crop") << "crop the centre 224 x 224"
                              << "*crop the centre 224 × 224";
        QTest::newRow("rescale") << "rescale by 0.00392157"
                                 << "*rescale by 0.00392157";
        QTest::newRow("normalise") << "normalise: mean 0.5, 0.5, 0.5; deviation 0.2, 0.2, 0.2"
                                   << "*normalise: mean 0.5, 0.5, 0.5; deviation 0.2, 0.2, 0.2";
        QTest::newRow("unknown") << "sharpen twice"
                                 << "sharpen twice";
    }
    void everyStepIsTranslated()
    {
        QFETCH(QString, line);
        QFETCH(QString, words);
        Marking marking;
        QCoreApplication::installTranslator(&marking);
        const QString said = preprocessWords(line);
        QCoreApplication::removeTranslator(&marking);
        QCOMPARE(said, words);
    }
};

QTEST_MAIN(TestPreprocessWords)
#include "tst_preprocess_words.moc"
