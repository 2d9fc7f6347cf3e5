// SPDX-License-Identifier: GPL-3.0-or-later
// The space bar presses a focused button though it is a shortcut of the window; elsewhere it stays that shortcut.
#include "widgets/common/button_keys.h"

#include <QAction>
#include <QApplication>
#include <QTest>
#include <QToolButton>
#include <QWindow>

using namespace headlens;

class TestButtonKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void spacePressesTheFocusedButtonAndPlaysElsewhere()
    {
        ButtonKeys keys;
        qApp->installEventFilter(&keys);
        QWidget window;
        auto* button = new QToolButton(&window);
        button->setFocusPolicy(Qt::TabFocus);
        button->setCheckable(true);
        auto* other = new QWidget(&window);
        other->setFocusPolicy(Qt::StrongFocus);
        QAction play;
        play.setShortcut(Qt::Key_Space);
        int played = 0;
        connect(&play, &QAction::triggered, &window, [&] { ++played; });
        window.addAction(&play);
        window.show();
        QApplication::setActiveWindow(&window);
        QVERIFY(QTest::qWaitForWindowActive(&window));
        button->setFocus();
        QTest::keyClick(window.windowHandle(), Qt::Key_Space);
        QVERIFY(button->isChecked());
        QCOMPARE(played, 0);
        other->setFocus();
        QTest::keyClick(window.windowHandle(), Qt::Key_Space);
        QCOMPARE(played, 1);
    }
};

QTEST_MAIN(TestButtonKeys)
#include "tst_button_keys.moc"
