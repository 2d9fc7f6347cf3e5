// SPDX-License-Identifier: GPL-3.0-or-later
// A GGUF file as a container: names, shapes and rows as in safetensors, and files in several parts.
#include "core/checkpoint/container.h"
#include "core/checkpoint/model_folder.h"
#include "core/wire/safe_json.h"
#include "tests/support/expect_error.h"
#include "tests/support/gguf_writer.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

using namespace headlens;
using namespace headlens::test;

namespace {

constexpr std::uint32_t kF16 = 1, kQ8_0 = 8, kIQ2_XXS = 16;

GgufWriter model(const std::string& architecture)
{
    GgufWriter file;
    file.word("general.architecture", architecture).number(architecture + ".attention.head_count", 2);
    return file;
}

// Q8_0 of two rows of 32: the first of 1, the second of 2.
std::string twoRows()
{
    const std::string one = raw(std::uint16_t(0x3C00));
    return one + std::string(32, '\1') + one + std::string(32, '\2');
}

std::vector<float> valuesOf(const Container& container, const std::string& name)
{
    const auto& all = container.tensors();
    const auto hit = std::ranges::find(all, name, &StoredTensor::name);
    if (hit == all.end()) return {};
    const RawTensor tensor = container.read(std::size_t(hit - all.begin()));
    std::vector<float> values(tensor.bytes.size() / sizeof(float));
    std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
    return values;
}

std::vector<std::string> namesOf(const Container& container)
{
    std::vector<std::string> names;
    for (const StoredTensor& tensor : container.tensors()) names.push_back(tensor.name);
    return names;
}

using Floats = std::vector<float>;
using Shape = std::vector<std::int64_t>;
using Names = std::vector<std::string>;

} // namespace

class TestGgufFile : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;

    std::string path(const std::string& name) const
    {
        return m_folder->filePath(QString::fromStdString(name)).toStdString();
    }
    std::unique_ptr<Container> opened(const GgufWriter& file) const
    {
        writeBytes(path("model.gguf"), file.bytes());
        return openContainer(path("model.gguf"));
    }
    // Part `number` of `count`, with one tensor.
    void writePart(int number, int count, const std::string& tensor, int told = 0) const
    {
        GgufWriter file = number == 1 ? model("llama") : GgufWriter();
        file.number("split.no", std::uint32_t((told > 0 ? told : number) - 1))
            .number("split.count", std::uint32_t(count));
        file.counting(tensor, {1, 2}, float(number));
        const QString name = QString("m-%1-of-%2.gguf").arg(number, 5, 10, QChar('0')).arg(count, 5, 10, QChar('0'));
        writeBytes(path(name.toStdString()), file.bytes());
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void namesBecomeThoseOfHuggingFace_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<QString>("stored");
        QTest::addColumn<QString>("there");
        const auto row = [](const char* architecture, const char* stored, const char* there) {
            QTest::addRow("%s of %s", stored, architecture) << architecture << stored << there;
        };
        row("llama", "token_embd.weight", "model.embed_tokens.weight");
        row("llama", "output_norm.weight", "model.norm.weight");
        row("llama", "output.weight", "lm_head.weight");
        row("llama", "blk.12.attn_v.weight", "model.layers.12.self_attn.v_proj.weight");
        row("llama", "blk.0.attn_output.weight", "model.layers.0.self_attn.o_proj.weight");
        row("llama", "blk.0.ffn_norm.weight", "model.layers.0.post_attention_layernorm.weight");
        row("qwen2", "blk.0.attn_q.bias", "model.layers.0.self_attn.q_proj.bias");
        row("qwen3", "blk.0.attn_k_norm.weight", "model.layers.0.self_attn.k_norm.weight");
        row("qwen3moe", "blk.0.ffn_gate_inp.weight", "model.layers.0.mlp.gate.weight");
        row("qwen2moe", "blk.0.ffn_up_shexp.weight", "model.layers.0.mlp.shared_expert.up_proj.weight");
        row("gemma", "blk.0.ffn_norm.weight", "model.layers.0.post_attention_layernorm.weight");
        row("gemma2", "blk.0.ffn_norm.weight", "model.layers.0.pre_feedforward_layernorm.weight");
        row("gemma3", "blk.0.post_attention_norm.weight", "model.layers.0.post_attention_layernorm.weight");
        row("gemma3", "blk.0.post_ffw_norm.weight", "model.layers.0.post_feedforward_layernorm.weight");
        row("phi3", "blk.0.attn_qkv.weight", "model.layers.0.self_attn.qkv_proj.weight");
        row("phi3", "blk.0.ffn_up.weight", "model.layers.0.mlp.gate_up_proj.weight");
        row("phi2", "blk.0.ffn_down.bias", "model.layers.0.mlp.fc2.bias");
        row("gptneox", "token_embd.weight", "gpt_neox.embed_in.weight");
        row("gptneox", "output.weight", "embed_out.weight");
        row("gptneox", "output_norm.bias", "gpt_neox.final_layer_norm.bias");
        row("gptneox", "blk.1.ffn_up.weight", "gpt_neox.layers.1.mlp.dense_h_to_4h.weight");
        row("gptneox", "blk.1.ffn_norm.bias", "gpt_neox.layers.1.post_attention_layernorm.bias");
        row("stablelm", "blk.0.attn_norm.bias", "model.layers.0.input_layernorm.bias");
        row("olmo2", "blk.0.post_ffw_norm.weight", "model.layers.0.post_feedforward_layernorm.weight");
        row("falcon", "blk.0.attn_norm.weight", "blk.0.attn_norm.weight");
    }
    void namesBecomeThoseOfHuggingFace()
    {
        QFETCH(QString, architecture);
        QFETCH(QString, stored);
        QFETCH(QString, there);
        const auto file = opened(model(architecture.toStdString()).counting(stored.toStdString(), {12}));
        QCOMPARE(namesOf(*file), Names{there.toStdString()});
        QCOMPARE(file->tensors()[0].shape, Shape{12});
    }
    void alternatingHalvesOfHeadsAreTurnedBackForLlamaAlone()
    {
        const Names names{"blk.0.attn_q.weight", "blk.0.attn_q.bias", "blk.0.attn_k.weight"};
        GgufWriter llama = model("llama"), qwen = model("qwen2");
        llama.number("llama.attention.head_count_kv", 1);
        for (GgufWriter* file : {&llama, &qwen})
            file->counting(names[0], {8, 1}).counting(names[1], {8}).counting(names[2], {4, 1});
        const auto turned = opened(llama);
        QCOMPARE(valuesOf(*turned, "model.layers.0.self_attn.q_proj.weight"), (Floats{0, 2, 1, 3, 4, 6, 5, 7}));
        QCOMPARE(valuesOf(*turned, "model.layers.0.self_attn.q_proj.bias"), (Floats{0, 2, 1, 3, 4, 6, 5, 7}));
        QCOMPARE(valuesOf(*turned, "model.layers.0.self_attn.k_proj.weight"), (Floats{0, 2, 1, 3}));
        const auto same = opened(qwen);
        QCOMPARE(valuesOf(*same, "model.layers.0.self_attn.q_proj.weight"), (Floats{0, 1, 2, 3, 4, 5, 6, 7}));
    }
    void queriesKeysAndValuesOfNeoXLieTogetherByHead()
    {
        const auto file = opened(model("gptneox").counting("blk.0.attn_qkv.weight", {12, 1}));
        QCOMPARE(valuesOf(*file, "gpt_neox.layers.0.attention.query_key_value.weight"),
                 (Floats{0, 1, 4, 5, 8, 9, 2, 3, 6, 7, 10, 11}));
    }
    void rowsThatAreNoHeadsAreRefused()
    {
        QCOMPARE(errorOf([&] {
                     opened(model("llama").counting("blk.0.attn_q.weight", {6, 1}));
                 }),
                 ErrorCode::BadWeights);
        QCOMPARE(errorOf([&] {
                     opened(model("gptneox").counting("blk.0.attn_qkv.weight", {8, 1}));
                 }),
                 ErrorCode::BadWeights);
    }
    void stackedExpertsBecomeOneTensorEach()
    {
        GgufWriter mixture = model("llama");
        mixture.number("llama.expert_count", 2).counting("blk.0.ffn_down_exps.weight", {2, 1, 3});
        const auto file = opened(mixture);
        const std::string before = "model.layers.0.block_sparse_moe.experts.";
        QCOMPARE(namesOf(*file), (Names{before + "0.w2.weight", before + "1.w2.weight"}));
        QCOMPARE(file->tensors()[1].shape, (Shape{1, 3}));
        QCOMPARE(valuesOf(*file, before + "1.w2.weight"), (Floats{3, 4, 5}));
        GgufWriter absurd = model("llama");
        absurd.number("llama.expert_count", 2).tensor({"blk.0.ffn_down_exps.weight", {1ULL << 40, 0, 1}, 0, {}});
        QCOMPARE(errorOf([&] { opened(absurd); }), ErrorCode::BadHeader);
    }
    void factorsOfTheRotationAreSettingsAndNoWeights()
    {
        const auto file = opened(model("llama").counting("rope_freqs.weight", {2}, 0));
        QVERIFY(file->tensors().empty());
        QCOMPARE((*file->settings())["rope_frequency_divisors"].size(), 2U);
    }
    void blocksAreUnpackedAsAWholeAndByRows()
    {
        const auto file = opened(model("qwen2").tensor({"blk.0.ffn_up.weight", {2, 32}, kQ8_0, twoRows()}));
        QVERIFY(file->isPacked(0));
        QVERIFY(!file->sliceOf(0));
        QVERIFY(file->tensors()[0].dtype == DType::F32);
        Floats both(64, 1), second(32);
        std::fill(both.begin() + 32, both.end(), 2.0F);
        QCOMPARE(valuesOf(*file, "model.layers.0.mlp.up_proj.weight"), both);
        file->readRows(0, 1, second);
        QCOMPARE(second, Floats(32, 2));
        QCOMPARE(file->remarks(), Names{"weights: Q8_0 of GGUF, computed with as float32"});
    }
    void blocksCanBeTakenAsTheyAreStored()
    {
        const auto file = opened(model("qwen2").tensor({"blk.0.ffn_up.weight", {2, 32}, kQ8_0, twoRows()}));
        QVERIFY(file->formatOf(0) == BlockFormat::Q8_0);
        std::string second(34, 'x');
        file->readBlocks(0, 1, std::as_writable_bytes(std::span(second)));
        QCOMPARE(second, twoRows().substr(34));
    }
    void rowsOfHeadsAreTakenInTheirOrder()
    {
        // Two heads of four rows, whose halves alternate in the file.
        const auto file = opened(model("llama").tensor({"blk.0.attn_q.weight", {8, 1}, kF16, "0011223344556677"}));
        QVERIFY(file->formatOf(0) == BlockFormat::F16);
        std::string rows(16, 'x');
        file->readBlocks(0, 0, std::as_writable_bytes(std::span(rows)));
        QCOMPARE(rows, std::string("0022113344665577"));
    }
    void whatIsFloat32OrAVectorIsNotTakenSo()
    {
        const auto file = opened(
            model("qwen2").counting("blk.0.ffn_up.weight", {2, 2}).tensor({"blk.0.attn_q.bias", {2}, kF16, "abcd"}));
        for (std::size_t i = 0; i < 2; ++i) QVERIFY(!file->formatOf(i));
    }
    void numbersThatOthersReadAsTheyAreLieInTheFile()
    {
        const auto file = opened(model("qwen2").tensor({"blk.0.ffn_up.weight", {1, 2}, kF16, "abcd"}));
        QVERIFY(!file->isPacked(0));
        QVERIFY(file->tensors()[0].dtype == DType::F16);
        const auto slice = file->sliceOf(0);
        QVERIFY(slice && slice->bytes == 4);
        std::array<char, 4> bytes{};
        slice->file->read(slice->offset, std::as_writable_bytes(std::span(bytes)));
        QCOMPARE(std::string(bytes.data(), 4), std::string("abcd"));
        QCOMPARE(errorOf([&] { file->readRows(0, 0, {}); }), std::nullopt); // as rows too
    }
    void formatsThatAreNotComputedAreRefusedWhenReadAlone()
    {
        const auto file = opened(model("qwen2").tensor({"blk.0.ffn_up.weight", {256}, kIQ2_XXS, std::string(66, 'x')}));
        QCOMPARE(file->tensors().size(), 1U);
        try {
            file->read(0);
            QFAIL("read what it cannot");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::UnsupportedModel);
            QVERIFY(error.why().find("IQ2_XXS") != std::string::npos);
        }
    }
    void aVocabularyAloneOpensWithoutTensors()
    {
        const auto file = opened(model("llama").words("tokenizer.ggml.tokens", {"a", "b"}));
        QVERIFY(file->tensors().empty());
        QCOMPARE((*file->settings())["vocab_size"].get<int>(), 2);
    }
    void allPartsOpenByTheNameOfAny()
    {
        writePart(1, 2, "token_embd.weight");
        writePart(2, 2, "output.weight");
        for (const char* name : {"m-00001-of-00002.gguf", "m-00002-of-00002.gguf"}) {
            const auto file = openContainer(path(name));
            QCOMPARE(namesOf(*file), (Names{"model.embed_tokens.weight", "lm_head.weight"}));
            QCOMPARE(valuesOf(*file, "lm_head.weight"), (Floats{0, 2}));
            QCOMPARE(file->files().size(), 2U);
            QCOMPARE(file->remarks().back(), std::string("opened: all 2 parts"));
        }
    }
    void partsThatDoNotBelongTogetherAreRefused()
    {
        writePart(1, 2, "token_embd.weight");
        QCOMPARE(errorOf([&] { openContainer(path("m-00001-of-00002.gguf")); }), ErrorCode::FileMissing);
        writePart(2, 2, "token_embd.weight");
        QCOMPARE(errorOf([&] { openContainer(path("m-00001-of-00002.gguf")); }), ErrorCode::BadHeader);
        writePart(2, 2, "output.weight", 1);
        QCOMPARE(errorOf([&] { openContainer(path("m-00001-of-00002.gguf")); }), ErrorCode::BadHeader);
        writePart(2, 2, "output.weight");
        std::filesystem::rename(path("m-00001-of-00002.gguf"), path("first.gguf"));
        QCOMPARE(errorOf([&] { openContainer(path("first.gguf")); }), ErrorCode::PartMissing);
    }
    void ofAFolderTheFirstModelIsTakenAndNoVisionTower()
    {
        writeBytes(path("mmproj-a.gguf"), model("clip").bytes());
        writePart(1, 2, "token_embd.weight");
        writePart(2, 2, "output.weight");
        Names assumptions;
        QCOMPARE(openFolder(path(""), {}, assumptions)->files().size(), 2U);
        QVERIFY(assumptions.empty());
        writeBytes(path("b.gguf"), model("qwen2").bytes());
        QCOMPARE(openFolder(path(""), {}, assumptions)->files(), Names{path("b.gguf")});
        QCOMPARE(assumptions.size(), 1U);
        TinyModel().write(path(""));
        QCOMPARE(openFolder(path(""), {}, assumptions)->files(), Names{path("model.safetensors")});
    }
    void modelsOfTheReferenceHaveTheNamesTheirArchitecturesAskFor_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<QString>("shape");
        if (sharedFolder().empty()) QSKIP("the reference cases are not on this machine");
        QTest::newRow("Llama") << "gguf_llama_q8_0/model.gguf"
                               << "model.layers.1.self_attn.k_proj.weight"
                               << "[32,64]";
        QTest::newRow("Qwen 2") << "gguf_qwen2_q4_k_m/model.gguf"
                                << "model.layers.0.self_attn.v_proj.bias"
                                << "[64]";
        QTest::newRow("Gemma 3") << "gguf_gemma3_q8_0/model.gguf"
                                 << "model.layers.6.pre_feedforward_layernorm.weight"
                                 << "[32]";
        QTest::newRow("GPT-NeoX") << "gguf_gptneox_f16/model.gguf"
                                  << "gpt_neox.layers.0.attention.query_key_value.bias"
                                  << "[192]";
        QTest::newRow("Mixtral") << "gguf_mixtral_q8_0/model.gguf"
                                 << "model.layers.1.block_sparse_moe.experts.3.w2.weight"
                                 << "[64,64]";
    }
    void modelsOfTheReferenceHaveTheNamesTheirArchitecturesAskFor()
    {
        QFETCH(QString, file);
        QFETCH(QString, tensor);
        QFETCH(QString, shape);
        const auto container = openContainer(sharedFolder() + "/oracle_language/" + file.toStdString());
        const auto& all = container->tensors();
        const auto hit = std::ranges::find(all, tensor.toStdString(), &StoredTensor::name);
        QVERIFY(hit != all.end());
        QCOMPARE(QString::fromStdString(Json(hit->shape).dump()), shape);
        for (std::size_t i = 0; i < all.size(); ++i) {
            QVERIFY2(!all[i].name.starts_with("blk."), all[i].name.c_str());
            std::int64_t count = 1;
            for (const std::int64_t extent : all[i].shape) count *= extent;
            QCOMPARE(container->read(i).bytes.size() * 8, std::size_t(count * bitsOf(all[i].dtype)));
        }
    }
};

QTEST_APPLESS_MAIN(TestGgufFile)
#include "tst_gguf_file.moc"
