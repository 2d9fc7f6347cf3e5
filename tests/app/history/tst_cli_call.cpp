// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of a figure: what it says, and that a shell reads it as it was meant.
#include "app/history/cli_call.h"

#include <QProcess>
#include <QTest>

using namespace headlens;

class TestCliCall : public QObject {
    Q_OBJECT

    static CliFigure figure(const char* what, const char* over)
    {
        CliFigure made;
        made.look.what = what;
        made.over = QString::fromLatin1(over);
        made.precision = QStringLiteral("float32");
        return made;
    }
    static WorkState state()
    {
        WorkState made;
        made.model.path = QStringLiteral("emoji-vit");
        made.input.picture = QStringLiteral("/p/cat.jpg");
        return made;
    }
    static QString line(const WorkState& state, const CliFigure& figure)
    {
        return cliArguments(state, figure).join(QLatin1Char(' '));
    }

private Q_SLOTS:
    void whatIsAsUsualIsLeftOut()
    {
        CliFigure map = figure("map", "head");
        map.look.layer = 4;
        map.look.head = 2;
        map.look.token = 17;
        QCOMPARE(line(state(), map), QString("export --model emoji-vit --image /p/cat.jpg --what map --format png "
                                             "--layer 4 --head 2 --query 17 --out figures"));
    }
    void theBaselineIsNamedWhereSomethingIsTakenFromIt()
    {
        CliFigure map = figure("map", "head");
        map.baselineImage = QStringLiteral("/p/dog.jpg");
        QVERIFY(!line(state(), map).contains("baseline"));
        WorkState patched = state();
        patched.input.request.changes = {{"patch", 3, -1, 0, {}, {5}}};
        QVERIFY2(line(patched, map).contains("--change patch 3 5") &&
                     line(patched, map).contains("--baseline-image /p/dog.jpg"),
                 qPrintable(line(patched, map)));
        QVERIFY(!line(patched, map).contains("baseline-text"));
    }
    void whatIsNotAsUsualIsSaid()
    {
        WorkState all = state();
        all.model.settings = {{"num_heads", "6"}};
        all.input.takesCut = true;
        all.input.request.fit = QStringLiteral("native");
        all.input.request.maskRatio = 0.5;
        all.input.request.maskSeed = 3;
        all.input.request.text.ablated = {{5, 3}};
        all.input.request.switches = {{"positions", "off"}};
        all.input.request.changes = {{"cut", 3, 1, 0, {5}, {7, 8}}};
        CliFigure map = figure("gradcam", "layer");
        map.look.settings = {{"steps", "32"}};
        map.look.score = {281, 4, 1};
        map.look.reverse = map.look.logarithmic = map.look.smooth = true;
        map.look.colormap = "magma";
        map.look.opacity = 0.3;
        map.look.scale = "global";
        map.look.keepMass = 0.6;
        map.precision = QStringLiteral("bfloat16");
        QCOMPARE(line(all, map),
                 QString("export --model emoji-vit --set num_heads=6 --precision bfloat16 --image /p/cat.jpg "
                         "--allow-cut --fit native --mask-ratio 0.5 --mask-seed 3 --silence 5.3 --change cut 3.1 5>7,8 "
                         "--switch positions=off "
                         "--what gradcam --param steps=32 --format png --layer 0 --query 0 --target 281 --token 4 "
                         "--of-candidate 1 --reverse --colormap magma --opacity 0.3 --scale global --mass 0.6 --log "
                         "--smooth --out figures"));
    }
    void textsAreSaidWhereTheModelReads()
    {
        WorkState words = state();
        words.input.picture.clear();
        words.input.request.text = {"-1 is less", "and", "so", {}, {"a", "b"}, "b", true, {2, 3}, {}};
        CliFigure row = figure("row", "head");
        row.look.format = "csv";
        QVERIFY(!line(words, row).contains("--text"));
        row.reads = true;
        QVERIFY2(line(words, row)
                     .contains("--text=-1 is less --pair and --written so --candidate b --candidate a "
                               "--hide 2 --hide 3 --cut-from begin"),
                 qPrintable(line(words, row)));
    }
    void aQuestionIsAskedThroughTheTemplate()
    {
        WorkState words = state();
        words.input.request.text = {};
        words.input.request.text.text = "what is it ?";
        words.input.request.text.chat = true;
        words.input.request.text.system = "Be short.";
        CliFigure row = figure("row", "head");
        row.reads = true;
        QVERIFY2(line(words, row).contains("--text what is it ? --chat --system Be short."),
                 qPrintable(line(words, row)));
        words.input.request.text.chat = false; // what is said first is of a chat only
        QVERIFY(!line(words, row).contains("--system"));
    }
    void aFusionStandsWhereTheHeadDoesAndARunHasNeither()
    {
        CliFigure map = figure("map", "head");
        map.look.fusion = "mean";
        QVERIFY(line(state(), map).contains("--head mean"));
        QVERIFY(!line(state(), figure("rollout", "run")).contains("--layer"));
    }
    void aShellReadsItAsItWasMeant_data()
    {
        QTest::addColumn<QString>("word");
        for (const char* word : {"plain", "two words", "it's", "''", "", "$HOME `id` $(id)", "a\"b\\c", "*.jpg", "~",
                                 "new\nline", "!x", "ümläut", "猫.jpg", "a;b|c&d", "#no"})
            QTest::newRow(word) << QString::fromUtf8(word);
    }
    void aShellReadsItAsItWasMeant()
    {
        QFETCH(QString, word);
        const QString quoted = shellLine({word, QStringLiteral("end")}).mid(int(qstrlen("headlens-cli ")));
        for (const char* shell : {"sh", "bash"}) {
            QProcess run;
            run.start(QString::fromLatin1(shell), {"-c", "printf '%s|' " + quoted});
            QVERIFY(run.waitForFinished(10'000));
            QCOMPARE(QString::fromUtf8(run.readAllStandardOutput()), word + "|end|");
        }
    }
};

QTEST_GUILESS_MAIN(TestCliCall)
#include "tst_cli_call.moc"
