// SPDX-License-Identifier: GPL-3.0-or-later
// Golden pictures of every workspace, in both languages and themes. They are small and compared by similarity: a font
// may differ, a pane may not. tools/goldens.sh makes them anew, with large ones to look at.
#include "app/workspaces.h"
#include "tests/support/window_stage.h"
#include "widgets/viewmodel/method_sheet.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QTest>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

namespace {

constexpr int kWidth = 400; // pixels of a golden picture

QImage smallOf(const QImage& picture)
{
    return picture.scaledToWidth(kWidth, Qt::SmoothTransformation).convertToFormat(QImage::Format_RGB32);
}

// Share of blocks whose mean colour differs by more than so many levels.
double unlike(const QImage& one, const QImage& other)
{
    constexpr int kBlock = 10, kLevels = 24;
    if (one.size() != other.size()) return 1;
    int different = 0, all = 0;
    for (int top = 0; top + kBlock <= one.height(); top += kBlock)
        for (int left = 0; left + kBlock <= one.width(); left += kBlock, ++all) {
            double sums[3] = {};
            for (int y = top; y < top + kBlock; ++y)
                for (int x = left; x < left + kBlock; ++x) {
                    const QRgb a = one.pixel(x, y), b = other.pixel(x, y);
                    sums[0] += qRed(a) - qRed(b);
                    sums[1] += qGreen(a) - qGreen(b);
                    sums[2] += qBlue(a) - qBlue(b);
                }
            bool differs = false;
            for (const double sum : sums) differs = differs || std::abs(sum) > kLevels * kBlock * kBlock;
            different += differs ? 1 : 0;
        }
    return double(different) / all;
}

} // namespace

class TestGoldenWindows : public QObject, private WindowStage {
    Q_OBJECT

    static QString folder() { return QStringLiteral(HEADLENS_SOURCE "/tests/golden/windows"); }
    static QList<QSize> sizes()
    {
        const bool isLarge = qEnvironmentVariable("QT_SCALE_FACTOR").toDouble() > 1;
        return isLarge ? QList<QSize>{{1100, 700}} : QList<QSize>{{1100, 700}, {1440, 900}};
    }
    static QString nameOf(const QString& workspace, const QString& language, const QString& theme, const QSize& size)
    {
        const QString scale = qEnvironmentVariable("QT_SCALE_FACTOR", QStringLiteral("1"));
        return QStringLiteral("%1-%2-%3-%4x%5@%6")
            .arg(workspace, language, theme)
            .arg(size.width())
            .arg(size.height())
            .arg(scale);
    }
    void open(const QString& language, const QString& theme)
    {
        closeWindow();
        QFile::remove(path("settings.ini"));
        openWindow(language, theme);
        model().sheet()->setPaused(true); // how far it has come depends on the machine
        m_window->openings()->openModel(QStringLiteral("emoji-vit"));
        m_window->openings()->openPictureFile(QStringLiteral(HEADLENS_SOURCE "/resources/images/chelsea.jpg"));
        QTRY_VERIFY_WITH_TIMEOUT(model().link()->isSettled() && model().model().name == "emoji-vit", 60'000);
        waitForRows();
        selection().tokens()->pin({0, 1 + model().run().layout.gridWidth * (model().run().layout.gridHeight / 2)});
        waitForRows();
    }
    QImage shot(const QString& workspace)
    {
        m_window->workspaces()->show(workspace);
        for (int i = 0; i < 5; ++i) QCoreApplication::processEvents();
        waitForRows();
        for (int i = 0; i < 5; ++i) QCoreApplication::processEvents();
        return m_window->grab().toImage();
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("HOME", m_folder.path().toUtf8()); // no models of whoever runs it
        writeFiles();
    }
    void cleanup() { closeWindow(); }

    void everyWorkspaceLooksAsItDid_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("theme");
        for (const char* language : {"en", "zh_CN"})
            for (const char* theme : {"dark", "light"}) QTest::addRow("%s, %s", language, theme) << language << theme;
    }
    void everyWorkspaceLooksAsItDid()
    {
        QFETCH(QString, language);
        QFETCH(QString, theme);
        const QString writes = qEnvironmentVariable("HEADLENS_GOLDEN"); // folder of the large ones
        open(language, theme);
        QStringList unlikes;
        for (const QSize& size : sizes()) {
            m_window->resize(size);
            for (const Workspace& one : workspaces()) {
                const QString id = QString::fromLatin1(one.id), name = nameOf(id, language, theme, size);
                const QImage now = shot(id), small = smallOf(now);
                const QString golden = QStringLiteral("%1/%2.jpg").arg(folder(), name);
                if (!writes.isEmpty()) {
                    QVERIFY(QDir().mkpath(folder()) && small.save(golden, "JPG", 82));
                    QVERIFY(now.save(QStringLiteral("%1/%2.png").arg(writes, name)));
                    continue;
                }
                const QImage before = QImage(golden).convertToFormat(QImage::Format_RGB32);
                const double share = unlike(small, before);
                constexpr double kMost = 0.08; // of the blocks
                if (share > kMost) unlikes << QStringLiteral("%1: %2 of its blocks differ").arg(name).arg(share);
            }
        }
        QVERIFY2(unlikes.isEmpty(), qPrintable(unlikes.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TestGoldenWindows)
#include "tst_golden_windows.moc"
