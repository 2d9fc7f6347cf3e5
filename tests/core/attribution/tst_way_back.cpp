// SPDX-License-Identifier: GPL-3.0-or-later
// The way back through a graph and the way there stop where they are cancelled, and leave a graph that can be used
// again. Nothing here looks at a clock: tests/bench/bench_attribution does.
#include "core/attribution/scored_model.h"
#include "core/session/session.h"
#include "tests/support/expect_error.h"
#include "tests/support/inputs.h"
#include "tests/support/tiny_model.h"

#include <ATen/ATen.h>

#include <QTest>

#include <string>
#include <utility>
#include <vector>

using namespace headlens;
using namespace headlens::test;

class TestWayBack : public QObject {
    Q_OBJECT
    Session m_session;
    bool m_isCancelled = false;
    std::vector<int> m_visited; // blocks on the way back, or hook points on the way there
    JobControl m_control{[this] { return m_isCancelled; }, {}};

    int blocks() const { return int(m_session.model().blocks.size()); }
    // The residual stream behind every block says when its gradient comes by, and cancels the job at `last`.
    Hooks watching(int last)
    {
        Hooks hooks;
        hooks.looks = [](HookPoint point, int) { return point == HookPoint::ResidualAfter; };
        hooks.activation = [this, last](HookPoint, int block, const at::Tensor& x) {
            x.register_hook([this, last, block](const at::Tensor& gradient) {
                m_visited.push_back(block);
                m_isCancelled = m_isCancelled || block == last;
                return gradient;
            });
            return x;
        };
        return hooks;
    }
    std::vector<int> fallingTo(int last) const
    {
        std::vector<int> numbers;
        for (int block = blocks() - 1; block >= last; --block) numbers.push_back(block);
        return numbers;
    }

private Q_SLOTS:
    void init()
    {
        m_isCancelled = false;
        m_visited.clear();
        const std::string png = gradientPng(90, 70);
        m_session.openModel({"emoji-vit", "cpu", {}});
        m_session.setInput(picture("a.png"), std::as_bytes(std::span(png.data(), png.size())));
    }
    void noBlockBeforeTheOneWhereItIsCancelledIsVisited_data()
    {
        QTest::addColumn<int>("last");
        QTest::newRow("the last block") << -1;
        QTest::newRow("one in the middle") << -2;
        QTest::newRow("the first block") << 0;
    }
    void noBlockBeforeTheOneWhereItIsCancelledIsVisited()
    {
        QFETCH(int, last);
        if (last < 0) last += blocks();
        const ScoredModel model(m_session.run(), {}, m_control);
        const Hooks hooks = watching(last);
        ModelInput input = model.input();
        input.pixels = input.pixels.clone().requires_grad_();
        PassOptions options;
        options.hooks = &hooks;
        const at::Tensor score = model.score(model.pass(input, options));
        QCOMPARE(errorOf([&] { gradientsOf(score, {input.pixels}, m_control); }), ErrorCode::Cancelled);
        QCOMPARE(m_visited, fallingTo(last));
    }
    void theGraphServesAgainAfterItWasCancelled()
    {
        const ScoredModel model(m_session.run(), {}, m_control);
        const Hooks hooks = watching(1);
        ModelInput input = model.input();
        input.pixels = input.pixels.clone().requires_grad_();
        PassOptions options;
        options.hooks = &hooks;
        const at::Tensor score = model.score(model.pass(input, options));
        const at::Tensor before = gradientsOf(score, {input.pixels})[0]; // cancels, but nobody asks
        QCOMPARE(m_visited, fallingTo(0));
        QCOMPARE(errorOf([&] { gradientsOf(score, {input.pixels}, m_control); }), ErrorCode::Cancelled);
        QVERIFY(m_isCancelled); // the job that asked is over: its nodes no longer ask
        QVERIFY(at::equal(gradientsOf(score, {input.pixels})[0], before));
        QVERIFY(before.abs().max().item<double>() > 0);
    }
    void aPassStopsWithinABlock()
    {
        const ScoredModel model(m_session.run(), {}, m_control);
        Hooks hooks;
        hooks.activation = [this](HookPoint point, int block, const at::Tensor& x) {
            if (block == 1) m_visited.push_back(int(point));
            m_isCancelled = m_isCancelled || (block == 1 && point == HookPoint::FirstNorm);
            return x;
        };
        PassOptions options;
        options.hooks = &hooks;
        QCOMPARE(errorOf([&] { model.pass(options); }), ErrorCode::Cancelled);
        QCOMPARE(m_visited, (std::vector<int>{int(HookPoint::ResidualBefore), int(HookPoint::FirstNorm)}));
    }
    void whatNobodyCancelsRunsThrough()
    {
        const ScoredModel model(m_session.run(), {}, m_control);
        const Hooks hooks = watching(-1);
        ModelInput input = model.input();
        input.pixels = input.pixels.clone().requires_grad_();
        PassOptions options;
        options.hooks = &hooks;
        const at::Tensor score = model.score(model.pass(input, options));
        QVERIFY(at::equal(gradientsOf(score, {input.pixels}, m_control)[0], gradientsOf(score, {input.pixels})[0]));
    }
};

QTEST_APPLESS_MAIN(TestWayBack)
#include "tst_way_back.moc"
