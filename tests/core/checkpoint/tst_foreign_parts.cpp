// SPDX-License-Identifier: GPL-3.0-or-later
// Another network is named, not shown: quantised weights, factors, prompts, parts of blocks that nobody reads.
#include "core/checkpoint/foreign_parts.h"

#include <QTest>

using namespace headlens;

class TestForeignParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachIsNamed_data()
    {
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<QString>("what");
        const auto row = [](const char* tensor, const char* what) { QTest::newRow(tensor) << tensor << what; };
        row("encoder.layer.0.attention.query.SCB", "bitsandbytes, 8 bits");
        row("layers.0.q_proj.weight.absmax", "bitsandbytes, 4 bits");
        row("layers.0.q_proj.weight.quant_state.bitsandbytes__nf4", "bitsandbytes, 4 bits");
        row("layers.0.q_proj.qweight", "GPTQ or AWQ");
        row("layers.0.q_proj.weight_scale_inv", "fp8");
        row("blocks.0.attn.qkv.weight._data", "quanto");
        row("blocks.0.attn.qkv.lora_A", "LoRA");
        row("base_model.model.layer.0.query.lora_B.default.weight", "LoRA");
        row("prompt_embeddings", "prompts");
        row("deep_prompt_embeddings", "prompts");
        row("visual_prompt", "prompts");
        row("Prompt_Tokens", "prompts");
        row("model.layers.0.q_proj.base_layer.weight", "PEFT");
        row("adapters.0.down.weight", "adapters");
        row("blocks.0.attn.qkv.W_q", "HQQ");
        row("layers.0.q_proj.codebooks", "AQLM");
        row("fc._packed_params._packed_params", "PyTorch");
        row("ssf_scale_1", "SSF");
        row("shared_rel_pos.mlp.fc1.weight", "relative positions");
        row("blocks.0.attn.rel_pos.mlp.fc1.weight", "relative positions");
        row("blocks.0.attn.rel_pos_h", "relative positions");
        row("blocks.3.adaptmlp.down_proj.weight", "adapters");
        row("blocks.0.temporal_attn.qkv.weight", "TimeSformer");
        row("blocks.0.attn.proj_l.weight", "CaiT");
    }
    void eachIsNamed()
    {
        QFETCH(QString, tensor);
        QFETCH(QString, what);
        const auto part = foreignPartOf({{"norm.weight", DType::F32, {4}}, {tensor.toStdString(), DType::F32, {4}}});
        QVERIFY(part);
        QCOMPARE(QString::fromStdString(part->tensor), tensor);
        QVERIFY2(QString::fromStdString(part->what).contains(what), part->what.c_str());
        QVERIFY(!part->remedy.empty());
    }
    void integersInThePlaceOfWeightsAreCodes()
    {
        for (const DType dtype : {DType::I8, DType::U8, DType::I16, DType::I32, DType::I64})
            QVERIFY(foreignPartOf({{"a.weight", dtype, {4, 4}}}));
        QVERIFY(!foreignPartOf({{"a.weight", DType::F16, {4, 4}}}));
        QVERIFY(!foreignPartOf({{"position_ids", DType::I64, {1, 4}}}));
        QVERIFY(!foreignPartOf({}));
    }
    void aTensorOfABlockThatNobodyReadsIsFound()
    {
        const std::vector<StoredTensor> tensors{{"blocks.0.attn.qkv.weight", DType::F32, {6, 2}},
                                                {"blocks.0.attn.gate", DType::F32, {2}},
                                                {"head_aux.weight", DType::F32, {2, 2}}};
        const Layout layout = recogniseLayout(tensors);
        QVERIFY(!unusedInBlock(layout, tensors, {"head_aux.weight"}));
        QCOMPARE(unusedInBlock(layout, tensors, {"head_aux.weight", "blocks.0.attn.gate"}),
                 std::optional<std::string>("blocks.0.attn.gate"));
    }
};

QTEST_GUILESS_MAIN(TestForeignParts)
#include "tst_foreign_parts.moc"
