// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody chooses for a pane: its menus, a text of its own, a step of a training; what cannot be opened; what
// sessions keep.
#include "core/base/error.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"
#include "tests/support/view_shots.h"
#include "tests/widgets/compare/panes_stage.h"
#include "widgets/common/field_button.h"
#include "widgets/compare/pane_header.h"
#include "widgets/text/token_strip.h"
#include "widgets/training/step_player.h"

#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace headlens;
using namespace headlens::test;

namespace {

QStringList linesOf(FieldButton* field)
{
    Q_EMIT field->menu()->aboutToShow();
    QStringList lines;
    for (const QAction* line : field->menu()->actions())
        if (!line->isSeparator()) lines << line->text() + (line->isEnabled() ? QString() : QString(" (grey)"));
    return lines;
}

} // namespace

class TestPaneWishes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLastStepOfATrainingThatWasAskedForIsShown()
    {
        QTemporaryDir folder;
        for (const int step : {100, 200, 300, 400}) {
            QDir().mkpath(folder.filePath(QStringLiteral("step-%1").arg(step)));
            QFile weights(folder.filePath(QStringLiteral("step-%1/model.safetensors").arg(step)));
            QVERIFY(weights.open(QIODevice::WriteOnly));
        }
        PanesStage seen;
        QVERIFY(seen.open(qPrintable(folder.filePath("step-400"))));
        QVERIFY(linesOf(seen.first()->header()->modelField()).contains("Checkpoints of this training (4)"));
        QVERIFY(seen.first()->steps()->isHidden());
        seen.first()->showCheckpoints();
        QVERIFY(seen.settled());
        QVERIFY(!seen.first()->steps()->isHidden());
        QCOMPARE(seen.first()->steps()->text(), QString("step 400 of 400"));
        seen.stage.selection.tokens()->pin({0, 17});
        seen.stage.selection.heads()->setHead(3);
        QSignalSpy opened(seen.pane()->model()->loader(), &ModelLoader::opened);
        for (const int place : {2, 1, 0, 1, 0}) seen.first()->steps()->setStep(place);
        const auto shown = [&] { return QString::fromStdString(seen.pane()->model()->model().name); };
        QTRY_COMPARE_WITH_TIMEOUT(shown(), folder.filePath("step-100"), 10'000);
        QCOMPARE(opened.size(), 2); // the first, and the last that was asked for meanwhile
        QVERIFY(seen.settled());
        QCOMPARE(seen.query(), (TokenPlace{0, 17}));
        QCOMPARE(seen.pane()->selection()->heads()->head(), 3);
        QCOMPARE(seen.first()->steps()->text(), QString("step 100 of 400"));
        seen.wish([](PaneWish& wish) { wish.model.clear(); });
        QVERIFY(seen.first()->steps()->isHidden());
    }
    void whatCannotBeOpenedIsToldInThePane()
    {
        PanesStage seen;
        QVERIFY(seen.open());
        seen.wish([](PaneWish& wish) { wish.model = "guess heads"; });
        QTRY_VERIFY_WITH_TIMEOUT(!seen.first()->status().isEmpty(), 10'000);
        QVERIFY(seen.openBeside("patterns"));
        QCOMPARE(seen.first()->status(), QString());
        seen.wish([](PaneWish& wish) { wish.picture = "/nowhere.png"; });
        QVERIFY(seen.first()->status().contains("/nowhere.png"));
        QVERIFY(seen.pane()->model()->hasInput()); // the last picture stays
    }
    void aTextOfItsOwnIsTyped()
    {
        PanesStage seen;
        QVERIFY(seen.open("infini"));
        QVERIFY(seen.first()->text()->isHidden());
        seen.wish([](PaneWish& wish) { wish.hasText = true; });
        QVERIFY(seen.settled());
        QVERIFY(!seen.first()->text()->isHidden() && !seen.first()->strip()->isHidden());
        QVERIFY(seen.first()->canvas()->isHidden());
        seen.first()->text()->setFocus();
        seen.first()->text()->setText("words of its own");
        QTest::keyClick(seen.first()->text(), Qt::Key_Return);
        QCOMPARE(seen.pane()->model()->request().text.text, QString("words of its own"));
        QVERIFY(seen.stage.model.request().text.text != QString("words of its own"));
    }
    void menusOfferWhatTheModelAllows()
    {
        PanesStage seen;
        seen.view.setSources({[](QMenu* menu, const ChoosePath& choose) {
                                  menu->addAction("a model", menu, [choose] { choose("patterns"); });
                              },
                              {}});
        QVERIFY(seen.open("methods"));
        PaneHeader* header = seen.first()->header();
        QCOMPARE(linesOf(header->modelField()), (QStringList{"As shown", "a model"}));
        QCOMPARE(linesOf(header->inputField()), (QStringList{"As shown", "Another text (grey)"}));
        QCOMPARE(linesOf(header->mapField()).mid(0, 2), (QStringList{"As shown", "raw attention"}));
        QVERIFY(linesOf(header->mapField()).size() > 2);
        QCOMPARE(linesOf(header->changesField()), (QStringList{"As shown", "As trained"}));
        Q_EMIT header->modelField()->menu()->aboutToShow();
        header->modelField()->menu()->actions().last()->trigger();
        QCOMPARE(seen.pane()->wish().model, QString("patterns"));
        QVERIFY(seen.settled());
        QCOMPARE(header->modelField()->name(), QString("patterns"));
        QVERIFY(header->modelField()->detail().isEmpty());
        QCOMPARE(header->inputField()->detail(), QString("as shown"));
        everyPartHasAName(seen.view);
    }
    void wishesTravelAsJson()
    {
        const PaneWish wish{"a/model", "cat.jpg", "words", true, "rollout", true, true};
        const Json list = Json::array({toJson(wish), toJson(PaneWish())});
        QCOMPARE(paneWishesFrom(list, "s"), (QList<PaneWish>{wish, PaneWish()}));
        QCOMPARE(paneWishesFrom(Json::parse("[{}, {}, {}, {}, {}]"), "s").size(), kMostPanes);
        for (const char* bad : {"{}", "[1]", R"([{"model": 3}])", R"([{"difference": "yes"}])"})
            QCOMPARE(errorOf([&] { paneWishesFrom(Json::parse(bad), "s"); }), ErrorCode::BadConfig);
    }
};

QTEST_MAIN(TestPaneWishes)
#include "tst_pane_wishes.moc"
