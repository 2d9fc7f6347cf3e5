// SPDX-License-Identifier: GPL-3.0-or-later
// Films in the whole window against a real engine: stepped, played, left, lost with their engine, damaged.
#include "app/openings.h"
#include "tests/support/window_stage.h"
#include "widgets/panels/film_bar.h"
#include "widgets/viewmodel/film_player.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace headlens;
using namespace headlens::test;

class TestFilmsInWindow : public QObject, private WindowStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { writeFiles(); }
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void aFilmIsSteppedPlayedAndLeftForAPicture()
    {
        m_window->openings()->openModel(path("model"));
        drop({path("film.avi")});
        waitForRows();
        QTRY_COMPARE(model().input().frame, std::int64_t(0));
        QVERIFY(m_window->findChild<FilmBar*>()->isVisibleTo(m_window.get()));
        FilmPlayer& player = *m_window->player();
        player.step(3);
        QTRY_COMPARE(model().input().frame, std::int64_t(3));
        player.step(-1);
        QTRY_COMPARE(model().input().frame, std::int64_t(2));
        QSignalSpy inputs(&model(), &InspectionModel::inputChanged);
        player.setPlaying(true);
        QTRY_VERIFY_WITH_TIMEOUT(!player.isPlaying(), 20'000); // to its end
        QCOMPARE(model().input().frame, std::int64_t(kFilmFrames - 1));
        QVERIFY(!inputs.isEmpty());
        QVERIFY2(inputs.size() <= kFilmFrames, "no frame twice");
        drop({path("a.png")});
        QTRY_COMPARE(model().input().frame, std::int64_t(-1));
        QVERIFY(!player.isOpen());
        QVERIFY(!m_window->findChild<FilmBar*>()->isVisibleTo(m_window.get()));
    }
    void closingAFilmBringsThePictureBack()
    {
        m_window->openings()->openModel(path("model"));
        drop({path("a.png")});
        waitForRows();
        drop({path("film.avi")});
        QTRY_COMPARE(model().input().frame, std::int64_t(0));
        m_window->player()->close();
        QTRY_COMPARE(model().input().frame, std::int64_t(-1));
        QVERIFY(model().input().name.ends_with("a.png"));
        waitForRows();
    }
    void aFilmSurvivesItsEngineAndAnotherModel()
    {
        m_window->openings()->openModel(path("model"));
        drop({path("film.avi")});
        waitForRows();
        m_window->player()->seek(7);
        QTRY_COMPARE(model().input().frame, std::int64_t(7));
        ::kill(pid_t(m_engine->hello().processId), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->isReady() && model().link()->isSettled(), 30'000);
        waitForRows();
        QTRY_COMPARE(model().input().frame, std::int64_t(7));
        m_window->player()->step(1);
        QTRY_COMPARE(model().input().frame, std::int64_t(8));
        m_window->openings()->openModel(path("other"));
        QTRY_COMPARE(int(model().model().blocks.size()), 3);
        waitForRows();
        QTRY_COMPARE(model().input().frame, std::int64_t(8));
    }
    void aFilmThatIsNoneIsSaidAndThePictureStays()
    {
        writeBytes(path("bad.mp4").toStdString(), "no film");
        m_window->openings()->openModel(path("model"));
        drop({path("a.png")});
        waitForRows();
        drop({path("bad.mp4")});
        QTRY_VERIFY(m_window->message().contains("bad.mp4"));
        QVERIFY(!m_window->player()->isOpen());
        QVERIFY(model().hasInput());
    }
};

QTEST_MAIN(TestFilmsInWindow)
#include "tst_films_in_window.moc"
