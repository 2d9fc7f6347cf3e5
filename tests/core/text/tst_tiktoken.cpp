// SPDX-License-Identifier: GPL-3.0-or-later
// The tokenizer.model of Llama 3, a list of tiktoken: the same ids as its tokenizer.json.
#include "core/text/tiktoken.h"

#include "core/text/base64.h"
#include "core/text/normalizers.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace headlens;
using namespace headlens::test;

class TestTiktoken : public QObject {
    Q_OBJECT

    static std::string line(const std::string& bytes, int rank)
    {
        const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
        return text::encodeBase64({data, bytes.size()}) + " " + std::to_string(rank) + "\n";
    }
    // Every byte, then the pieces in their order.
    static std::string listOf(const std::vector<std::string>& pieces)
    {
        std::string list;
        for (int byte = 0; byte < 256; ++byte) list += line(std::string(1, char(byte)), byte);
        for (std::size_t i = 0; i < pieces.size(); ++i) list += line(pieces[i], 256 + int(i));
        return list;
    }
    static std::shared_ptr<const Tokenizer> openList(const std::string& list)
    {
        const QTemporaryDir folder;
        writeBytes(folder.path().toStdString() + "/tokenizer.model", list);
        return Tokenizer::open(folder.path().toStdString());
    }
    static QList<int> idsOf(const Tokenizer& tokenizer, const std::string& text, bool special = false)
    {
        QList<int> ids;
        for (const Token& token : tokenizer.encode(text, {.addSpecial = special}).tokens) ids << token.id;
        return ids;
    }
    // What a byte-level piece of a tokenizer.json stands for.
    static std::string bytesOf(const std::string& piece)
    {
        std::string bytes;
        for (const char32_t c : text::decodeUtf8(piece)) bytes.push_back(char(text::byteOf(c).value_or(0)));
        return bytes;
    }

private Q_SLOTS:
    void idsEqualThoseOfTheSameModelAsJson()
    {
        if (sharedFolder().empty()) QSKIP("the folder of reference cases is not here");
        const std::string folder = sharedFolder() + "/oracle_language/tok_llama3_json";
        const Json json = Json::parse(readBytes(folder + "/tokenizer.json"));
        std::map<int, std::string> pieces;
        for (const auto& [piece, id] : json["model"]["vocab"].items()) pieces[id.get<int>()] = bytesOf(piece);
        std::string list;
        for (const auto& [id, bytes] : pieces) list += line(bytes, id);
        const auto tokenizer = openList(list);
        QCOMPARE(tokenizer->idOf("<|begin_of_text|>"), std::optional<int>(int(pieces.size())));
        const Json reference = Json::parse(readBytes(folder + "/expected.json"));
        for (const Json& wanted : reference["texts"]) {
            const auto& text = wanted["text"].get_ref<const std::string&>();
            QList<int> ids;
            for (const Json& id : wanted["ids_rust"]) ids << id.get<int>();
            QCOMPARE(idsOf(*tokenizer, text, true), ids);
        }
    }
    void theLowestRankIsJoinedFirst()
    {
        const auto tokenizer = openList(listOf({"bc", "ab", "abc", "xy"}));
        QCOMPARE(idsOf(*tokenizer, "abcd"), (QList<int>{'a', 256, 'd'})); // "bc" before "ab"; no piece joins 'a' to it
        QCOMPARE(idsOf(*tokenizer, "abc"), QList<int>{258});              // a whole word is a piece
        QCOMPARE(idsOf(*tokenizer, "xyxyz"), (QList<int>{259, 259, 'z'}));
    }
    void anyBytesComeBack()
    {
        const auto tokenizer = openList(listOf({"\xE2\x82"}));
        const std::string text = "5 € – \xF0\x9F\x98\x80";
        const QList<int> ids = idsOf(*tokenizer, text);
        QVERIFY(ids.contains(256));
        QCOMPARE(tokenizer->decode({ids.begin(), ids.end()}), text);
    }
    void specialTokensStandBehindThePieces()
    {
        const auto tokenizer = openList(listOf({"ab"}));
        QCOMPARE(tokenizer->size(), 257 + 256);
        QCOMPARE(tokenizer->special().begin, 257);
        QCOMPARE(tokenizer->special().end, 258);
        QCOMPARE(tokenizer->piece(257 + 9), std::string("<|eot_id|>"));
        QCOMPARE(tokenizer->piece(257 + 255), std::string("<|reserved_special_token_247|>"));
        QCOMPARE(idsOf(*tokenizer, "ab<|eot_id|>", true), (QList<int>{257, 256, 257 + 9}));
    }
    void listsThatLieAreRefused_data()
    {
        QTest::addColumn<QByteArray>("list");
        const std::string whole = listOf({"ab"});
        const auto row = [](const char* name, const std::string& list) {
            QTest::newRow(name) << QByteArray::fromStdString(list);
        };
        row("bytes are missing", line("a", 0) + line("b", 1));
        row("a rank twice", whole + line("cd", 256));
        row("a piece twice", whole + line("ab", 300));
        row("a rank below 0", whole + line("cd", -1));
        row("a huge rank", whole + line("cd", 2'000'000'000));
        row("no rank", whole + "Y2Q=\n");
        row("no number", whole + "Y2Q= many\n");
        row("no base64", whole + "*** 300\n");
        row("an endless piece", whole + line(std::string(5'000, 'a'), 300));
    }
    void listsThatLieAreRefused()
    {
        QFETCH(QByteArray, list);
        QCOMPARE(errorOf([&] { openList(list.toStdString()); }), std::optional(ErrorCode::BadConfig));
    }
};

QTEST_APPLESS_MAIN(TestTiktoken)
#include "tst_tiktoken.moc"
