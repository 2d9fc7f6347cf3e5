// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_panels.h"

#include "core/wire/block_grid.h"

#include <QCoreApplication>

#include <algorithm>

namespace headlens {
namespace {

struct FigurePanels { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::FigurePanels)
};

// Values of one layout: its patches, or its words where it has none.
FigurePanel onto(const TokenLayout& layout, const FigureStage& stage, std::span<const float> values)
{
    FigurePanel panel;
    if (!layout.isPicture()) {
        panel.words = layout.prefix;
        panel.values.assign(values.begin(), values.end());
        panel.values.resize(std::size_t(panel.words.size()));
        return panel;
    }
    const std::span<const float> patches = values.subspan(std::min(values.size(), std::size_t(layout.excluded())));
    panel.gridHeight = layout.gridHeight;
    panel.gridWidth = layout.gridWidth;
    panel.values.assign(patches.begin(), patches.end());
    panel.values.resize(std::size_t(layout.patches()));
    panel.grid = gridShare(layout, stage.run);
    panel.picture = stage.picture;
    return panel;
}

void markQuery(FigurePanel& panel, const TokenLayout& layout, int token)
{
    if (token < 0) return;
    const int here = layout.parentToken(token);
    if (panel.isText())
        panel.query = here < panel.words.size() ? here : -1;
    else
        panel.query = layout.isPatch(here) ? here - int(layout.prefix.size()) : -1;
}

// The layout on which queries of a stream count: that of the first block that asks there.
TokenLayout queryLayout(const FigureStage& stage, int stream)
{
    return TokenLayout::ofStream(stage.model, stage.run.input, stream);
}

// The last that looks at the picture, else the last in which tokens of the stream ask.
int lastLayer(const ShownRun& run, int stream)
{
    if (const int looks = run.hasPicture() ? run.lastLayerThatLooks() : -1; looks >= 0) return looks;
    int layer = int(run.input.blocks.size()) - 1;
    while (layer > 0 && run.input.blocks[std::size_t(layer)].queryStream != stream) --layer;
    return std::max(0, layer);
}

std::optional<int> patchToken(const QString& query, const TokenLayout& layout)
{
    const QStringList parts = query.split(QLatin1Char(','));
    bool rowReads = false, columnReads = false;
    const int row = parts.value(0).trimmed().toInt(&rowReads), column = parts.value(1).trimmed().toInt(&columnReads);
    const int token = parts.size() == 2 && rowReads && columnReads ? layout.tokenAt(column, row) : -1;
    return token >= 0 ? std::optional(token) : std::nullopt;
}

int automaticToken(const TokenLayout& layout)
{
    if (!layout.isPicture()) return std::max(0, layout.tokens() - 1);
    const qsizetype cls = layout.prefix.indexOf(QStringLiteral("cls"));
    return cls >= 0 ? int(cls) : layout.tokenAt(layout.gridWidth / 2, layout.gridHeight / 2);
}

} // namespace

QRectF gridShare(const TokenLayout& layout, const ShownRun& run)
{
    const int cell = cellPixels(run.input, layout.block, layout.gridWidth);
    if (cell <= 0 || run.input.seenWidth <= 0 || run.input.seenHeight <= 0) return {0, 0, 1, 1};
    return {0, 0, double(layout.gridWidth) * cell / run.input.seenWidth,
            double(layout.gridHeight) * cell / run.input.seenHeight};
}

QImage photographOf(const ShownRun& run, bool asSeen)
{
    const std::vector<double>& region = run.input.region;
    if (asSeen || run.original.isNull() || region.size() != 4 || run.input.originalWidth < 1) return run.seen;
    const double shrink = double(run.original.width()) / run.input.originalWidth;
    const QRect part = QRectF(region[0] * shrink, region[1] * shrink, region[2] * shrink, region[3] * shrink).toRect();
    return run.original.rect().contains(part.adjusted(1, 1, -1, -1)) ? run.original.copy(part) : run.seen;
}

const verbs::MethodInfo* methodOf(const FigureStage& stage, const QString& id)
{
    const auto hit = std::ranges::find(stage.model.methods, id.toStdString(), &verbs::MethodInfo::id);
    return hit == stage.model.methods.end() ? nullptr : &*hit;
}

FigureLines resolved(const FigureLines& lines, const FigureStage& stage)
{
    FigureLines all = lines;
    const std::vector<verbs::BlockGrid>& blocks = stage.run.input.blocks;
    int heads = 0;
    for (const verbs::BlockGrid& block : blocks) heads = std::max(heads, block.heads);
    const int many = lines.what == FigureAxis::Layers ? int(blocks.size()) : heads;
    const bool counts = lines.what == FigureAxis::Layers || lines.what == FigureAxis::Heads;
    if (counts && lines.numbers.isEmpty())
        for (int i = 0; i < std::min(many, figure_limits::kMostLines); ++i) all.numbers << i;
    if (lines.what == FigureAxis::Methods && lines.names.isEmpty()) {
        all.names << QStringLiteral("row");
        for (const verbs::MethodInfo& method : stage.model.methods)
            if (method.refusal.empty()) all.names << QString::fromStdString(method.id);
    }
    return all;
}

FigureSubject resolved(FigureSubject subject, const FigureStage& stage)
{
    if (subject.stream < 0) subject.stream = stage.run.pictureStream();
    if (subject.layer < 0) subject.layer = lastLayer(stage.run, subject.stream);
    return subject;
}

std::optional<int> queryToken(const FigureSubject& subject, const FigureStage& stage)
{
    const TokenLayout layout = queryLayout(stage, subject.stream);
    if (subject.query == QLatin1String("mean")) return -1;
    if (subject.query == QLatin1String("auto")) return automaticToken(layout);
    if (const std::optional<int> patch = patchToken(subject.query, layout)) return patch;
    bool isNumber = false;
    const int token = subject.query.toInt(&isNumber);
    if (isNumber) return token >= 0 && token < layout.tokens() ? std::optional(token) : std::nullopt;
    qsizetype named = layout.prefix.indexOf(subject.query);
    for (qsizetype i = 0; named < 0 && i < layout.prefix.size(); ++i) // "CLS" as well
        if (layout.prefix[i].compare(subject.query, Qt::CaseInsensitive) == 0) named = i;
    return named >= 0 ? std::optional(int(named)) : std::nullopt;
}

QString queryName(const FigureSubject& subject, const FigureStage& stage)
{
    const std::optional<int> token = queryToken(subject, stage);
    if (!token) return subject.query;
    return *token < 0 ? FigurePanels::tr("mean of all tokens") : queryLayout(stage, subject.stream).name(*token);
}

verbs::Rows rowsQuestion(const FigureSubject& subject, const FigureStage& stage, int token)
{
    if (token < 0) token = automaticToken(queryLayout(stage, subject.stream)); // rows have no mean
    return {token, subject.reverse, subject.stream, false};
}

verbs::MapQuestion mapQuestion(const FigureSubject& subject, const FigureStage& stage, int token)
{
    const verbs::MethodInfo* method = methodOf(stage, subject.map);
    verbs::MapQuestion question;
    question.method = subject.map.toStdString();
    question.token = method != nullptr && method->ofToken ? token : -1;
    question.score.target = subject.target;
    if (const auto set = subject.settings.find(question.method); set != subject.settings.end())
        question.settings = set->second;
    if (method != nullptr && method->over == "run") return question; // the same for every layer and head
    question.layer = subject.layer;
    question.head = subject.head;
    question.fusion = std::string(nameOf(subject.fusion));
    return question;
}

FigurePanel emptyPanel(const FigureStage& stage, const QString& why)
{
    FigurePanel panel;
    panel.picture = stage.picture;
    panel.why = why;
    return panel;
}

FigurePanel panelOf(const FigureSubject& subject, const FigureStage& stage, const verbs::RowsOfLayers& answer)
{
    if (std::size_t(subject.layer) >= answer.layers.size())
        return emptyPanel(stage, FigurePanels::tr("no layer %1").arg(subject.layer));
    const FloatArray& heads = answer.layers[std::size_t(subject.layer)];
    if (!heads.isTable()) return emptyPanel(stage, FigurePanels::tr("does not look at this token"));
    if (subject.fusion == HeadFusion::Single && subject.head >= heads.rows())
        return emptyPanel(stage, FigurePanels::tr("no head %1").arg(subject.head));
    const TokenLayout& layout = stage.run.layoutOf(subject.layer, subject.reverse);
    const std::vector<float> row = fuseHeads(heads.values, heads.rows(), subject.fusion, subject.head);
    FigurePanel panel = onto(layout, stage, row);
    if (layout.isPicture())
        panel.kept = layout.reachable(layout.parentToken(answer.of.token), stage.run.input.hiddenPatches);
    const verbs::BlockGrid& block = stage.run.input.blocks[std::size_t(subject.layer)];
    if (block.queryStream == block.keyStream) markQuery(panel, layout, answer.of.token);
    return panel;
}

FigurePanel panelOf(const FigureSubject& subject, const FigureStage& stage, const verbs::TokenMap& answer)
{
    const verbs::MethodInfo* method = methodOf(stage, subject.map);
    if (method == nullptr) return emptyPanel(stage, FigurePanels::tr("no method %1").arg(subject.map));
    const bool ofHead = method->over == "head";
    const TokenLayout* layout = ofHead ? &stage.run.layoutOf(subject.layer, false)
                                       : stage.run.pictureOf(int(answer.map.rows()), int(answer.map.columns()));
    FigurePanel panel;
    const bool fits = layout != nullptr && answer.map.rows() == layout->gridHeight && layout->isPicture();
    if (fits && answer.map.columns() == layout->gridWidth) {
        panel = onto(*layout, stage, {});
        panel.values = answer.map.values;
    } else if (const auto stream = std::size_t(subject.stream);
               stream < answer.streams.size() && !answer.streams[stream].empty()) {
        panel = onto(TokenLayout::ofStream(stage.model, stage.run.input, subject.stream), stage,
                     answer.streams[stream].values);
    } else if (!answer.map.empty() && answer.map.rows() == 1 && answer.map.columns() == stage.run.layout.tokens()) {
        panel = onto(stage.run.layout, stage, answer.map.values);
    } else {
        return emptyPanel(stage, FigurePanels::tr("nothing to show here"));
    }
    panel.isSigned = method->isSigned;
    if (method->ofToken && layout != nullptr) markQuery(panel, *layout, answer.of.token);
    return panel;
}

} // namespace headlens
