// SPDX-License-Identifier: GPL-3.0-or-later
// Tokenizers against the official ones, and against files that lie.
#include "core/text/tokenizer.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"
#include "tests/support/tiny_model.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <numeric>

using namespace headlens;
using namespace headlens::test;

class TestTokenizers : public QObject {
    Q_OBJECT

    static constexpr const char* noOracle = "the folder of reference cases is not here";

    static Json expected(const QString& name)
    {
        return Json::parse(readBytes(sharedFolder() + "/oracle/" + name.toStdString() + "/expected.json"));
    }
    // The tokenizer of a case; from the older files alone where `old`.
    static std::shared_ptr<const Tokenizer> openCase(const QString& name, bool old)
    {
        const std::filesystem::path folder = sharedFolder() + "/oracle/" + name.toStdString();
        if (!old) return Tokenizer::open(folder.string());
        const QTemporaryDir copy;
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (entry.path().filename() != "tokenizer.json" && entry.path().filename() != "expected.json")
                std::filesystem::copy(entry.path(), copy.path().toStdString() / entry.path().filename());
        return Tokenizer::open(copy.path().toStdString());
    }
    static void addCases()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("old");
        for (const char* name :
             {"tok_bert_small_cased", "tok_clip_small", "tok_clip_real", "tok_gpt2_small", "tok_t5_small"})
            for (const bool old : {false, true})
                QTest::addRow("%s, %s", name, old ? "older files" : "tokenizer.json") << name << old;
    }
    static Json idsOf(const Encoded& encoded)
    {
        Json ids = Json::array();
        for (const Token& token : encoded.tokens) ids.push_back(token.id);
        return ids;
    }
    static std::vector<int> idList(const Encoded& encoded) { return idsOf(encoded).get<std::vector<int>>(); }
    static std::shared_ptr<const Tokenizer> openFiles(const std::vector<std::pair<std::string, std::string>>& files)
    {
        const QTemporaryDir folder;
        for (const auto& [name, bytes] : files) writeBytes(folder.path().toStdString() + "/" + name, bytes);
        return Tokenizer::open(folder.path().toStdString());
    }
    static Json words(const std::vector<std::string>& pieces)
    {
        Json vocabulary = {{"?", 0}};
        for (const std::string& piece : pieces) vocabulary[piece] = int(vocabulary.size());
        return {{"type", "WordLevel"}, {"unk_token", "?"}, {"vocab", vocabulary}};
    }
    static std::shared_ptr<const Tokenizer> openJson(const Json& json)
    {
        return openFiles({{"tokenizer.json", json.dump()}});
    }
    static std::string spans(const Encoded& encoded)
    {
        std::string text;
        for (const Token& token : encoded.tokens)
            text += std::to_string(token.span[0]) + "-" + std::to_string(token.span[1]) + " ";
        return text;
    }

private Q_SLOTS:
    void idsPiecesAndSpansEqualTheOfficialOnes_data() { addCases(); }
    void idsPiecesAndSpansEqualTheOfficialOnes()
    {
        if (sharedFolder().empty()) QSKIP(noOracle);
        QFETCH(QString, name);
        QFETCH(bool, old);
        const auto tokenizer = openCase(name, old);
        const Json reference = expected(name);
        for (const Json& wanted : reference["texts"]) {
            const Encoded got = tokenizer->encode(wanted["text"].get_ref<const std::string&>());
            Json pieces = Json::array(), offsets = Json::array();
            for (const Token& token : got.tokens) {
                pieces.push_back(token.piece);
                offsets.push_back(token.span);
            }
            QCOMPARE(idsOf(got).dump(), wanted["ids_rust"].dump());
            QCOMPARE(pieces.dump(), wanted["tokens_rust"].dump());
            QCOMPARE(offsets.dump(), wanted["offsets_rust"].dump());
        }
    }

    void pairsAndTheirTypesEqualTheOfficialOnes_data() { addCases(); }
    void pairsAndTheirTypesEqualTheOfficialOnes()
    {
        if (sharedFolder().empty()) QSKIP(noOracle);
        QFETCH(QString, name);
        QFETCH(bool, old);
        const auto tokenizer = openCase(name, old);
        const Json reference = expected(name);
        for (const Json& wanted : reference["pairs"]) {
            EncodeOptions options;
            options.pair = wanted["pair"].get_ref<const std::string&>();
            const Encoded got = tokenizer->encode(wanted["text"].get_ref<const std::string&>(), options);
            Json types = Json::array();
            for (const Token& token : got.tokens) types.push_back(token.segment);
            QCOMPARE(idsOf(got).dump(), wanted["ids_rust"].dump());
            QCOMPARE(types.dump(), wanted["type_ids_rust"].dump());
        }
    }

    void paddingCuttingAndDecodingEqualTheOfficialOnes_data() { addCases(); }
    void paddingCuttingAndDecodingEqualTheOfficialOnes()
    {
        if (sharedFolder().empty()) QSKIP(noOracle);
        QFETCH(QString, name);
        QFETCH(bool, old);
        const auto tokenizer = openCase(name, old);
        const Json wanted = expected(name);
        if (wanted.contains("padded_77")) {
            EncodeOptions options;
            options.padTo = 77;
            const Encoded got = tokenizer->encode(wanted["padded_77"]["text"].get_ref<const std::string&>(), options);
            QCOMPARE(idsOf(got).dump(), wanted["padded_77"]["ids"].dump());
            for (std::size_t i = 0; i < got.tokens.size(); ++i)
                QCOMPARE(got.tokens[i].padding, wanted["padded_77"]["mask"][i] == 0);
            options.padTo = 0;
            options.atMost = 77;
            QCOMPARE(
                idsOf(tokenizer->encode(wanted["truncated_77"]["text"].get_ref<const std::string&>(), options)).dump(),
                wanted["truncated_77"]["ids"].dump());
            QCOMPARE(tokenizer->trainedLength(), 77);
        }
        for (const Json& entry : wanted.value("decode", Json::array()))
            QCOMPARE(tokenizer->decode(entry["ids"].get<std::vector<int>>()), entry["text"].get<std::string>());
        int differ = 0; // SentencePiece itself cuts no special tokens out and takes graphemes apart
        for (const Json& entry : wanted.value("sentencepiece_raw", Json::array())) {
            EncodeOptions plain;
            plain.addSpecial = false;
            differ +=
                idsOf(tokenizer->encode(entry["text"].get_ref<const std::string&>(), plain)) != entry["ids"] ? 1 : 0;
        }
        QVERIFY(differ <= 2);
    }

    void byteLevelTextsComeBackUnchanged()
    {
        if (sharedFolder().empty()) QSKIP(noOracle);
        const auto tokenizer = openCase("tok_gpt2_small", false);
        const Json reference = expected("tok_gpt2_small");
        for (const Json& entry : reference["texts"]) {
            const std::string text = entry["text"];
            QCOMPARE(tokenizer->decode(idList(tokenizer->encode(text)), false), text);
        }
    }

    void spansStayInsideTheText_data() { addCases(); }
    void spansStayInsideTheText()
    {
        if (sharedFolder().empty()) QSKIP(noOracle);
        QFETCH(QString, name);
        QFETCH(bool, old);
        const auto tokenizer = openCase(name, old);
        const std::string broken =
            "a\xFF\xE2\x82 caf\xC3\xA9\xF0\x9F\x98 \xED\xA0\x80 z" + std::string(1, '\0') + "e\xCC\x81";
        int last = 0;
        for (const Token& token : tokenizer->encode(broken).tokens) {
            if (token.text < 0) continue;
            QVERIFY(token.span[0] >= last - 1 && token.span[0] <= token.span[1] && token.span[1] <= 18);
            last = std::max(last, token.span[0]);
        }
    }

    void theLongerTextOfAPairIsCutFirst()
    {
        const auto tokenizer = openFiles({{"vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n"}});
        EncodeOptions options;
        options.pair = "b b b b b b";
        options.atMost = 8;
        const Encoded got = tokenizer->encode("a a", options);
        QCOMPARE(idList(got), (std::vector<int>{2, 5, 5, 3, 6, 6, 6, 3}));
        QCOMPARE(got.cut, 3);
        options.atMost = 2;
        QCOMPARE(errorOf([&] { tokenizer->encode("a", options); }), ErrorCode::BadRequest);
        QCOMPARE(tokenizer->special().mask, 4);
        QCOMPARE(tokenizer->special().begin, 2);
    }

    void everyComponentDoesItsPart_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("wanted");
        const auto row = [](const char* name, const char* part, const char* text, const char* wanted) {
            QTest::newRow(name) << QByteArray(part) << QByteArray(text) << QByteArray(wanted);
        };
        row("whitespace", "{\"pre_tokenizer\":{\"type\":\"Whitespace\"}}", "ab, c", "0-2 2-3 4-5 ");
        row("digits", "{\"pre_tokenizer\":{\"type\":\"Digits\",\"individual_digits\":true}}", "a12", "0-1 1-2 2-3 ");
        row("punctuation", "{\"pre_tokenizer\":{\"type\":\"Punctuation\"}}", "a.b", "0-1 1-2 2-3 ");
        row("punctuation the reference has not heard of", "{\"pre_tokenizer\":{\"type\":\"Punctuation\"}}",
            "a\xE2\xB9\x96"
            "b",
            "0-3 ");
        row("marks the reference has not heard of", "{\"normalizer\":{\"type\":\"StripAccents\"}}", "\xE0\xA2\x98",
            "0-1 ");
        row("a form the reference has not heard of",
            "{\"normalizer\":{\"type\":\"NFKD\"},\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"String\":\"a\"},"
            "\"behavior\":\"Isolated\",\"invert\":false}}",
            "a\xF0\x91\xA4\xB8", "0-1 1-2 ");
        row("split merged",
            "{\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"String\":\"-\"},\"behavior\":\"MergedWithPrevious\","
            "\"invert\":false}}",
            "a-b", "0-2 2-3 ");
        row("composed", "{\"normalizer\":{\"type\":\"NFC\"},\"pre_tokenizer\":{\"type\":\"Digits\"}}",
            "e\xCC\x81"
            "1",
            "0-1 2-3 ");
        row("metaspace",
            "{\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"\xE2\x96\x81\",\"prepend_scheme\":\"always\"}"
            "}",
            "a b", "0-1 1-3 ");
        row("stripped", "{\"normalizer\":{\"type\":\"Strip\",\"strip_left\":true,\"strip_right\":true}}", "  ab ",
            "2-4 ");
    }
    void everyComponentDoesItsPart()
    {
        QFETCH(QByteArray, part);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, wanted);
        Json json = Json::parse(part.toStdString());
        json["model"] = words({"a"});
        QCOMPARE(QByteArray::fromStdString(spans(openJson(json)->encode(text.toStdString()))), wanted);
    }

    void ofSeveralSpacesBeforeATextNoneWasAdded()
    {
        Json json = Json::parse(R"({"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"use_regex":false},
            "post_processor":{"type":"ByteLevel","trim_offsets":true,"add_prefix_space":true}})");
        const std::string space = "\xC4\xA0";
        json["model"] = words({space, space + space, space + "a"});
        QCOMPARE(spans(openJson(json)->encode("  ")), std::string("2-2 "));
        QCOMPARE(spans(openJson(json)->encode(" a")), std::string("0-2 "));
    }
    void anAddedTokenIsWrittenAsItIsFound()
    {
        Json json = Json::parse(R"({"normalizer":{"type":"Lowercase"},"added_tokens":[
            {"id":2,"content":"New York","normalized":true},{"id":3,"content":"Old Town","normalized":false}]})");
        json["model"] = words({"a"});
        QCOMPARE(openJson(json)->decode({1, 2, 3}, true), std::string("a new york Old Town"));
    }
    void scoresAreRoundedLikeTheReferencesReader()
    {
        const Json json = Json::parse(R"({"model":{"type":"Unigram","unk_id":0,"vocab":[["?",0],
            ["_",-1.2418179744110498],[".",-4.990195136944939],["..",-9.301443378330875]]}})");
        QCOMPARE(idList(openJson(json)->encode("_...")), (std::vector<int>{1, 3, 2}));
    }
    void aPieceThatAUnigramListsTwiceCountsTwice()
    {
        const Json json = Json::parse(R"({"model":{"type":"Unigram","unk_id":0,"vocab":[["?",0],["a",-1],["a",-2]]},
            "added_tokens":[{"id":3,"content":"<x>"}]})");
        QCOMPARE(idList(openJson(json)->encode("a<x>")).back(), 3);
    }
    void filesThatLieAreRefusedByName_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const char* json, ErrorCode code) {
            QTest::newRow(name) << QByteArray(json) << int(code);
        };
        const auto bad = ErrorCode::BadConfig, unknown = ErrorCode::UnsupportedModel;
        row("no model", "{}", bad);
        row("unknown model", "{\"model\":{\"type\":\"Oracle\"}}", unknown);
        row("CTC", "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{}},\"decoder\":{\"type\":\"CTC\"}}", unknown);
        row("unknown normalizer", "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{}},\"normalizer\":{\"type\":\"X\"}}",
            unknown);
        row("special token without pieces",
            "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{}},\"post_processor\":{\"type\":\"TemplateProcessing\","
            "\"single\":[{"
            "\"SpecialToken\":{\"id\":\"a\",\"type_id\":0}}],\"pair\":[],\"special_tokens\":{\"a\":{\"ids\":[0]}}}}",
            bad);
        row("negative id", "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":-1}}}", bad);
        row("huge id", "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":2000000000}}}", bad);
        row("merge without piece", "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a b\"]}}", bad);
        row("unk_id outside", "{\"model\":{\"type\":\"Unigram\",\"unk_id\":5,\"vocab\":[[\"a\",0]]}}", bad);
        row("broken regex",
            "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{}},\"normalizer\":{\"type\":\"Replace\",\"pattern\":{"
            "\"Regex\":\"(\"},\"content\":\"\"}}",
            bad);
        row("charsmap cut off",
            "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{}},\"normalizer\":{\"type\":\"Precompiled\",\"precompiled_"
            "charsmap\":\"/////w==\"}}",
            bad);
    }
    void filesThatLieAreRefusedByName()
    {
        QFETCH(QByteArray, json);
        QFETCH(int, code);
        const auto got = errorOf([&] { openFiles({{"tokenizer.json", json.toStdString()}}); });
        QVERIFY(got.has_value());
        QCOMPARE(int(*got), code);
    }

    void aRegexBombEndsInAnError()
    {
        Json json = {{"model", words({"a"})}};
        json["pre_tokenizer"] = {{"type", "Split"}, {"pattern", {{"Regex", "(x+x+)+y"}}}, {"behavior", "Removed"}};
        const auto tokenizer = openJson(json);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(errorOf([&] { tokenizer->encode(std::string(5000, 'x')); }), ErrorCode::BadConfig);
        QVERIFY(timer.elapsed() < 10000);
    }

    void stepsThatDoubleTheTextAreStopped()
    {
        Json json = {{"model", words({"a"})}}, steps = Json::array();
        for (int i = 0; i < 60; ++i)
            steps.push_back({{"type", "Replace"}, {"pattern", {{"String", "a"}}}, {"content", "aa"}});
        json["normalizer"] = {{"type", "Sequence"}, {"normalizers", steps}};
        const auto tokenizer = openJson(json);
        QCOMPARE(errorOf([&] { tokenizer->encode("a"); }), ErrorCode::BadConfig);
    }

    void aWordOfAMegabyteIsMergedInTime()
    {
        const auto tokenizer =
            openFiles({{"vocab.json", "{\"a\":0,\"aa\":1,\"aaaa\":2}"}, {"merges.txt", "#version: 0.2\na a\naa aa\n"}});
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(tokenizer->encode(std::string(1 << 20, 'a')).tokens.size(), std::size_t(1) << 18);
        QVERIFY(timer.elapsed() < 10000);
    }

    void foldersWithoutATokenizerHaveNone()
    {
        QVERIFY(!openFiles({{"config.json", "{}"}}));
        QCOMPARE(errorOf([] { openFiles({{"vocab.json", "{}"}}); }), ErrorCode::BadConfig);
        QCOMPARE(errorOf([] {
                     openFiles({{"spiece.model", std::string("\x0A\x7F"
                                                             "a",
                                                             3)}});
                 }),
                 ErrorCode::Truncated);
    }
};

QTEST_APPLESS_MAIN(TestTokenizers)
#include "tst_tokenizers.moc"
