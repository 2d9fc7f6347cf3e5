// SPDX-License-Identifier: GPL-3.0-or-later
// What is off can be seen and taken back everywhere, and what is compared or explained is never that of another input.
#include "app/change_chips.h"
#include "app/workspaces.h"
#include "tests/support/window_stage.h"
#include "widgets/heads/head_ablation.h"
#include "widgets/heads/head_grid.h"
#include "widgets/heads/head_order.h"
#include "widgets/mechanisms/switches_panel.h"
#include "widgets/panels/predictions_panel.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/method_map.h"

#include <QPushButton>
#include <QToolButton>

using namespace headlens;
using namespace headlens::test;

class TestChangeInWindow : public QObject, WindowStage {
    Q_OBJECT

    ChangeChips& chips() { return *m_window->findChild<ChangeChips*>(); }
    void ablate(const HeadPlace& place)
    {
        toggleAblated(&model(), place);
        waitForRows();
    }
    const std::vector<verbs::Prediction>& classes() { return model().input().outputs.get<verbs::Classes>().best; }

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void aChipSaysWhatIsOffAndTakesItBack()
    {
        QVERIFY(chips().changes()->isHidden() && chips().baseline()->isHidden());
        ablate({1, 0});
        QTRY_VERIFY(!chips().changes()->isHidden());
        QCOMPARE(chips().changes()->text(), QStringLiteral("head 1.0 off"));
        ablate({1, 1});
        QCOMPARE(chips().changes()->text(), QStringLiteral("2 heads off"));
        QVERIFY(chips().changes()->toolTip().contains("1.0, 1.1"));
        chips().changes()->click();
        QVERIFY(model().request().text.ablated.empty());
        QTRY_VERIFY(chips().changes()->isHidden());
    }
    void anInterventionMakesTheBaselineAndIsTakenBackByItsChip()
    {
        m_window->workspaces()->show(kChangeWorkspace);
        model().wishes()->change([](RunRequest& r) { r.changes = {{"mlp", 1, -1, 0.5, {}, {}}}; });
        QTRY_VERIFY_WITH_TIMEOUT(model().comparison()->isOn(), 10'000);
        waitForRows();
        QCOMPARE(chips().changes()->text(), QStringLiteral("MLP of layer 1 \u00D7 0.5"));
        chips().changes()->click();
        QVERIFY(model().request().changes.empty());
        QTRY_VERIFY_WITH_TIMEOUT(!model().comparison()->holds(), 10'000);
    }
    void interventionsGoWithTheModelAndStayWithThePicture()
    {
        model().wishes()->change([](RunRequest& r) {
            r.changes = {{"mlp", 1, -1, 0.5, {}, {}}, {"hide", -1, -1, 0, {}, {3}}};
        });
        waitForRows();
        m_window->openings()->openPictureFile(path("b.png"));
        waitForRows();
        QCOMPARE(model().request().changes.size(), std::size_t(2));
        model().wishes()->change([](RunRequest& r) { r.fit = QStringLiteral("native"); }); // another grid
        QCOMPARE(model().request().changes.size(), std::size_t(1));
        m_window->openings()->openModel(path("other"));
        QTRY_VERIFY_WITH_TIMEOUT(model().request().changes.empty(), 30'000);
    }
    void aChipReleasesTheBaseline()
    {
        model().comparison()->hold();
        QTRY_VERIFY(!chips().baseline()->isHidden());
        chips().baseline()->click();
        QVERIFY(!model().comparison()->holds());
        QVERIFY(chips().baseline()->isHidden());
    }
    void whoComparesIsOfferedABaseline()
    {
        m_window->workspaces()->show(kCompareWorkspace);
        QTRY_VERIFY(!chips().baseline()->isHidden());
        chips().baseline()->click();
        QTRY_VERIFY(model().comparison()->holds());
        chips().baseline()->click();
        m_window->workspaces()->show(kFirstWorkspace);
        QTRY_VERIFY(chips().baseline()->isHidden());
    }
    void theMechanismsSayThatHeadsAreOff()
    {
        auto* panel = m_window->findChild<SwitchesPanel*>();
        ablate({0, 1});
        QVERIFY2(panel->intro().startsWith("Not as trained: head 0.1 off"), qPrintable(panel->intro()));
        auto* reset = panel->findChild<QPushButton*>();
        QVERIFY(reset->isEnabled());
        reset->click();
        QVERIFY(model().request().text.ablated.empty());
    }
    // What an ablation did is a difference to the same picture through the same model.
    void theBaselineOfAnAblationGoesWithItsPictureAndModel_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("picture");
        QTest::newRow("another picture") << QString() << "b.png";
        QTest::newRow("another model") << "other" << QString();
    }
    void theBaselineOfAnAblationGoesWithItsPictureAndModel()
    {
        QFETCH(QString, model);
        QFETCH(QString, picture);
        m_window->workspaces()->show(kChangeWorkspace);
        ablate({0, 0});
        QTRY_VERIFY(this->model().comparison()->isOn());
        if (!model.isEmpty()) m_window->openings()->openModel(path(qPrintable(model)));
        if (!picture.isEmpty()) m_window->openings()->openPictureFile(path(qPrintable(picture)));
        QTRY_VERIFY_WITH_TIMEOUT(!this->model().comparison()->holds(), 30'000);
    }
    void aBaselineHeldByHandSurvivesAnotherPicture()
    {
        model().comparison()->hold();
        QTRY_VERIFY(model().comparison()->holds());
        m_window->openings()->openPictureFile(path("b.png"));
        QTRY_VERIFY_WITH_TIMEOUT(model().comparison()->isOn(), 30'000);
    }
    void anotherPictureIsExplainedByItsOwnTopClass()
    {
        auto* predictions = m_window->findChild<PredictionsPanel*>();
        QTest::mouseClick(predictions, Qt::LeftButton, {}, predictions->lineRect(1).center().toPoint());
        QTRY_VERIFY_WITH_TIMEOUT(!model().map()->shown().map.values.empty(), 10'000);
        QCOMPARE(model().map()->shown().target, classes()[1].index);
        ablate({0, 0}); // the same picture: the same question
        QTRY_COMPARE_WITH_TIMEOUT(model().map()->score().target, model().map()->shown().target, 10'000);
        QVERIFY(model().map()->score().target >= 0);
        m_window->openings()->openPictureFile(path("b.png"));
        QTRY_COMPARE_WITH_TIMEOUT(model().map()->score().target, -1, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(model().map()->shown().target, classes().front().index, 10'000);
        QTRY_VERIFY(predictions->accessibleDescription().startsWith("The map shows what the marked one rests on"));
    }
    void xTurnsOffTheHeadUnderTheMouseWhereverTheFocusIs()
    {
        auto* grid = m_window->findChild<HeadGrid*>();
        m_window->findChild<PredictionsPanel*>()->setFocus();
        hover(grid, grid->cellRect(1, 1).center());
        QTest::keyClick(m_window.get(), Qt::Key_X);
        QTRY_VERIFY(isAblated(model(), {1, 1}));
        waitForRows();
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(grid, &leave);
        QTest::keyClick(m_window.get(), Qt::Key_X);
        QVERIFY2(isAblated(model(), {1, 1}), "nothing is under the mouse");
    }
    void sortedHeadsStayWhereTheyWereWhileOneIsOff()
    {
        HeadOrder* order = m_window->findChild<HeadGrid*>()->order();
        order->setSort(HeadSort::Entropy);
        QTRY_VERIFY_WITH_TIMEOUT(!order->isWaiting(), 10'000);
        const auto places = [order] {
            std::vector<HeadPlace> all;
            for (const RankedHead& one : order->ranked()) all.push_back(one.place);
            return all;
        };
        order->setLargestFirst(false);
        const std::vector<HeadPlace> before = places();
        for (const HeadPlace& place : {HeadPlace{0, 0}, HeadPlace{0, 1}}) {
            ablate(place);
            QTRY_VERIFY_WITH_TIMEOUT(!order->isWaiting(), 10'000);
            QVERIFY(places() == before);
        }
    }
};

QTEST_MAIN(TestChangeInWindow)
#include "tst_change_in_window.moc"
