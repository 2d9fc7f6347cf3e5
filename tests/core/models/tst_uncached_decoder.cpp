// SPDX-License-Identifier: GPL-3.0-or-later
// Writing by running the whole text again: what the model is shown, with hidden tokens and with several lines.
// Before Qt, whose word "slots" means something else to LibTorch.
#include <ATen/ATen.h>

#include "core/models/skeletons/uncached_decoder.h"

#include <QTest>

using namespace headlens;

class TestUncachedDecoder : public QObject {
    Q_OBJECT

    struct Shown {
        at::Tensor ids, mask;
    };
    static at::Tensor line(const std::vector<std::int64_t>& values)
    {
        return at::tensor(values, at::kLong).view({1, -1});
    }
    static UncachedDecoder writerInto(Shown& shown, at::Tensor mask)
    {
        return UncachedDecoder(
            [&shown](const at::Tensor& ids, const at::Tensor& seen) {
                shown = {ids.clone(), seen.defined() ? seen.clone() : at::Tensor()};
                return at::zeros({ids.size(0), 5});
            },
            std::move(mask));
    }

private Q_SLOTS:
    void everyTokenIsReadWithAllBeforeIt()
    {
        Shown shown;
        UncachedDecoder writer = writerInto(shown, {});
        QCOMPARE(writer.next(line({7, 8, 9})).size(1), std::int64_t(5));
        QVERIFY(shown.ids.equal(line({7, 8, 9})) && !shown.mask.defined());
        writer.next(line({3}));
        QVERIFY(shown.ids.equal(line({7, 8, 9, 3})) && !shown.mask.defined());
    }
    void hiddenTokensStayHiddenInEveryLineAndWhatIsWrittenIsSeen()
    {
        Shown shown;
        UncachedDecoder writer = writerInto(shown, line({1, 0, 1}));
        writer.next(line({7, 8, 9}));
        QVERIFY(shown.mask.equal(line({1, 0, 1})));
        writer.reorder(at::tensor({0, 0}, at::kLong)); // one line becomes two
        writer.next(at::tensor({3, 4}, at::kLong).view({2, 1}));
        QVERIFY(shown.ids.equal(at::cat({line({7, 8, 9, 3}), line({7, 8, 9, 4})})));
        QVERIFY(shown.mask.expand_as(shown.ids).equal(at::cat({line({1, 0, 1, 1}), line({1, 0, 1, 1})})));
        writer.reorder(at::tensor({1, 1}, at::kLong)); // the second line wins
        writer.next(at::tensor({5, 6}, at::kLong).view({2, 1}));
        QVERIFY(shown.ids.equal(at::cat({line({7, 8, 9, 4, 5}), line({7, 8, 9, 4, 6})})));
        QVERIFY(shown.mask.expand_as(shown.ids).slice(1, 3).min().item<std::int64_t>() == 1);
        QVERIFY(shown.mask.expand_as(shown.ids).select(1, 1).max().item<std::int64_t>() == 0);
    }
};

QTEST_APPLESS_MAIN(TestUncachedDecoder)
#include "tst_uncached_decoder.moc"
