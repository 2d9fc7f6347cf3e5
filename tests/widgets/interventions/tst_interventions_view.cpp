// SPDX-License-Identifier: GPL-3.0-or-later
// The pane of interventions: its buttons, its rows with factors, and what became of the answers.
// With HEADLENS_SHOTS=folder it is written there as a picture, in light and dark.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/common/field_button.h"
#include "widgets/interventions/answer_bars.h"
#include "widgets/interventions/intervention_row.h"
#include "widgets/interventions/interventions_view.h"
#include "widgets/interventions/set_form.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/run_changes.h"

#include <QAction>
#include <QApplication>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSlider>
#include <QStyleFactory>
#include <QToolButton>

#include <algorithm>
#include <memory>

using namespace headlens;
using namespace headlens::test;

class TestInterventionsView : public QObject {
    Q_OBJECT

    struct Scene {
        FakeStage stage;
        std::unique_ptr<InterventionsView> view;

        bool open(const char* name)
        {
            view = std::make_unique<InterventionsView>(&stage.model, &stage.selection);
            view->resize(360, 480);
            view->show();
            return QTest::qWaitForWindowExposed(view.get()) && stage.open(name);
        }
        bool press(const QString& text)
        {
            for (QAction* one : view->buttons())
                if (one->text() == text && one->isEnabled()) {
                    one->trigger();
                    return stage.settled();
                }
            return false;
        }
        const RunRequest& request() const { return stage.model.request(); }
        QStringList words() const { return changesOf(request()); }
    };

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion"))); }

    void nothingIsChangedAndItSaysWhatToDo()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QVERIFY(in.view->rows().empty());
        QVERIFY2(in.view->note().startsWith("Nothing is changed. Choose a head"), qPrintable(in.view->note()));
        QVERIFY(in.view->answers()->isHidden());
    }
    void aButtonChangesWhatIsChosenAndTakesItBack_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<QString>("words");
        QTest::newRow("head") << "Head 1.2 off"
                              << "head 1.2 off";
        QTest::newRow("mean") << "Head by its mean"
                              << "Head 1.2 by its mean";
        QTest::newRow("heads") << "All heads off"
                               << "All heads of layer 1 off";
        QTest::newRow("attention") << "Attention off"
                                   << "Attention of layer 1 off";
        QTest::newRow("mlp") << "MLP off"
                             << "MLP of layer 1 off";
        QTest::newRow("layer") << "Layer 1 off"
                               << "Layer 1 off";
    }
    void aButtonChangesWhatIsChosenAndTakesItBack()
    {
        QFETCH(QString, button);
        QFETCH(QString, words);
        Scene in;
        QVERIFY(in.open("plain"));
        in.stage.selection.heads()->setLayer(1);
        in.stage.selection.heads()->setHead(2);
        QVERIFY(in.press(button));
        QCOMPARE(in.words(), QStringList(words));
        QCOMPARE(in.view->rows().size(), std::size_t(1));
        QVERIFY(in.press(button));
        QVERIFY(in.words().isEmpty());
        QVERIFY(in.view->rows().empty());
    }
    void everyButtonIsSeenInAPaneOfItsUsualWidth()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        in.view->resize(430, 480);
        in.stage.selection.tokens()->pin({0, 64}); // two digits; more come with larger grids
        QTRY_COMPARE(in.view->width(), 430);
        QCoreApplication::processEvents();
        int seen = 0;
        for (const QToolButton* button : in.view->findChildren<QToolButton*>())
            if (button->isVisible() && in.view->buttons().contains(button->defaultAction())) ++seen;
        QCOMPARE(seen, 14); // all but the registers, which this model has not
    }
    void aPartWithAFactorIsNotOffYet()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        in.stage.model.wishes()->change([](RunRequest& r) { r.changes = {{"mlp", 0, -1, 0.5, {}, {}}}; });
        QVERIFY(in.stage.settled());
        const auto isChecked = [&] {
            return std::ranges::any_of(in.view->buttons(), [](QAction* one) { return one->isChecked(); });
        };
        QVERIFY(!isChecked());
        QVERIFY(in.press("MLP off"));
        QCOMPARE(in.words(), QStringList("MLP of layer 0 off"));
        QVERIFY(isChecked());
    }
    void aSliderMovesItsFactorAndTheRowStays()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QVERIFY(in.press("MLP off"));
        QVERIFY(in.press("Head 0.0 off"));
        InterventionRow* row = in.view->rows().back(); // the head
        for (const int value : {50, 0, -100, 200}) {
            row->slider()->setValue(value);
            QVERIFY(in.stage.settled());
            QCOMPARE(in.view->rows().size(), std::size_t(2));
            QCOMPARE(in.view->rows().back(), row);
            QCOMPARE(row->number()->value(), value / 100.0);
        }
        QCOMPARE(in.words(), QStringList("2 interventions: MLP of layer 0 off, Head 0.0 × 2"));
        row->number()->setValue(0.5);
        QCOMPARE(row->slider()->value(), 50);
        QCOMPARE(in.request().changes.back().factor, 0.5);
    }
    void aRowIsTakenBackByItsButton()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QVERIFY(in.press("MLP off"));
        QVERIFY(in.press("Layer 0 off"));
        in.view->rows().front()->removal()->click();
        QCOMPARE(int(in.view->rows().size()), 1);
        QVERIFY(in.stage.settled());
        in.view->findChild<QPushButton*>()->click();
        QVERIFY(in.words().isEmpty());
    }
    void aTokenIsHiddenOnceOneIsPinned()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QVERIFY(!in.press("Hide token"));
        in.stage.selection.tokens()->pin({0, 7});
        QVERIFY(in.press("Hide token 7"));
        QCOMPARE(in.words(), QStringList("Tokens hidden: 7"));
        in.stage.selection.tokens()->pin({0, 9});
        QVERIFY(in.press("Hide token 9"));
        QCOMPARE(in.words(), QStringList("Tokens hidden: 7, 9"));
        QVERIFY(in.press("Hide token 9"));
        QCOMPARE(in.words(), QStringList("Tokens hidden: 7"));
    }
    void anEdgeIsCutToTheTokenThatWasPointedAtLast()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        in.stage.selection.tokens()->pin({0, 7});
        QVERIFY(!in.press("Cut link"));
        in.stage.selection.tokens()->hover({0, 12});
        in.stage.selection.tokens()->hover({0, -1}); // the mouse leaves for the button
        QVERIFY(in.press("Cut link"));
        QCOMPARE(in.words(), QStringList("Cut 7 → 12 in head 0.0"));
        QVERIFY(in.press("Cut in all heads"));
        QCOMPARE(int(in.request().changes.size()), 2);
    }
    void thePatchNeedsABaselineAndTakesThePinnedToken()
    {
        Scene in;
        QVERIFY(in.open("methods"));
        QVERIFY(!in.press("Patch layer 0"));
        in.stage.model.comparison()->hold();
        QTRY_VERIFY(in.stage.model.comparison()->holds());
        in.stage.model.wishes()->openPicture("two", "two");
        QTRY_VERIFY(in.stage.settled() && in.stage.model.input().name == "two");
        in.stage.selection.heads()->setLayer(0);
        QVERIFY(in.press("Patch layer 0"));
        QCOMPARE(in.words(), QStringList("Into layer 0 from the baseline: all tokens"));
        QVERIFY(in.press("Patch layer 0"));
        QVERIFY(in.words().isEmpty());
        in.stage.selection.tokens()->pin({0, 9});
        QVERIFY(in.press("Patch layer 0"));
        in.stage.selection.tokens()->pin({0, 7});
        QVERIFY(in.press("Patch layer 0"));
        QCOMPARE(in.words(), QStringList("Into layer 0 from the baseline: 7, 9"));
        QVERIFY(in.press("Patch layer 0"));
        QCOMPARE(in.words(), QStringList("Into layer 0 from the baseline: 9"));
        in.stage.selection.tokens()->pin({0, 9});
        QVERIFY(in.press("Patch layer 0"));
        QVERIFY(in.words().isEmpty());
        QVERIFY(in.press("Patch MLP") && in.press("Patch head"));
        QCOMPARE(int(in.view->rows().size()), 2);
    }
    void twoSetsSteerALayer()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        in.stage.selection.heads()->setLayer(1);
        SetForm* form = in.view->form();
        QVERIFY(form->isHidden());
        QVERIFY(in.press("Steer\u2026"));
        QVERIFY(form->isVisible() && !form->apply()->isEnabled());
        form->setSet(0, "/p/birds");
        QVERIFY(!form->apply()->isEnabled());
        form->setSet(1, "/p/other things");
        QCOMPARE(form->field(1)->name(), QString("Away from: other things"));
        QCOMPARE(form->field(1)->toolTip(), QString("/p/other things"));
        form->apply()->click();
        QVERIFY(!form->apply()->isEnabled());
        QTRY_COMPARE(in.words(), QStringList("Layer 1 steered: birds \u2212 other things \u00D7 1"));
        QVERIFY(form->isHidden());
        QCOMPARE(int(in.view->rows().size()), 1);
        InterventionRow* row = in.view->rows().front();
        row->slider()->setValue(-300);
        QTRY_COMPARE(in.request().changes.front().factor, -3.0);
        QCOMPARE(in.request().changes.front().against, std::string("/p/other things"));
        QVERIFY(in.press("Steer\u2026")); // takes it back
        QVERIFY(in.words().isEmpty());
    }
    void aHeadTakesItsMeanOverASetAndSaysWhatWasLeftOut()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QVERIFY(in.press("Mean over a set\u2026"));
        SetForm* form = in.view->form();
        QVERIFY(form->field(1)->isHidden());
        form->setSet(0, "/p/birds");
        form->apply()->click();
        QTRY_COMPARE(in.words(), QStringList("Head 0.0 by its mean over birds"));
        QVERIFY2(form->note().contains("1 left out") && form->note().contains("5.png is broken"),
                 qPrintable(form->note()));
    }
    void aSetThatIsRefusedChangesNothing()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QVERIFY(in.press("Mean over a set\u2026"));
        SetForm* form = in.view->form();
        form->setSet(0, "/p/empty");
        form->apply()->click();
        QTRY_VERIFY(form->apply()->isEnabled());
        QVERIFY(in.words().isEmpty());
        QVERIFY(form->isVisible()); // for another choice
        form->setSet(0, "/p/birds");
        form->apply()->click();
        QVERIFY(form->stop()->isVisible());
        form->stop()->click();
        QVERIFY(form->stop()->isHidden() && in.stage.settled());
        QVERIFY(in.words().isEmpty());
    }
    void theAnswersStandBesideThoseOfTheBaseline()
    {
        Scene in;
        QVERIFY(in.open("methods"));
        in.stage.model.comparison()->hold();
        QTRY_VERIFY(in.stage.model.comparison()->holds());
        QVERIFY(in.press("MLP off"));
        const std::vector<AnswerDifference>& answers = in.view->answers()->answers();
        QCOMPARE(int(answers.size()), 3);
        QCOMPARE(answers[0].name, QString("class 3"));
        QVERIFY(qAbs(answers[0].difference() + 0.25) < 1e-9);
        QVERIFY(in.view->answers()->isVisibleTo(in.view.get()));
        QVERIFY2(in.view->answers()->accessibleDescription().startsWith("class 3: 60.0 % → 35.0 % (−25.0)"),
                 qPrintable(in.view->answers()->accessibleDescription()));
    }
    void whatWasNotAmongTheFirstIsSaidSo()
    {
        verbs::InputInfo before, after;
        before.outputs.set(verbs::Classes{{{1, "a", 0.9}, {2, "b", 0.1}}});
        after.outputs.set(verbs::Classes{{{3, "c", 0.8}, {1, "a", 0.2}}});
        const auto all = answerDifferences(before, after, 2);
        QCOMPARE(int(all.size()), 2);
        QCOMPARE(all[0].name, QString("a"));
        QVERIFY(!all[1].before);
        QVERIFY(qAbs(all[1].difference() - 0.7) < 1e-9); // less than the last one that is known
    }
    void aBoundIsSaidToBeOne()
    {
        verbs::InputInfo before, after;
        before.outputs.set(verbs::Classes{{{1, "a", 0.9}, {2, "b", 0.012}}});
        after.outputs.set(verbs::Classes{{{1, "a", 0.5}, {3, "c", 0.41}}});
        AnswerBars bars;
        bars.setAnswers(answerDifferences(before, after, 3), false);
        QCOMPARE(bars.accessibleDescription(), QString("a: 90.0 % → 50.0 % (−40.0); c: < 1.2 % → 41.0 % (≥ +39.8); "
                                                       "b: 1.2 % → < 41.0 % (≤ +39.8)"));
        QCOMPARE(bars.answers()[2].certain(), 0.0); // it may have fallen: no bar
    }
    void twoClassesOfOneNameAreTwo()
    {
        verbs::InputInfo before, after;
        before.outputs.set(verbs::Classes{{{134, "crane", 0.6}, {517, "crane", 0.3}}});
        after.outputs.set(verbs::Classes{{{517, "crane", 0.7}, {134, "crane", 0.1}}});
        const auto all = answerDifferences(before, after, 3);
        QCOMPARE(int(all.size()), 2);
        QVERIFY(qAbs(all[0].difference() - 0.4) < 1e-9); // 517, a machine
        QVERIFY(qAbs(all[1].difference() + 0.5) < 1e-9);
    }
    void candidatesAreKnownByTheirText()
    {
        const auto run = [](double cat) {
            verbs::Similarity scores;
            scores.texts.resize(2);
            scores.texts[0].text = "a cat";
            scores.texts[0].probability = cat;
            scores.texts[1].text = "a dog";
            scores.texts[1].probability = 1 - cat;
            verbs::InputInfo info;
            info.outputs.set(scores);
            return info;
        };
        const auto all = answerDifferences(run(0.6), run(0.1), 3);
        QCOMPARE(all[0].name, QString("a dog"));
        QVERIFY(qAbs(all[0].difference() - 0.5) < 1e-9);
    }
    void picturesOfIt()
    {
        Scene in;
        QVERIFY(in.open("methods"));
        in.stage.model.comparison()->hold();
        QTRY_VERIFY(in.stage.model.comparison()->holds());
        QVERIFY(in.press("MLP off") && in.press("Head 0.0 off") && in.press("All heads off"));
        in.view->rows().back()->slider()->setValue(50);
        in.stage.selection.tokens()->pin({0, 9});
        QVERIFY(in.press("Hide token 9"));
        photograph(*in.view, "interventions");
        QVERIFY(in.press("Steer\u2026"));
        in.view->form()->setSet(0, "/pictures/birds with long names of folders");
        photograph(*in.view, "interventions-sets");
    }
    void everythingHasAName()
    {
        Scene in;
        QVERIFY(in.open("plain"));
        QVERIFY(in.press("MLP off"));
        const InterventionRow* row = in.view->rows().front();
        QCOMPARE(row->slider()->accessibleName(), QString("MLP of layer 0: factor"));
        QCOMPARE(row->number()->accessibleName(), QString("MLP of layer 0: factor"));
        QCOMPARE(row->removal()->accessibleName(), QString("Take back: MLP of layer 0"));
        QVERIFY(row->removal()->focusPolicy() & Qt::TabFocus);
    }
};

QTEST_MAIN(TestInterventionsView)
#include "tst_interventions_view.moc"
