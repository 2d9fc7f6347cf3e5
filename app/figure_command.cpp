// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure_command.h"

#include "app/history/session_file.h"
#include "app/history/state_figure.h"
#include "app/opening.h"
#include "core/base/error.h"
#include "widgets/figure/figure_check.h"
#include "widgets/figure/figure_collector.h"
#include "widgets/figure/figure_file.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTimer>

#include <algorithm>
#include <cstdio>

namespace headlens {
namespace {

int say(int status, const QString& sentence)
{
    std::fprintf(stderr, "headlens: %s\n", qPrintable(sentence));
    return status;
}

// Waits for the numbers; none: the sentence says why.
std::optional<FigureData> collect(const FigureContent& content, const QStringList& engine, QString& why)
{
    FigureCollector collector(engine, nullptr);
    std::optional<FigureData> found;
    QObject::connect(&collector, &FigureCollector::finished, qApp, [&found](const FigureData& data) {
        found = data;
        QCoreApplication::quit();
    });
    QObject::connect(&collector, &FigureCollector::failed, qApp, [&why](const QString& sentence) {
        why = sentence;
        QCoreApplication::quit();
    });
    QTimer::singleShot(0, &collector, [&] { collector.start(content); });
    QCoreApplication::exec();
    return found;
}

// A session is drawn as the figure that was composed in it, else as the map that it shows. None: `why` says it.
std::optional<FigureSpec> specOf(const QString& path, QString& why)
{
    if (!isSession(path)) return figureSpecOfFile(path);
    const ReadSession read = readSession(path);
    why = read.problem;
    if (!read.state) return std::nullopt;
    return read.figure ? *read.figure : figureOf(*read.state);
}

} // namespace

int makeFigure(const FigureWish& wish, const QStringList& engine)
{
    if (wish.out.isEmpty()) return say(2, QStringLiteral("--figure needs --out FILE"));
    if (!figureEndings().contains(QFileInfo(wish.out).suffix().toLower()))
        return say(2, QStringLiteral("--out must end in .%1").arg(figureEndings().join(QStringLiteral(", ."))));
    FigureSpec spec;
    QString why;
    try {
        const std::optional<FigureSpec> found = specOf(wish.spec, why);
        if (!found) return say(1, why);
        spec = *found;
    } catch (const Error& error) {
        return say(exitStatusOf(error.code()), QString::fromUtf8(error.what()));
    }
    if (wish.dpi) spec.sheet.dpi = std::clamp(*wish.dpi, figure_limits::kLeastDpi, figure_limits::kMostDpi);
    const std::optional<FigureData> data = collect(spec.content, engine, why);
    if (!data) return say(1, why);
    if (!data->problems.empty()) return say(1, data->problems.front().sentence);
    if (why = nothingShown(*data); !why.isEmpty()) return say(1, why);
    if (!writeFigure(wish.out, spec, *data)) return say(1, QStringLiteral("%1 could not be written").arg(wish.out));
    for (const FigurePanel& panel : data->panels)
        if (!panel.why.isEmpty()) say(0, QStringLiteral("a panel is empty: %1").arg(panel.why));
    return 0;
}

} // namespace headlens
