// SPDX-License-Identifier: GPL-3.0-or-later
// A small Llama as Hugging Face has it, written as Meta and Mistral give theirs out, in one file and in slices: every
// tensor comes back to the bit.
#include "core/checkpoint/consolidated.h"
#include "core/checkpoint/consolidated_params.h"
#include "core/checkpoint/model_folder.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"
#include "tests/support/random_weights.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <filesystem>

using namespace headlens;
using namespace headlens::test;

namespace {

constexpr std::int64_t kWidth = 16, kHeads = 4, kKeyHeads = 2, kHeadWidth = 4, kMlp = 24, kWords = 20;

struct Matrix {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

Matrix matrixOf(const TensorBytes& tensor)
{
    Matrix matrix{tensor.shape, std::vector<float>(tensor.data.size() / sizeof(float))};
    std::memcpy(matrix.values.data(), tensor.data.data(), tensor.data.size());
    return matrix;
}

void put(std::vector<TensorBytes>& to, const std::string& name, Matrix matrix)
{
    auto owner = std::make_shared<std::vector<float>>(std::move(matrix.values));
    to.push_back({name, DType::F32, std::move(matrix.shape), owner, std::as_bytes(std::span(*owner))});
}

// The halves of a head, one row of each in turn.
Matrix paired(const Matrix& from, std::int64_t heads)
{
    Matrix to = from;
    const std::int64_t columns = from.shape[1], half = from.shape[0] / heads / 2;
    for (std::int64_t head = 0; head < heads; ++head)
        for (std::int64_t row = 0; row < 2 * half; ++row) {
            const std::int64_t there = head * 2 * half + 2 * (row % half) + row / half;
            std::copy_n(from.values.begin() + (head * 2 * half + row) * columns, columns,
                        to.values.begin() + there * columns);
        }
    return to;
}

// Part `part` of `parts` along an axis; -1: the whole.
Matrix sliced(const Matrix& from, int axis, std::int64_t part, std::int64_t parts)
{
    if (axis < 0 || parts == 1) return from;
    Matrix to{from.shape, {}};
    const std::int64_t each = to.shape[std::size_t(axis)] /= parts;
    for (std::int64_t row = 0; row < from.shape[0]; ++row)
        for (std::int64_t column = 0; column < from.shape[1]; ++column)
            if ((axis == 0 ? row : column) / each == part)
                to.values.push_back(from.values[std::size_t(row * from.shape[1] + column)]);
    return to;
}

struct Llama {
    int experts = 0;
    std::vector<TensorBytes> ofHuggingFace() const
    {
        RandomWeights weights(3);
        weights.add("model.embed_tokens.weight", {kWords, kWidth});
        weights.add("model.norm.weight", {kWidth});
        weights.add("lm_head.weight", {kWords, kWidth});
        for (const std::string layer : {"model.layers.0.", "model.layers.1."}) {
            weights.add(layer + "input_layernorm.weight", {kWidth});
            weights.add(layer + "post_attention_layernorm.weight", {kWidth});
            weights.add(layer + "self_attn.q_proj.weight", {kHeads * kHeadWidth, kWidth});
            weights.add(layer + "self_attn.k_proj.weight", {kKeyHeads * kHeadWidth, kWidth});
            weights.add(layer + "self_attn.v_proj.weight", {kKeyHeads * kHeadWidth, kWidth});
            weights.add(layer + "self_attn.o_proj.weight", {kWidth, kHeads * kHeadWidth});
            if (experts == 0) addMlp(weights, layer + "mlp.", {"gate_proj", "up_proj", "down_proj"});
            if (experts > 0) weights.add(layer + "block_sparse_moe.gate.weight", {experts, kWidth});
            for (int i = 0; i < experts; ++i)
                addMlp(weights, layer + "block_sparse_moe.experts." + std::to_string(i) + ".", {"w1", "w3", "w2"});
        }
        return weights.tensors;
    }
    // The names of Meta by those of Hugging Face, tried one after the other over all stored ones.
    static std::string storedName(const std::string& name)
    {
        static const std::vector<std::pair<std::string, std::string>> kPieces{{"model.embed_tokens", "tok_embeddings"},
                                                                              {"lm_head", "output"},
                                                                              {"post_attention_layernorm", "ffn_norm"},
                                                                              {"input_layernorm", "attention_norm"},
                                                                              {"self_attn.q_proj", "attention.wq"},
                                                                              {"self_attn.k_proj", "attention.wk"},
                                                                              {"self_attn.v_proj", "attention.wv"},
                                                                              {"self_attn.o_proj", "attention.wo"},
                                                                              {"mlp.gate_proj", "feed_forward.w1"},
                                                                              {"mlp.up_proj", "feed_forward.w3"},
                                                                              {"mlp.down_proj", "feed_forward.w2"},
                                                                              {"block_sparse_moe", "feed_forward"},
                                                                              {"model.", ""}};
        std::string stored = name;
        for (const auto& [there, here] : kPieces)
            if (const std::size_t at = stored.find(there); at != std::string::npos)
                stored.replace(at, there.size(), here);
        return stored;
    }
    std::vector<TensorBytes> part(int number, int parts, int wordAxis) const
    {
        std::vector<TensorBytes> stored;
        for (const TensorBytes& tensor : ofHuggingFace()) {
            const std::string name = storedName(tensor.name);
            Matrix matrix = matrixOf(tensor);
            if (name.find(".wq.") != std::string::npos) matrix = paired(matrix, kHeads);
            if (name.find(".wk.") != std::string::npos) matrix = paired(matrix, kKeyHeads);
            const int axis = name.starts_with("tok_embeddings") ? wordAxis : consolidatedAxis(name);
            put(stored, name, sliced(matrix, axis, number, parts));
        }
        put(stored, "rope.freqs", {{2}, {1, 0.01F}});
        return stored;
    }

private:
    static void addMlp(RandomWeights& weights, const std::string& at, const std::array<const char*, 3>& names)
    {
        weights.add(at + names[0] + ".weight", {kMlp, kWidth});
        weights.add(at + names[1] + ".weight", {kMlp, kWidth});
        weights.add(at + names[2] + ".weight", {kWidth, kMlp});
    }
};

Json params()
{
    return {{"dim", kWidth}, {"n_layers", 2}, {"n_heads", kHeads}, {"n_kv_heads", kKeyHeads}, {"norm_eps", 1e-5}};
}

} // namespace

class TestConsolidated : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string folder(const char* name) const
    {
        const std::string path = m_folder.filePath(QString::fromLatin1(name)).toStdString();
        std::filesystem::create_directories(path);
        return path;
    }
    static void compare(const Container& found, const std::vector<TensorBytes>& expected)
    {
        QCOMPARE(found.tensors().size(), expected.size()); // without rope.freqs
        for (std::size_t i = 0; i < found.tensors().size(); ++i) {
            const auto hit = std::ranges::find(expected, found.tensors()[i].name, &TensorBytes::name);
            QVERIFY2(hit != expected.end(), found.tensors()[i].name.c_str());
            const RawTensor raw = found.read(i);
            QVERIFY2(raw.shape == hit->shape && found.tensors()[i].shape == hit->shape, hit->name.c_str());
            QVERIFY2(std::ranges::equal(raw.bytes, hit->data), hit->name.c_str());
            if (const auto slice = found.sliceOf(i)) {
                std::vector<std::byte> bytes(slice->bytes);
                slice->file->read(slice->offset, bytes);
                QVERIFY2(std::ranges::equal(bytes, hit->data), hit->name.c_str());
            }
        }
    }
    // The slices as files of their own; what they hold is safetensors, whatever they are called.
    std::string writeMeta(const char* name, int parts, int wordAxis, const Json& json) const
    {
        const std::string at = folder(name);
        for (int part = 0; part < parts; ++part)
            writeSafetensors(at + "/consolidated.0" + std::to_string(part) + ".pth",
                             Llama().part(part, parts, wordAxis), {});
        writeBytes(at + "/params.json", json.dump());
        return at;
    }

private Q_SLOTS:
    void slicesOfMetaBecomeTheTensorsOfHuggingFace_data()
    {
        QTest::addColumn<int>("parts");
        QTest::addColumn<int>("wordAxis");
        QTest::newRow("one file") << 1 << 1;
        QTest::newRow("two of Llama 2") << 2 << 1;
        QTest::newRow("two of Llama 3") << 2 << 0;
    }
    void slicesOfMetaBecomeTheTensorsOfHuggingFace()
    {
        QFETCH(int, parts);
        QFETCH(int, wordAxis);
        const std::string at = writeMeta("meta", parts, wordAxis, params());
        const auto found = openConsolidated(at);
        compare(*found, Llama().ofHuggingFace());
        QCOMPARE(found->files().size(), std::size_t(parts));
        const Json& config = *found->settings();
        QVERIFY(config["model_type"] == Json("llama"));
        QVERIFY(config["vocab_size"] == Json(kWords));
        QVERIFY(config["intermediate_size"] == Json(kMlp));
        QVERIFY(config["num_key_value_heads"] == Json(kKeyHeads));
        QVERIFY(config["tie_word_embeddings"] == Json(false));
        std::filesystem::remove_all(at);
    }
    void aFolderAndOneOfItsFilesMeanTheWhole()
    {
        const std::string at = writeMeta("whole", 2, 1, params());
        std::vector<std::string> assumptions;
        bool whole = false;
        compare(*openFolder(at, {}, assumptions), Llama().ofHuggingFace());
        compare(*openFile(at + "/consolidated.01.pth", {}, assumptions, whole), Llama().ofHuggingFace());
    }
    void expertsOfMistralAreFound()
    {
        const std::string at = folder("mistral");
        const Llama mixtral{2};
        writeSafetensors(at + "/consolidated.safetensors", mixtral.part(0, 1, 1), {});
        Json json = params();
        json["moe"] = {{"num_experts", 2}, {"num_experts_per_tok", 1}};
        json["sliding_window"] = 64;
        writeBytes(at + "/params.json", json.dump());
        const auto found = openConsolidated(at);
        compare(*found, mixtral.ofHuggingFace());
        QVERIFY((*found->settings())["model_type"] == Json("mixtral"));
        QVERIFY((*found->settings())["num_local_experts"] == Json(2));
        QVERIFY((*found->settings())["sliding_window"] == Json(64));
    }
    void filesOfHuggingFaceBesideThemComeFirst()
    {
        const std::string at = writeMeta("both", 1, 1, params());
        RandomWeights other(1);
        other.add("other", {2});
        writeSafetensors(at + "/model.safetensors", other.tensors, {});
        std::vector<std::string> assumptions;
        QCOMPARE(openFolder(at, {}, assumptions)->tensors()[0].name, std::string("other"));
    }
    void whatIsMissingIsNamed()
    {
        const std::string at = writeMeta("gap", 3 - 1, 1, params());
        std::filesystem::rename(at + "/consolidated.01.pth", at + "/consolidated.02.pth");
        QCOMPARE(errorOf([&] { openConsolidated(at); }), std::optional(ErrorCode::PartMissing));
        std::filesystem::remove(at + "/consolidated.02.pth"); // the last one is not there
        QCOMPARE(errorOf([&] { openConsolidated(at); }), std::optional(ErrorCode::BadWeights));
        std::filesystem::remove(at + "/params.json");
        QCOMPARE(errorOf([&] { openConsolidated(at); }), std::optional(ErrorCode::PartMissing));
    }
    void partsThatDoNotFitEachOtherAreRefused()
    {
        const std::string at = writeMeta("unlike", 2, 1, params());
        writeSafetensors(at + "/consolidated.01.pth", Llama().part(0, 1, 1), {}); // the whole instead of a slice
        QCOMPARE(errorOf([&] { openConsolidated(at); }), std::optional(ErrorCode::BadWeights));
        RandomWeights other(1);
        other.add("other", {2});
        writeSafetensors(at + "/consolidated.01.pth", other.tensors, {});
        QCOMPARE(errorOf([&] { openConsolidated(at); }), std::optional(ErrorCode::BadWeights));
    }

    void scaledPositionsAreThoseOfLlama3()
    {
        Json json = params();
        json["use_scaled_rope"] = true;
        json["rope_theta"] = 500000.0;
        std::vector<std::string> assumptions;
        const Json config = configOf(parseConsolidatedParams(json, "params.json"), 128'256, 8, true, assumptions);
        QVERIFY(config["rope_scaling"]["factor"] == Json(32.0)); // of a narrow model
        QVERIFY(config["max_position_embeddings"] == Json(131'072));
        QVERIFY(config["bos_token_id"] == Json(128'000));
        QCOMPARE(assumptions.size(), std::size_t(2));
        json["dim"] = 4'096;
        QVERIFY(configOf(parseConsolidatedParams(json, ""), 128'256, 8, true, assumptions)["rope_scaling"]["factor"] ==
                Json(8.0));
    }
    void mistralWithoutAWindowHasNone()
    {
        Json json = params();
        json["hidden_dim"] = kMlp;
        std::vector<std::string> assumptions;
        const Json config = configOf(parseConsolidatedParams(json, "params.json"), 32'000, kMlp, false, assumptions);
        QVERIFY(config["model_type"] == Json("mistral"));
        QVERIFY(config.contains("sliding_window") && config["sliding_window"].is_null());
    }
    void paramsThatLieAreRefused_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("code");
        const auto bad = int(ErrorCode::BadConfig), unsupported = int(ErrorCode::UnsupportedModel);
        QTest::newRow("no width") << "dim"
                                  << "null" << bad;
        QTest::newRow("a width of none") << "dim"
                                         << "0" << bad;
        QTest::newRow("a huge width") << "dim"
                                      << "99999999999" << bad;
        QTest::newRow("heads as a text") << "n_heads"
                                         << "\"4\"" << bad;
        QTest::newRow("keys that do not share") << "n_kv_heads"
                                                << "3" << bad;
        QTest::newRow("experts as a list") << "moe"
                                           << "[1]" << bad;
        QTest::newRow("more experts than there are") << "moe"
                                                     << "{\"num_experts\":2,\"num_experts_per_tok\":3}" << bad;
        QTest::newRow("windows") << "sliding_window"
                                 << "[1,2]" << bad;
        QTest::newRow("it sees") << "vision_encoder"
                                 << "{}" << unsupported;
        QTest::newRow("quantised") << "quantization"
                                   << "{}" << unsupported;
    }
    void paramsThatLieAreRefused()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(int, code);
        Json json = params();
        json[key.toStdString()] = Json::parse(value.toStdString());
        const auto refused = errorOf([&] { parseConsolidatedParams(json, "params.json"); });
        QVERIFY(refused);
        QCOMPARE(int(*refused), code);
    }
};

QTEST_GUILESS_MAIN(TestConsolidated)
#include "tst_consolidated.moc"
