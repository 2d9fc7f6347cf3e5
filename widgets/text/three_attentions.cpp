// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/three_attentions.h"

#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/heat_image.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace headlens {
namespace {

constexpr double kMargin = 8, kGap = 16;
constexpr int kMostTokens = 64; // labels and cells of more could not be told apart

// The block of a tower and kind that lies `depth` deep, or the deepest one there is; -1: none.
int blockAt(const verbs::InputInfo& input, const std::string& tower, const std::string& kind, int depth)
{
    int found = -1;
    for (int i = 0; i < int(input.blocks.size()) && depth >= 0; ++i)
        if (input.blocks[std::size_t(i)].tower == tower && input.blocks[std::size_t(i)].kind == kind) {
            found = i;
            --depth;
        }
    return found;
}

// How deep a block lies among those of its tower and kind.
int depthOf(const verbs::InputInfo& input, int block)
{
    int depth = 0;
    for (int i = 0; i < block && i < int(input.blocks.size()); ++i) {
        const auto &any = input.blocks[std::size_t(i)], &own = input.blocks[std::size_t(block)];
        depth += any.tower == own.tower && any.kind == own.kind ? 1 : 0;
    }
    return depth;
}

int strongest(const ThreeAttentions::Map& map, int row)
{
    if (row < 0 || row >= map.rows || map.values.empty()) return -1;
    const auto begin = map.values.begin() + std::ptrdiff_t(row) * map.columns;
    return int(std::max_element(begin, begin + map.columns) - begin);
}

float valueAt(const ThreeAttentions::Map& map, int row, int column)
{
    return map.values[std::size_t(row) * std::size_t(map.columns) + std::size_t(column)];
}

} // namespace

ThreeAttentions::ThreeAttentions(InspectionModel* model, Selection* selection, DisplaySettings* display,
                                 QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()), m_display(display)
{
    setMouseTracking(true);
    m_wanted.setSingleShot(true);
    m_wanted.setInterval(0);
    connect(&m_wanted, &QTimer::timeout, this, &ThreeAttentions::ask);
    const auto again = [this] { m_wanted.start(); };
    connect(model, &InspectionModel::inputChanged, this, [this] {
        m_maps = {};
        tell();
        m_wanted.start();
    });
    connect(m_heads, &HeadChoice::changed, this, again);
    connect(m_tokens, &TokenChoice::changed, this, &ThreeAttentions::tell);
    connect(display, &DisplaySettings::changed, this, qOverload<>(&QWidget::update));
    tell();
}

void ThreeAttentions::ask()
{
    const verbs::InputInfo& input = m_model->input();
    if (!isVisible() || !m_model->hasInput()) return; // showEvent() catches up
    const int depth = depthOf(input, m_heads->layer());
    const std::array<int, 3> blocks{blockAt(input, "encoder", "self", depth), blockAt(input, "decoder", "cross", depth),
                                    blockAt(input, "decoder", "self", depth)};
    if (std::ranges::find(blocks, -1) != blocks.end()) return;
    for (int part = 0; part < 3; ++part) {
        const verbs::BlockGrid& block = input.blocks[std::size_t(blocks[std::size_t(part)])];
        verbs::Tile tile;
        tile.layer = blocks[std::size_t(part)];
        tile.head = std::min(m_heads->head(), block.heads - 1);
        tile.fusion = std::string(nameOf(m_heads->fusion()));
        tile.queryEnd = tile.rows = std::min(block.queries, kMostTokens);
        tile.keyEnd = tile.columns = std::min(block.keys, kMostTokens);
        headlens::ask(m_model, verbs::kTile, tile, this,
                      [this, part](const verbs::TileMeans& found) { take(Part(part), found); },
                      {.tag = QStringLiteral("three.%1").arg(part)});
    }
}

void ThreeAttentions::take(Part part, const verbs::TileMeans& tile)
{
    const auto& blocks = m_model->input().blocks;
    if (!tile.means.isTable() || std::size_t(tile.of.layer) >= blocks.size()) return; // of a model that was replaced
    const verbs::BlockGrid& block = blocks[std::size_t(tile.of.layer)];
    m_maps[std::size_t(part)] = {tile.of.layer,     tile.of.head,         block.queryStream, block.keyStream,
                                 tile.means.rows(), tile.means.columns(), tile.means.values, -1};
    tell();
}

// The written token the story is about: the chosen one, or the last.
int ThreeAttentions::writtenToken() const
{
    const Map& decoder = map(Decoder);
    if (m_tokens->query().stream == decoder.queryStream && m_tokens->query().token < decoder.rows)
        return m_tokens->query().token;
    return decoder.rows - 1;
}

QStringList ThreeAttentions::wordsOf(int stream) const
{
    const TokenLayout layout = TokenLayout::ofStream(m_model->model(), m_model->input(), stream);
    QStringList words;
    for (const QString& piece : layout.prefix) {
        QString word = piece;
        word.remove(QChar(0x2581)).remove(QChar(0x0120)).remove(QStringLiteral("</w>"));
        words << (word.trimmed().isEmpty() ? QString(QChar(0x2423)) : word.trimmed());
    }
    return words;
}

void ThreeAttentions::tell()
{
    m_story.clear();
    Map &encoder = m_maps[Encoder], &cross = m_maps[Cross], &decoder = m_maps[Decoder];
    if (encoder.rows > 0 && cross.rows > 0 && decoder.rows > 0) {
        decoder.marked = cross.marked = writtenToken();
        const int source = strongest(cross, cross.marked), context = strongest(encoder, source),
                  before = strongest(decoder, decoder.marked);
        encoder.marked = source;
        const QStringList read = wordsOf(encoder.queryStream), written = wordsOf(decoder.queryStream);
        if (source >= 0 && context >= 0 && before >= 0)
            m_story = tr("After “%1” the decoder looks most at “%2” of what is written (%3) and at “%4” of the source "
                         "(%5), which the encoder had read together with “%6” (%7).")
                          .arg(written.value(decoder.marked), written.value(before))
                          .arg(double(valueAt(decoder, decoder.marked, before)), 0, 'f', 2)
                          .arg(read.value(source))
                          .arg(double(valueAt(cross, cross.marked, source)), 0, 'f', 2)
                          .arg(read.value(context))
                          .arg(double(valueAt(encoder, source, context)), 0, 'f', 2);
    }
    setAccessibleName(tr("Three attentions"));
    setAccessibleDescription(m_story);
    update();
}

QString ThreeAttentions::titleOf(Part part) const
{
    const int depth = std::max(0, depthOf(m_model->input(), std::max(0, map(part).block)));
    switch (part) {
    case Encoder: return tr("Encoder %1: the source reads itself").arg(depth);
    case Cross: return tr("Cross %1: the text reads the source").arg(depth);
    case Decoder: return tr("Decoder %1: the text reads itself").arg(depth);
    }
    return {};
}

// In the order in which information flows: source, bridge, text.
QRectF ThreeAttentions::frameOf(Part part) const
{
    const double line = fontMetrics().height();
    const double width = (this->width() - 2 * kMargin - 2 * kGap) / 3.0;
    const double height = this->height() - 2 * kMargin - 2.4 * line; // the story stands below
    return {kMargin + int(part) * (width + kGap), kMargin, width, height};
}

QRectF ThreeAttentions::mapRect(Part part) const
{
    const Map& own = map(part);
    const double line = fontMetrics().height(), label = 4.2 * line;
    const QRectF room = frameOf(part).adjusted(label, line * 1.3 + label * 0.75, 0, 0);
    if (own.rows < 1 || own.columns < 1 || room.width() < 8 || room.height() < 8) return {};
    const double cell = std::min(room.width() / own.columns, room.height() / own.rows);
    return {room.topLeft(), QSizeF(cell * own.columns, cell * own.rows)};
}

QRectF ThreeAttentions::cellRect(Part part, int row, int column) const
{
    const QRectF rect = mapRect(part);
    const Map& own = map(part);
    if (rect.isEmpty()) return {};
    const double w = rect.width() / own.columns, h = rect.height() / own.rows;
    return {rect.left() + column * w, rect.top() + row * h, w, h};
}

ThreeAttentions::Place ThreeAttentions::placeAt(const QPointF& point) const
{
    for (int part = 0; part < 3; ++part) {
        const QRectF rect = mapRect(Part(part));
        const Map& own = m_maps[std::size_t(part)];
        if (!rect.contains(point)) continue;
        return {part, std::min(own.rows - 1, int((point.y() - rect.top()) / rect.height() * own.rows)),
                std::min(own.columns - 1, int((point.x() - rect.left()) / rect.width() * own.columns))};
    }
    return {};
}

void ThreeAttentions::paintMap(QPainter& painter, Part part) const
{
    const Map& own = map(part);
    const QRectF rect = mapRect(part);
    float high = 0;
    for (const float value : own.values) high = std::max(high, value);
    const Display& display = m_display->get();
    painter.drawImage(rect, heatImage(own.values, own.columns, own.rows, display.scaleTo(high), display.colors()));
    if (part == Decoder) // what comes later cannot be seen: hatched, not only dark
        for (int row = 0; row + 1 < own.rows && row + 1 < own.columns; ++row)
            painter.fillRect(
                QRectF(cellRect(part, row, row + 1).topLeft(), cellRect(part, row, own.columns - 1).bottomRight()),
                QBrush(palette().color(QPalette::Mid), Qt::BDiagPattern));
    painter.setPen(QPen(palette().color(QPalette::Mid), 1));
    painter.drawRect(rect);
    if (own.marked < 0) return;
    painter.setPen(QPen(QColor(255, 90, 60), 2));
    painter.drawRect(
        QRectF(cellRect(part, own.marked, 0).topLeft(), cellRect(part, own.marked, own.columns - 1).bottomRight()));
}

void ThreeAttentions::paintLabels(QPainter& painter, Part part) const
{
    const Map& own = map(part);
    const QRectF rect = mapRect(part);
    const double cell = rect.width() / own.columns, line = fontMetrics().height();
    QFont small = font();
    small.setPointSizeF(std::clamp(cell * 0.6, 6.0, font().pointSizeF()));
    painter.setFont(small);
    const QFontMetricsF metrics(small);
    const int step = std::max(1, int(metrics.height() * 0.9 / std::max(1.0, cell))); // not every word may have room
    const QStringList queries = wordsOf(own.queryStream), keys = wordsOf(own.keyStream);
    for (int row = 0; row < own.rows; ++row) {
        if (row % step != 0 && row != own.marked) continue;
        painter.setPen(row == own.marked ? QColor(255, 90, 60) : palette().color(QPalette::Text));
        const QRectF beside(frameOf(part).left(), cellRect(part, row, 0).center().y() - line / 2, 4 * line, line);
        painter.drawText(beside, Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(queries.value(row), Qt::ElideRight, beside.width()));
    }
    painter.setPen(palette().color(QPalette::Text));
    for (int column = 0; column < own.columns; column += step) {
        painter.save();
        painter.translate(cellRect(part, 0, column).center().x(), rect.top() - 3);
        painter.rotate(-60);
        painter.drawText(QPointF(0, metrics.height() * 0.3),
                         metrics.elidedText(keys.value(column), Qt::ElideRight, 3.4 * line));
        painter.restore();
    }
    painter.setFont(font());
}

void ThreeAttentions::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setPen(palette().color(QPalette::Text));
    const bool complete = std::ranges::all_of(m_maps, [](const Map& own) { return own.rows > 0; });
    if (!complete) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Three kinds of attention need a model with encoder and decoder, and a text that it has "
                            "begun to write. Open number-words and let it write."));
        Q_EMIT painted();
        return;
    }
    const double line = fontMetrics().height();
    for (const Part part : {Encoder, Cross, Decoder}) {
        const QRectF frame = frameOf(part);
        QFont bold = font();
        bold.setBold(true);
        painter.setFont(bold);
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QRectF(frame.left(), frame.top(), frame.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(bold).elidedText(titleOf(part), Qt::ElideRight, frame.width()));
        painter.setFont(font());
        paintMap(painter, part);
        paintLabels(painter, part);
    }
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QRectF(kMargin, height() - kMargin - 2.2 * line, width() - 2 * kMargin, 2.2 * line),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_story);
    Q_EMIT painted();
}

// As in the matrix: the mouse moves what is asked about; once pinned, what answers.
void ThreeAttentions::mouseMoveEvent(QMouseEvent* event)
{
    const Place place = placeAt(event->position());
    if (place.part < 0) return;
    const Map& own = m_maps[std::size_t(place.part)];
    if (m_tokens->isPinned())
        m_tokens->hover({own.keyStream, place.column});
    else
        m_tokens->hover({own.queryStream, place.row});
}

// A click shows that map in every other view, with the token of its row.
void ThreeAttentions::mousePressEvent(QMouseEvent* event)
{
    const Place place = placeAt(event->position());
    if (place.part < 0 || event->button() != Qt::LeftButton) return;
    const Map& own = m_maps[std::size_t(place.part)];
    m_heads->setLayer(own.block);
    m_tokens->pin({own.queryStream, place.row});
}

void ThreeAttentions::showEvent(QShowEvent*)
{
    m_wanted.start();
}

void ThreeAttentions::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    QWidget::changeEvent(event);
}

bool ThreeAttentions::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const Place place = placeAt(help->pos());
    if (place.part < 0) {
        QToolTip::hideText();
        return true;
    }
    const Map& own = m_maps[std::size_t(place.part)];
    QToolTip::showText(help->globalPos(),
                       tr("“%1” looks at “%2”: %3")
                           .arg(wordsOf(own.queryStream).value(place.row), wordsOf(own.keyStream).value(place.column))
                           .arg(double(valueAt(own, place.row, place.column)), 0, 'g', 3),
                       this);
    return true;
}

} // namespace headlens
