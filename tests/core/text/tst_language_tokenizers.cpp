// SPDX-License-Identifier: GPL-3.0-or-later
// The tokenizers of language models: byte-level BPE with their expressions, SentencePiece's BPE from either file.
#include "core/text/tokenizer.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_model.h"
#include "tests/support/tiny_sentencepiece.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace headlens;
using namespace headlens::test;
using Type = TinySentencePiece::Type;

class TestLanguageTokenizers : public QObject {
    Q_OBJECT

    static std::shared_ptr<const Tokenizer> openFiles(const std::vector<std::pair<std::string, std::string>>& files)
    {
        const QTemporaryDir folder;
        for (const auto& [name, bytes] : files) writeBytes(folder.path().toStdString() + "/" + name, bytes);
        return Tokenizer::open(folder.path().toStdString());
    }
    static std::shared_ptr<const Tokenizer> openModel(const TinySentencePiece& model, const std::string& config = {})
    {
        if (config.empty()) return openFiles({{"tokenizer.model", model.bytes()}});
        return openFiles({{"tokenizer.model", model.bytes()}, {"tokenizer_config.json", config}});
    }
    static QByteArray pieces(const Encoded& encoded)
    {
        QByteArrayList list;
        for (const Token& token : encoded.tokens) list << QByteArray::fromStdString(token.piece);
        return list.join(' ');
    }
    static QByteArray cut(const Tokenizer& tokenizer, const std::string& text)
    {
        return pieces(tokenizer.encode(text, {.addSpecial = false}));
    }
    static Json mergingModel(const std::vector<std::string>& characters, const std::vector<std::string>& merges)
    {
        Json vocabulary = {{"<unk>", 0}}, list = Json::array();
        const auto add = [&](const std::string& piece) {
            if (!vocabulary.contains(piece)) vocabulary[piece] = int(vocabulary.size());
        };
        for (const std::string& character : characters) add(character);
        for (const std::string& merge : merges) {
            const std::size_t space = merge.find(' ');
            add(merge.substr(0, space) + merge.substr(space + 1));
            list.push_back(merge);
        }
        return {{"type", "BPE"}, {"unk_token", "<unk>"}, {"fuse_unk", true}, {"vocab", vocabulary}, {"merges", list}};
    }

private Q_SLOTS:
    void idsAndSpansEqualTheOfficialOnes_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"tok_llama3_json", "tok_mistral_json", "tok_mistral_sp"}) QTest::newRow(name) << name;
    }
    void idsAndSpansEqualTheOfficialOnes()
    {
        if (sharedFolder().empty()) QSKIP("the folder of reference cases is not here");
        QFETCH(QString, name);
        const std::string folder = sharedFolder() + "/oracle_language/" + name.toStdString();
        const auto tokenizer = Tokenizer::open(folder);
        const Json reference = Json::parse(readBytes(folder + "/expected.json"));
        for (const Json& wanted : reference["texts"]) {
            Json ids = Json::array(), spans = Json::array();
            for (const Token& token : tokenizer->encode(wanted["text"].get_ref<const std::string&>()).tokens) {
                ids.push_back(token.id);
                spans.push_back(token.span);
            }
            QCOMPARE(ids.dump(), wanted["ids_rust"].dump());
            if (wanted.contains("offsets_rust")) QCOMPARE(spans.dump(), wanted["offsets_rust"].dump());
        }
    }

    void aTokenizerModelMergesByScore_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("wanted");
        const auto row = [](const char* name, const char* text, const char* wanted) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(wanted);
        };
        row("the highest score first", "abc", "▁ a bc");
        row("of equal scores the leftmost", "ddd", "▁ dd d");
        row("pieces of the user's first, the longest", "abxyzab", "▁ ab xyz ab");
        row("what the user defined joins with nothing", "xyc", "▁ xy c");
        row("control pieces are text", "<s>", "▁ <unk>");
        row("neighbouring unknown characters are one", "a??b", "▁ a <unk> b");
        row("a mark in the text is a space", "a▁b", "▁ a ▁ b");
        row("every space counts", " a", "▁▁ a");
        row("a piece that is not in use falls apart", "efgh", "▁ ef gh");
        row("nothing", "", "");
    }
    void aTokenizerModelMergesByScore()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, wanted);
        TinySentencePiece model;
        model.addUsual({"bc", "ab", "ef", "gh", "▁", "a", "b", "c", "d", "e", "f", "g", "h"})
            .add("▁▁", -1000)
            .add("dd", -3)
            .add("xy", 0, Type::UserDefined)
            .add("xyz", 0, Type::UserDefined)
            .add("efgh", -20, Type::Unused);
        QCOMPARE(cut(*openModel(model), text.toStdString()), wanted);
    }

    void charactersInsideAPieceNeedNoPieceOfTheirOwn()
    {
        TinySentencePiece model;
        model.addUsual({"▁", "xyz", "xy"});
        QCOMPARE(cut(*openModel(model), "xyzx"), QByteArray("▁ xyz <unk>"));
    }

    void unknownCharactersFallBackToTheirBytes()
    {
        TinySentencePiece model;
        model.byteFallback = true;
        model.addUsual({"▁", "a", "<0x41>x"});
        for (int byte = 0; byte < 256; ++byte)
            model.add(
                QStringLiteral("<0x%1>").arg(byte, 2, 16, QLatin1Char('0')).toUpper().replace('X', 'x').toStdString(),
                0, Type::Byte);
        const auto tokenizer = openModel(model);
        const Encoded got = tokenizer->encode("aé<0x41>");
        QCOMPARE(pieces(got), QByteArray("<s> ▁ a <0xC3> <0xA9> <0x3C> <0x30> <0x78> <0x34> <0x31> <0x3E>"));
        QCOMPARE(got.tokens[4].span, (std::array<int, 2>{1, 2}));
        std::vector<int> ids;
        for (const Token& token : got.tokens) ids.push_back(token.id);
        QCOMPARE(tokenizer->decode(ids), std::string("aé<0x41>"));
    }

    void spacesAreTreatedAsTheFileSays_data()
    {
        QTest::addColumn<bool>("prefix");
        QTest::addColumn<bool>("remove");
        QTest::addColumn<QByteArray>("wanted");
        QTest::newRow("prefix, all kept") << true << false << QByteArray("▁ ▁ a ▁ ▁ a ▁");
        QTest::newRow("no prefix") << false << false << QByteArray("▁ a ▁ ▁ a ▁");
        QTest::newRow("prefix, extra ones removed") << true << true << QByteArray("▁ a ▁ a");
    }
    void spacesAreTreatedAsTheFileSays()
    {
        QFETCH(bool, prefix);
        QFETCH(bool, remove);
        QFETCH(QByteArray, wanted);
        TinySentencePiece model;
        model.dummyPrefix = prefix;
        model.removeExtraSpaces = remove;
        model.addUsual({"▁", "a"});
        QCOMPARE(cut(*openModel(model), " a  a "), wanted);
        QCOMPARE(cut(*openModel(model), "  "), QByteArray(remove ? "" : prefix ? "▁ ▁ ▁" : "▁ ▁"));
    }

    void transformersSettingsSayWhatIsCutOutAndWhatStandsAround_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QByteArray>("wanted");
        QTest::newRow("the file alone") << QByteArray() << QByteArray("<s> ▁ a <unk> a");
        QTest::newRow("a space behind every special token")
            << QByteArray(R"({"legacy":true})") << QByteArray("<s> ▁ a </s> ▁ a");
        QTest::newRow("a space before the text alone")
            << QByteArray(R"({"legacy":false})") << QByteArray("<s> ▁ a </s> a");
        QTest::newRow("an end and no begin")
            << QByteArray(R"({"add_bos_token":false,"add_eos_token":true})") << QByteArray("▁ a </s> ▁ a </s>");
    }
    void transformersSettingsSayWhatIsCutOutAndWhatStandsAround()
    {
        QFETCH(QByteArray, config);
        QFETCH(QByteArray, wanted);
        TinySentencePiece model;
        model.addUsual({"▁", "a"});
        QCOMPARE(pieces(openModel(model, config.toStdString())->encode("a</s>a")), wanted);
    }

    void aLlamaClassPutsTheBeginTokenWhateverTheTemplateSays()
    {
        Json json = {{"model", mergingModel({"a", "<s>"}, {})},
                     {"added_tokens", Json::parse(R"([{"id":2,"content":"<s>","special":true}])")}};
        json["model"]["vocab"] = {{"<unk>", 0}, {"a", 1}, {"<s>", 2}};
        const auto open = [&](const char* config) {
            return openFiles({{"tokenizer.json", json.dump()}, {"tokenizer_config.json", config}});
        };
        QCOMPARE(pieces(open(R"({"tokenizer_class":"LlamaTokenizerFast","bos_token":"<s>"})")->encode("a")),
                 QByteArray("<s> a"));
        QCOMPARE(pieces(open(R"({"tokenizer_class":"PreTrainedTokenizerFast","bos_token":"<s>"})")->encode("a")),
                 QByteArray("a"));
    }

    void aWholeWordIsTakenWithoutMergesWhereTheFileSaysSo()
    {
        for (const bool ignore : {false, true}) {
            Json model = mergingModel({"a", "b", "c", "abc"}, {"b c"});
            model["ignore_merges"] = ignore;
            QCOMPARE(cut(*openFiles({{"tokenizer.json", Json{{"model", model}}.dump()}}), "abc"),
                     QByteArray(ignore ? "abc" : "a bc"));
        }
    }

    void mergesMayBePairsOrLines()
    {
        Json model = mergingModel({"a", "b"}, {"a b"});
        const auto lines = openFiles({{"tokenizer.json", Json{{"model", model}}.dump()}});
        model["merges"] = Json::parse(R"([["a","b"]])");
        const auto pairs = openFiles({{"tokenizer.json", Json{{"model", model}}.dump()}});
        QCOMPARE(cut(*lines, "abba"), QByteArray("ab b a"));
        QCOMPARE(cut(*pairs, "abba"), QByteArray("ab b a"));
    }

    // A merge across a space that no text holds forbids to cut at spaces first; both ways must agree.
    void cuttingAtSpacesFirstChangesNothing()
    {
        std::vector<std::string> merges{"▁ a", "a b", "▁ ▁", "b b", "▁▁ ▁a", "ab b"};
        const std::vector<std::string> characters{"▁", "a", "b", "c", "_"};
        const auto open = [&] {
            const Json normalizer = Json::parse(R"({"type":"Replace","pattern":{"String":" "},"content":"▁"})");
            return openFiles({{"tokenizer.json",
                               Json{{"model", mergingModel(characters, merges)}, {"normalizer", normalizer}}.dump()}});
        };
        const auto fast = open();
        merges.emplace_back("_ ▁");
        const auto whole = open();
        std::mt19937 random(3);
        for (int i = 0; i < 2000; ++i) {
            std::string text(random() % 40, ' ');
            for (char& c : text) c = "   aabbc?"[random() % 9];
            const Encoded one = fast->encode(text), other = whole->encode(text);
            QCOMPARE(pieces(one), pieces(other));
            for (std::size_t k = 0; k < one.tokens.size(); ++k) QCOMPARE(one.tokens[k].span, other.tokens[k].span);
        }
    }

    void aTextOfAMegabyteIsOneWordAndCutInTime()
    {
        TinySentencePiece model;
        model.byteFallback = true;
        model.addUsual({"aa", "aaaa", "a▁", "▁", "a"}); // "a▁" holds words together
        std::string text;
        while (text.size() < (1U << 20)) text += "aaaaaa ";
        const auto tokenizer = openModel(model);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(tokenizer->encode(text).tokens.size() > 100000);
        QVERIFY(timer.elapsed() < 10000);
    }

    void modelsThatLieAreRefusedByName_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        TinySentencePiece usual;
        usual.addUsual({"▁", "a"});
        const std::string good = usual.bytes();
        QTest::newRow("cut off") << QByteArray::fromStdString(good.substr(0, 8)) << int(ErrorCode::Truncated);
        QTest::newRow("no pieces") << QByteArray("\x12\x02\x18\x02") << int(ErrorCode::BadConfig);
        QTest::newRow("a list of tiktoken") << QByteArray("IQ== 0\nIg== 1\n") << int(ErrorCode::BadConfig);
        TinySentencePiece endless;
        endless.addUsual({"a", std::string(60000, 'a')});
        QTest::newRow("an endless piece") << QByteArray::fromStdString(endless.bytes()) << int(ErrorCode::BadConfig);
        TinySentencePiece infinite;
        infinite.add("a", std::numeric_limits<float>::infinity());
        QTest::newRow("an infinite score") << QByteArray::fromStdString(infinite.bytes()) << int(ErrorCode::BadConfig);
    }
    void modelsThatLieAreRefusedByName()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto got = errorOf([&] { openFiles({{"tokenizer.model", bytes.toStdString()}}); });
        QVERIFY(got.has_value());
        QCOMPARE(int(*got), code);
    }
};

QTEST_APPLESS_MAIN(TestLanguageTokenizers)
#include "tst_language_tokenizers.moc"
