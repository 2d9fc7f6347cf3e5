// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include "app/view_names.h"
#include "core/base/error.h"
#include "core/wire/changes.h"

#include <QCommandLineParser>

namespace headlens {
namespace {

std::optional<int> number(const QCommandLineParser& parser, const QString& name, QString& problem)
{
    if (!parser.isSet(name)) return std::nullopt;
    bool good = false;
    const int value = parser.value(name).toInt(&good);
    if (good && value >= 0) return value;
    problem = QStringLiteral("--%1 needs a number from 0").arg(name);
    return std::nullopt;
}

std::vector<verbs::Change> changesFrom(const QStringList& texts, QString& problem)
{
    std::vector<verbs::Change> changes;
    try {
        for (const QString& text : texts) changes.push_back(changeFrom(text.toStdString()));
    } catch (const Error& error) {
        problem = QString::fromStdString(error.what());
    }
    return changes;
}

void declareOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription("HeadLens: a microscope for transformers");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument("pictures", "Pictures, model folders, weight files or a session to open",
                                 "[files...]");
    parser.addOptions(
        {{"model", "Model folder, weight file or name of an embedded model.", "path"},
         {"image", "Picture to open; may be given several times.", "file"},
         {"text", "Text to read, for models that read.", "text"},
         {"lesson", "Folder of a lesson to open.", "folder"},
         {"step", "Step of the lesson, from 0.", "number"},
         {"write", "Lets the model write so many tokens.", "number"},
         {"layer", "Layer to show.", "number"},
         {"head", "Head to show.", "number"},
         {"query", "Token to ask about; with windows it counts in the map of the first block.", "number"},
         {"stream", "Sequence in which --query counts: 0 the first (text or picture), 1 the second ...", "number"},
         {"incoming", "Show who attends to the token, instead of what it attends to."}, // Qt takes --reverse
         {"show",
          "What to show: a method (headlens-cli methods), or " + ViewNames::all().join(QLatin1String(", ")) +
              "; several separated by commas.",
          "view"},
         {"target", "Number of the class that is explained; without it the most probable one.", "class"},
         {"second", "Number of a class that the sheet of methods shows beside it.", "class"},
         {"change", "An intervention, as headlens-cli takes it: \"head 3.1 x0\"; may be given several times.",
          "change"},
         {"fit", "trained, squash or native.", "fit"},
         {"size", "Size of the window, for example 1600x1000.", "size"},
         {"screenshot", "Render the window into this file and leave.", "file"},
         {"figure",
          "Makes a figure instead of a window: of a description (JSON), a session, or a figure that HeadLens wrote.",
          "file"},
         {"out", "Where the figure is written: .pdf, .svg or .png.", "file"},
         {"dpi", "Dots per inch of a PNG figure, instead of those described.", "number"},
         {"engine", "Command that runs the engine, for example \"ssh gpubox headlens-cli serve\".", "command"},
         {"language", "en or zh_CN.", "name"},
         {"theme", "light or dark.", "name"},
         {"settings", "Settings file to use instead of the user's.", "file"}});
}

QSize sizeFrom(const QString& text, QString& problem)
{
    const QStringList sides = text.split('x');
    const QSize size = sides.size() == 2 ? QSize(sides[0].toInt(), sides[1].toInt()) : QSize();
    const bool fits = size.width() >= 200 && size.height() >= 150 && size.width() <= 16384 && size.height() <= 16384;
    if (!fits) problem = "--size needs the form 1600x1000";
    return size;
}

} // namespace

CommandLine parseCommandLine(const QStringList& arguments)
{
    QCommandLineParser parser;
    declareOptions(parser);
    parser.process(arguments);
    CommandLine line;
    static const QStringList kHow{"engine", "language", "theme", "settings", "size"}; // not what
    line.saysWhat = !parser.positionalArguments().isEmpty();
    for (const QString& name : parser.optionNames()) line.saysWhat = line.saysWhat || !kHow.contains(name);
    if (parser.isSet("model")) line.model = parser.value("model");
    line.pictures = parser.values("image") + parser.positionalArguments();
    line.engine = parser.value("engine");
    line.screenshot = parser.value("screenshot");
    line.figure = parser.value("figure");
    line.out = parser.value("out");
    line.dpi = number(parser, "dpi", line.problem);
    line.fit = parser.value("fit");
    line.show = parser.value("show");
    line.language = parser.value("language");
    line.theme = parser.value("theme");
    line.settings = parser.value("settings");
    line.reverse = parser.isSet("incoming");
    line.text = parser.value("text");
    line.lesson = parser.value("lesson");
    line.step = number(parser, "step", line.problem);
    line.write = number(parser, "write", line.problem);
    line.stream = number(parser, "stream", line.problem);
    line.layer = number(parser, "layer", line.problem);
    line.head = number(parser, "head", line.problem);
    line.query = number(parser, "query", line.problem);
    line.target = number(parser, "target", line.problem);
    line.second = number(parser, "second", line.problem);
    line.changes = changesFrom(parser.values("change"), line.problem);
    if (parser.isSet("size")) line.size = sizeFrom(parser.value("size"), line.problem);
    return line;
}

} // namespace headlens
