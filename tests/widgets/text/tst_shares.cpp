// SPDX-License-Identifier: GPL-3.0-or-later
// How attention divides between picture, question, answer and sinks, over a made-up model that is asked about a
// picture; and the chat template beside the text.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/text/chat_row.h"
#include "widgets/text/shares_view.h"
#include "widgets/text/text_pane.h"
#include "widgets/text/word_changes.h"
#include "widgets/text/write_row.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/shares.h"
#include "widgets/viewmodel/writing.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace headlens;
using namespace headlens::test;

namespace {

constexpr int kPatches = 16; // of the made-up picture

struct Asked : FakeStage {
    DisplaySettings display;
    bool ready()
    {
        if (!open("asked")) return false;
        model.wishes()->change([](RunRequest& r) {
            r.text.text = QStringLiteral("what is red ?");
            r.text.chat = true;
            r.text.written = QStringLiteral("a dog");
        });
        return settled() && QTest::qWaitFor([this] { return words().size() == 25; });
    }
    const std::vector<verbs::TextToken>& words() const { return model.input().streams[0].tokens; }
    int last() const { return int(words().size()) - 1; }
    bool look(int token)
    {
        selection.tokens()->hover({0, token});
        return QTest::qWaitFor([&] { return model.link()->isSettled() && model.rows()->of().token == token; });
    }
};

QList<int> counted(const std::vector<Share>& parts)
{
    QList<int> counts(kShares, 0);
    for (const Share part : parts) ++counts[int(part)];
    return counts;
}

} // namespace

class TestShares : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTokenIsOfOnePart()
    {
        Asked stage;
        QVERIFY(stage.ready());
        // <s> USER: 16 patches what is red ? ASSISTANT: a dog
        QCOMPARE(counted(partsOf(stage.model, 0)), (QList<int>{kPatches, 6, 2, 1}));
        QCOMPARE(partsOf(stage.model, 0).front(), Share::Sinks);
        QCOMPARE(partsOf(stage.model, 0)[2], Share::Picture);
        QCOMPARE(partsOf(stage.model, 0).back(), Share::Answer);
        QVERIFY(partsOf(stage.model, 7).empty());
    }
    void sharesAreTheSumsOfTheRowAndMakeOne()
    {
        Asked stage;
        QVERIFY(stage.ready() && stage.look(stage.last()));
        stage.selection.heads()->setFusion(HeadFusion::Single);
        stage.selection.heads()->setHead(1);
        const FloatArray& layer = stage.model.rows()->layers()[1];
        const auto row = layer.part(1);
        const auto shares = sharesOf(stage.model, *stage.selection.heads(), 1);
        QVERIFY(shares);
        QVERIFY(std::abs(std::accumulate(shares->begin(), shares->end(), 0.0) - 1) < 1e-6);
        const double picture = std::accumulate(row.begin() + 2, row.begin() + 2 + kPatches, 0.0);
        QVERIFY(std::abs((*shares)[std::size_t(Share::Picture)] - picture) < 1e-5);
        QVERIFY(sharesInWords(*shares).contains("picture"));
    }
    void inReverseThereAreNone()
    {
        Asked stage;
        QVERIFY(stage.ready());
        stage.selection.tokens()->setReverse(true);
        QTRY_VERIFY(stage.model.rows()->of().reverse);
        QVERIFY(!sharesOf(stage.model, *stage.selection.heads(), 0));
        SharesView view(&stage.model, &stage.selection);
        QVERIFY(view.legend().contains("direction"));
    }
    void barsChooseTheirLayerByMouseAndKeys()
    {
        Asked stage;
        QVERIFY(stage.ready() && stage.look(stage.last()));
        SharesView view(&stage.model, &stage.selection);
        view.resize(360, 240);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QCOMPARE(int(view.bars().size()), 2);
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.bars()[1].rect.center().toPoint());
        QCOMPARE(stage.selection.heads()->layer(), 1);
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(stage.selection.heads()->layer(), 0);
        // Every part has its colour, as wide as its share.
        const SharesView::Bar bar = view.bars()[1];
        const QImage image = view.grab().toImage();
        const double ratio = image.devicePixelRatio();
        double from = bar.rect.left();
        for (int i = 0; i < kShares; ++i) {
            const double wide = bar.rect.width() * (*bar.shares)[std::size_t(i)];
            if (wide > 4)
                QCOMPARE(image.pixelColor((QPointF(from + wide / 2, bar.rect.center().y()) * ratio).toPoint()),
                         shareColor(Share(i)));
            from += wide;
        }
        photograph(view, "shares");
        everyPartHasAName(view);
    }
    void theChatTemplateIsOnAndCanBeSwitchedOff()
    {
        Asked stage;
        TextPane pane(&stage.model, &stage.selection, &stage.display);
        pane.resize(640, 500);
        pane.show();
        QVERIFY(stage.open("asked"));
        QTRY_VERIFY(pane.chatRow()->isVisible());
        QTRY_VERIFY(pane.chatRow()->chat()->isChecked());
        QTRY_COMPARE(pane.writeRow()->button()->text(), QString("Ask"));
        QCOMPARE(QString::fromStdString(stage.words()[1].piece), "USER:"); // what it really reads
        QTest::keyClicks(pane.chatRow()->system(), "Be short.");
        QTRY_COMPARE(QString::fromStdString(stage.words()[1].piece), "Be");
        QTest::mouseClick(pane.chatRow()->chat(), Qt::LeftButton);
        QTRY_COMPARE(QString::fromStdString(stage.words()[0].piece), "what");
        QVERIFY(!pane.chatRow()->system()->isVisible());
        QTRY_COMPARE(pane.writeRow()->button()->text(), QString("Write"));
        QVERIFY(stage.open("tiles"));
        QTRY_VERIFY(!pane.chatRow()->isVisible());
    }
    void theWordsOfATextThatIsTypedAreNoAnswer()
    {
        Asked stage;
        QVERIFY(stage.ready());
        const WrittenPlace written = writtenPlace(stage.model);
        QCOMPARE(written.begin, stage.last() - 1);
        QCOMPARE(written.count, 2);
    }
    void aWordThatIsNotWrittenAgainIsGone_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QString>("compared");
        QTest::newRow("the same") << "a red dog"
                                  << "a red dog"
                                  << "a red dog";
        QTest::newRow("one word") << "a red dog"
                                  << "a blue dog"
                                  << "a <b><s>red</s></b> dog";
        QTest::newRow("more now") << "a dog"
                                  << "a very old dog"
                                  << "a dog";
        QTest::newRow("nothing now") << "a <dog>"
                                     << ""
                                     << "<b><s>a</s></b> <b><s>&lt;dog&gt;</s></b>";
        QTest::newRow("an order") << "one two three"
                                  << "three one two"
                                  << "one two <b><s>three</s></b>";
    }
    void aWordThatIsNotWrittenAgainIsGone()
    {
        QFETCH(QString, before);
        QFETCH(QString, now);
        QFETCH(QString, compared);
        QCOMPARE(comparedText(before, now), compared);
    }
};

QTEST_MAIN(TestShares)
#include "tst_shares.moc"
