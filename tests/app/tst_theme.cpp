// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop's wishes, as its portal would say them.
#include "app/theme.h"
#include "widgets/style/tokens.h"

#include <QApplication>
#include <QStyle>
#include <QTest>

using namespace headlens;

namespace {

const QString kAppearance = QStringLiteral("org.freedesktop.appearance"),
              kGnome = QStringLiteral("org.gnome.desktop.interface"), kScheme = QStringLiteral("color-scheme"),
              kAnimations = QStringLiteral("enable-animations"), kReduced = QStringLiteral("reduced-motion");

int motion()
{
    return QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration);
}

QColor ground()
{
    return QApplication::palette().color(QPalette::Window);
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theDesktopsWishCountsWhereItIsAskedFor_data();
    void theDesktopsWishCountsWhereItIsAskedFor();
    void lightAndDarkFollowTheDesktopWhereAskedTo_data();
    void lightAndDarkFollowTheDesktopWhereAskedTo();
    void aThemeWithoutItsStyleTouchesNoOther();
};

void TestTheme::theDesktopsWishCountsWhereItIsAskedFor_data()
{
    QTest::addColumn<QString>("wish");
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QVariant>("said");
    QTest::addColumn<bool>("moves");
    QTest::newRow("GNOME without animations")
        << QStringLiteral("system") << kGnome << kAnimations << QVariant(false) << false;
    QTest::newRow("GNOME with animations")
        << QStringLiteral("system") << kGnome << kAnimations << QVariant(true) << true;
    QTest::newRow("portal: reduced") << QStringLiteral("system") << kAppearance << kReduced << QVariant(1U) << false;
    QTest::newRow("portal: no preference")
        << QStringLiteral("system") << kAppearance << kReduced << QVariant(0U) << true;
    QTest::newRow("another key") << QStringLiteral("system") << kGnome << QStringLiteral("cursor-blink")
                                 << QVariant(false) << true;
    QTest::newRow("never reduced") << QStringLiteral("never") << kGnome << kAnimations << QVariant(false) << true;
    QTest::newRow("always reduced") << QStringLiteral("always") << kGnome << kAnimations << QVariant(true) << false;
}

void TestTheme::theDesktopsWishCountsWhereItIsAskedFor()
{
    QFETCH(QString, wish);
    QFETCH(QString, group);
    QFETCH(QString, key);
    QFETCH(QVariant, said);
    QFETCH(bool, moves);
    Theme theme;
    theme.reduceMotion(wish);
    theme.take(group, key, said);
    QCOMPARE(motion(), moves ? kMotionMs : 0);
}

void TestTheme::lightAndDarkFollowTheDesktopWhereAskedTo_data()
{
    QTest::addColumn<QString>("wish");
    QTest::addColumn<uint>("said");
    QTest::addColumn<bool>("dark");
    QTest::newRow("as the desktop: dark") << QStringLiteral("system") << 1U << true;
    QTest::newRow("as the desktop: light") << QStringLiteral("system") << 2U << false;
    QTest::newRow("light") << QStringLiteral("light") << 1U << false;
    QTest::newRow("dark") << QStringLiteral("dark") << 2U << true;
}

void TestTheme::lightAndDarkFollowTheDesktopWhereAskedTo()
{
    QFETCH(QString, wish);
    QFETCH(uint, said);
    QFETCH(bool, dark);
    Theme theme;
    theme.apply(wish);
    theme.take(kAppearance, kScheme, said);
    QCOMPARE(ground(), dark ? darkTones().pane : lightTones().pane);
}

void TestTheme::aThemeWithoutItsStyleTouchesNoOther()
{
    Theme first;
    Theme second; // a second window brings its own style, and the first one's is gone
    first.reduceMotion(QStringLiteral("always"));
    QCOMPARE(motion(), kMotionMs);
    second.reduceMotion(QStringLiteral("always"));
    QCOMPARE(motion(), 0);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
