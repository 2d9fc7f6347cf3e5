// SPDX-License-Identifier: GPL-3.0-or-later
// Walks every kind of map and every export of three models, in both themes and both languages: nothing crashes, files
// are what their names say, captions name what is shown, colours are those of the legend.
#include "app/figure_export.h"
#include "app/openings.h"
#include "core/base/colormap.h"
#include "tests/support/window_stage.h"
#include "widgets/canvas/canvas.h"
#include "widgets/common/message_bar.h"
#include "widgets/panels/controls_panel.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/live_rows.h"

#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>
#include <cmath>

using namespace headlens;
using namespace headlens::test;

class TestWalkMaps : public QObject, private WindowStage {
    Q_OBJECT

    static constexpr int kGrey = 150;

    static int farthest(const QColor& one, const QColor& other)
    {
        return std::max({std::abs(one.red() - other.red()), std::abs(one.green() - other.green()),
                         std::abs(one.blue() - other.blue())});
    }
    // How far a colour is from every one that the legend can give over the grey picture.
    static int farFromLegend(const QColor& colour, const ColorTable& legend, double opacity)
    {
        int nearest = 255;
        for (int i = 0; i <= 512; ++i) {
            const float unit = float(i) / 512;
            const Rgb pure = overlayColor(legend, unit);
            const double share = overlayOpacity(opacity, unit);
            const auto mixed = [&](int map) { return int(std::lround(share * map + (1 - share) * kGrey)); };
            nearest = std::min(nearest, farthest(colour, QColor(mixed(pure.r), mixed(pure.g), mixed(pure.b))));
        }
        return nearest;
    }
    void requireColoursOfTheLegend(const QString& view)
    {
        const headlens::Display& display = m_window->display()->get();
        const ColorTable& legend = colorTable(display.colors().toStdString());
        const QImage shown = m_window->canvas()->grab().toImage();
        const QRectF bar = m_window->canvas()->colourBar();
        QVERIFY2(!bar.isEmpty(), qPrintable(view));
        for (const double at : {0.0, 0.25, 0.5, 0.75, 1.0}) {
            const int y = int(std::lround(bar.bottom() - 2 - at * (bar.height() - 3)));
            const Rgb pure = overlayColor(legend, 1 - float(y - bar.top()) / float(int(bar.height()) - 1));
            QVERIFY2(farthest(shown.pixelColor(int(bar.center().x()), y), QColor(pure.r, pure.g, pure.b)) <= 4,
                     qPrintable(view));
        }
        const TokenLayout& layout = model().rows()->imageLayout();
        for (int patch = 0; patch < layout.gridWidth * layout.gridHeight; ++patch) {
            const int token = int(layout.prefix.size()) + patch;
            if (token == selection().tokens()->query().token || token == selection().tokens()->other().token)
                continue; // has a frame
            const QRectF cell = m_window->canvas()->rectOf(token);
            const QColor colour =
                shown.pixelColor((cell.topLeft() + 0.3 * QPointF(cell.width(), cell.height())).toPoint());
            QVERIFY2(farFromLegend(colour, legend, display.opacity) <= 5,
                     qPrintable(QStringLiteral("%1, patch %2: %3").arg(view).arg(patch).arg(colour.name())));
        }
    }
    // The file itself says what it is.
    static void requireFormat(const QString& path, const QString& format)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        if (format == "png") QVERIFY2(!QImage::fromData(bytes, "PNG").isNull(), qPrintable(path));
        if (format == "npy") QVERIFY2(bytes.startsWith("\x93NUMPY") && bytes.size() > 128, qPrintable(path));
        if (format == "csv") {
            const QList<QByteArray> lines = bytes.trimmed().split('\n');
            QVERIFY2(lines.size() >= 2 && lines.last().contains(','), qPrintable(path));
        }
        if (format != "svg") return;
        QXmlStreamReader xml(bytes);
        QString words;
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("text"))
                words = xml.readElementText();
        QVERIFY2(!xml.hasError(), qPrintable(path));
        QVERIFY2(words.size() > 10, qPrintable(path + ": " + words)); // the caption comes last
    }
    // Written, or refused in a sentence that is not the engine's own failure.
    void write(const QString& kind, const QString& format, const QString& name)
    {
        const QString file = path(qPrintable(name + "." + format));
        m_window->findChild<MessageBar*>()->hide();
        m_window->figures()->write(kind, file);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->message().isEmpty(), 20'000);
        if (QFileInfo::exists(file)) return requireFormat(file, format);
        m_refused.insert(kind);
        QVERIFY2(m_window->message().contains(QRegularExpression("[.。]$")),
                 qPrintable(kind + ": " + m_window->message()));
        QVERIFY2(!m_window->message().contains("in the engine") && !m_window->message().contains("引擎出"),
                 qPrintable(kind + ": " + m_window->message()));
    }

    // In every format; a kind that the model has nothing of is refused as well.
    void writeAll(const QString& kind, const QString& name)
    {
        const QStringList formats = m_window->figures()->formatsOf(kind);
        for (const QString& format : formats) write(kind, format, name);
        if (formats.isEmpty()) write(kind, "png", name);
    }

    QSet<QString> m_refused; // kinds of which no file could be written

private Q_SLOTS:
    void initTestCase()
    {
        writeFiles();
        QImage grey(96, 96, QImage::Format_RGB32);
        grey.fill(QColor(kGrey, kGrey, kGrey));
        QVERIFY(grey.save(path("grey.png")));
    }
    void cleanup() { closeWindow(); }

    void everyMapAndEveryExport_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("theme");
        QTest::addColumn<QString>("language");
        for (const char* name : {"emoji-vit", "emoji-clip", "story-gpt"})
            for (const char* theme : {"light", "dark"})
                for (const char* language : {"en", "zh_CN"})
                    QTest::addRow("%s, %s, %s", name, theme, language) << name << theme << language;
    }
    void everyMapAndEveryExport()
    {
        QFETCH(QString, name);
        QFETCH(QString, theme);
        QFETCH(QString, language);
        openWindow(language, theme);
        m_window->openings()->openModel(name);
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == name.toStdString(), 30'000);
        const bool looks = model().model().takesPictures;
        if (looks) {
            m_window->openings()->openPictureFile(path("grey.png"));
            QTRY_VERIFY(QString::fromStdString(model().input().name).endsWith("grey.png"));
        }
        waitForRows();
        m_window->display()->change([](headlens::Display& d) {
            d.gridLines = d.windowGrid = false;
            d.smooth = false;
        });
        m_refused.clear();
        QSet<QString> captions;
        int offered = 0;
        QStringList maps{headlens::kRowMap};
        for (const headlens::verbs::MethodInfo& method : model().model().methods)
            if (method.refusal.empty()) maps << QString::fromStdString(method.id);
        for (const QString& said : maps) {
            ++offered;
            selection().setMap(said);
            QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled(), 30'000);
            QVERIFY(!m_window->grab().isNull());
            if (looks) {
                const QString caption = m_window->canvas()->caption();
                QVERIFY2(caption.size() > 5, qPrintable(said + ": " + caption));
                QCOMPARE(caption.contains(QRegularExpression("[\\x{4e00}-\\x{9fff}]")), language == "zh_CN");
                captions.insert(caption);
                requireColoursOfTheLegend(said);
            }
            const QString kind = m_window->figures()->shownKind();
            writeAll(kind, name + theme + language + said);
        }
        QCOMPARE(captions.size(), looks ? offered : 0); // every kind has words of its own
        for (const char* kind : {"grid", "row", "matrix", "bias", "pca", "reconstruction"})
            writeAll(kind, name + theme + language + kind);
        // What this model has none of, and nothing else.
        QSet<QString> without{"bias", "reconstruction"};
        if (!looks) without |= QSet<QString>(maps.begin() + 1, maps.end()) | QSet<QString>{"map", "pca"};
        QCOMPARE(m_refused, without);
        m_window->findChild<MessageBar*>()->hide();
    }
};

QTEST_MAIN(TestWalkMaps)
#include "tst_walk_maps.moc"
