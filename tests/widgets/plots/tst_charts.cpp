// SPDX-License-Identifier: GPL-3.0-or-later
// What charts share: bars that keys and clicks choose, tool tips, legends that find room, heights that fit.
#include "tests/support/view_shots.h"
#include "widgets/life2vec/chance_bars.h"
#include "widgets/life2vec/wave_plot.h"
#include "widgets/mechanisms/branch_bars.h"
#include "widgets/mechanisms/router_bars.h"
#include "widgets/plots/plot_theme.h"
#include "widgets/text/bias_curves.h"

#include <QHelpEvent>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QToolTip>
#include <qcustomplot.h>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

namespace {

// The scores fall; the first quarter of the tokens is taken.
verbs::BlockGrid routed(int count)
{
    verbs::BlockGrid block;
    for (int i = 0; i < count; ++i) {
        block.router.push_back(1 - 1.5 * i / count);
        if (i < count / 4) block.taking.push_back(i);
    }
    return block;
}

void showAt(QWidget& chart, int width)
{
    chart.resize(width, chart.minimumSizeHint().height());
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
    chart.resize(width, chart.minimumSizeHint().height()); // the legend may need more lines at this width
    QCoreApplication::processEvents();
}

QString tipAt(QWidget& chart, const QPoint& point)
{
    QToolTip::hideText();
    QHelpEvent help(QEvent::ToolTip, point, chart.mapToGlobal(point));
    QCoreApplication::sendEvent(&chart, &help);
    return QToolTip::text();
}

} // namespace

class TestCharts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion"))); }

    void labelsOfAnAxisNeverTouch_data()
    {
        QTest::addColumn<QSize>("size");
        for (const QSize& size : {QSize(100, 90), QSize(140, 120), QSize(200, 300), QSize(900, 600)})
            QTest::addRow("%d x %d", size.width(), size.height()) << size;
    }

    void labelsOfAnAxisNeverTouch()
    {
        QFETCH(QSize, size);
        QCustomPlot plot;
        fitTicks(plot, 6);
        plot.xAxis->setRange(0, 144);
        plot.yAxis->setRange(0, 3000);
        plot.resize(size);
        plot.replot();
        plot.replot(); // margins follow the labels
        for (const QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
            const QFontMetrics metrics(axis->tickLabelFont());
            const QVector<double> ticks = axis->tickVector();
            for (qsizetype i = 1; i < ticks.size(); ++i) {
                if (!axis->range().contains(ticks[i - 1]) || !axis->range().contains(ticks[i])) continue;
                const double apart = std::abs(axis->coordToPixel(ticks[i]) - axis->coordToPixel(ticks[i - 1]));
                const QString label = axis->tickVectorLabels()[i];
                QVERIFY(apart >= (axis == plot.xAxis ? metrics.horizontalAdvance(label) : metrics.height()));
            }
        }
    }

    void clicksAndArrowsChooseAColumn()
    {
        RouterBars bars;
        QSignalSpy chosen(&bars, &RouterBars::tokenChosen);
        bars.setBlock(routed(16), 2, -1);
        showAt(bars, 320);
        QTest::keyClick(&bars, Qt::Key_Left); // none is chosen: the first
        QCOMPARE(chosen.takeLast()[0].toInt(), 0);
        bars.setBlock(routed(16), 2, 15);
        QTest::keyClick(&bars, Qt::Key_Right); // the last one stays
        QCOMPARE(chosen.takeLast()[0].toInt(), 15);
        QTest::mouseClick(&bars, Qt::LeftButton, {}, {bars.width() - 5, bars.height() / 2});
        QCOMPARE(chosen.takeLast()[0].toInt(), 15);
        QTest::mouseClick(&bars, Qt::LeftButton, {}, {bars.width() / 2, 4}); // the heading
        QVERIFY(chosen.isEmpty());
        QVERIFY(bars.accessibleDescription().endsWith(tipAt(bars, {bars.width() - 5, bars.height() / 2})));
        bars.setFocus();
        photograph(bars, "chart-router");
        bars.setBlock(routed(300), 2, 20);
        photograph(bars, "chart-router-many");
        bars.setBlock({}, 2, 0);
        QTest::keyClick(&bars, Qt::Key_Right);
        QVERIFY(chosen.isEmpty());
        photograph(bars, "chart-router-none");
    }
    void rowsKeepTheirRoomAndSayWhyTheyAreEmpty()
    {
        ChanceBars bars;
        bars.setRoom(3);
        bars.setLines("Guesses", {}, "No word is hidden. Choose one and press Delete: the model guesses it.");
        showAt(bars, 240);
        const int height = bars.minimumSizeHint().height();
        photograph(bars, "chart-rows-none");
        bars.setLines("Guesses", {{"a word that is much too long for its line", 0.9}, {"b", 0.05}, {"c", 0}, {"d", 0}},
                      "none");
        photograph(bars, "chart-rows");
        QCOMPARE(bars.minimumSizeHint().height(), height);
        QVERIFY(tipAt(bars, bars.rect().center()).contains("a word that is much too long for its line"));
    }
    void theLegendFindsRoomAtEveryWidth()
    {
        WavePlot plot(WavePlot::Kind::Age);
        plot.setWaves({{0.0628, 0}, {0.13, 1}, {0.41, 2}, {0, 0.5}});
        plot.setMarker(97);
        showAt(plot, 200);
        const int narrow = plot.minimumSizeHint().height();
        photograph(plot, "chart-waves-narrow");
        showAt(plot, 700);
        photograph(plot, "chart-waves-wide");
        QVERIFY2(plot.minimumSizeHint().height() < narrow, qPrintable(QString::number(narrow)));
        QFont large = plot.font();
        large.setPointSize(2 * large.pointSize());
        plot.setFont(large);
        QCoreApplication::processEvents();
        QVERIFY(plot.minimumSizeHint().height() > narrow);
        showAt(plot, 700);
        photograph(plot, "chart-waves-large");
    }
    void branchesStandInPairs()
    {
        BranchBars bars;
        showAt(bars, 260);
        photograph(bars, "chart-branches-none");
        bars.setBranches({{0.5F, 1}, {0, 0.25F}}, "word");
        showAt(bars, 260);
        photograph(bars, "chart-branches");
        QVERIFY(bars.accessibleDescription().contains("Head 1: memory 0, own segment 0.25"));
        QVERIFY2(tipAt(bars, {bars.width() / 2, bars.height() / 2}).startsWith("h"), "a row under the mouse");
    }
    void biasesKnowTheDistanceUnderTheMouse()
    {
        std::vector<float> values;
        for (int head = 0; head < 12; ++head)
            for (int distance = -8; distance <= 8; ++distance)
                values.push_back(float(head - 3) * std::exp(-0.1F * float(distance * distance)));
        BiasCurves curves;
        curves.setBias(FloatArray({12, 17}, values), {2});
        showAt(curves, 300);
        curves.resize(300, 220);
        QCoreApplication::processEvents();
        photograph(curves, "chart-biases");
        QCOMPARE(curves.columnAt({1, 1}), -1);
        const int middle = curves.columnAt(curves.rect().center());
        QVERIFY2(middle > 5 && middle < 11, qPrintable(QString::number(middle)));
        curves.setBias({}, {});
        QCOMPARE(curves.columnAt(curves.rect().center()), -1);
        QVERIFY(!curves.grab().isNull());
    }
};

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
