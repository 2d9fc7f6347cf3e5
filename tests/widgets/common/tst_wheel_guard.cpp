// SPDX-License-Identifier: GPL-3.0-or-later
// The mouse wheel over controls in an area that scrolls.
#include "widgets/common/wheel_guard.h"

#include <QApplication>
#include <QComboBox>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <QtTest/qtestspontaneevent.h>

using namespace headlens;

namespace {
void turnWheel(QWidget* over)
{
    const QPointF place = over->rect().center();
    QWheelEvent event(place, over->mapToGlobal(place), {}, {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false);
    QSpontaneKeyEvent::setSpontaneous(&event); // as the window system's: it goes on to who is around
    qApp->notify(over, &event);                // sendEvent() would say it is ours
}

// A list, a number and a slider above enough to scroll.
struct Dock {
    QScrollArea area;
    QComboBox* list = new QComboBox;
    QSpinBox* number = new QSpinBox;
    QSlider* slider = new QSlider(Qt::Horizontal);

    Dock()
    {
        auto* page = new QWidget;
        auto* layout = new QVBoxLayout(page);
        for (QWidget* control :
             {static_cast<QWidget*>(list), static_cast<QWidget*>(number), static_cast<QWidget*>(slider)})
            layout->addWidget(control);
        list->addItems({QStringLiteral("dense"), QStringLiteral("window"), QStringLiteral("linear")});
        number->setValue(50);
        slider->setValue(50);
        page->setFixedHeight(2000);
        area.setWidget(page);
        area.resize(300, 200);
        area.show();
    }
    int scrolled() const { return area.verticalScrollBar()->value(); }
};
} // namespace

class TestWheelGuard : public QObject {
    Q_OBJECT

    WheelGuard m_guard;

private Q_SLOTS:
    void initTestCase() { qApp->installEventFilter(&m_guard); }

    void theWheelScrollsPastControlsThatNobodyClicked()
    {
        Dock dock;
        QVERIFY(QTest::qWaitForWindowActive(&dock.area));
        dock.area.setFocus();
        for (QWidget* control : {static_cast<QWidget*>(dock.list), static_cast<QWidget*>(dock.number),
                                 static_cast<QWidget*>(dock.slider)}) {
            const int before = dock.scrolled();
            turnWheel(control);
            QVERIFY(dock.scrolled() > before);
            QVERIFY(!control->hasFocus());
        }
        QCOMPARE(dock.list->currentIndex(), 0);
        QCOMPARE(dock.number->value(), 50);
        QCOMPARE(dock.slider->value(), 50);
    }
    void aNumberThatWasClickedTakesTheWheelAndAListNever()
    {
        Dock dock;
        QVERIFY(QTest::qWaitForWindowActive(&dock.area));
        dock.number->setFocus();
        turnWheel(dock.number);
        QCOMPARE(dock.number->value(), 49);
        dock.list->setFocus();
        turnWheel(dock.list);
        QCOMPARE(dock.list->currentIndex(), 0);
        QVERIFY(dock.scrolled() > 0);
    }
};

QTEST_MAIN(TestWheelGuard)
#include "tst_wheel_guard.moc"
