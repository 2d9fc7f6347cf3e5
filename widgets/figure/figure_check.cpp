// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_check.h"

#include "widgets/viewmodel/method_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlens {
namespace {

struct FigureCheck { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::FigureCheck)
};

bool varies(const FigureContent& content, FigureAxis what)
{
    return content.rows.what == what || content.columns.what == what;
}

QString noLayer(int layer, int layers)
{
    return layer < layers
               ? QString()
               : FigureCheck::tr("There is no layer %1: the model has layers 0 to %2.").arg(layer).arg(layers - 1);
}

QString noHead(int head, int heads)
{
    return head < heads ? QString()
                        : FigureCheck::tr("There is no head %1: the layer has heads 0 to %2.").arg(head).arg(heads - 1);
}

QString noQuery(const QString& query, const FigureContent& content, const FigureStage& stage)
{
    FigureSubject subject = resolved(content.subject, stage);
    subject.query = query;
    return queryToken(subject, stage)
               ? QString()
               : FigureCheck::tr(
                     "There is no token \"%1\" in this input: give cls, a patch as row,column, or a token's "
                     "number.")
                     .arg(query);
}

QString noMethod(const QString& id, const FigureStage& stage)
{
    const bool known = id == QLatin1String("row") || methodOf(stage, id) != nullptr;
    return known ? QString() : FigureCheck::tr("There is no map \"%1\": choose one of the list.").arg(id);
}

// The most of any layer that is shown.
int headsOf(const FigureContent& content, const FigureStage& stage)
{
    const std::vector<verbs::BlockGrid>& blocks = stage.run.input.blocks;
    const auto layer = std::size_t(std::max(0, resolved(content.subject, stage).layer));
    if (!varies(content, FigureAxis::Layers) && layer < blocks.size()) return blocks[layer].heads;
    int heads = 0;
    for (const verbs::BlockGrid& block : blocks) heads = std::max(heads, block.heads);
    return heads;
}

// The first thing that is wrong with the values of an axis.
QString wrongLine(const FigureLines& lines, const FigureContent& content, const FigureStage& stage)
{
    const int layers = int(stage.run.input.blocks.size());
    QStringList wrong;
    for (const int number : lines.numbers) {
        if (lines.what == FigureAxis::Layers) wrong << noLayer(number, layers);
        if (lines.what == FigureAxis::Heads) wrong << noHead(number, headsOf(content, stage));
    }
    for (const QString& name : lines.names) {
        if (lines.what == FigureAxis::Queries) wrong << noQuery(name, content, stage);
        if (lines.what == FigureAxis::Methods) wrong << noMethod(name, stage);
    }
    wrong.removeAll(QString());
    return wrong.value(0);
}

QString wrongMap(const QString& map, const FigureStage& stage)
{
    const verbs::MethodInfo* method = methodOf(stage, map);
    return method != nullptr ? methodText(method->refusal) : noMethod(map, stage);
}

} // namespace

std::vector<FigureProblem> problemsOf(const FigureContent& content, const FigureStage& stage)
{
    std::vector<FigureProblem> problems;
    if (varies(content, FigureAxis::Models)) return problems;
    const auto add = [&problems](FigureField field, const QString& sentence) {
        if (!sentence.isEmpty()) problems.push_back({field, sentence});
    };
    add(FigureField::Rows, wrongLine(content.rows, content, stage));
    add(FigureField::Columns, wrongLine(content.columns, content, stage));
    const FigureSubject& subject = content.subject;
    const bool row = subject.map == QLatin1String("row");
    const bool oneHead = subject.fusion == HeadFusion::Single && !varies(content, FigureAxis::Heads);
    const int layers = int(stage.run.input.blocks.size());
    if (!varies(content, FigureAxis::Layers)) add(FigureField::Layer, noLayer(subject.layer, layers));
    if (oneHead && row && subject.layer < layers) add(FigureField::Head, noHead(subject.head, headsOf(content, stage)));
    if (!varies(content, FigureAxis::Queries)) add(FigureField::Query, noQuery(subject.query, content, stage));
    if (!varies(content, FigureAxis::Methods)) add(FigureField::Map, wrongMap(subject.map, stage));
    return problems;
}

QString nothingShown(const FigureData& data)
{
    const auto shows = [](const FigurePanel& panel) { return !panel.values.empty(); };
    if (std::ranges::any_of(data.panels, shows)) return {};
    const auto hit = std::ranges::find_if(data.panels, [](const FigurePanel& panel) { return !panel.why.isEmpty(); });
    return hit != data.panels.end() ? hit->why : QString();
}

} // namespace headlens
