// SPDX-License-Identifier: GPL-3.0-or-later
// open_clip_config.json and 1_Pooling/config.json in the words of everybody else.
#include "core/checkpoint/side_files.h"

#include <QTest>

using namespace headlens;

class TestSideFiles : public QObject {
    Q_OBJECT

    static Json openClip()
    {
        return Json::parse(R"({"model_cfg":{"vision_cfg":{"image_size":16,"layers":2,"width":64,"patch_size":8,)"
                           R"("head_width":32},"text_cfg":{"context_length":12,"vocab_size":40,"width":32,"heads":4,)"
                           R"("layers":1}},"preprocess_cfg":{"mean":[0.5,0.5,0.5],"resize_mode":"squash"}})");
    }

private Q_SLOTS:
    void headsOfOpenClipComeFromTheirWidth()
    {
        const auto files = fromOpenClip(openClip());
        QVERIFY(files);
        QCOMPARE(files->config["vision_config"]["num_attention_heads"].get<int>(), 2);
        QCOMPARE(files->config["text_config"]["num_attention_heads"].get<int>(), 4);
        QCOMPARE(files->config["vision_config"]["hidden_act"].get<std::string>(), std::string("gelu"));
        QCOMPARE(files->preprocessor["size"]["height"].get<int>(), 16);
        QVERIFY(!files->preprocessor["do_center_crop"].get<bool>());
        QCOMPARE(files->preprocessor["image_mean"][0].get<double>(), 0.5);
    }
    void quickGeluIsSaid()
    {
        Json json = openClip();
        json["model_cfg"]["quick_gelu"] = true;
        QCOMPARE(fromOpenClip(json)->config["text_config"]["hidden_act"].get<std::string>(), std::string("quick_gelu"));
    }
    void towersOfOthersAreLeftToTheTensors()
    {
        Json resnet = openClip(), timm = openClip(), words = openClip();
        resnet["model_cfg"]["vision_cfg"]["layers"] = {3, 4, 6, 3};
        timm["model_cfg"]["vision_cfg"]["timm_model_name"] = "convnext_base";
        words["model_cfg"]["text_cfg"]["hf_model_name"] = "roberta-base";
        for (const Json& json : {resnet, timm, words, Json::object(), Json{{"model_cfg", 3}}})
            QVERIFY(!fromOpenClip(json));
    }
    void poolingIsTheOneThatIsOn()
    {
        QCOMPARE(poolingFrom(Json{{"pooling_mode_cls_token", true}}), Pooling::First);
        QCOMPARE(poolingFrom(Json{{"pooling_mode_mean_tokens", true}, {"pooling_mode_cls_token", false}}),
                 Pooling::Mean);
        QCOMPARE(poolingFrom(Json{{"pooling_mode_max_tokens", true}}), Pooling::Largest);
        QCOMPARE(poolingFrom(Json{{"pooling_mode_lasttoken", true}}), Pooling::Unknown);
        QCOMPARE(poolingFrom(Json{{"pooling_mode_cls_token", true}, {"pooling_mode_mean_tokens", true}}),
                 Pooling::Unknown);
        QCOMPARE(poolingFrom(Json{{"pooling_mode_cls_token", "yes"}}), Pooling::Unknown);
    }
};

QTEST_GUILESS_MAIN(TestSideFiles)
#include "tst_side_files.moc"
