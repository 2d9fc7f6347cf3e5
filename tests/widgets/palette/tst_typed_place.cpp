// SPDX-License-Identifier: GPL-3.0-or-later
// What is read as a place, and as which.
#include "widgets/palette/typed_place.h"

#include <QTest>

#include <limits>

using namespace headlens;
using Kind = TypedPlace::Kind;

class TestTypedPlace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void placesAreRead_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<TypedPlace>("place");
        const auto head = [](int layer, int number) { return TypedPlace{Kind::Head, number, layer, {}}; };
        const auto one = [](Kind kind, int number) { return TypedPlace{kind, number, {}, {}}; };
        const auto unfinished = [](Kind kind) { return TypedPlace{kind, {}, {}, {}}; };
        for (const char* typed : {"5.3", " 5 . 3 ", "L5H3", "l5 h3", "L5.H3", "layer 5, head 3", "head 3 of layer 5",
                                  "blk5.h3", "５．３", "层5头3", "第5层第3头", "第 5 层 3 头"})
            QTest::newRow(typed) << QString(typed) << head(5, 3);
        for (const char* typed : {"layer 5", "Layer5", "L5", "block 5", "层 5", "第5层"})
            QTest::newRow(typed) << QString(typed) << one(Kind::Layer, 5);
        for (const char* typed : {"head 3", "H3", "头3", "第3头"})
            QTest::newRow(typed) << QString(typed) << one(Kind::Head, 3);
        for (const char* typed : {"token 7", "tok7", "词元 7", "第7个词元"})
            QTest::newRow(typed) << QString(typed) << one(Kind::Token, 7);
        for (const char* typed : {"patch 3,5", "patch 3 5", "3,5", "patch (3, 5)", "patch3;5", "图像块 3，5"})
            QTest::newRow(typed) << QString(typed) << TypedPlace{Kind::Patch, 3, {}, 5};
        for (const char* typed : {"class 2", "类别 2"}) QTest::newRow(typed) << QString(typed) << one(Kind::Class, 2);
        QTest::newRow("layer") << "layer" << unfinished(Kind::Layer);
        QTest::newRow("head") << "head" << unfinished(Kind::Head);
        QTest::newRow("token") << "token" << unfinished(Kind::Token);
        QTest::newRow("patch") << "patch" << unfinished(Kind::Patch);
        QTest::newRow("patch 3") << "patch 3" << one(Kind::Patch, 3);
        QTest::newRow("patch 3,") << "patch 3," << one(Kind::Patch, 3);
        QTest::newRow("class") << "class" << unfinished(Kind::Class);
        QTest::newRow("a number too large") << "layer 99999999999" << one(Kind::Layer, std::numeric_limits<int>::max());
    }
    void placesAreRead()
    {
        QFETCH(QString, typed);
        QFETCH(TypedPlace, place);
        const auto read = typedPlace(typed);
        QVERIFY(read.has_value());
        QVERIFY(*read == place);
    }
    void namesAreNoPlaces_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char* typed : {"", " ", "7", "l", "h", "heads", "next layer", "5.", "5.3.1", "layer five", "-1.2",
                                  "head grid", "class token", "tokens"})
            QTest::newRow(typed) << QString(typed);
    }
    void namesAreNoPlaces()
    {
        QFETCH(QString, typed);
        QVERIFY(!typedPlace(typed));
    }
};

QTEST_APPLESS_MAIN(TestTypedPlace)
#include "tst_typed_place.moc"
