// SPDX-License-Identifier: GPL-3.0-or-later
// Texts in the whole window against a real engine: typed, continued, written, looked into.
#include "app/openings.h"
#include "tests/support/window_stage.h"
#include "widgets/canvas/canvas.h"
#include "widgets/text/contrast_view.h"
#include "widgets/text/generation_panel.h"
#include "widgets/text/prompt_flow.h"
#include "widgets/text/text_pane.h"
#include "widgets/text/three_attentions.h"
#include "widgets/text/token_strip.h"
#include "widgets/text/write_row.h"
#include "widgets/viewmodel/live_rows.h"

#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace headlens;
using namespace headlens::test;

class TestTextsInWindow : public QObject, private WindowStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void aTypedTextRunsAgainAndItsTokensAnswerTheMouse()
    {
        m_window->openings()->openModel(QStringLiteral("number-words"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().input().streams.size() == 2, 30'000);
        QVERIFY(!m_window->canvas()->isVisibleTo(m_window.get()));
        TextPane& pane = *m_window->textPane();
        QVERIFY(pane.isVisibleTo(m_window.get()));
        pane.edit()->setPlainText(QStringLiteral("nine hundred and four"));
        QTRY_COMPARE_WITH_TIMEOUT(model().input().streams[0].tokens.size(), std::size_t(5), 10'000);
        waitForRows();
        hover(pane.readStrip(), pane.readStrip()->rectOf(3).center());
        QCOMPARE(selection().tokens()->query().stream, 0);
        QCOMPARE(selection().tokens()->query().token, 3);
        QTRY_COMPARE(model().rows()->of().token, 3);
        QVERIFY(model().rows()->layers()[0].rows() > 0);
        hover(pane.writtenStrip(), pane.writtenStrip()->rectOf(0).center());
        QTRY_COMPARE(model().rows()->of().stream, 1);
        QCOMPARE(model().rows()->layers()[0].rows(), 0); // the encoder knows nothing of what is written
        QTest::keyClick(pane.readStrip(), Qt::Key_Home);
        QCOMPARE(selection().tokens()->query().token, 0);
        QTest::keyClick(pane.readStrip(), Qt::Key_Delete);
        QTRY_COMPARE(model().request().text.hiddenTokens, std::vector<int>{0});
        waitForRows();
    }
    void aTextThatIsContinuedIsAskedAtItsEnd()
    {
        m_window->openings()->openModel(QStringLiteral("story-gpt"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "story-gpt", 30'000);
        const auto last = [&] { return int(model().input().streams[0].tokens.size()) - 1; };
        QTRY_COMPARE(selection().tokens()->query().token, last());
        const int before = last();
        m_window->textPane()->edit()->setPlainText(QStringLiteral("anna has a red ball. ben has"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && last() != before, 10'000);
        QCOMPARE(selection().tokens()->query().token, last()); // it stays at the end
        selection().tokens()->hover({0, 2});
        m_window->textPane()->edit()->setPlainText(QStringLiteral("anna has a red ball. ben has a"));
        QTRY_COMPARE_WITH_TIMEOUT(model().input().streams[0].tokens.size(), std::size_t(9), 10'000);
        QCOMPARE(selection().tokens()->query().token, 2); // chosen by hand
    }
    void pastingFromAnEmptyClipboardChangesNothing()
    {
        m_window->openings()->openModel(QStringLiteral("story-gpt"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "story-gpt", 30'000);
        QApplication::clipboard()->setMimeData(new QMimeData); // as X11 has it before anybody copied something
        QPlainTextEdit* edit = m_window->textPane()->edit();
        const QString before = edit->toPlainText();
        edit->paste();
        QCOMPARE(edit->toPlainText(), before);
    }
    void aModelWritesAndEveryStepCanBeLookedInto()
    {
        m_window->openings()->openModel(QStringLiteral("number-words"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().input().streams.size() == 2, 30'000);
        m_window->textPane()->edit()->setPlainText(QStringLiteral("twelve thousand three hundred and five"));
        QTRY_COMPARE_WITH_TIMEOUT(model().input().streams[0].tokens.size(), std::size_t(7), 10'000);
        waitForRows();
        m_window->findChild<GenerationPanel*>()->write(20);
        QTRY_COMPARE_WITH_TIMEOUT(model().input().streams.back().text, std::string("12305"), 10'000);
        QCOMPARE(m_window->findChild<GenerationPanel*>()->steps(), 6); // and the end
        m_window->findChild<GenerationPanel*>()->showStep(2);
        QCOMPARE(selection().tokens()->query().stream, 1);
        QCOMPARE(selection().tokens()->query().token, 2); // the token after which "3" was chosen
        m_window->findChild<GenerationPanel*>()->clear();
        QTRY_COMPARE_WITH_TIMEOUT(model().input().streams.back().tokens.size(), std::size_t(1), 10'000);
        m_window->openings()->openModel(path("model")); // back to pictures
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().takesPictures, 30'000);
        QVERIFY(!m_window->textPane()->isVisibleTo(m_window.get()));
        QVERIFY(m_window->canvas()->isVisibleTo(m_window.get()));
    }
    void promptAndAnswerAreOneFlowThatTheArrowsWalk()
    {
        m_window->openings()->openModel(QStringLiteral("story-gpt"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "story-gpt", 30'000);
        TextPane& pane = *m_window->textPane();
        QVERIFY(!pane.writtenStrip()->isVisibleTo(&pane));
        const int prompt = int(model().input().streams[0].tokens.size());
        pane.writeRow()->tokens()->setValue(3);
        QCOMPARE(Writing::of(&model())->how().atMost, 3);
        QTest::mouseClick(pane.writeRow()->button(), Qt::LeftButton);
        const auto written = [&] { return int(model().input().streams[0].tokens.size()) - prompt; };
        QTRY_COMPARE_WITH_TIMEOUT(written(), 3, 10'000);
        waitForRows();
        QCOMPARE(m_window->findChild<GenerationPanel*>()->steps(), 3); // the pane of its settings knows of them
        QVERIFY(pane.writtenStrip()->isVisibleTo(&pane));
        QVERIFY2(pane.flow()->answerHeading().contains("3 tokens"), qPrintable(pane.flow()->answerHeading()));
        QVERIFY(pane.readStrip()->rectOf(prompt).isEmpty());
        QVERIFY(!pane.writtenStrip()->rectOf(prompt).isEmpty());
        QTest::keyClick(pane.readStrip(), Qt::Key_End);
        QCOMPARE(selection().tokens()->query(), (TokenPlace{0, prompt - 1}));
        QTest::keyClick(pane.readStrip(), Qt::Key_Right);
        QCOMPARE(selection().tokens()->query(), (TokenPlace{0, prompt}));
        QCOMPARE(m_window->focusWidget(), pane.writtenStrip());
        QTest::keyClick(pane.writtenStrip(), Qt::Key_Left);
        QCOMPARE(selection().tokens()->query(), (TokenPlace{0, prompt - 1}));
        int least = 3; // of what is there meanwhile
        connect(&model(), &InspectionModel::inputChanged, this, [&] { least = std::min(least, written()); });
        QTest::mouseClick(pane.writeRow()->retryButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(least, 0, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(written(), 3, 10'000);
        disconnect(&model(), &InspectionModel::inputChanged, this, nullptr);
        pane.edit()->setPlainText(QStringLiteral("anna has a red ball."));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && !pane.writtenStrip()->isVisibleTo(&pane), 10'000);
        QCOMPARE(Writing::of(&model())->written().steps.size(), std::size_t(0)); // another text began
    }
    void whatWasWrittenBeforeItWasStoppedStays()
    {
        m_window->openings()->openModel(QStringLiteral("story-gpt"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "story-gpt", 30'000);
        Writing& writing = *Writing::of(&model());
        connect(&writing, &Writing::grown, &writing, [&writing] {
            if (!writing.soFar().isEmpty()) writing.stop();
        });
        writing.write(60);
        QVERIFY(writing.isBusy());
        QCOMPARE(m_window->textPane()->writeRow()->button()->text(), WriteRow::tr("Stop"));
        QTRY_VERIFY_WITH_TIMEOUT(!writing.isBusy() && model().link()->isSettled(), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(writtenPlace(model()).count > 0, 10'000);
        QVERIFY(writtenPlace(model()).count <= 60);
        QCOMPARE(m_window->textPane()->writeRow()->button()->text(), WriteRow::tr("Write"));
    }
    void theChipOfThePictureLeadsToIt()
    {
        m_window->openings()->openModel(QStringLiteral("flamingo"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "flamingo", 30'000);
        m_window->openings()->openPictureFile(path("a.png"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().run().hasPicture(), 30'000);
        TextPane& pane = *m_window->textPane();
        QVERIFY(pane.flow()->picture()->isVisibleTo(&pane));
        pane.edit()->setFocus();
        QTest::mouseClick(pane.flow()->picture(), Qt::LeftButton);
        QCOMPARE(m_window->focusWidget(), m_window->canvas());
        QVERIFY(pane.height() <= pane.parentWidget()->height() / 2);
    }
    void threeAttentionsTellOneStoryAboutAWrittenToken()
    {
        m_window->openings()->openModel(QStringLiteral("number-words"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().input().streams.size() == 2, 30'000);
        m_window->textPane()->edit()->setPlainText(QStringLiteral("nine hundred and four"));
        QTRY_COMPARE_WITH_TIMEOUT(model().input().streams[0].tokens.size(), std::size_t(5), 10'000);
        waitForRows();
        m_window->findChild<GenerationPanel*>()->write(20);
        QTRY_COMPARE_WITH_TIMEOUT(model().input().streams.back().text, std::string("904"), 10'000);
        QVERIFY(m_window->viewNames()->show(QStringLiteral("three")));
        auto& three = *m_window->findChild<ThreeAttentions*>();
        QTRY_VERIFY_WITH_TIMEOUT(!three.story().isEmpty(), 10'000);
        QCOMPARE(three.map(ThreeAttentions::Encoder).rows, 5);
        QCOMPARE(three.map(ThreeAttentions::Cross).rows, 4); // the start and three digits
        QCOMPARE(three.map(ThreeAttentions::Cross).columns, 5);
        QCOMPARE(three.map(ThreeAttentions::Decoder).columns, 4);
        QTest::mouseClick(&three, Qt::LeftButton, {}, three.cellRect(ThreeAttentions::Cross, 1, 2).center().toPoint());
        QCOMPARE(model().input().blocks[std::size_t(selection().heads()->layer())].kind, std::string("cross"));
        QCOMPARE(selection().tokens()->query().stream, 1);
        QCOMPARE(selection().tokens()->query().token, 1);
        QVERIFY(selection().tokens()->isPinned());
        QTRY_COMPARE(three.map(ThreeAttentions::Cross).marked, 1);
    }
    void aContrastiveTrainingIsReplayed()
    {
        m_window->openings()->openModel(QStringLiteral("emoji-clip"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().input().streams.size() == 2, 30'000);
        QVERIFY(m_window->viewNames()->show(QStringLiteral("contrast")));
        auto& contrast = *m_window->findChild<ContrastView*>();
        QTRY_VERIFY_WITH_TIMEOUT(!contrast.record().steps.empty(), 10'000);
        const auto& steps = contrast.record().steps;
        QCOMPARE(contrast.step(), int(steps.size()) - 1);
        QVERIFY(ContrastView::found(steps.back()) > ContrastView::found(steps.front()));
        contrast.setStep(0);
        QCOMPARE(contrast.step(), 0);
        QVERIFY(contrast.accessibleDescription().contains(QString::number(ContrastView::found(steps.front()))));
        m_window->openings()->openModel(path("model"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && contrast.record().steps.empty(), 30'000);
    }
};

QTEST_MAIN(TestTextsInWindow)
#include "tst_texts_in_window.moc"
