// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/tiles_strip.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/viewmodel/live_rows.h"

#include <QHelpEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kMargin = 8, kGap = 6, kPad = 6, kBars = 14, kNarrowest = 32, kLongest = 140;

} // namespace

TilesStrip::TilesStrip(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens())
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(model, &InspectionModel::inputChanged, this, &TilesStrip::refresh);
    connect(model, &InspectionModel::modelChanged, this, &TilesStrip::refresh);
    connect(model->rows(), &LiveRows::changed, this, &TilesStrip::tell);
    connect(m_heads, &HeadChoice::changed, this, &TilesStrip::tell);
    connect(m_tokens, &TokenChoice::changed, this, &TilesStrip::tell);
    tell();
}

const std::vector<verbs::TextToken>& TilesStrip::tokens() const
{
    static const std::vector<verbs::TextToken> kNone;
    const auto& streams = m_model->input().streams;
    return streams.empty() ? kNone : streams.front().tokens;
}

void TilesStrip::refresh()
{
    m_width = -1;
    m_hovered = -1;
    updateGeometry();
    tell();
}

void TilesStrip::tell()
{
    const auto layer = std::size_t(m_heads->layer());
    const auto& blocks = m_model->input().blocks;
    m_row.clear();
    if (layer < blocks.size() &&
        (m_model->rows()->of().reverse ? blocks[layer].queryStream : blocks[layer].keyStream) == 0)
        m_row = m_model->rows()->current();
    setAccessibleName(tr("Tiles of the sentence. Arrow keys move the query; Delete takes an injected state or object "
                         "out, Return offers others"));
    setAccessibleDescription(sentence(looked()));
    update();
    Q_EMIT lookedChanged();
}

int TilesStrip::query() const
{
    const TokenPlace query = m_tokens->query();
    return query.stream == 0 && query.token < int(tokens().size()) ? query.token : -1;
}

int TilesStrip::looked() const
{
    return m_hovered >= 0 && m_hovered < int(tokens().size()) ? m_hovered : query();
}

double TilesStrip::tileHeight() const
{
    return 2 * fontMetrics().height() + 8;
}

double TilesStrip::lineStep() const
{
    return tileHeight() + 3 + kBars + fontMetrics().height() + kGap;
}

double TilesStrip::widthOf(int token) const
{
    const verbs::TextToken& tile = tokens()[std::size_t(token)];
    const TileKind kind = kindOf(tile);
    if (kind == TileKind::Image) return tileHeight(); // its patch is a square
    const double badge = kind == TileKind::Word ? 0 : fontMetrics().height() + 4;
    const double word = fontMetrics().horizontalAdvance(QString::fromStdString(tile.piece));
    return std::clamp(word + badge + 2 * kPad, kNarrowest, kLongest);
}

void TilesStrip::arrange(int width) const
{
    if (m_width == width && m_places.size() == tokens().size()) return;
    m_width = width;
    std::vector<double> widths;
    for (int i = 0; i < int(tokens().size()); ++i) widths.push_back(widthOf(i));
    m_places = wrapTiles(widths, kMargin, width - kMargin, kGap, lineStep());
}

int TilesStrip::heightForWidth(int width) const
{
    arrange(width);
    return m_places.empty() ? 0 : int(std::ceil(m_places.back().top + lineStep() + kMargin));
}

QRectF TilesStrip::tileRect(int token) const
{
    arrange(width());
    if (token < 0 || std::size_t(token) >= m_places.size()) return {};
    const TilePlace& place = m_places[std::size_t(token)];
    return {place.left, place.top, place.width, tileHeight()};
}

std::optional<float> TilesStrip::valueOf(int token) const
{
    if (token < 0 || std::size_t(token) >= m_row.size() || !std::isfinite(m_row[std::size_t(token)])) return {};
    return m_row[std::size_t(token)];
}

int TilesStrip::strongest() const
{
    int best = -1;
    for (int i = 0; i < int(tokens().size()); ++i)
        if (const auto value = valueOf(i); value && (best < 0 || std::abs(*value) > std::abs(*valueOf(best)))) best = i;
    return best >= 0 && *valueOf(best) != 0 ? best : -1;
}

// As tall as its share of the strongest one.
QRectF TilesStrip::barRect(int token) const
{
    const auto value = valueOf(token);
    const int best = strongest();
    if (!value || best < 0) return {};
    const QRectF tile = tileRect(token);
    return {tile.left(), tile.bottom() + 3, tile.width(), kBars * double(std::abs(*value / *valueOf(best)))};
}

int TilesStrip::tokenAt(const QPointF& point) const
{
    for (int i = 0; i < int(tokens().size()); ++i)
        if (tileRect(i).contains(point)) return i;
    return -1;
}

QString TilesStrip::kindName(TileKind kind)
{
    switch (kind) {
    case TileKind::Image: return tr("image");
    case TileKind::State: return tr("state");
    case TileKind::Object: return tr("object");
    case TileKind::Word: break;
    }
    return tr("word");
}

QString TilesStrip::badge(TileKind kind)
{
    switch (kind) {
    case TileKind::Image: return tr("I", "letter that marks a piece of an image");
    case TileKind::State: return tr("S", "letter that marks a state");
    case TileKind::Object: return tr("O", "letter that marks an object");
    case TileKind::Word: break;
    }
    return {};
}

QString TilesStrip::near(int token) const
{
    if (token < 0 || token >= int(tokens().size()) || kindOf(tokens()[std::size_t(token)]) == TileKind::Word) return {};
    QStringList words;
    for (const verbs::NearWord& word : tokens()[std::size_t(token)].near)
        words << tr("%1 %2").arg(QString::fromStdString(word.piece), fixedNumber(word.cosine, 2));
    if (words.isEmpty()) return {};
    return tr("nearest words: %1 (they are usually not words)").arg(words.join(QStringLiteral(", ")));
}

QString TilesStrip::sentence(int token) const
{
    if (token < 0 || token >= int(tokens().size())) return {};
    const verbs::TextToken& tile = tokens()[std::size_t(token)];
    const int patch = patchOf(tokens(), token);
    QString said = patch < 0
                       ? tr("Tile %1, %2: %3")
                             .arg(QString::number(token), kindName(kindOf(tile)), QString::fromStdString(tile.piece))
                       : tr("Tile %1, image: row %2, column %3")
                             .arg(token)
                             .arg(patch / kPatchesASide + 1)
                             .arg(patch % kPatchesASide + 1);
    if (const auto value = valueOf(token))
        said += QLatin1Char('\n') + tr("attention %1").arg(shortNumber(double(*value)));
    if (const QString words = near(token); !words.isEmpty()) said += QLatin1Char('\n') + words;
    if (kindOf(tile) == TileKind::State || kindOf(tile) == TileKind::Object)
        said += QLatin1Char('\n') + tr("right click or Return: swap it or take it out");
    return said;
}

void TilesStrip::resizeEvent(QResizeEvent*)
{
    m_width = -1;
}

void TilesStrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) refresh();
    QWidget::changeEvent(event);
}

bool TilesStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const int token = tokenAt(help->pos()); token >= 0)
        QToolTip::showText(help->globalPos(), sentence(token), this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace headlens
