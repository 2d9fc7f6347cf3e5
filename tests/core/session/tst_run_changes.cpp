// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions of a request: what they do to a run, and that blocks before them are not run again.
#include "core/session/run_changes.h"
#include "core/session/run_tensors.h"
#include "core/session/session.h"
#include "core/trace/readers.h"
#include "core/wire/changes.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestRunChanges : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::string m_png = gradientPng(40, 40);
    Session m_session;
    std::map<std::string, std::string> m_switches;

    const RunTensors& run(const std::vector<std::string>& changes)
    {
        verbs::SetInput request = picture("a.png");
        request.switches = m_switches;
        if (m_session.model().text.reads) request.text = "a dog";
        for (const std::string& change : changes) request.changes.push_back(changeFrom(change));
        m_session.setInput(request, std::as_bytes(std::span(m_png.data(), m_png.size())));
        return m_session.run().tensors();
    }
    at::Tensor logits(const std::vector<std::string>& changes)
    {
        return run(changes).result.outputs.at("logits").clone();
    }

private Q_SLOTS:
    void init()
    {
        TinyModel model;
        model.layers = 4;
        model.write(m_folder.path().toStdString());
        m_session = Session();
        m_switches.clear();
        m_session.openModel({m_folder.path().toStdString(), "cpu", {}});
    }
    void whatDoesNotExistIsRefusedAndTheRunStays_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"head 9.0 x0", "head 1.9 x0", "mlp 4 x0", "hide 99", "cut 1.1 99>0", "cut 1.1 0>99",
                                 "cover-blur 99", "cut 1.1 *>99"})
            QTest::newRow(text) << text;
    }
    void whatDoesNotExistIsRefusedAndTheRunStays()
    {
        QFETCH(QString, text);
        const at::Tensor before = logits({});
        QCOMPARE(errorOf([&] { run({text.toStdString()}); }), ErrorCode::BadRequest);
        QVERIFY(at::equal(m_session.run().tensors().result.outputs.at("logits"), before));
    }
    void fromTheMiddleItIsTheSameAsFromTheBeginning_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"head 2.1 x0", "mean 3.0", "mlp 3 x2", "cut 2.* 0>5", "block 1 x0"})
            QTest::newRow(text) << text;
    }
    void fromTheMiddleItIsTheSameAsFromTheBeginning()
    {
        QFETCH(QString, text);
        const at::Tensor whole = logits({text.toStdString()}); // nothing was run before
        const at::Tensor plain = logits({});
        const RunTensors& again = run({text.toStdString()});
        QVERIFY(at::allclose(again.result.outputs.at("logits"), whole, 1e-5, 1e-6));
        QVERIFY(!at::allclose(plain, whole, 1e-5, 1e-6));
        QCOMPARE(again.result.trace.blocks.size(), std::size_t(4));
        QCOMPARE(again.result.trace.hidden.at("").size(), std::size_t(5));
    }
    void anIntactBlockIsThatOfTheUnchangedRun()
    {
        const at::Tensor first = run({}).result.trace.blocks[0].q,
                         last = m_session.run().tensors().result.trace.blocks[3].q;
        const Trace& changed = run({"head 2.0 x0"}).result.trace;
        QVERIFY(changed.blocks[0].q.is_same(first)); // not run again
        QVERIFY(!at::allclose(changed.blocks[3].q, last));
    }
    void anotherPictureIsRunFromTheBeginning()
    {
        const at::Tensor first = run({}).result.trace.blocks[0].q;
        m_png = gradientPng(33, 57);
        QVERIFY(!at::allclose(run({"head 3.0 x0"}).result.trace.blocks[0].q, first));
    }
    void hiddenPatchesAndCutEdgesShowInTheMaps()
    {
        const at::Tensor hidden = attentionMap(run({"hide 5"}).result.trace.blocks[2]);
        QCOMPARE(hidden.select(-1, 5).abs().max().item<double>(), 0.0);
        const at::Tensor cut = attentionMap(run({"cut 1.2 0>3,4"}).result.trace.blocks[1]);
        QCOMPARE(cut[0][2][0][3].item<double>(), 0.0);
        QVERIFY(cut[0][1][0][3].item<double>() > 0);
        QVERIFY(std::abs(cut[0][2][0].sum().item<double>() - 1) < 1e-5);
    }
    void coveredPatchesAreReplacedBeforeTheyAreRead_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"cover-mean", "cover-blur", "cover-zero"}) QTest::newRow(kind) << kind;
    }
    void coveredPatchesAreReplacedBeforeTheyAreRead()
    {
        QFETCH(QString, kind);
        const at::Tensor plain = run({}).in.pixels.clone();
        const std::vector<std::uint8_t> seen = m_session.run().seen.pixels;
        const int columns = m_session.run().info.gridWidth, side = m_session.run().info.patchPixels;
        const RunTensors& covered = run({kind.toStdString() + " " + std::to_string(columns + 1)}); // row 1, column 1
        const at::Tensor differs = (covered.in.pixels != plain).any(1)[0];                         // [H,W]
        QVERIFY(differs.narrow(0, side, side).narrow(1, side, side).any().item<bool>());
        QVERIFY(!differs.narrow(0, 0, side).any().item<bool>());
        QVERIFY(!differs.narrow(1, 0, side).any().item<bool>());
        QVERIFY(!differs.narrow(0, 2 * side, differs.size(0) - 2 * side).any().item<bool>());
        QVERIFY(m_session.run().seen.pixels != seen);
        if (kind == "cover-zero")
            QCOMPARE(covered.in.pixels.narrow(2, side, side).narrow(3, side, side).abs().max().item<double>(), 0.0);
    }
    void everyPatternHidesTheTokenOrRefuses_data()
    {
        QTest::addColumn<QString>("pattern");
        m_session.openModel({"emoji-vit", "cpu", {}});
        for (const verbs::Switch& one : m_session.model().switches)
            if (one.name == "attention")
                for (const std::string& choice : one.choices)
                    QTest::newRow(choice.c_str()) << QString::fromStdString(choice);
    }
    void everyPatternHidesTheTokenOrRefuses()
    {
        QFETCH(QString, pattern);
        m_session.openModel({"emoji-vit", "cpu", {}});
        m_switches = {{"attention", pattern.toStdString()}};
        try {
            const Trace& trace = run({"hide 5", "cut *.* 7>8"}).result.trace;
            for (const AttentionRecord& block : trace.blocks) {
                const at::Tensor map = attentionMap(block);
                QCOMPARE(map.select(-1, 5).abs().max().item<double>(), 0.0);
                QCOMPARE(map.select(-1, 8).select(-1, 7).abs().max().item<double>(), 0.0);
            }
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::BadRequest);
            QVERIFY2(error.why().find("pattern") != std::string::npos, error.what());
        }
    }
    void whereBlocksLeaveTokensOutNumbersAreNoTokens_data()
    {
        QTest::addColumn<QString>("model");
        for (const char* model : {"things-mae", "glyph-depths", "emoji-clip"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }
    void whereBlocksLeaveTokensOutNumbersAreNoTokens()
    {
        QFETCH(QString, model);
        m_session.openModel({model.toStdString(), "cpu", {}});
        for (const char* change : {"hide 3", "cut 1.0 2>3"})
            QCOMPARE(errorOf([&] { run({change}); }), ErrorCode::BadRequest);
    }
    void aWordIsNoPatch()
    {
        m_session.openModel({"story-gpt", "cpu", {}});
        verbs::SetInput request;
        request.text = "a word";
        request.changes = {changeFrom("cover-mean 0")};
        QCOMPARE(errorOf([&] { m_session.setInput(request, {}); }), ErrorCode::BadRequest);
    }
    void throughWindowsOnlyHeadsAndLayersAreChanged()
    {
        m_session.openModel({"emoji-swin", "cpu", {}});
        const at::Tensor plain = logits({});
        QVERIFY(!at::allclose(logits({"head 1.1 x0"}), plain));
        QVERIFY(!at::allclose(logits({"mlp 2 x0"}), plain));
        QCOMPARE(errorOf([&] { run({"hide 3"}); }), ErrorCode::BadRequest);
    }
};

QTEST_GUILESS_MAIN(TestRunChanges)
#include "tst_run_changes.moc"
