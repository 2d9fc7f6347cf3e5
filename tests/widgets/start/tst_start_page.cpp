// SPDX-License-Identifier: GPL-3.0-or-later
// The start page alone: what it asks for, how it is walked by keys, what it says of the models.
#include "tests/support/view_shots.h"
#include "widgets/start/card.h"
#include "widgets/start/card_grid.h"
#include "widgets/start/found_section.h"
#include "widgets/start/score_bars.h"
#include "widgets/start/start_page.h"

#include <QCheckBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace headlens;
using namespace headlens::test;

namespace {

QList<GalleryModel> models(int count)
{
    QList<GalleryModel> all;
    for (int i = 0; i < count; ++i)
        all.append({QStringLiteral("story-%1").arg(i),
                    QStringLiteral("Tells stories word by word"),
                    QStringLiteral("Mixture-of-Depths"),
                    {{QStringLiteral("colour of the thing"), 0.97, 0.31,
                      QStringLiteral("every token takes every block"), 0.05}}});
    return all;
}

// The last of them cannot be opened.
QList<GalleryFound> found(int count)
{
    QList<GalleryFound> all;
    for (int i = 0; i < count; ++i)
        all.append({QStringLiteral("someone/model-%1").arg(i), QStringLiteral("/models/%1").arg(i),
                    QStringLiteral("vit · 330 MB · Hugging Face cache"),
                    i + 1 < count ? QString() : QStringLiteral("HeadLens cannot open GGUF files yet.")});
    return all;
}

QList<GalleryLesson> lessons()
{
    return {{QStringLiteral("/lessons/one"), QStringLiteral("What attention is"), QStringLiteral("One row.")},
            {QStringLiteral("/lessons/two"), QStringLiteral("Many heads"), QStringLiteral("Several at once.")}};
}

} // namespace

class TestStartPage : public QObject {
    Q_OBJECT
    std::unique_ptr<QWidget> m_window;
    StartPage* m_page = nullptr;

    Card* focused() { return qobject_cast<Card*>(m_page->focusWidget()); }
    void press(Qt::Key key) { QTest::keyClick(m_page->focusWidget(), key); }

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_page = new StartPage(m_window.get());
        m_page->setModels(models(7));
        m_page->setLessons(lessons());
        m_window->resize(900, 600);
        m_page->resize(900, 600);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void everyChoiceAsksForSomethingByMouseAndByEnter()
    {
        QSignalSpy picture(m_page, &StartPage::pictureWanted), sentence(m_page, &StartPage::sentenceWanted),
            model(m_page, &StartPage::modelWanted);
        QCOMPARE(m_page->choices().size(), 4);
        for (Card* choice : m_page->choices()) {
            choice->setFocus();
            QTest::keyClick(choice, Qt::Key_Return);
            QTest::mouseClick(choice, Qt::LeftButton);
            choice->setFocus();
            QTest::keyClick(choice, Qt::Key_Space);
        }
        QCOMPARE(picture.count(), 3);
        QCOMPARE(sentence.count(), 3);
        QCOMPARE(model.count(), 3);
    }
    void aLessonIsChosenFromItsCard()
    {
        QSignalSpy chosen(m_page, &StartPage::lessonChosen);
        QTest::keyClick(m_page->choices()[2], Qt::Key_Return); // "A lesson": leads to them
        QCOMPARE(focused(), m_page->lessonCards().first());
        const QRect first(m_page->lessonCards().first()->mapTo(m_page, QPoint()),
                          m_page->lessonCards().first()->size());
        QVERIFY2(m_page->rect().contains(first), "it is scrolled into view");
        press(Qt::Key_Right);
        press(Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toString(), QString("/lessons/two"));
    }
    void aModelIsChosenByItsName()
    {
        QSignalSpy chosen(m_page, &StartPage::modelChosen);
        m_page->modelCards()[3]->click();
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toString(), QString("story-3"));
    }
    void theArrowsWalkEveryCardAndScroll()
    {
        QCOMPARE(focused(), m_page->choices().first());
        press(Qt::Key_Left); // nothing there
        QCOMPARE(focused(), m_page->choices().first());
        for (int i = 1; i < 4; ++i) {
            press(Qt::Key_Right);
            QCOMPARE(focused(), m_page->choices()[i]);
        }
        for (int i = 0; i < 12 && focused() != nullptr && !m_page->lessonCards().contains(focused()); ++i)
            press(Qt::Key_Down);
        QVERIFY(m_page->lessonCards().contains(focused()));
        QVERIFY(m_page->findChild<QScrollArea*>()->verticalScrollBar()->value() > 0);
        for (int i = 0; i < 12; ++i) press(Qt::Key_Up);
        QVERIFY(m_page->choices().contains(focused()));
    }
    void tabGoesAsOneReads()
    {
        m_page->setModels(models(8)); // the engine may answer after the lessons are there
        m_page->choices().last()->setFocus();
        press(Qt::Key_Tab);
        QCOMPARE(m_page->focusWidget(), m_page->found()->controls()[1]); // "Add a folder"
        press(Qt::Key_Tab);
        QCOMPARE(focused(), m_page->modelCards().first());
        m_page->modelCards().last()->setFocus();
        press(Qt::Key_Tab);
        QCOMPARE(focused(), m_page->lessonCards().first());
        m_page->lessonCards().last()->setFocus();
        press(Qt::Key_Tab);
        QCOMPARE(m_page->focusWidget(), m_page->findChild<QCheckBox*>());
    }
    void escapeSkipsAndTheKeysOfTheMapsSleep()
    {
        QShortcut escape(QKeySequence(Qt::Key_Escape), m_window.get()), layer(QKeySequence(Qt::Key_D), m_window.get()),
            space(QKeySequence(Qt::Key_Space), m_window.get()),
            open(QKeySequence(Qt::CTRL | Qt::Key_O), m_window.get());
        QSignalSpy stolen(&escape, &QShortcut::activated), stolenToo(&layer, &QShortcut::activated),
            played(&space, &QShortcut::activated), opened(&open, &QShortcut::activated);
        QSignalSpy skipped(m_page, &StartPage::skipped), asked(m_page, &StartPage::pictureWanted);
        press(Qt::Key_D);
        press(Qt::Key_Space);
        QCOMPARE(asked.count(), 1);
        QTest::keyClick(m_page->focusWidget(), Qt::Key_O, Qt::ControlModifier);
        press(Qt::Key_Escape);
        m_page->findChild<QPushButton*>("skip")->click();
        QCOMPARE(skipped.count(), 2);
        QCOMPARE(stolen.count() + stolenToo.count() + played.count(), 0);
        QCOMPARE(opened.count(), 1); // with Ctrl: the window's
    }
    void aFoundModelIsChosenByItsPath()
    {
        m_page->found()->setFound(found(3), {});
        QSignalSpy chosen(m_page->found(), &FoundSection::chosen);
        QTest::keyClick(m_page->found()->cards()[1], Qt::Key_Return);
        QTest::mouseClick(m_page->found()->cards()[0], Qt::LeftButton);
        QCOMPARE(chosen.count(), 2);
        QCOMPARE(chosen[0][0].toString(), QString("/models/1"));
    }
    void oneThatCannotBeOpenedIsGreyAndSaysWhy()
    {
        m_page->found()->setFound(found(3), {});
        QSignalSpy chosen(m_page->found(), &FoundSection::chosen), refused(m_page->found(), &FoundSection::refused);
        Card* grey = m_page->found()->cards().last();
        QVERIFY(grey->content().isGrey && grey->isEnabled()); // the keys reach it, and a screen reader reads it
        QVERIFY(grey->toolTip().contains("GGUF"));
        QVERIFY(grey->accessibleDescription().contains("cannot open GGUF"));
        grey->setFocus();
        press(Qt::Key_Return);
        QCOMPARE(chosen.count(), 0);
        QCOMPARE(refused.count(), 1);
        QCOMPARE(refused[0][0].toString(), QString("someone/model-2"));
    }
    void aFewFoundModelsAreShownUntilMoreAreAskedFor()
    {
        m_page->found()->setFound(found(100), {});
        QCOMPARE(m_page->found()->cards().size(), 6);
        auto* more = qobject_cast<QPushButton*>(m_page->found()->controls()[6]);
        QVERIFY(more->isVisible());
        QCOMPARE(more->text(), QString("Show 60 more"));
        more->click();
        QCOMPARE(m_page->found()->cards().size(), 66);
        QCOMPARE(focused(), m_page->found()->cards()[6]); // the first of those that came
        QCOMPARE(more->text(), QString("Show 34 more"));
        more->click();
        QCOMPARE(m_page->found()->cards().size(), 100);
        QVERIFY(!more->isVisible());
        m_page->found()->setFound(found(101), {}); // found again: still all
        QCOMPARE(m_page->found()->cards().size(), 101);
    }
    void theSearchSaysHowItStands()
    {
        FoundSection& section = *m_page->found();
        section.setLooking(true);
        QCOMPARE(section.note()->text(), QString("Looking for models…"));
        section.setLooking(false);
        section.setFound({}, {QStringLiteral("A folder cannot be read: /x.")});
        QVERIFY(section.note()->text().startsWith("No models were found"));
        QVERIFY(section.note()->text().endsWith("/x."));
        section.setFound(found(1), {});
        QVERIFY(section.note()->isHidden());
    }
    void foldersAreAddedAndForgotten()
    {
        FoundSection& section = *m_page->found();
        QSignalSpy wanted(&section, &FoundSection::folderWanted), forgotten(&section, &FoundSection::folderForgotten);
        auto* add = qobject_cast<QPushButton*>(section.controls()[1]);
        auto* forget = qobject_cast<QPushButton*>(section.controls()[2]);
        add->click();
        QCOMPARE(wanted.count(), 1);
        QVERIFY(!forget->isVisible()); // there is none
        section.setFolders({QStringLiteral("/a&b")});
        QVERIFY(forget->isVisible());
        forget->menu()->actions().first()->trigger();
        QCOMPARE(forgotten[0][0].toString(), QString("/a&b"));
    }
    void theKeysWalkFoundModelsAndTheirButtonsAsOneReads()
    {
        m_page->found()->setFound(found(2), {});
        m_page->choices().last()->setFocus();
        press(Qt::Key_Tab);
        QCOMPARE(focused(), m_page->found()->cards().first());
        press(Qt::Key_Tab);
        QCOMPARE(focused(), m_page->found()->cards().last());
        press(Qt::Key_Tab);
        QCOMPARE(m_page->focusWidget(), m_page->found()->controls()[3]); // "Add a folder"
        press(Qt::Key_Tab);
        QCOMPARE(focused(), m_page->modelCards().first());
        m_page->choices().first()->setFocus();
        press(Qt::Key_Down);
        QVERIFY(m_page->found()->cards().contains(focused()));
        everyPartHasAName(*m_page);
    }
    void theNumbersAreSaidInWords()
    {
        const Card* card = m_page->modelCards().first();
        QCOMPARE(card->accessibleName(), QString("story-0"));
        for (const char* part : {"Tells stories", "Shows: Mixture-of-Depths", "colour of the thing", "As trained: 97 %",
                                 "Without it (every token takes every block): 31 %", "By chance: 5.0 %"})
            QVERIFY2(card->accessibleDescription().contains(part), qPrintable(card->accessibleDescription()));
        QCOMPARE(linesOf({"x", 0.5, -1, {}, 0.1}).size(), 2); // nothing to switch off
        QCOMPARE(linesOf({"x", 0.5, 0, {}, 0.1})[1].words, QString("Without it"));
        QCOMPARE(linesOf({"x", 1, 0, {}, 0.001})[2].share, QString("0.1 %"));
    }
    void anEngineThatMeasuredNothingLeavesPlainCards()
    {
        m_page->setModels({{"emoji-vit", "emoji-vit", {}, {}}});
        const Card* card = m_page->modelCards().first();
        QVERIFY(card->content().title.isEmpty()); // the name is there already
        QVERIFY(card->accessibleDescription().isEmpty());
        QVERIFY(card->heightForWidth(260) < 80);
        m_page->setModels({});
        for (const QLabel* label : m_page->findChildren<QLabel*>())
            if (label->text() == "Models that come along") QVERIFY(label->isHidden());
    }
    void everythingFitsFromNineHundredBySixHundred()
    {
        m_page->found()->setFound(found(9), {QStringLiteral("A folder cannot be read: /closed (Permission denied).")});
        const auto* area = m_page->findChild<QScrollArea*>();
        for (const QSize size : {QSize(900, 600), QSize(1600, 1000), QSize(500, 400)}) {
            m_page->resize(size);
            QTRY_VERIFY(area->widget()->width() <= area->viewport()->width());
            for (const QList<Card*>& cards :
                 {m_page->choices(), m_page->found()->cards(), m_page->modelCards(), m_page->lessonCards()})
                for (const Card* card : cards) {
                    QTRY_VERIFY(card->height() >= card->heightForWidth(card->width()));
                    QVERIFY(card->geometry().right() < card->parentWidget()->width());
                    QTRY_VERIFY(card->geometry().bottom() < card->parentWidget()->height());
                }
        }
    }
    void largerTypeMakesLargerCards()
    {
        const int before = m_page->modelCards().first()->height();
        const double heading = m_page->findChild<QLabel*>()->font().pointSizeF();
        QFont large = m_window->font();
        large.setPointSizeF(large.pointSizeF() * 1.6);
        m_window->setFont(large);
        QTRY_VERIFY(m_page->modelCards().first()->height() > before);
        QVERIFY(m_page->findChild<QLabel*>()->font().pointSizeF() > heading);
        const Card* card = m_page->modelCards().first();
        QTRY_VERIFY(card->height() >= card->heightForWidth(card->width()));
    }
    void theSameListKeepsTheFocus()
    {
        m_page->modelCards()[2]->setFocus();
        m_page->setModels(models(7));
        QCOMPARE(focused(), m_page->modelCards()[2]);
    }
    void whetherItComesAtStartIsAskedOnce()
    {
        QSignalSpy changed(m_page, &StartPage::shownAtStartChanged);
        m_page->setShownAtStart(true);
        QCOMPARE(changed.count(), 0);
        m_page->findChild<QCheckBox*>()->click();
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toBool(), false);
    }
    void everyIconPaintsSomethingOfItsOwn()
    {
        QList<QImage> pictures;
        for (int icon = 0; icon <= int(CardIcon::Model); ++icon) {
            Card card({CardIcon(icon), {}, QStringLiteral("x"), {}, {}, {}, true});
            card.resize(200, 80);
            const QImage picture = card.grab().toImage();
            QVERIFY(!pictures.contains(picture));
            pictures << picture;
        }
        QCOMPARE(iconOf({"emoji-swin", {}, {}, {}}), CardIcon::Windows);
        QCOMPARE(iconOf({"emoji-clip", {}, {}, {}}), CardIcon::PictureAndWords);
        QCOMPARE(iconOf({"number-words", {}, {}, {}}), CardIcon::Translation);
        QCOMPARE(iconOf({"something", {}, {}, {}}), CardIcon::Model);
    }
};

QTEST_MAIN(TestStartPage)
#include "tst_start_page.moc"
