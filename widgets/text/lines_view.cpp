// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/lines_view.h"

#include "core/wire/block_grid.h"
#include "widgets/text/lines_paint.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/not_yet.h"
#include "widgets/viewmodel/sinks.h"

#include <QComboBox>
#include <QHelpEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

constexpr int kMostTokens = 600;
constexpr int kMostLines = 12; // a query
constexpr double kMassShown = 0.9;
constexpr double kFaded = 0.15; // lines that are not meant

} // namespace

LinesView::LinesView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()), m_display(display),
      m_filter(new QComboBox(this)), m_text(new QLabel(this))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(m_filter);
    layout->addWidget(m_text);
    layout->addStretch(1);
    m_filter->addItems({{}, {}, {}, {}, {}});
    m_text->setWordWrap(true);
    connect(m_filter, &QComboBox::currentIndexChanged, this, &LinesView::rebuild);
    const auto again = [this] {
        m_maps.clear();
        arrange();
        ask();
    };
    connect(model, &InspectionModel::modelChanged, this, again);
    connect(model, &InspectionModel::inputChanged, this, again);
    connect(model->link(), &EngineLink::busyChanged, this, [this](bool busy) {
        if (!busy) ask(); // a run that was cancelled: what was asked meanwhile got no answer
    });
    connect(m_heads, &HeadChoice::changed, this, [this] {
        arrange();
        ask();
    });
    const auto repaint = [this] { update(); };
    connect(m_tokens, &TokenChoice::changed, this, [this] {
        update();
        showQuery();
    });
    connect(m_tokens, &TokenChoice::otherChanged, this, repaint);
    connect(display, &DisplaySettings::changed, this, [this] {
        if (std::exchange(m_withoutSinks, m_display->get().withoutSinks) != m_withoutSinks)
            arrange();
        else
            repaintAll();
    });
    retranslate();
}

void LinesView::retranslate()
{
    setAccessibleName(tr("Lines from queries to keys"));
    m_filter->setAccessibleName(tr("Which text looks at which"));
    const QStringList names{tr("All"), tr("A→A"), tr("A→B"), tr("B→A"), tr("B→B")};
    for (int i = 0; i < names.size(); ++i) m_filter->setItemText(i, names[i]);
    m_filter->setToolTip(tr("Lines from tokens of one text to tokens of the other; 90 % of what is left is shown"));
    arrange();
}

LinesSide LinesView::sideOf(int stream, int tokens, bool key) const
{
    const verbs::InputInfo& input = m_model->input();
    const bool own = key || input.blocks[std::size_t(m_heads->layer())].keyStream == stream;
    LinesSide side;
    side.stream = stream;
    side.layout = own ? TokenLayout::from(m_model->model(), input, m_heads->layer())
                      : TokenLayout::ofStream(m_model->model(), input, stream);
    side.rows = std::min(kMostTokens, tokens > 0 ? tokens : side.layout.tokens());
    if (stream < 0 || stream >= int(input.streams.size())) return side;
    // The separator behind the second text belongs to it where the model counts segments.
    for (const verbs::TextToken& token : input.streams[std::size_t(stream)].tokens)
        side.second.push_back(token.inPair || token.segment == 1);
    if (m_display->get().withoutSinks) side.sinks = sinksOf(input, stream);
    side.second.resize(std::max(side.second.size(), std::size_t(side.rows)));
    return side;
}

QString LinesView::limits(const verbs::BlockGrid& block, bool& none) const
{
    none = true;
    if (isWindowed(block)) return tr("This layer looks within windows. Lines are drawn for layers without windows.");
    if (block.hidesPatches)
        return tr("Not every token takes part in this layer; those that are left stand in no order to draw.");
    const bool texts = m_queries.layout.text > 0 || m_keys.layout.text > 0;
    const int longest = std::max({block.queries, block.keys, m_queries.rows, m_keys.rows});
    if (longest > kMostTokens && !texts)
        return tr("There are more than %1 patches, too many for lines.").arg(kMostTokens);
    none = false;
    return longest > kMostTokens ? tr("The view is limited to the first %1 tokens.").arg(kMostTokens) : QString();
}

void LinesView::arrange()
{
    const auto layer = std::size_t(m_heads->layer());
    m_queries = m_keys = {};
    m_under = {};
    QString says = notYet(*m_model);
    if (m_model->hasInput() && layer < m_model->input().blocks.size()) {
        const verbs::BlockGrid& block = m_model->input().blocks[layer];
        m_poolsQueries = block.kind == "pool";
        m_queries = sideOf(block.queryStream, m_poolsQueries ? 1 : block.queries, false);
        m_keys = sideOf(block.keyStream, block.keys, true);
        bool none = false;
        says = limits(block, none);
        if (none) m_queries.rows = m_keys.rows = 0;
    }
    const auto both = [](const LinesSide& one) { return std::ranges::count(one.second, true) > 0; };
    m_filter->setVisible(m_queries.rows > 0 && both(m_queries) && both(m_keys));
    m_text->setText(says);
    m_text->setVisible(!says.isEmpty());
    measure();
    rebuild();
}

void LinesView::measure()
{
    const LinesScene now = scene();
    for (const bool key : {false, true}) {
        LinesSide& one = key ? m_keys : m_queries;
        one.widest = 40;
        for (int row = 0; row < one.rows; ++row)
            one.widest = std::max(one.widest, fontMetrics().horizontalAdvance(now.nameOf(key, row, false)));
    }
    setMinimumWidth(200);
    setMinimumHeight(now.top() + std::max(m_queries.rows, m_keys.rows) * now.rowHeight() + 4);
    repaintAll();
    QMetaObject::invokeMethod(this, &LinesView::showQuery, Qt::QueuedConnection); // once the new height is laid out
}

// A query that was chosen elsewhere is scrolled into view.
void LinesView::showQuery()
{
    const LinesSide& asking = side(m_tokens->reverse());
    if (m_under.row >= 0 || asking.stream != m_tokens->query().stream) return;
    const int row = asking.layout.parentToken(m_tokens->query().token);
    if (row < 0 || row >= asking.rows) return;
    for (QWidget* around = parentWidget(); around != nullptr; around = around->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(around))
            return area->ensureVisible(0, rowRect(m_tokens->reverse(), row).center().y(), 0, 2 * scene().rowHeight());
}

verbs::Tile LinesView::wanted(int index) const
{
    verbs::Tile tile;
    tile.layer = m_heads->layer();
    const bool single = m_heads->fusion() == HeadFusion::Single;
    tile.head = single && index < m_heads->heads().size() ? m_heads->heads()[index] : m_heads->head();
    tile.fusion = std::string(headlens::nameOf(m_heads->fusion()));
    tile.queryEnd = tile.rows = m_queries.rows;
    tile.keyEnd = tile.columns = m_keys.rows;
    return tile;
}

void LinesView::ask()
{
    if (!isVisible() || m_queries.rows == 0) return; // behind another tab: showEvent() catches up
    m_maps.resize(m_heads->fusion() == HeadFusion::Single ? std::size_t(m_heads->heads().size()) : 1);
    for (int i = 0; i < int(m_maps.size()); ++i) {
        const verbs::Tile tile = wanted(i), &here = m_maps[std::size_t(i)].of;
        const bool known = here.layer == tile.layer && here.head == tile.head && here.fusion == tile.fusion;
        if (known && !m_maps[std::size_t(i)].means.empty()) continue;
        m_maps[std::size_t(i)] = {};
        headlens::ask(m_model, verbs::kTile, tile, this, [this, i](const verbs::TileMeans& found) { take(i, found); },
                      {.tag = QStringLiteral("lines.%1").arg(i)});
    }
    rebuild();
}

void LinesView::take(int index, const verbs::TileMeans& tile)
{
    const verbs::Tile now = wanted(index);
    const bool current = tile.means.isTable() && tile.of.layer == now.layer && tile.of.head == now.head &&
                         tile.of.fusion == now.fusion && tile.means.rows() == now.rows &&
                         tile.means.columns() == now.columns;
    if (!current || index >= int(m_maps.size())) return; // the selection has moved on
    m_maps[std::size_t(index)] = tile;
    rebuild();
}

bool LinesView::passes(int query, int key) const
{
    if (m_keys.isSink(key)) return false;
    const int filter = m_filter->isHidden() ? 0 : m_filter->currentIndex();
    if (filter <= 0) return true;
    const bool from = m_queries.second[std::size_t(query)], to = m_keys.second[std::size_t(key)];
    return from == (filter >= 3) && to == (filter % 2 == 0);
}

void LinesView::rebuild()
{
    m_lines.clear();
    for (int head = 0; head < int(m_maps.size()); ++head) {
        const FloatArray& map = m_maps[std::size_t(head)].means;
        const int rows = map.rows(), columns = map.columns();
        if (rows != m_queries.rows || columns != m_keys.rows || columns == 0) continue;
        std::vector<float> values = map.values;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (!passes(int(i) / columns, int(i) % columns)) values[i] = 0;
        for (Line line : visibleLines(values, rows, columns, kMassShown, kMostLines)) {
            line.head = head;
            m_lines.push_back(line);
        }
    }
    sortWeakToStrong(m_lines);
    repaintAll();
}

LinesPlace LinesView::focused() const
{
    if (m_under.row >= 0 || !m_tokens->isPinned()) return m_under;
    const bool reverse = m_tokens->reverse();
    for (const bool key : {reverse, !reverse}) { // of one sequence the token asks, in reverse it answers
        const LinesSide& one = side(key);
        if (one.stream != m_tokens->query().stream || (!key && m_poolsQueries)) continue;
        if (const int row = one.layout.parentToken(m_tokens->query().token); row < one.rows) return {key, row};
    }
    return {};
}

// The height of what stands above the names of the columns.
int LinesView::above() const
{
    constexpr int kMargin = LinesScene::kMargin;
    int below = kMargin;
    if (!m_filter->isHidden()) below += m_filter->sizeHint().height() + kMargin + 2;
    if (!m_text->isHidden()) below += m_text->heightForWidth(std::max(100, width() - 2 * kMargin)) + kMargin + 2;
    return below;
}

LinesScene LinesView::scene() const
{
    return {m_queries, m_keys, m_poolsQueries, width(), above(), fontMetrics()};
}

QRect LinesView::rowRect(bool key, int row) const
{
    return scene().rowRect(key, row);
}

void LinesView::repaintAll()
{
    m_picture = {};
    update();
}

// The part of all lines that is on the screen: thousands of them are drawn once, not in every frame.
void LinesView::drawAll(const LinesScene& now, const LinesPicture& picture, const QRect& seen)
{
    const double ratio = devicePixelRatioF();
    m_picture = QPixmap(seen.size() * ratio);
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(Qt::transparent);
    m_pictured = seen;
    QPainter painter(&m_picture);
    painter.translate(-seen.topLeft());
    paintAllLines(painter, now, picture, seen);
}

QStringList LinesView::headNames() const
{
    if (m_heads->fusion() != HeadFusion::Single) return {tr("all heads")};
    QStringList names;
    for (const int head : m_heads->heads()) names << tr("head %1").arg(head);
    return names;
}

void LinesView::paintColumns(QPainter& painter, const QRect& exposed)
{
    // All that is on the screen, even when a part of it is exposed anew; a grab may want more than that.
    const QRect onScreen = visibleRegion().boundingRect();
    const QRect seen = onScreen.contains(exposed) ? onScreen : exposed;
    const LinesScene now = scene();
    const bool fromSinks = std::ranges::find(m_keys.sinks, true) != m_keys.sinks.end();
    const float high = fromSinks && !m_lines.empty() ? m_lines.back().weight : 1;
    const LinesPicture picture{m_lines, m_display->get().logarithmic, high, focused()};
    if (m_picture.isNull() || m_pictured != seen) drawAll(now, picture, seen);
    const bool isFocused = picture.focus.row >= 0;
    painter.setOpacity(isFocused ? kFaded : 1);
    painter.drawPixmap(seen.topLeft(), m_picture);
    painter.setOpacity(1);
    if (isFocused) paintFocusedLines(painter, now, picture);
    paintTokens(painter, now, picture.focus, exposed, palette());
    paintHeader(painter, now, headNames(), palette());
}

void LinesView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), palette().color(QPalette::Base));
    if (m_queries.rows > 0) paintColumns(painter, event->rect());
    Q_EMIT painted();
}

void LinesView::mouseMoveEvent(QMouseEvent* event)
{
    const LinesPlace place = scene().placeAt(event->position().toPoint());
    if (place == m_under) return;
    m_under = place;
    if (const int token = scene().tokenOf(place); token >= 0) m_tokens->hover({side(place.key).stream, token});
    update();
}

void LinesView::mousePressEvent(QMouseEvent* event)
{
    const LinesPlace place = scene().placeAt(event->position().toPoint());
    if (const int token = scene().tokenOf(place); token >= 0 && event->button() == Qt::LeftButton)
        m_tokens->pin({side(place.key).stream, token});
}

void LinesView::leaveEvent(QEvent* event)
{
    m_under = {};
    m_tokens->leave();
    update();
    QWidget::leaveEvent(event);
}

void LinesView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up: return m_tokens->setToken(m_tokens->query().token - 1);
    case Qt::Key_Down: return m_tokens->setToken(m_tokens->query().token + 1);
    default: QWidget::keyPressEvent(event);
    }
}

void LinesView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void LinesView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    measure();
}

void LinesView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::FontChange) measure();
    if (event->type() == QEvent::PaletteChange) repaintAll();
    QWidget::changeEvent(event);
}

bool LinesView::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const LinesPlace place = scene().placeAt(help->pos());
    if (place.row < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), // pieces like "<s>" are no tags
                           QStringLiteral("<qt>%1</qt>")
                               .arg(tr("%1, token %2")
                                        .arg(scene().nameOf(place.key, place.row, true), QString::number(place.row))
                                        .toHtmlEscaped()),
                           this);
    return true;
}

} // namespace headlens
