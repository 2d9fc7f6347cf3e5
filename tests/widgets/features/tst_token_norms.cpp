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
        FloatArray states({20, 2}, {});
        for (int token = 0; token < 20; ++token)
            states.values.insert(states.values.end(), {token == 4 ? 30.0F : 3.0F, token == 4 ? 40.0F : 4.0F});
        const TokenNorms found = TokenNorms::of(states);
        QCOMPARE(found.norms.size(), std::size_t(20));
        QCOMPARE(found.norms[0], 5.0F);
        QCOMPARE(found.norms[4], 50.0F);
        QCOMPARE(found.outliers, std::vector<int>{4});
        // 5 on average but for one of 50: mean 7.25, deviation sqrt(19 * 45^2) / 20.
        QVERIFY(std::abs(double(found.limit) - (7.25 + 3 * 45 * std::sqrt(19.0) / 20)) < 1e-4);
    }
    void longSpecialTokensDoNotHideOutliers()
    {
        FloatArray states({21, 1}, {});
        for (int token = 0; token < 21; ++token) states.values.push_back(token == 0 ? 500.0F : token == 9 ? 50 : 5);
        QCOMPARE(TokenNorms::of(states).outliers, std::vector<int>{0});
        QCOMPARE(TokenNorms::of(states, 1).outliers, (std::vector<int>{0, 9}));
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
