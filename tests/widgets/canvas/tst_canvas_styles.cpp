// SPDX-License-Identifier: GPL-3.0-or-later
// What every style paints, pixel by pixel, over a made-up engine whose rows are known.
#include "core/base/colormap.h"
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/canvas/canvas.h"
#include "widgets/canvas/canvas_patches.h"
#include "widgets/canvas/canvas_photo.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/map_lines.h"

#include <QPainter>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace headlens;
using namespace headlens::test;

class TestCanvasStyles : public QObject {
    Q_OBJECT

    static int farthest(const QColor& one, const QColor& other)
    {
        return std::max({std::abs(one.red() - other.red()), std::abs(one.green() - other.green()),
                         std::abs(one.blue() - other.blue())});
    }
    static QColor mixed(const QColor& below, const Rgb& above, double share)
    {
        const auto of = [share](int a, int b) { return int(std::lround((1 - share) * a + share * b)); };
        return {of(below.red(), above.r), of(below.green(), above.g), of(below.blue(), above.b)};
    }

    struct Stage : FakeStage {
        DisplaySettings display;
        Canvas canvas{&model, &selection, &display};

        explicit Stage(OverlayStyle style = OverlayStyle::Heat)
        {
            canvas.resize(900, 620);
            canvas.show();
            display.change([style](auto& d) {
                d.gridLines = false;
                d.style = style;
            });
        }
        bool ready()
        {
            if (!QTest::qWaitForWindowExposed(&canvas) || !open("routed")) return false;
            selection.tokens()->setToken(0); // a special token: no mark lies on the patches
            return QTest::qWaitFor([this] { return model.link()->isSettled() && model.rows()->of().token == 0; });
        }
        const TokenLayout& layout() const { return model.rows()->imageLayout(); }
        std::vector<float> row() const { return model.rows()->current(); }
        std::vector<float> patches() const
        {
            const std::vector<float> all = row();
            return {all.begin() + std::ptrdiff_t(layout().prefix.size()), all.end()};
        }
        ValueScale scale() const { return {0, std::ranges::max(patches()), false}; }
        int token(int patch) const { return int(layout().prefix.size()) + patch; }
        QImage shot() { return canvas.grab().toImage(); }
        // Without the map.
        QImage photograph()
        {
            const auto before = display.get();
            display.change([](auto& d) {
                d.style = OverlayStyle::Heat;
                d.opacity = 0;
            });
            const QImage image = shot();
            display.set(before);
            return image;
        }
        // Off the middle, where weights, marks and lines stand.
        QPoint probe(int patch) const
        {
            const QRectF rect = canvas.rectOf(token(patch));
            return (rect.topLeft() + 0.3 * QPointF(rect.width(), rect.height())).toPoint();
        }
        CanvasScene scene() const
        {
            ViewTransform view;
            view.fit(QSizeF(64, 64), QRectF(0, 0, 300, 300));
            return {&model,           &selection,           &display,         view,
                    QSizeF(300, 300), canvas.fontMetrics(), canvas.palette(), nullptr};
        }
    };

private Q_SLOTS:
    void underHeatThePhotographShowsAsFarAsTheWeightIsLow()
    {
        Stage stage;
        QVERIFY(stage.ready());
        const QImage photograph = stage.photograph(), shot = stage.shot();
        const ColorTable& colors = colorTable(stage.display.get().colors().toStdString());
        const std::vector<float> weights = stage.patches();
        QCOMPARE(stage.display.get().opacity, 0.85);
        for (int patch = 0; patch < int(weights.size()); ++patch) {
            const float unit = stage.scale().unit(weights[std::size_t(patch)]);
            const QPoint at = stage.probe(patch);
            const QColor expected = mixed(photograph.pixelColor(at), overlayColor(colors, unit), 0.85 * double(unit));
            QVERIFY2(
                farthest(shot.pixelColor(at), expected) <= 3,
                qPrintable(
                    QStringLiteral("%1: %2 is not %3").arg(patch).arg(shot.pixelColor(at).name(), expected.name())));
        }
    }
    void anUnattendedPatchIsThePhotographAndTheDarkEndIsNeverPainted()
    {
        for (const std::string_view name : colorMapNames()) {
            const std::vector<float> values{0, 0.001F, 1};
            const QImage image =
                overlayImage(values, 3, 1, {0, 1, false}, QString::fromLatin1(name.data(), qsizetype(name.size())), 1);
            QCOMPARE(qAlpha(image.pixel(0, 0)), 0);
            QCOMPARE(qAlpha(image.pixel(2, 0)), 255);
            const Rgb weakest = overlayColor(colorTable(name), 0), dark = colorAt(colorTable(name), 0);
            QVERIFY(weakest.r + weakest.g + weakest.b > dark.r + dark.g + dark.b + 30);
        }
    }
    void underTheSpotlightEverythingElseIsDimmed()
    {
        Stage stage(OverlayStyle::Spotlight);
        QVERIFY(stage.ready());
        const QImage photograph = stage.photograph(), shot = stage.shot();
        const std::vector<float> weights = stage.patches();
        const auto strongest = int(std::ranges::max_element(weights) - weights.begin());
        const auto weakest = int(std::ranges::min_element(weights) - weights.begin());
        QVERIFY(farthest(shot.pixelColor(stage.probe(strongest)), photograph.pixelColor(stage.probe(strongest))) <= 1);
        QVERIFY(shot.pixelColor(stage.probe(weakest)).lightness() <
                0.5 * photograph.pixelColor(stage.probe(weakest)).lightness());
    }
    void contoursRunAroundThePatchesThatHoldTheMassAndLeaveThemAlone()
    {
        Stage stage(OverlayStyle::Contours);
        QVERIFY(stage.ready());
        const QImage photograph = stage.photograph(), shot = stage.shot();
        const std::vector<bool> half = massMask(stage.patches(), 0.5);
        QVERIFY(std::ranges::count(half, true) > 0);
        for (int patch = 0; patch < int(half.size()); ++patch)
            QVERIFY(farthest(shot.pixelColor(stage.probe(patch)), photograph.pixelColor(stage.probe(patch))) <= 1);
        const QRectF first = stage.canvas.rectOf(stage.token(0)),
                     last = stage.canvas.rectOf(stage.token(stage.layout().patches() - 1));
        for (const QLineF& line : bordersOf(half, {stage.layout().gridWidth, stage.layout().gridHeight},
                                            QRectF(first.topLeft(), last.bottomRight()))) {
            const QPoint at = line.pointAt(0.3).toPoint();
            QVERIFY(farthest(shot.pixelColor(at), photograph.pixelColor(at)) > 40);
        }
        QVERIFY(stage.canvas.caption().contains(QStringLiteral("50, 80 and 95 %")));
        QVERIFY(stage.canvas.colourBar().isEmpty()); // lines have no scale
    }
    void linksGoToTheStrongestTokens()
    {
        Stage stage(OverlayStyle::Links);
        QVERIFY(stage.ready());
        const std::vector<float> row = stage.row();
        const std::vector<int> linked = strongestOf(row, 0.8, 64);
        QVERIFY(stage.canvas.caption().contains(QStringLiteral("the %1 strongest tokens").arg(linked.size())));
        const QImage shot = stage.shot();
        const Rgb& c = overlayColor(colorTable(stage.display.get().colors().toStdString()), 1);
        for (const int token : linked) {
            if (!stage.layout().isPatch(token)) continue;
            const QColor middle = shot.pixelColor(stage.canvas.rectOf(token).center().toPoint());
            QVERIFY2(middle.saturation() > 60, qPrintable(middle.name())); // the photograph is grey
            if (token == linked.front()) QVERIFY(farthest(middle, QColor(c.r, c.g, c.b)) <= 3);
        }
    }
    void sideBySideThePictureIsPlainAndTheMapOpaqueAndBothAnswer()
    {
        Stage stage(OverlayStyle::SideBySide);
        QVERIFY(stage.ready());
        const QImage shot = stage.shot();
        const ColorTable& colors = colorTable(stage.display.get().colors().toStdString());
        const std::vector<float> weights = stage.patches();
        const QRectF one = stage.canvas.rectOf(stage.token(0));
        const double across = one.width() * stage.layout().gridWidth * 1.03; // the picture and the gap
        for (int patch = 0; patch < int(weights.size()); ++patch) {
            const QPoint here = stage.probe(patch), there = here + QPoint(int(std::lround(across)), 0);
            const QColor grey = shot.pixelColor(here);
            QCOMPARE(grey.red(), grey.blue()); // as the photograph is
            const Rgb& c = colorAt(colors, stage.scale().unit(weights[std::size_t(patch)]));
            QVERIFY2(farthest(shot.pixelColor(there), QColor(c.r, c.g, c.b)) <= 2,
                     qPrintable(shot.pixelColor(there).name()));
            QCOMPARE(stage.canvas.tokenAt(here), stage.token(patch));
            QCOMPARE(stage.canvas.tokenAt(there), stage.token(patch));
        }
    }
    void whatHasNoMassIsShownAsHeat_data()
    {
        QTest::addColumn<int>("style");
        QTest::newRow("spotlight") << int(OverlayStyle::Spotlight);
        QTest::newRow("contours") << int(OverlayStyle::Contours);
        QTest::newRow("links") << int(OverlayStyle::Links);
    }
    void whatHasNoMassIsShownAsHeat()
    {
        QFETCH(int, style);
        Stage stage{OverlayStyle(style)};
        QVERIFY(stage.ready());
        QCOMPARE(int(stage.scene().style()), style);
        stage.selection.heads()->overlayHeads({0, 1});
        QCOMPARE(int(stage.scene().style()), int(OverlayStyle::Heat)); // heads have colours of their own
    }
    void theBarStandsAtTheLowerRightAndShowsWhatIsPainted()
    {
        Stage stage;
        QVERIFY(stage.ready());
        const QRectF bar = stage.canvas.colourBar();
        QVERIFY(bar.height() > 4 * bar.width());
        QVERIFY(bar.center().x() > 0.9 * stage.canvas.width() && bar.center().y() > 0.6 * stage.canvas.height());
        const QImage shot = stage.shot();
        const ColorTable& colors = colorTable(stage.display.get().colors().toStdString());
        for (const double unit : {0.0, 0.5, 1.0}) {
            const double high = int(bar.height()) - 1;
            const QPoint at(int(bar.center().x()), int(std::lround(bar.top() + (1 - unit) * high)));
            const Rgb& c = overlayColor(colors, float(unit));
            QVERIFY2(farthest(shot.pixelColor(at), QColor(c.r, c.g, c.b)) <= 6, qPrintable(shot.pixelColor(at).name()));
        }
        for (int patch = 0; patch < stage.layout().patches(); ++patch)
            QVERIFY(!stage.canvas.rectOf(stage.token(patch)).intersects(bar));
    }
    void weightsAreWrittenIntoPatchesOf44PointsAndNoSmallerAndOf64WhereAllIsSeen()
    {
        Stage stage;
        QVERIFY(stage.ready());
        const auto withoutMap = [&] { // heads over each other have no numbers
            stage.selection.heads()->overlayHeads({0, 1});
            const QImage image = stage.photograph();
            stage.selection.heads()->setHead(0);
            return image;
        };
        const auto plateIsDark = [&] {
            const QImage with = stage.shot(), without = withoutMap();
            const QRectF rect = stage.canvas.rectOf(stage.token(5));
            int dark = 0; // along the line of the number
            for (int x = int(rect.left()) + 2; x < int(rect.right()) - 2; ++x)
                dark += with.pixelColor(x, int(rect.bottom()) - 6).lightness() <
                                0.6 * without.pixelColor(x, int(rect.bottom()) - 6).lightness()
                            ? 1
                            : 0;
            return dark >= 8;
        };
        const auto side = [&] { return stage.canvas.rectOf(stage.token(5)).width(); };
        const bool isLarge = side() >= 64; // the whole picture is seen
        QCOMPARE(plateIsDark(), isLarge);
        while (side() < 44) stage.canvas.zoomBy(1.1);
        stage.canvas.zoomBy(1.01); // no longer fitted
        QVERIFY(plateIsDark());
        while (stage.canvas.rectOf(stage.token(5)).width() >= 43) stage.canvas.zoomBy(0.9);
        QVERIFY(!plateIsDark());
    }
    void aHoverScalesNoPicture()
    {
        Stage stage;
        QVERIFY(stage.ready());
        CanvasPhoto photo;
        QImage target(300, 300, QImage::Format_RGB32);
        QPainter painter(&target);
        CanvasScene scene = stage.scene();
        for (int i = 0; i < 5; ++i) {
            scene.computed = nullptr;
            photo.paint(painter, scene);
        }
        QCOMPARE(photo.scalings(), 1);
        scene.view.zoomAt({10, 10}, 1.5);
        photo.paint(painter, scene);
        QCOMPARE(photo.scalings(), 2);
    }
    void cornersAreRounded()
    {
        Stage stage;
        QVERIFY(stage.ready());
        const QImage photograph = stage.photograph();
        const QPoint corner = stage.canvas.rectOf(stage.token(0)).topLeft().toPoint();
        const QColor around = photograph.pixelColor(corner - QPoint(4, 4));
        QCOMPARE(photograph.pixelColor(corner), around);
        QVERIFY(photograph.pixelColor(corner + QPoint(6, 6)) != around);
    }
    void whatTheModelSeesIsOneChoiceAwayAndSaysItsSize()
    {
        Stage stage;
        QVERIFY(stage.ready());
        QCOMPARE(int(stage.display.get().ground), int(Ground::Original));
        QVERIFY(!stage.canvas.caption().contains(QStringLiteral("what the model sees")));
        stage.display.change([](auto& d) { d.ground = Ground::Seen; });
        QVERIFY(stage.canvas.caption().contains(QStringLiteral("what the model sees, 64 × 64")));
        stage.display.change([](auto& d) { d.smooth = true; });
        QVERIFY(stage.canvas.caption().contains(QStringLiteral("smooth (bicubic)")));
    }
    void aDoubleClickResetsTheZoomAndPinsNothing()
    {
        Stage stage;
        QVERIFY(stage.ready());
        const double fitted = stage.canvas.rectOf(stage.token(5)).width();
        stage.canvas.zoomBy(2);
        const QPoint at = stage.canvas.rect().center();
        QTest::mouseClick(&stage.canvas, Qt::LeftButton, {}, at);
        QVERIFY(stage.selection.tokens()->isPinned());
        QTest::mouseDClick(&stage.canvas, Qt::LeftButton, {}, at);
        QCOMPARE(stage.canvas.rectOf(stage.token(5)).width(), fitted);
        QTest::mouseClick(&stage.canvas, Qt::LeftButton, {}, stage.canvas.rectOf(stage.token(1)).center().toPoint());
        const TokenPlace pinned = stage.selection.tokens()->query();
        const QPoint other = stage.canvas.rectOf(stage.token(6)).center().toPoint();
        QTest::mouseClick(&stage.canvas, Qt::LeftButton, {}, other);
        QVERIFY(stage.selection.tokens()->query() != pinned);
        QTest::mouseDClick(&stage.canvas, Qt::LeftButton, {}, other);
        QVERIFY(stage.selection.tokens()->isPinned());
        QVERIFY(stage.selection.tokens()->query() == pinned);
    }
    void thePaletteFollowsTheThemeUntilOneIsChosen()
    {
        const QPalette before = QApplication::palette();
        DisplaySettings display;
        QSignalSpy changed(&display, &DisplaySettings::changed);
        QApplication::setPalette(darkPalette());
        QCOMPARE(display.get().colors(), QStringLiteral("inferno"));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(DisplaySettings().get().colors(), QStringLiteral("inferno"));
        QApplication::setPalette(QPalette(Qt::white));
        QCOMPARE(display.get().colors(), QStringLiteral("viridis"));
        display.change([](auto& d) { d.colormap = QStringLiteral("magma"); });
        QApplication::setPalette(darkPalette());
        QCOMPARE(display.get().colors(), QStringLiteral("magma"));
        display.set({}); // all as at first, in this theme
        QCOMPARE(display.get().colors(), QStringLiteral("inferno"));
        QApplication::setPalette(before);
    }
    void everyStyleHasAPicture()
    {
        for (const char* name : {"heat", "spotlight", "contours", "links", "side-by-side"}) {
            static int next = 0;
            Stage stage{OverlayStyle(next++)};
            QVERIFY(stage.ready());
            stage.selection.tokens()->setToken(stage.token(9));
            QVERIFY(QTest::qWaitFor([&] { return stage.model.link()->isSettled(); }));
            photograph(stage.canvas, QStringLiteral("canvas-%1").arg(QLatin1String(name)));
        }
    }
};

QTEST_MAIN(TestCanvasStyles)
#include "tst_canvas_styles.moc"
