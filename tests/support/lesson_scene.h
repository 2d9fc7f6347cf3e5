// SPDX-License-Identifier: GPL-3.0-or-later
// A tiny lesson and a player of it without an engine: what the player asks is answered by the test.
#pragma once

#include "widgets/lessons/lesson_page.h"
#include "widgets/lessons/lesson_player.h"

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <map>
#include <string>
#include <vector>

namespace headlens::test {

inline constexpr const char* kSteps =
    "{'id':'tiny','base':{'model':'toy','text':'a cat'},'steps':["
    "{'id':'look','set':{'head':1},'expect':['sum(blk0.h0.attn[row=0]) ~= 1'],"
    " 'reveal':[{'layer':1},{'hidden':['word(cat)'],'expect':['layers() == 2']}]},"
    "{'id':'guess','focus':['blk1.h2.attn[row=0]'],"
    " 'gate':{'predict':{'answer':'argmax(blk0.h0.attn[row=0])'}},'reveal':[{'head':2}]},"
    "{'id':'act','gate':{'do':{'layer':1,'head':2,'token':'word(cat)'}}}]}";

inline constexpr const char* kEnglish =
    "# A tiny lesson\n\n"
    "## look\nHere it gives {{ max(blk0.h0.attn[row=0]) | pct }}. See "
    "[its row](trace:blk1.h2.attn[row=word(cat),col=1]) and [nothing](trace:tok(word(dog))).\n"
    "### reveal\nFirst reveal: {{ best() }}.\n### reveal\nSecond reveal: {{ best() }}.\n"
    "### otherwise\nYour text gives {{ max(blk0.h0.attn[row=0]) | pct }}.\n\n"
    "## guess\nNow guess.\n### question\nWhich one?\n* the *{{ best() }}*\n* cat\n"
    "### reveal\nIt was {{ secret() }}.\n\n"
    "## act\n### question\n\n";

inline constexpr const char* kChinese =
    "# 小课\n\n## look\n这里是 {{ max(blk0.h0.attn[row=0]) | pct }}。\n### reveal\n一。\n"
    "### reveal\n二。\n\n"
    "## guess\n猜一猜。\n### question\n哪个？\n* 甲\n* 乙\n### reveal\n揭晓。\n\n"
    "## act\n选一个。\n";

inline void write(const QString& path, QByteArray text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

inline std::string described(const ViewState& state)
{
    std::string all =
        state.model + "|" + state.text + "|" + std::to_string(state.layer) + "|" + std::to_string(state.head);
    for (const std::string& hidden : state.hidden) all += "|" + hidden;
    return all;
}

// A player over a model that never ran, and an engine that is this test.
struct LessonScene {
    EngineClient engine{{QStringLiteral("/does/not/exist")}}; // never started
    Selection selection;
    InspectionModel model{&engine, &selection};
    LessonPlayer player{&model, &selection};
    verbs::ModelInfo info;
    verbs::InputInfo input;
    std::vector<std::string> states;
    std::map<std::string, verbs::EvaluatedOne> values;
    std::vector<std::vector<std::string>> questions;
    std::vector<LessonPlayer::Answered> waiting; // answers that are held back
    bool holdsBack = false, arranges = true;     // the stage is set at once

    LessonScene()
    {
        values["max(blk0.h0.attn[row=0]) | pct"] = {"37 %", 0.37, {}};
        values["sum(blk0.h0.attn[row=0]) ~= 1"] = {"1", 1, {}};
        values["argmax(blk0.h0.attn[row=0])"] = {"1", 1, {}};
        values["layers() == 2"] = {"1", 1, {}};
        values["best()"] = {"*_<b>cat</b>", 0, {}};
        info.blocks = {verbs::BlockOutline{0, 3, 8, {}, "self"}, verbs::BlockOutline{0, 3, 8, {}, "self"}};
        input.blocks.resize(2);
        verbs::Stream stream;
        for (const char* piece : {"[CLS]", "a", "cat"}) {
            verbs::TextToken token;
            token.piece = piece;
            stream.tokens.push_back(token);
        }
        input.streams = {stream};
        selection.setExtent({3, 3}, {3});
        player.setPlaces({&info, [this]() -> const verbs::InputInfo& { return input; }, &selection});
        player.setEvaluate([this](const std::vector<std::string>& asked, LessonPlayer::Answered done) {
            questions.push_back(asked);
            if (holdsBack)
                waiting.push_back(std::move(done));
            else
                done(answers(asked));
        });
        QObject::connect(&player, &LessonPlayer::stateWanted, &player, [this](const ViewState& state) {
            states.push_back(described(state));
            if (arranges) player.stageIsSet();
        });
    }
    std::vector<verbs::EvaluatedOne> answers(const std::vector<std::string>& asked) const
    {
        std::vector<verbs::EvaluatedOne> all;
        for (const std::string& one : asked) {
            const auto found = values.find(one);
            all.push_back(found != values.end() ? found->second : verbs::EvaluatedOne{{}, 0, "unknown"});
        }
        return all;
    }
    template <class Widget>
    Widget* child()
    {
        return player.findChild<Widget*>();
    }
    LessonPage* page() { return child<LessonPage>(); }
    QString text() { return page()->toPlainText(); }
    QPushButton* button(const QString& name)
    {
        for (QPushButton* one : player.findChildren<QPushButton*>())
            if (one->text() == name) return one;
        return nullptr;
    }
    bool says(const QString& words) const
    {
        for (const QLabel* label : player.findChildren<QLabel*>())
            if (label->text().contains(words)) return true;
        return false;
    }
    void show(QWidget& window)
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }
};

// The tiny lesson, written into `folder`.
inline Lesson tinyLesson(const QString& folder)
{
    QByteArray steps(kSteps);
    steps.replace('\'', '"');
    write(folder + "/lesson.json", steps);
    write(folder + "/text.en.md", kEnglish);
    write(folder + "/text.zh_CN.md", kChinese);
    return readLesson(folder.toStdString());
}

} // namespace headlens::test
