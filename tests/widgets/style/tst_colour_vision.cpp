// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/colour_vision.h"
#include "widgets/style/vision_lens.h"

#include <QApplication>
#include <QGraphicsEffect>
#include <QScreen>
#include <QTest>
#include <QWidget>

#include <memory>

using namespace headlens;

Q_DECLARE_METATYPE(Vision)

namespace {

int apart(const QColor& one, const QColor& other)
{
    return std::max({std::abs(one.red() - other.red()), std::abs(one.green() - other.green()),
                     std::abs(one.blue() - other.blue())});
}

std::unique_ptr<QWidget> coloured(const QColor& colour)
{
    auto window = std::make_unique<QWidget>();
    window->setAutoFillBackground(true);
    QPalette palette;
    palette.setColor(QPalette::Window, colour);
    window->setPalette(palette);
    window->resize(40, 30);
    window->show();
    return window;
}

QColor shown(QWidget& window)
{
    return window.grab().toImage().pixelColor(20, 15);
}

} // namespace

class TestColourVision : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knownColoursAreSeenAsPublished_data();
    void knownColoursAreSeenAsPublished();
    void greysStayGrey_data();
    void greysStayGrey();
    void anImageIsSeenPixelByPixel();
    void theLensLiesOverEveryWindow();
    void aChangeBelowTheLensIsSeenThroughIt();
    void withoutALensNothingLiesOverAWindow();
    void aWindowMayGoBeforeTheLensAndAfterIt();
};

// Columns of the matrices, encoded: what becomes of pure red, green and blue.
void TestColourVision::knownColoursAreSeenAsPublished_data()
{
    QTest::addColumn<Vision>("vision");
    QTest::addColumn<QColor>("colour");
    QTest::addColumn<QColor>("seen");
    using enum Vision;
    QTest::newRow("red, protanopia") << Protanopia << QColor(255, 0, 0) << QColor(109, 95, 0);
    QTest::newRow("green, deuteranopia") << Deuteranopia << QColor(0, 255, 0) << QColor(239, 214, 58);
    QTest::newRow("red, deuteranopia") << Deuteranopia << QColor(255, 0, 0) << QColor(163, 144, 0);
    QTest::newRow("blue, tritanopia") << Tritanopia << QColor(0, 0, 255) << QColor(0, 107, 150);
    QTest::newRow("green, achromatopsia") << Achromatopsia << QColor(0, 255, 0) << QColor(220, 220, 220);
    QTest::newRow("red, all cones") << Full << QColor(255, 0, 0) << QColor(255, 0, 0);
}

void TestColourVision::knownColoursAreSeenAsPublished()
{
    QFETCH(Vision, vision);
    QFETCH(QColor, colour);
    QFETCH(QColor, seen);
    const QColor is = seenWith(vision, colour);
    QVERIFY2(apart(is, seen) <= 1, qPrintable(is.name() + QStringLiteral(" is not ") + seen.name()));
}

void TestColourVision::greysStayGrey_data()
{
    QTest::addColumn<Vision>("vision");
    for (int i = 0; i <= int(Vision::Achromatopsia); ++i) QTest::addRow("%d", i) << Vision(i);
}

void TestColourVision::greysStayGrey()
{
    QFETCH(Vision, vision);
    for (int grey = 0; grey < 256; grey += 5) {
        const QColor colour(grey, grey, grey);
        QVERIFY2(apart(seenWith(vision, colour), colour) <= 1, qPrintable(seenWith(vision, colour).name()));
    }
}

void TestColourVision::anImageIsSeenPixelByPixel()
{
    QImage image(3, 2, QImage::Format_ARGB32);
    const QColor colours[] = {Qt::red, Qt::red, Qt::green, Qt::blue, Qt::white, QColor(10, 200, 30, 128)};
    for (int i = 0; i < 6; ++i) image.setPixelColor(i % 3, i / 3, colours[i]);
    simulate(Vision::Deuteranopia, image);
    for (int i = 0; i < 6; ++i) {
        QCOMPARE(image.pixelColor(i % 3, i / 3).name(), seenWith(Vision::Deuteranopia, colours[i]).name());
        QCOMPARE(image.pixelColor(i % 3, i / 3).alpha(), colours[i].alpha());
    }
}

void TestColourVision::theLensLiesOverEveryWindow()
{
    const auto window = coloured(Qt::red);
    QCOMPARE(shown(*window), QColor(Qt::red));
    VisionLens lens;
    lens.set(Vision::Protanopia);
    QVERIFY(apart(shown(*window), seenWith(Vision::Protanopia, Qt::red)) <= 1);
    const auto later = coloured(Qt::green);
    QVERIFY(apart(shown(*later), seenWith(Vision::Protanopia, Qt::green)) <= 1);
    lens.set(Vision::Tritanopia);
    QVERIFY(apart(shown(*later), seenWith(Vision::Tritanopia, Qt::green)) <= 1);
    lens.set(Vision::Full);
    QCOMPARE(shown(*window), QColor(Qt::red));
    QCOMPARE(shown(*later), QColor(Qt::green));
}

// As it reaches the screen: Qt repaints only what changed.
void TestColourVision::aChangeBelowTheLensIsSeenThroughIt()
{
    const auto window = coloured(Qt::red);
    QWidget child(window.get());
    child.setAutoFillBackground(true);
    child.setGeometry(10, 10, 10, 10);
    child.show();
    VisionLens lens;
    lens.set(Vision::Protanopia);
    const auto onScreen = [&](int x, int y) {
        return window->screen()->grabWindow(window->winId()).toImage().pixelColor(x, y);
    };
    QTRY_VERIFY(apart(onScreen(35, 25), seenWith(Vision::Protanopia, Qt::red)) <= 1);
    QPalette palette;
    palette.setColor(QPalette::Window, Qt::green);
    child.setPalette(palette);
    QTRY_VERIFY(apart(onScreen(15, 15), seenWith(Vision::Protanopia, Qt::green)) <= 1);
    QVERIFY(apart(onScreen(35, 25), seenWith(Vision::Protanopia, Qt::red)) <= 1);
}

void TestColourVision::withoutALensNothingLiesOverAWindow()
{
    const auto window = coloured(Qt::red);
    VisionLens lens;
    QVERIFY(window->graphicsEffect() == nullptr);
    lens.set(Vision::Achromatopsia);
    QVERIFY(window->graphicsEffect() != nullptr);
    lens.set(Vision::Full);
    QVERIFY(window->graphicsEffect() == nullptr);
    QVERIFY(coloured(Qt::red)->graphicsEffect() == nullptr);
}

void TestColourVision::aWindowMayGoBeforeTheLensAndAfterIt()
{
    auto before = coloured(Qt::red);
    const auto after = coloured(Qt::red);
    {
        VisionLens lens;
        lens.set(Vision::Protanopia);
        before.reset();
    }
    QVERIFY(after->graphicsEffect() == nullptr);
    auto owner = coloured(Qt::blue);
    (new VisionLens(owner.get()))->set(Vision::Protanopia); // goes with the window it lies over
    owner.reset();
    QVERIFY(after->graphicsEffect() == nullptr);
}

QTEST_MAIN(TestColourVision)
#include "tst_colour_vision.moc"
