// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/token_choice.h"

#include <QSignalSpy>
#include <QTest>

using namespace headlens;

class TestTokenChoice : public QObject {
    Q_OBJECT

    static TokenPlace at(int stream, int token) { return {stream, token}; }

private Q_SLOTS:
    void hoveringMovesTheQuery()
    {
        TokenChoice tokens;
        tokens.fit({10});
        QSignalSpy moved(&tokens, &TokenChoice::changed);
        tokens.hover({0, 4});
        QCOMPARE(tokens.query().token, 4);
        QCOMPARE(moved.count(), 1);
        tokens.leave(); // keeps it
        tokens.hover({0, -1});
        QCOMPARE(tokens.query().token, 4);
        QCOMPARE(moved.count(), 1);
    }
    void aPinHoldsTheQueryAndHoveringReadsTheOther()
    {
        TokenChoice tokens;
        tokens.fit({10});
        tokens.pin({0, 4});
        tokens.hover({0, 7});
        QCOMPARE(tokens.query().token, 4);
        QCOMPARE(tokens.other().token, 7);
        tokens.pin({0, 4}); // again lets go
        QVERIFY(!tokens.isPinned());
        QCOMPARE(tokens.other().token, -1);
        tokens.hover({0, 7});
        QCOMPARE(tokens.query().token, 7);
    }
    void whileOneIsPinnedTheMouseAnnouncesTheOtherOnly()
    {
        TokenChoice tokens;
        tokens.fit({10, 5});
        tokens.pin({0, 4});
        QSignalSpy moved(&tokens, &TokenChoice::changed), read(&tokens, &TokenChoice::otherChanged);
        tokens.hover({1, 2});
        tokens.hover({1, 2}); // the same
        QVERIFY(tokens.other() == at(1, 2));
        QCOMPARE(read.count(), 1);
        tokens.leave();
        QVERIFY(tokens.other() == at(1, -1));
        tokens.leave();
        QCOMPARE(read.count(), 2);
        QCOMPARE(moved.count(), 0);
    }
    void aPinSaysThatTheQueryMovedWhereItDid()
    {
        TokenChoice tokens;
        tokens.fit({10, 5});
        QStringList said;
        connect(&tokens, &TokenChoice::changed, this, [&] { said << "query"; });
        connect(&tokens, &TokenChoice::otherChanged, this, [&] { said << "other"; });
        tokens.pin({1, 3});
        QCOMPARE(said, (QStringList{"query", "other"}));
        tokens.unpin();
        tokens.unpin(); // nothing to let go of
        tokens.pin({1, 3});
        QCOMPARE(said, (QStringList{"query", "other", "other", "other"}));
    }
    void theKeyboardPinsWhatIsPointedAt()
    {
        TokenChoice tokens;
        tokens.fit({10, 5});
        tokens.setToken(4);
        tokens.pinLookedAt(); // nothing else is pointed at: the query
        QVERIFY(tokens.isPinned() && tokens.query() == at(0, 4));
        tokens.hover({1, 2});
        tokens.pinLookedAt();
        QVERIFY(tokens.isPinned() && tokens.query() == at(1, 2));
        tokens.pinLookedAt(); // the same again
        QVERIFY(!tokens.isPinned());
    }
    void aPinnedQueryIsStillMovedByKeys()
    {
        TokenChoice tokens;
        tokens.fit({10, 5});
        tokens.pin({1, 3});
        tokens.setToken(99);
        QVERIFY(tokens.isPinned() && tokens.query() == at(1, 4));
    }
    void tokensBeyondTheEndsArePulledInOrRefused()
    {
        TokenChoice tokens;
        tokens.fit({10});
        tokens.setToken(1000);
        QCOMPARE(tokens.query().token, 9);
        tokens.hover({0, 1000});
        tokens.hover({3, 1}); // there is no such stream
        tokens.pin({0, -3});
        tokens.pin({0, 10});
        tokens.pin({-1, 0});
        QVERIFY(tokens.query() == at(0, 9) && !tokens.isPinned());
        QCOMPARE(tokens.countIn(0), 10);
        QCOMPARE(tokens.countIn(1), 0);
        QCOMPARE(tokens.countIn(-1), 0);
    }
    void anotherInputKeepsWhatItHas()
    {
        TokenChoice tokens;
        tokens.fit({10, 8});
        tokens.pin({1, 5});
        tokens.hover({0, 9});
        QSignalSpy moved(&tokens, &TokenChoice::changed), read(&tokens, &TokenChoice::otherChanged);
        tokens.fit({10, 8});
        QVERIFY(tokens.isPinned() && tokens.query() == at(1, 5) && tokens.other() == at(0, 9));
        QCOMPARE(tokens.count(), 8);
        tokens.fit({9, 4}); // of several streams the end is kept
        QVERIFY(!tokens.isPinned() && tokens.query() == at(1, 3) && tokens.other() == at(0, -1));
        tokens.fit({9}); // the stream is gone
        QVERIFY(tokens.query() == at(0, 0));
        QCOMPARE(moved.count() + read.count(), 0); // whoever fits says so
    }
    void aPinBeyondASingleStreamBeginsAgain()
    {
        TokenChoice tokens;
        tokens.fit({197});
        tokens.pin({0, 190});
        tokens.fit({145});
        QVERIFY(!tokens.isPinned() && tokens.query() == at(0, 0));
    }
    void noInputCountsAsOneToken()
    {
        TokenChoice tokens;
        tokens.fit({});
        QCOMPARE(tokens.count(), 1);
        tokens.fit({0, 0});
        QCOMPARE(tokens.countIn(1), 1);
    }
    void theDirectionIsAnnouncedOnce()
    {
        TokenChoice tokens;
        QSignalSpy changed(&tokens, &TokenChoice::changed);
        tokens.setReverse(true);
        tokens.setReverse(true);
        QVERIFY(tokens.reverse());
        QCOMPARE(changed.count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestTokenChoice)
#include "tst_token_choice.moc"
