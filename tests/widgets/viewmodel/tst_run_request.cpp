// SPDX-License-Identifier: GPL-3.0-or-later
// What a run is asked for with: compared as a value, put into the engine's words.
#include "widgets/viewmodel/run_request.h"

#include <QTest>

using namespace headlens;

class TestRunRequest : public QObject {
    Q_OBJECT

    static verbs::ModelInfo modelWithSwitches()
    {
        verbs::ModelInfo model;
        model.switches.push_back({"memory", "Memory", {"on", "off"}, 0, 0, "on"});
        model.switches.push_back({"gate", "Gate", {}, 0, 1, "0.5"});
        return model;
    }

private Q_SLOTS:
    void aHeadThatIsAblatedMakesAnotherRequest()
    {
        RunRequest one, other;
        QVERIFY(one == other);
        other.text.ablated.push_back({2, 1});
        QVERIFY(!(one == other));
        one.text.ablated.push_back({2, 1});
        QVERIFY(one == other);
    }
    void whatElseIsChangedIsAskedFor()
    {
        RunRequest one, other;
        other.changes.push_back({"head", 2, 1, 0.5, {}, {}});
        QVERIFY(!(one == other));
        QVERIFY(other.forModel({}, {}, false).changes == other.changes);
    }
    void whatIsAsTrainedIsNoSwitchThatWasSet()
    {
        RunRequest request;
        request.switches = {{"memory", "on"}, {"gate", "0.50"}, {"no such part", "off"}};
        request.dropWhatIsAsTrained(modelWithSwitches());
        QVERIFY(request.switches.empty());
        request.switches = {{"memory", "off"}, {"gate", "half"}};
        request.dropWhatIsAsTrained(modelWithSwitches());
        QCOMPARE(request.switches.size(), std::size_t(2)); // nonsense is the engine's to refuse, by name
    }
    void aSwitchReadsAsSetOrAsTrained()
    {
        RunRequest request;
        QCOMPARE(request.switchValue(modelWithSwitches(), "gate"), QStringLiteral("0.5"));
        request.switches["gate"] = "0.9";
        QCOMPARE(request.switchValue(modelWithSwitches(), "gate"), QStringLiteral("0.9"));
        QCOMPARE(request.switchValue(modelWithSwitches(), "no such part"), QString());
    }
    void theLabelThatIsLookedIntoGoesFirstAndEmptyOnesNot()
    {
        RunRequest request;
        request.text.candidates = {"a cat", "", "a dog"};
        request.text.activeLabel = "a dog";
        verbs::ModelInfo model;
        model.text.reads = true;
        QVERIFY((request.forModel(model, {}, false).candidates == std::vector<std::string>{"a dog", "a cat"}));
        request.text.activeLabel = "a bird"; // no longer among them
        QVERIFY((request.forModel(model, {}, false).candidates == std::vector<std::string>{"a cat", "a dog"}));
    }
    void aModelOfPicturesGetsNoText()
    {
        RunRequest request;
        request.text.text = "four";
        request.text.ablated.push_back({0, 1});
        request.fit = "native";
        const verbs::SetInput asked = request.forModel({}, "dog.png", true);
        QCOMPARE(asked.text, std::string());
        QCOMPARE(asked.name, std::string("dog.png"));
        QCOMPARE(asked.fit, std::string("native"));
        QVERIFY(asked.takesCut);
        QCOMPARE(asked.ablated.size(), std::size_t(1));
    }
};

QTEST_MAIN(TestRunRequest)
#include "tst_run_request.moc"
