// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions in words: what is written is read again, and what is none is refused.
#include "core/base/error.h"
#include "core/wire/changes.h"
#include "tests/support/expect_error.h"

#include <QTest>

using namespace headlens;
using namespace headlens::test;

class TestChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadAgain_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"head 3.1 x0.5",
                                 "head 3.1 x0.123456789",
                                 "head *.1 x-2",
                                 "mean 0.3",
                                 "attention 2 x0",
                                 "mlp * x1.5",
                                 "block 1 x0",
                                 "hide 5,12",
                                 "cut 3.1 5>7,8",
                                 "cut *.* >0",
                                 "cut 2.* 1,2>",
                                 "cover-blur 12,13",
                                 "cover-mean 0",
                                 "cover-zero 4",
                                 "patch 3 5,7",
                                 "patch * *",
                                 "patch-attention 2 0",
                                 "patch-mlp 3 *",
                                 "patch-head 3.1 5,7",
                                 "patch-head *.* *",
                                 "folder-mean 3.1 /p/birds",
                                 "folder-mean 3.* \"/my pictures/birds\"",
                                 "steer 5 x2 /p/a /p/b",
                                 "steer 5 x-0.5 \"/p/a b\" \"/p/say \\\"c\\\"\""})
            QTest::newRow(text) << text;
    }
    void whatIsWrittenIsReadAgain()
    {
        QFETCH(QString, text);
        const verbs::Change change = changeFrom(text.toStdString());
        QCOMPARE(QString::fromStdString(textOf(change)), text);
        QVERIFY(changeFrom(textOf(change)) == change);
    }
    void everyExampleIsReadAndOfItsKind()
    {
        for (const ChangeKind& kind : kChangeKinds) {
            const std::string example(kind.example);
            QCOMPARE(QString::fromStdString(changeFrom(example).kind), QString::fromStdString(std::string(kind.name)));
            QCOMPARE(QString::fromStdString(textOf(changeFrom(example))), QString::fromStdString(example));
        }
    }
    void anErrorNamesEveryKind()
    {
        try {
            changeFrom("charm 1");
            QFAIL("it was read");
        } catch (const Error& error) {
            for (const ChangeKind& kind : kChangeKinds)
                QVERIFY2(error.remedy().find(kind.example) != std::string::npos, std::string(kind.name).c_str());
        }
        QVERIFY(changeNames().starts_with("head, mean") && changeNames().ends_with(" or cover-zero"));
    }
    void aPathMayHoldSpacesAndQuotes()
    {
        const verbs::Change change = changeFrom("steer 5 x2 \"/my pictures/a\" \"/b \\\"c\\\"\"");
        QCOMPARE(QString::fromStdString(change.source), QString("/my pictures/a"));
        QCOMPARE(QString::fromStdString(change.against), QString("/b \"c\""));
        QCOMPARE(change.factor, 2.0);
    }
    void aStarStandsForAllTokens()
    {
        QVERIFY(changeFrom("cut 3.1 *>7") == changeFrom("cut 3.1 >7"));
        QVERIFY(changeFrom("cut 3.1 5>*") == changeFrom("cut 3.1 5>"));
    }
    void whatIsNoChangeIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"",
                                 "head",
                                 "head 3.1",
                                 "head 3 x0",
                                 "head 3.1 0.5",
                                 "head 3.1 x",
                                 "head 3.1 x0 more",
                                 "head 3.1 xnan",
                                 "head 3.1 xinf",
                                 "head 3.1 x1e300",
                                 "mean 3.1 x2",
                                 "mlp 3.1 x0",
                                 "hide",
                                 "hide a",
                                 "hide *",
                                 "hide 3 x0",
                                 "cut 3.1",
                                 "cut 3.1 5",
                                 "cut 3.1 5,*>7",
                                 "cover-blur",
                                 "cover-blur -1",
                                 "cover-blur 3 x1",
                                 "cover 3",
                                 "patch 3",
                                 "patch 3.1 5",
                                 "patch 3 a",
                                 "patch-head 3 5",
                                 "folder-mean 3.1",
                                 "folder-mean 3.1 a b",
                                 "folder-mean 3.1 \"a",
                                 "folder-mean 3.1 \"\"",
                                 "steer 5 a b",
                                 "steer 5 x1 a",
                                 "steer 5 x1 a b c",
                                 "charm 1"})
            QTest::newRow(text) << text;
    }
    void whatIsNoChangeIsRefused()
    {
        QFETCH(QString, text);
        QCOMPARE(errorOf([&] { changeFrom(text.toStdString()); }), ErrorCode::Usage);
    }
};

QTEST_GUILESS_MAIN(TestChanges)
#include "tst_changes.moc"
