// SPDX-License-Identifier: GPL-3.0-or-later
// The pane of head statistics over the fake engine: 4 layers of 4 heads ("routed"), whose numbers are known.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/statistics/head_scatter.h"
#include "widgets/statistics/head_statistics_view.h"
#include "widgets/statistics/head_table_model.h"
#include "widgets/statistics/picture_average.h"
#include "widgets/statistics/profile_source.h"

#include <QFile>
#include <QHeaderView>
#include <QImage>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

using namespace headlens;
using namespace headlens::test;

namespace {

constexpr int kSinks = 4; // one a layer

// A view that is seen over an open model.
struct Seen {
    FakeStage stage;
    HeadStatisticsView view{&stage.model, &stage.selection};

    bool open()
    {
        view.resize(900, 400);
        view.show();
        return QTest::qWaitForWindowExposed(&view) && stage.open("routed") &&
               QTest::qWaitFor([this] { return rows() == 16; }, 10'000);
    }
    int rows() const { return view.table()->model()->rowCount(); }
    QString text(int row, int column) const { return view.table()->model()->index(row, column).data().toString(); }
    int columnOf(const QString& title) const
    {
        for (int i = 0; i < view.table()->model()->columnCount(); ++i)
            if (view.table()->model()->headerData(i, Qt::Horizontal).toString() == title) return i;
        return -1;
    }
    HeadPlace chosen() const { return {stage.selection.heads()->layer(), stage.selection.heads()->head()}; }
};

} // namespace

class TestHeadStatisticsView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thereIsARowAHeadWithTheNumbersThatExist()
    {
        Seen seen;
        QVERIFY(seen.open());
        QVERIFY(seen.columnOf("Entropy") > 0 && seen.columnOf("Distance") > 0);
        QCOMPARE(seen.columnOf("After the same word"), -1); // a picture has no words
        QCOMPARE(seen.text(0, HeadTableModel::Layer) + seen.text(0, HeadTableModel::Head), QString("00"));
        QCOMPARE(seen.text(1, HeadTableModel::Pattern), QString("sink"));
        QCOMPARE(seen.text(1, HeadTableModel::Score), QLocale().toString(0.75, 'f', 2));
        QCOMPARE(seen.text(0, HeadTableModel::Pattern), QString());
    }
    void nothingIsAskedWhileItIsHidden()
    {
        FakeStage stage;
        HeadStatisticsView view(&stage.model, &stage.selection);
        QVERIFY(stage.open("routed"));
        QCOMPARE(view.table()->model()->rowCount(), 0);
        view.show();
        QTRY_COMPARE(view.table()->model()->rowCount(), 16);
    }
    void aColumnSortsAndWhatHasNoNumberStandsLast()
    {
        Seen seen;
        QVERIFY(seen.open());
        seen.view.table()->sortByColumn(seen.columnOf("Entropy"), Qt::DescendingOrder);
        QCOMPARE(seen.text(0, HeadTableModel::Head), QString("3"));
        QCOMPARE(seen.text(0, HeadTableModel::Layer), QString("3"));
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            seen.view.table()->sortByColumn(HeadTableModel::Score, order);
            QVERIFY(!seen.text(0, HeadTableModel::Score).isEmpty());
            QVERIFY(seen.text(15, HeadTableModel::Score).isEmpty());
        }
    }
    void typingAndAPatternFindHeads_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("rows");
        QTest::newRow("nothing") << "" << 16;
        QTest::newRow("a pattern") << "sink" << kSinks;
        QTest::newRow("a head") << "2.3" << 1;
        QTest::newRow("a layer") << "layer2" << 4;
        QTest::newRow("both") << "L1 sink" << 1;
        QTest::newRow("none") << "banana" << 0;
    }
    void typingAndAPatternFindHeads()
    {
        QFETCH(QString, typed);
        QFETCH(int, rows);
        Seen seen;
        QVERIFY(seen.open());
        QTest::keyClicks(seen.view.search(), typed);
        QCOMPARE(seen.rows(), rows);
    }
    void aPatternIsListedAlone()
    {
        Seen seen;
        QVERIFY(seen.open());
        seen.view.showPattern(headPatternFrom("sink"));
        QCOMPARE(seen.rows(), kSinks);
        seen.view.showPattern(headPatternFrom("induction"));
        QCOMPARE(seen.rows(), 1);
        seen.view.showPattern(-1);
        QCOMPARE(seen.rows(), 16 - kSinks - 1);
        seen.view.showPattern(std::nullopt);
        QCOMPARE(seen.rows(), 16);
    }
    void aRowChoosesItsHeadEverywhereAndFollows()
    {
        Seen seen;
        QVERIFY(seen.open());
        QTableView* table = seen.view.table();
        table->setFocus();
        table->setCurrentIndex(table->model()->index(9, 0)); // layer 2, head 1
        QCOMPARE(seen.chosen(), (HeadPlace{2, 1}));
        QTest::keyClick(table, Qt::Key_Down);
        QCOMPARE(seen.chosen(), (HeadPlace{2, 2}));
        seen.stage.selection.heads()->setLayer(0);
        seen.stage.selection.heads()->setHead(3);
        QCOMPARE(table->currentIndex().row(), 3);
        QVERIFY(table->selectionModel()->isRowSelected(3));
        QCOMPARE(seen.chosen(), (HeadPlace{0, 3}));
    }
    void aClickOnADotChoosesItsHead()
    {
        Seen seen;
        QVERIFY(seen.open());
        HeadScatter* scatter = seen.view.scatter();
        scatter->grab(); // draws
        QSignalSpy chosen(scatter, &HeadScatter::chosen);
        QTest::mouseClick(scatter, Qt::LeftButton, {}, scatter->pointOf({3, 2}).toPoint());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(seen.chosen(), (HeadPlace{3, 2}));
        QVERIFY(scatter->accessibleDescription().contains("3"));
    }
    void arrowKeysGoFromDotToDot()
    {
        Seen seen;
        QVERIFY(seen.open());
        HeadScatter* scatter = seen.view.scatter();
        QCOMPARE(seen.chosen(), (HeadPlace{0, 0}));
        QTest::keyClick(scatter, Qt::Key_Up); // distance grows with the head
        QCOMPARE(seen.chosen(), (HeadPlace{0, 1}));
        QTest::keyClick(scatter, Qt::Key_Right); // the nearest of the next layer
        QCOMPARE(seen.chosen(), (HeadPlace{1, 0}));
        QTest::keyClick(scatter, Qt::Key_Down);
        QCOMPARE(seen.chosen(), (HeadPlace{1, 0})); // there is none below
    }
    void tableAndPlotAreWritten()
    {
        QTemporaryDir folder;
        Seen seen;
        QVERIFY(seen.open());
        seen.view.showPattern(headPatternFrom("sink"));
        seen.view.write(folder.filePath("heads.csv"));
        QFile csv(folder.filePath("heads.csv"));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(csv.readAll()).trimmed().split('\n');
        QCOMPARE(lines.size(), 1 + kSinks);
        QVERIFY(lines.first().startsWith("Layer,Head,Pattern,Score") && lines.at(1).startsWith("0,1,sink,0.75"));
        seen.view.write(folder.filePath("heads.png"));
        QVERIFY(QImage(folder.filePath("heads.png")).width() > 100);
        seen.view.write("/no/such/heads.csv");
        QVERIFY(seen.view.table()->accessibleDescription().contains("could not be written"));
    }
    void theMeanOfAFolderTakesThePlaceOfTheInput()
    {
        QTemporaryDir folder;
        for (const char* name : {"1.png", "2.png", "3.png", "4.png", "6.png", "broken.png", "notes.txt"})
            QVERIFY(QFile(folder.filePath(QString::fromLatin1(name))).open(QIODevice::WriteOnly));
        Seen seen;
        QVERIFY(seen.open());
        seen.view.source()->useFolder(folder.path());
        PictureAverage* average = seen.view.source()->average();
        QTRY_VERIFY(!average->isRunning());
        QCOMPARE(average->total(), 6); // a text is no picture
        QCOMPARE(average->counted(), 5);
        QCOMPARE(average->failures().size(), 1);
        QVERIFY(seen.view.table()->accessibleDescription().contains("broken"));
        const int entropy = seen.columnOf("Entropy");
        const auto written = [](double value) { return QLocale().toString(value, 'f', 2); };
        QCOMPARE(seen.text(0, entropy), written(3.2) + " ± " + written(1.92)); // sqrt(14.8 / 4)
        QCOMPARE(seen.columnOf("Distance"), -1);
        seen.view.scatter()->setNumber(HeadNumber::Entropy);
        QVERIFY(seen.view.scatter()->tipOf(average->heads().front()).contains("± "));
        seen.view.write(folder.filePath("heads.csv"));
        QFile csv(folder.filePath("heads.csv"));
        QVERIFY(csv.open(QIODevice::ReadOnly) && csv.readLine().contains("Entropy,\"Entropy, deviation\""));
        photograph(seen.view, "head-statistics-mean");
        average->forget();
        QCOMPARE(seen.rows(), 16);
        QVERIFY(seen.columnOf("Distance") > 0);
    }
    void countingStopsAndKeepsWhatThereIs()
    {
        Seen seen;
        QVERIFY(seen.open());
        QStringList many;
        for (int i = 0; i < 10'000; ++i) many << QStringLiteral("/pictures/%1.png").arg(i);
        seen.view.source()->usePictures(many);
        PictureAverage* average = seen.view.source()->average();
        QTRY_VERIFY(average->counted() > 0);
        QVERIFY(seen.view.source()->stop()->isVisible());
        QTest::mouseClick(seen.view.source()->stop(), Qt::LeftButton);
        QVERIFY(!average->isRunning() && !seen.view.source()->stop()->isVisible());
        QVERIFY(average->counted() < average->total());
        QVERIFY(seen.view.source()->note().contains("stopped after"));
        QCOMPARE(seen.rows(), 16);
    }
    void aFolderWithoutPicturesSaysSo()
    {
        QTemporaryDir folder;
        Seen seen;
        QVERIFY(seen.open());
        seen.view.source()->useFolder(folder.path());
        QVERIFY(seen.view.table()->accessibleDescription().contains("holds no pictures"));
        QCOMPARE(seen.rows(), 16); // of the input, as before
    }
    void itHasNamesForThoseWhoDoNotSeeIt()
    {
        Seen seen;
        QVERIFY(seen.open());
        everyPartHasAName(seen.view);
        seen.view.scatter()->setColour(DotColour::Sink);
        seen.view.scatter()->setNumber(HeadNumber::Entropy);
        QVERIFY(seen.view.scatter()->accessibleName().contains("Entropy"));
        photograph(seen.view, "head-statistics");
        seen.view.resize(400, 400); // one below the other
        photograph(seen.view, "head-statistics-narrow");
    }
};

QTEST_MAIN(TestHeadStatisticsView)
#include "tst_head_statistics_view.moc"
