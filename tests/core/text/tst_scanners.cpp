// SPDX-License-Identifier: GPL-3.0-or-later
// The hand-written scanners against the regular expressions that they stand for.
#include "core/text/icu_regex.h"
#include "core/text/scanners.h"
#include "core/text/unicode.h"

#include <QTest>

#include <random>

using namespace headlens::text;

class TestScanners : public QObject {
    Q_OBJECT

    static QString shown(const std::vector<Match>& cover, const std::u32string& text)
    {
        QStringList parts;
        for (const Match& part : cover)
            parts << QString::fromStdU32String(text.substr(part.begin, part.end - part.begin)) +
                         (part.hit ? QStringLiteral("!") : QStringLiteral("?"));
        return parts.join(QLatin1Char('|'));
    }
    // Letters of every case, marks, digits, line ends, spaces and symbols; of spaces those that ICU calls so as well.
    static std::u32string randomText(std::mt19937& random)
    {
        static const std::u32string alphabet =
            U"aBstSTdlLrReEvVmMd''’  \n\r\t//.,!1٣½Ⅷéß中ªʰǅÀ\u0301\u093E\u00A0\u3000😀ſ";
        std::u32string text(std::size_t(random() % 24), U' ');
        for (char32_t& c : text) c = alphabet[random() % alphabet.size()];
        return text;
    }

private Q_SLOTS:
    void scannersCutAsTheirExpressionsDo_data()
    {
        QTest::addColumn<QByteArray>("expression");
        QTest::newRow("GPT-2") << QByteArray(gpt2Expression);
        QTest::newRow("Llama 3") << QByteArray(llama3Expression);
        QTest::newRow("Qwen 2") << QByteArray(qwen2Expression);
        QTest::newRow("Qwen 3.5") << QByteArray(qwen35Expression);
        QTest::newRow("GPT-4o") << QByteArray(gpt4oExpression);
        QTest::newRow("Tekken") << QByteArray(tekkenExpression);
    }
    void scannersCutAsTheirExpressionsDo()
    {
        QFETCH(QByteArray, expression);
        QVERIFY(scannerOf(expression.toStdString()) != nullptr);
        const auto scanned = Pattern::regex(expression.toStdString(), "test");
        const auto searched = compileRegex(expression.toStdString(), "test");
        std::mt19937 random(7);
        for (int i = 0; i < 20000; ++i) {
            const std::u32string text = randomText(random);
            QCOMPARE(shown(scanned->cover(text), text), shown(searched->cover(text), text));
        }
    }

    void spacesThatIcuDoesNotKnowAreSpaces()
    {
        const auto pattern = Pattern::regex(llama3Expression, "test");
        const std::u32string text = U"a\u0085\u000B b";
        QCOMPARE(shown(pattern->cover(text), text), QStringLiteral("a!|\u0085\u000B!| b!"));
    }
};

QTEST_APPLESS_MAIN(TestScanners)
#include "tst_scanners.moc"
