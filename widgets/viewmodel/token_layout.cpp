// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/token_layout.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

// "latents and patches": one of the first is a "latent".
QString oneOf(const std::string& stream)
{
    QString name = QString::fromStdString(stream).section(QStringLiteral(" and "), 0, 0);
    if (name.endsWith(QLatin1Char('s'))) name.chop(1);
    return name;
}

} // namespace

TokenLayout TokenLayout::ofStream(const verbs::ModelInfo& model, const verbs::InputInfo& input, int stream)
{
    TokenLayout layout;
    if (stream >= 0 && stream < int(input.streams.size())) {
        const verbs::Stream& tokens = input.streams[std::size_t(stream)];
        for (const verbs::TextToken& token : tokens.tokens) layout.prefix << QString::fromStdString(token.piece);
        layout.text = int(tokens.tokens.size());
        for (int i = 0; i < tokens.prefix; ++i) // latents and mixtures have no names of their own
            layout.prefix << (i < int(model.prefixTokens.size()) && tokens.name != "recipes"
                                  ? QString::fromStdString(model.prefixTokens[std::size_t(i)])
                                  : QStringLiteral("%1 %2").arg(oneOf(tokens.name)).arg(i));
        layout.gridHeight = tokens.gridHeight;
        layout.gridWidth = tokens.gridWidth;
        layout.block.cell = tokens.cell;
    } else { // answers of older engines
        for (const std::string& name : model.prefixTokens) layout.prefix << QString::fromStdString(name);
        layout.gridHeight = input.gridHeight;
        layout.gridWidth = input.gridWidth;
        layout.block.cell = input.patchPixels;
    }
    layout.block.gridHeight = layout.gridHeight;
    layout.block.gridWidth = layout.gridWidth;
    layout.first = gridOf(layout.block);
    return layout;
}

TokenLayout TokenLayout::from(const verbs::ModelInfo& model, const verbs::InputInfo& input, int layer)
{
    if (layer < 0 || layer >= int(input.blocks.size())) return ofStream(model, input, 0);
    const verbs::BlockGrid& block = input.blocks[std::size_t(layer)];
    TokenLayout layout = ofStream(model, input, block.keyStream);
    layout.block = block;
    layout.gridHeight = block.gridHeight;
    layout.gridWidth = block.gridWidth;
    return layout;
}

TokenLayout TokenLayout::amongWords(const verbs::InputInfo& input, int stream)
{
    TokenLayout layout;
    if (stream < 0 || stream >= int(input.streams.size())) return layout;
    const verbs::Stream& words = input.streams[std::size_t(stream)];
    if (words.pictures.size() != 1 || input.seenWidth < 1) return layout;
    const verbs::PictureAmongWords& picture = words.pictures.front();
    const int end = picture.begin + picture.gridHeight * picture.gridWidth;
    if (picture.gridWidth < 1 || end > int(words.tokens.size())) return layout;
    for (int i = 0; i < int(words.tokens.size()); ++i)
        if (i < picture.begin || i >= end)
            (i < end ? layout.prefix : layout.behind) << QString::fromStdString(words.tokens[std::size_t(i)].piece);
    layout.text = picture.begin;
    layout.gridHeight = layout.block.gridHeight = picture.gridHeight;
    layout.gridWidth = layout.block.gridWidth = picture.gridWidth;
    layout.block.cell = input.seenWidth / picture.gridWidth;
    layout.block.queryStream = layout.block.keyStream = stream;
    layout.first = gridOf(layout.block);
    return layout;
}

int TokenLayout::parentToken(int token) const
{
    if (isBehind(token)) return token;
    const int special = int(prefix.size());
    return token < special ? token : special + cellUnder(first, gridOf(block), token - special);
}

int TokenLayout::middle(int token) const
{
    if (isBehind(token)) return token;
    const int special = int(prefix.size());
    return token < special ? token : special + cellUnder(gridOf(block), first, token - special);
}

std::vector<bool> TokenLayout::reachable(int token, const std::vector<int>& hidden) const
{
    return reachablePatches(block, token - int(prefix.size()), hidden);
}

QPoint TokenLayout::cell(int token) const
{
    const int patch = token - int(prefix.size());
    return gridWidth > 0 ? QPoint(patch % gridWidth, patch / gridWidth) : QPoint();
}

int TokenLayout::tokenAt(int column, int row) const
{
    if (column < 0 || row < 0 || column >= gridWidth || row >= gridHeight) return -1;
    return int(prefix.size()) + row * gridWidth + column;
}

int TokenLayout::tokenAt(const QPointF& point, const QRectF& grid) const
{
    if (grid.isEmpty()) return -1;
    return tokenAt(int(std::floor((point.x() - grid.left()) * gridWidth / grid.width())),
                   int(std::floor((point.y() - grid.top()) * gridHeight / grid.height())));
}

QRectF TokenLayout::rectOf(int token, const QRectF& grid) const
{
    if (!isPatch(token)) return {};
    const QPoint at = cell(token);
    const double w = grid.width() / gridWidth, h = grid.height() / gridHeight;
    return {grid.left() + at.x() * w, grid.top() + at.y() * h, w, h};
}

int TokenLayout::moved(int token, int dx, int dy) const
{
    if (!isPatch(token)) {
        const int next = token + (gridWidth > 0 || dy == 0 ? dx + dy : dy * 8); // lines of a text are longer
        return std::clamp(next, 0, std::max(0, tokens() - 1));
    }
    const QPoint at = cell(token);
    if (at.x() + dx < 0 && at.y() == 0 && !prefix.isEmpty()) return int(prefix.size()) - 1;
    return tokenAt(std::clamp(at.x() + dx, 0, gridWidth - 1), std::clamp(at.y() + dy, 0, gridHeight - 1));
}

QString TokenLayout::name(int token) const
{
    if ((token >= 0 && token < prefix.size()) || isBehind(token)) return shortName(token);
    if (!isPatch(token)) return {};
    const QPoint at = cell(token);
    return QCoreApplication::translate("TokenLayout", "patch (row %1, column %2)").arg(at.y()).arg(at.x());
}

QString TokenLayout::shortName(int token) const
{
    if (token >= 0 && token < text) return prefix[token];
    if (token >= 0 && token < prefix.size()) return prefix[token].toUpper();
    if (isBehind(token)) return behind[token - prefix.size() - patches()];
    if (!isPatch(token)) return {};
    const QPoint at = cell(token);
    return QStringLiteral("%1,%2").arg(at.y()).arg(at.x());
}

} // namespace headlens
