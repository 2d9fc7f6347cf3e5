// SPDX-License-Identifier: GPL-3.0-or-later
// The photograph under the map in every fit of the real engine: whole, in its own resolution, and every patch where the
// model sees it.
#include "tests/support/tiny_model.h"
#include "widgets/canvas/canvas.h"
#include "widgets/client/engine_client.h"

#include <QBuffer>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

class TestCanvasFits : public QObject {
    Q_OBJECT

    static constexpr int kWidth = 510, kHeight = 255;

    // Red says the column of a pixel, green its line.
    static QByteArray photograph()
    {
        QImage image(kWidth, kHeight, QImage::Format_RGB32);
        for (int y = 0; y < kHeight; ++y)
            for (int x = 0; x < kWidth; ++x) image.setPixel(x, y, qRgb(x / 2, y, 100));
        QByteArray bytes;
        QBuffer buffer(&bytes);
        image.save(&buffer, "PNG");
        return bytes;
    }

private Q_SLOTS:
    void everyPatchLiesOnItsPartOfThePhotograph_data()
    {
        QTest::addColumn<QString>("fit");
        QTest::addColumn<bool>("seesAll");
        QTest::newRow("as trained, cropped") << "trained" << false;
        QTest::newRow("squashed") << "squash" << true;
        QTest::newRow("own aspect") << "native" << true;
    }
    void everyPatchLiesOnItsPartOfThePhotograph()
    {
        QFETCH(QString, fit);
        QFETCH(bool, seesAll);
        QTemporaryDir folder;
        TinyModel().write(folder.filePath("model").toStdString());
        writeBytes(folder.filePath("model/preprocessor_config.json").toStdString(),
                   R"({"image_processor_type": "ViTImageProcessor", "do_center_crop": true,
                       "size": {"shortest_edge": 40}, "crop_size": {"height": 32, "width": 32}})");
        EngineClient engine({QStringLiteral(HEADLENS_CLI), "serve"});
        engine.start();
        Selection selection;
        InspectionModel model(&engine, &selection);
        DisplaySettings display;
        display.change([](auto& d) {
            d.opacity = 0;
            d.gridLines = false;
        });
        Canvas canvas(&model, &selection, &display);
        canvas.resize(900, 600);
        canvas.show();
        QVERIFY(QTest::qWaitForWindowExposed(&canvas));
        model.loader()->open(folder.filePath("model"));
        QTRY_VERIFY_WITH_TIMEOUT(model.link()->isSettled() && model.hasModel(), 30'000);
        model.wishes()->change([&](RunRequest& r) { r.fit = fit; });
        model.wishes()->openPicture(photograph(), QStringLiteral("photograph"));
        QTRY_VERIFY_WITH_TIMEOUT(model.link()->isSettled() && model.hasInput() && !model.rows()->layers().empty(),
                                 30'000);
        selection.tokens()->setToken(0);
        QTRY_VERIFY(model.link()->isSettled());

        QCOMPARE(model.run().original.size(), QSize(kWidth, kHeight)); // more pixels than the model sees
        const QImage shot = canvas.grab().toImage();
        const verbs::InputInfo& input = model.input();
        const TokenLayout& layout = model.rows()->imageLayout();
        for (int patch = 0; patch < layout.patches(); ++patch) {
            const int token = int(layout.prefix.size()) + patch;
            const QPointF middle = canvas.rectOf(token).center();
            QCOMPARE(canvas.tokenAt(middle), token);
            const QPoint cell = layout.cell(token);
            const double x = input.region[0] + (cell.x() + 0.5) * input.patchPixels / input.seenWidth * input.region[2],
                         y = input.region[1] +
                             (cell.y() + 0.5) * input.patchPixels / input.seenHeight * input.region[3];
            const QColor colour = shot.pixelColor(middle.toPoint());
            QVERIFY2(std::abs(colour.red() - x / 2) <= 2 && std::abs(colour.green() - y) <= 2,
                     qPrintable(QStringLiteral("%1 at %2, %3").arg(colour.name()).arg(x).arg(y)));
        }
        if (seesAll) return;
        const QRectF first = canvas.rectOf(int(layout.prefix.size()));
        const QPointF outside = first.center() - QPointF(first.width(), 0); // of the photograph, not of what is seen
        QCOMPARE(canvas.tokenAt(outside), -1);
        const QColor dimmed = shot.pixelColor(outside.toPoint()), base = canvas.palette().color(QPalette::Base);
        QVERIFY2(std::abs(dimmed.blue() - 100) > 0.5 * std::abs(base.blue() - 100), qPrintable(dimmed.name()));
        QVERIFY2(dimmed != base && dimmed.red() != dimmed.green(), qPrintable(dimmed.name()));
    }
};

QTEST_MAIN(TestCanvasFits)
#include "tst_canvas_fits.moc"
