// SPDX-License-Identifier: GPL-3.0-or-later
// The pane of studies over the fake engine (fake_studies.h), with a picture of 8 x 8 patches behind a class token and 2
// layers of 4 heads.
#include "core/wire/changes.h"
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/measures/heat_matrix.h"
#include "widgets/measures/studies.h"
#include "widgets/measures/studies_view.h"
#include "widgets/measures/study_pad.h"
#include "widgets/mechanisms/switch_editor.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/display_settings.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QFile>
#include <QImage>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>

using namespace headlens;
using namespace headlens::test;

namespace {

// A view that is seen over an open model.
struct Seen {
    FakeStage stage;
    DisplaySettings display;
    StudiesView view{&stage.model, &stage.selection, &display};

    bool open(const char* study = "heads", const char* model = "methods")
    {
        view.resize(900, 400);
        view.show();
        if (!QTest::qWaitForWindowExposed(&view) || !stage.open(model)) return false;
        if (!QTest::qWaitFor([this] { return view.studies()->chosen() != nullptr; }, 10'000)) return false;
        view.studies()->choose(QString::fromLatin1(study));
        return settled();
    }
    bool settled()
    {
        return QTest::qWaitFor([this] { return stage.model.link()->isSettled() && !view.studies()->isRunning(); },
                               10'000);
    }
    const MatrixWords& words() const { return view.matrix()->words(); }
    QAction* line(const QString& title)
    {
        Q_EMIT view.studyMenu()->aboutToShow();
        const auto lines = view.studyMenu()->actions();
        const auto hit = std::ranges::find(lines, title, &QAction::text);
        return hit == lines.end() ? nullptr : *hit;
    }
    HeadPlace chosen() const { return {stage.selection.heads()->layer(), stage.selection.heads()->head()}; }
};

} // namespace

class TestStudiesView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aQuickStudyRunsByItself()
    {
        Seen seen;
        QVERIFY(seen.open());
        QTRY_COMPARE(seen.words().rows(), 2);
        QCOMPARE(seen.words().columns(), 5);
        QCOMPARE(seen.words().at(1, 2), 0.5F);
        QVERIFY(seen.view.note().contains("class 3") && seen.view.note().contains("7.5"));
        QCOMPARE(seen.words().columnName(4), QString("MLP"));
    }
    void aDearOneWaitsForItsButtonAndSaysWhatItCosts()
    {
        Seen seen;
        QVERIFY(seen.open("dear"));
        QTRY_VERIFY(seen.view.note().contains("400"));
        QVERIFY(seen.words().isEmpty());
        seen.view.studies()->run();
        QVERIFY(seen.view.studies()->isRunning());
        QTRY_COMPARE(seen.words().rows(), 2);
    }
    void nothingIsAskedWhileItIsHidden()
    {
        FakeStage stage;
        DisplaySettings display;
        StudiesView view(&stage.model, &stage.selection, &display);
        QVERIFY(stage.open("methods"));
        QVERIFY(view.studies()->all().empty());
        view.show();
        QTRY_COMPARE(view.studies()->all().size(), std::size_t(7));
    }
    void whatDoesNotApplySaysWhy()
    {
        Seen seen;
        QVERIFY(seen.open());
        QVERIFY(seen.line("study of heads")->isEnabled() && seen.line("study of heads")->isChecked());
        QVERIFY(!seen.line("study of refused")->isEnabled());
        QCOMPARE(seen.line("study of refused")->toolTip(), QString("open another model"));
        QVERIFY(!seen.line("study of compare")->isEnabled());
        QVERIFY(seen.line("study of compare")->toolTip().contains("baseline"));
        seen.stage.model.comparison()->hold();
        QTRY_VERIFY(seen.line("study of compare")->toolTip().contains("open the other input"));
        QVERIFY(!seen.line("study of compare")->isEnabled());
        seen.stage.model.wishes()->openPicture("two", "two");
        QTRY_VERIFY(seen.line("study of compare")->isEnabled());
    }
    void aFailureIsToldInOneSentence()
    {
        Seen seen;
        QVERIFY(seen.open("broken"));
        QTRY_VERIFY(seen.view.note().contains("is broken"));
        QVERIFY(seen.words().isEmpty());
        QTRY_VERIFY(seen.stage.model.link()->isSettled()); // and is not asked again and again
    }
    void aClickSelectsLayerAndHead()
    {
        Seen seen;
        QVERIFY(seen.open());
        QTRY_COMPARE(seen.words().rows(), 2);
        HeatMatrix* matrix = seen.view.matrix();
        matrix->grab(); // draws
        QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect({2, 1}).center().toPoint());
        QCOMPARE(seen.chosen(), (HeadPlace{1, 2}));
        QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect({4, 0}).center().toPoint()); // the MLP
        QCOMPARE(seen.chosen().layer, 0);
        QVERIFY(matrix->accessibleDescription().contains("MLP"));
    }
    void aCellOfActivationPatchingIsPatchedFromItsMenu()
    {
        Seen seen;
        QVERIFY(seen.open());
        seen.stage.model.comparison()->hold();
        QTRY_VERIFY(seen.stage.model.comparison()->holds());
        seen.stage.model.wishes()->openPicture("two", "two");
        QTRY_VERIFY(seen.line("study of compare")->isEnabled());
        seen.view.studies()->choose(QStringLiteral("compare"));
        seen.view.studies()->set(QStringLiteral("at"), QStringLiteral("MLP"));
        QVERIFY(seen.settled());
        QTRY_COMPARE(seen.words().columns(), 65);
        HeatMatrix* matrix = seen.view.matrix();
        matrix->grab(); // draws
        const auto openAt = [&](const QPoint& cell) {
            const QPoint at = matrix->cellRect(cell).center().toPoint();
            QContextMenuEvent wanted(QContextMenuEvent::Mouse, at, matrix->mapToGlobal(at));
            QApplication::sendEvent(matrix, &wanted);
            return seen.view.cellMenu()->isVisible() ? seen.view.cellMenu()->actions().value(0) : nullptr;
        };
        QAction* patch = openAt({9, 1});
        QVERIFY(patch != nullptr && patch->isEnabled() && !patch->isChecked());
        patch->trigger();
        seen.view.cellMenu()->close();
        QCOMPARE(seen.stage.model.request().changes.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(textOf(seen.stage.model.request().changes.front())), QString("patch-mlp 1 9"));
    }
    void otherStudiesHaveNoMenu()
    {
        Seen seen;
        QVERIFY(seen.open());
        QTRY_COMPARE(seen.words().rows(), 2);
        Q_EMIT seen.view.matrix()->menuWanted({0, 0}, {});
        QVERIFY(!seen.view.cellMenu()->isVisible());
    }
    void keysGoFromCellToCellAndEnterSelects()
    {
        Seen seen;
        QVERIFY(seen.open());
        QTRY_COMPARE(seen.words().rows(), 2);
        HeatMatrix* matrix = seen.view.matrix();
        QCOMPARE(matrix->current(), QPoint(0, 0)); // what is selected
        QTest::keyClick(matrix, Qt::Key_Right);
        QTest::keyClick(matrix, Qt::Key_Down);
        QTest::keyClick(matrix, Qt::Key_Down); // there is none below
        QCOMPARE(matrix->current(), QPoint(1, 1));
        QCOMPARE(seen.chosen(), (HeadPlace{0, 0}));
        QVERIFY(seen.view.note().contains("layer 1") && seen.view.note().contains("head 1"));
        QTest::keyClick(matrix, Qt::Key_Return);
        QCOMPARE(seen.chosen(), (HeadPlace{1, 1}));
        seen.stage.selection.heads()->setHead(3);
        QCOMPARE(matrix->current(), QPoint(3, 1));
    }
    void theStrongestCellsAreListedAndSelect()
    {
        Seen seen;
        QVERIFY(seen.open());
        QTRY_COMPARE(seen.view.strongest()->count(), 10);
        QVERIFY(seen.view.strongest()->item(0)->text().startsWith("layer 1, head 0: 1"));
        for (int i = 1; i < 10; ++i) { // whichever sign
            const QPoint one = seen.view.strongest()->item(i - 1)->data(Qt::UserRole).toPoint();
            const QPoint next = seen.view.strongest()->item(i)->data(Qt::UserRole).toPoint();
            QVERIFY(std::abs(seen.words().at(one.y(), one.x())) >= std::abs(seen.words().at(next.y(), next.x())));
        }
        Q_EMIT seen.view.strongest()->itemActivated(seen.view.strongest()->item(0));
        QCOMPARE(seen.chosen(), (HeadPlace{1, 0}));
    }
    void placesAreListedFromTheFirstAndSayTheirWords()
    {
        Seen seen;
        QVERIFY(seen.open("words"));
        QTRY_COMPARE(seen.words().rows(), 3);
        QCOMPARE(seen.words().columns(), 65);
        QCOMPARE(seen.words().rowName(0), QString("embedding"));
        QCOMPARE(seen.words().cellText(0, 0), QString("embedding, CLS: place 1 \u00B7 first: \u201Cclass 0\u201D"));
        QVERIFY(seen.view.strongest()->item(0)->text().contains("place 1 "));
    }
    void aRowOverPatchesIsShownAsPatches()
    {
        Seen seen;
        QVERIFY(seen.open("words"));
        QTRY_COMPARE(seen.words().rows(), 3);
        HeatMatrix *matrix = seen.view.matrix(), *patches = seen.view.patches();
        matrix->setCurrent({0, 2});
        Q_EMIT matrix->chosen({0, 2});
        QCOMPARE(patches->words().rows(), 8);
        QCOMPARE(patches->words().at(1, 2), seen.words().at(2, 1 + 8 + 2));
        QCOMPARE(seen.chosen().layer, 1);
        Q_EMIT patches->chosen({3, 1});
        QCOMPARE(seen.stage.selection.tokens()->query().token, 1 + 8 + 3);
    }
    void outliersAndWhatIsNoNumberAreSaid()
    {
        Seen seen;
        QVERIFY(seen.open("words"));
        QTRY_COMPARE(seen.words().rows(), 3);
        seen.view.showMatrix(1);
        QVERIFY(seen.words().cellText(1, 3).contains("outlier"));
        QVERIFY(seen.words().cellText(2, 64).endsWith("none"));
    }
    void anotherSettingIsAnotherAnswer()
    {
        Seen seen;
        QVERIFY(seen.open());
        QTRY_COMPARE(seen.words().rows(), 2);
        StudyPad pad(seen.view.studies());
        auto* editor = pad.findChild<SwitchEditor*>();
        QVERIFY(editor != nullptr);
        seen.view.studies()->set("mode", "mean");
        QVERIFY(!editor->isUsual());
        QTRY_COMPARE(seen.words().at(1, 2), 1.0F);
        seen.view.studies()->choose("dear");
        seen.view.studies()->run();
        QVERIFY(seen.settled());
        seen.view.studies()->set("mode", "mean"); // dear ones do not run by themselves
        QVERIFY(seen.settled());
        QVERIFY(seen.view.studies()->isStale());
        QVERIFY(seen.view.note().contains("run it again"));
    }
    void anotherBaselineIsAnotherAnswerOfWhatReadsIt()
    {
        Seen seen;
        QVERIFY(seen.open("heads"));
        Studies* studies = seen.view.studies();
        QTRY_COMPARE(seen.words().rows(), 2);
        studies->watch(false); // so that it does not run by itself
        QSignalSpy held(seen.stage.model.comparison(), &Comparison::changed);
        seen.stage.model.comparison()->hold();
        QTRY_COMPARE(held.size(), 1);
        QVERIFY(!studies->isStale()); // it reads none
        studies->watch(true);
        seen.stage.model.wishes()->openPicture("two", "two");
        QVERIFY(seen.settled());
        studies->choose("compare");
        QTRY_COMPARE(seen.words().rows(), 2);
        QVERIFY(seen.settled() && !studies->isStale());
        studies->watch(false);
        seen.stage.model.comparison()->hold();
        QTRY_COMPARE(held.size(), 2);
        QVERIFY(studies->isStale());
        QVERIFY(seen.view.note().contains("open the other input"));
    }
    void anotherTokenIsSaidOfADearStudy()
    {
        Seen seen;
        QVERIFY(seen.open("token"));
        seen.view.studies()->run();
        QTRY_COMPARE(seen.words().rows(), 2);
        QVERIFY(seen.settled() && seen.view.note().contains("class 3"));
        const TokenPlace before = seen.stage.selection.tokens()->query();
        seen.stage.selection.tokens()->pin({0, 20});
        QVERIFY(seen.view.note().contains("run it again"));
        seen.stage.selection.tokens()->pin(before);
        QVERIFY(seen.view.note().contains("class 3"));
    }
    void aLowPaneHasTheMatrixBehindATab()
    {
        Seen seen;
        QVERIFY(seen.open());
        QTRY_COMPARE(seen.words().rows(), 2);
        seen.view.resize(340, 240);
        QTRY_VERIFY(seen.view.matrix()->isVisible() && !seen.view.strongest()->isVisible());
        QVERIFY(seen.view.matrix()->height() > 120);
        photograph(seen.view, "studies-low");
        seen.view.resize(340, 500);
        QTRY_VERIFY(seen.view.matrix()->isVisible() && seen.view.strongest()->isVisible());
        seen.view.resize(900, 240);
        QTRY_VERIFY(seen.view.matrix()->isVisible() && seen.view.strongest()->isVisible());
        QVERIFY(seen.view.matrix()->width() > seen.view.strongest()->width());
    }
    void numbersAndPictureAreWritten()
    {
        QTemporaryDir folder;
        Seen seen;
        QVERIFY(seen.open());
        QTRY_COMPARE(seen.words().rows(), 2);
        seen.view.write(folder.filePath("heads.csv"));
        QFile csv(folder.filePath("heads.csv"));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(csv.readAll()).trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines.at(0), QString("layer,head 0,head 1,head 2,head 3,MLP"));
        QCOMPARE(lines.at(2), QString("layer 1,1,0.75,0.5,0.25,0.5"));
        seen.view.write(folder.filePath("heads.png"));
        QVERIFY(QImage(folder.filePath("heads.png")).width() > 100);
        seen.view.write("/no/such/heads.csv");
        QVERIFY(seen.view.note().contains("could not be written"));
    }
    void anEarlierAnswerKeepsItsNamesAndIsNotWritten()
    {
        QTemporaryDir folder;
        Seen seen;
        QVERIFY(seen.open("words", "life"));
        QTRY_COMPARE(seen.words().columnName(3), QString("north"));
        QVERIFY(seen.settled());
        seen.view.studies()->watch(false); // so that it does not run by itself
        seen.stage.model.wishes()->change([](RunRequest& request) { request.text.text = "<cls> 1961-03 born south"; });
        QTRY_VERIFY(seen.view.studies()->isStale());
        seen.view.showMatrix(1); // named anew
        QCOMPARE(seen.words().columnName(3), QString("north"));
        seen.view.write(folder.filePath("words.csv"));
        QVERIFY(!QFile::exists(folder.filePath("words.csv")));
        QVERIFY(seen.view.note().contains("earlier input"));
    }
    void itHasNamesForThoseWhoDoNotSeeIt()
    {
        Seen seen;
        QVERIFY(seen.open());
        QTRY_COMPARE(seen.words().rows(), 2);
        everyPartHasAName(seen.view);
        QVERIFY(seen.view.matrix()->accessibleName().contains("study of heads"));
        photograph(seen.view, "studies");
        seen.view.resize(400, 400); // one below the other
        photograph(seen.view, "studies-narrow");
        seen.view.studies()->choose("words");
        QTRY_COMPARE(seen.words().rows(), 3);
        photograph(seen.view, "studies-words");
        StudyPad pad(seen.view.studies());
        pad.show();
        everyPartHasAName(pad);
        photograph(pad, "study-pad");
    }
};

QTEST_MAIN(TestStudiesView)
#include "tst_studies_view.moc"
