// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/icons.h"
#include "widgets/style/tokens.h"

#include <QApplication>
#include <QFile>
#include <QSet>
#include <QTest>

using namespace headlens;

namespace {

int inked(const QImage& image)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) count += qAlpha(image.pixel(x, y)) > 0 ? 1 : 0;
    return count;
}

// Of the most opaque pixel.
QColor colourIn(const QImage& image)
{
    QColor strongest(0, 0, 0, 0);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y).alpha() > strongest.alpha()) strongest = image.pixelColor(x, y);
    return strongest;
}

bool isNear(const QColor& one, const QColor& other)
{
    const auto apart = [](int a, int b) { return std::abs(a - b); };
    return apart(one.red(), other.red()) + apart(one.green(), other.green()) + apart(one.blue(), other.blue()) < 12;
}

} // namespace

class TestIcons : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QApplication::setPalette(paletteOf(darkTones())); }
    void everyIconIsDrawn_data();
    void everyIconIsDrawn();
    void noTwoIconsAreAlike();
    void theColourSaysTheState_data();
    void theColourSaysTheState();
    void anotherThemeRecoloursIt();
    void itIsSharpOnEveryScreen_data();
    void itIsSharpOnEveryScreen();
};

void TestIcons::everyIconIsDrawn_data()
{
    QTest::addColumn<int>("which");
    for (std::size_t i = 0; i < kIcons; ++i) QTest::newRow(qPrintable(iconFile(Icon(i)))) << int(i);
}

void TestIcons::everyIconIsDrawn()
{
    QFETCH(int, which);
    QFile file(iconFile(Icon(which)));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("currentColor"));
    const QImage image = icon(Icon(which)).pixmap(24, 24).toImage();
    const int ink = inked(image);
    QVERIFY2(ink > 15 && ink < 24 * 24 / 5 * 4, qPrintable(QString::number(ink)));
    for (int i = 0; i < 24; ++i) // nothing is cut at the edge
        QVERIFY(qAlpha(image.pixel(i, 0)) == 0 && qAlpha(image.pixel(0, i)) == 0 && qAlpha(image.pixel(i, 23)) == 0 &&
                qAlpha(image.pixel(23, i)) == 0);
}

void TestIcons::noTwoIconsAreAlike()
{
    QSet<QByteArray> seen;
    for (std::size_t i = 0; i < kIcons; ++i) {
        const QImage image = icon(Icon(i)).pixmap(24, 24).toImage();
        seen.insert(QByteArray(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes()));
    }
    QCOMPARE(std::size_t(seen.size()), kIcons);
}

void TestIcons::theColourSaysTheState_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<int>("state");
    QTest::addColumn<QColor>("colour");
    QTest::newRow("off") << int(QIcon::Normal) << int(QIcon::Off) << darkTones().text;
    QTest::newRow("on") << int(QIcon::Normal) << int(QIcon::On) << darkTones().accent;
    QTest::newRow("disabled") << int(QIcon::Disabled) << int(QIcon::Off) << darkTones().disabled;
    QTest::newRow("on the accent") << int(QIcon::Selected) << int(QIcon::Off) << darkTones().onAccent;
}

void TestIcons::theColourSaysTheState()
{
    QFETCH(int, mode);
    QFETCH(int, state);
    QFETCH(QColor, colour);
    const QColor is = colourIn(icon(Icon::Play).pixmap({48, 48}, QIcon::Mode(mode), QIcon::State(state)).toImage());
    QVERIFY2(isNear(is, colour), qPrintable(is.name() + QStringLiteral(" is not ") + colour.name()));
}

void TestIcons::anotherThemeRecoloursIt()
{
    const QIcon play = icon(Icon::Play);
    QVERIFY(isNear(colourIn(play.pixmap(48, 48).toImage()), darkTones().text));
    QApplication::setPalette(paletteOf(lightTones()));
    QVERIFY(isNear(colourIn(play.pixmap(48, 48).toImage()), lightTones().text));
}

void TestIcons::itIsSharpOnEveryScreen_data()
{
    QTest::addColumn<double>("ratio");
    for (const double ratio : {1.0, 1.25, 1.5, 2.0}) QTest::addRow("%g", ratio) << ratio;
}

void TestIcons::itIsSharpOnEveryScreen()
{
    QFETCH(double, ratio);
    const QPixmap pixmap = icon(Icon::Look).pixmap({20, 20}, ratio);
    QCOMPARE(pixmap.devicePixelRatio(), ratio);
    QCOMPARE(pixmap.width(), int(20 * ratio));
}

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
