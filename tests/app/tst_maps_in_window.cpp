// SPDX-License-Identifier: GPL-3.0-or-later
// What the window paints and exports is the same: colours, kinds, formats; and what is said when it cannot.
#include "app/figure_export.h"
#include "app/focus_ring.h"
#include "app/openings.h"
#include "app/start_screen.h"
#include "core/base/colormap.h"
#include "core/base/map_values.h"
#include "tests/support/window_stage.h"
#include "widgets/canvas/canvas.h"
#include "widgets/common/message_bar.h"
#include "widgets/heads/head_grid.h"
#include "widgets/panels/controls_panel.h"
#include "widgets/panels/filmstrip.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/live_rows.h"

#include <QApplication>
#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QStatusBar>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headlens;
using namespace headlens::test;

class TestMapsInWindow : public QObject, private WindowStage {
    Q_OBJECT

    static int farthest(const QColor& one, const QColor& other)
    {
        return std::max({std::abs(one.red() - other.red()), std::abs(one.green() - other.green()),
                         std::abs(one.blue() - other.blue())});
    }
    QString exported(const QString& what, const QString& name)
    {
        const QString file = path(name.toUtf8().constData());
        m_window->figures()->write(what, file);
        const bool done =
            QTest::qWaitFor([&] { return m_window->message().contains(QLatin1String("Written to")); }, 10'000);
        return done ? file : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        writeFiles();
        QImage grey(60, 40, QImage::Format_RGB32);
        grey.fill(QColor(150, 150, 150));
        QVERIFY(grey.save(path("grey.png")));
        writeBytes(path("empty.png").toStdString(), "");
        QVERIFY(QDir(m_folder.path()).mkdir("nothing"));
    }
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    // Over an even grey every pixel of a patch has one colour: the picture's, mixed once with the map's.
    void aPatchHasTheColourOfTheExportAndOfTheLegend()
    {
        m_window->openings()->openPictureFile(path("grey.png"));
        QTRY_VERIFY(QString::fromStdString(model().input().name).endsWith("grey.png"));
        waitForRows();
        selection().heads()->setFusion(HeadFusion::Mean);
        m_window->display()->change([](headlens::Display& d) { d.gridLines = false; });
        const QImage window = m_window->canvas()->grab().toImage();
        const QImage file(exported("map", "colours.png"));
        QVERIFY(!file.isNull());
        const TokenLayout& layout = model().rows()->imageLayout();
        const std::vector<float> row = model().rows()->current();
        const auto patches = std::span(row).subspan(std::size_t(layout.prefix.size()));
        const float high = robustHigh(patches);
        const double zoom = double(file.width()) / model().run().seen.width(); // the bar lies below the picture
        for (int patch = 0; patch < int(patches.size()); ++patch) {
            const int token = int(layout.prefix.size()) + patch;
            if (token == selection().tokens()->query().token) continue; // has a frame
            const QPointF inPicture((patch % layout.gridWidth + 0.3) * 8, (patch / layout.gridWidth + 0.3) * 8);
            const QRectF cell = m_window->canvas()->rectOf(token);
            const QColor shown =
                window.pixelColor((cell.topLeft() + 0.3 * QPointF(cell.width(), cell.height())).toPoint());
            const QColor written = file.pixelColor((inPicture * zoom).toPoint());
            const float unit = ValueScale{0, high, false}.unit(patches[std::size_t(patch)]);
            const Rgb pure = overlayColor(colorTable(m_window->display()->get().colors().toStdString()), unit);
            const double share = overlayOpacity(m_window->display()->get().opacity, unit);
            const auto mixed = [&](int map) { return int(std::lround(share * map + (1 - share) * 150)); };
            const QColor legend(mixed(pure.r), mixed(pure.g), mixed(pure.b));
            QVERIFY2(farthest(shown, written) <= 3, qPrintable(shown.name() + " " + written.name()));
            QVERIFY2(farthest(shown, legend) <= 3, qPrintable(shown.name() + " " + legend.name()));
        }
    }
    void whereNothingDiffersIsTheMiddleColour()
    {
        const headlens::Display difference = [] {
            headlens::Display d;
            d.difference = true;
            return d;
        }();
        const std::vector<float> none(4, 0.0F);
        const QImage heat = heatImage(none, 2, 2, difference.scaleTo(0), difference.colors());
        const Rgb middle = colorAt(colorTable("difference"), 0.5F);
        QCOMPARE(heat.pixelColor(0, 0), QColor(middle.r, middle.g, middle.b));
        const QImage over = overlayImage(none, 2, 2, difference.scaleTo(0), difference.colors(), 0.85);
        QCOMPARE(qAlpha(over.pixel(1, 1)), 0); // over a picture it is that
    }
    // H, then a head of the last layer off: the layer before it is as it was, and not painted as "much less".
    void layersBeforeASilencedHeadArePaintedAsUnchanged()
    {
        m_window->openings()->openPictureFile(path("grey.png"));
        QTRY_VERIFY(QString::fromStdString(model().input().name).endsWith("grey.png"));
        waitForRows();
        m_window->display()->change([](headlens::Display& d) { d.gridLines = false; });
        model().comparison()->hold();
        QTRY_VERIFY(model().comparison()->holds());
        TextRequest wish = model().request().text;
        wish.ablated.push_back({1, 0});
        model().wishes()->change([&](RunRequest& r) { r.text = wish; });
        selection().heads()->setLayer(0);
        QTRY_VERIFY(model().link()->isSettled() && model().rows()->of().difference);
        const QImage window = m_window->canvas()->grab().toImage();
        const TokenLayout& layout = model().rows()->imageLayout();
        for (int token = int(layout.prefix.size()); token < layout.tokens(); ++token) {
            if (token == selection().tokens()->query().token) continue; // has a frame
            const QRectF cell = m_window->canvas()->rectOf(token);
            const QColor shown =
                window.pixelColor((cell.topLeft() + 0.3 * QPointF(cell.width(), cell.height())).toPoint());
            QVERIFY2(std::abs(shown.red() - shown.blue()) < 12, qPrintable(shown.name())); // neither blue nor red
        }
    }
    void everyKindOfMapIsExportedInEveryFormat_data()
    {
        QTest::addColumn<QString>("map");
        for (const char* map : {"row", "received", "entropy", "distance", "chefer-generic"}) QTest::newRow(map) << map;
    }
    void everyKindOfMapIsExportedInEveryFormat()
    {
        QFETCH(QString, map);
        selection().setMap(map);
        waitForRows();
        const QString kind = m_window->figures()->shownKind();
        for (const QString& format : m_window->figures()->formatsOf(kind)) {
            const QString file = exported(kind, kind + "." + format);
            QVERIFY2(!file.isEmpty(), qPrintable(kind + "." + format + ": " + m_window->message()));
            QFile written(file);
            QVERIFY(written.open(QIODevice::ReadOnly));
            const QByteArray begin = written.read(64);
            QVERIFY(format != "png" || begin.startsWith("\x89PNG"));
            QVERIFY(format != "svg" || begin.contains("<svg"));
            QVERIFY(format != "npy" || begin.startsWith("\x93NUMPY"));
            QVERIFY(format != "csv" || QString::fromLatin1(begin).contains(QLatin1Char(',')));
            m_window->figures()->write("map", path("gone/x.png")); // another message, so that the next one is seen
            QTRY_VERIFY(m_window->message().contains("could not be written"));
        }
    }
    void aNameWithoutAnEndingGetsTheUsualOne()
    {
        m_window->figures()->write("map", path("figure"));
        QTRY_VERIFY(QFileInfo::exists(path("figure.png")));
    }
    void anEndingThatIsNoneIsAnsweredWithThoseThatAre()
    {
        m_window->figures()->write("map", path("figure.docx"));
        QVERIFY2(m_window->message().contains("png, svg, csv, npy"), qPrintable(m_window->message()));
    }
    void anEmptyFileIsSaidAndLeavesNothingBehind()
    {
        auto* strip = m_window->findChild<Filmstrip*>();
        const int before = strip->count();
        m_window->openings()->openPictureFile(path("empty.png"));
        QVERIFY2(m_window->message().contains("it is empty"), qPrintable(m_window->message()));
        QCOMPARE(strip->count(), before);
    }
    // Names of pictures stand in one line, whatever shape their thumbnails have, before and after these come.
    void namesInTheFilmstripStayWhereTheyAre()
    {
        Filmstrip strip;
        strip.resize(400, 100);
        strip.show();
        for (const char* name : {"wide.png", "tall.png"}) strip.addPicture(name);
        const auto places = [&] {
            return std::pair(strip.visualItemRect(strip.item(0)).height(),
                             strip.visualItemRect(strip.item(1)).height());
        };
        const auto before = places();
        strip.setThumbnail("wide.png", QImage(56, 20, QImage::Format_RGB32));
        strip.setThumbnail("tall.png", QImage(20, 56, QImage::Format_RGB32));
        QTest::qWait(0);
        QCOMPARE(places(), before);
        QCOMPARE(before.first, before.second);
        QCOMPARE(strip.item(0)->icon().actualSize({56, 56}), QSize(56, 56));
    }
    void severalHeadsAreNamedInTheStatusLine()
    {
        selection().heads()->setFusion(HeadFusion::Single);
        selection().heads()->overlayHeads({0, 2, 3});
        waitForRows();
        const auto labels = m_window->statusBar()->findChildren<QLabel*>();
        QVERIFY(
            std::ranges::any_of(labels, [](const QLabel* label) { return label->text().contains("heads 0, 2, 3"); }));
        selection().heads()->setFusion(HeadFusion::Mean);
        waitForRows();
        QVERIFY(std::ranges::any_of(labels,
                                    [](const QLabel* label) { return label->text().contains("mean of the heads"); }));
        QVERIFY2(m_window->canvas()->caption().contains("mean of the heads"),
                 qPrintable(m_window->canvas()->caption()));
    }
    // Few heads: layers stand in several columns, so that the cells fill the dock.
    void fewHeadsFillTheirDock()
    {
        m_window->openings()->openModel("emoji-vit"); // 6 layers of 4 heads
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "emoji-vit", 30'000);
        waitForRows();
        HeadGrid grid(&model(), &selection(), m_window->display());
        grid.resize(800, 220);
        grid.show();
        QVERIFY2(grid.cellRect(0, 0).width() >= 40, qPrintable(QString::number(grid.cellRect(0, 0).width())));
        QVERIFY(grid.cellRect(5, 0).left() > grid.cellRect(0, 3).right()); // the last layer stands beside the first
    }
    // After a head is switched off its own cell is crossed out in red, and no number of a layer below turns red.
    void numbersBelowASilencedLayerKeepTheirColour()
    {
        const auto redPixels = [&] {
            const QImage shown = m_window->findChild<HeadGrid*>()->grab().toImage();
            const QRectF first = m_window->findChild<HeadGrid*>()->cellRect(0, 0),
                         second = m_window->findChild<HeadGrid*>()->cellRect(1, 0);
            int red = 0; // left of the cells of the second layer, where its number stands
            for (int y = int(second.top()); y < int(second.bottom()); ++y)
                for (int x = 0; x < int(first.left()) - 2; ++x) {
                    const QColor colour = shown.pixelColor(x, y);
                    red += colour.red() > 150 && colour.green() < 100 && colour.blue() < 100 ? 1 : 0;
                }
            return red;
        };
        QCOMPARE(redPixels(), 0);
        TextRequest wish = model().request().text;
        wish.ablated.push_back({0, 0});
        model().wishes()->change([&](RunRequest& r) { r.text = wish; });
        QTRY_VERIFY(model().link()->isSettled() && model().request().text.ablated.size() == 1);
        QCOMPARE(redPixels(), 0);
    }
    void aPictureThatIsCutOffIsOfferedAllTheSame()
    {
        QImage noise(120, 90, QImage::Format_RGB32);
        for (int y = 0; y < noise.height(); ++y)
            for (int x = 0; x < noise.width(); ++x)
                noise.setPixelColor(x, y, QColor::fromHsv((x * 7 + y * 13) % 360, 200, 90 + (x * y) % 150));
        QByteArray whole;
        QBuffer buffer(&whole);
        buffer.open(QIODevice::WriteOnly);
        QVERIFY(noise.save(&buffer, "JPEG"));
        writeBytes(path("cut.jpg").toStdString(), whole.left(whole.size() / 2).toStdString());
        m_window->openings()->openPictureFile(path("cut.jpg"));
        QTRY_VERIFY2(m_window->message().contains("cut off"), qPrintable(m_window->message()));
        QVERIFY(!QString::fromStdString(model().input().name).endsWith("cut.jpg"));
        auto* bar = m_window->findChild<MessageBar*>();
        const auto buttons = bar->findChildren<QPushButton*>();
        QCOMPARE(buttons.size(), 1);
        QVERIFY(buttons[0]->isVisible());
        QTest::mouseClick(buttons[0], Qt::LeftButton);
        QTRY_VERIFY(QString::fromStdString(model().input().name).endsWith("cut.jpg"));
        waitForRows();
        QVERIFY2(m_window->message().contains("of its rows are there"), qPrintable(m_window->message()));
        QVERIFY(!buttons[0]->isVisible());
    }
    void whatGoesRightTakesAwayWhatWentWrong()
    {
        m_window->openings()->openPictureFile(path("bad.png"));
        QTRY_VERIFY(!m_window->message().isEmpty());
        m_window->openings()->openPictureFile(path("b.png"));
        QTRY_COMPARE(m_window->message(), QString());
    }
    void aFolderWithoutAModelIsNotCalledMissing()
    {
        m_window->openings()->openModel(path("nothing"));
        QTRY_COMPARE_WITH_TIMEOUT(m_window->message(),
                                  QStringLiteral("nothing holds no model: neither config.json nor weights. Choose the "
                                                 "folder that has both."),
                                  30'000);
        QVERIFY(!m_window->message().contains("was not found"));
    }
    void aDamagedConfigIsNotCalledAnImpossibleModel()
    {
        TinyModel().write(path("broken").toStdString());
        writeBytes(path("broken/config.json").toStdString(), "{\n\"model_type\": ");
        m_window->openings()->openModel(path("broken"));
        QTRY_VERIFY2_WITH_TIMEOUT(
            m_window->message().startsWith("broken/config.json is damaged: no valid JSON at byte"),
            qPrintable(m_window->message()), 30'000);
        QVERIFY2(m_window->message().contains("line 2"), qPrintable(m_window->message()));
    }
    void ofSeveralPicturesTheFirstIsShown()
    {
        m_window->openings()->open(openingOf(QStringList{path("b.png"), path("grey.png")}));
        QTRY_VERIFY(QString::fromStdString(model().input().name).endsWith("b.png"));
        waitForRows();
        auto* strip = m_window->findChild<Filmstrip*>();
        QTRY_VERIFY(strip->currentItem() != nullptr && strip->currentItem()->toolTip().endsWith("b.png"));
    }
    void aVisionModelOpensWhereThereIsSomethingToSee()
    {
        QCOMPARE(selection().heads()->layer(), 1); // the last one
        QCOMPARE(selection().heads()->fusion(), HeadFusion::Mean);
    }
    void headsOfTwoLayersLieOverEachOther()
    {
        HeadGrid* grid = m_window->findChild<HeadGrid*>();
        QTest::mouseClick(grid, Qt::LeftButton, {}, grid->cellRect(1, 2).center().toPoint());
        QTest::mouseClick(grid, Qt::LeftButton, Qt::ControlModifier, grid->cellRect(0, 3).center().toPoint());
        QCOMPARE(selection().heads()->overlaid(), (QList<HeadPlace>{{1, 2}, {0, 3}}));
        QVERIFY(!m_window->canvas()->grab().isNull());
    }
    void anotherHeadEndsTheMaskOfTheDinoView()
    {
        QVERIFY(m_window->viewNames()->show("dino"));
        QVERIFY(m_window->display()->get().maskByMass);
        selection().heads()->setHead(1);
        QVERIFY(!m_window->display()->get().maskByMass);
    }
    void afterEnterTheArrowsReadOtherWeights()
    {
        Canvas* canvas = m_window->canvas();
        canvas->setFocus();
        selection().tokens()->setToken(6);
        QTest::keyClick(canvas, Qt::Key_Return);
        QVERIFY(selection().tokens()->isPinned());
        QTest::keyClick(canvas, Qt::Key_Right);
        QCOMPARE(selection().tokens()->query().token, 6);
        QCOMPARE(selection().tokens()->other().token, 7);
        QVERIFY2(canvas->accessibleDescription().contains("gets"), qPrintable(canvas->accessibleDescription()));
        QTest::keyClick(canvas, Qt::Key_Return); // the one that was read is pinned now
        QCOMPARE(selection().tokens()->query().token, 7);
        QVERIFY(selection().tokens()->isPinned());
        QTest::keyClick(canvas, Qt::Key_Escape);
        QVERIFY(!selection().tokens()->isPinned());
    }
    void whereTheKeyboardStandsIsSeen()
    {
        const auto* ring = m_window->findChild<FocusRing*>();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->canvas()->setFocus(Qt::MouseFocusReason);
        QVERIFY(ring->around() == nullptr);
        for (int stop = 0; stop < 40; ++stop) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QWidget* now = QApplication::focusWidget();
            QVERIFY(now != nullptr);
            QVERIFY2(ring->around() != nullptr && (ring->around() == now || ring->around()->isAncestorOf(now)),
                     now->metaObject()->className());
        }
    }
    void theStartPageHasTheTitleToItself()
    {
        m_window->start()->show();
        QCOMPARE(m_window->windowTitle(), QStringLiteral("HeadLens"));
        m_window->start()->leave();
        QVERIFY(m_window->windowTitle().contains("a.png"));
    }
};

QTEST_MAIN(TestMapsInWindow)
#include "tst_maps_in_window.moc"
