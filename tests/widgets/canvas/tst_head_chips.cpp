// SPDX-License-Identifier: GPL-3.0-or-later
// Heads as chips: what a click chooses, what is ticked, and that no chip is ever cut however many heads there are.
#include "tests/support/view_shots.h"
#include "widgets/canvas/head_chips.h"

#include <QPointer>
#include <QToolButton>

using namespace headlens;
using namespace headlens::test;

class TestHeadChips : public QObject {
    Q_OBJECT
    using Kind = HeadOption::Kind;

    static QList<HeadOption> ticked(const HeadChips& chips, int heads)
    {
        QList<HeadOption> found;
        for (const HeadOption& option : headOptions(heads))
            if (chips.chip(option)->isChecked()) found << option;
        return found;
    }
    static void show(QWidget& widget, int width)
    {
        widget.resize(width, widget.sizeHint().height());
        widget.show();
        QVERIFY(QTest::qWaitForWindowExposed(&widget));
    }

private Q_SLOTS:
    void aClickChoosesOneAndControlAdds()
    {
        HeadChoice heads;
        heads.fit({4, 4});
        HeadChips chips(&heads);
        show(chips, 600);
        const auto click = [&](HeadOption option, Qt::KeyboardModifiers with = {}) {
            QTest::mouseClick(chips.chip(option), Qt::LeftButton, with);
        };
        click({Kind::One, 2});
        QCOMPARE(heads.heads(), QList<int>{2});
        QCOMPARE(ticked(chips, 4), (QList<HeadOption>{{Kind::One, 2}}));
        click({Kind::One, 2}); // again: it stays
        QCOMPARE(ticked(chips, 4), (QList<HeadOption>{{Kind::One, 2}}));
        click({Kind::One, 0}, Qt::ControlModifier);
        QCOMPARE(heads.heads(), (QList<int>{2, 0}));
        QCOMPARE(ticked(chips, 4), (QList<HeadOption>{{Kind::One, 0}, {Kind::One, 2}}));
        click({Kind::Max, 0});
        QCOMPARE(heads.fusion(), HeadFusion::Max);
        QCOMPARE(ticked(chips, 4), (QList<HeadOption>{{Kind::Max, 0}}));
        click({Kind::All, 0});
        QVERIFY(heads.overlaysHeads());
        QCOMPARE(heads.heads().size(), 4);
        QCOMPARE(ticked(chips, 4), (QList<HeadOption>{{Kind::All, 0}}));
    }
    void chipsFollowTheHeadsOfTheLayer()
    {
        HeadChoice heads;
        heads.fit({3, 1});
        HeadChips chips(&heads);
        QVERIFY(chips.chip({Kind::One, 2}) != nullptr);
        heads.setLayer(1);
        QVERIFY(chips.chip({Kind::One, 1}) == nullptr);
        QVERIFY(chips.chip({Kind::All, 0}) == nullptr); // one head alone has no mean
        QVERIFY(chips.chip({Kind::One, 0})->isChecked());
    }
    void noChipIsCut_data()
    {
        QTest::addColumn<int>("heads");
        QTest::addColumn<int>("width");
        for (const int heads : {1, 3, 12, 16, 40})
            for (const int width : {40, 100, 160, 300, 700})
                QTest::addRow("%d heads in %d pixels", heads, width) << heads << width;
    }
    void noChipIsCut()
    {
        QFETCH(int, heads);
        QFETCH(int, width);
        HeadChoice choice;
        choice.fit({heads});
        HeadChips chips(&choice);
        show(chips, width);
        int shown = 0;
        for (const QToolButton* chip : chips.findChildren<QToolButton*>()) {
            if (!chip->isVisible()) continue;
            ++shown;
            QVERIFY(chip->width() >= chip->sizeHint().width());
            QVERIFY2(chip->geometry().right() < std::max(width, chips.minimumSizeHint().width()),
                     qPrintable(chip->text()));
        }
        QVERIFY(shown > 0);
        const bool all = heads == 1 || chips.chip({Kind::One, heads - 1})->isVisible();
        QVERIFY(all || chips.rangeChip()->isVisible()); // every head can be reached
    }
    void manyHeadsOpenAPad()
    {
        HeadChoice heads;
        heads.fit({16});
        HeadChips chips(&heads);
        show(chips, 260);
        QVERIFY(chips.rangeChip()->isVisible());
        heads.setFusion(HeadFusion::Mean);
        QCOMPARE(chips.rangeChip()->text(), QStringLiteral("0–15"));
        const QPointer<QWidget> pad = chips.openPad();
        const QList<QToolButton*> inside = pad->findChildren<QToolButton*>();
        QCOMPARE(inside.size(), 20); // all, mean, max, min and sixteen heads
        QTest::mouseClick(inside.last(), Qt::LeftButton);
        QCOMPARE(heads.heads(), QList<int>{15});
        QVERIFY(pad == nullptr || !pad->isVisible()); // one head alone closes it
        QCOMPARE(chips.rangeChip()->text(), QStringLiteral("15"));
        const QPointer<QWidget> again = chips.openPad();
        QTest::mouseClick(again->findChildren<QToolButton*>()[4], Qt::LeftButton, Qt::ControlModifier);
        QCOMPARE(heads.heads(), (QList<int>{15, 0}));
        QVERIFY(again != nullptr && again->isVisible());
        QCOMPARE(chips.rangeChip()->text(), QStringLiteral("15, 0"));
    }
    void everyChipHasAName()
    {
        HeadChoice heads;
        heads.fit({5});
        HeadChips chips(&heads);
        show(chips, 600);
        everyPartHasAName(chips);
    }
};

QTEST_MAIN(TestHeadChips)
#include "tst_head_chips.moc"
