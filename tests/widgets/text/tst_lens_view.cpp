// SPDX-License-Identifier: GPL-3.0-or-later
// The logit lens as a table, over a made-up model whose last layer always says what stands next.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/text/lens_view.h"
#include "widgets/viewmodel/live_rows.h"

#include <QTableView>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

namespace {

struct Stage : FakeStage {
    LensView view{&model, &selection};
    bool ready()
    {
        view.resize(520, 260);
        view.show();
        return QTest::qWaitForWindowExposed(&view) && open("asked") &&
               QTest::qWaitFor([this] { return view.lens().columnCount() == words(); });
    }
    int words() const { return int(model.input().streams[0].tokens.size()); }
    QModelIndex cell(int layer, int token) const
    {
        return view.lens().index(view.lens().rowCount() - 1 - layer, token);
    }
    QString said(int layer, int token, int role = Qt::DisplayRole) const
    {
        return view.lens().data(cell(layer, token), role).toString();
    }
    QColor ground(int layer, int token) const
    {
        return view.lens().data(cell(layer, token), Qt::BackgroundRole).value<QColor>();
    }
};

} // namespace

class TestLensView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCellSaysWhatItsLayerWouldSay()
    {
        Stage stage;
        QVERIFY(stage.ready());
        QCOMPARE(stage.view.lens().rowCount(), 3); // what is left of red ?
        QCOMPARE(stage.said(0, 2), QString("left"));
        QCOMPARE(stage.said(2, 2), QString("of"));
        QCOMPARE(stage.view.lens().headerData(0, Qt::Vertical, Qt::DisplayRole).toString(), QString("1")); // on top
        QCOMPARE(stage.view.lens().headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), QString("left"));
        const QString tip = stage.said(1, 2, Qt::ToolTipRole);
        QVERIFY2(tip.contains("Layer 0") && tip.contains("50 %") && tip.contains("20"), qPrintable(tip));
        photograph(stage.view, "lens");
        everyPartHasAName(stage.view);
    }
    void theBetterTheRankTheStrongerTheColour()
    {
        Stage stage;
        QVERIFY(stage.ready());
        const auto far = [](const QColor& a, const QColor& b) {
            return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
        };
        const QColor none = stage.ground(0, 1); // beyond the thousandth
        QVERIFY(far(stage.ground(2, 1), none) > far(stage.ground(1, 1), none));
        QVERIFY(far(stage.ground(1, 1), none) > 0);
    }
    void aClickGoesToLayerAndToken()
    {
        Stage stage;
        QVERIFY(stage.ready());
        QTableView* table = stage.view.table();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(stage.cell(2, 3)).center());
        QCOMPARE(stage.selection.heads()->layer(), 1);
        QCOMPARE(stage.selection.tokens()->query(), (TokenPlace{0, 3}));
        stage.selection.tokens()->hover({0, 1});
        QTRY_COMPARE(table->currentIndex(), stage.cell(2, 1));
    }
    void aModelThatPredictsNoWordsIsNotAsked()
    {
        FakeStage stage;
        QVERIFY(stage.open("tiles"));
        QVERIFY(!hasLens(stage.model));
    }
};

QTEST_MAIN(TestLensView)
#include "tst_lens_view.moc"
