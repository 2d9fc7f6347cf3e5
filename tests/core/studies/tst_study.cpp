// SPDX-License-Identifier: GPL-3.0-or-later
// Every study of every kind of model: its matrices have the shape that their axes say, whatever it is called.
#include "core/interventions/interventions.h"
#include "core/measures/measures.h"
#include "core/session/session.h"
#include "core/studies/study.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace headlens;
using namespace headlens::test;

class TestStudy : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    Session m_session;

    void look(int width, int height)
    {
        const std::string png = gradientPng(width, height);
        m_session.setInput({}, std::as_bytes(std::span(png.data(), png.size())));
    }
    void open(const std::string& model)
    {
        m_session.hold({.release = true});
        m_session.openModel({model, "cpu", {}});
        if (m_session.model().takesPictures) return look(64, 64);
        verbs::SetInput input;
        input.text = m_session.model().text.example;
        m_session.setInput(input);
    }
    verbs::Study found(const std::string& method, std::map<std::string, std::string> settings = {}) const
    {
        verbs::StudyQuestion asked;
        asked.of.method = method;
        asked.of.settings = std::move(settings);
        return study(m_session, asked);
    }
    // How many cells an axis of that kind has in the open model; -1: it depends on the study.
    int lengthOf(const verbs::StudyAxis& axis) const
    {
        const auto& blocks = m_session.run().info.blocks;
        const int named = int(axis.named.size());
        if (axis.what == "layer") return named + int(blocks.size());
        if (axis.what.ends_with("state")) return named + int(blocks.size()) + 1;
        if (axis.what == "head") return named + blocks.front().heads;
        if (axis.what == "any head") return named + int(blocks.size()) * blocks.front().heads;
        if (axis.what == "token") return named + m_session.run().info.tokens;
        return axis.what.empty() && named > 0 ? named : -1;
    }

private Q_SLOTS:
    void everyStudyFitsItsAxes_data()
    {
        QTest::addColumn<QString>("model");
        QTest::newRow("a classifier of pictures") << "tiny";
        QTest::newRow("a writer") << "story-gpt";
    }
    void everyStudyFitsItsAxes()
    {
        QFETCH(QString, model);
        TinyModel().write(m_folder.path().toStdString());
        open(model == "tiny" ? m_folder.path().toStdString() : model.toStdString());
        const verbs::StudyList list = studiesOf(m_session.opened());
        QVERIFY(list.studies.size() > 8);
        int shown = 0;
        for (const verbs::StudyInfo& one : list.studies) {
            if (!one.method.refusal.empty() || one.needsOther) continue;
            const verbs::Study answer = found(one.method.id);
            QVERIFY2(!answer.matrices.empty(), one.method.id.c_str());
            QCOMPARE(answer.matrices.size(), answer.numbers.size());
            for (std::size_t i = 0; i < answer.matrices.size(); ++i) {
                const verbs::StudyMatrix& said = answer.matrices[i];
                const QByteArray name = QByteArray::fromStdString(one.method.id + ", " + said.title);
                QVERIFY2(answer.numbers[i].isTable(), name);
                if (const int rows = lengthOf(said.rows); rows >= 0) QVERIFY2(answer.numbers[i].rows() == rows, name);
                if (const int columns = lengthOf(said.columns); columns >= 0)
                    QVERIFY2(answer.numbers[i].columns() == columns, name);
                QVERIFY2(said.texts.empty() || said.texts.size() == answer.numbers[i].values.size(), name);
                ++shown;
            }
            if (one.method.ofScore) QVERIFY2(!answer.label.empty(), one.method.id.c_str());
        }
        QVERIFY(shown > 10);
    }
    void noTwoStudiesHaveOneName()
    {
        std::set<std::string> ids;
        for (const auto& table : {allMeasures(), allInterventions()})
            for (const Method* one : table) QVERIFY2(ids.insert(one->info.id).second, one->info.id.c_str());
    }
    void theLensEndsAtTheFirstPlace()
    {
        TinyModel().write(m_folder.path().toStdString());
        open(m_folder.path().toStdString());
        const verbs::Study answer = found("logit-lens");
        QVERIFY(answer.matrices.front().isRank);
        const FloatArray& ranks = answer.numbers.front();
        QCOMPARE(ranks.part(ranks.rows() - 1)[0], 1.0F); // the class token behind the last block: the answer itself
        QVERIFY(std::ranges::all_of(ranks.values, [](float rank) { return rank >= 1; }));
    }
    void aWriterHasALensToo()
    {
        open("story-gpt");
        const verbs::Study answer = found("logit-lens");
        const FloatArray& ranks = answer.numbers.front();
        QCOMPARE(ranks.part(ranks.rows() - 1).back(), 1.0F); // what it writes next
        QVERIFY(!answer.matrices.front().texts.back().empty());
        QCOMPARE(answer.matrices.front().texts.back(), answer.label);
    }
    void withoutAHeldRunThereIsNothingToPatchWith()
    {
        TinyModel().write(m_folder.path().toStdString());
        open(m_folder.path().toStdString());
        QCOMPARE(errorOf([&] { found("patch-sweep"); }), ErrorCode::BadRequest);
        m_session.hold({}); // itself
        QCOMPARE(errorOf([&] { found("patch-sweep"); }), ErrorCode::BadRequest);
        look(40, 80);
        QCOMPARE(found("patch-sweep").numbers.front().rows(), 2);
    }
    void whatReadsTheHeldRunSaysSo()
    {
        TinyModel().write(m_folder.path().toStdString());
        open(m_folder.path().toStdString());
        std::set<std::string> readers;
        for (const verbs::StudyInfo& one : studiesOf(m_session.opened()).studies)
            if (one.readsOther) readers.insert(one.method.id);
        QCOMPARE(readers, (std::set<std::string>{"cka", "patch-sweep"}));
    }
    void theHeldRunIsComparedLayerByLayer()
    {
        TinyModel().write(m_folder.path().toStdString());
        open(m_folder.path().toStdString());
        QCOMPARE(found("cka").matrices.size(), std::size_t(2));
        m_session.hold({});
        look(64, 64); // the same picture
        const verbs::Study answer = found("cka");
        QCOMPARE(answer.matrices.size(), std::size_t(4));
        for (std::size_t i = 0; i < answer.numbers[0].values.size(); ++i)
            QVERIFY(std::abs(answer.numbers[0].values[i] - answer.numbers[2].values[i]) < 1e-5F);
    }
    void anotherModelIsComparedByItsPatches()
    {
        TinyModel().write(m_folder.path().toStdString());
        open(m_folder.path().toStdString());
        m_session.hold({});
        QTemporaryDir folder;
        TinyModel other;
        other.distilled = true; // one special token more
        other.layers = 3;
        other.write(folder.path().toStdString());
        m_session.openModel({folder.path().toStdString(), "cpu", {}});
        look(64, 64);
        const verbs::Study answer = found("cka");
        QCOMPARE(answer.matrices.size(), std::size_t(4));
        QCOMPARE(answer.numbers[2].rows(), 4);
        QCOMPARE(answer.numbers[2].columns(), 3);
        QCOMPARE(errorOf([&] { found("patch-sweep"); }), ErrorCode::BadRequest); // inputs of another model
    }
    void whatIsNoStudyIsRefused()
    {
        TinyModel().write(m_folder.path().toStdString());
        open(m_folder.path().toStdString());
        QCOMPARE(errorOf([&] { found("banana"); }), ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] { found("deletion-insertion"); }), ErrorCode::BadRequest); // draws no matrix
        QCOMPARE(errorOf([&] { found("head-entropy", {{"banana", "1"}}); }), ErrorCode::BadRequest);
    }
    void progressGoesForward()
    {
        TinyModel().write(m_folder.path().toStdString());
        open(m_folder.path().toStdString());
        JobControl control;
        std::vector<int> done;
        control.progress = [&](const JobStep& step) { done.push_back(step.done); };
        verbs::StudyQuestion asked;
        asked.of.method = "sweep-layers";
        study(m_session, asked, control);
        QCOMPARE(done, (std::vector<int>{0, 1})); // of two layers, and nothing of the passes in them
    }
    void aStudyCanBeCancelled()
    {
        TinyModel().write(m_folder.path().toStdString());
        open(m_folder.path().toStdString());
        JobControl control;
        int steps = 0;
        control.progress = [&](const JobStep&) { ++steps; };
        control.cancelled = [&] { return steps > 0; };
        QCOMPARE(errorOf([&] {
                     verbs::StudyQuestion asked;
                     asked.of.method = "sweep-heads";
                     study(m_session, asked, control);
                 }),
                 ErrorCode::Cancelled);
        QCOMPARE(steps, 1);
    }
};

QTEST_GUILESS_MAIN(TestStudy)
#include "tst_study.moc"
