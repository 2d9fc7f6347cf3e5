// SPDX-License-Identifier: GPL-3.0-or-later
// The bar at the top keeps all it has through presenter mode and through a change of the language.
#include "app/presenter.h"
#include "tests/support/window_stage.h"
#include "widgets/canvas/canvas.h"

#include <QAction>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

using namespace headlens;
using namespace headlens::test;

class TestTopBar : public QObject, private WindowStage {
    Q_OBJECT

    QStringList missing() const
    {
        // Nothing is off and no baseline is held: their chips are not there.
        static const QStringList kRightlyHidden{"qt_toolbar_ext_button", "changes", "baseline"};
        QStringList names;
        for (const QToolButton* button : m_window->findChild<QToolBar*>("top")->findChildren<QToolButton*>())
            if (!button->isVisible() && !kRightlyHidden.contains(button->objectName()))
                names << button->accessibleName() + button->text();
        return names;
    }
    void speak(const char* language)
    {
        for (QAction* action : m_window->findChildren<QAction*>())
            if (action->text() == QString::fromUtf8(language)) action->trigger();
    }

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void init()
    {
        m_opensAt = {1440, 900}; // the whole screen: presenter mode does not change the size
        openWindow();
        QTRY_COMPARE(missing(), QStringList());
    }
    void cleanup() { closeWindow(); }

    void everythingIsBackAfterPresenterMode()
    {
        const auto* bar = m_window->findChild<QToolBar*>("top");
        const double usual = bar->font().pointSizeF();
        for (int time = 0; time < 2; ++time) {
            // What is laid out while the bar is hidden, and its type large: all that stands in the picture's way.
            QSignalSpy painted(m_window->findChild<Canvas*>(), &Canvas::painted);
            m_window->presenter()->enter();
            QTRY_VERIFY(!painted.isEmpty() && bar->isHidden() && bar->font().pointSizeF() > usual);
            QCoreApplication::processEvents();
            m_window->presenter()->leave();
            QCOMPARE(missing(), QStringList()); // at once: no resize may come that would bring it back
        }
    }
    void everythingStaysWhereTheLanguageChanges()
    {
        if (!QFile::exists(":/i18n/headlens_zh_CN.qm")) QSKIP("built without the translation tools");
        speak("简体中文");
        QCoreApplication::processEvents();
        QTRY_COMPARE(missing(), QStringList());
        speak("English");
        QTRY_COMPARE(missing(), QStringList());
    }
};

QTEST_MAIN(TestTopBar)
#include "tst_top_bar.moc"
