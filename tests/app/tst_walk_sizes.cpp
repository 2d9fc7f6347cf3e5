// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the window on a screen of the size that the environment sets up (tests/app/screens): everything lies on the
// screen, and no text is cut, in both languages.
#include "app/openings.h"
#include "app/start_screen.h"
#include "tests/support/window_stage.h"
#include "widgets/common/elided_label.h"
#include "widgets/start/start_page.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QScreen>
#include <QScrollArea>
#include <QStyleOptionButton>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

using namespace headlens;
using namespace headlens::test;

class TestWalkSizes : public QObject, private WindowStage {
    Q_OBJECT

    static QString nameOf(const QWidget* widget)
    {
        QString text = QString::fromLatin1(widget->metaObject()->className());
        if (const auto* label = qobject_cast<const QLabel*>(widget)) text += ": " + label->text().left(60);
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) text += ": " + button->text();
        for (const QWidget* above = widget->parentWidget(); above != nullptr; above = above->parentWidget())
            if (qobject_cast<const QDockWidget*>(above) != nullptr) return above->objectName() + ", " + text;
        return text;
    }
    // The widget whose edges cut what lies in `widget`: a scroll area's content is reached by scrolling.
    static const QWidget* frameOf(const QWidget* widget)
    {
        for (const QWidget* above = widget->parentWidget(); above != nullptr; above = above->parentWidget())
            if (const auto* area = qobject_cast<const QAbstractScrollArea*>(above->parentWidget()))
                if (area->viewport() == above) return nullptr;
        return widget->window();
    }
    // Too small for its words.
    static bool isCut(const QWidget* widget)
    {
        constexpr int kSlack = 1;                                              // of rounding at fractional scales
        if (qobject_cast<const ElidedLabel*>(widget) != nullptr) return false; // its tool tip has the whole line
        if (const auto* label = qobject_cast<const QLabel*>(widget)) {
            if (label->text().isEmpty() || !label->pixmap().isNull()) return false;
            if (label->wordWrap()) return label->heightForWidth(label->width()) > label->height() + kSlack;
            return label->sizeHint().width() > label->width() + kSlack ||
                   label->sizeHint().height() > label->height() + kSlack;
        }
        if (widget->hasHeightForWidth() && widget->metaObject()->inherits(&QAbstractButton::staticMetaObject))
            return widget->heightForWidth(widget->width()) > widget->height() + kSlack;
        const auto* tool = qobject_cast<const QToolButton*>(widget);
        if (tool != nullptr && !tool->icon().isNull() && tool->toolButtonStyle() == Qt::ToolButtonIconOnly)
            return false; // its text is its tool tip
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            return !button->text().isEmpty() && button->sizeHint().width() > button->width() + kSlack;
        if (const auto* tabs = qobject_cast<const QTabBar*>(widget))
            for (int i = 0; i < tabs->count(); ++i)
                if (tabs->fontMetrics().horizontalAdvance(tabs->tabText(i)) > tabs->tabRect(i).width()) return true;
        return false;
    }
    // Who wants most of the screen.
    QStringList demands() const
    {
        const QRect at = m_window->frameGeometry();
        const QSize wanted = m_window->minimumSizeHint();
        QStringList found{QStringLiteral("at %1, %2, %3 x %4, the window wants %5 x %6")
                              .arg(at.x())
                              .arg(at.y())
                              .arg(at.width())
                              .arg(at.height())
                              .arg(wanted.width())
                              .arg(wanted.height())};
        const QSize half = m_window->screen()->availableGeometry().size() * 0.6;
        for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
            const QSize least = widget->minimumSizeHint().expandedTo(widget->minimumSize());
            if (widget->isVisible() && (least.width() > half.width() || least.height() > half.height()))
                found << QStringLiteral("%1 wants %2 x %3").arg(nameOf(widget)).arg(least.width()).arg(least.height());
        }
        return found;
    }
    QStringList faults(const QWidget* root) const
    {
        QStringList found;
        const QRect screen = m_window->screen()->availableGeometry();
        for (const QWidget* widget : root->findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->visibleRegion().isEmpty()) continue;
            if (isCut(widget)) found << "cut: " + nameOf(widget);
            const QWidget* frame = frameOf(widget);
            if (frame == nullptr || widget->isWindow()) continue;
            const QRect place(widget->mapToGlobal(QPoint()), widget->size());
            if (!screen.contains(place)) found << "off the screen: " + nameOf(widget);
        }
        found.removeDuplicates();
        return found;
    }

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void cleanup() { closeWindow(); }

    void everythingLiesOnTheScreenAndNoTextIsCut_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("place");
        for (const char* language : {"en", "zh_CN"})
            for (const char* place : {"start page", "emoji-vit", "emoji-swin", "emoji-clip", "story-gpt"})
                QTest::addRow("%s, %s", language, place) << language << place;
    }
    void everythingLiesOnTheScreenAndNoTextIsCut()
    {
        QFETCH(QString, language);
        QFETCH(QString, place);
        m_opensAt = QSize(); // the size that the window chooses
        openWindow(language);
        const QRect screen = m_window->screen()->availableGeometry();
        if (place == "start page") {
            m_window->start()->show();
        } else {
            m_window->openings()->openModel(place);
            QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == place.toStdString(),
                                     30'000);
            waitForRows();
        }
        QVERIFY(!m_window->grab().isNull()); // lays everything out
        QVERIFY2(screen.contains(m_window->frameGeometry()), qPrintable(QStringLiteral("%1 x %2 on %3 x %4:\n%5")
                                                                            .arg(m_window->frameGeometry().right() + 1)
                                                                            .arg(m_window->frameGeometry().bottom() + 1)
                                                                            .arg(screen.width())
                                                                            .arg(screen.height())
                                                                            .arg(demands().join('\n'))));
        const QString picture = qEnvironmentVariable("HEADLENS_WALK_PICTURES"); // a folder, to look at what was walked
        if (!picture.isEmpty()) m_window->grab().save(picture + "/" + QTest::currentDataTag() + ".png");
        const QStringList found = faults(m_window.get());
        QVERIFY2(found.isEmpty(), qPrintable(found.join("\n")));
    }
};

QTEST_MAIN(TestWalkSizes)
#include "tst_walk_sizes.moc"
