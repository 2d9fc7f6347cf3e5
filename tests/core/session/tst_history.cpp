// SPDX-License-Identifier: GPL-3.0-or-later
// history.json: what is written is read again, and what must not stand in it is refused in words.
#include "core/base/error.h"
#include "core/session/training_history.h"
#include "core/training/trainer/history_writer.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <limits>

using namespace headlens;
using namespace headlens::test;

namespace {

// Three steps of everything that a record may hold.
Json good()
{
    return {{"title", "It learns"},
            {"steps", {0, 5, 20}},
            {"curves", {{{"panel", "loss"}, {"name", "loss"}, {"values", {2.0, 1.5, 0.25}}}}},
            {"levels", {{{"panel", "loss"}, {"name", "guessing"}, {"value", 2.1}}}},
            {"bars", {{{"name", "output"}, {"values", {{0.5, 0.5}, {1.0, 0.0}, {0.0, 2.0}}}}}},
            {"pictures",
             {{{"name", "photo"}, {"width", 2}, {"height", 1}, {"channels", 3}, {"frames", {"AAECAwQF"}}},
              {{"name", "map"},
               {"over", "photo"},
               {"width", 1},
               {"height", 2},
               {"channels", 1},
               {"frames", {"AAE=", "AAI", "/wA="}}}}}};
}

QByteArray with(const char* pointer, const Json& value)
{
    Json changed = good();
    changed[Json::json_pointer(pointer)] = value;
    return QByteArray::fromStdString(changed.dump());
}

std::optional<QString> problemOf(const QByteArray& json)
{
    try {
        parseHistory(json.toStdString(), "history.json");
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return std::nullopt;
}

} // namespace

class TestHistory : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:
    void aGoodRecordIsReadWhole()
    {
        const verbs::History history = parseHistory(good().dump(), "good");
        QCOMPARE(history.title, std::string("It learns"));
        QCOMPARE(history.steps, (std::vector<std::int64_t>{0, 5, 20}));
        QCOMPARE(history.curves.at(0).values, (std::vector<double>{2.0, 1.5, 0.25}));
        QCOMPARE(history.levels.at(0).value, 2.1);
        QCOMPARE(history.bars.at(0).values.at(2), (std::vector<double>{0.0, 2.0}));
        QCOMPARE(history.pictures.at(1).over, std::string("photo"));
    }
    void whatIsWrittenIsReadAgain()
    {
        verbs::History history = parseHistory(good().dump(), "good");
        const std::array<std::uint8_t, 6> pixels{255, 0, 7, 128, 64, 1};
        history.pictures[0].frames = {historyFrame(pixels)};
        history.curves[0].values[1] = fourDecimals(1.234567);
        const std::string written = historyText(history);
        QCOMPARE(historyText(parseHistory(written, "again")), written);
        QCOMPARE(text::decodeBase64(history.pictures[0].frames[0]).value_or(""),
                 std::string("\xff\x00\x07\x80\x40\x01", 6));
        QCOMPARE(history.curves[0].values[1], 1.2346);
    }
    void base64IsPaddedToWholeGroups_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const char* text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"}) // RFC 4648, section 10
            QTest::addRow("%s.", text) << QByteArray(text);
    }
    void base64IsPaddedToWholeGroups()
    {
        QFETCH(QByteArray, bytes);
        const std::vector<std::uint8_t> data(bytes.begin(), bytes.end());
        QCOMPARE(QByteArray::fromStdString(text::encodeBase64(data)), bytes.toBase64());
    }

    void aBadRecordIsRefusedInWords_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QByteArray& json, const char* says) {
            QTest::newRow(name) << json << QString::fromLatin1(says);
        };
        row("no object", "[]", "holds no JSON object");
        row("cut off", R"({"steps":[1)", "no valid JSON");
        row("words for numbers", with("/curves/0/values/1", "x"), "does not hold steps with curves");
        row("a number for a list", with("/steps", 3), "does not hold steps with curves");
        row("null for a number", with("/bars/0/values/0/0", nullptr), "does not hold steps with curves");
        row("an object in the place of the pictures", with("/pictures", Json::object()), "does not hold steps");
        row("no steps", with("/steps", Json::array()), "holds no steps");
        row("half a step", with("/steps/1", 5.5), "no whole numbers");
        row("a huge step", with("/steps/2", 1e300), "no whole numbers");
        row("steps that fall", with("/steps/1", 50), "steps that do not ascend");
        row("a step twice", with("/steps/1", 20), "steps that do not ascend");
        row("a step below 0", with("/steps/0", -1), "begins before step 0");
        row("too many steps", with("/steps", std::vector<int>(4097, 1)), "more than 4096 steps");
        row("nothing to show", R"({"steps":[1,2]})", "holds nothing to show");
        row("a short curve", with("/curves/0/values", {1.0}), "curve \"loss\" does not have one value a step");
        row("a level without its panel", with("/levels/0/panel", "other"), "\"guessing\" stands in a panel without");
        row("too many curves", with("/curves", Json(65, good()["curves"][0])), "more than 64 curves");
        row("bars for two steps", with("/bars/0/values", {{1.0}, {1.0}}), "bars \"output\" do not have one row a step");
        row("a row too long", with("/bars/0/values/1", {1.0, 0.0, 0.0}), "rows of different lengths");
        row("no bars in a row", with("/bars/0/values", Json(3, Json::array())), "have none or more than 4096");
        row("a bar below 0", with("/bars/0/values/1/1", -0.1), "below 0");
        row("too many bars", with("/bars", Json(17, good()["bars"][0])), "more than 16 rows of bars");
        row("no width", with("/pictures/0/width", 0), "picture \"photo\" is not between 1x1 and 512x512");
        row("too high", with("/pictures/1/height", 513), "picture \"map\" is not between");
        row("half a pixel", with("/pictures/1/height", 1.5), "no whole numbers");
        row("two channels", with("/pictures/1/channels", 2), "neither 1 nor 3 channels");
        row("two frames", with("/pictures/1/frames", {"AAE=", "AAE="}), "neither one frame nor one a step");
        row("a short frame", with("/pictures/0/frames/0", "AAECAwQ="), "a frame of the wrong length");
        row("a long frame", with("/pictures/1/frames/2", "AAEC"), "a frame of the wrong length");
        row("no base64", with("/pictures/1/frames/0", "A*E="), "no base64");
        row("too many pictures", with("/pictures", Json(17, good()["pictures"][0])), "more than 16 pictures");
        row("a map over nothing", with("/pictures/1/over", "gone"), "is no map over a picture");
        row("a map over a map", with("/pictures/1/over", "map"), "is no map over a picture");
        row("a picture over a picture", with("/pictures/0/over", "photo"), "is no map over a picture");
    }
    void aBadRecordIsRefusedInWords()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, says);
        const auto problem = problemOf(json);
        QVERIFY2(problem.has_value(), json.constData());
        QVERIFY2(problem->contains("history.json") && problem->contains(says), qPrintable(*problem));
        const ErrorCode code = says == "no valid JSON" ? ErrorCode::BadHeader : ErrorCode::BadConfig;
        QCOMPARE(errorOf([&] { parseHistory(json.toStdString(), "x"); }), code);
    }
    void numbersThatAreNoneAreRefused()
    {
        // JSON has no way to write them, a peer may find one.
        QVERIFY(problemOf(R"({"steps":[1],"curves":[{"values":[1e999]}]})").has_value());
        QVERIFY(problemOf(R"({"steps":[1],"curves":[{"values":[NaN]}]})").has_value());
        verbs::History history = parseHistory(good().dump(), "good");
        history.curves[0].values[0] = std::numeric_limits<double>::quiet_NaN(); // is written as null
        QVERIFY(problemOf(QByteArray::fromStdString(historyText(history))).has_value());
    }
    void aFileThatIsAbsentOrTooLargeIsRefused()
    {
        const std::string path = m_folder.filePath("history.json").toStdString();
        QCOMPARE(errorOf([&] { readHistory(path); }), ErrorCode::FileMissing);
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(good().dump()));
        file.close();
        QCOMPARE(readHistory(historyFileOf(m_folder.path().toStdString())).steps.size(), std::size_t(3));
        QVERIFY(file.resize(9 << 20));
        QCOMPARE(errorOf([&] { readHistory(path); }), ErrorCode::WrongContent);
    }
    void theRecordOfFlamingoShowsSixGatesOpening()
    {
        const verbs::History history = readHistory(historyFileOf(HEADLENS_SOURCE "/resources/models/flamingo"));
        QCOMPARE(history.steps.size(), std::size_t(89));
        QCOMPARE(history.steps.front(), std::int64_t(1800));
        QCOMPARE(history.steps.back(), std::int64_t(4000));
        QCOMPARE(history.curves.size(), std::size_t(7));
        for (std::size_t gate = 0; gate < 6; ++gate) {
            QCOMPARE(history.curves[gate].panel, std::string("tanh of the gate"));
            QCOMPARE(history.curves[gate].values.front(), 0.0);
            QVERIFY(history.curves[gate].values.back() != 0.0);
        }
        QCOMPARE(history.curves[2].values.at(4), 0.3634); // step 1900, as the lesson says
        QVERIFY(history.curves[6].values.back() < 0.1 * history.curves[6].values.front());
    }
};

QTEST_APPLESS_MAIN(TestHistory)
#include "tst_history.moc"
