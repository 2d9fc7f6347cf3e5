// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures as the reference processors see them, and where they lie in the original.
#include "core/checkpoint/container.h"
#include "core/imaging/codec.h"
#include "core/imaging/image_header.h"
#include "core/imaging/jpeg_extent.h"
#include "core/imaging/preprocess.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_model.h"

#include <QElapsedTimer>
#include <QTest>

#include <cmath>
#include <cstring>

using namespace headlens;
using namespace headlens::test;

class TestPreprocess : public QObject {
    Q_OBJECT

    static std::span<const std::byte> bytesOf(const std::string& text)
    {
        return std::as_bytes(std::span(text.data(), text.size()));
    }
    static std::string folder() { return sharedFolder() + "/oracle/preproc/"; }
    static Image8 reference(const std::string& name)
    {
        return decodePicture(bytesOf(readBytes(folder() + name)), name).image;
    }

    static std::string bigEndian(unsigned value)
    {
        return {char(value >> 24), char(value >> 16), char(value >> 8), char(value)};
    }

private Q_SLOTS:
    void resamplingEqualsPillow_data()
    {
        QTest::addColumn<QByteArray>("item");
        addReferences("pil_resize");
    }
    void resamplingEqualsPillow()
    {
        if (sharedFolder().empty()) QSKIP("the folder of reference cases is not here");
        QFETCH(QByteArray, item);
        const Json wanted = Json::parse(item.toStdString());
        const Image8 got = pilResize(reference(wanted["image"]), /*width=*/wanted["size"][1],
                                     /*height=*/wanted["size"][0], Filter(wanted["resample"].get<int>()));
        const RawTensor expected = tensor(wanted["key"]);
        QCOMPARE(expected.bytes.size(), got.pixels.size());
        QVERIFY(std::memcmp(expected.bytes.data(), got.pixels.data(), got.pixels.size()) == 0);
    }

    void processorsAgreeWithinOneGreyLevel_data()
    {
        QTest::addColumn<QByteArray>("item");
        addReferences("hf");
    }
    void processorsAgreeWithinOneGreyLevel()
    {
        if (sharedFolder().empty()) QSKIP("the folder of reference cases is not here");
        QFETCH(QByteArray, item);
        const Json wanted = Json::parse(item.toStdString());
        const std::string config = wanted["config"];
        compare(wanted, parsePreprocessPlan(Json::parse(readBytes(folder() + config)), config, 224));
    }
    static void compare(const Json& wanted, const PreprocessPlan& plan)
    {
        const Preprocessed got = preprocess(reference(wanted["image"]), plan, Fit::Trained, 16);
        const RawTensor expected = tensor(wanted["key"]);
        QCOMPARE(expected.shape.back(), std::int64_t(got.seen.width));
        QCOMPARE(expected.bytes.size(), got.pixels.size() * sizeof(float));
        const double level = plan.rescaleFactor / (plan.normalize ? plan.deviation.front() : 1.0);
        double worst = 0;
        for (std::size_t i = 0; i < got.pixels.size(); ++i) {
            float value = 0;
            std::memcpy(&value, expected.bytes.data() + i * sizeof(float), sizeof(float));
            worst = std::max(worst, std::abs(double(value) - double(got.pixels[i])));
        }
        QVERIFY2(worst <= 1.01 * level, qPrintable(QString::number(worst / level) + " grey levels"));
    }

    void torchvisionAndTimmAgreeWithinOneGreyLevel_data()
    {
        QTest::addColumn<QByteArray>("item");
        addReferences("torchvision");
        addReferences("timm");
    }
    void torchvisionAndTimmAgreeWithinOneGreyLevel()
    {
        if (sharedFolder().empty()) QSKIP("the folder of reference cases is not here");
        QFETCH(QByteArray, item);
        const Json wanted = Json::parse(item.toStdString());
        const bool timm = wanted["kind"] == "timm";
        const PreprocessPlan plan = timm ? timmPlan(wanted) : torchvisionPlanOf(wanted["transform"]);
        compare(wanted, plan);
    }

    // What transformers 5.24 and timm 1.0.31 make of a 90 x 60 picture; found by tests/reference/differential.py.
    void everyFileMeansWhatItsLibraryTakesItFor_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("timm");
        QTest::addColumn<QSize>("seen");
        QTest::addColumn<double>("black"); // what a black pixel becomes
        const auto row = [](const char* name, const char* json, bool timm, QSize seen, double black) {
            QTest::newRow(name) << QByteArray(json) << timm << seen << black;
        };
        row("DeiT's own statistics", R"({"image_processor_type":"DeiTImageProcessor"})", false, {224, 224}, -1);
        row("ConvNeXt's own statistics", R"({"image_processor_type":"ConvNextImageProcessor"})", false, {384, 384}, -1);
        row("a class's own crop", R"({"image_processor_type":"DeiTImageProcessor","size":64})", false, {224, 224}, -1);
        row("null resizes nothing", R"({"image_processor_type":"ViTImageProcessor","do_resize":null})", false, {90, 60},
            -1);
        row("null normalises nothing", R"({"image_processor_type":"ViTImageProcessor","do_normalize":null})", false,
            {224, 224}, 0);
        row("without a resize no crop of ConvNeXt's",
            R"({"image_processor_type":"ConvNextImageProcessor","size":64,"do_resize":false})", false, {90, 60}, -1);
        row("the longer edge has a limit", R"({"image_processor_type":"ViTImageProcessor",
            "size":{"shortest_edge":64,"longest_edge":80}})",
            false, {80, 53}, -1);
        const auto area = [&](const char* name, int least, int most, QSize seen) {
            const QByteArray json = QByteArray(R"({"image_processor_type":"Qwen2VLImageProcessor","patch_size":4,)") +
                                    R"("image_mean":[0.5,0.5,0.5],"image_std":[0.5,0.5,0.5],"min_pixels":)" +
                                    QByteArray::number(least) + ",\"max_pixels\":" + QByteArray::number(most) + "}";
            row(name, json.constData(), false, seen, -1);
        };
        area("sides become multiples, half to even", 1'000, 10'000, {88, 64});
        area("an area too large is rounded down", 256, 1'024, {32, 24});
        area("an area too small is rounded up", 16'384, 20'000, {160, 112});
        row("timm covers a rectangle", R"({"input_size":[3,32,64],"crop_pct":1.0,"mean":[0.5,0.5,0.5],
            "std":[0.5,0.5,0.5]})",
            true, {64, 32}, -1);
    }
    void everyFileMeansWhatItsLibraryTakesItFor()
    {
        QFETCH(QByteArray, json);
        QFETCH(bool, timm);
        QFETCH(QSize, seen);
        QFETCH(double, black);
        const Json config = Json::parse(json.toStdString());
        const PreprocessPlan plan = timm ? parseTimmPlan(config, "case") : parsePreprocessPlan(config, "case", 224);
        const Preprocessed got = preprocess(Image8(90, 60), plan, Fit::Trained, 16);
        QCOMPARE(QSize(got.seen.width, got.seen.height), seen);
        QCOMPARE(double(got.pixels[got.pixels.size() / 2]), black);
    }
    void timmNamesEveryFilter()
    {
        QCOMPARE(parseTimmPlan(Json::parse(R"({"interpolation":"lanczos"})"), "case").filter, Filter::Lanczos);
        QCOMPARE(parseTimmPlan(Json::parse(R"({"input_size":[3,32,64]})"), "case").resize,
                 PreprocessPlan::Resize::Around);
    }
    void nearestStepsLikePillow()
    {
        Image8 ramp(64, 1, 3);
        for (std::size_t i = 0; i < ramp.pixels.size(); ++i) ramp.pixels[i] = std::uint8_t(i / 3);
        const Image8 wide = pilResize(ramp, 224, 1, Filter::Nearest);
        QCOMPARE(int(*wide.at(3, 0)), 0);
    }

    void theSeenPartIsFoundInTheOriginal_data()
    {
        QTest::addColumn<int>("fit");
        QTest::addColumn<QList<double>>("region");
        QTest::addColumn<QSize>("seen");
        // 400 x 200, trained with shortest edge 64 and a crop of 56.
        QTest::newRow("as trained") << int(Fit::Trained) << QList<double>{112.5, 12.5, 175, 175} << QSize(56, 56);
        QTest::newRow("squashed") << int(Fit::Squash) << QList<double>{0, 0, 400, 200} << QSize(56, 56);
        QTest::newRow("own aspect") << int(Fit::Native) << QList<double>{0, 0, 400, 200} << QSize(112, 56);
    }
    void theSeenPartIsFoundInTheOriginal()
    {
        QFETCH(int, fit);
        QFETCH(QList<double>, region);
        QFETCH(QSize, seen);
        PreprocessPlan plan;
        plan.resize = PreprocessPlan::Resize::ShortestEdge;
        plan.shortest = 64;
        plan.crop = true;
        plan.cropHeight = plan.cropWidth = 56;
        const Preprocessed got = preprocess(Image8(400, 200), plan, Fit(fit), 8);
        QCOMPARE(QSize(got.seen.width, got.seen.height), seen);
        QCOMPARE(QList<double>(got.region.begin(), got.region.end()), region);
    }

    void picturesOfEveryKindBecomeRgb_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"gray.png", "palette.png", "rgba.png"}) QTest::newRow(name) << name;
    }
    void picturesOfEveryKindBecomeRgb()
    {
        if (sharedFolder().empty()) QSKIP("the folder of reference cases is not here");
        QFETCH(QString, name);
        QCOMPARE(reference(name.toStdString()).channels, 3);
    }

    void hugePicturesAreRefusedBeforeDecoding_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("PNG") << QByteArray::fromStdString("\x89PNG\r\n\x1a\n" + std::string("\0\0\0\rIHDR", 8) +
                                                          bigEndian(100000) + bigEndian(100000) +
                                                          std::string("\x08\x02\0\0\0", 5));
        QTest::newRow("BMP") << QByteArray::fromStdString("BM" + std::string(16, '\0') +
                                                          std::string("\xFF\xFF\xFF\x7F\xFF\xFF\xFF\x7F", 8));
        QTest::newRow("PPM") << QByteArray("P6\n# large\n100000 100000\n255\n");
        QTest::newRow("TIFF") << QByteArray::fromStdString(std::string(
            "II*\0\x08\0\0\0\x02\0\0\x01\x04\0\x01\0\0\0\xA0\x86\x01\0\x01\x01\x04\0\x01\0\0\0\xA0\x86\x01\0", 34));
    }
    void hugePicturesAreRefusedBeforeDecoding()
    {
        QFETCH(QByteArray, file);
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(errorOf([&] { decodePicture(bytesOf(file.toStdString()), "huge"); }), ErrorCode::ImageTooLarge);
        QVERIFY(clock.elapsed() < 1000);
    }
    void whatIsNoPictureIsRefused_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello");
        QTest::newRow("web page") << QByteArray("<html>");
        QTest::newRow("SVG") << QByteArray("<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        QTest::newRow("a PNG that ends") << QByteArray::fromStdString(gradientPng(20, 20).substr(0, 60));
        QTest::newRow("only a JPEG marker") << QByteArray("\xFF\xD8\xFF\xE0\0\x10", 6);
    }
    void whatIsNoPictureIsRefused()
    {
        QFETCH(QByteArray, file);
        QCOMPARE(errorOf([&] { decodePicture(bytesOf(file.toStdString()), "x"); }), ErrorCode::ImageUnreadable);
    }
    void everyTruncationOfAPictureIsACleanError()
    {
        const std::string png = gradientPng(16, 16);
        for (std::size_t length = 0; length + 20 < png.size(); ++length)
            QVERIFY(errorOf([&] { decodePicture(bytesOf(png.substr(0, length)), "x"); }).has_value());
    }
    void theAlphaOfATiffChangesNoColour()
    {
        // 1 x 1, R 200, G 100, B 50, alpha 0, said to be unassociated (tag 338 = 2).
        const auto entry = [](char tag, char type, char count, std::string value) {
            value.resize(4);
            return std::string({tag, 1, type, 0, count, 0, 0, 0}) + value;
        };
        const std::string file =
            std::string("II*\0\x08\0\0\0\x0A\0", 10) + entry(0, 3, 1, "\1") + entry(1, 3, 1, "\1") +
            entry(2, 3, 4, "\x86") + entry(3, 3, 1, "\1") + entry(6, 3, 1, "\2") + entry(0x11, 4, 1, "\x8E") +
            entry(0x15, 3, 1, "\4") + entry(0x16, 3, 1, "\1") + entry(0x17, 4, 1, "\4") + entry(0x52, 3, 1, "\2") +
            std::string(4, '\0') + std::string("\x08\0\x08\0\x08\0\x08\0", 8) + std::string("\xC8\x64\x32\0", 4);
        const Image8 picture = decodePicture(bytesOf(file), "x").image;
        QCOMPARE(std::vector<int>(picture.pixels.begin(), picture.pixels.end()), (std::vector<int>{200, 100, 50}));
    }
    void exifOrientationTurnsThePicture()
    {
        // A JPEG of 32 x 16 with orientation 6 (turn right) is 16 x 32 upright.
        const std::string plain = encodeJpeg(decodePicture(bytesOf(gradientPng(32, 16)), "x").image, 90);
        const std::string exif("\xFF\xE1\0\x22"
                               "Exif\0\0"
                               "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0",
                               36);
        const Image8 turned = decodePicture(bytesOf(plain.substr(0, 2) + exif + plain.substr(2)), "x").image;
        QCOMPARE(turned.width, 16);
        QCOMPARE(turned.height, 32);
    }

    void picturesOfOtherKindsAreReadAndSaid_data()
    {
        // 4 x 2 pixels, or 2 x 2 of numbers; written by Pillow. `pixels`: the red of the first row.
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QList<int>>("pixels");
        QTest::addColumn<QString>("remark");
        const QList<int> row{250, 30, 60, 90};
        QTest::newRow("WebP on its side")
            << QByteArray("UklGRmwAAABXRUJQVlA4WAoAAAAIAAAAAwAAAQAAVlA4TCwAAAAvA0AAAD8gJCCeyJL/A424B4pCthHgkMkQds/8px5Y"
                          "BaEAGptxxBJLEf0PbEVYSUYaAAAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAA=")
            << QList<int>{120, 250} << QString();
        QTest::newRow("GIF") << QByteArray("R0lGODdhBAACAIIAANLc5rS+yJagqniCjFpkbvoKFDxGUB4oMiwAAAAABAACAAAIDAALHDBA"
                                           "YICAAAACAgA7")
                             << row << QString();
        QTest::newRow("GIF that moves")
            << QByteArray("R0lGODdhBAACAIIAANLc5rS+yJagqniCjFpkbvoKFDxGUB4oMiwAAAAABAACAAAIDAALHDBAYICAAAACAgAh+QQBAAAI"
                          "ACwAAAAABAACAILS3Oa0vsiWoKp4goxaZG76ChQ8RlAeKDIIDAAJGDhQAEAAAQMCAgA7")
            << row << "moves: its first picture is shown";
        QTest::newRow("WebP that moves")
            << QByteArray("UklGRrwAAABXRUJQVlA4WAoAAAACAAAAAwAAAQAAQU5JTQYAAAAAAAAAAABBTk1GRAAAAAAAAAAAAAMAAAEAAAAAAAJW"
                          "UDhMLAAAAC8DQAAAPyAkIJ7Ikv8DjbgHikK2EeCQyRB2z/ynHlgFoQAam3HEEksR/Q9sQU5NRkQAAAAAAAAAAAADAAAB"
                          "AAAAAAAAVlA4TCwAAAAvA0AAAD8gJCCeyJL/A424B4pCthHgkMkQds/8px5YBYEAGXvQokWHiP4HJw==")
            << row << "moves: its first picture is shown";
        QTest::newRow("12 bits in 16") << QByteArray("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACEAAAAAAHTY67AAAAEklEQVR4nGNgYOD/"
                                                     "wMDmwCAAAAb7AVZPdwdYAAAAAElFTkSuQmCC")
                                       << QList<int>{0, 255} << "its 16-bit numbers use 12 bits: stretched";
        QTest::newRow("16 bits") << QByteArray("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACEAAAAAAHTY67AAAAEklEQVR4nGNgYPj/nyGF"
                                               "gZEBAA6PAmQqJD/BAAAAAElFTkSuQmCC")
                                 << QList<int>{0, 255} << QString();
        QTest::newRow("shares")
            << QByteArray("SUkqAAgAAAAKAAABBAABAAAAAgAAAAEBBAABAAAAAgAAAAIBAwABAAAAIAAAAAMBAwABAAAAAQAAAAYBAwABAAAAAQAA"
                          "ABEBBAABAAAAhgAAABYBBAABAAAAAgAAABcBBAABAAAAEAAAABwBAwABAAAAAQAAAFMBAwABAAAAAwAAAAAAAAAAAAAA"
                          "AACAP83MzD4AAMB/")
            << QList<int>{0, 255} << "its numbers from 0 to 1 were stretched to 256 grey levels";
        QTest::newRow("real numbers")
            << QByteArray("SUkqAAgAAAAKAAABBAABAAAAAgAAAAEBBAABAAAAAgAAAAIBAwABAAAAIAAAAAMBAwABAAAAAQAAAAYBAwABAAAAAQAA"
                          "ABEBBAABAAAAhgAAABYBBAABAAAAAgAAABcBBAABAAAAEAAAABwBAwABAAAAAQAAAFMBAwABAAAAAwAAAAAAAAAAAMjC"
                          "AACWQwAAcEIAAMhC")
            << QList<int>{0, 255} << "its numbers from -100 to 300 were stretched to 256 grey levels";
    }
    void picturesOfOtherKindsAreReadAndSaid()
    {
        QFETCH(QByteArray, file);
        QFETCH(QList<int>, pixels);
        QFETCH(QString, remark);
        const DecodedPicture picture = decodePicture(bytesOf(QByteArray::fromBase64(file).toStdString()), "x");
        QCOMPARE(picture.image.width, pixels.size());
        for (int x = 0; x < picture.image.width; ++x) QCOMPARE(int(*picture.image.at(x, 0)), pixels[x]);
        QCOMPARE(picture.remarks.size(), remark.isEmpty() ? 0U : 1U);
        if (!remark.isEmpty()) QCOMPARE(QString::fromStdString(picture.remarks[0]), remark);
    }
    void theEightOrientationsOfAWebp_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("corner"); // the red of the upper left pixel
        const int widths[] = {4, 4, 4, 4, 2, 2, 2, 2}, corners[] = {250, 90, 210, 120, 250, 120, 210, 90};
        for (int i = 0; i < 8; ++i) QTest::addRow("%d", i + 1) << widths[i] << corners[i];
    }
    void theEightOrientationsOfAWebp()
    {
        QFETCH(int, width);
        QFETCH(int, corner);
        std::string file = QByteArray::fromBase64(
                               "UklGRmwAAABXRUJQVlA4WAoAAAAIAAAAAwAAAQAAVlA4TCwAAAAvA0AAAD8gJCCeyJL/A424B4pCthHgkMkQ"
                               "ds/8px5YBaEAGptxxBJLEf0PbEVYSUYaAAAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAA=")
                               .toStdString();
        const std::size_t at = file.find(std::string("\0\x06\0\0\0\0", 6));
        QVERIFY(at != std::string::npos);
        file[at + 1] = char(std::stoi(QTest::currentDataTag()));
        const Image8 picture = decodePicture(bytesOf(file), "x").image;
        QCOMPARE(picture.width, width);
        QCOMPARE(int(picture.pixels[0]), corner);
    }
    // OpenCV gets their numbers wrong: refused by name. Tags 256, 257: size; 258: bits; 262: 0 is white; 284: planar.
    void deepTiffsOfUnusualOrderAreRefused_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("photometric");
        QTest::addColumn<int>("planar");
        QTest::addColumn<bool>("unusual");
        QTest::newRow("plain") << 16 << 1 << 1 << false;
        QTest::newRow("0 is white") << 16 << 0 << 1 << true;
        QTest::newRow("separate channels") << 32 << 2 << 2 << true;
        QTest::newRow("0 is white, 8 bits") << 8 << 0 << 1 << false;
        QTest::newRow("separate channels, 8 bits") << 8 << 2 << 2 << false;
    }
    void deepTiffsOfUnusualOrderAreRefused()
    {
        QFETCH(int, bits);
        QFETCH(int, photometric);
        QFETCH(int, planar);
        QFETCH(bool, unusual);
        const auto entry = [](int tag, int value) {
            return std::string({char(tag & 0xFF), char(tag >> 8), 3, 0, 1, 0, 0, 0, char(value), 0, 0, 0});
        };
        const std::string file = std::string("II*\0\x08\0\0\0\5\0", 10) + entry(256, 1) + entry(257, 1) +
                                 entry(258, bits) + entry(262, photometric) + entry(284, planar) + std::string(4, '\0');
        QCOMPARE(isUnusualTiff(bytesOf(file)), unusual);
        if (!unusual) return;
        QCOMPARE(errorOf([&] { decodePicture(bytesOf(file), "x"); }), ErrorCode::ImageUnreadable);
    }
    void formatsThatAreNotReadAreNamed_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("HEIC") << QByteArray("\0\0\0\x18"
                                            "ftypheic\0\0\0\0mif1heic",
                                            24);
        QTest::newRow("AVIF") << QByteArray("\0\0\0\x1C"
                                            "ftypavif\0\0\0\0avifmif1",
                                            24);
        QTest::newRow("JPEG XL") << QByteArray("\xFF\x0A\xFA\x0F", 4);
        QTest::newRow("SVG") << QByteArray("<?xml version=\"1.0\"?><svg/>");
        QTest::newRow("DICOM") << QByteArray(128, '\0') + "DICM";
    }
    void formatsThatAreNotReadAreNamed()
    {
        QFETCH(QByteArray, file);
        try {
            decodePicture(bytesOf(file.toStdString()), "x");
            QFAIL("was read");
        } catch (const Error& error) {
            QVERIFY2(error.why().find(QTest::currentDataTag()) != std::string::npos, error.what());
        }
    }
    void aJpegThatIsCutOffIsShownOnlyWhenAskedFor()
    {
        const std::string whole = encodeJpeg(decodePicture(bytesOf(gradientPng(256, 256)), "x").image, 90);
        const std::string half = whole.substr(0, whole.size() / 2);
        QCOMPARE(errorOf([&] { decodePicture(bytesOf(half), "x"); }), ErrorCode::ImageCut);
        const DecodedPicture shown = decodePicture(bytesOf(half), "x", CutPicture::Shown);
        QCOMPARE(shown.image.height, 256);
        QCOMPARE(shown.remarks.size(), 1U);
        const JpegExtent extent = extentOfJpeg(bytesOf(half), 256, 256);
        QCOMPARE(int(extent.missing), int(JpegExtent::Missing::Rows));
        QVERIFY2(extent.rows > 0.2 && extent.rows < 0.7, std::to_string(extent.rows).c_str());
        QCOMPARE(shown.remarks[0],
                 "is cut off (" + std::to_string(int(100 * extent.rows)) + " % of its rows are there)");
        // Nothing but the end marker is missing, or something follows it: the picture is whole.
        for (const std::string& file : {whole.substr(0, whole.size() - 2), whole + "more", whole})
            QVERIFY(decodePicture(bytesOf(file), "x").remarks.empty());
    }
    void everyCutOfAJpegAnswersOrRefuses()
    {
        const std::string whole = encodeJpeg(decodePicture(bytesOf(gradientPng(32, 24)), "x").image, 80);
        double before = 0;
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const std::string cut = whole.substr(0, length);
            const double rows = extentOfJpeg(bytesOf(cut), 32, 24).rows;
            QVERIFY2(rows >= before && rows <= 1, std::to_string(length).c_str()); // more bytes, never fewer rows
            before = rows;
            const auto problem = errorOf([&] { decodePicture(bytesOf(cut), "x", CutPicture::Shown); });
            QCOMPARE(problem.has_value(), rows == 0);
        }
    }
    // Of a size that the header did not show: more memory than was agreed to.
    void aJpegOfAnotherSizeThanItsHeaderIsRefused()
    {
        const std::string whole = encodeJpeg(decodePicture(bytesOf(gradientPng(32, 24)), "x").image, 80);
        const JpegExtent extent = extentOfJpeg(bytesOf(whole.substr(0, whole.size() / 2)), 31, 24);
        QCOMPARE(extent.rows, 0.0);
    }

private:
    // pretrained_cfg as timm would write it for the arguments of the case.
    static PreprocessPlan timmPlan(const Json& wanted)
    {
        Json config = wanted["args"];
        config["input_size"] = {3, 48, 48};
        return parseTimmPlan(config, "case");
    }
    // The numbers stand in the printed transform: crop_size=[48] resize_size=[55] interpolation=...BILINEAR.
    static PreprocessPlan torchvisionPlanOf(const std::string& text)
    {
        const auto number = [&](const std::string& key) { return std::stoi(text.substr(text.find(key) + key.size())); };
        const int crop = number("crop_size=[");
        PreprocessPlan plan = torchvisionPlan(crop, crop);
        plan.shortest = number("resize_size=[");
        plan.filter = text.find("BICUBIC") != std::string::npos ? Filter::Bicubic : Filter::Bilinear;
        return plan;
    }
    void addReferences(const char* kind)
    {
        if (sharedFolder().empty()) {
            QTest::newRow(kind) << QByteArray();
            return;
        }
        for (const Json& item : Json::parse(readBytes(folder() + "manifest.json")))
            if (item["kind"] == kind)
                QTest::newRow(item["key"].get<std::string>().c_str()) << QByteArray::fromStdString(item.dump());
    }
    static RawTensor tensor(const std::string& key)
    {
        static const auto file = openSafetensors(folder() + "expected.safetensors");
        for (std::size_t i = 0; i < file->tensors().size(); ++i)
            if (file->tensors()[i].name == key) return file->read(i);
        return {};
    }
};

QTEST_APPLESS_MAIN(TestPreprocess)
#include "tst_preprocess.moc"
