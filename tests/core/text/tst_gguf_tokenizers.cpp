// SPDX-License-Identifier: GPL-3.0-or-later
// The tokenizers that GGUF files hold.
#include "core/text/tokenizer.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"
#include "tests/support/gguf_writer.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestGgufTokenizers : public QObject {
    Q_OBJECT

    static std::string key(const char* name) { return std::string("tokenizer.ggml.") + name; }
    static QByteArray pieces(const Encoded& encoded)
    {
        QByteArrayList list;
        for (const Token& token : encoded.tokens) list << QByteArray::fromStdString(token.piece);
        return list.join(' ');
    }
    static std::shared_ptr<const Tokenizer> opened(const GgufWriter& writer)
    {
        const QTemporaryDir folder;
        writeBytes(folder.path().toStdString() + "/vocab.gguf", writer.bytes());
        return Tokenizer::open(folder.path().toStdString());
    }
    // <unk> <s> </s> <user>, the pieces with falling scores, and all bytes.
    static GgufWriter scored(const std::vector<std::string>& more)
    {
        std::vector<std::string> tokens{"<unk>", "<s>", "</s>", "<user>"};
        std::vector<std::uint32_t> types{2, 3, 3, 4};
        std::vector<float> scores(4, 0);
        for (const std::string& piece : more) {
            tokens.push_back(piece);
            types.push_back(1);
            scores.push_back(-float(scores.size()));
        }
        for (int byte = 0; byte < 256; ++byte) {
            const QByteArray digits = QByteArray::number(byte + 256, 16).mid(1).toUpper();
            tokens.push_back("<0x" + digits.toStdString() + ">");
            types.push_back(6);
            scores.push_back(0);
        }
        GgufWriter writer;
        writer.word(key("model"), "llama").words(key("tokens"), tokens).numbers(key("token_type"), types);
        writer.entry(key("scores"), 9, raw(std::uint32_t(6)) + raw(std::uint64_t(scores.size())) + rawFloats(scores));
        return writer;
    }
    static GgufWriter merging(const char* pre)
    {
        GgufWriter writer;
        writer.word(key("model"), "gpt2").word(key("pre"), pre);
        writer.words(key("tokens"), {"a", "b", "c", "1", "Ġ", "bc", "abc", "11", "111", "<s>", "</s>"});
        writer.numbers(key("token_type"), {1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3});
        writer.words(key("merges"), {"b c", "1 1", "11 1"})
            .number(key("bos_token_id"), 9)
            .number(key("eos_token_id"), 10);
        return writer;
    }

private Q_SLOTS:
    void idsEqualTheOfficialOnes_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"tok_gguf_llama3_bpe", "tok_gguf_mistral_spm"}) QTest::newRow(name) << name;
    }
    void idsEqualTheOfficialOnes()
    {
        if (sharedFolder().empty()) QSKIP("the folder of reference cases is not here");
        QFETCH(QString, name);
        const std::string folder = sharedFolder() + "/oracle_language/" + name.toStdString();
        const auto tokenizer = Tokenizer::open(folder);
        const Json reference = Json::parse(readBytes(folder + "/expected.json"));
        for (const Json& wanted : reference["texts"]) {
            Json ids = Json::array();
            for (const Token& token : tokenizer->encode(wanted["text"].get_ref<const std::string&>()).tokens)
                ids.push_back(token.id);
            QCOMPARE(ids.dump(), wanted["ids_rust"].dump());
        }
    }

    void scoresMakeASentencePieceTokenizer()
    {
        GgufWriter writer = scored({"▁a", "▁", "a"});
        const auto tokenizer = opened(writer);
        QCOMPARE(pieces(tokenizer->encode("a a?")), QByteArray("<s> ▁a ▁a <0x3F>"));
        QCOMPARE(pieces(tokenizer->encode("a</s>a<user>a")), QByteArray("<s> ▁a </s> ▁a <user> ▁a"));
        QCOMPARE(tokenizer->special().end, 2);
        writer.flag(key("add_space_prefix"), false).flag(key("add_bos_token"), false).flag(key("add_eos_token"), true);
        QCOMPARE(pieces(opened(writer)->encode("a a")), QByteArray("a ▁a </s>"));
    }

    void theNameOfTheRuleSaysHowWordsAreCut_data()
    {
        QTest::addColumn<QByteArray>("pre");
        QTest::addColumn<QByteArray>("wanted");
        QTest::newRow("Llama 3: whole words, three digits, a begin")
            << QByteArray("llama-bpe") << QByteArray("<s> abc Ġ 111 1");
        QTest::newRow("Qwen 2: digits one by one") << QByteArray("qwen2") << QByteArray("a bc Ġ 1 1 1 1");
        QTest::newRow("GPT-2: all digits") << QByteArray("gpt-2") << QByteArray("a bc Ġ 11 11");
        QTest::newRow("SmolLM: digits before words") << QByteArray("smollm") << QByteArray("a bc Ġ 1 1 1 1");
        QTest::newRow("Falcon: three digits") << QByteArray("falcon") << QByteArray("a bc Ġ 111 1");
        QTest::newRow("unknown: as GPT-2") << QByteArray("tomorrow") << QByteArray("a bc Ġ 11 11");
    }
    void theNameOfTheRuleSaysHowWordsAreCut()
    {
        QFETCH(QByteArray, pre);
        QFETCH(QByteArray, wanted);
        const auto tokenizer = opened(merging(pre.constData()));
        QCOMPARE(pieces(tokenizer->encode("abc 1111")), wanted);
        QCOMPARE(tokenizer->describe().find("tomorrow") != std::string::npos, pre == "tomorrow");
    }

    void wordPiecesAreThoseWithoutAMark()
    {
        GgufWriter writer;
        writer.word(key("model"), "bert").words(key("tokens"), {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "▁un", "able"});
        writer.numbers(key("token_type"), {3, 2, 3, 3, 1, 1}).number(key("unknown_token_id"), 1);
        writer.number(key("cls_token_id"), 2).number(key("seperator_token_id"), 3);
        QCOMPARE(pieces(opened(writer)->encode("Unable x")), QByteArray("[CLS] un ##able [UNK] [SEP]"));
    }

    void aFileHasItsOwnAndAFolderTheFirstOfItsModels()
    {
        const QTemporaryDir folder;
        const std::string home = folder.path().toStdString();
        writeBytes(home + "/b-00001-of-00002.gguf", merging("gpt-2").bytes());
        writeBytes(home + "/b-00002-of-00002.gguf", GgufWriter().bytes());
        writeBytes(home + "/a-mmproj.gguf", GgufWriter().bytes());
        writeBytes(home + "/c.gguf", scored({"▁", "a"}).bytes());
        QCOMPARE(pieces(Tokenizer::open(home)->encode("bc")), QByteArray("bc"));
        QCOMPARE(pieces(Tokenizer::open(home + "/c.gguf")->encode("a")), QByteArray("<s> ▁ a"));
        QVERIFY(!Tokenizer::open(home + "/a-mmproj.gguf"));
        writeBytes(home + "/model.safetensors", "");
        QVERIFY(!Tokenizer::open(home));
    }

    void filesThatLieAreRefusedByName_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const GgufWriter& writer, ErrorCode code) {
            QTest::newRow(name) << QByteArray::fromStdString(writer.bytes()) << int(code);
        };
        const std::vector<std::string> two{"a", "b"};
        const auto list = [&](const char* model) {
            return GgufWriter().word(key("model"), model).words(key("tokens"), two);
        };
        row("another kind", GgufWriter().word(key("model"), "t6"), ErrorCode::UnsupportedModel);
        row("no pieces", GgufWriter().word(key("model"), "llama"), ErrorCode::BadConfig);
        row("pieces that are numbers", GgufWriter().word(key("model"), "llama").numbers(key("tokens"), {1, 2}),
            ErrorCode::BadConfig);
        row("fewer types than pieces", list("llama").numbers(key("token_type"), {1}), ErrorCode::BadConfig);
        row("a type that is none", list("llama").numbers(key("token_type"), {1, 7}), ErrorCode::BadConfig);
        row("fewer scores than pieces",
            list("llama").entry(key("scores"), 9, raw(std::uint32_t(6)) + raw(std::uint64_t(1)) + raw(0.0F)),
            ErrorCode::BadConfig);
        row("a begin outside", list("llama").number(key("bos_token_id"), 2), ErrorCode::BadConfig);
        row("no merges", list("gpt2"), ErrorCode::BadConfig);
        row("a merge of three", list("gpt2").words(key("merges"), {"a b b"}), ErrorCode::BadConfig);
        row("a merge without its piece", list("gpt2").words(key("merges"), {"a b"}), ErrorCode::BadConfig);
    }
    void filesThatLieAreRefusedByName()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const QTemporaryDir folder;
        writeBytes(folder.path().toStdString() + "/vocab.gguf", bytes.toStdString());
        const auto got = errorOf([&] { Tokenizer::open(folder.path().toStdString()); });
        QVERIFY(got.has_value());
        QCOMPARE(int(*got), code);
    }
};

QTEST_APPLESS_MAIN(TestGgufTokenizers)
#include "tst_gguf_tokenizers.moc"
