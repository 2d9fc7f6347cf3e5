// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader hears: the tree of roles, names and values is walked through every workspace, in both languages.
#include "app/start_screen.h"
#include "app/workspaces.h"
#include "tests/support/window_stage.h"
#include "widgets/common/message_bar.h"

#include <QAccessible>
#include <QSet>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

namespace {

// What a person acts on or reads a value of: it needs a name.
bool needsName(const QAccessibleInterface& one)
{
    static const QSet<QAccessible::Role> kActedOn{
        QAccessible::Button,      QAccessible::ButtonMenu, QAccessible::CheckBox,      QAccessible::RadioButton,
        QAccessible::ComboBox,    QAccessible::Slider,     QAccessible::SpinBox,       QAccessible::EditableText,
        QAccessible::List,        QAccessible::Tree,       QAccessible::Table,         QAccessible::PageTab,
        QAccessible::MenuItem,    QAccessible::ListItem,   QAccessible::Dialog,        QAccessible::ToolBar,
        QAccessible::ProgressBar, QAccessible::Graphic,    QAccessible::ButtonDropDown};
    static const QSet<QAccessible::Role> kFields{QAccessible::TreeItem, QAccessible::Cell, QAccessible::StaticText};
    if (kFields.contains(one.role())) return false; // of a table, and words that can be selected: may be empty
    return kActedOn.contains(one.role()) || one.state().focusable;
}

// Parts of composed widgets that Qt itself makes and names by what holds them.
bool isInner(const QAccessibleInterface& one)
{
    const QObject* object = one.object();
    if (object == nullptr) return false;
    const QString name = object->objectName();
    return name.startsWith(QLatin1String("qt_")) || object->inherits("QTabBar") || object->inherits("QScrollArea") ||
           object->inherits("QMainWindow") || object->inherits("QMenuBar");
}

bool isSeen(const QAccessibleInterface& one)
{
    const QAccessible::State state = one.state();
    return one.isValid() && !state.invisible && !state.offscreen;
}

} // namespace

class TestAccessible : public QObject, private WindowStage {
    Q_OBJECT

    static QString pathOf(QAccessibleInterface* one)
    {
        QStringList path;
        for (; one != nullptr && path.size() < 6; one = one->parent()) {
            const QObject* object = one->object();
            path.prepend(object == nullptr ? QString::number(int(one->role()))
                                           : QString::fromLatin1(object->metaObject()->className()));
        }
        return path.join(QLatin1Char('/'));
    }
    static void walk(QAccessibleInterface* one, QStringList& faults, int depth = 0)
    {
        constexpr int kDeepest = 40;
        if (one == nullptr || !isSeen(*one) || depth > kDeepest) return;
        if (one->role() == QAccessible::NoRole) faults << "no role: " + pathOf(one);
        if (needsName(*one) && !isInner(*one) && one->text(QAccessible::Name).trimmed().isEmpty())
            faults << "no name: " + pathOf(one);
        for (int i = 0; i < one->childCount(); ++i) walk(one->child(i), faults, depth + 1);
    }
    QStringList faults()
    {
        QStringList found;
        walk(QAccessible::queryAccessibleInterface(m_window.get()), found);
        found.removeDuplicates();
        return found;
    }

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void cleanup() { closeWindow(); }

    void everythingThatCanBeActedOnHasARoleAndAName_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("workspace");
        for (const char* language : {"en", "zh_CN"})
            for (const Workspace& one : workspaces())
                QTest::addRow("%s in %s", one.id, language) << language << QString::fromLatin1(one.id);
    }
    void everythingThatCanBeActedOnHasARoleAndAName()
    {
        QFETCH(QString, language);
        QFETCH(QString, workspace);
        openWindow(language);
        m_window->workspaces()->show(workspace);
        QTRY_COMPARE(m_window->workspaces()->current(), workspace);
        const QStringList found = faults();
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }
    void aMessageHasNamesAsWell()
    {
        openWindow();
        auto* bar = m_window->findChild<MessageBar*>();
        for (const MessageBar::Kind kind :
             {MessageBar::Kind::Info, MessageBar::Kind::Warning, MessageBar::Kind::Problem}) {
            bar->offer(kind, QStringLiteral("The file is damaged."), QStringLiteral("Open another"), [] {});
            const QStringList found = faults();
            QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
        }
    }
    void theWindowSaysWhatIsOpen()
    {
        openWindow();
        const QWidget* bar = m_window->findChild<QWidget*>("top");
        QStringList said;
        for (QWidget* field : bar->findChildren<QWidget*>()) said << field->accessibleDescription();
        const QString all = said.join(QLatin1Char(' '));
        QVERIFY2(all.contains(QString::fromStdString(model().model().name)), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("a.png")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("60 × 40")), qPrintable(all));
    }
};

QTEST_MAIN(TestAccessible)
#include "tst_accessible.moc"
