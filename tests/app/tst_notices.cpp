// SPDX-License-Identifier: GPL-3.0-or-later
// What is said in the message bar of failures, without an engine: they are told here as it would tell them.
#include "app/notices.h"
#include "widgets/common/message_bar.h"
#include "widgets/panels/filmstrip.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace headlens;

class TestNotices : public QObject {
    Q_OBJECT

    struct Stage {
        EngineClient engine{{QStringLiteral("none")}}; // never started
        Selection selection;
        InspectionModel model{&engine, &selection};
        MessageBar bar;
        Filmstrip strip;
        Notices notices{{&model, &bar, &strip}, nullptr};

        Stage()
        {
            for (const char* name : {"whole.jpg", "other.jpg"}) strip.addPicture(QString::fromLatin1(name));
        }
        void fail(const char* code, const char* subject) { Q_EMIT model.link()->failed({code, subject, {}, {}}); }
        QPushButton* button() { return bar.findChild<QPushButton*>(); }
    };

private Q_SLOTS:
    void aPictureThatIsCutOffIsOfferedAllTheSame()
    {
        Stage stage;
        stage.strip.addPicture(QStringLiteral("cut.jpg"), "its bytes");
        QSignalSpy unreadable(&stage.notices, &Notices::pictureUnreadable);
        QSignalSpy chosen(&stage.strip, &Filmstrip::chosen);
        stage.fail("image_cut", "cut.jpg");
        QVERIFY2(stage.bar.text().contains("cut.jpg"), qPrintable(stage.bar.text()));
        QVERIFY(!stage.button()->isHidden());
        QCOMPARE(stage.button()->text(), QString("Look all the same"));
        QVERIFY2(chosen.isEmpty(), "not before it is wanted");
        stage.button()->click();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toString(), QString("cut.jpg"));
        QCOMPARE(chosen[0][1].toByteArray(), QByteArray("its bytes"));
        QCOMPARE(stage.bar.text(), QString());
        QCOMPARE(stage.strip.count(), 3);
        QVERIFY2(unreadable.isEmpty(), "it stays in the strip");
    }
    void aPictureThatCannotBeReadIsSaidBeforeAnotherIsOpened_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("no picture") << QByteArray("image_unreadable");
        QTest::newRow("too large") << QByteArray("image_too_large");
    }
    void aPictureThatCannotBeReadIsSaidBeforeAnotherIsOpened()
    {
        QFETCH(QByteArray, code);
        Stage stage;
        QString name, saidBefore;
        connect(&stage.notices, &Notices::pictureUnreadable, &stage.bar, [&](const QString& unreadable) {
            name = unreadable;
            saidBefore = stage.bar.text();
        });
        stage.fail(code.constData(), "bad.png");
        QCOMPARE(name, QString("bad.png"));
        QVERIFY2(saidBefore.contains("bad.png"), qPrintable(saidBefore));
        QVERIFY(stage.button()->isHidden());
    }
    void whatFailsElsewhereLeavesThePicturesAlone()
    {
        Stage stage;
        QSignalSpy unreadable(&stage.notices, &Notices::pictureUnreadable);
        stage.fail("bad_config", "a model");
        QVERIFY(!stage.bar.text().isEmpty());
        QVERIFY(unreadable.isEmpty());
        QCOMPARE(stage.strip.count(), 2);
    }
    void noticesOfTheEngineAreSaidAsTheyAre()
    {
        Stage stage;
        Q_EMIT stage.model.link()->notice(EngineLink::Level::Warning, QStringLiteral(" It is slow today.\n"));
        QCOMPARE(stage.bar.text(), QString("It is slow today."));
        Q_EMIT stage.model.comparison()->changed();
        QVERIFY2(stage.bar.text().startsWith("It is slow"), "nothing is held");
    }
};

QTEST_MAIN(TestNotices)
#include "tst_notices.moc"
