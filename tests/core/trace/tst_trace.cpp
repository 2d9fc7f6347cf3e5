// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown must equal what was computed: rows, columns and tiles of the trace against the eager softmax.
#include <ATen/ATen.h>

#include "core/tensors/layers.h"
#include "core/trace/readers.h"
#include "tests/support/expect_error.h"

#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestTrace : public QObject {
    Q_OBJECT

    static AttentionRecord record(std::int64_t heads, std::int64_t tokens, bool bias = false)
    {
        at::manual_seed(11);
        AttentionRecord made{at::randn({1, heads, tokens, 8}), at::randn({1, heads, tokens, 8}), 0.35, {}};
        if (bias) made.bias = at::randn({1, heads, tokens, tokens});
        return made;
    }
    static at::Tensor eager(const AttentionRecord& r)
    {
        at::Tensor scores = at::matmul(r.q, r.k.transpose(-2, -1)) * r.scale;
        if (r.bias.defined()) scores = scores + r.bias;
        return at::softmax(scores, -1);
    }
    static double worst(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<double>(); }

private Q_SLOTS:
    void readersEqualTheEagerSoftmax_data()
    {
        QTest::addColumn<int>("tokens");
        QTest::addColumn<bool>("bias");
        for (const int tokens : {1, 5, 197, 600})
            for (const bool bias : {false, true})
                QTest::addRow("%d tokens%s", tokens, bias ? " with bias" : "") << tokens << bias;
    }
    void readersEqualTheEagerSoftmax()
    {
        QFETCH(int, tokens);
        QFETCH(bool, bias);
        const AttentionRecord r = record(3, tokens, bias);
        const at::Tensor truth = eager(r); // [1,3,N,N]
        constexpr double kTolerance = 2e-6;
        QVERIFY(worst(attentionMap(r), truth) < kTolerance);
        const int query = tokens / 2;
        QVERIFY(worst(attentionRows(r, query, query + 1).squeeze(2), truth.select(2, query)) < kTolerance);
        QVERIFY(worst(attentionColumn(r, query), truth.select(3, query)) < kTolerance);
    }
    void rowsSumToOne()
    {
        const at::Tensor sums = attentionMap(record(2, 300)).sum(-1);
        QVERIFY(worst(sums, at::ones_like(sums)) < 1e-5);
    }
    void tilesAreMeansOfTheMap_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        for (const int rows : {1, 7, 100, 300})
            for (const int columns : {1, 13, 300}) QTest::addRow("%d x %d", rows, columns) << rows << columns;
    }
    void tilesAreMeansOfTheMap()
    {
        QFETCH(int, rows);
        QFETCH(int, columns);
        constexpr int kTokens = 310, kBegin = 5, kEnd = 305, kLength = kEnd - kBegin;
        const AttentionRecord r = record(2, kTokens);
        const at::Tensor truth = eager(r)[0];
        const at::Tensor tile = attentionTile(r, {kBegin, kEnd, kBegin, kEnd, rows, columns});
        QCOMPARE(tile.size(1), std::int64_t(rows));
        QCOMPARE(tile.size(2), std::int64_t(columns));
        for (const int row : {0, rows / 2, rows - 1})
            for (const int column : {0, columns / 2, columns - 1}) {
                const at::Tensor cell =
                    truth.slice(1, kBegin + row * kLength / rows, kBegin + (row + 1) * kLength / rows)
                        .slice(2, kBegin + column * kLength / columns, kBegin + (column + 1) * kLength / columns);
                QVERIFY(worst(tile.select(1, row).select(1, column), cell.mean({1, 2})) < 1e-6);
            }
    }
    void chunkedAttentionEqualsTheWhole()
    {
        const AttentionRecord r = record(2, 1100); // more than two chunks
        const at::Tensor v = at::randn({1, 2, 1100, 8});
        const at::Tensor truth = at::matmul(eager(r), v).transpose(1, 2).reshape({1, 1100, 2 * 8});
        QVERIFY(worst(attend(r.q, r.k, v, r.scale), truth) < 1e-5);
    }
    void tokensThatDoNotExistAreRefused()
    {
        const AttentionRecord r = record(1, 4);
        QCOMPARE(errorOf([&] { attentionRows(r, 4, 5); }), ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] { attentionColumn(r, -1); }), ErrorCode::BadRequest);
        QCOMPARE(errorOf([&] { attentionTile(r, {0, 4, 2, 2, 1, 1}); }), ErrorCode::BadRequest);
    }
};

QTEST_APPLESS_MAIN(TestTrace)
#include "tst_trace.moc"
