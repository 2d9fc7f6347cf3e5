// SPDX-License-Identifier: GPL-3.0-or-later
// What changes take from elsewhere: patches from the baseline, means over sets of inputs, directions between them.
#include "core/session/change_sources.h"
#include "core/session/run_tensors.h"
#include "core/session/session.h"
#include "core/wire/changes.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"

#include <ATen/ATen.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestChangeSources : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    Session m_session;
    const std::string m_shown = gradientPng(40, 40), m_other = gradientPng(33, 57);

    void runPicture(const std::string& png, const std::vector<std::string>& changes = {}, const char* name = "a.png")
    {
        verbs::SetInput request = picture(name);
        for (const std::string& change : changes) request.changes.push_back(changeFrom(change));
        m_session.setInput(request, std::as_bytes(std::span(png.data(), png.size())));
    }
    void runText(const std::string& text, const std::vector<std::string>& changes = {})
    {
        verbs::SetInput request = asked(text);
        for (const std::string& change : changes) request.changes.push_back(changeFrom(change));
        m_session.setInput(request, {});
    }
    at::Tensor logits() const { return m_session.run().tensors().result.outputs.at("logits").clone(); }
    at::Tensor logits(const std::vector<std::string>& changes)
    {
        runPicture(m_shown, changes);
        return logits();
    }
    // What enters `block` [1,N,D]; behind the last one with their number.
    at::Tensor entering(int block) const
    {
        return m_session.run().tensors().result.trace.hidden.at("").at(std::size_t(block)).clone();
    }
    // The baseline's logits; the shown picture is run afterwards by whoever asks.
    at::Tensor hold()
    {
        runPicture(m_other, {}, "b.png");
        m_session.hold({});
        return logits();
    }
    QString folderOf(const char* name, const std::vector<std::string>& pictures)
    {
        const QString path = m_folder.path() + "/" + name;
        QDir().mkpath(path);
        for (std::size_t i = 0; i < pictures.size(); ++i)
            writeBytes((path + "/" + QString::number(i) + ".png").toStdString(), pictures[i]);
        return path;
    }
    std::string set(const char* name, const std::vector<std::string>& pictures)
    {
        return folderOf(name, pictures).toStdString();
    }
    static bool same(const at::Tensor& a, const at::Tensor& b) { return at::allclose(a, b, 1e-4, 1e-5); }

private Q_SLOTS:
    void init()
    {
        TinyModel model;
        model.layers = 4;
        const QString path = m_folder.path() + "/model";
        QDir().mkpath(path);
        model.write(path.toStdString());
        m_session = Session();
        m_session.openModel({path.toStdString(), "cpu", {}});
    }

    void allTokensOfTheFirstBlockMakeItTheBaseline()
    {
        const at::Tensor other = hold(), plain = logits(std::vector<std::string>{});
        QVERIFY(!same(other, plain));
        QVERIFY(same(logits({"patch 0 *"}), other));
        QVERIFY(same(logits({"patch * *"}), other));
    }
    void onlyThePatchedTokensOfABlockAreOfTheBaseline()
    {
        hold();
        const at::Tensor theirs = entering(2);
        runPicture(m_shown);
        const at::Tensor ours = entering(3), before = logits();
        runPicture(m_shown, {"patch 2 3,5,3"});
        QVERIFY(!same(logits(), before));
        QVERIFY(!same(entering(3), ours));
        QVERIFY(entering(2).sizes() == theirs.sizes());
        QVERIFY(same(logits({"patch 2 *"}), logits({"patch 2 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16"})));
    }
    void patchesOfBothPartsOfABlockAreAPatchBehindIt()
    {
        hold();
        const at::Tensor whole = logits({"patch 1 *", "patch-attention 1 *", "patch-mlp 1 *"}); // all of it
        QVERIFY(same(whole, logits({"patch 2 *"})));
        QVERIFY(!same(logits({"patch-mlp 1 *"}), logits(std::vector<std::string>{})));
    }
    void patchesOfAllHeadsAreAPatchOfTheAttention()
    {
        hold();
        const at::Tensor attention = logits({"patch-attention 2 *"});
        QVERIFY(same(logits({"patch-head 2.* *"}), attention));
        QVERIFY(
            same(logits({"patch-head 2.0 *", "patch-head 2.1 *", "patch-head 2.2 *", "patch-head 2.3 *"}), attention));
        QVERIFY(!same(logits({"patch-head 2.1 4"}), attention));
    }
    void whatTheBaselineWasChangedByIsPatchedToo()
    {
        runPicture(m_other, {"mlp 1 x0", "head 0.2 x3"}, "b.png");
        m_session.hold({});
        const at::Tensor other = logits();
        QVERIFY(same(logits({"patch 3 *"}), other));
    }
    void aBaselineThatIsPatchedItselfStaysAsItWas()
    {
        hold();
        runPicture(m_shown, {"patch 1 2,3"});
        const at::Tensor patched = logits();
        m_session.hold({}); // the patches of the next run come from this one
        QVERIFY(same(logits({"patch 3 *"}), patched));
    }
    void onlyBlocksFromThePatchOnAreRunAgain()
    {
        hold();
        runPicture(m_shown);
        const at::Tensor first = m_session.run().tensors().result.trace.blocks[0].q;
        runPicture(m_shown, {"patch 2 4"});
        QVERIFY(m_session.run().tensors().result.trace.blocks[0].q.is_same(first));
    }
    void aPatchNeedsABaselineThatFits()
    {
        const auto fails = [this](const char* change) {
            return errorOf([&] { logits(std::vector<std::string>{change}); });
        };
        QCOMPARE(fails("patch 1 *"), ErrorCode::BadRequest); // nothing is held
        hold();
        for (const char* wrong : {"patch 4 *", "patch-head 1.9 *", "patch 1 99", "patch-mlp 1 17"})
            QCOMPARE(fails(wrong), ErrorCode::BadRequest);
        logits({"patch 1 16"});
        m_session.hold({.release = true});
        QCOMPARE(fails("patch 1 16"), ErrorCode::BadRequest);
        hold();
        m_session.openModel({"emoji-vit", "cpu", {}}); // the baseline is of another model now
        QCOMPARE(fails("patch 1 *"), ErrorCode::BadRequest);
    }
    void aBaselineOfAnotherLengthIsRefused()
    {
        m_session.openModel({"story-gpt", "cpu", {}});
        runText("one day a cat went out");
        m_session.hold({});
        QCOMPARE(errorOf([&] { runText("a dog", {"patch 1 *"}); }), ErrorCode::BadRequest);
        runText("one day a dog went out", {"patch 1 0"});
    }
    void throughWindowsOnlyAllTokensArePatched()
    {
        m_session.openModel({"emoji-swin", "cpu", {}});
        const at::Tensor other = hold();
        QVERIFY(same(logits({"patch 0 *"}), other));
        QCOMPARE(errorOf([&] { logits({"patch 0 3"}); }), ErrorCode::BadRequest);
    }

    void theMeanOverOnePictureIsThatPicture()
    {
        const std::string one = set("one", {m_other});
        hold();
        QVERIFY(same(logits({"folder-mean 2.1 " + one}), logits({"patch-head 2.1 *"})));
        QVERIFY(same(logits({"folder-mean 2.* " + one}), logits({"patch-attention 2 *"})));
    }
    void theMeanOverItselfChangesNothing()
    {
        const std::string own = set("own", {m_shown, m_shown});
        QVERIFY(same(logits({"folder-mean *.* " + own}), logits(std::vector<std::string>{})));
    }
    void ofTextsOfOtherLengthsItIsTheMeanOverAllTokens()
    {
        m_session.openModel({"story-gpt", "cpu", {}});
        const std::string file = m_folder.path().toStdString() + "/texts.txt";
        writeBytes(file, "one day\n\nthe cat sat on the mat\r\n");
        runText("a dog went out");
        const at::Tensor plain = m_session.run().tensors().result.trace.hidden.at("").back().clone();
        runText("a dog went out", {"folder-mean 1.0 " + file});
        QVERIFY(!same(m_session.run().tensors().result.trace.hidden.at("").back(), plain));
        QCOMPARE(m_session.averageSet({file, asked("a dog went out")}).total, 2);
        runText("a dog went out", {"steer 1 x0 " + file + " " + file});
        QVERIFY(same(m_session.run().tensors().result.trace.hidden.at("").back(), plain));
    }
    void betweenASetAndItselfLiesNoDirection()
    {
        const std::string a = set("a", {m_shown, m_other});
        QVERIFY(same(logits({"steer 1 x5 " + a + " " + a}), logits(std::vector<std::string>{})));
    }
    void whatIsSteeredGrowsWithTheFactor()
    {
        const std::string a = set("towards", {m_other}), b = set("away", {m_shown});
        runPicture(m_other);
        const at::Tensor towards = entering(2).mean(1);
        runPicture(m_shown);
        const at::Tensor plain = entering(2), direction = towards - plain.mean(1);
        for (const double factor : {1.0, 2.0, -3.0}) {
            runPicture(m_shown, {"steer 1 x" + std::to_string(factor) + " " + a + " " + b});
            QVERIFY(same(entering(2), plain + factor * direction.unsqueeze(1)));
        }
        runPicture(m_shown, {"steer 1 x1 " + a + " " + b, "steer 1 x1 " + a + " " + b});
        QVERIFY(same(entering(2), plain + 2 * direction.unsqueeze(1)));
    }
    void whatFailsIsLeftOutAndCounted()
    {
        const std::string some = set("some", {m_other, "no picture"}), good = set("good", {m_other});
        const verbs::AveragedSet all = m_session.averageSet({some, picture("a.png"), 10});
        QCOMPARE(all.total, 2);
        QCOMPARE(all.done, 2);
        QCOMPARE(all.failed, 1);
        QVERIFY(all.failure.find("1.png") != std::string::npos);
        QVERIFY(same(logits({"folder-mean 1.1 " + some}), logits({"folder-mean 1.1 " + good})));
    }
    void aSetThatHoldsNothingIsRefused()
    {
        QDir().mkpath(m_folder.path() + "/empty");
        const std::string folder = m_folder.path().toStdString();
        writeBytes(folder + "/file.txt", "a text");
        for (const std::string& wrong :
             {folder + "/empty", folder + "/missing", folder + "/file.txt", set("broken", {"no picture"})})
            for (int times = 0; times < 2; ++times) { // not kept as if it had been run
                const auto code = errorOf([&] { logits({"folder-mean 1.1 " + wrong}); });
                QVERIFY2(code == ErrorCode::BadRequest || code == ErrorCode::FileMissing, wrong.c_str());
            }
        m_session.openModel({"story-gpt", "cpu", {}});
        QCOMPARE(errorOf([&] { runText("a", {"folder-mean 1.1 " + folder + "/empty"}); }), ErrorCode::BadRequest);
    }
    void aSetIsWorkedOffLittleByLittleAndOnce()
    {
        const std::string some = set("many", {m_other, m_shown, m_other});
        const verbs::SetInput how = picture("a.png");
        QCOMPARE(m_session.averageSet({some, how, 2}).done, 2);
        QCOMPARE(m_session.averageSet({some, how, 2}).done, 3);
        int told = 0;
        JobControl control;
        control.progress = [&told](const JobStep& step) { told += step.stage == "set" ? 1 : 0; };
        m_session.averageSet({some, how, 2}, control);
        QCOMPARE(told, 0); // nothing was left to run
        m_session.averageSet({set("others", {m_other}), how, 2}, control);
        QCOMPARE(told, 1);
    }
    void aCancelledSetGoesOnWhereItStood()
    {
        const std::string some = set("cancelled", {m_other, m_shown, m_other});
        const verbs::SetInput how = picture("a.png");
        QCOMPARE(m_session.averageSet({some, how, 1}).done, 1);
        JobControl control;
        control.cancelled = [] { return true; };
        QCOMPARE(errorOf([&] { m_session.averageSet({some, how, 5}, control); }), ErrorCode::Cancelled);
        QCOMPARE(m_session.averageSet({some, how, 1}).done, 2);
    }
    void theShownRunStaysWhileASetIsRun()
    {
        const at::Tensor before = logits(std::vector<std::string>{});
        m_session.averageSet({set("beside", {m_other}), picture("a.png"), 2});
        QVERIFY(at::equal(logits(), before));
    }
};

QTEST_GUILESS_MAIN(TestChangeSources)
#include "tst_change_sources.moc"
