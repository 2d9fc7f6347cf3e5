// SPDX-License-Identifier: GPL-3.0-or-later
// What is changed in a run, as one list: a place is changed in one way at a time, and its place in the list stays.
#include "core/wire/changes.h"
#include "widgets/viewmodel/interventions.h"
#include "widgets/viewmodel/run_changes.h"

#include <QTest>

#include <functional>

using namespace headlens;

class TestInterventionList : public QObject {
    Q_OBJECT

    static QStringList lines(const RunRequest& request)
    {
        QStringList all;
        for (const verbs::Change& one : interventionsOf(request)) all << QString::fromStdString(textOf(one));
        return all;
    }

private Q_SLOTS:
    void theyStandByLayerWhereverTheyAreKept()
    {
        RunRequest request;
        request.text.ablated = {{3, 1}, {0, 2}};
        request.text.hiddenTokens = {4};
        for (const char* line : {"cover-blur 1,2", "mlp 3 x0", "head 1.0 x0.5"})
            request.changes.push_back(changeFrom(line));
        QCOMPARE(lines(request),
                 QStringList({"head 0.2 x0", "head 1.0 x0.5", "mlp 3 x0", "head 3.1 x0", "cover-blur 1,2", "words 4"}));
    }
    void aHeadThatIsDraggedThroughZeroKeepsItsPlace()
    {
        RunRequest request;
        request.text.ablated = {{2, 0}};
        setHeadFactor(request, {1, 3}, 0.5);
        setHeadFactor(request, {2, 1}, 2);
        for (const double factor : {0.5, 0.0, -0.5, 1.5}) {
            setIntervention(request, {"head", 1, 3, factor, {}, {}});
            QCOMPARE(lines(request).size(), 3);
            QVERIFY(lines(request).first().startsWith("head 1.3"));
            QCOMPARE(changeOfHead(request, {1, 3}).factor, factor);
        }
        setHeadFactor(request, {1, 3}, 0);
        QCOMPARE(int(request.text.ablated.size()), 2); // off is what X makes
        setHeadFactor(request, {1, 3}, 1);
        QVERIFY(changeOfHead(request, {1, 3}).isAsTrained());
    }
    void aMeanTakesThePlaceOfAFactor()
    {
        RunRequest request;
        setHeadFactor(request, {1, 3}, 0);
        setIntervention(request, changeFrom("mean 1.3"));
        QCOMPARE(lines(request), QStringList("mean 1.3"));
        QVERIFY(changeOfHead(request, {1, 3}).isMean);
        setHeadFactor(request, {1, 3}, 0.5);
        QCOMPARE(lines(request), QStringList("head 1.3 x0.5"));
    }
    void whatIsDoneToALayerIsDoneToItsHeads()
    {
        RunRequest request;
        request.changes = {changeFrom("head 2.* x0.5"), changeFrom("attention 2 x0.5")};
        QCOMPARE(changeOfHead(request, {2, 7}).factor, 0.25);
        QCOMPARE(changeOfHead(request, {1, 7}).factor, 1.0);
    }
    void aHeadHasAFactorOfItsOwnBesideThatOfItsLayer()
    {
        RunRequest request;
        request.changes = {changeFrom("head 2.* x0"), changeFrom("head 2.7 x0.5"), changeFrom("mean 2.3")};
        QCOMPARE(ownChangeOfHead(request, {2, 7}).factor, 0.5);
        QVERIFY(ownChangeOfHead(request, {2, 6}).isAsTrained());
        QVERIFY(ownChangeOfHead(request, {2, 3}).isMean);
        QCOMPARE(ownChangeOfHead(request, {2, 3}).factor, 1.0);
        request.text.ablated = {{1, 0}};
        QCOMPARE(ownChangeOfHead(request, {1, 0}).factor, 0.0);
    }
    void tokensGoWithTheirText()
    {
        RunRequest request;
        request.changes = {changeFrom("hide 3"), changeFrom("mlp 1 x0"), changeFrom("cut 0.0 1>2")};
        dropTokenChanges(request);
        QCOMPARE(lines(request), QStringList("mlp 1 x0"));
    }
    void tokensAreHiddenOnlyWhereANumberIsTheSameTokenInEveryBlock()
    {
        verbs::InputInfo plain;
        plain.streams.resize(1);
        plain.blocks.resize(2);
        QVERIFY(hidesTokens(plain));
        const auto with = [&plain](const std::function<void(verbs::BlockGrid&)>& change) {
            verbs::InputInfo other = plain;
            change(other.blocks[1]);
            return hidesTokens(other);
        };
        QVERIFY(!with([](verbs::BlockGrid& block) { block.windowHeight = 7; }));
        QVERIFY(!with([](verbs::BlockGrid& block) { block.hidesPatches = true; }));
        QVERIFY(!with([](verbs::BlockGrid& block) { block.router = {0.5}; }));
        QVERIFY(!with([](verbs::BlockGrid& block) { block.rule = "linear"; }));
        plain.streams.resize(2);
        QVERIFY(!hidesTokens(plain));
    }
    void aMeanOverASetTakesThePlaceOfTheHeadsOwn()
    {
        RunRequest request;
        setIntervention(request, changeFrom("mean 1.3"));
        setIntervention(request, changeFrom("folder-mean 1.3 /p/a"));
        QCOMPARE(lines(request), QStringList("folder-mean 1.3 /p/a"));
        QVERIFY(changeOfHead(request, {1, 3}).isMean);
        setHeadFactor(request, {1, 3}, 0);
        QCOMPARE(lines(request), QStringList("head 1.3 x0"));
    }
    void patchesOfTokensGoWithTheirText()
    {
        RunRequest request;
        for (const char* line : {"patch 1 3", "patch-mlp 1 *", "patch-head 1.3 2", "head 1.3 x0.5"})
            setIntervention(request, changeFrom(line));
        QCOMPARE(int(request.changes.size()), 4);
        setIntervention(request, changeFrom("patch 1 3,4"));
        QCOMPARE(int(request.changes.size()), 4);
        dropTokenChanges(request);
        QCOMPARE(lines(request), QStringList({"patch-mlp 1 *", "head 1.3 x0.5"}));
        setIntervention(request, changeFrom("patch 2 *"));
        QCOMPARE(lines(request).last(), QString("patch 2 *")); // no tokens are all tokens
    }
    void wholePathsAreInTheTip()
    {
        QCOMPARE(interventionTip(changeFrom("steer 5 x2 /p/a \"/q/b c\"")), QString("/p/a\n/q/b c"));
        QCOMPARE(interventionTip(changeFrom("mlp 5 x2")), QString());
    }
    void noTokensIsNothing()
    {
        RunRequest request;
        setIntervention(request, changeFrom("cover-blur 3,4"));
        setIntervention(request, {"cover-blur", -1, -1, 0, {}, {}});
        QVERIFY(isAsTrained(request));
    }
    void allOfItIsTakenBackAtOnce()
    {
        RunRequest request;
        request.changes = {changeFrom("block 3 x0")};
        QVERIFY(!isAsTrained(request));
        QCOMPARE(changesOf(request), QStringList("Layer 3 off"));
        request.changes.push_back(changeFrom("head 1.2 x0.5"));
        QCOMPARE(changesOf(request), QStringList("2 interventions: Layer 3 off, Head 1.2 × 0.5"));
        makeAsTrained(request);
        QVERIFY(isAsTrained(request) && request == RunRequest());
    }
    void itIsSaidInWords_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* line, const char* words) {
            QTest::newRow(line) << QString(line) << QString::fromUtf8(words);
        };
        row("head 3.1 x0.5", "Head 3.1 × 0.5");
        row("head 3.1 x0", "Head 3.1 off");
        row("head 3.* x0", "All heads of layer 3 off");
        row("mean 3.1", "Head 3.1 by its mean");
        row("mlp 4 x0", "MLP of layer 4 off");
        row("attention 4 x2", "Attention of layer 4 × 2");
        row("block 5 x0", "Layer 5 off");
        row("hide 3,4", "Tokens hidden: 3, 4");
        row("cut 3.1 5>7", "Cut 5 → 7 in head 3.1");
        row("cut *.* 5>", "Cut 5 → all tokens in every head");
        row("cover-blur 1,2,3", "Patches blurred: 3");
        row("patch 3 5,7", "Into layer 3 from the baseline: 5, 7");
        row("patch-attention 3 *", "Attention of layer 3 from the baseline: all tokens");
        row("patch-mlp 3 0", "MLP of layer 3 from the baseline: 0");
        row("patch-head 3.1 *", "Head 3.1 from the baseline: all tokens");
        row("folder-mean 3.1 \"/my pictures/birds/\"", "Head 3.1 by its mean over birds");
        row("steer 5 x2 /p/birds \"/p/other things\"", "Layer 5 steered: birds − other things × 2");
    }
    void itIsSaidInWords()
    {
        QFETCH(QString, line);
        QFETCH(QString, words);
        QCOMPARE(interventionWords(changeFrom(line.toStdString())), words);
    }
};

QTEST_GUILESS_MAIN(TestInterventionList)
#include "tst_intervention_list.moc"
