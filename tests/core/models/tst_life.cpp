// SPDX-License-Identifier: GPL-3.0-or-later
// Lives as sentences: what the program that makes them up knows, and what the model can and cannot see.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <ATen/ATen.h>

#include "core/models/zoo/life_network.h"
#include "core/session/session.h"
#include "core/training/data/lives.h"
#include "tests/support/small_networks.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace headlens;
using namespace headlens::test;

class TestLife : public QObject {
    Q_OBJECT

    static constexpr std::int64_t kSep = 1, kMonths = 12; // ids: 0 start, 1 <sep>, 2..11 words, months from 12 on

    static LifeNetwork network(double strength)
    {
        LifeConfig config;
        config.text = smallText(kMonths + 1, 64);
        config.text.name = "life";
        config.text.heads = config.text.headWidth = 4;
        config.text.causal = false;
        config.text.positionKind = TextPositions::Computed;
        config.text.segments = 4;
        config.dateToken = kMonths;
        config.firstYear = 1950;
        config.separator = kSep;
        config.reach = 1;
        LifeNetwork made(config);
        at::manual_seed(2);
        made.visit([&](const std::string& name, at::Tensor& weight, const std::vector<std::int64_t>& shape) {
            weight = name.ends_with("strength") ? at::full(shape, strength) : at::randn(shape) * 0.4;
        });
        return made;
    }
    // Four events of a month and two words each.
    static at::Tensor line(std::int64_t shift = 0)
    {
        return at::tensor({std::int64_t(0), kMonths + shift, std::int64_t(2), std::int64_t(3), kSep,
                           kMonths + 30 + shift, std::int64_t(4), std::int64_t(5), kSep, kMonths + 60 + shift,
                           std::int64_t(6), std::int64_t(7), kSep, kMonths + 90 + shift, std::int64_t(8),
                           std::int64_t(9)})
            .unsqueeze(0);
    }
    static double largest(const at::Tensor& t) { return t.abs().max().item<double>(); }

private Q_SLOTS:
    void everyMadeUpLifeIsPossible()
    {
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            const Life life = madeUpLife(seed);
            QCOMPARE(int(life.size()), kLifeEvents);
            QVERIFY(std::isfinite(logChance(life)));
            for (std::size_t i = 1; i < life.size(); ++i) QVERIFY(life[i].month > life[i - 1].month);
            QVERIFY(life.back().month < (kLastYear + 1) * 12);
        }
    }
    void anImpossibleLifeHasNoChance()
    {
        Life life = madeUpLife(3);
        life[1].words = {"retire", "none", "p0"}; // before school
        QVERIFY(std::isinf(logChance(life)));
    }
    void theOracleKnowsWhatMustBe()
    {
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            const Life life = madeUpLife(seed);
            for (std::size_t event = 1; event < life.size(); event += 5)
                for (std::size_t word = 0; word < 3; ++word) {
                    const std::vector<double> chances = oracle(life, event, word);
                    double sum = 0;
                    for (const double chance : chances) sum += chance;
                    QVERIFY(std::abs(sum - 1) < 1e-9);
                    const auto words = lifeWords();
                    const auto right = std::ranges::find(words, life[event].words.at(word)) - words.begin();
                    QVERIFY(chances[std::size_t(right)] > 0);
                }
            const auto words = lifeWords();
            const auto school = std::ranges::find(words, "school") - words.begin();
            QVERIFY(oracle(life, 1, 0)[std::size_t(school)] > 0.999999); // nothing else comes first
        }
    }
    void timesAreReadFromTheMonths()
    {
        const LifeTimes times = network(1).timesOf(line()[0]);
        QCOMPARE(times.event[0].item<int>(), -1);
        QCOMPARE(times.event[1].item<int>(), 0);
        QCOMPARE(times.event[15].item<int>(), 3);
        QVERIFY(std::abs(times.date[2].item<double>() - (1950 + 0.5 / 12)) < 1e-3);
        QVERIFY(std::abs(times.age[10].item<double>() - 5) < 1e-3); // sixty months later
    }
    void withoutStrengthTimeDoesNotMatter()
    {
        at::Tensor later = line();
        later[0][9] += 100; // the third event happens later
        for (const double strength : {0.0, 1.0}) {
            const LifeNetwork one = network(strength);
            const double moved = largest(one.run(later, {}) - one.run(line(), {}));
            QVERIFY(strength == 0 ? moved == 0 : moved > 1e-3);
        }
    }
    void ageAndDateAreToldApart()
    {
        const LifeNetwork one = network(1);
        LifePass noDate;
        noDate.date = false;
        // Everything a year later: the same ages, other dates.
        QVERIFY(largest(one.run(line(12), noDate) - one.run(line(), noDate)) == 0);
        QVERIFY(largest(one.run(line(12), {}) - one.run(line(), {})) > 1e-3);
        LifePass noTime = noDate;
        noTime.age = false;
        at::Tensor other = line();
        other[0][13] += 7;
        QVERIFY(largest(one.run(other, noTime) - one.run(line(), noTime)) == 0);
    }
    void theOrderOfWordsInsideAnEventDoesNotMatter()
    {
        const LifeNetwork one = network(1);
        at::Tensor turned = line();
        turned[0][6] = 5;
        turned[0][7] = 4;
        at::Tensor back = one.run(turned, {}).clone();
        const at::Tensor six = back[0][6].clone();
        back[0][6] = back[0][7];
        back[0][7] = six;
        QVERIFY(largest(back - one.run(line(), {})) < 1e-5);
    }
    void localHeadsSeeNeighbouringEventsOnly()
    {
        const LifeNetwork one = network(1);
        ForwardResult result;
        ForwardOptions options;
        const JobControl control;
        LifePass pass;
        pass.stack = passOf(options, control, 2, result);
        one.run(line(), pass);
        const AttentionRecord& record = result.trace.blocks.at(0);
        const at::Tensor weights =
            at::softmax(at::matmul(record.q, record.k.transpose(-2, -1)) * record.scale + record.bias, -1);
        QVERIFY(largest(weights.sum(-1) - 1) < 1e-5);
        QVERIFY(weights[0][0][2][14].item<float>() == 0); // birth and the last event
        QVERIFY(weights[0][0][2][6].item<float>() > 0);
        QVERIFY(weights[0][3][2][14].item<float>() > 0); // a global head
    }
    void theShippedModelFillsGapsAndJudgesTheOrder()
    {
        Session session;
        const auto info = session.openModel({"lives", "cpu", {}});
        QVERIFY(info.text.isMaskedLm && info.switches.size() == 2);
        verbs::SetInput input;
        input.text = "1950-03 born north farm <sep> 1956-09 [MASK] primary p0 <sep> 1962-05 school secondary p0";
        session.setInput(input);
        const verbs::InputInfo& seen = session.run().info;
        QCOMPARE(seen.outputs.get<verbs::VocabularyScores>().places.at(0).best.at(0).text, std::string("school"));
        QCOMPARE(seen.outputs.get<verbs::Classes>().best.size(), std::size_t(3));
        QCOMPARE(seen.streams[0].tokens.at(1).kind, std::string("date"));
        QVERIFY(seen.streams[0].tokens.at(2).kind.empty());
        std::set<std::string> states;
        for (const auto& state : seen.states) states.insert(state.name);
        for (const char* name : {"life.date", "life.age", "life.event", "wave.age", "wave.date", "alpha"})
            QVERIFY2(states.contains(name), name);
    }
    void whatIsTypedBesideTheWordsIsUnknownAndHarmless()
    {
        Session session;
        session.openModel({"lives", "cpu", {}});
        for (const char* text : {"", "hello there", "<sep> <sep> <sep>", "1950-03", "9999-99 born", "[MASK] [MASK]"}) {
            verbs::SetInput input;
            input.text = text;
            session.setInput(input);
            QVERIFY(session.run().info.tokens > 0);
        }
    }
};

QTEST_APPLESS_MAIN(TestLife)
#include "tst_life.moc"
