// SPDX-License-Identifier: GPL-3.0-or-later
// The command palette over the whole window: everything is in it, and running an entry changes the window.
#include "app/command_palette.h"
#include "app/lesson_actions.h"
#include "app/lessons_along.h"
#include "app/start_screen.h"
#include "app/view_docks.h"
#include "core/base/colormap.h"
#include "tests/support/palette_stage.h"
#include "widgets/canvas/canvas.h"
#include "widgets/common/mnemonics.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/mechanisms/switch_editor.h"
#include "widgets/palette/palette_lines.h"
#include "widgets/palette/palette_popup.h"
#include "widgets/panels/controls_panel.h"
#include "widgets/start/start_page.h"
#include "widgets/text/text_pane.h"
#include "widgets/viewmodel/answers.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_text.h"
#include "widgets/views.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QTest>

#include <functional>

using namespace headlens;
using namespace headlens::test;

class TestCommandPalette : public QObject, private PaletteStage {
    Q_OBJECT

    void forEveryAction(const QMenu* menu, const std::function<void(QAction*)>& visit)
    {
        for (QAction* action : menu->actions()) {
            if (action->menu() != nullptr)
                forEveryAction(action->menu(), visit);
            else if (!action->isSeparator() && action->isEnabled() && action != m_window->palette()->action())
                visit(action);
        }
    }
    QList<QAction*> actions()
    {
        QList<QAction*> all;
        for (const QAction* menu : m_window->menuBar()->actions())
            forEveryAction(menu->menu(), [&](QAction* action) { all << action; });
        return all;
    }
    // Whether an entry of this name is among the first that its own name finds.
    void requireFound(const QString& name)
    {
        const QStringList names = found(name);
        QVERIFY2(names.mid(0, 3).contains(name), qPrintable(name + ": " + names.mid(0, 5).join(" | ")));
    }

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void init() { QFile::remove(path("settings.ini")); }
    void cleanup() { closeWindow(); }

    void bothShortcutsOpenAndCloseItAndTheMenuShowsThem()
    {
        begin();
        for (const auto& [key, with] : {std::pair(Qt::Key_K, Qt::KeyboardModifiers(Qt::ControlModifier)),
                                        std::pair(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier)}) {
            QTest::keyClick(m_window->canvas(), key, with);
            QVERIFY(popup().isVisible());
            QTest::keyClick(popup().field(), key, with);
            QVERIFY(!popup().isVisible());
        }
        const QString text = m_window->palette()->action()->text();
        QVERIFY2(text.contains("Ctrl+K") && text.contains("Ctrl+Shift+P"), qPrintable(text));
        m_window->palette()->action()->trigger();
        QVERIFY(popup().isVisible());
    }
    void itOpensWhereTextIsWrittenAndLeavesTheTextAlone()
    {
        begin();
        openModel("story-gpt");
        QPlainTextEdit* edit = m_window->textPane()->edit();
        edit->setFocus();
        edit->moveCursor(QTextCursor::Start);
        const QString text = edit->toPlainText();
        QVERIFY(!text.isEmpty());
        QTest::keyClick(edit, Qt::Key_K, Qt::ControlModifier);
        QVERIFY(popup().isVisible());
        QCOMPARE(edit->toPlainText(), text);
        QTest::keyClick(popup().field(), Qt::Key_Escape);
        QVERIFY(edit->hasFocus());
    }
    void escapeGivesTheFocusBackAndLeavesTheSelectionAlone()
    {
        begin();
        selection().heads()->setLayer(1);
        selection().heads()->setHead(2);
        selection().tokens()->pin({0, 3});
        QWidget* list = m_window->findChild<ControlsPanel*>()->findChild<QComboBox*>();
        list->setFocus();
        found("head grid");
        QTest::keyClick(popup().field(), Qt::Key_Down);
        QTest::keyClick(popup().field(), Qt::Key_Escape);
        QVERIFY(list->hasFocus() && !popup().isVisible());
        QVERIFY(selection().tokens()->isPinned()); // Escape outside of it would have let go
        QCOMPARE(selection().heads()->layer(), 1);
        QCOMPARE(selection().heads()->head(), 2);
    }

    void everythingIsFoundByItsName_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << "en";
        QTest::newRow("Chinese") << "zh_CN";
    }
    void everythingIsFoundByItsName()
    {
        QFETCH(QString, language);
        begin(language);
        openPalette(); // fills the menus
        for (const QAction* action : actions()) {
            const QString text = withoutMnemonic(action->text()).section('\t', 0, 0);
            const bool isFile = text.startsWith('/');
            requireFound(isFile ? text.section('/', -1) : text);
        }
        for (const View& view : views()) requireFound(view.translatedTitle());
        for (const GalleryLesson& lesson : lessonsAlong()) requireFound(lesson.title);
        QVERIFY(model().loader()->embeddedModels().size() > 10);
        for (const verbs::EmbeddedModel& one : model().loader()->embeddedModels())
            requireFound(QString::fromStdString(one.name));
        for (const verbs::Prediction& answer : answersOf(model().input())) requireFound(firstName(answer.label));
    }
    void everyChoiceOfTheControlsIsFound_data() { everythingIsFoundByItsName_data(); }
    void everyChoiceOfTheControlsIsFound()
    {
        QFETCH(QString, language);
        begin(language);
        const auto& controls = *m_window->findChild<ControlsPanel*>();
        for (const QComboBox* box : controls.findChildren<QComboBox*>())
            for (int i = 0; i < box->count(); ++i) {
                const QString map = box->itemText(i), whole = box->accessibleName() + ": " + map;
                const QStringList names = found(map);
                QVERIFY2(names.contains(map) || names.contains(whole), qPrintable(whole + " | " + names.join(" | ")));
            }
        for (const QCheckBox* box : controls.findChildren<QCheckBox*>()) requireFound(withoutMnemonic(box->text()));
    }
    void runningAnEntryChangesTheWindow()
    {
        begin();
        run("next layer");
        QTRY_COMPARE(selection().heads()->layer(), 1);
        run("1.2");
        QTRY_COMPARE(selection().heads()->head(), 2);
        run("L0H1");
        QTRY_VERIFY(selection().heads()->layer() == 0 && selection().heads()->head() == 1);
        run("layer 1");
        QTRY_VERIFY(selection().heads()->layer() == 1 && selection().heads()->head() == 1);
        run("head 0");
        QTRY_VERIFY(selection().heads()->layer() == 1 && selection().heads()->head() == 0);
        run("magma");
        QTRY_COMPARE(m_window->display()->get().colormap, "magma");
        run("logarithmic");
        QTRY_VERIFY(m_window->display()->get().logarithmic);
        run("scale per layer");
        QTRY_COMPARE(m_window->display()->get().scope, ScaleScope::Layer);
        run("together maximum");
        QTRY_COMPARE(selection().heads()->fusion(), HeadFusion::Max);
        run("theme dark");
        QTRY_VERIFY(QApplication::palette().color(QPalette::Base).lightness() < 80);
        QCOMPARE(m_settings->theme(), "dark");
        run("theme light");
        QTRY_VERIFY(QApplication::palette().color(QPalette::Base).lightness() > 200);
    }
    void tokensArePinnedByWordNumberAndPlace()
    {
        begin();
        const TokenLayout& layout = model().run().layout;
        run("token 7");
        QTRY_COMPARE(selection().tokens()->query().token, 7);
        QVERIFY(selection().tokens()->isPinned());
        run("token 7"); // stays
        QVERIFY(selection().tokens()->isPinned());
        run("CLS");
        QTRY_COMPARE(selection().tokens()->query().token, 0);
        run("patch 1,2");
        QTRY_COMPARE(selection().tokens()->query().token, layout.tokenAt(2, 1));
        openModel("story-gpt");
        const auto& tokens = model().input().streams.front().tokens;
        const QString word = QString::fromStdString(tokens[1].piece).remove(QChar(0x120)).remove(QChar(0x2581));
        QVERIFY2(found(word).contains(word), qPrintable(word));
        run("token 1");
        QTRY_COMPARE(selection().tokens()->query().token, 1);
        QCOMPARE(found("patch 0,0"), QStringList());
        QVERIFY(!popup().sentence().isEmpty());
    }
    void aClassIsExplainedAsByAClick()
    {
        begin();
        const verbs::Prediction second = answersOf(model().input())[1];
        run(firstName(second.label));
        QTRY_COMPARE(selection().map(), QStringLiteral("chefer-generic"));
        QTRY_VERIFY_WITH_TIMEOUT(!model().map()->shown().streams.empty(), 10'000);
        QCOMPARE(model().map()->shown().target, second.index);
        run(QStringLiteral("class %1").arg(answersOf(model().input())[0].index));
        QTRY_COMPARE_WITH_TIMEOUT(model().map()->shown().target, answersOf(model().input())[0].index, 10'000);
    }
    void viewsMapsModelsAndLessonsAreOpened()
    {
        begin();
        QDockWidget* matrix = m_window->findChild<QDockWidget*>("Matrix");
        run("hide matrix");
        QTRY_VERIFY(matrix->isHidden());
        run("matrix");
        QTRY_VERIFY(!matrix->isHidden());
        run("entropy");
        QTRY_COMPARE(selection().map(), "entropy");
        run("emoji-swin");
        QTRY_VERIFY_WITH_TIMEOUT(
            model().link()->isSettled() && model().model().name == "emoji-swin" && model().hasInput(), 30'000);
        const GalleryLesson lesson = lessonsAlong().first();
        run(lesson.title);
        QTRY_VERIFY(m_window->lessons()->player()->isVisible());
    }
    void whatTheModelDoesNotAllowIsGreyAndSaysWhy()
    {
        begin();
        openModel("emoji-swin");
        const verbs::MethodInfo* method = model().map()->method("chefer-lrp");
        QVERIFY(method != nullptr && !method->refusal.empty());
        found(methodText(method->title));
        QVERIFY(!popup().lines().at(0).entry.isEnabled);
        shoot("palette-refused");
        QTest::keyClick(popup().field(), Qt::Key_Return);
        QVERIFY(popup().isVisible());
        QCOMPARE(popup().sentence().toStdString(), method->refusal);
        QCOMPARE(selection().map(), kRowMap);
    }
    void partsOfTheModelAreSwitched()
    {
        begin();
        openModel("number-words");
        const verbs::Switch& one = model().model().switches.front();
        const QString name = QString::fromStdString(one.name);
        for (const std::string& choice : one.choices) {
            run(SwitchEditor::titleOf(one) + ": " + SwitchEditor::choiceText(choice));
            QTRY_COMPARE(model().request().switchValue(model().model(), name).toStdString(), choice);
            QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled(), 30'000);
        }
    }
    void aTokenIsFoundInEverySequenceThatHasIt()
    {
        begin();
        openModel("number-words");
        QCOMPARE(model().input().streams.size(), std::size_t(2));
        QCOMPARE(popup().isOpen(), false);
        QVERIFY(found("token 0").size() >= 2);
        QStringList details;
        for (int row = 0; row < 2; ++row) details << popup().lines().at(row).entry.detail;
        QVERIFY2(details.filter("encoder").size() == 1 && details.filter("decoder").size() == 1,
                 qPrintable(details.join(" | ")));
        shoot("palette-tokens");
        const int row = details[0].contains("decoder") ? 0 : 1;
        for (int i = 0; i < row; ++i) QTest::keyClick(popup().field(), Qt::Key_Down);
        QTest::keyClick(popup().field(), Qt::Key_Return);
        QTRY_COMPARE(model().input().streams[std::size_t(selection().tokens()->query().stream)].name, "decoder");
        QVERIFY(selection().tokens()->isPinned());
    }
    void aPlaceChosenOnTheStartPageIsSeen()
    {
        begin();
        m_window->start()->show();
        run("1.0");
        QTRY_VERIFY(!m_window->start()->isShown());
        QCOMPARE(selection().heads()->layer(), 1);
    }
    void aHeadIsSilencedAndWritesAgain()
    {
        begin();
        run("silence");
        QTRY_COMPARE(model().request().text.ablated.size(), std::size_t(1));
        run("write again");
        QTRY_VERIFY(model().request().text.ablated.empty());
    }
    void theLastUsedComesFirstAndIsRemembered()
    {
        begin();
        run("1.2");
        run("magma");
        QCOMPARE(found("").mid(0, 2), QStringList({"Colours: magma", "Layer 1, head 2"}));
        closeWindow();
        begin(); // another session
        QCOMPARE(found("").mid(0, 2), QStringList({"Colours: magma", "Layer 1, head 2"}));
        QVERIFY(found("").size() > 100);
        closeWindow();
        if (!hasChinese()) return;
        begin("zh_CN"); // the same commands, by other names
        QVERIFY(found("").first().contains("magma"));
    }
    void onlySoManyAreRemembered()
    {
        begin();
        for (int i = 0; i < 16; ++i) run(QStringLiteral("token %1").arg(i));
        for (int i = 0; i < 4; ++i)
            for (int j = 0; j < 4; ++j) run(QStringLiteral("patch %1,%2").arg(i).arg(j));
        run("viridis");
        run("magma");
        run("cividis");
        for (const auto name : colorMapNames()) run(QString::fromLatin1(name.data(), qsizetype(name.size())));
        QVERIFY(m_settings->recent("commands").size() <= 30);
        QVERIFY(m_settings->recent("commands").size() > 15);
    }
    void damagedSettingsAreIgnored()
    {
        QFile file(path("settings.ini"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "[recent]\ncommands=@ByteArray(\\x0\\xff\\xfe), place/9.99, place/, ../../etc, , \"place/token 3\"\n");
        file.close();
        begin();
        QCOMPARE(popup().isOpen(), false);
        const QStringList names = found("");
        QVERIFY(names.size() > 100);
        QVERIFY(!names.first().isEmpty());
        run("magma");
        QTRY_COMPARE(m_window->display()->get().colormap, "magma");
        QCOMPARE(first(""), "Colours: magma");
    }

    void itFitsAndCanBeReadInEveryTheme_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("theme");
        QTest::newRow("light") << "en"
                               << "light";
        QTest::newRow("dark") << "en"
                              << "dark";
        QTest::newRow("chinese") << "zh_CN"
                                 << "light";
    }
    void itFitsAndCanBeReadInEveryTheme()
    {
        QFETCH(QString, language);
        QFETCH(QString, theme);
        m_opensAt = QSize(1100, 700);
        begin(language, theme);
        m_window->resize(1100, 700);
        const QByteArray tag = QTest::currentDataTag();
        found("");
        QVERIFY(m_window->rect().contains(popup().geometry()));
        shoot("palette-" + tag);
        found("head");
        shoot("palette-head-" + tag);
        found("layer next");
        QTest::keyClick(popup().field(), Qt::Key_Down);
        shoot("palette-words-" + tag);
        found("1.14");
        shoot("palette-sentence-" + tag);
        found("rele");
        shoot("palette-refused-" + tag);
        QVERIFY(m_window->rect().contains(popup().geometry()));
    }
};

QTEST_MAIN(TestCommandPalette)
#include "tst_command_palette.moc"
