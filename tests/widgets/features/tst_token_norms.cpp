// SPDX-License-Identifier: GPL-3.0-or-later
// The lengths of hidden states: their arithmetic, and the view over a real model.
#include "tests/support/engine_stage.h"
#include "widgets/features/token_norms.h"

#include <QLabel>
#include <QTest>

#include <cmath>

using namespace headlens;
using namespace headlens::test;

class TestTokenNorms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTokenManyTimesAsLongIsAnOutlier()
    {
        FloatArray states({6, 2}, {3, 4, 0, 5, 5, 0, 4, 3, 30, 40, 3.1F, 4});
        const TokenNorms found = TokenNorms::of(states);
        QCOMPARE(found.norms.size(), std::size_t(6));
        QCOMPARE(found.norms[0], 5.0F);
        QCOMPARE(found.norms[4], 50.0F);
        QCOMPARE(found.outliers, std::vector<int>{4});
    }
    void ofNoTokensThereAreNone()
    {
        const TokenNorms found = TokenNorms::of({});
        QVERIFY(found.norms.empty() && found.outliers.empty());
    }
    void theViewFollowsTheLayer()
    {
        EngineStage stage;
        TokenNormsView view(&stage.model, &stage.selection);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QVERIFY(stage.open("emoji-vit"));
        const auto settled = [&] {
            return stage.model.link()->isSettled() && int(view.shown().norms.size()) == stage.model.input().tokens;
        };
        QTRY_VERIFY_WITH_TIMEOUT(settled(), 10'000);
        const std::vector<float> last = view.shown().norms;
        stage.selection.heads()->setLayer(0);
        QTRY_VERIFY_WITH_TIMEOUT(settled() && view.shown().norms != last, 10'000);
        QVERIFY(view.findChild<QLabel*>()->text().contains(QStringLiteral("0")));
        QVERIFY(view.grab().width() > 0);
    }
};

QTEST_MAIN(TestTokenNorms)
#include "tst_token_norms.moc"
