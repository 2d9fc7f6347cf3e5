// SPDX-License-Identifier: GPL-3.0-or-later
// open_clip_config.json and 1_Pooling/config.json in the words of everybody else.
#include "core/base/error.h"
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
    void whatChangesTheNumbersIsRefusedByName_data()
    {
        QTest::addColumn<QString>("tower");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("mean of patches") << "vision_cfg"
                                         << "pool_type"
                                         << R"("avg")";
        QTest::newRow("norm behind the pooling") << "vision_cfg"
                                                 << "final_ln_after_pool"
                                                 << "true";
        QTest::newRow("attentional pooling") << "vision_cfg"
                                             << "attentional_pool"
                                             << "true";
        QTest::newRow("sinusoids") << "vision_cfg"
                                   << "pos_embed_type"
                                   << R"("sin_cos_2d")";
        QTest::newRow("layer scale") << "vision_cfg"
                                     << "ls_init_value"
                                     << "0.1";
        QTest::newRow("another eps") << "text_cfg"
                                     << "norm_kwargs"
                                     << R"({"eps":1e-6})";
        QTest::newRow("last token") << "text_cfg"
                                    << "pool_type"
                                    << R"("last")";
        QTest::newRow("no mask") << "text_cfg"
                                 << "no_causal_mask"
                                 << "true";
        QTest::newRow("tanh form") << "text_cfg"
                                   << "act_kwargs"
                                   << R"({"approximate":"tanh"})";
    }
    void whatChangesTheNumbersIsRefusedByName()
    {
        QFETCH(QString, tower);
        QFETCH(QString, key);
        QFETCH(QString, value);
        Json json = openClip();
        json["model_cfg"][tower.toStdString()][key.toStdString()] = Json::parse(value.toStdString());
        try {
            fromOpenClip(json);
            QFAIL("was taken");
        } catch (const Error& error) {
            QVERIFY2(error.why().find(key.toStdString()) != std::string::npos, error.what());
        }
    }
    void whatIsAsUsualIsTaken()
    {
        Json json = openClip();
        json["model_cfg"]["vision_cfg"]["pool_type"] = "tok";
        json["model_cfg"]["vision_cfg"]["ls_init_value"] = nullptr;
        json["model_cfg"]["text_cfg"]["pool_type"] = "argmax";
        json["model_cfg"]["text_cfg"]["no_causal_mask"] = false;
        QVERIFY(fromOpenClip(json));
        json["model_cfg"]["multimodal_cfg"] = Json::object();
        QVERIFY_EXCEPTION_THROWN(fromOpenClip(json), Error); // CoCa
    }
    void modulesBesideTheTransformerAreListed()
    {
        const SentenceModules found =
            sentenceModules(Json::parse(R"([{"path":"","type":"sentence_transformers.models.Transformer"},)"
                                        R"({"path":"pool","type":"sentence_transformers.models.Pooling"},)"
                                        R"({"path":"2_Dense","type":"sentence_transformers.models.Dense"},)"
                                        R"({"path":"3_Normalize","type":"sentence_transformers.models.Normalize"}])"));
        QCOMPARE(found.pooling, std::string("pool"));
        QCOMPARE(found.others, std::vector<std::string>{"2_Dense"});
        // A path out of the folder is not followed; what is no list of modules has none.
        QCOMPARE(sentenceModules(Json::parse(R"([{"path":"../x","type":"a.Pooling"},3])")).pooling, std::string());
        QVERIFY(sentenceModules(Json(3)).others.empty());
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
