// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/request_queue.h"

#include <QTest>

using namespace headlens;

class TestRequestQueue : public QObject {
    Q_OBJECT

    static Message request(std::uint64_t id, const std::string& tag = {})
    {
        Message message;
        message.id = id;
        message.tag = tag;
        return message;
    }

    // By the tag: what is quick, what changes something, and what neither is nor does.
    static Pace paceOf(const Message& message)
    {
        return message.tag == "quick" ? Pace::Quick : message.tag == "change" ? Pace::Waits : Pace::Overtaken;
    }

private Q_SLOTS:
    void aNewerRequestReplacesAWaitingOneOfItsTag()
    {
        RequestQueue queue;
        QVERIFY(queue.push(request(1, "rows")).empty());
        QVERIFY(queue.push(request(2, "tile")).empty());
        const auto replaced = queue.push(request(3, "rows"));
        QCOMPARE(replaced.size(), std::size_t(1));
        QCOMPARE(replaced[0].id, std::uint64_t(1));
        QCOMPARE(queue.take()->id, std::uint64_t(2));
        QCOMPARE(queue.take()->id, std::uint64_t(3));
    }
    void anEmptyTagReplacesNothing()
    {
        RequestQueue queue;
        queue.push(request(1));
        QVERIFY(queue.push(request(2)).empty());
    }
    void aRunningRequestIsNotReplaced()
    {
        RequestQueue queue;
        queue.push(request(1, "rows"));
        queue.take();
        QVERIFY(queue.push(request(2, "rows")).empty());
        QVERIFY(!queue.runningIsCancelled());
    }
    void cancelTakesAWaitingRequestOut()
    {
        RequestQueue queue;
        queue.push(request(1));
        queue.push(request(2));
        QCOMPARE(queue.cancel(2)->id, std::uint64_t(2));
        QVERIFY(!queue.cancel(2));
    }
    void cancelMarksTheRunningRequest()
    {
        RequestQueue queue;
        queue.push(request(1));
        queue.take();
        QVERIFY(!queue.cancel(1));
        QVERIFY(queue.runningIsCancelled());
        queue.push(request(2));
        queue.take();
        QVERIFY(!queue.runningIsCancelled()); // the mark does not outlive its request
    }
    void aQuickRequestIsTakenInTheMiddleOfAnother()
    {
        RequestQueue queue;
        queue.push(request(1, "study"));
        queue.take();
        QVERIFY(!queue.takeQuick(paceOf)); // it does not wait for one
        queue.push(request(2, "map"));
        queue.push(request(3, "quick"));
        QCOMPARE(queue.takeQuick(paceOf)->id, std::uint64_t(3));
        QVERIFY(!queue.takeQuick(paceOf));
        queue.cancel(1);
        QVERIFY(queue.runningIsCancelled()); // the first one still runs
        QCOMPARE(queue.take()->id, std::uint64_t(2));
    }
    void aQuickRequestPassesNothingThatChangesWhatItAsksAbout()
    {
        RequestQueue queue;
        queue.push(request(1, "study"));
        queue.take();
        queue.push(request(2, "change"));
        queue.push(request(3, "quick"));
        QVERIFY(!queue.takeQuick(paceOf));
        QCOMPARE(queue.take()->id, std::uint64_t(2));
        QCOMPARE(queue.take()->id, std::uint64_t(3));
    }
    void aClosedQueueEnds()
    {
        RequestQueue queue;
        queue.push(request(1));
        queue.close();
        QVERIFY(!queue.take());
    }
};

QTEST_APPLESS_MAIN(TestRequestQueue)
#include "tst_request_queue.moc"
