// SPDX-License-Identifier: GPL-3.0-or-later
// Measures what a person feels, in the real window with the real engine:
//   bench_window ENGINE MODEL PICTURE [OTHER_PICTURE]
// prints first paint, model and picture ready, picture dropped to heatmap, hover to painted heatmap (p50, p99).
#include "app/main_window.h"
#include "widgets/canvas/canvas.h"
#include "widgets/panels/head_grid.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QTimer>

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
    QObject::connect(window.inspection(), &InspectionModel::rowsChanged, &window, [&] {
        rows = true;
        canvas = grid = false;
    });
    QObject::connect(window.canvas(), &Canvas::painted, &window, [&] { canvas = true; });
    QObject::connect(window.headGrid(), &HeadGrid::painted, &window, [&] { grid = true; });
    const TokenLayout& layout = window.inspection()->layout();
    for (int i = 0; i < rounds; ++i) {
        const int token = int(layout.prefix.size()) + (i * 37) % layout.patches();
        rows = false;
        QElapsedTimer clock;
        clock.start();
        hover(*window.canvas(), window.canvas()->rectOf(token).center());
        if (window.inspection()->isSettled()) continue; // the same token again
        waitFor([&] { return rows && canvas && grid; });
        times.push_back(double(clock.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return times;
}

} // namespace

int main(int argc, char** argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QApplication app(argc, argv);
    if (argc < 4) {
        std::fprintf(stderr, "bench_window ENGINE MODEL PICTURE [OTHER_PICTURE]\n");
        return 2;
    }
    QTemporaryDir folder;
    AppSettings settings(folder.filePath("settings.ini"));
    EngineClient engine({QString::fromLocal8Bit(argv[1]), "serve"});
    engine.start();
    MainWindow window(&settings, &engine);
    window.resize(1600, 1000);
    window.openModel(QString::fromLocal8Bit(argv[2]));
    window.openPictureFile(QString::fromLocal8Bit(argv[3]));
    bool painted = false;
    QObject::connect(window.canvas(), &Canvas::painted, &window, [&] { painted = true; });
    window.show();
    waitFor([&] { return painted; });
    std::printf("first paint after main()            %7.0f ms\n", double(sinceStart.nsecsElapsed()) / 1e6);
    const auto ready = [&] { return window.inspection()->isSettled() && !window.inspection()->rows().empty(); };
    waitFor(ready);
    std::printf("model and picture inspected         %7.0f ms after main()\n", double(sinceStart.nsecsElapsed()) / 1e6);
    if (argc > 4) {
        std::vector<double> times;
        for (int i = 0; i < 10; ++i) {
            window.openPictureFile(QString::fromLocal8Bit(argv[i % 2 == 0 ? 4 : 3]));
            painted = false;
            times.push_back(waitFor([&] { return ready() && painted; }));
        }
        std::sort(times.begin(), times.end());
        std::printf("picture dropped to heatmap          %7.0f ms median, %.0f ms worst of 10\n", times[5],
                    times.back());
    }
    constexpr int kRounds = 400;
    const auto times = measureHover(window, kRounds);
    const auto at = [&](double share) {
        return times.empty() ? 0.0 : times[std::size_t(share * double(times.size() - 1))];
    };
    std::printf(
        "hover to painted heatmap            p50 %.1f ms, p99 %.1f ms (%zu hovers, %d tokens x %d layers x %d heads)\n",
        at(0.5), at(0.99), times.size(), window.inspection()->input().tokens,
        int(window.inspection()->model().blocks.size()), window.inspection()->model().blocks[0].heads);
    return 0;
}
