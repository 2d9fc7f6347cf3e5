// SPDX-License-Identifier: GPL-3.0-or-later
// A session on the disk: paths that move with it, files that are none, and what is kept of them.
#include "app/history/session_file.h"
#include "app/history/state_figure.h"
#include "core/wire/safe_json.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace headlens;

class TestSessionFile : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString written(const QString& name, const QByteArray& bytes) const
    {
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
    }
    static QByteArray contentOf(const QString& file)
    {
        QFile read(file);
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
    }

private Q_SLOTS:
    void filesBelowItsFolderMoveWithIt()
    {
        WorkState state;
        state.model.path = path("models/mine");
        state.input.picture = path("cat.jpg");
        state.input.film = QStringLiteral("/elsewhere/film.mp4");
        const QByteArray bytes = sessionBytes(state, m_folder.path());
        QVERIFY(bytes.contains("\"./models/mine\"") && bytes.contains("\"./cat.jpg\""));
        QVERIFY(!bytes.contains(m_folder.path().toUtf8()));
        QVERIFY(QDir(m_folder.path()).mkpath("moved"));
        QVERIFY(writeSession(path("moved/a.headlens"), bytes));
        const ReadSession read = readSession(path("moved/a.headlens"));
        QVERIFY2(read.state, qPrintable(read.problem));
        QCOMPARE(read.state->model.path, path("moved/models/mine"));
        QCOMPARE(read.state->input.picture, path("moved/cat.jpg"));
        QCOMPARE(read.state->input.film, QStringLiteral("/elsewhere/film.mp4"));
    }
    void namesThatAreNoPathsStayNames()
    {
        WorkState state;
        state.model.path = QStringLiteral("emoji-vit");
        state.input.picture = QStringLiteral("pasted picture 1");
        state.input.bytes = "bytes";
        QVERIFY(writeSession(path("b.headlens"), sessionBytes(state, m_folder.path())));
        QVERIFY(readSession(path("b.headlens")).state == state);
    }
    void anotherTextOnDiskIsNoSession_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("why");
        QTest::newRow("empty") << QByteArray() << "no valid JSON";
        QTest::newRow("no JSON") << QByteArray("hello") << "no valid JSON";
        QTest::newRow("cut off") << sessionBytes({}, {}).left(200) << "no valid JSON";
        QTest::newRow("a list") << QByteArray("[1]") << "no JSON object";
        QTest::newRow("of another program") << QByteArray("{\"version\":1}") << "not written by HeadLens";
        QTest::newRow("a text for a version") << QByteArray("{\"headlens\":\"1\"}") << "not written by HeadLens";
        QTest::newRow("newer") << QByteArray("{\"headlens\":2}") << "newer HeadLens";
        QTest::newRow("version zero") << QByteArray("{\"headlens\":0}") << "not written by HeadLens";
        QTest::newRow("wrong types") << QByteArray("{\"headlens\":1,\"look\":{\"layer\":\"x\"}}") << "\"layer\"";
        QTest::newRow("a NUL") << QByteArray("{\"headlens\":1}\0", 15) << "NUL";
        QTest::newRow("twice") << QByteArray("{\"headlens\":1,\"model\":{},\"model\":{}}") << "twice";
        const QByteArray deep = "{\"headlens\":1,\"look\":" + QByteArray(100'000, '[');
        QTest::newRow("deep") << deep << "nested deeper";
        QTest::newRow("100 MB") << QByteArray(100 << 20, ' ') << "too large";
    }
    void anotherTextOnDiskIsNoSession()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, why);
        const QString file = written("bad.headlens", bytes);
        const ReadSession read = readSession(file);
        QVERIFY(!read.state && read.isDamaged);
        QVERIFY2(read.problem.contains(why) && read.problem.startsWith("bad.headlens"), qPrintable(read.problem));
    }
    void whatIsNoFileIsNotDamaged()
    {
        for (const QString& none : {path("nowhere.headlens"), m_folder.path()}) {
            const ReadSession read = readSession(none);
            QVERIFY(!read.state && !read.isDamaged && !read.problem.isEmpty());
        }
    }
    void aPersonsFileIsCopiedAndOursIsMoved()
    {
        const QString file = written("c.headlens", "one");
        QVERIFY(keepAsBad(file, Keep::Copy));
        QCOMPARE(contentOf(file), QByteArray("one"));
        QCOMPARE(contentOf(file + ".bad"), QByteArray("one"));
        QVERIFY(!written("c.headlens", "two").isEmpty());
        QVERIFY(keepAsBad(file, Keep::Move)); // over that of another day
        QVERIFY(!QFile::exists(file));
        QCOMPARE(contentOf(file + ".bad"), QByteArray("two"));
    }
    void aPictureWithoutAFileHasALimit()
    {
        WorkState state;
        state.input.bytes = QByteArray((16 << 20) + 1, 'x');
        QVERIFY(sessionBytes(state, {}).isEmpty());
        state.input.bytes.chop(1);
        QVERIFY(writeSession(path("d.headlens"), sessionBytes(state, {})));
        QVERIFY(readSession(path("d.headlens")).state == state); // what can be written can be read
    }
    void panesBesideTheMainPictureAreKeptAndMoveWithIt()
    {
        const PaneWish own{.model = path("models/mine"), .picture = path("cat.jpg"), .difference = true};
        const PaneWish named{.model = "emoji-vit", .map = "rollout"};
        const QByteArray bytes = sessionBytes({}, m_folder.path(), {}, {own, named});
        QVERIFY(!bytes.contains(m_folder.path().toUtf8()));
        QVERIFY(writeSession(path("g.headlens"), bytes));
        QCOMPARE(readSession(path("g.headlens")).panes, (QList<PaneWish>{own, named}));
        QVERIFY(writeSession(path("h.headlens"), sessionBytes({}, m_folder.path())));
        QVERIFY(readSession(path("h.headlens")).panes.isEmpty());
        const ReadSession bad = readSession(written("i.headlens", "{\"headlens\":1,\"panes\":[{\"model\":1}]}"));
        QVERIFY(!bad.state && bad.isDamaged && bad.problem.contains("panes"));
    }
    void aComposedFigureIsKeptWithTheSession()
    {
        FigureSpec figure;
        figure.content.model = QStringLiteral("emoji-vit");
        figure.content.inputs << FigureInput{QStringLiteral("cat"), {}, {}, {}, {}, {}};
        figure.content.columns = {FigureAxis::Layers, {1, 2}, {}};
        figure.sheet.caption = QStringLiteral("Two layers");
        QVERIFY(writeSession(path("e.headlens"), sessionBytes({}, m_folder.path(), figure)));
        QVERIFY(readSession(path("e.headlens")).figure == figure);
        QVERIFY(writeSession(path("f.headlens"), sessionBytes({}, m_folder.path())));
        QVERIFY(!readSession(path("f.headlens")).figure);
    }
    void aSessionWithoutAComposedFigureIsDrawnAsTheMapItShows()
    {
        WorkState state;
        state.model.path = QStringLiteral("emoji-vit");
        state.input.picture = QStringLiteral("cat.png");
        state.input.request.fit = QStringLiteral("squash");
        state.look.layer = 3;
        state.look.heads = {{3, 2}, {1, 0}};
        state.look.query = {0, 7};
        state.look.map.id = QStringLiteral("rollout");
        state.look.map.settings = {{"residual", "off"}};
        state.display.smooth = true;
        const FigureSpec figure = figureOf(state);
        QCOMPARE(figure.content.model, QStringLiteral("emoji-vit"));
        QCOMPARE(figure.content.inputs.first().picture, QStringLiteral("cat.png"));
        QCOMPARE(figure.content.run.fit, QStringLiteral("squash"));
        QCOMPARE(figure.content.subject.layer, 3);
        QCOMPARE(figure.content.subject.head, 2);
        QCOMPARE(figure.content.subject.query, QStringLiteral("7"));
        QCOMPARE(figure.content.subject.map, QStringLiteral("rollout"));
        QVERIFY(figure.content.subject.settings.at("rollout") == state.look.map.settings);
        QVERIFY(figure.look.smooth);
    }
    void whatCannotBeWrittenSaysSo() { QVERIFY(!writeSession(path("no/such/folder.headlens"), "{}")); }
};

QTEST_GUILESS_MAIN(TestSessionFile)
#include "tst_session_file.moc"
