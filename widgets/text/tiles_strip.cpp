// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/tiles_strip.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/text/tile_menu.h"
#include "widgets/text/tile_text.h"
#include "widgets/viewmodel/live_rows.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
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

QString TilesStrip::near(int token) const
{
    return nearTo(tokens(), token);
}

QString TilesStrip::sentence(int token) const
{
    return sentenceOf(tokens(), token, valueOf(token));
}

// The part of the picture that the model saw there.
QImage TilesStrip::patch(int token) const
{
    const QImage& seen = m_model->run().seen;
    const int place = patchOf(tokens(), token);
    if (place < 0 || seen.isNull()) return {};
    const int column = place % kPatchesASide, row = place / kPatchesASide;
    const int left = seen.width() * column / kPatchesASide, top = seen.height() * row / kPatchesASide;
    return seen.copy(left, top, seen.width() * (column + 1) / kPatchesASide - left,
                     seen.height() * (row + 1) / kPatchesASide - top);
}

TilePicture TilesStrip::pictureOf(int token) const
{
    const verbs::TextToken& text = tokens()[std::size_t(token)];
    const TileKind kind = kindOf(text);
    return {.tile = tileRect(token),
            .bar = barRect(token),
            .kind = kind,
            .word = QString::fromStdString(text.piece),
            .badge = badgeOf(kind),
            .patch = patch(token),
            .isQuery = token == query(),
            .isStrongest = token == strongest(),
            .value = valueOf(token)};
}

void TilesStrip::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false); // patches are small, smoothing blurs them
    for (int i = 0; i < int(tokens().size()); ++i) {
        const QRectF tile = tileRect(i);
        if (!tile.adjusted(-12, -4, 12, lineStep() - tileHeight()).intersects(event->rect())) continue;
        paintTile(painter, pictureOf(i), palette());
    }
    paintFocus(painter, *this);
}

void TilesStrip::goTo(int token)
{
    const int last = int(tokens().size()) - 1;
    if (last < 0) return;
    if (m_tokens->query().stream == 0)
        m_tokens->setToken(std::clamp(token, 0, last));
    else
        m_tokens->hover({0, std::clamp(token, 0, last)});
}

// To the tile of the next line whose middle is nearest.
void TilesStrip::goToLine(int by)
{
    const QRectF here = tileRect(query());
    int best = -1;
    double nearest = 0;
    for (int i = 0; i < int(tokens().size()) && !here.isEmpty(); ++i) {
        const QRectF tile = tileRect(i);
        if (std::abs(tile.top() - here.top() - by * lineStep()) > 1) continue;
        const double far = std::abs(tile.center().x() - here.center().x());
        if (best >= 0 && far >= nearest) continue;
        best = i;
        nearest = far;
    }
    if (best >= 0) goTo(best);
}

void TilesStrip::mouseMoveEvent(QMouseEvent* event)
{
    const int token = tokenAt(event->position());
    if (token == m_hovered) return;
    m_hovered = token;
    Q_EMIT lookedChanged();
}

void TilesStrip::leaveEvent(QEvent*)
{
    m_hovered = -1;
    Q_EMIT lookedChanged();
}

void TilesStrip::mousePressEvent(QMouseEvent* event)
{
    const int token = tokenAt(event->position());
    if (event->button() == Qt::LeftButton && token >= 0) m_tokens->pin({0, token});
}

void TilesStrip::keyPressEvent(QKeyEvent* event)
{
    const int here = query();
    switch (event->key()) {
    case Qt::Key_Left: return goTo(here - 1);
    case Qt::Key_Right: return goTo(here + 1);
    case Qt::Key_Up: return goToLine(-1);
    case Qt::Key_Down: return goToLine(1);
    case Qt::Key_Home: return goTo(0);
    case Qt::Key_End: return goTo(int(tokens().size()) - 1);
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (here >= 0) Q_EMIT removeAsked(here);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (here >= 0) offer(here, mapToGlobal(tileRect(here).bottomLeft().toPoint()));
        return;
    default: QWidget::keyPressEvent(event);
    }
}

void TilesStrip::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const int token = byMouse ? tokenAt(event->pos()) : query();
    if (token >= 0) offer(token, byMouse ? event->globalPos() : mapToGlobal(tileRect(token).bottomLeft().toPoint()));
}

void TilesStrip::offer(int token, const QPoint& where)
{
    const verbs::TextToken& tile = tokens()[std::size_t(token)];
    const TileKind kind = kindOf(tile);
    if (kind != TileKind::State && kind != TileKind::Object) return; // nothing of words and pictures
    auto* menu = new TileMenu(tile.piece, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &TileMenu::swapChosen, this, [this, token](const QString& word) { Q_EMIT swapAsked(token, word); });
    connect(menu, &TileMenu::removeChosen, this, [this, token] { Q_EMIT removeAsked(token); });
    menu->popup(where);
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
