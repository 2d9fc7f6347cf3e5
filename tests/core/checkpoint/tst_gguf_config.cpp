// SPDX-License-Identifier: GPL-3.0-or-later
// What config.json would say of the model in a GGUF file.
#include "core/checkpoint/gguf_config.h"
#include "tests/support/expect_error.h"
#include "tests/support/gguf_writer.h"

#include <QTest>

#include <cstring>

using namespace headlens;
using namespace headlens::test;

namespace {

// A model of 2 blocks, 8 wide, 2 heads; `more` adds to it.
GgufWriter model(const std::string& architecture, const std::string& eps = "attention.layer_norm_rms_epsilon")
{
    GgufWriter file;
    const std::string of = architecture + ".";
    file.word("general.architecture", architecture).number(of + "block_count", 2).number(of + "context_length", 64);
    file.number(of + "embedding_length", 8).number(of + "feed_forward_length", 12);
    file.number(of + "attention.head_count", 2).real(of + eps, 0.5F);
    file.counting("token_embd.weight", {5, 8});
    return file;
}

Json configOf(const GgufWriter& file)
{
    const std::string bytes = file.bytes();
    const auto read = [&](std::uint64_t offset, std::span<std::byte> target) {
        std::memcpy(target.data(), bytes.data() + offset, target.size());
    };
    const GgufHeader header = readGguf({"test.gguf", bytes.size(), read});
    const auto values = [&](const GgufTensor& tensor) {
        std::vector<float> floats(std::size_t(tensor.bytes / sizeof(float)));
        read(tensor.offset, std::as_writable_bytes(std::span(floats)));
        return floats;
    };
    return ggufConfig(header, ggufArchitectureOf(header.settings), values, "test.gguf");
}

} // namespace

class TestGgufConfig : public QObject {
    Q_OBJECT

    static void row(const char* title, const GgufWriter& file, const char* expected)
    {
        QTest::newRow(title) << QString::fromStdString(configOf(file).dump()) << QString(expected);
    }

private Q_SLOTS:
    void sizesBaseAndTokensHaveTheNamesOfHuggingFace()
    {
        GgufWriter file = model("llama");
        file.number("llama.attention.head_count_kv", 1).number("llama.rope.dimension_count", 4);
        file.number("tokenizer.ggml.bos_token_id", 1).number("tokenizer.ggml.eos_token_id", 2);
        file.number("tokenizer.ggml.eot_token_id", 4).counting("output.weight", {5, 8});
        QCOMPARE(QString::fromStdString(configOf(file).dump(1)), QString::fromStdString(Json::parse(R"({
            "model_type":"llama","hidden_act":"silu","num_hidden_layers":2,"max_position_embeddings":64,
            "hidden_size":8,"intermediate_size":12,"num_attention_heads":2,"num_key_value_heads":1,"head_dim":4,
            "rms_norm_eps":0.5,"rope_theta":10000.0,"partial_rotary_factor":1.0,"vocab_size":5,
            "tie_word_embeddings":false,"attention_bias":false,"mlp_bias":false,
            "bos_token_id":1,"eos_token_id":[2,4]})")
                                                                                            .dump(1)));
    }
    void everyArchitectureIsTranslated_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("expected");
        row("tied head", model("llama"), R"({"model_type":"llama","tie_word_embeddings":true})");
        row("base", model("llama").real("llama.rope.freq_base", 5e5F), R"({"rope_theta":500000.0})");
        row("Mistral by its window", model("llama").number("llama.attention.sliding_window", 32),
            R"({"model_type":"mistral","sliding_window":32})");
        row("window of 0", model("phi3").number("phi3.attention.sliding_window", 0),
            R"({"model_type":"phi3","sliding_window":null})");
        row("Mixtral by its experts",
            model("llama").number("llama.expert_count", 4).number("llama.expert_used_count", 2),
            R"({"model_type":"mixtral","num_local_experts":4,"num_experts_per_tok":2,"sliding_window":null})");
        row("one number for every block", model("qwen2").numbers("qwen2.attention.head_count_kv", {1, 1}),
            R"({"model_type":"qwen2","num_key_value_heads":1,"use_sliding_window":false})");
        row("heads of their own width", model("qwen3").number("qwen3.attention.key_length", 16),
            R"({"model_type":"qwen3","head_dim":16})");
        row("Qwen's experts",
            model("qwen3moe")
                .number("qwen3moe.expert_count", 8)
                .number("qwen3moe.expert_feed_forward_length", 6)
                .counting("blk.1.ffn_gate.weight", {12, 8}),
            R"({"model_type":"qwen3_moe","num_experts":8,"moe_intermediate_size":6,"norm_topk_prob":true,)"
            R"("decoder_sparse_step":1,"mlp_only_layers":[1]})");
        row("Gemma 1", model("gemma"),
            R"({"model_type":"gemma","norms_about_one":false,"hidden_activation":"gelu_pytorch_tanh"})");
        row("Gemma 2",
            model("gemma2").real("gemma2.final_logit_softcapping", 20).number("gemma2.attention.key_length", 16),
            R"({"model_type":"gemma2","query_pre_attn_scalar":16,"attn_logit_softcapping":50,)"
            R"("final_logit_softcapping":20.0,"sliding_window":4096,"norms_about_one":false})");
        row("Gemma 3",
            model("gemma3")
                .number("gemma3.attention.sliding_window", 4)
                .word("gemma3.rope.scaling.type", "linear")
                .real("gemma3.rope.scaling.factor", 8),
            R"({"model_type":"gemma3_text","sliding_window":4,"sliding_window_pattern":6,)"
            R"("rope_local_base_freq":10000,"rope_scaling":{"rope_type":"linear","factor":8.0}})");
        row("windows listed by block", model("gemma3").numbers("gemma3.attention.sliding_window_pattern", {1, 0}),
            R"({"layer_types":["sliding_attention","full_attention"]})");
        row("GPT-NeoX",
            model("gptneox", "attention.layer_norm_epsilon")
                .number("gptneox.rope.dimension_count", 1)
                .flag("gptneox.use_parallel_residual", false),
            R"({"model_type":"gpt_neox","layer_norm_eps":0.5,"rotary_pct":0.25,"rotary_emb_base":10000.0,)"
            R"("use_parallel_residual":false,"hidden_act":"gelu"})");
        row("StableLM", model("stablelm", "attention.layer_norm_epsilon").counting("blk.0.attn_q.bias", {8}),
            R"({"model_type":"stablelm","use_qkv_bias":true,"qk_layernorm":false,"use_parallel_residual":false})");
        row("Phi", model("phi2", "attention.layer_norm_epsilon"), R"({"model_type":"phi","hidden_act":"gelu_new"})");
        row("OLMo 2", model("olmo2"), R"({"model_type":"olmo2","rms_norm_eps":0.5})");
        row("long factors of Phi 3",
            model("phi3")
                .number("phi3.rope.scaling.original_context_length", 16)
                .real("phi3.rope.scaling.attn_factor", 1.5F)
                .counting("rope_factors_long.weight", {1}, 0)
                .counting("rope_factors_short.weight", {1}, 0),
            R"({"original_max_position_embeddings":16,"rope_scaling":{"rope_type":"longrope","long_factor":[1.0],)"
            R"("short_factor":[1.0],"attention_factor":1.5,"original_max_position_embeddings":16}})");
        row("YaRN",
            model("qwen2")
                .word("qwen2.rope.scaling.type", "yarn")
                .real("qwen2.rope.scaling.factor", 4)
                .number("qwen2.rope.scaling.original_context_length", 16),
            R"({"rope_scaling":{"rope_type":"yarn","factor":4.0,"original_max_position_embeddings":16}})");
        row("factors of Llama 3", model("llama").counting("rope_freqs.weight", {2}, 0),
            R"({"rope_frequency_divisors":[1.0,1.0]})");
        row("unknown architecture", GgufWriter().word("general.architecture", "fal\xFFon"),
            R"({"model_type":"fal?on"})");
        row("none", GgufWriter(), R"({})");
    }
    void everyArchitectureIsTranslated()
    {
        QFETCH(QString, config);
        QFETCH(QString, expected);
        const Json whole = Json::parse(config.toStdString()), wanted = Json::parse(expected.toStdString());
        for (const auto& [key, value] : wanted.items()) {
            QVERIFY2(whole.contains(key), key.c_str());
            QCOMPARE(QString::fromStdString(key + whole[key].dump()), QString::fromStdString(key + value.dump()));
        }
    }
    void theLargestGemmasScaleTheirQueriesByTheWidthOverTheHeads()
    {
        for (const auto& [architecture, blocks] : {std::pair("gemma2", 46U), {"gemma3", 62U}}) {
            const std::string of = std::string(architecture) + ".";
            GgufWriter file;
            file.word("general.architecture", architecture).number(of + "block_count", blocks);
            file.number(of + "embedding_length", 36).number(of + "attention.head_count", 2);
            file.number(of + "attention.key_length", 16);
            QCOMPARE(configOf(file)["query_pre_attn_scalar"].get<int>(), 18);
        }
    }
    void aPartOfAHeadIsTheSameNumberAfterMultiplying()
    {
        for (std::uint32_t turned = 1; turned <= 96; ++turned) {
            GgufWriter file = model("stablelm");
            file.number("stablelm.attention.key_length", 96).number("stablelm.rope.dimension_count", turned);
            QCOMPARE(std::uint32_t(96 * configOf(file)["partial_rotary_factor"].get<double>()), turned);
        }
    }
    void aVocabularyAloneCountsItsTokens()
    {
        GgufWriter file;
        file.word("general.architecture", "llama").number("llama.attention.head_count", 2);
        file.words("tokenizer.ggml.tokens", {"a", "b", "c"});
        QCOMPARE(configOf(file)["vocab_size"].get<int>(), 3);
    }
    void whatCannotBeIsRefused_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<int>("code");
        QTest::newRow("blocks that differ") << 0 << int(ErrorCode::UnsupportedModel);
        QTest::newRow("values of another width") << 4 << int(ErrorCode::UnsupportedModel);
        QTest::newRow("no heads") << 1 << int(ErrorCode::BadConfig);
        QTest::newRow("factor of 0") << 2 << int(ErrorCode::BadWeights);
        QTest::newRow("factors in a matrix") << 3 << int(ErrorCode::BadWeights);
    }
    void whatCannotBeIsRefused()
    {
        QFETCH(int, which);
        QFETCH(int, code);
        GgufWriter file = model("llama");
        if (which == 0) file.numbers("llama.attention.head_count_kv", {1, 2});
        if (which == 1) file.number("llama.attention.head_count_kv", 0);
        if (which == 2) file.counting("rope_freqs.weight", {2});
        if (which == 4) file.number("llama.attention.value_length", 3);
        if (which == 3) file.counting("rope_freqs.weight", {1, 2}, 0);
        const auto error = errorOf([&] { configOf(file); });
        QVERIFY(error.has_value());
        QCOMPARE(int(*error), code);
    }
};

QTEST_APPLESS_MAIN(TestGgufConfig)
#include "tst_gguf_config.moc"
