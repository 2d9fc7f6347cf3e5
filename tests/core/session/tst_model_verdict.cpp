// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the models on a computer HeadLens opens, as the engine tells the window.
#include "core/base/error.h"
#include "core/engine/handlers.h"
#include "core/session/session.h"
#include "core/wire/packing.h"
#include "tests/support/expect_error.h"
#include "tests/support/gguf_writer.h"
#include "tests/support/made_up_caches.h"
#include "tests/support/random_weights.h"
#include "tests/support/tiny_model.h"

#include <QTest>

#include <algorithm>
#include <memory>

using namespace headlens;
using namespace headlens::test;
namespace fs = std::filesystem;

class TestModelVerdict : public QObject {
    Q_OBJECT
    std::unique_ptr<MadeUpCaches> m_caches;
    Session m_session;

    verbs::FoundModels ask(const JobControl& control = {})
    {
        Message request;
        request.verb = verbs::kFindModels.verb;
        request.body = verbs::FindModels{{own().string()}};
        return verbs::unpack<verbs::FoundModels>(handle(m_session, request, control));
    }
    fs::path own() const { return m_caches->home() / "mine"; }
    // A tiny ViT in the folder of this name.
    fs::path written(const std::string& name, const std::function<void(Json&)>& changeConfig = {}) const
    {
        TinyModel tiny;
        tiny.changeConfig = changeConfig;
        fs::create_directories(own() / name);
        tiny.write((own() / name).string());
        return own() / name;
    }
    QString whyNot(const std::string& name)
    {
        const verbs::FoundModels found = ask();
        const auto hit = std::ranges::find(found.models, name, &verbs::FoundModel::name);
        return hit == found.models.end() ? QString("it was not found") : QString::fromStdString(plain(hit->whyNot));
    }

private Q_SLOTS:
    void init() { m_caches = std::make_unique<MadeUpCaches>(); }
    void cleanup() { m_caches.reset(); }

    void aModelOfTheHubIsFoundAndOpensByItsPath()
    {
        const fs::path tiny = written("tiny");
        for (const char* name : {"config.json", "preprocessor_config.json", "model.safetensors"})
            m_caches->hubFile("models--someone--tiny-vit", "r1", name, readBytes((tiny / name).string()));
        m_caches->hubMain("models--someone--tiny-vit", "r1");
        fs::remove_all(own());
        const verbs::FoundModels found = ask();
        QCOMPARE(found.models.size(), 1U);
        const verbs::FoundModel& model = found.models[0];
        QCOMPARE(QString::fromStdString(plain(model.whyNot)), QString());
        QCOMPARE(model.name, "someone/tiny-vit");
        QCOMPARE(model.type, "vit");
        QVERIFY(model.bytes > 1000);
        verbs::OpenModel asked;
        asked.path = model.path;
        QVERIFY(!m_session.openModel(asked).blocks.empty());
    }
    void aTypeThatNoArchitectureRunsIsNamed()
    {
        written("speech", [](Json& config) { config["model_type"] = "whisper"; });
        QVERIFY2(whyNot("speech").contains("type whisper"), qPrintable(whyNot("speech")));
    }
    void weightsWithoutAConfigurationAreKnownByTheirNames()
    {
        fs::rename(written("tiny") / "model.safetensors", own() / "vit.safetensors");
        fs::remove_all(own() / "tiny");
        RandomWeights convolution(1);
        convolution.pair("conv1", {4, 3, 3, 3});
        writeSafetensors((own() / "resnet.safetensors").string(), convolution.tensors, {});
        QCOMPARE(whyNot("vit.safetensors"), QString());
        QVERIFY2(whyNot("resnet.safetensors").contains("no model with such weights"),
                 qPrintable(whyNot("resnet.safetensors")));
        QCOMPARE(ask().models[0].type, "ViT and DINO v1");
    }
    void whatIsDamagedIsSaidInOneSentence_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("said");
        QTest::newRow("empty") << "model.safetensors" << QByteArray() << "cannot be opened";
        QTest::newRow("cut off") << "model.safetensors" << QByteArray("\x10\0\0\0\0\0\0\0{", 9) << "ends too early";
        QTest::newRow("a page") << "model.safetensors" << QByteArray("<!DOCTYPE html><html></html>") << "web page";
        QTest::newRow("configuration") << "config.json" << QByteArray("{") << "config.json";
        QTest::newRow("list") << "config.json" << QByteArray("[1]") << "config.json";
    }
    void whatIsDamagedIsSaidInOneSentence()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, said);
        writeBytes((written("tiny") / file.toStdString()).string(), bytes.toStdString());
        const QString why = whyNot("tiny");
        QVERIFY2(why.contains(said) || (bytes.isEmpty() && why.contains("ends too early")), qPrintable(why));
        QCOMPARE(why.count("."), why.count(file) + 1); // one sentence
    }
    void filesOfGgufAreJudgedByTheirArchitecture()
    {
        MadeUpCaches::write(own() / "cut.gguf", std::string("GGUF\3\0\0\0", 8));
        QVERIFY2(whyNot("cut.gguf").contains("cut.gguf ends too early"), qPrintable(whyNot("cut.gguf")));
        MadeUpCaches::write(own() / "bird.gguf", GgufWriter().word("general.architecture", "falcon").bytes());
        QVERIFY2(whyNot("bird.gguf").contains("the type falcon"), qPrintable(whyNot("bird.gguf")));
    }
    void aMissingPartIsAnUnfinishedDownload()
    {
        const fs::path tiny = written("tiny");
        fs::remove(tiny / "model.safetensors");
        MadeUpCaches::write(tiny / "model-00001-of-00002.safetensors", "x");
        MadeUpCaches::write(tiny / "model.safetensors.index.json",
                            R"({"weight_map": {"a": "model-00002-of-00002.safetensors"}})");
        QVERIFY2(whyNot("tiny").contains("model-00002-of-00002.safetensors is missing"), qPrintable(whyNot("tiny")));
    }
    void theSearchIsCancelledLikeEveryQuestion()
    {
        written("tiny");
        QCOMPARE(errorOf([&] { ask({[] { return true; }, {}}); }), ErrorCode::Cancelled);
        int told = 0;
        ask({{}, [&](const JobStep&) { ++told; }});
        QCOMPARE(told, 0); // the window would take it for the progress of an opening
    }
};

QTEST_GUILESS_MAIN(TestModelVerdict)
#include "tst_model_verdict.moc"
