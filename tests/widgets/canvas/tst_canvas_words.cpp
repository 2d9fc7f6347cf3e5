// SPDX-License-Identifier: GPL-3.0-or-later
// A picture that stands among words: what a word looks at is seen on it, and its patches ask as the tokens they are.
#include "tests/support/fake_stage.h"
#include "tests/support/view_shots.h"
#include "widgets/canvas/canvas.h"
#include "widgets/canvas/canvas_caption.h"

#include <QTest>

#include <algorithm>

using namespace headlens;
using namespace headlens::test;

namespace {

constexpr int kBegin = 2, kPatches = 16; // <s> USER: and then the picture

struct Stage : FakeStage {
    DisplaySettings display;
    Canvas canvas{&model, &selection, &display};

    bool ready()
    {
        canvas.resize(700, 520);
        canvas.show();
        if (!QTest::qWaitForWindowExposed(&canvas) || !open("asked")) return false;
        model.wishes()->change([](RunRequest& r) {
            r.text.text = QStringLiteral("what is red ?");
            r.text.chat = true;
        });
        return settled() && QTest::qWaitFor([this] { return words() == kBegin + kPatches + 5; });
    }
    int words() const { return int(model.input().streams[0].tokens.size()); }
    bool look(int token)
    {
        selection.tokens()->unpin();
        selection.tokens()->hover({0, token});
        return QTest::qWaitFor([&] { return model.link()->isSettled() && model.rows()->of().token == token; });
    }
    QPoint middleOf(int token) { return canvas.scene().rectOf(token).center().toPoint(); }
};

} // namespace

class TestCanvasWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatAWordLooksAtLiesOnThePicture()
    {
        Stage stage;
        QVERIFY(stage.ready() && stage.look(stage.words() - 1));
        const CanvasScene scene = stage.canvas.scene();
        QVERIFY(scene.lookedAtPicture() && scene.paintsMap());
        const std::vector<float> row = stage.model.rows()->current();
        const auto patches = scene.map().patches();
        QCOMPARE(int(patches.size()), kPatches);
        for (int i = 0; i < kPatches; ++i) QCOMPARE(patches[std::size_t(i)], row[std::size_t(kBegin + i)]);
        QCOMPARE(scene.map().scale.high, std::ranges::max(patches)); // words have no part in it
        QVERIFY(captionOf(scene).contains("picture"));
        photograph(stage.canvas, "canvas-words");
    }
    void itsPatchesAreTokensOfTheText()
    {
        Stage stage;
        QVERIFY(stage.ready() && stage.look(stage.words() - 1));
        const QPoint patch = stage.middleOf(kBegin + 6);
        QTest::mouseMove(&stage.canvas, patch);
        QTRY_COMPARE(stage.selection.tokens()->query(), (TokenPlace{0, kBegin + 6}));
        QTest::keyClick(&stage.canvas, Qt::Key_Right);
        QCOMPARE(stage.selection.tokens()->query(), (TokenPlace{0, kBegin + 7}));
        QVERIFY(stage.canvas.scene().selectionIsHere());
    }
    void aWordHasNoPlaceOnThePicture()
    {
        Stage stage;
        QVERIFY(stage.ready() && stage.look(stage.words() - 1));
        QVERIFY(!stage.canvas.scene().selectionIsHere());
        const TokenLayout& layout = stage.canvas.scene().tokens();
        QCOMPARE(layout.tokens(), stage.words());
        QCOMPARE(layout.name(stage.words() - 1), QString("ASSISTANT:"));
        QCOMPARE(layout.name(kBegin + 5), QString("patch (row 1, column 1)"));
        for (int token = 0; token < layout.tokens(); ++token) QCOMPARE(layout.middle(layout.parentToken(token)), token);
    }
};

QTEST_MAIN(TestCanvasWords)
#include "tst_canvas_words.moc"
