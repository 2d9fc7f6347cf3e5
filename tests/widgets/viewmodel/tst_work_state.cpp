// SPDX-License-Identifier: GPL-3.0-or-later
// The state of the window as a value: JSON and back, what JSON is refused, and what a difference is called.
#include "core/base/error.h"
#include "core/wire/safe_json.h"
#include "widgets/viewmodel/work_change.h"
#include "widgets/viewmodel/work_state.h"

#include <QTest>

using namespace headlens;

namespace {

// Nothing in it is as usual.
WorkState unusual()
{
    WorkState state;
    state.model = {"/models/mine", "ab12", {{"num_heads", "6"}}};
    state.input.picture = "/pictures/cat.jpg";
    state.input.sha256 = "cd34";
    state.input.bytes = QByteArray("\0\x01\xff", 3);
    state.input.takesCut = true;
    state.input.film = "/films/dog.mp4";
    state.input.frame = 12;
    RunRequest& request = state.input.request;
    request.text = {"一只猫", "and a dog", "so far", {3, 4}, {"one", "two"}, "two", true, {1, 2}, {{0, 1}, {3, 2}}};
    request.fit = "native";
    request.maskRatio = 0.5;
    request.maskSeed = 7;
    request.switches = {{"positions", "off"}};
    request.changes = {{"mlp", 3, -1, 0.5, {}, {}}, {"cut", 1, 2, 0, {5}, {7, 8}}};
    state.look = {
        {"rollout", {{"residual", "0.3"}}, 281, 4, 1}, 3, {{3, 1}, {0, 2}}, HeadFusion::Max, {1, 9}, true, true};
    state.display.style = OverlayStyle::Contours;
    state.display.colormap = "magma";
    state.display.opacity = 0.25;
    state.display.smooth = state.display.logarithmic = state.display.sharpComponents = true;
    state.display.gridLines = state.display.windowGrid = false;
    state.display.ground = Ground::Components;
    state.display.maskByMass = state.display.withoutSinks = true;
    state.display.keepMass = 0.9;
    state.display.scope = ScaleScope::Global;
    state.workspace = "explain";
    return state;
}

Json parsed(QByteArray withSingleQuotes)
{
    return Json::parse(withSingleQuotes.replace('\'', '"').toStdString());
}

QString titleOf(const QString& map)
{
    return "map " + map;
}

} // namespace

class TestWorkState : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFieldComesBack()
    {
        const WorkState state = unusual();
        const std::string text = toJson(state).dump();
        QVERIFY(workStateFrom(Json::parse(text), "a session") == state);
        QVERIFY(workStateFrom(toJson({}), "a session") == WorkState());
    }
    void whatIsAbsentIsAsUsual()
    {
        QVERIFY(workStateFrom(Json::object(), "a session") == WorkState());
        const WorkState some = workStateFrom(parsed("{'look':{'layer':4}}"), "a session");
        QCOMPARE(some.look.layer, 4);
        QCOMPARE(some.look.heads.size(), 1);
    }
    void aWrongFieldIsRefusedByName_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("field");
        const auto row = [](const char* json, const char* field) {
            QTest::newRow(json) << QByteArray(json) << QByteArray(field);
        };
        row("{'model':3}", "model");
        row("{'model':{'path':['a']}}", "path");
        row("{'model':{'settings':{'a':1}}}", "settings");
        row("{'look':{'layer':'four'}}", "layer");
        row("{'look':{'layer':-1}}", "layer");
        row("{'look':{'layer':1e300}}", "layer");
        row("{'look':{'layer':99999999999999999999}}", "layer");
        row("{'look':{'heads':[3]}}", "heads");
        row("{'look':{'fusion':'sum'}}", "fusion");
        row("{'look':{'pinned':1}}", "pinned");
        row("{'display':{'opacity':2}}", "opacity");
        row("{'display':{'opacity':'half'}}", "opacity");
        row("{'display':{'style':7}}", "style");
        row("{'input':{'bytes':'#'}}", "bytes");
        row("{'input':{'request':{'text':{'hidden_tokens':[-4]}}}}", "hidden_tokens");
        row("{'input':{'request':{'text':{'candidates':{}}}}}", "candidates");
        row("{'input':{'request':{'changes':['head 3.1 xnan']}}}", "changes");
        row("{'input':{'request':{'changes':[{'kind':'head'}]}}}", "changes");
        row("{'input':{'request':{'changes':'mlp 3 x0'}}}", "changes");
    }
    void aWrongFieldIsRefusedByName()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, field);
        try {
            workStateFrom(parsed(json), "a session");
            QFAIL("it was taken");
        } catch (const Error& problem) {
            QCOMPARE(problem.code(), ErrorCode::BadConfig);
            QVERIFY2(QByteArray::fromStdString(problem.why()).contains('"' + field + '"'), problem.what());
        }
    }
    void coloursOfALaterVersionBecomeTheUsualOnes()
    {
        const WorkState state = workStateFrom(parsed("{'display':{'colormap':'sunset'}}"), "a session");
        QCOMPARE(state.display.colormap, headlens::Display().colormap);
    }

    void aMethodThatWasRenamedIsStillFound()
    {
        const Json old{{"look", {{"map", {{"id", "relevance"}}}}}};
        QCOMPARE(workStateFrom(old, "a session").look.map.id, "chefer-generic");
    }
    void aChangeIsNamed_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<std::function<void(WorkState&)>>("change");
        const auto row = [](const char* words, const std::function<void(WorkState&)>& change) {
            QTest::newRow(words) << QString::fromUtf8(words) << change;
        };
        row("Model other", [](WorkState& s) { s.model.path = "/models/other"; });
        row("Picture dog.png", [](WorkState& s) {
            s.input.picture = "/pictures/dog.png";
            s.input.film.clear();
        });
        row("Film b.mp4", [](WorkState& s) { s.input.film = "b.mp4"; });
        row("Text “words”", [](WorkState& s) { s.input.request.text.text = "words"; });
        row("positions: 0.5", [](WorkState& s) { s.input.request.switches["positions"] = "0.5"; });
        row("positions: as trained", [](WorkState& s) { s.input.request.switches.clear(); });
        row("Head 3 of layer 5 off", [](WorkState& s) { s.input.request.text.ablated.push_back({5, 3}); });
        row("Head 1 of layer 0 on",
            [](WorkState& s) { s.input.request.text.ablated.erase(s.input.request.text.ablated.begin()); });
        row("MLP of layer 3 × 0.25", [](WorkState& s) { s.input.request.changes[0].factor = 0.25; });
        row("Taken back: MLP of layer 3",
            [](WorkState& s) { s.input.request.changes.erase(s.input.request.changes.begin()); });
        row("Head 2.1 by its mean", [](WorkState& s) { s.input.request.changes.push_back({"mean", 2, 1, 0, {}, {}}); });
        row("map gradcam", [](WorkState& s) { s.look.map.id = "gradcam"; });
        row("Layer 3 → 9", [](WorkState& s) { s.look.layer = 9; });
        row("Head 2", [](WorkState& s) { s.look.heads = {{3, 2}}; });
        row("Heads 1, 2, 0.5", [](WorkState& s) { s.look.heads = {{3, 1}, {3, 2}, {0, 5}}; });
        row("Mean of the heads", [](WorkState& s) { s.look.fusion = HeadFusion::Mean; });
        row("Token 4 pinned", [](WorkState& s) { s.look.query.token = 4; });
        row("Token let go", [](WorkState& s) { s.look.pinned = false; });
        row("Looks at", [](WorkState& s) { s.look.reverse = false; });
        row("Colours magma → grey", [](WorkState& s) { s.display.colormap = "grey"; });
        row("Opacity 25 % → 80 %", [](WorkState& s) { s.display.opacity = 0.8; });
        row("Smoothing off", [](WorkState& s) { s.display.smooth = false; });
        row("Display", [](WorkState& s) { s.display.gridLines = true; });
    }
    void aChangeIsNamed()
    {
        QFETCH(QString, words);
        QFETCH(std::function<void(WorkState&)>, change);
        const WorkState before = unusual();
        WorkState after = before;
        change(after);
        const auto found = changeBetween(before, after, titleOf);
        QVERIFY(found);
        QCOMPARE(found->words, words);
    }
    void whatFollowsTheMouseOrPlaysIsNoChange()
    {
        WorkState before;
        before.input.film = "a.mp4";
        WorkState after = before;
        after.look.query = {0, 8};
        after.input.frame = 30;
        after.workspace = "statistics";
        QVERIFY(!changeBetween(before, after, titleOf));
    }
    void anotherModelIsTheChangeWhateverItBringsAlong()
    {
        WorkState after = unusual();
        after.display.smooth = false;
        QCOMPARE(changeBetween({}, after, titleOf)->words, QString("Model mine"));
    }
};

QTEST_GUILESS_MAIN(TestWorkState)
#include "tst_work_state.moc"
