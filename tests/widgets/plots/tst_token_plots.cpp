// SPDX-License-Identifier: GPL-3.0-or-later
// The row and the matrix name what they count: patches of a picture, tokens of a text with their words.
#include "tests/support/fake_stage.h"
#include "widgets/plots/matrix_plot.h"
#include "widgets/plots/row_plot.h"
#include "widgets/plots/token_ticks.h"
#include "widgets/viewmodel/live_rows.h"

#include <QLabel>
#include <QTest>
#include <qcustomplot.h>

#include <algorithm>

using namespace headlens;
using namespace headlens::test;

class TestTokenPlots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRowNamesWhatItCounts_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("other");
        QTest::newRow("a text") << "life"
                                << "tokens"
                                << "patches";
        QTest::newRow("a picture") << "routed"
                                   << "patches"
                                   << "tokens";
    }
    void aRowNamesWhatItCounts()
    {
        QFETCH(QString, model);
        QFETCH(QString, word);
        QFETCH(QString, other);
        FakeStage stage;
        DisplaySettings display;
        RowPlot plot(&stage.model, &stage.selection, &display);
        plot.resize(360, 260);
        plot.show();
        QVERIFY(stage.open(model.toUtf8().constData()));
        stage.selection.tokens()->hover({0, 3});
        auto* axis = plot.findChild<QCustomPlot*>()->xAxis;
        QTRY_VERIFY(!stage.model.rows()->current().empty());
        QTRY_COMPARE(axis->label(), word + ", strongest first");
        auto* summary = plot.findChild<QLabel*>();
        QTRY_VERIFY(summary->text().section(';', 0, 0).endsWith(word));
        QVERIFY(!summary->text().section(';', 0, 0).contains(other));
    }
    void specialTokensOfATextAreCounted()
    {
        FakeStage stage;
        DisplaySettings display;
        RowPlot plot(&stage.model, &stage.selection, &display);
        plot.resize(360, 260);
        plot.show();
        QVERIFY(stage.open("life"));
        stage.selection.tokens()->hover({0, 3});
        QTRY_VERIFY(!stage.model.rows()->current().empty() && stage.model.rows()->of().token == 3);
        const std::vector<float> row = stage.model.rows()->current();
        double held = 0, whole = 0;
        int special = 0;
        const auto& tokens = stage.model.input().streams[0].tokens;
        for (std::size_t i = 0; i < row.size(); ++i) {
            whole += double(row[i]);
            held += tokens[i].special ? double(row[i]) : 0;
            special += tokens[i].special;
        }
        QVERIFY(special > 0);
        const QString says = QString::number(100 * held / whole, 'f', 1) + " % of the row is on special tokens";
        QTRY_VERIFY2(plot.findChild<QLabel*>()->text().contains(says), qPrintable(plot.findChild<QLabel*>()->text()));
    }
    void withoutSpecialTokensNothingIsSaidOfThem()
    {
        FakeStage stage;
        DisplaySettings display;
        RowPlot plot(&stage.model, &stage.selection, &display);
        plot.resize(360, 260);
        plot.show();
        QVERIFY(stage.open("infini"));
        QTRY_VERIFY(!plot.findChild<QLabel*>()->text().isEmpty());
        QVERIFY(!plot.findChild<QLabel*>()->text().contains("special"));
    }
    void anAxisHasWordsWhereEachHasRoom()
    {
        QCustomPlot plot;
        plot.resize(600, 600);
        plot.xAxis->setRange(-0.5, 9.5);
        QStringList words;
        for (int i = 0; i < 200; ++i) words << QStringLiteral("word%1").arg(i);
        words[3] = QStringLiteral("a-very-long-word-indeed");
        QObject::connect(&plot, &QCustomPlot::beforeReplot, &plot, [&] { labelTokens(*plot.xAxis, words); });
        plot.replot();
        QVERIFY(plot.xAxis->tickVectorLabels().contains("word2"));
        QVERIFY(plot.xAxis->tickVectorLabels().contains("a-very-lo…"));
        plot.xAxis->setRange(-0.5, 199.5);
        plot.replot();
        QVERIFY(!plot.xAxis->tickVectorLabels().contains("word2"));
        QCOMPARE(plot.xAxis->tickLabelRotation(), 0.0);
    }
    void aMatrixOfATextHasItsWordsInTheSizeOfTheWindow()
    {
        FakeStage stage;
        DisplaySettings display;
        MatrixPlot matrix(&stage.model, &stage.selection, &display);
        matrix.resize(900, 900);
        static_cast<QWidget&>(matrix).show(); // the other one takes a tile
        QVERIFY(stage.open("life"));
        auto* plot = matrix.findChild<QCustomPlot*>();
        const QString word = QString::fromStdString(stage.model.input().streams[0].tokens[1].piece).left(5);
        const auto isThere = [&](const QCPAxis* axis) {
            return std::ranges::any_of(axis->tickVectorLabels(),
                                       [&](const QString& label) { return label.startsWith(word); });
        };
        plot->xAxis->setRange(-0.5, 9.5);
        plot->yAxis->setRange(-0.5, 9.5);
        plot->replot();
        QVERIFY(isThere(plot->xAxis) && isThere(plot->yAxis));
        QFont large = matrix.font();
        large.setPointSizeF(large.pointSizeF() * 2);
        matrix.setFont(large);
        plot->replot();
        QCOMPARE(plot->xAxis->tickLabelFont().pointSizeF(), large.pointSizeF());
    }
};

QTEST_MAIN(TestTokenPlots)
#include "tst_token_plots.moc"
