// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/sheet_export.h"

#include "widgets/explain/explain_words.h"
#include "widgets/figure/figure_panels.h"
#include "widgets/figure/figure_starts.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_sheet.h"

#include <QCoreApplication>

namespace headlens {
namespace {

struct Export { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::SheetExport)
};

FigurePanel panelOf(const SheetTile& tile, const InspectionModel& model, const QImage& picture)
{
    FigurePanel panel;
    panel.values = tile.display.values;
    panel.gridHeight = tile.display.rows();
    panel.gridWidth = tile.display.columns();
    const TokenLayout* layout = model.run().pictureOf(panel.gridHeight, panel.gridWidth);
    if (layout != nullptr) panel.grid = gridShare(*layout, model.run());
    panel.picture = picture;
    return panel;
}

QString nameOf(const SheetTile& tile, const InspectionModel& model)
{
    QString name = methodTitle(model, tile.method);
    if (model.sheet()->showsTwo()) name += QStringLiteral(", ") + classTitle(model, tile.of.score.target);
    if (tile.judged) name += QStringLiteral(" \u00B7 ") + areaText(tile.judged->deletionArea);
    return name;
}

QString captionOf(const InspectionModel& model)
{
    const MethodSheet& sheet = *model.sheet();
    QString what = scoreTitle(model, sheet.score(0));
    if (sheet.showsTwo()) what = Export::tr("%1 and %2").arg(what, classTitle(model, sheet.score(1).target));
    return Export::tr("What \u201C%1\u201D rests on, by every method that %2 allows. Each map from 0 to its largest "
                      "number; behind "
                      "the name the area under its deletion curve (less is more faithful).")
        .arg(what, QString::fromStdString(model.model().name));
}

QByteArray quoted(const QString& text)
{
    QString inner = text;
    return '"' + inner.replace(QLatin1Char('"'), QLatin1String("\"\"")).toUtf8() + '"';
}

QByteArray number(double value)
{
    return QByteArray::number(value, 'g', 9);
}

} // namespace

SheetFigure sheetFigure(const InspectionModel& model, const Display& display)
{
    SheetFigure figure;
    FigureSpec& spec = figure.spec;
    spec.content = shownContent(model);
    spec.content.subject.target = model.sheet()->score(0).target;
    spec.content.columns = {FigureAxis::Methods, {}, {}};
    spec.look = figureLook(display);
    spec.look.style = OverlayStyle::Heat;
    spec.look.scale = FigureScale::Figure; // all are shown from 0 to 1
    spec.look.marksQuery = false;
    spec.look.keepMass = 1;
    spec.sheet.caption = captionOf(model);
    FigureData& data = figure.data;
    const QImage picture = photographOf(model.run(), false);
    for (const SheetTile& tile : model.sheet()->tiles()) {
        if (!tile.hasMap()) continue;
        data.panels.push_back(panelOf(tile, model, picture));
        data.columnNames << nameOf(tile, model);
        if (!spec.content.columns.names.contains(tile.method)) spec.content.columns.names << tile.method;
    }
    data.content = spec.content;
    data.rows = data.panels.empty() ? 0 : 1;
    data.columns = int(data.panels.size());
    data.map = scoreTitle(model, model.sheet()->score(0));
    data.models = {{QString::fromStdString(model.model().name), QString::fromStdString(model.model().sha256)}};
    data.inputs = {{QString::fromStdString(model.input().name), QString::fromStdString(model.input().sha256)}};
    return figure;
}

QByteArray sheetTable(const InspectionModel& model)
{
    QByteArray table = "method,class,deletion,insertion,difference,largest,seconds\n";
    for (const SheetTile& tile : model.sheet()->tiles()) {
        if (!tile.hasMap()) continue;
        table += quoted(tile.method) + ',' +
                 quoted(tile.label.isEmpty() ? scoreTitle(model, tile.of.score) : tile.label) + ',';
        table += tile.judged ? number(tile.judged->deletionArea) + ',' + number(tile.judged->insertionArea) + ',' +
                                   number(tile.difference())
                             : QByteArray(",,");
        table += ',' + number(tile.largest) + ',' + (tile.judged ? number(tile.judged->seconds) : QByteArray()) + '\n';
    }
    return table;
}

} // namespace headlens
