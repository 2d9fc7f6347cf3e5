// SPDX-License-Identifier: GPL-3.0-or-later
// The popup alone, over a plain window: keys, focus, place, what screen readers are told.
#include "tests/support/view_shots.h"
#include "widgets/palette/palette_lines.h"
#include "widgets/palette/palette_popup.h"

#include <QAccessible>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace headlens;
using namespace headlens::test;

class TestPalettePopup : public QObject {
    Q_OBJECT

    static QList<PaletteEntry> fifty()
    {
        QList<PaletteEntry> entries;
        for (int i = 0; i < 50; ++i) {
            PaletteEntry entry;
            entry.id = entry.name = QStringLiteral("Command %1").arg(i);
            entry.group = QStringLiteral("Menu");
            entries.append(entry);
        }
        entries[1].isEnabled = false;
        entries[1].refusal = QStringLiteral("It needs a picture.");
        entries[2].tick = Tick::On;
        entries[2].keys = QStringLiteral("Ctrl+2");
        return entries;
    }
    static PaletteAnswer places(const QString& typed)
    {
        return typed == QLatin1String("9.9") ? PaletteAnswer{{}, QStringLiteral("There is no layer 9.")}
                                             : PaletteAnswer{};
    }
    void open() { m_popup->open(PaletteIndex(fifty(), {}), places); }
    void press(Qt::Key key, Qt::KeyboardModifiers with = {}) { QTest::keyClick(m_popup->field(), key, with); }
    int row() const { return m_popup->list()->currentIndex().row(); }
    QString shown(int row) const { return m_popup->lines().at(row).entry.name; }

    std::unique_ptr<QMainWindow> m_window;
    QPlainTextEdit* m_edit = nullptr;
    PalettePopup* m_popup = nullptr;

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QMainWindow>();
        m_edit = new QPlainTextEdit;
        m_window->setCentralWidget(m_edit);
        m_popup = new PalettePopup(m_window.get());
        m_window->resize(1100, 700);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_edit->setFocus();
    }
    void cleanup() { m_window.reset(); }

    void keysMoveTheChosenLineAndStayAtTheEnds()
    {
        open();
        QCOMPARE(row(), 0);
        press(Qt::Key_Up);
        QCOMPARE(row(), 0);
        press(Qt::Key_Down);
        QCOMPARE(row(), 1);
        press(Qt::Key_End);
        QCOMPARE(row(), 49);
        press(Qt::Key_Down);
        QCOMPARE(row(), 49);
        press(Qt::Key_PageUp);
        QVERIFY(row() < 45 && row() > 30);
        QVERIFY(
            m_popup->list()->viewport()->rect().contains(m_popup->list()->visualRect(m_popup->list()->currentIndex())));
        press(Qt::Key_Home);
        press(Qt::Key_PageDown);
        QVERIFY(row() > 5);
        QVERIFY(m_popup->field()->hasFocus());
    }
    void typingFiltersAtOnceAndChoosesTheBest()
    {
        open();
        press(Qt::Key_End);
        QTest::keyClicks(m_popup->field(), "mand 42");
        QCOMPARE(shown(row()), "Command 42");
        QCOMPARE(row(), 0);
        press(Qt::Key_Backspace);
        press(Qt::Key_Backspace);
        QCOMPARE(m_popup->lines().rowCount(), 50);
    }
    void enterRunsTheChosenLineAndTheFocusIsBack()
    {
        QSignalSpy chosen(m_popup, &PalettePopup::chosen);
        open();
        press(Qt::Key_End);
        press(Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<PaletteEntry>().name, "Command 49");
        QVERIFY(!m_popup->isVisible() && m_edit->hasFocus());
    }
    void aClickRunsItsLine()
    {
        QSignalSpy chosen(m_popup, &PalettePopup::chosen);
        open();
        const QModelIndex third = m_popup->list()->model()->index(2, 0);
        QTest::mouseClick(m_popup->list()->viewport(), Qt::LeftButton, {}, m_popup->list()->visualRect(third).center());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<PaletteEntry>().name, "Command 2");
    }
    void escapeClosesAndGivesTheFocusBackWhereItWas()
    {
        open();
        QVERIFY(m_popup->field()->hasFocus());
        press(Qt::Key_Escape);
        QVERIFY(!m_popup->isVisible() && m_edit->hasFocus());
    }
    void aClickElsewhereCloses()
    {
        open();
        QTest::mouseClick(m_edit->viewport(), Qt::LeftButton, {}, QPoint(5, 600));
        QVERIFY(!m_popup->isOpen() && !m_popup->isVisible() && m_edit->hasFocus());
    }
    void shortcutsOfTheWindowWaitButThoseOfThePalette()
    {
        QSignalSpy other(new QShortcut(Qt::Key_Escape, m_window.get()), &QShortcut::activated);
        QSignalSpy letter(new QShortcut(Qt::Key_R, m_window.get()), &QShortcut::activated);
        QSignalSpy open2(new QShortcut(Qt::CTRL | Qt::Key_O, m_window.get()), &QShortcut::activated);
        QSignalSpy own(new QShortcut(Qt::CTRL | Qt::Key_K, m_window.get()), &QShortcut::activated);
        m_popup->setKeys({QKeySequence(Qt::CTRL | Qt::Key_K)});
        open();
        press(Qt::Key_O, Qt::ControlModifier);
        press(Qt::Key_R);
        press(Qt::Key_K, Qt::ControlModifier);
        press(Qt::Key_Escape);
        QCOMPARE(other.size() + letter.size() + open2.size(), 0);
        QCOMPARE(own.size(), 1);
        QVERIFY(!m_popup->isOpen());
    }
    void whatCannotBeDoneSaysWhyAndStays()
    {
        QSignalSpy chosen(m_popup, &PalettePopup::chosen);
        open();
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QVERIFY(chosen.isEmpty() && m_popup->isVisible());
        QCOMPARE(m_popup->sentence(), "It needs a picture.");
        QCOMPARE(row(), 1);
    }
    void whatIsNotFoundIsSaidInASentence()
    {
        open();
        QTest::keyClicks(m_popup->field(), "qqq");
        QVERIFY(m_popup->sentence().contains("qqq"));
        QCOMPARE(m_popup->lines().rowCount(), 0);
        QVERIFY(m_popup->field()->accessibleDescription().contains("qqq"));
        press(Qt::Key_Down);
        press(Qt::Key_Return); // nothing to run
        QVERIFY(m_popup->isVisible());
        m_popup->field()->setText("9.9");
        QCOMPARE(m_popup->sentence(), "There is no layer 9.");
    }
    void screenReadersHearTheChosenLine()
    {
        open();
        everyPartHasAName(*m_popup);
        QAccessibleInterface* popup = QAccessible::queryAccessibleInterface(m_popup);
        QCOMPARE(popup->role(), QAccessible::Dialog);
        QVERIFY(!popup->text(QAccessible::Name).isEmpty());
        press(Qt::Key_Down);
        press(Qt::Key_Down);
        const QString said = m_popup->field()->accessibleDescription();
        for (const char* part : {"Command 2", "Menu", "Ctrl+2", "on", "3 of 50"})
            QVERIFY2(said.contains(part), qPrintable(said));
    }
    void itStandsInTheMiddleTopAndFits_data()
    {
        QTest::addColumn<QSize>("window");
        for (const QSize& size : {QSize(1100, 700), QSize(1920, 1080), QSize(700, 420), QSize(550, 350)})
            QTest::addRow("%d x %d", size.width(), size.height()) << size;
    }
    void itStandsInTheMiddleTopAndFits()
    {
        QFETCH(QSize, window);
        open();
        m_window->resize(window);
        QTRY_COMPARE(m_window->size(), window);
        const QRect place = m_popup->geometry();
        QVERIFY(m_window->rect().contains(place));
        QVERIFY(std::abs(place.center().x() - m_window->rect().center().x()) <= 1);
        QVERIFY(place.top() < window.height() / 4);
        QVERIFY(m_popup->list()->height() >= m_popup->list()->sizeHintForRow(0));
        photograph(*m_window, QStringLiteral("palette-%1").arg(window.width()));
    }
};

QTEST_MAIN(TestPalettePopup)
#include "tst_palette_popup.moc"
