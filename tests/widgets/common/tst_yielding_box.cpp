// SPDX-License-Identifier: GPL-3.0-or-later
// A row that keeps its most important parts where it is narrow.
#include "widgets/common/yielding_box.h"

#include <QAction>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace headlens;

class TestYieldingBox : public QObject {
    Q_OBJECT

    static QWidget* part(int wide)
    {
        auto* widget = new QWidget;
        widget->setMinimumSize(wide, 20);
        return widget;
    }

private Q_SLOTS:
    void partsOfLowRankStepAwayAndComeBackWithTheRoom()
    {
        YieldingBox row(Qt::Horizontal);
        row.setGaps(4, 8);
        QWidget *first = part(100), *second = part(80), *third = part(60);
        row.add(first, 2);
        row.add(second, 0);
        row.add(third, 1);
        row.resize(400, 40);
        row.show();
        QCOMPARE(row.minimumSizeHint(), QSize(108, 28)); // the highest rank alone
        QVERIFY(first->isVisible() && second->isVisible() && third->isVisible());
        row.resize(230, 40); // 8 + 100 + 8 + 60 fit, all of them do not
        QTRY_VERIFY(!second->isVisible());
        QVERIFY(first->isVisible() && third->isVisible());
        row.resize(120, 40);
        QTRY_VERIFY(!third->isVisible());
        QVERIFY(first->isVisible());
        row.resize(400, 40);
        QTRY_VERIFY(second->isVisible() && third->isVisible());
    }
    void whatOthersHideStaysHiddenAndTakesNoRoom()
    {
        YieldingBox column(Qt::Vertical);
        QWidget *first = part(50), *second = part(50);
        column.add(first, 1);
        column.add(second, 0);
        column.resize(100, 100);
        column.show();
        second->hide();
        column.resize(100, 10);
        column.resize(100, 100);
        QTest::qWait(0);
        QVERIFY(!second->isVisible());
        second->show();
        QTRY_VERIFY(second->isVisible());
    }
    void aPartWithNothingInItTakesNoRoom()
    {
        YieldingBox row(Qt::Horizontal);
        row.setGaps(4, 8);
        auto *first = part(100), *box = new QWidget, *last = part(60), *inside = part(40);
        auto* line = new QHBoxLayout(box);
        line->setContentsMargins(0, 0, 0, 0);
        line->addWidget(inside);
        inside->hide();
        row.add(first, 1);
        row.add(box, 2);
        row.add(last, 0);
        row.resize(400, 40);
        row.show();
        QTRY_VERIFY(!box->isVisible());
        QCOMPARE(row.sizeHint().width(), 4 + 100 + 8 + 60 + 4);
        inside->show();
        QTRY_VERIFY(inside->isVisible());
        QTRY_COMPARE(row.sizeHint().width(), 4 + 100 + 8 + 40 + 8 + 60 + 4);
        inside->hide();
        QTRY_VERIFY(!box->isVisible());
    }
    void whatSteppedAwayInLargerTypeComesBackWhereTheRowWasHiddenMeanwhile()
    {
        QWidget window;
        auto* row = new YieldingBox(Qt::Horizontal);
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(row);
        layout->addStretch(1);
        QToolButton *first = new QToolButton, *second = new QToolButton;
        for (QToolButton* button : {first, second}) button->setText(QStringLiteral("an important button"));
        row->add(first, 1);
        row->add(second, 0);
        const QFont usual = window.font();
        window.resize(first->sizeHint().width() * 5 / 2, 200);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(first->isVisible() && second->isVisible());
        row->hide();
        QFont large = usual;
        large.setPointSizeF(usual.pointSizeF() * 2);
        window.setFont(large);
        QCoreApplication::processEvents();
        window.setFont(usual);
        row->show(); // the window keeps its size all the time
        QTRY_VERIFY(first->isVisible() && second->isVisible());
    }
    void aTallerTextMakesTheRowTallerAndStaysInIt()
    {
        QWidget window;
        auto* row = new YieldingBox(Qt::Horizontal);
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(row);
        layout->addStretch(1);
        QWidget *first = part(100), *second = part(80);
        row->add(first, 1);
        row->add(second, 0);
        window.resize(400, 200);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const int before = row->height();
        second->setMinimumHeight(60);
        QTRY_VERIFY(row->height() > before);
        QVERIFY(second->isVisible());
        QVERIFY(row->height() >= 60);
    }
    void aShorterTextBringsBackWhatHadSteppedAway()
    {
        YieldingBox row(Qt::Horizontal);
        QAction action(QStringLiteral("a text that is far too long for this narrow row"));
        QWidget* first = part(100);
        auto* second = new QToolButton;
        second->setDefaultAction(&action);
        row.add(first, 1);
        row.add(second, 0);
        row.resize(200, 60);
        row.show();
        QTRY_VERIFY(!second->isVisible());
        action.setText(QStringLiteral("x"));
        QTRY_VERIFY(second->isVisible());
    }
};

QTEST_MAIN(TestYieldingBox)
#include "tst_yielding_box.moc"
