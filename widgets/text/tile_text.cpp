// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/tile_text.h"

#include "widgets/mechanisms/mechanism_paint.h"

#include <QCoreApplication>
#include <QStringList>

namespace headlens {
namespace {

struct TileText { // of the translations
    Q_DECLARE_TR_FUNCTIONS(headlens::TileText)
};

QString kindName(TileKind kind)
{
    switch (kind) {
    case TileKind::Image: return TileText::tr("image");
    case TileKind::State: return TileText::tr("state");
    case TileKind::Object: return TileText::tr("object");
    case TileKind::Word: break;
    }
    return TileText::tr("word");
}

} // namespace

QString badgeOf(TileKind kind)
{
    switch (kind) {
    case TileKind::Image: return TileText::tr("I", "letter that marks a piece of an image");
    case TileKind::State: return TileText::tr("S", "letter that marks a state");
    case TileKind::Object: return TileText::tr("O", "letter that marks an object");
    case TileKind::Word: break;
    }
    return {};
}

QString nearTo(const std::vector<verbs::TextToken>& tokens, int token)
{
    if (token < 0 || token >= int(tokens.size()) || kindOf(tokens[std::size_t(token)]) == TileKind::Word) return {};
    QStringList words;
    for (const verbs::NearWord& word : tokens[std::size_t(token)].near)
        words << TileText::tr("%1 %2").arg(QString::fromStdString(word.piece), fixedNumber(word.cosine, 2));
    if (words.isEmpty()) return {};
    return TileText::tr("nearest words: %1 (they are usually not words)").arg(words.join(QStringLiteral(", ")));
}

QString sentenceOf(const std::vector<verbs::TextToken>& tokens, int token, std::optional<float> value)
{
    if (token < 0 || token >= int(tokens.size())) return {};
    const verbs::TextToken& tile = tokens[std::size_t(token)];
    const int patch = patchOf(tokens, token);
    QString said = patch < 0
                       ? TileText::tr("Tile %1, %2: %3")
                             .arg(QString::number(token), kindName(kindOf(tile)), QString::fromStdString(tile.piece))
                       : TileText::tr("Tile %1, image: row %2, column %3")
                             .arg(token)
                             .arg(patch / kPatchesASide + 1)
                             .arg(patch % kPatchesASide + 1);
    if (value) said += QLatin1Char('\n') + TileText::tr("attention %1").arg(shortNumber(double(*value)));
    if (const QString words = nearTo(tokens, token); !words.isEmpty()) said += QLatin1Char('\n') + words;
    if (kindOf(tile) == TileKind::State || kindOf(tile) == TileKind::Object)
        said += QLatin1Char('\n') + TileText::tr("right click or Return: swap it or take it out");
    return said;
}

} // namespace headlens
