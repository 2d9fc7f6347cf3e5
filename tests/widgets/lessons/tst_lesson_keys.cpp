// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson by keyboard and its links: Space, Backspace, Tab, what a hovered link points at.
#include "tests/support/lesson_scene.h"

#include <QApplication>
#include <QLineEdit>
#include <QShortcut>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QVBoxLayout>

using namespace headlens;
using namespace headlens::test;

class TestLessonKeys : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    Lesson m_lesson;

private Q_SLOTS:
    void initTestCase() { m_lesson = tinyLesson(m_folder.path()); }
    void theKeyboardAloneDoes()
    {
        QWidget window;
        LessonScene stage; // goes first, and takes the player out of the window
        stage.player.setParent(&window);
        QShortcut space(QKeySequence(Qt::Key_Space), &window), left(QKeySequence(Qt::Key_Left), &window);
        QSignalSpy stolen(&space, &QShortcut::activated), stolenToo(&left, &QShortcut::activated);
        stage.show(window);
        stage.player.open(m_lesson);
        QVERIFY(stage.page()->hasFocus());
        QWidget* page = stage.page();
        QTest::keyClick(page, Qt::Key_Space);
        QTest::keyClick(page, Qt::Key_PageDown);
        QCOMPARE(stage.player.progress().revealed(), 2);
        QTest::keyClick(page, Qt::Key_Right);
        QCOMPARE(stage.player.progress().step(), 1);
        QTest::keyClick(page, Qt::Key_Space);
        QCOMPARE(stage.player.progress().revealed(), 0);
        QTest::keyClick(page, Qt::Key_2);
        QVERIFY(stage.player.progress().isGateOpen());
        QTest::keyClick(page, Qt::Key_Space);
        QCOMPARE(stage.player.progress().revealed(), 1);
        QTest::keyClick(page, Qt::Key_Backspace);
        QTest::keyClick(page, Qt::Key_Left);
        QCOMPARE(stage.player.progress().step(), 0);
        stage.player.go(2);
        QTest::keyClick(page, Qt::Key_PageUp);
        QCOMPARE(stage.player.progress().step(), 1);
        QTest::keyClick(page, Qt::Key_Home);
        QCOMPARE(stage.player.progress().step(), 0);
        QTest::keyClick(page, Qt::Key_Space, Qt::ControlModifier); // not ours
        QCOMPARE(stage.player.progress().revealed(), 0);
        stage.player.close();
        QTest::keyClick(page, Qt::Key_Space);
        QCOMPARE(stage.player.progress().revealed(), 0);
        QCOMPARE(stolen.count(), 1); // once the lesson is closed, the key is the window's again
        QCOMPARE(stolenToo.count(), 0);
    }
    void afterAnAnswerByMouseSpaceGoesOn()
    {
        LessonScene stage;
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        auto* field = new QLineEdit; // what would take the focus
        layout->addWidget(&stage.player);
        layout->addWidget(field);
        stage.show(window);
        stage.player.open(m_lesson);
        stage.player.go(1);
        QTest::mouseClick(stage.button("2"), Qt::LeftButton);
        QVERIFY(!field->hasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(stage.player.progress().revealed(), 1);
        QVERIFY(field->text().isEmpty());
        stage.player.setParent(nullptr);
    }
    void aFocusedButtonKeepsSpace()
    {
        QWidget window;
        LessonScene stage; // goes first, and takes the player out of the window
        stage.player.setParent(&window);
        QShortcut space(QKeySequence(Qt::Key_Space), &window);
        QSignalSpy stolen(&space, &QShortcut::activated);
        stage.show(window);
        stage.player.open(m_lesson);
        stage.player.go(1);
        stage.button("Back")->setFocus();
        QTest::keyClick(stage.button("Back"), Qt::Key_Space);
        QCOMPARE(stage.player.progress().step(), 0);
        QVERIFY(stage.page()->hasFocus()); // Back is disabled now; Skip must not be next
        QCOMPARE(stolen.count(), 0);
    }
    void linksPointAndSelect()
    {
        LessonScene stage;
        stage.player.open(m_lesson);
        LessonPage* page = stage.page();
        QCOMPARE(page->addressOf("trace:0"), std::string("blk1.h2.attn[row=word(cat),col=1]"));
        QVERIFY(stage.text().contains("See its row and nothing."));
        Q_EMIT page->highlighted(QUrl("trace:0"));
        QCOMPARE(stage.selection.tokens()->query().token, 2);
        QVERIFY(!stage.selection.tokens()->isPinned());
        Q_EMIT page->highlighted(QUrl());
        QCOMPARE(stage.selection.heads()->layer(), 0);
        for (int again = 0; again < 2; ++again) {
            Q_EMIT page->anchorClicked(QUrl("trace:0"));
            QCOMPARE(stage.selection.heads()->layer(), 1);
            QCOMPARE(stage.selection.heads()->head(), 2);
            QVERIFY(stage.selection.tokens()->isPinned());
            QCOMPARE(stage.selection.tokens()->query().token, 2);
            QCOMPARE(stage.selection.tokens()->other().token, 1);
        }
        Q_EMIT page->anchorClicked(QUrl("trace:1")); // no dog here
        Q_EMIT page->anchorClicked(QUrl("https://example.org"));
        QCOMPARE(stage.selection.tokens()->query().token, 2);
        const LessonPlaces places(
            &stage.info, [&stage]() -> const verbs::InputInfo& { return stage.input; }, &stage.selection);
        QVERIFY(places.explained("blk1.h2.attn[row=word(cat)]").contains("layer 1, head 2"));
        for (const char* nowhere : {"tok(word(dog))", "blk9.h0.attn[row=0]", "blk0.h9.attn[row=0]", "nonsense", ""})
            QVERIFY2(places.explained(nowhere).startsWith("This leads nowhere"), nowhere);
        places.choose("blk0.hmean.attn[row=0]");
        QCOMPARE(stage.selection.heads()->fusion(), HeadFusion::Mean);
    }
    void tabReachesLinks()
    {
        LessonScene stage;
        stage.show(stage.player);
        stage.player.open(m_lesson);
        QTest::keyClick(stage.page(), Qt::Key_Tab);
        QCOMPARE(stage.selection.tokens()->query().token, 2);
        QTest::keyClick(stage.page(), Qt::Key_Return);
        QCOMPARE(stage.selection.heads()->layer(), 1);
    }
};

QTEST_MAIN(TestLessonKeys)
#include "tst_lesson_keys.moc"
