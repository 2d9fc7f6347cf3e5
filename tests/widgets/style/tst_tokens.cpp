// SPDX-License-Identifier: GPL-3.0-or-later
// Both palettes can be read: WCAG 2.1 contrast of every text on every ground it is used on, and of every outline.
#include "widgets/style/tokens.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QTest>

#include <cmath>

using namespace headlens;

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& one, const QColor& other)
{
    const double a = luminance(one), b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

struct Named {
    const char* name;
    QColor colour;
};

struct Pairs {
    QList<Named> inks, grounds;
    double least;
};

// What is written or drawn on what.
QList<Pairs> pairsOf(const Tones& t)
{
    const QList<Named> still{
        {"canvas", t.canvas}, {"pane", t.pane}, {"alternate", t.alternate}, {"raised", t.raised}, {"tip", t.tip}};
    const QList<Named> chosen{{"tint", tint(t)}, {"chosen line", mixed(t.canvas, t.accent, 0.18)}};
    const QList<Named> moved{{"hover", t.hover}, {"pressed", t.pressed}};
    const QList<Named> places{{"canvas", t.canvas}, {"pane", t.pane}, {"raised", t.raised}, {"tip", t.tip}};
    return {{{{"text", t.text}}, still + chosen + moved, 4.5},
            {{{"quiet", t.quiet}}, still + QList<Named>{{"hover", t.hover}}, 4.5},
            {{{"link", t.link}}, still, 4.5},
            {{{"accent", t.accent}},
             {{"canvas", t.canvas}, {"pane", t.pane}, {"raised", t.raised}, {"tint", tint(t)}},
             4.5},
            {{{"on accent", t.onAccent}},
             {{"accent", t.accent}, {"accent below the mouse", mixed(t.accent, t.text, 0.12)}},
             4.5},
            {{{"disabled", t.disabled}}, still, 3},
            {{{"outline", t.outline}, {"accent as outline", t.accent}}, places, 3}};
}

} // namespace

class TestTokens : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTextAndOutlineCanBeSeen_data();
    void everyTextAndOutlineCanBeSeen();
    void aPaletteGivesItsTonesBack_data();
    void aPaletteGivesItsTonesBack();
    void whatIsDisabledHasItsOwnTone();
    void digitsInTabularTypeAreOfOneWidth();
};

void TestTokens::everyTextAndOutlineCanBeSeen_data()
{
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<QColor>("ground");
    QTest::addColumn<double>("least");
    for (const bool dark : {true, false})
        for (const Pairs& pairs : pairsOf(dark ? darkTones() : lightTones()))
            for (const Named& ink : pairs.inks)
                for (const Named& ground : pairs.grounds)
                    QTest::addRow("%s: %s on %s", dark ? "dark" : "light", ink.name, ground.name)
                        << ink.colour << ground.colour << pairs.least;
}

void TestTokens::everyTextAndOutlineCanBeSeen()
{
    QFETCH(QColor, ink);
    QFETCH(QColor, ground);
    QFETCH(double, least);
    const double is = contrast(ink, ground);
    QVERIFY2(is >= least, qPrintable(QStringLiteral("%1 on %2: %3 : 1, at least %4")
                                         .arg(ink.name(), ground.name())
                                         .arg(is, 0, 'f', 2)
                                         .arg(least)));
}

void TestTokens::aPaletteGivesItsTonesBack_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << true;
    QTest::newRow("light") << false;
}

void TestTokens::aPaletteGivesItsTonesBack()
{
    QFETCH(bool, dark);
    const Tones& wanted = dark ? darkTones() : lightTones();
    const Tones read = tonesOf(paletteOf(wanted));
    for (QColor Tones::*tone : {&Tones::canvas, &Tones::pane, &Tones::alternate, &Tones::raised, &Tones::hover,
                                &Tones::pressed, &Tones::hairline, &Tones::outline, &Tones::text, &Tones::quiet,
                                &Tones::disabled, &Tones::accent, &Tones::onAccent, &Tones::link, &Tones::tip})
        QCOMPARE((read.*tone).name(), (wanted.*tone).name());
}

void TestTokens::whatIsDisabledHasItsOwnTone()
{
    const QPalette palette = paletteOf(darkTones());
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText}) {
        QCOMPARE(palette.color(QPalette::Disabled, role), darkTones().disabled);
        QCOMPARE(palette.color(QPalette::Inactive, role), darkTones().text); // another window in front greys nothing
    }
}

void TestTokens::digitsInTabularTypeAreOfOneWidth()
{
    const QFontMetricsF metrics(tabular(QApplication::font()));
    for (char digit = '1'; digit <= '9'; ++digit)
        QCOMPARE(metrics.horizontalAdvance(QLatin1Char(digit)), metrics.horizontalAdvance(QLatin1Char('0')));
}

QTEST_MAIN(TestTokens)
#include "tst_tokens.moc"
