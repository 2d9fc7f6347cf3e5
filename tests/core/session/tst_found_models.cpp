// SPDX-License-Identifier: GPL-3.0-or-later
// Models in the folders of other programs: where they are, what is said of them, and that nothing which lies there can
// lead the search astray.
#include "core/base/error.h"
#include "core/session/found_models.h"
#include "tests/support/expect_error.h"
#include "tests/support/made_up_caches.h"

#include <QTest>

#include <algorithm>
#include <memory>

#include <sys/inotify.h>
#include <unistd.h>

using namespace headlens;
using namespace headlens::test;
namespace fs = std::filesystem;

namespace {

const std::string kHash(64, 'a'), kOtherHash(64, 'b');
const std::string kConfig = R"({"model_type": "vit"})";
const std::string kCheckpoint("PK\x03\x04 zip", 8);

std::string manifest(const std::string& digest)
{
    return R"({"config": {"digest": "sha256:)" + kOtherHash +
           R"("}, "layers": [{"mediaType": "application/vnd.ollama.image.license", "digest": "sha256:)" + kOtherHash +
           R"("}, {"mediaType": "application/vnd.ollama.image.model", "digest": ")" + digest + R"("}]})";
}

// True while nobody has opened anything in a folder.
class Untouched {
public:
    explicit Untouched(const fs::path& folder)
        : m_queue(::inotify_init1(IN_NONBLOCK)),
          m_watch(::inotify_add_watch(m_queue, folder.c_str(), IN_OPEN | IN_ACCESS))
    {
    }
    ~Untouched() { ::close(m_queue); }
    bool watches() const { return m_watch >= 0; }
    bool holds() const
    {
        std::array<char, 4096> events{};
        return ::read(m_queue, events.data(), events.size()) < 0; // EAGAIN: none
    }

private:
    int m_queue, m_watch;
};

} // namespace

class TestFoundModels : public QObject {
    Q_OBJECT
    std::unique_ptr<MadeUpCaches> m_caches;
    std::vector<std::string> m_judged; // paths, in their order

    // Everything can be opened, but what lies at a path with `no` in it.
    verbs::FoundModels find(const std::vector<std::string>& own = {}, const std::string& no = "never",
                            const JobControl& control = {})
    {
        m_judged.clear();
        const auto judge = [&](const std::string& path) {
            m_judged.push_back(path);
            return path.find(no) == std::string::npos ? ModelVerdict() : ModelVerdict{{"No.", {}}, {}, 0};
        };
        return findModels(modelPlaces(own), judge, control);
    }
    static QStringList namesOf(const verbs::FoundModels& found)
    {
        QStringList names;
        for (const verbs::FoundModel& model : found.models) names << QString::fromStdString(model.name);
        return names;
    }
    static QString whyNot(const verbs::FoundModel& model) { return QString::fromStdString(plain(model.whyNot)); }

private Q_SLOTS:
    void init() { m_caches = std::make_unique<MadeUpCaches>(); }
    void cleanup() { m_caches.reset(); }

    void everyProgramIsLookedForWhereItsVariablesSay_data()
    {
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("folder");
        const auto row = [](const char* variable, const char* value, const char* source, const char* folder) {
            QTest::addRow("%s %s", variable, folder)
                << QByteArray(variable) << QByteArray(value) << QString(source) << QString(folder);
        };
        row("HF_HOME", "/a/hf", "Hugging Face cache", "/a/hf/hub");
        row("HF_HUB_CACHE", "/a/cache", "Hugging Face cache", "/a/cache");
        row("HUGGINGFACE_HUB_CACHE", "/a/old", "Hugging Face cache", "/a/old");
        row("XDG_CACHE_HOME", "/a/xdg", "Hugging Face cache", "/a/xdg/huggingface/hub");
        row("XDG_CACHE_HOME", "/a/xdg", "torch hub", "/a/xdg/torch/hub/checkpoints");
        row("TORCH_HOME", "/a/torch", "torch hub", "/a/torch/hub/checkpoints");
        row("OLLAMA_MODELS", "/a/ollama", "Ollama", "/a/ollama");
        row("HOME", "/a", "Hugging Face cache", "/a/.cache/huggingface/hub");
        row("HOME", "/a", "torch hub", "/a/.cache/torch/hub/checkpoints");
        row("HOME", "/a", "Ollama", "/a/.ollama/models");
        row("HOME", "/a", "LM Studio", "/a/.lmstudio/models");
    }
    void everyProgramIsLookedForWhereItsVariablesSay()
    {
        QFETCH(QByteArray, variable);
        QFETCH(QByteArray, value);
        QFETCH(QString, source);
        QFETCH(QString, folder);
        qputenv(variable, value);
        const std::vector<ModelPlace> places = modelPlaces({});
        const auto hit = std::ranges::find(places, source.toStdString(), &ModelPlace::source);
        QVERIFY(hit != places.end());
        QCOMPARE(QString::fromStdString(hit->folder.string()), folder);
    }
    void aComputerWithoutAnyOfThemHasNoModelsAndNothingToRemark()
    {
        const verbs::FoundModels found = find({"/no/such/folder"});
        QVERIFY(found.models.empty() && found.remarks.empty() && m_judged.empty());
    }
    void aRepositoryOfTheHubIsOneModelUnderItsName()
    {
        m_caches->hubFile("models--google--vit-base-patch16-224", "r1", "config.json", kConfig);
        m_caches->hubFile("models--google--vit-base-patch16-224", "r1", "model.safetensors", std::string(1000, 'x'));
        m_caches->hubMain("models--google--vit-base-patch16-224", "r1\n");
        m_caches->hubFile("datasets--mnist", "r1", "model.safetensors", "no model of ours");
        m_caches->hubFile("models--only--tokenizer", "r1", "tokenizer.json", "{}");
        const verbs::FoundModels found = find();
        QCOMPARE(namesOf(found), QStringList{"google/vit-base-patch16-224"});
        const verbs::FoundModel& model = found.models.front();
        QCOMPARE(model.source, "Hugging Face cache");
        QCOMPARE(model.type, "vit");
        QCOMPARE(model.bytes, 1000);
        QVERIFY(model.used > 1'600'000'000 && model.whyNot.text.empty());
        QCOMPARE(model.path, (m_caches->hub() / "models--google--vit-base-patch16-224").string());
        QCOMPARE(m_judged, std::vector{model.path + "/snapshots/r1"});
    }
    void ofSeveralSnapshotsThatOfMainIsTaken()
    {
        for (const char* revision : {"aaa", "bbb", "ccc"})
            m_caches->hubFile("models--a--b", revision, "pytorch_model.bin", revision);
        m_caches->hubMain("models--a--b", "bbb");
        verbs::FoundModels found = find();
        QCOMPARE(found.models.size(), 1U);
        QVERIFY2(found.models[0].path.ends_with("models--a--b"), "the name says more than the revision");
        QVERIFY(m_judged.size() == 1 && m_judged[0].ends_with("bbb"));
        found = find({}, "bbb"); // that one cannot be opened
        QVERIFY(found.models[0].whyNot.text.empty());
        QVERIFY(!found.models[0].path.ends_with("bbb") && found.models[0].path.find("snapshots") != std::string::npos);
    }
    void anUnfinishedDownloadSaysWhatIsMissing()
    {
        m_caches->hubFile("models--a--gone", "r", "config.json", kConfig);
        fs::remove(m_caches->hubFile("models--a--gone", "r", "model.safetensors", "x"));
        m_caches->hubFile("models--a--half", "r", "config.json", kConfig);
        MadeUpCaches::write(m_caches->hub() / "models--a--half/blobs/123.incomplete", "half");
        const verbs::FoundModels found = find();
        QCOMPARE(namesOf(found), (QStringList{"a/gone", "a/half"}));
        QVERIFY2(whyNot(found.models[0]).contains("model.safetensors is missing"), qPrintable(whyNot(found.models[0])));
        QVERIFY2(whyNot(found.models[1]).contains("not finished"), qPrintable(whyNot(found.models[1])));
        QCOMPARE(found.models[0].type, "vit");
        QVERIFY(m_judged.empty());
    }
    void weightsOfOtherProgramsAreNamed()
    {
        m_caches->hubFile("models--a--keras", "r", "tf_model.h5", "x");
        const verbs::FoundModels found = find();
        QCOMPARE(namesOf(found), QStringList{"a/keras"});
        QVERIFY(whyNot(found.models[0]).contains("another program: tf_model.h5"));
    }
    void everyQuantisationOfARepositoryIsAModelOfItsOwn()
    {
        m_caches->hubFile("models--a--llama", "r", "q4.gguf", "GGUF");
        m_caches->hubFile("models--a--llama", "r", "q8-00001-of-00002.gguf", "GGUF");
        m_caches->hubFile("models--a--llama", "r", "q8-00002-of-00002.gguf", "GGUF");
        QStringList names = namesOf(find());
        names.sort();
        QCOMPARE(names, (QStringList{"a/llama (q4.gguf)", "a/llama (q8-00001-of-00002.gguf)"}));
    }
    void aPartOfGgufThatLeadsOutOfItsPlaceIsNotOpened()
    {
        const fs::path own = m_caches->home() / "mine", outside = m_caches->home() / "secret.gguf";
        MadeUpCaches::write(outside, "GGUF");
        MadeUpCaches::write(own / "a-00001-of-00002.gguf", "GGUF");
        fs::create_symlink(outside, own / "a-00002-of-00002.gguf");
        const verbs::FoundModels found = find({own.string()});
        QCOMPARE(found.models.size(), 1U);
        QVERIFY2(whyNot(found.models[0]).contains("a-00002-of-00002.gguf"), qPrintable(whyNot(found.models[0])));
        QVERIFY(m_judged.empty());
    }
    void filesOfTorchHubAreModelsByThemselves()
    {
        MadeUpCaches::write(m_caches->torchHub() / "dino_deitsmall16_pretrain.pth", kCheckpoint);
        MadeUpCaches::write(m_caches->torchHub() / "resnet.pth.5f2e.partial", kCheckpoint);
        MadeUpCaches::write(m_caches->torchHub() / "notes.txt", "a note");
        const verbs::FoundModels found = find();
        QCOMPARE(namesOf(found), QStringList{"dino_deitsmall16_pretrain.pth"});
        QCOMPARE(found.models[0].source, "torch hub");
    }
    void modelsOfOllamaHaveTheNamesThatPeopleType()
    {
        const fs::path ollama = m_caches->home() / ".ollama/models", names = ollama / "manifests/registry.ollama.ai";
        MadeUpCaches::write(names / "library/llama3/8b", manifest("sha256:" + kHash));
        MadeUpCaches::write(names / "someone/mine/latest", manifest("sha256:" + std::string(64, 'c')));
        MadeUpCaches::write(names / "library/broken/latest", "{\"layers\": ");
        MadeUpCaches::write(names / "library/sly/latest", manifest("sha256:../../../../outside/secret"));
        MadeUpCaches::write(ollama / "blobs" / ("sha256-" + kHash), "GGUF and much more");
        MadeUpCaches::write(ollama / "blobs" / ("sha256-" + kOtherHash), R"({"model_family": "llama"})");
        const verbs::FoundModels found = find();
        QCOMPARE(namesOf(found), (QStringList{"llama3:8b", "broken:latest", "someone/mine:latest"}));
        QCOMPARE(found.models[0].type, "llama");
        QCOMPARE(found.models[0].bytes, 18);
        QVERIFY(whyNot(found.models[1]).contains("cannot be opened"));
        QVERIFY(whyNot(found.models[2]).contains("not finished"));
    }
    void lmStudioAndOwnFoldersAreSearchedToTheirDepths()
    {
        const fs::path studio = m_caches->home() / ".lmstudio/models/someone/Tiny-GGUF",
                       own = m_caches->home() / "mine";
        MadeUpCaches::write(studio / "Tiny-Q4.gguf", "GGUF");
        MadeUpCaches::write(own / "runs/one/config.json", kConfig);
        MadeUpCaches::write(own / "runs/one/model.safetensors", "x");
        MadeUpCaches::write(own / "runs/one/optimizer.pt", kCheckpoint);
        MadeUpCaches::write(own / "alone.pt", kCheckpoint);
        MadeUpCaches::write(own / "part-00001-of-00002.safetensors", "x");
        MadeUpCaches::write(own / "part-00002-of-00002.safetensors", "x");
        MadeUpCaches::write(own / "site-packages/distutils.pth", "import os"); // Python's, no model
        MadeUpCaches::write(own / "data.bin", "anything");
        MadeUpCaches::write(own / ".git/model.safetensors", "x");
        MadeUpCaches::write(own / "1/2/3/4/5/6/7/8/deep.pt", kCheckpoint);
        const verbs::FoundModels found = find({own.string(), own.string(), (own / "runs").string()});
        QStringList names = namesOf(found);
        names.sort();
        QCOMPARE(names, (QStringList{"Tiny-Q4.gguf", "alone.pt", "part-00001-of-00002.safetensors", "runs/one"}));
        for (const verbs::FoundModel& model : found.models)
            if (model.name == "runs/one") QVERIFY(model.type == "vit" && model.source == "a folder of your own");
    }
    void anOwnFolderMayBeACacheOfTheHub()
    {
        m_caches->hubFile("models--a--b", "r", "model.safetensors", "x");
        fs::rename(m_caches->hub(), m_caches->home() / "elsewhere");
        QCOMPARE(namesOf(find({(m_caches->home() / "elsewhere").string()})), QStringList{"a/b"});
    }
    void linksThatLeadOutAreNeitherFollowedNorOpened()
    {
        MadeUpCaches::write(m_caches->outside() / "config.json", kConfig);
        MadeUpCaches::write(m_caches->outside() / "model.safetensors", "x");
        MadeUpCaches::write(m_caches->outside() / "secret", R"({"model_family": "llama"})");
        const fs::path snapshot = m_caches->hub() / "models--a--out/snapshots/r";
        MadeUpCaches::link(snapshot / "model.safetensors", m_caches->outside() / "model.safetensors");
        MadeUpCaches::link(snapshot / "config.json", "../../../../../../../outside/config.json");
        MadeUpCaches::link(m_caches->hub() / "models--a--all", m_caches->outside());
        MadeUpCaches::link(m_caches->hub() / "models--a--main/refs", m_caches->outside());
        MadeUpCaches::link(m_caches->torchHub() / "linked.safetensors", m_caches->outside() / "model.safetensors");
        MadeUpCaches::write(m_caches->home() / "mine/one.pt", kCheckpoint);
        MadeUpCaches::link(m_caches->home() / "mine/there", m_caches->outside());
        MadeUpCaches::link(m_caches->home() / ".ollama/models/blobs/sha256-" += kOtherHash,
                           m_caches->outside() / "secret");
        MadeUpCaches::write(m_caches->home() / ".ollama/models/manifests/r/o/m/t", manifest("sha256:" + kOtherHash));
        const Untouched outside(m_caches->outside());
        QVERIFY(outside.watches());
        const verbs::FoundModels found = find({(m_caches->home() / "mine").string()});
        QVERIFY(outside.holds());
        std::ifstream(m_caches->outside() / "secret").get();
        QVERIFY(!outside.holds()); // it would have been seen
        QCOMPARE(m_judged, std::vector{(m_caches->home() / "mine/one.pt").string()});
        QCOMPARE(found.models.size(), 5U);
        for (const verbs::FoundModel& model : found.models)
            if (model.name != "one.pt")
                QVERIFY2(whyNot(model).contains("leads into another folder"), qPrintable(whyNot(model)));
    }
    void aPlaceMayItselfBeALink()
    {
        m_caches->hubFile("models--a--b", "r", "model.safetensors", "x");
        fs::rename(m_caches->home() / ".cache", m_caches->home().parent_path() / "disk");
        MadeUpCaches::link(m_caches->home() / ".cache", m_caches->home().parent_path() / "disk");
        QCOMPARE(namesOf(find()), QStringList{"a/b"});
    }
    void linksInCirclesComeToAnEnd()
    {
        const fs::path own = m_caches->home() / "mine";
        MadeUpCaches::write(own / "a/one.pt", kCheckpoint);
        MadeUpCaches::link(own / "a/up", "..");
        MadeUpCaches::link(own / "a/again", "../a");
        MadeUpCaches::link(own / "self.pt", "self.pt");
        MadeUpCaches::link(own / "ping.pt", "pong.pt");
        MadeUpCaches::link(own / "pong.pt", "ping.pt");
        MadeUpCaches::link(m_caches->home() / ".ollama/models/manifests/loop", "../manifests");
        const verbs::FoundModels found = find({own.string()});
        QCOMPARE(m_judged.size(), 1U);
        QCOMPARE(found.models.size(), 4U);
    }
    void whatCannotBeReadIsRemarked()
    {
        MadeUpCaches::link(m_caches->home() / "circle", "circle");
        qputenv("HF_HUB_CACHE", QByteArray::fromStdString((m_caches->home() / "circle").string()));
        const fs::path closed = m_caches->home() / "closed";
        MadeUpCaches::write(closed / "one.pt", kCheckpoint);
        fs::permissions(closed, fs::perms::none);
        const verbs::FoundModels found = find({closed.string()});
        fs::permissions(closed, fs::perms::owner_all);
        const bool seesAll = ::geteuid() == 0; // nothing is closed for root
        QCOMPARE(found.remarks.size(), seesAll ? 1U : 2U);
        QVERIFY(plain(found.remarks[0]).find("circle") != std::string::npos);
    }
    void aDamagedConfigurationCostsNothingButTheType()
    {
        int i = 0;
        for (const std::string& config :
             {std::string("{\"model_type\": "), std::string("[]"), std::string(R"({"model_type": 3})"),
              std::string(5000, '['), std::string("\0\xff", 2), std::string()}) {
            const std::string repository = "models--a--b" + std::to_string(i++);
            m_caches->hubFile(repository, "r", "config.json", config);
            m_caches->hubFile(repository, "r", "model.safetensors", "x");
        }
        const verbs::FoundModels found = find();
        QCOMPARE(found.models.size(), std::size_t(i));
        for (const verbs::FoundModel& model : found.models) QVERIFY(model.type.empty());
    }
    void whatCanBeOpenedComesFirstAndOfThatTheNewest()
    {
        for (const auto& [name, age] : {std::pair("old.pth", 300), std::pair("new.pth", 100),
                                        std::pair("middle.pth", 200), std::pair("never.pth", 0)}) {
            MadeUpCaches::write(m_caches->torchHub() / name, kCheckpoint);
            fs::last_write_time(m_caches->torchHub() / name,
                                fs::file_time_type::clock::now() - std::chrono::seconds(age));
        }
        QCOMPARE(namesOf(find()), (QStringList{"new.pth", "middle.pth", "old.pth", "never.pth"}));
    }
    void aThousandFilesAreFound()
    {
        for (int i = 0; i < 1000; ++i)
            MadeUpCaches::write(m_caches->torchHub() / (std::to_string(i) + ".pth"), kCheckpoint);
        QCOMPARE(find().models.size(), 1000U);
        QCOMPARE(m_judged.size(), 1000U);
    }
    void aFolderWithoutEndIsGivenUp()
    {
        const fs::path own = m_caches->home() / "mine";
        for (int i = 0; i < 50'010; ++i) MadeUpCaches::write(own / std::to_string(i), "");
        const verbs::FoundModels found = find({own.string()});
        QCOMPARE(found.remarks.size(), 1U);
        QVERIFY(plain(found.remarks[0]).find("very many files") != std::string::npos);
    }
    void theSearchStopsBetweenTwoFiles()
    {
        for (int i = 0; i < 20; ++i)
            MadeUpCaches::write(m_caches->torchHub() / (std::to_string(i) + ".pth"), kCheckpoint);
        const JobControl control{[this] { return m_judged.size() >= 3; }, {}};
        QCOMPARE(errorOf([&] { find({}, "never", control); }), ErrorCode::Cancelled);
        QCOMPARE(m_judged.size(), 3U);
    }
};

QTEST_GUILESS_MAIN(TestFoundModels)
#include "tst_found_models.moc"
