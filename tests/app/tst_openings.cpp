// SPDX-License-Identifier: GPL-3.0-or-later
// What is opened, without an engine: which picture comes, what waits in the filmstrip, what is said of the others.
#include "app/app_settings.h"
#include "app/openings.h"
#include "widgets/common/message_bar.h"
#include "widgets/panels/filmstrip.h"
#include "widgets/viewmodel/film_player.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headlens;

class TestOpenings : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    struct Stage {
        QTemporaryDir folder;
        AppSettings settings{folder.filePath("settings.ini")};
        EngineClient engine{{QStringLiteral("none")}}; // never started
        Selection selection;
        InspectionModel model{&engine, &selection};
        FilmPlayer player{&model};
        MessageBar bar;
        Filmstrip strip;
        QWidget window;
        Openings* openings = new Openings({&window, &settings, &model, &player, &strip, &bar});
    };
    QString file(const QString& name, const QByteArray& bytes)
    {
        QFile written(m_folder.filePath(name));
        if (!written.open(QIODevice::WriteOnly)) return {};
        written.write(bytes);
        return written.fileName();
    }

private Q_SLOTS:
    void theFirstOfSeveralPicturesComesAndTheOthersWaitInTheStrip()
    {
        Stage stage;
        QSignalSpy opens(stage.openings, &Openings::opens);
        const QString first = file("a.png", "one"), second = file("b.png", "two");
        Opening both;
        both.pictures = {first, second};
        stage.openings->open(both);
        QVERIFY(stage.model.wishes()->hasPictureFile());
        QCOMPARE(stage.strip.count(), 2);
        QCOMPARE(stage.strip.currentItem()->toolTip(), first);
        QVERIFY(!opens.isEmpty());
        QCOMPARE(stage.settings.recent("pictures"), QStringList{first});
        QCOMPARE(stage.bar.text(), QString());
    }
    void insteadOfAnEmptyFileTheNextOneComes()
    {
        Stage stage;
        Opening both;
        both.pictures = {file("empty.png", {}), file("b.png", "two")};
        stage.openings->open(both);
        QVERIFY2(stage.bar.text().contains("empty.png") && stage.bar.text().contains("it is empty"),
                 qPrintable(stage.bar.text()));
        QCOMPARE(stage.settings.recent("pictures"), QStringList{both.pictures[1]});
        QVERIFY(stage.model.wishes()->hasPictureFile());
    }
    void insteadOfOneThatTheEngineCannotReadTheNextOneComes()
    {
        Stage stage;
        Opening three;
        three.pictures = {file("a.png", "one"), file("b.png", "two"), file("c.png", "three")};
        stage.openings->open(three);
        stage.openings->openAnother(three.pictures[0]);
        QCOMPARE(stage.strip.count(), 2);
        QCOMPARE(stage.settings.recent("pictures").first(), three.pictures[1]);
        stage.openings->openAnother(three.pictures[1]);
        QCOMPARE(stage.settings.recent("pictures").first(), three.pictures[2]);
        stage.openings->openAnother(three.pictures[2]); // and then there is none
        QCOMPARE(stage.strip.count(), 0);
    }
    void whatIsNoFileIsSaidAndNothingComes()
    {
        Stage stage;
        QVERIFY(!stage.openings->openPictureFile(m_folder.path()));
        QVERIFY2(stage.bar.text().contains("it is no regular file"), qPrintable(stage.bar.text()));
        QVERIFY(!stage.model.wishes()->hasPictureFile());
        QCOMPARE(stage.strip.count(), 0);
        QVERIFY(stage.settings.recent("pictures").isEmpty());
    }
    void nothingToOpenIsSaidAndTheStartPageStays()
    {
        Stage stage;
        QSignalSpy opens(stage.openings, &Openings::opens);
        stage.openings->open({});
        QVERIFY(stage.bar.text().contains("nothing HeadLens can open"));
        Opening unknown;
        unknown.unknown = {QStringLiteral("/somewhere/notes.txt")};
        stage.openings->open(unknown);
        QVERIFY2(stage.bar.text().contains("notes.txt"), qPrintable(stage.bar.text()));
        QVERIFY(opens.isEmpty());
    }
    void modelsByTheirPathAreRememberedAndThoseByNameAreNot()
    {
        Stage stage;
        stage.openings->openModel(QStringLiteral("emoji-vit"));
        QVERIFY(stage.settings.recent("models").isEmpty());
        Q_EMIT stage.model.modelOpened();
        QVERIFY(stage.settings.recent("models").isEmpty());
        stage.openings->openModel(QStringLiteral("/models/mine"));
        QVERIFY(stage.settings.recent("models").isEmpty()); // not before it is there
        Q_EMIT stage.model.modelOpened();
        QCOMPARE(stage.settings.recent("models"), QStringList{"/models/mine"});
    }
    void aModelThatCouldNotBeOpenedIsNotRemembered()
    {
        Stage stage;
        stage.openings->openModel(QStringLiteral("/models/damaged"));
        Q_EMIT stage.model.link()->failed({"weights_missing", "/models/damaged", {}, {}});
        Q_EMIT stage.model.modelOpened(); // the one before, once more
        QVERIFY(stage.settings.recent("models").isEmpty());
    }
    void thatNothingCouldBeOpenedIsSaidUntilAModelIs()
    {
        Stage stage;
        Opening unknown;
        unknown.unknown = {QStringLiteral("/somewhere/notes.txt")};
        stage.openings->open(unknown);
        QVERIFY(!stage.bar.text().isEmpty());
        Q_EMIT stage.model.modelOpened();
        QCOMPARE(stage.bar.text(), QString());
    }
};

QTEST_MAIN(TestOpenings)
#include "tst_openings.moc"
