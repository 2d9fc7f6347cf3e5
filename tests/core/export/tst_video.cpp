// SPDX-License-Identifier: GPL-3.0-or-later
// Films: written, read in any order, run through a model, painted over; cameras as a source that never waits.
#include "core/export/film.h"
#include "core/imaging/video.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_model.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cstdlib>

using namespace headlens;
using namespace headlens::test;

class TestVideo : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    static constexpr int kFrames = 20, kStep = 12; // frame i is grey 12 i

    std::string path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)).toStdString(); }
    std::string film()
    {
        const std::string target = path("film.avi");
        if (QFile::exists(QString::fromStdString(target))) return target;
        const auto writer = createVideo(target, 25, 65, 48);
        for (int i = 0; i < kFrames; ++i) {
            Image8 picture(65, 48);
            std::fill(picture.pixels.begin(), picture.pixels.end(), std::uint8_t(kStep * i));
            writer->add(picture);
        }
        writer->finish();
        return target;
    }
    static int frameOf(const Image8& picture) { return (picture.at(10, 10)[1] + kStep / 2) / kStep; }

private Q_SLOTS:
    void framesComeInAnyOrder()
    {
        const auto video = openVideo(film());
        QCOMPARE(video->width(), 64); // the odd column was cut
        QCOMPARE(video->height(), 48);
        QCOMPARE(video->frames(), std::int64_t(kFrames));
        QCOMPARE(video->framesPerSecond(), 25.0);
        for (const std::int64_t wanted : {0, 1, 7, 3, 19, 0, 12}) {
            std::int64_t number = wanted;
            QCOMPARE(std::int64_t(frameOf(video->read(number))), wanted);
            QCOMPARE(number, wanted);
        }
        std::int64_t beyond = 1000, before = -5;
        QCOMPARE(frameOf(video->read(beyond)), kFrames - 1);
        QCOMPARE(beyond, std::int64_t(kFrames - 1));
        QCOMPARE(frameOf(video->read(before)), 0);
    }
    void whatIsNoFilmIsRefused_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<int>("code");
        QFile text(m_folder.filePath("text.mp4"));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("not a film at all");
        QTest::newRow("text") << text.fileName() << int(ErrorCode::ImageUnreadable);
        QTest::newRow("folder") << m_folder.path() << int(ErrorCode::FileMissing);
        QTest::newRow("nothing") << m_folder.filePath("nothing.mp4") << int(ErrorCode::FileMissing);
        QTest::newRow("endless device") << "/dev/zero" << int(ErrorCode::FileMissing);
        QTest::newRow("address") << "http://127.0.0.1:9/film.mp4" << int(ErrorCode::FileMissing);
        QTest::newRow("camera that is no number") << "camera:x" << int(ErrorCode::DeviceMissing);
        QTest::newRow("camera that is not there") << "camera:63" << int(ErrorCode::DeviceMissing);
    }
    void whatIsNoFilmIsRefused()
    {
        QFETCH(QString, source);
        QFETCH(int, code);
        QCOMPARE(errorOf([&] { openVideo(source.toStdString()); }), ErrorCode(code));
    }
    void aFilmThatWasCutShortEndsWhereItEnds()
    {
        QFile whole(QString::fromStdString(film()));
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray bytes = whole.readAll();
        QFile cut(m_folder.filePath("cut.avi"));
        QVERIFY(cut.open(QIODevice::WriteOnly));
        cut.write(bytes.left(bytes.size() * 3 / 4));
        cut.close();
        const auto video = openVideo(cut.fileName().toStdString());
        std::int64_t number = 0;
        for (std::int64_t i = 0; i < kFrames; ++i) {
            number = i;
            QCOMPARE(std::int64_t(frameOf(video->read(number))), number);
        }
        QVERIFY(number < kFrames - 1);
        const auto again = openVideo(cut.fileName().toStdString()); // straight to where nothing is
        std::int64_t last = kFrames - 1;
        QCOMPARE(std::int64_t(frameOf(again->read(last))), number);
        QCOMPARE(last, number);
        std::int64_t first = 1;
        QCOMPARE(frameOf(again->read(first)), 1);
        QCOMPARE(video->frames(), number + 1);
    }
    void aSlowReaderGetsTheNewestAndNothingQueues()
    {
        constexpr int kMade = 1000;
        std::atomic<int> made = 0;
        NewestFrame feed([&](Image8& picture) {
            picture = Image8(1, 1);
            const int number = ++made;
            picture.pixels[0] = std::uint8_t(number >> 8);
            picture.pixels[1] = std::uint8_t(number & 255);
            return number < kMade;
        });
        int last = 0, taken = 0;
        for (Image8 picture; feed.take(picture); ++taken) {
            const int number = picture.pixels[0] * 256 + picture.pixels[1];
            QVERIFY2(number > last, "an older frame, or the same one twice");
            last = number;
            while (made < std::min(kMade, number + 50)) std::this_thread::yield(); // busy with this frame meanwhile
        }
        QVERIFY(last >= kMade - 1 - 50);
        QVERIFY2(taken <= kMade / 50 + 1, qPrintable(QString::number(taken)));
    }
    void everyFrameIsPaintedOver()
    {
        Session session;
        TinyModel().write(path("model"));
        session.openModel({path("model"), "cpu", {}});
        verbs::ExportFilm request;
        request.source = film();
        request.target = path("overlay.mp4");
        request.look.layer = 1;
        request.first = 3;
        request.last = 9;
        QCOMPARE(exportFilm(session, request), std::int64_t(7));
        QCOMPARE(session.run().info.frame, std::int64_t(9));
        const auto written = openVideo(request.target);
        QCOMPARE(written->frames(), std::int64_t(7));
        request.target = request.source;
        QCOMPARE(errorOf([&] { exportFilm(session, request); }), ErrorCode::Usage);
        request.target = path("overlay.mov");
        QCOMPARE(errorOf([&] { exportFilm(session, request); }), ErrorCode::Usage);
    }
    void aCancelledFilmLeavesNothingBehind()
    {
        Session session;
        TinyModel().write(path("model"));
        session.openModel({path("model"), "cpu", {}});
        verbs::ExportFilm request;
        request.source = film();
        request.target = path("cancelled.avi");
        int asked = 0;
        JobControl control;
        control.cancelled = [&] { return ++asked > 5; };
        QCOMPARE(errorOf([&] { exportFilm(session, request, control); }), ErrorCode::Cancelled);
        QVERIFY(QDir(m_folder.path()).entryList({"cancelled*"}).isEmpty());
    }
    void aFrameNeedsAFilm()
    {
        Session session;
        TinyModel().write(path("model"));
        session.openModel({path("model"), "cpu", {}});
        QCOMPARE(errorOf([&] { session.setFrame({0, {}}); }), ErrorCode::NothingOpen);
        session.openVideo({film()});
        QCOMPARE(session.setFrame({5, {}}).info.frame, std::int64_t(5));
        session.closeVideo();
        QCOMPARE(errorOf([&] { session.setFrame({0, {}}); }), ErrorCode::NothingOpen);
        QCOMPARE(session.run().info.frame, std::int64_t(5)); // what was shown stays
    }
};

QTEST_GUILESS_MAIN(TestVideo)
#include "tst_video.moc"
