// SPDX-License-Identifier: GPL-3.0-or-later
// The start page alone: what it asks for, how it is walked by keys, what it says of the models.
#include "tests/support/view_shots.h"
#include "widgets/start/card.h"
#include "widgets/start/card_grid.h"
#include "widgets/start/drop_area.h"
#include "widgets/start/found_section.h"
#include "widgets/start/lesson_list.h"
#include "widgets/start/recent_section.h"
#include "widgets/start/score_bars.h"
#include "widgets/start/score_tip.h"
#include "widgets/start/start_page.h"
#include "widgets/start/teaching_groups.h"
#include "widgets/start/welcome.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

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
                    i + 1 < count ? QString() : QStringLiteral("HeadLens cannot run models of the type falcon yet.")});
    return all;
}

QList<GalleryLesson> lessons()
{
    return {{QStringLiteral("/lessons/one"), QStringLiteral("What attention is"), QStringLiteral("One row."), {}, 9, 4},
            {QStringLiteral("/lessons/two"), QStringLiteral("Many heads"), QStringLiteral("Several at once."), {}, 5}};
}

QList<GalleryRecent> recents()
{
    return {{GalleryRecent::Kind::Model, QStringLiteral("/m/mine"), QStringLiteral("mine"), QStringLiteral("/m/mine")},
            {GalleryRecent::Kind::Picture, QStringLiteral("/p/cat.png"), QStringLiteral("cat.png"),
             QStringLiteral("/p"), QStringLiteral("It is no longer there.")},
            {GalleryRecent::Kind::Text, QStringLiteral("the cat sat"), QStringLiteral("the cat sat"), {}}};
}

} // namespace

class TestStartPage : public QObject {
    Q_OBJECT
    std::unique_ptr<QWidget> m_window;
    StartPage* m_page = nullptr;

    Row* focused() { return qobject_cast<Row*>(m_page->focusWidget()); }
    void press(Qt::Key key) { QTest::keyClick(m_page->focusWidget(), key); }
    QList<Row*> foundRows() { return m_page->found()->rows(); }
    Row* model(int index) { return qobject_cast<Row*>(m_page->models()[index]); }

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_page = new StartPage(m_window.get());
        m_page->setModels(models(7));
        m_page->setLessons(lessons());
        m_page->setExample(
            {QStringLiteral("emoji-vit"), QStringLiteral("everyday concepts"), QImage(40, 40, QImage::Format_RGB32)});
        m_window->resize(1000, 600);
        m_page->resize(1000, 600);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void everyDoorAsksForSomethingByMouseAndByKeys()
    {
        QSignalSpy picture(m_page, &StartPage::pictureWanted), sentence(m_page, &StartPage::sentenceWanted),
            model(m_page, &StartPage::modelWanted), example(m_page, &StartPage::exampleWanted);
        QCOMPARE(m_page->doors().size(), 4);
        QList<QAbstractButton*> all = m_page->doors();
        all << m_page->welcome()->example();
        for (QAbstractButton* door : all) {
            door->setFocus();
            QTest::keyClick(door, Qt::Key_Return);
            QTest::mouseClick(door, Qt::LeftButton);
            door->setFocus();
            QTest::keyClick(door, Qt::Key_Space);
        }
        QCOMPARE(picture.count(), 3);
        QCOMPARE(sentence.count(), 3);
        QCOMPARE(model.count(), 3);
        QCOMPARE(example.count(), 3);
    }
    void aLessonIsChosenFromItsLine()
    {
        QSignalSpy chosen(m_page, &StartPage::lessonChosen);
        QTest::keyClick(m_page->doors()[3], Qt::Key_Return); // "Take a lesson": leads to them
        QCOMPARE(focused(), m_page->lessons()->rows().first());
        const QRect first(focused()->mapTo(m_page, QPoint()), focused()->size());
        QVERIFY2(m_page->rect().contains(first), "it is scrolled into view");
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toString(), QString("/lessons/two"));
    }
    void aLessonSaysHowFarItCame()
    {
        const QList<Row*> rows = m_page->lessons()->rows();
        QCOMPARE(rows[0]->content().about, QString("step 4 of 9"));
        QCOMPARE(rows[1]->content().about, QString("5 steps"));
        QList<GalleryLesson> done = lessons();
        done[0].reached = 9;
        m_page->setLessons(done);
        QCOMPARE(m_page->lessons()->rows()[0]->content().about, QString("9 steps · done"));
    }
    void aModelIsChosenByItsName()
    {
        QSignalSpy chosen(m_page, &StartPage::modelChosen);
        m_page->models()[3]->click();
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toString(), QString("story-3"));
    }
    void theArrowsWalkEveryPartAndScroll()
    {
        m_page->found()->setFound(found(3), {});
        QCOMPARE(m_page->focusWidget(), m_page->doors().first());
        press(Qt::Key_Left); // nothing there
        QCOMPARE(m_page->focusWidget(), m_page->doors().first());
        press(Qt::Key_Right);
        QCOMPARE(m_page->focusWidget(), m_page->doors()[1]);
        press(Qt::Key_Down);
        QCOMPARE(m_page->focusWidget(), m_page->doors()[3]);
        press(Qt::Key_Right);
        const QWidget* right = m_page->focusWidget();
        QVERIFY(right->mapTo(m_page, QPoint()).x() > m_page->welcome()->area()->width());
        for (int i = 0; i < 40 && !m_page->lessons()->rows().contains(focused()); ++i) press(Qt::Key_Down);
        QVERIFY(m_page->lessons()->rows().contains(focused()));
        QVERIFY(m_page->lessons()->visibleRegion().boundingRect().height() > 0);
        for (int i = 0; i < 40 && m_page->focusWidget() != m_page->filter(); ++i) press(Qt::Key_Up);
        QCOMPARE(m_page->focusWidget(), m_page->filter());
        press(Qt::Key_Down);
        QCOMPARE(focused(), foundRows().first());
    }
    void tabGoesFromPartToPartAsOneReads()
    {
        m_page->found()->setFound(found(3), {});
        m_page->recent()->setRecents(recents());
        m_page->setModels(models(8)); // the engine may answer after the lessons are there
        m_page->doors().last()->setFocus();
        const auto next = [this] {
            press(Qt::Key_Tab);
            return m_page->focusWidget();
        };
        QCOMPARE(next(), m_page->welcome()->example());
        QCOMPARE(next(), m_page->filter());
        QCOMPARE(next(), m_page->recent()->rows().first());
        QCOMPARE(next(), foundRows().first());
        press(Qt::Key_Down);
        QCOMPARE(focused(), foundRows()[1]);
        QCOMPARE(next(), m_page->found()->controls()[4]); // "Look in another folder": a list is one stop
        press(Qt::Key_Backtab);
        QCOMPARE(focused(), foundRows()[1]); // where one was
        press(Qt::Key_Tab);
        press(Qt::Key_Tab); // "Get a model"
        QCOMPARE(next(), m_page->models().first());
        QCOMPARE(next(), m_page->lessons()->rows().first());
        QCOMPARE(next(), m_page->findChild<QCheckBox*>());
        everyPartHasAName(*m_page);
    }
    void escapeSkipsAndTheKeysOfTheMapsSleep()
    {
        QShortcut escape(QKeySequence(Qt::Key_Escape), m_window.get()), layer(QKeySequence(Qt::Key_D), m_window.get()),
            space(QKeySequence(Qt::Key_Space), m_window.get()),
            open(QKeySequence(Qt::CTRL | Qt::Key_O), m_window.get());
        QSignalSpy stolen(&escape, &QShortcut::activated), stolenToo(&layer, &QShortcut::activated),
            played(&space, &QShortcut::activated), opened(&open, &QShortcut::activated);
        QSignalSpy skipped(m_page, &StartPage::skipped), asked(m_page, &StartPage::pictureWanted);
        press(Qt::Key_Space);
        QCOMPARE(asked.count(), 1);
        QTest::keyClick(m_page->focusWidget(), Qt::Key_O, Qt::ControlModifier);
        press(Qt::Key_D); // a letter for the filter
        QCOMPARE(m_page->filter()->text(), QString("d"));
        press(Qt::Key_Escape); // no longer
        QCOMPARE(skipped.count(), 0);
        press(Qt::Key_Escape);
        m_page->findChild<QPushButton*>("skip")->click();
        QCOMPARE(skipped.count(), 2);
        QCOMPARE(stolen.count() + stolenToo.count() + played.count(), 0);
        QCOMPARE(opened.count(), 1); // with Ctrl: the window's
    }
    void whatIsTypedNarrowsEveryPart()
    {
        m_page->found()->setFound(found(9), {});
        m_page->recent()->setRecents(recents());
        press(Qt::Key_Slash);
        QVERIFY(m_page->filter()->hasFocus() && m_page->filter()->text().isEmpty());
        QTest::keyClicks(m_page->filter(), "VIT model-7");
        QCOMPARE(foundRows().size(), 1); // also one that was not shown yet
        QVERIFY(m_page->recent()->isHidden());
        for (QAbstractButton* line : m_page->models()) QVERIFY(!line->isVisible());
        QSignalSpy chosen(m_page->found(), &FoundSection::chosen);
        press(Qt::Key_Return); // the first that is left
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toString(), QString("/models/7"));
        m_page->filter()->setText("nobody has this");
        bool isSaid = false;
        for (const QLabel* label : m_page->findChildren<QLabel*>())
            isSaid = isSaid || (label->isVisible() && label->text().contains("nobody has this"));
        QVERIFY(isSaid);
        press(Qt::Key_Escape);
        QCOMPARE(foundRows().size(), 6);
        QVERIFY(m_page->recent()->isVisible() && m_page->models().first()->isVisible());
    }
    void whatWasOpenedBeforeIsOneClickAway()
    {
        QVERIFY(m_page->recent()->isHidden()); // nothing yet
        m_page->recent()->setRecents(recents());
        QVERIFY(m_page->recent()->isVisible());
        QSignalSpy chosen(m_page->recent(), &RecentSection::chosen), refused(m_page->recent(), &RecentSection::refused);
        for (Row* row : m_page->recent()->rows()) QTest::mouseClick(row, Qt::LeftButton, {}, QPoint(40, 10));
        QCOMPARE(chosen.count(), 2);
        QCOMPARE(chosen[0][0].value<GalleryRecent>().what, QString("/m/mine"));
        QCOMPARE(chosen[1][0].value<GalleryRecent>().what, QString("the cat sat"));
        QCOMPARE(refused.count(), 1); // it vanished
        QCOMPARE(refused[0][1].toString(), QString("It is no longer there."));
    }
    void whatWasOpenedBeforeIsTakenOffTheList()
    {
        m_page->recent()->setRecents(recents());
        QSignalSpy removed(m_page->recent(), &RecentSection::removeWanted);
        m_page->recent()->rows()[1]->setFocus();
        press(Qt::Key_Delete);
        QTRY_COMPARE(removed.count(), 1);
        QCOMPARE(removed[0][0].value<GalleryRecent>().what, QString("/p/cat.png"));
        QToolButton* cross = m_page->recent()->rows()[2]->remover();
        QVERIFY(cross->accessibleName().contains("the cat sat"));
        QTest::mouseClick(cross, Qt::LeftButton);
        QTRY_COMPARE(removed.count(), 2);
        m_page->recent()->rows()[2]->setFocus();
        m_page->recent()->setRecents(recents().mid(0, 2));
        QCOMPARE(focused(), m_page->recent()->rows()[1]); // the keys stay in the list
    }
    void whatIsDroppedIsHandedOn()
    {
        DropArea* area = m_page->welcome()->area();
        QVERIFY(area->acceptDrops());
        for (const QWidget* part : m_page->findChildren<QWidget*>()) QVERIFY(part == area || !part->acceptDrops());
        QString got;
        connect(m_page, &StartPage::dropped, this, [&got](const QMimeData* what) { got = what->text(); });
        QMimeData sentence;
        sentence.setText("the cat sat");
        QDragEnterEvent enter(QPoint(20, 20), Qt::CopyAction, &sentence, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(area, &enter);
        QVERIFY(enter.isAccepted() && area->isLit());
        QDragLeaveEvent leave;
        QApplication::sendEvent(area, &leave);
        QVERIFY(!area->isLit());
        QApplication::sendEvent(area, &enter);
        QDropEvent drop(QPointF(20, 20), Qt::CopyAction, &sentence, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(area, &drop);
        QVERIFY(drop.isAccepted() && !area->isLit());
        QCOMPARE(got, QString("the cat sat"));
    }
    void aCommandIsCopied()
    {
        QSignalSpy copied(m_page, &StartPage::commandCopied);
        for (Row* row : m_page->findChildren<Row*>())
            if (row->content().about == "hf download facebook/dino-vits16") row->click();
        QCOMPARE(copied.count(), 1);
        QCOMPARE(QApplication::clipboard()->text(), QString("hf download facebook/dino-vits16"));
    }
    void aFoundModelIsChosenByItsPath()
    {
        m_page->found()->setFound(found(3), {});
        QSignalSpy chosen(m_page->found(), &FoundSection::chosen);
        QTest::keyClick(foundRows()[1], Qt::Key_Return);
        QTest::mouseClick(foundRows()[0], Qt::LeftButton);
        QCOMPARE(chosen.count(), 2);
        QCOMPARE(chosen[0][0].toString(), QString("/models/1"));
    }
    void oneThatCannotBeOpenedIsGreyAndSaysWhy()
    {
        m_page->found()->setFound(found(3), {});
        QSignalSpy chosen(m_page->found(), &FoundSection::chosen), refused(m_page->found(), &FoundSection::refused);
        Row* grey = foundRows().last();
        QVERIFY(grey->isEnabled()); // the keys reach it, and a screen reader reads it
        QVERIFY(grey->toolTip().contains("falcon"));
        QVERIFY(grey->accessibleDescription().contains("type falcon"));
        grey->setFocus();
        press(Qt::Key_Return);
        QCOMPARE(chosen.count(), 0);
        QCOMPARE(refused.count(), 1);
        QCOMPARE(refused[0][0].toString(), QString("someone/model-2"));
    }
    void aFewFoundModelsAreShownUntilMoreAreAskedFor()
    {
        m_page->found()->setFound(found(100), {});
        QCOMPARE(foundRows().size(), 6);
        auto* more = qobject_cast<QPushButton*>(m_page->found()->controls()[6]);
        QVERIFY(more->isVisible());
        QCOMPARE(more->text(), QString("Show 60 more"));
        more->click();
        QCOMPARE(foundRows().size(), 66);
        QCOMPARE(focused(), foundRows()[6]); // the first of those that came
        QCOMPARE(more->text(), QString("Show 34 more"));
        more->click();
        QCOMPARE(foundRows().size(), 100);
        QVERIFY(!more->isVisible());
        m_page->found()->setFound(found(101), {}); // found again: still all
        QCOMPARE(foundRows().size(), 101);
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
        section.setLooking(true); // again: nothing moves
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
    void theNumbersAreSaidInWords()
    {
        const QAbstractButton* line = m_page->models().first();
        QCOMPARE(line->accessibleName(), QString("story-0"));
        for (const char* part : {"Mixture-of-Depths", "colour of the thing", "As trained: 97 %",
                                 "Without it (every token takes every block): 31 %", "By chance: 5.0 %"})
            QVERIFY2(line->accessibleDescription().contains(part), qPrintable(line->accessibleDescription()));
        QCOMPARE(linesOf({"x", 0.5, -1, {}, 0.1}).size(), 2); // nothing to switch off
        QCOMPARE(linesOf({"x", 0.5, 0, {}, 0.1})[1].words, QString("Without it"));
        QCOMPARE(linesOf({"x", 1, 0, {}, 0.001})[2].share, QString("0.1 %"));
    }
    void theNumbersComeAsBarsWhileTheMouseRests()
    {
        Row* line = model(1);
        QHelpEvent asked(QEvent::ToolTip, QPoint(10, 5), line->mapToGlobal(QPoint(10, 5)));
        QApplication::sendEvent(line, &asked);
        const auto tips = [line] { return line->findChildren<ScoreTip*>(); };
        QCOMPARE(tips().size(), 1);
        QVERIFY(tips().first()->isVisible() && tips().first()->accessibleName().contains("As trained: 97 %"));
        QVERIFY(tips().first()->accessibleName().contains("Tells stories word by word"));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(line, &leave);
        QTRY_COMPARE(tips().size(), 0);
    }
    void thePageOfTheModelsShowsTheNumbersOnCards()
    {
        m_page->found()->setFound(found(2), {});
        m_page->setMode(StartPage::Mode::Models);
        QCOMPARE(m_page->models().size(), 7);
        auto* card = qobject_cast<Card*>(m_page->models().first());
        QVERIFY(card != nullptr && card->isVisible());
        for (const char* part : {"Tells stories", "Shows: Mixture-of-Depths", "As trained: 97 %"})
            QVERIFY2(card->accessibleDescription().contains(part), qPrintable(card->accessibleDescription()));
        QVERIFY(m_page->found()->isVisible() && !m_page->lessons()->isVisible());
        QVERIFY(!m_page->welcome()->isVisible() && !m_page->findChild<QCheckBox*>()->isVisible());
        QSignalSpy chosen(m_page, &StartPage::modelChosen);
        card->setFocus();
        press(Qt::Key_Right);
        press(Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toString(), QString("story-1"));
        m_page->filter()->setText("story-5");
        int left = 0;
        for (const QAbstractButton* each : m_page->models()) left += each->isVisible() ? 1 : 0;
        QCOMPARE(left, 1);
        m_page->setMode(StartPage::Mode::Start);
        QVERIFY(m_page->welcome()->isVisible());
        QVERIFY(qobject_cast<Row*>(m_page->models().first()) != nullptr);
    }
    void everyModelThatComesAlongHasAnIdea()
    {
        const qsizetype others = teachingGroups().size() - 1;
        for (const QString& model :
             QDir(HEADLENS_SOURCE "/resources/models").entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QVERIFY2(teachingGroupOf(model) < others, qPrintable(model));
        QCOMPARE(teachingGroupOf("something new"), others);
        QVERIFY(teachingGroupOf("glyph-linear") == teachingGroupOf("glyph-window"));
        QVERIFY(teachingGroupOf("glyph-linear") != teachingGroupOf("emoji-vit"));
        QList<GalleryModel> both = models(2);
        both[1].name = "emoji-vit"; // its idea comes first
        m_page->setModels(both);
        QCOMPARE(m_page->models().first()->accessibleName(), QString("emoji-vit"));
    }
    void anEngineThatMeasuredNothingLeavesPlainLines()
    {
        m_page->setModels({{"emoji-vit", "emoji-vit", {}, {}}});
        QVERIFY(model(0)->content().about.isEmpty()); // the name is there already
        QVERIFY(model(0)->accessibleDescription().isEmpty());
        m_page->setModels({});
        for (const QLabel* label : m_page->findChildren<QLabel*>())
            if (label->text() == "Models that come along") QVERIFY(!label->isVisible());
    }
    void everythingFitsAtEverySize_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("models");
        for (const QSize size :
             {QSize(1100, 700), QSize(900, 600), QSize(1600, 1000), QSize(3840, 2160), QSize(500, 400)})
            for (const bool models : {false, true})
                QTest::addRow("%d x %d, %s", size.width(), size.height(), models ? "models" : "start")
                    << size << models;
    }
    void everythingFitsAtEverySize()
    {
        QFETCH(QSize, size);
        QFETCH(bool, models);
        if (models) m_page->setMode(StartPage::Mode::Models);
        m_page->found()->setFound(found(9), {QStringLiteral("A folder cannot be read: /closed (Permission denied).")});
        m_page->recent()->setRecents(recents());
        m_page->resize(size);
        QList<QAbstractButton*> all = m_page->models();
        for (Row* row : m_page->findChildren<Row*>()) all << row;
        for (const QAbstractButton* part : all) {
            if (!part->isVisible()) continue;
            QTRY_VERIFY(part->height() >= part->heightForWidth(part->width()));
            QVERIFY(part->geometry().right() < part->parentWidget()->width());
            QTRY_VERIFY(part->geometry().bottom() < part->parentWidget()->height());
        }
        for (const QScrollArea* area : m_page->findChildren<QScrollArea*>())
            if (area->isVisible()) QTRY_VERIFY(area->widget()->width() <= area->viewport()->width());
        for (const QAbstractButton* door : m_page->doors())
            if (!models) QVERIFY(door->isVisible() && door->width() >= door->sizeHint().width());
    }
    void largerTypeMakesLargerLines()
    {
        const int before = model(0)->height();
        const double heading = m_page->found()->title()->font().pointSizeF();
        QFont large = m_window->font();
        large.setPointSizeF(large.pointSizeF() * 1.6);
        m_window->setFont(large);
        QTRY_VERIFY(model(0)->height() > before);
        QVERIFY(m_page->found()->title()->font().pointSizeF() > heading);
        QTRY_VERIFY(model(0)->height() >= model(0)->heightForWidth(model(0)->width()));
    }
    void theSameListKeepsTheFocus()
    {
        m_page->models()[2]->setFocus();
        m_page->setModels(models(7));
        QCOMPARE(m_page->focusWidget(), m_page->models()[2]);
        m_page->recent()->setRecents(recents());
        m_page->recent()->rows()[1]->setFocus();
        QList<GalleryRecent> withPicture = recents();
        withPicture[1].picture = QImage(8, 8, QImage::Format_RGB32); // it was made meanwhile
        m_page->recent()->setRecents(withPicture);
        QCOMPARE(focused(), m_page->recent()->rows()[1]);
        QVERIFY(!focused()->content().picture.isNull());
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
            CardContent content;
            content.icon = CardIcon(icon);
            content.name = QStringLiteral("x");
            Card card(content);
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
