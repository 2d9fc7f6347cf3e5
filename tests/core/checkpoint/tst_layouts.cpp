// SPDX-License-Identifier: GPL-3.0-or-later
// Whose names a checkpoint uses, and where every canonical tensor is found.
#include "core/checkpoint/layouts.h"

#include <QTest>

using namespace headlens;

class TestLayouts : public QObject {
    Q_OBJECT

    static std::vector<StoredTensor> tensors(const QStringList& names)
    {
        std::vector<StoredTensor> made;
        for (const QString& name : names) made.push_back({name.toStdString(), DType::F32, {6, 2}});
        return made;
    }

private Q_SLOTS:
    void namesBecomeCanonical_data()
    {
        QTest::addColumn<QStringList>("stored");
        QTest::addColumn<QString>("layout");
        QTest::addColumn<QString>("canonical");
        QTest::addColumn<int>("index");
        const auto row = [](const char* title, const QStringList& stored, const char* layout, const char* canonical,
                            int index) { QTest::newRow(title) << stored << layout << canonical << index; };
        const QString hf = "vit.encoder.layer.0.attention.attention.query.weight", timm = "blocks.0.attn.qkv.weight";
        row("Hugging Face ViT", {hf, "classifier.weight"}, "Hugging Face",
            "encoder.layer.0.attention.attention.query.weight", 0);
        row("a head outside the prefix", {hf, "classifier.weight"}, "Hugging Face", "classifier.weight", 1);
        row("DINOv2", {"encoder.layer.0.attention.attention.query.weight", "encoder.layer.11.layer_scale2.lambda1"},
            "Hugging Face", "encoder.layer.11.layer_scale2", 1);
        row("BEiT's scale", {"beit." + hf.mid(4), "beit.encoder.layer.3.lambda_1"}, "Hugging Face",
            "encoder.layer.3.layer_scale1", 1);
        row("DINOv3", {"model.layer.0.attention.q_proj.weight", "model.layer.0.mlp.down_proj.bias"}, "Hugging Face",
            "encoder.layer.0.output.dense.bias", 1);
        row("ViT of transformers 5 in memory", {"vit.layers.0.attention.q_proj.weight", "vit.layers.1.mlp.fc2.bias"},
            "Hugging Face", "encoder.layer.1.output.dense.bias", 1);
        row("BEiT of transformers 5 in memory",
            {"beit.layers.0.attention.q_proj.weight",
             "beit.layers.2.relative_position_bias.relative_position_bias_table"},
            "Hugging Face", "encoder.layer.2.relative_position_bias_table", 1);
        row("BEiT's shared table of transformers 5 in memory",
            {"beit.layers.0.attention.q_proj.weight", "beit.shared_position_bias.relative_position_bias_table"},
            "Hugging Face", "encoder.relative_position_bias_table", 1);
        row("DINOv2 of transformers 5 in memory",
            {"dinov2.encoder.layer.0.attention.q_proj.weight", "dinov2.encoder.layer.3.mlp.gate_proj.bias"},
            "Hugging Face", "encoder.layer.3.gate.bias", 1);
        row("Swin of transformers 5 in memory",
            {"swin.encoder.layers.0.blocks.0.attention.q_proj.weight",
             "swin.encoder.layers.1.blocks.0.attention.relative_position_bias.relative_position_bias_table"},
            "Hugging Face", "encoder.layers.1.blocks.0.attention.self.relative_position_bias_table", 1);
        row("MAE's decoder", {hf, "decoder.decoder_layers.1.output.dense.weight"}, "Hugging Face",
            "decoder.layer.1.output.dense.weight", 1);
        row("MAE's decoder as transformers 5 writes it", {hf, "decoder.decoder_encoder.layer.1.output.dense.weight"},
            "Hugging Face", "decoder.layer.1.output.dense.weight", 1);
        row("MAE's decoder of transformers 5 in memory",
            {"vit.layers.0.attention.q_proj.weight", "decoder.decoder_layers.1.mlp.fc2.weight"}, "Hugging Face",
            "decoder.layer.1.output.dense.weight", 1);
        row("CLIP's picture tower alone, of transformers 5",
            {"embeddings.patch_embedding.weight", "encoder.layers.1.self_attn.k_proj.bias"}, "Hugging Face",
            "vision.encoder.layer.1.attention.attention.key.bias", 1);
        row("CLIP's text tower alone, of transformers 5",
            {"embeddings.token_embedding.weight", "encoder.layers.1.self_attn.k_proj.bias"}, "Hugging Face",
            "text.layer.1.self.key.bias", 1);
        row("SigLIP's pooling in the tower alone", {"embeddings.patch_embedding.weight", "head.probe"}, "Hugging Face",
            "vision.attn_pool.latent", 1);
        row("timm", {timm, "blocks.7.mlp.fc2.bias"}, "timm", "encoder.layer.7.output.dense.bias", 1);
        row("DataParallel", {"module." + timm, "module.cls_token"}, "timm", "embeddings.cls_token", 1);
        row("the teacher, not the student", {"student.backbone." + timm, "teacher.backbone." + timm}, "timm",
            "encoder.layer.0.attention.attention.key.weight", 1);
        row("torch.compile in Lightning", {"model._orig_mod." + timm, "model._orig_mod.norm.bias"}, "timm",
            "layernorm.bias", 1);
        row("chunks of DINOv2", {"blocks.0.0.attn.qkv.weight", "blocks.2.17.norm1.bias", "mask_token"}, "facebook",
            "encoder.layer.17.layernorm_before.bias", 1);
        row("SwiGLU of facebook", {timm, "blocks.0.mlp.w12.bias", "mask_token"}, "facebook",
            "encoder.layer.0.gate.bias", 1);
        row("a facebook MAE", {timm, "decoder_blocks.0.attn.qkv.bias", "mask_token", "decoder_embed.weight"},
            "facebook", "decoder.mask_token", 2);
        row("torchvision ViT", {"encoder.layers.encoder_layer_0.self_attention.in_proj_weight", "heads.head.bias"},
            "torchvision", "classifier.bias", 1);
        row("the published torchvision files",
            {"encoder.layers.encoder_layer_0.self_attention.in_proj_weight",
             "encoder.layers.encoder_layer_3.mlp.linear_2.weight"},
            "torchvision", "encoder.layer.3.output.dense.weight", 1);
        row("torchvision Swin", {"features.1.0.attn.qkv.weight", "features.5.1.mlp.3.bias"}, "torchvision",
            "encoder.layers.2.blocks.1.output.dense.bias", 1);
        row("merging of torchvision", {"features.1.0.attn.qkv.weight", "features.4.norm.weight"}, "torchvision",
            "encoder.layers.1.downsample.norm.weight", 1);
        const QString swin = "layers.0.blocks.0.attn.qkv.weight";
        row("new timm Swin merges first", {swin, "layers.1.downsample.norm.weight"}, "timm",
            "encoder.layers.0.downsample.norm.weight", 1);
        row("old timm Swin merges last", {swin, "layers.0.downsample.norm.weight", "layers.1.downsample.norm.weight"},
            "timm", "encoder.layers.1.downsample.norm.weight", 2);
        row("Microsoft", {swin, "layers.0.blocks.0.attn.relative_position_index", "head.weight"}, "Microsoft",
            "classifier.weight", 2);
        row("Swin v2", {swin, "layers.2.blocks.1.attn.cpb_mlp.0.bias"}, "timm",
            "encoder.layers.2.blocks.1.attention.self.continuous_position_bias_mlp.0.bias", 1);
        row("something unknown", {"a.b.c"}, "Hugging Face", "a.b.c", 0);
    }
    void namesBecomeCanonical()
    {
        QFETCH(QStringList, stored);
        QFETCH(QString, layout);
        QFETCH(QString, canonical);
        QFETCH(int, index);
        const Layout found = recogniseLayout(tensors(stored));
        QCOMPARE(QString::fromStdString(found.name), layout);
        const auto view = found.views.find(canonical.toStdString());
        QVERIFY(view != found.views.end());
        QCOMPARE(int(view->second.index), index);
    }
    // A part of a block that nobody knows stays in its block, where it is noticed; it is no classifier.
    void partsOfOtherNetworksStayInTheirBlocks_data()
    {
        QTest::addColumn<QStringList>("stored");
        QTest::addColumn<QString>("canonical");
        QTest::newRow("DINOv3") << QStringList{"layer.0.attention.q_proj.weight", "norm.weight",
                                               "layer.0.gate_x.weight"}
                                << "encoder.layer.0.gate_x.weight";
        QTest::newRow("open_clip") << QStringList{"visual.transformer.resblocks.0.attn.in_proj_weight",
                                                  "transformer.resblocks.0.attn.in_proj_weight",
                                                  "visual.transformer.resblocks.0.ls_1.gamma"}
                                   << "vision.encoder.layer.0.ls_1.gamma";
        QTest::newRow("CLIP's text") << QStringList{"text_model.encoder.layers.0.self_attn.q_proj.weight",
                                                    "vision_model.encoder.layers.0.self_attn.q_proj.weight",
                                                    "text_model.encoder.layers.0.gate.weight"}
                                     << "text.layer.0.gate.weight";
    }
    void partsOfOtherNetworksStayInTheirBlocks()
    {
        QFETCH(QStringList, stored);
        QFETCH(QString, canonical);
        const Layout layout = recogniseLayout(tensors(stored));
        QVERIFY(layout.views.contains(canonical.toStdString()));
        QVERIFY(!layout.views.contains("classifier.weight"));
    }
    // A norm before or behind the matrix: as a classifier alone it would give other numbers.
    void aHeadWithANormIsNoClassifier()
    {
        const QStringList vit{"blocks.0.attn.qkv.weight", "norm.weight", "fc.1.weight"};
        QVERIFY(recogniseLayout(tensors(vit)).views.contains("classifier.weight"));
        QVERIFY(!recogniseLayout(tensors(vit + QStringList{"fc.0.running_mean"})).views.contains("classifier.weight"));
    }
    void fusedRowsAreCutInOrder()
    {
        const Layout layout =
            recogniseLayout(tensors({"blocks.0.attn.qkv.weight", "mask_token", "blocks.0.mlp.w12.weight"}));
        const auto part = [&](const std::string& name) {
            const TensorView& view = layout.views.at("encoder.layer.0." + name);
            return std::pair(view.part, view.parts);
        };
        QCOMPARE(part("attention.attention.query.weight"), std::pair(0, 3));
        QCOMPARE(part("attention.attention.value.weight"), std::pair(2, 3));
        QCOMPARE(part("gate.weight"), std::pair(0, 2));
        QCOMPARE(part("intermediate.dense.weight"), std::pair(1, 2));
    }
    void aPackedGateIsSeenFromItsShape()
    {
        const std::vector<StoredTensor> stored{{"blocks.0.attn.qkv.weight", DType::F32, {12, 4}},
                                               {"blocks.0.mlp.fc1.weight", DType::F32, {16, 4}},
                                               {"blocks.0.mlp.fc2.weight", DType::F32, {4, 8}}};
        const Layout layout = recogniseLayout(stored);
        QCOMPARE(layout.views.at("encoder.layer.0.gate.weight").part, 0);
        QCOMPARE(layout.views.at("encoder.layer.0.intermediate.dense.weight").part, 1);
    }
    void theKeyBiasOfSwinV2DoesNotExist()
    {
        const Layout layout = recogniseLayout(
            tensors({"features.1.0.attn.qkv.weight", "features.1.0.attn.qkv.bias", "features.1.0.attn.logit_scale"}));
        QVERIFY(layout.views.contains("encoder.layers.0.blocks.0.attention.self.query.bias"));
        QVERIFY(!layout.views.contains("encoder.layers.0.blocks.0.attention.self.key.bias"));
    }
    void buffersAreNoWeights()
    {
        const Layout layout =
            recogniseLayout(tensors({"layers.0.blocks.0.attn.qkv.weight", "layers.0.blocks.1.attn_mask"}));
        QCOMPARE(layout.buffers, (std::set<std::size_t>{1}));
    }
    void endlessNumbersAreNoNumbers()
    {
        const Layout layout =
            recogniseLayout(tensors({"blocks.0.attn.qkv.weight", "blocks.99999999999999999999.norm1.bias"}));
        QVERIFY(layout.views.contains("blocks.99999999999999999999.norm1.bias"));
    }
    void onePrefixComesOffEveryName_data()
    {
        QTest::addColumn<QString>("before");
        for (const char* before : {"_orig_mod.", "module._orig_mod.", "module.", "_fsdp_wrapped_module.", "model.",
                                   "net.", "backbone.model."})
            QTest::newRow(before) << before;
    }
    void onePrefixComesOffEveryName()
    {
        QFETCH(QString, before);
        const Layout layout =
            recogniseLayout(tensors({before + "vit.encoder.layer.0.attention.attention.query.weight",
                                     before + "vit.encoder.layer.0._checkpoint_wrapped_module.output.dense.bias",
                                     before + "classifier.weight", before + "vit.embeddings.position_ids"}));
        QVERIFY(layout.isKnown);
        QCOMPARE(layout.views.at("classifier.weight").index, std::size_t(2));
        QCOMPARE(layout.views.at("encoder.layer.0.output.dense.bias").index, std::size_t(1));
        QVERIFY(layout.buffers.contains(3));
    }
    void aNewHeadIsFoundByItsShape_data()
    {
        QTest::addColumn<QStringList>("heads");
        QTest::addColumn<int>("index"); // of the classifier among all; -1: none
        QTest::newRow("one Linear") << QStringList{"fc.weight", "fc.bias"} << 2;
        QTest::newRow("behind a Dropout") << QStringList{"heads.1.weight", "heads.1.bias"} << 2;
        QTest::newRow("a deeper one") << QStringList{"heads.head.1.weight", "heads.head.1.bias"} << 2;
        QTest::newRow("several layers") << QStringList{"head.mlp.0.weight", "head.mlp.2.weight"} << -1;
        QTest::newRow("two of them") << QStringList{"fc.weight", "aux.weight"} << -1;
        QTest::newRow("of masked patches") << QStringList{"lm_head.weight"} << -1;
    }
    void aNewHeadIsFoundByItsShape()
    {
        QFETCH(QStringList, heads);
        QFETCH(int, index);
        const Layout layout = recogniseLayout(tensors(QStringList{"blocks.0.attn.qkv.weight", "norm.weight"} + heads));
        const auto found = layout.views.find("classifier.weight");
        QCOMPARE(found == layout.views.end() ? -1 : int(found->second.index), index);
        QCOMPARE(layout.assumptions.empty(), index < 0);
    }
    void ofTwoCopiesTheWishedOneIsRead()
    {
        const auto both = tensors({"student.blocks.0.attn.qkv.weight", "teacher.blocks.0.attn.qkv.weight"});
        QCOMPARE(recogniseLayout(both).prefix, std::string("teacher."));
        QCOMPARE(recogniseLayout(both, "raw").prefix, std::string("student."));
        QCOMPARE(recogniseLayout(both).otherPrefixes, std::vector<std::string>{"student."});
    }
};

QTEST_APPLESS_MAIN(TestLayouts)
#include "tst_layouts.moc"
