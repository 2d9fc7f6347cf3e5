// SPDX-License-Identifier: GPL-3.0-or-later
// Measures what a person feels, in the real window with the real engine:
//   bench_window ENGINE MODEL PICTURE OTHER_PICTURE [FILM]
// prints one line of JSON: first paint, model and picture ready, picture dropped to heatmap, hover to painted heatmap,
// first tile of the matrix and its frames while scrolling, opening the model again, frames of a film a second.
#include "app/main_window.h"
#include "app/openings.h"
#include "core/wire/safe_json.h"
#include "widgets/canvas/canvas.h"
#include "widgets/heads/head_grid.h"
#include "widgets/plots/matrix_plot.h"
#include "widgets/viewmodel/film_player.h"
#include "widgets/viewmodel/film_source.h"
#include "widgets/viewmodel/live_rows.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QTimer>
#include <qcustomplot.h>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace {

using namespace headlens;

// Runs the event loop until `done`; answers the milliseconds it took.
template <class Done>
double waitFor(Done done)
{
    QElapsedTimer clock;
    clock.start();
    // One round at a time: the overload with a time limit goes on collecting rounds after `done` came true.
    QTimer wakes;
    wakes.start(200);
    while (!done() && clock.elapsed() < 30'000) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return double(clock.nsecsElapsed()) / 1e6;
}

void hover(Canvas& canvas, const QPointF& point)
{
    QMouseEvent move(QEvent::MouseMove, point, canvas.mapToGlobal(point), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(&canvas, &move);
}

// Mouse event to the frame that shows its rows, on canvas and head grid.
std::vector<double> measureHover(MainWindow& window, int rounds)
{
    std::vector<double> times;
    bool rows = false, canvas = false, grid = false;
    QObject listening;
    QObject::connect(window.inspection()->rows(), &LiveRows::changed, &listening, [&] {
        rows = true;
        canvas = grid = false;
    });
    QObject::connect(window.canvas(), &Canvas::painted, &listening, [&] { canvas = true; });
    QObject::connect(window.findChild<HeadGrid*>(), &HeadGrid::painted, &listening, [&] { grid = true; });
    const TokenLayout& layout = window.inspection()->run().layout;
    for (int i = 0; i < rounds; ++i) {
        const int token = int(layout.prefix.size()) + (i * 37) % layout.patches();
        rows = false;
        QElapsedTimer clock;
        clock.start();
        hover(*window.canvas(), window.canvas()->rectOf(token).center());
        if (window.inspection()->link()->isSettled()) continue; // the same token again
        waitFor([&] { return rows && canvas && grid; });
        times.push_back(double(clock.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return times;
}

double shareOf(const std::vector<double>& sorted, double share)
{
    return sorted.empty() ? 0 : sorted[std::size_t(share * double(sorted.size() - 1))];
}

// From the moment the pane with the matrix comes up to its first tile, then frames while it is scrolled.
void measureMatrix(MainWindow& window, Json& figures)
{
    auto* plot = window.findChild<MatrixPlot*>();
    auto* surface = plot->findChild<QCustomPlot*>();
    bool drawn = false;
    QObject listening; // ends with this function, and so do the connections that write into it
    QObject::connect(surface, &QCustomPlot::afterReplot, &listening, [&] { drawn = true; });
    QElapsedTimer clock;
    clock.start();
    HeadChoice* heads = window.selection()->heads();
    heads->setHead((heads->head() + 1) % heads->headCount()); // another matrix
    waitFor([&] { return drawn && window.inspection()->link()->isSettled(); });
    drawn = false;
    surface->replot(); // with the tile
    figures["matrix_first_tile_ms"] = double(clock.nsecsElapsed()) / 1e6;
    std::vector<double> frames;
    const double tokens = window.inspection()->input().tokens, part = tokens / 4;
    constexpr int kFrames = 60;
    for (int i = 0; i < kFrames; ++i) {
        clock.start();
        const double begin = (tokens - part) * i / kFrames;
        surface->xAxis->setRange(begin, begin + part * (1 + 0.5 * (i % 7) / 7.0)); // scrolls and zooms
        surface->yAxis->setRange(begin, begin + part);
        surface->replot(QCustomPlot::rpImmediateRefresh);
        QCoreApplication::processEvents();
        frames.push_back(double(clock.nsecsElapsed()) / 1e6);
    }
    waitFor([&] { return window.inspection()->link()->isSettled(); });
    std::sort(frames.begin(), frames.end());
    figures["matrix_scroll_ms_p50"] = shareOf(frames, 0.5);
    figures["matrix_scroll_ms_p99"] = shareOf(frames, 0.99);
}

void measureFilm(MainWindow& window, const QString& film, Json& figures)
{
    window.openings()->openPictureFile(film);
    waitFor([&] { return window.player()->isOpen() && window.inspection()->input().frame == 0; });
    int shown = 0;
    QObject listening;
    QObject::connect(window.inspection()->rows(), &LiveRows::changed, &listening, [&] { ++shown; });
    window.player()->setPlaying(true);
    constexpr int kSeconds = 6;
    QElapsedTimer clock;
    clock.start();
    waitFor([&] { return clock.elapsed() > kSeconds * 1000 || !window.player()->isPlaying(); });
    figures["film_frames_per_second"] = double(shown) * 1000 / double(clock.elapsed());
    figures["film_rate"] = window.player()->film().framesPerSecond;
    window.player()->close();
}

} // namespace

int main(int argc, char** argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QApplication app(argc, argv);
    if (argc < 5) {
        std::fprintf(stderr, "bench_window ENGINE MODEL PICTURE OTHER_PICTURE [FILM]\n");
        return 2;
    }
    const QString model = QString::fromLocal8Bit(argv[2]);
    QTemporaryDir folder;
    AppSettings settings(folder.filePath("settings.ini"));
    EngineClient engine({QString::fromLocal8Bit(argv[1]), "serve"});
    engine.start();
    MainWindow window(&settings, &engine);
    window.resize(1600, 1000);
    window.openings()->openModel(model);
    window.openings()->openPictureFile(QString::fromLocal8Bit(argv[3]));
    bool painted = false;
    QObject::connect(window.canvas(), &Canvas::painted, &window, [&] { painted = true; });
    window.show();
    waitFor([&] { return painted; });
    Json figures;
    figures["first_paint_ms"] = double(sinceStart.nsecsElapsed()) / 1e6;
    const auto ready = [&] {
        return window.inspection()->link()->isSettled() && !window.inspection()->rows()->layers().empty();
    };
    waitFor(ready);
    figures["ready_ms"] = double(sinceStart.nsecsElapsed()) / 1e6;
    std::vector<double> drops;
    for (int i = 0; i < 10; ++i) {
        window.openings()->openPictureFile(QString::fromLocal8Bit(argv[i % 2 == 0 ? 4 : 3]));
        painted = false;
        drops.push_back(waitFor([&] { return ready() && painted; }));
    }
    std::sort(drops.begin(), drops.end());
    figures["picture_ms"] = shareOf(drops, 0.5);
    const auto hovers = measureHover(window, /*rounds=*/400);
    figures["hover_ms_p50"] = shareOf(hovers, 0.5);
    figures["hover_ms_p99"] = shareOf(hovers, 0.99);
    figures["tokens"] = window.inspection()->input().tokens;
    figures["layers"] = window.inspection()->model().blocks.size();
    figures["heads"] = window.inspection()->model().blocks[0].heads;
    measureMatrix(window, figures);
    bool opened = false;
    QObject::connect(window.inspection(), &InspectionModel::modelChanged, &window, [&] { opened = true; });
    window.openings()->openModel(model);
    painted = false;
    figures["model_switch_ms"] = waitFor([&] { return opened && ready() && painted; });
    if (argc > 5) measureFilm(window, QString::fromLocal8Bit(argv[5]), figures);
    std::printf("%s\n", figures.dump().c_str());
    return 0;
}
