// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "app/figure_command.h"
#include "app/history/keeping.h"
#include "app/history/sessions.h"
#include "app/lesson_actions.h"
#include "app/main_window.h"
#include "app/openings.h"
#include "app/start_screen.h"
#include "app/workspaces.h"
#include "widgets/text/generation_panel.h"
#include "widgets/text/text_pane.h"
#include "widgets/viewmodel/interventions.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_sheet.h"

#include <QApplication>
#include <QFileInfo>
#include <QIcon>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <utility>

namespace headlens {
namespace {

// Waits until the window shows what was asked for, saves it and leaves.
class Screenshot : public QObject {
public:
    Screenshot(MainWindow& window, QString file) : m_window(window), m_file(std::move(file))
    {
        m_quiet.setSingleShot(true);
        m_quiet.setInterval(250); // plots replot on the next event round, docks lay themselves out
        connect(&m_quiet, &QTimer::timeout, this, &Screenshot::take);
        connect(m_window.inspection()->link(), &EngineLink::settled, this, [this] {
            if (!m_window.inspection()->rows()->layers().empty()) m_quiet.start();
        });
        connect(m_window.inspection()->link(), &EngineLink::failed, this, [this] { fail(); });
        connect(&m_window.inspection()->link()->client(), &EngineClient::gaveUp, this, [this] { fail(); });
        QTimer::singleShot(150'000, this, [this] { m_waitsForSheet = false; }); // tiles say what is still to come
        QTimer::singleShot(180'000, this, [this] { fail(); });
    }

private:
    void take()
    {
        if (m_waitsForSheet && m_window.inspection()->sheet()->isComputing())
            return m_quiet.start(); // method after method
        if (m_waitsForSheet && !m_window.inspection()->link()->isSettled()) return;
        if (!m_window.grab().save(m_file)) return fail();
        QCoreApplication::exit(0);
    }
    void fail()
    {
        // After the message bar has its text: both listen to the same signal.
        QTimer::singleShot(0, this, [this] {
            std::fprintf(stderr, "headlens: %s\n",
                         qPrintable(m_window.message().isEmpty() ? QStringLiteral("%1 could not be made").arg(m_file)
                                                                 : m_window.message()));
            QCoreApplication::exit(1);
        });
    }
    MainWindow& m_window;
    QString m_file;
    QTimer m_quiet;
    bool m_waitsForSheet = true;
};

void applyAnswer(InspectionModel* model, const CommandLine& line)
{
    if (line.target) {
        verbs::ScoreChoice score = model->map()->score();
        score.target = *line.target;
        model->map()->setScore(score);
    }
    if (line.second) {
        model->sheet()->setSecond(*line.second);
        model->sheet()->setShowsTwo(true);
    }
}

// Behind what is shown: the workspace Change takes what was before as the baseline.
void applyChanges(InspectionModel* model, const CommandLine& line)
{
    if (line.changes.empty()) return;
    model->wishes()->change([&](RunRequest& request) {
        for (const verbs::Change& change : line.changes) setIntervention(request, change);
    });
}

void applySelection(MainWindow& window, const CommandLine& line)
{
    // The extents are known with the first input only; what does not exist is pulled in.
    auto* once = new QObject(&window);
    auto writes = std::make_shared<int>(line.write.value_or(0));
    QObject::connect(window.inspection(), &InspectionModel::inputChanged, once, [&window, line, once, writes] {
        if (*writes > 0) { // the next input holds what was written
            QTimer::singleShot(0, &window, [&window, count = std::exchange(*writes, 0)] {
                window.findChild<GenerationPanel*>()->write(count);
            });
            return;
        }
        HeadChoice* heads = window.selection()->heads();
        TokenChoice* tokens = window.selection()->tokens();
        if (line.layer) heads->setLayer(*line.layer);
        if (line.head) heads->setHead(*line.head);
        const int stream = line.stream.value_or(tokens->query().stream);
        if (line.query) tokens->pin({stream, std::min(*line.query, tokens->countIn(stream) - 1)});
        if (line.reverse) tokens->setReverse(true);
        applyAnswer(window.inspection(), line);
        for (const QString& what : line.show.split(QLatin1Char(','), Qt::SkipEmptyParts))
            if (!window.viewNames()->show(what))
                std::fprintf(stderr, "headlens: --show %s is not known\n", qPrintable(what));
        applyChanges(window.inspection(), line);
        once->deleteLater();
    });
}

QStringList engineCommand(const CommandLine& line, const AppSettings& settings)
{
    const QString wish = line.engine.isEmpty() ? settings.engineCommand() : line.engine;
    return wish.isEmpty() ? EngineClient::defaultCommand() : QProcess::splitCommand(wish);
}

// A picture of the window needs no screen that is as large.
void applySize(MainWindow& window, const CommandLine& line)
{
    if (line.size.isValid())
        window.setSize(line.size);
    else if (!line.screenshot.isEmpty())
        window.setSize(Workspaces::kUsualSize);
}

// False when a picture that was named cannot be read; the message bar says why.
bool openFirst(MainWindow& window, const CommandLine& line)
{
    if (!line.fit.isEmpty()) window.inspection()->wishes()->change([&](RunRequest& r) { r.fit = line.fit; });
    if (!line.lesson.isEmpty()) return window.lessons()->open(line.lesson, line.step.value_or(0));
    const Opening given = openingOf(line.pictures);
    if (!given.session.isEmpty() && window.keeping()->sessions()->open(given.session)) return true;
    if (!line.text.isEmpty()) window.textPane()->type(line.text);
    window.openings()->openModel(
        given.model.isEmpty() ? (QFileInfo::exists(line.model) ? QFileInfo(line.model).absoluteFilePath() : line.model)
                              : given.model);
    bool opened = true;
    for (const QString& path : given.pictures) opened = window.openings()->openPictureFile(path) && opened;
    const QString own = examplePictureOf(line.model);
    if (given.pictures.isEmpty())
        window.openings()->openPictureFile(own.isEmpty() ? QString::fromLatin1(kSamplePicture) : own);
    return opened;
}

} // namespace

void choosePlatform(bool screenshotWanted)
{
    const bool display = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (screenshotWanted && !display && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
}

int runApplication(int argc, char** argv)
{
    static const QStringList kWithoutDisplay{QStringLiteral("-h"), QStringLiteral("--help"), QStringLiteral("-v"),
                                             QStringLiteral("--version")};
    bool screenshot = false;
    for (int i = 1; i < argc; ++i)
        screenshot = screenshot || std::strncmp(argv[i], "--screenshot", 12) == 0 ||
                     std::strncmp(argv[i], "--figure", 8) == 0 ||
                     kWithoutDisplay.contains(QString::fromLocal8Bit(argv[i]));
    choosePlatform(screenshot);
    QApplication app(argc, argv);
    QApplication::setApplicationName("HeadLens");
    QApplication::setApplicationVersion(HEADLENS_VERSION);
    QApplication::setWindowIcon(QIcon(":/icons/headlens.svg"));
    QGuiApplication::setDesktopFileName("io.github.headlens.HeadLens");
    const CommandLine line = parseCommandLine(QApplication::arguments());
    if (!line.problem.isEmpty()) {
        std::fprintf(stderr, "headlens: %s\n", qPrintable(line.problem));
        return 2;
    }
    QTemporaryDir scratch; // a picture of the window must not change how it looks tomorrow
    const bool passing = !line.screenshot.isEmpty() && line.settings.isEmpty() && scratch.isValid();
    AppSettings settings(passing ? scratch.filePath(QStringLiteral("settings.ini")) : line.settings);
    if (!line.language.isEmpty()) settings.setLanguage(line.language);
    if (!line.theme.isEmpty()) settings.setTheme(line.theme);
    if (!line.figure.isEmpty()) return makeFigure({line.figure, line.out, line.dpi}, engineCommand(line, settings));
    EngineClient engine(engineCommand(line, settings));
    engine.start(); // first of all: it loads while the window is built
    MainWindow window(&settings, &engine);
    applySize(window, line);
    applySelection(window, line);
    std::optional<Screenshot> shot;
    if (!line.screenshot.isEmpty()) shot.emplace(window, line.screenshot);
    if (!openFirst(window, line) && shot) {
        std::fprintf(stderr, "headlens: %s\n", qPrintable(window.message()));
        return 1;
    }
    if (!shot) window.keeping()->offerLeftover();
    if (!line.saysWhat && settings.showsStartPage()) window.start()->show(); // the sample waits below it
    window.show();
    return QApplication::exec();
}

} // namespace headlens
