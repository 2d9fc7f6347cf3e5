// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown and where; lines_view_paint.cpp paints it.
#include "widgets/text/lines_view.h"

#include "core/wire/block_grid.h"
#include "widgets/viewmodel/asking.h"

#include <QComboBox>
#include <QLabel>
#include <QMouseEvent>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

constexpr int kMostTokens = 600;
constexpr int kMostLines = 12; // a query
constexpr double kMassShown = 0.9;

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
    connect(display, &DisplaySettings::changed, this, &LinesView::repaintAll);
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

LinesView::Side LinesView::sideOf(int stream, int tokens, bool key) const
{
    const verbs::InputInfo& input = m_model->input();
    const bool own = key || input.blocks[std::size_t(m_heads->layer())].keyStream == stream;
    Side side;
    side.stream = stream;
    side.layout = own ? TokenLayout::from(m_model->model(), input, m_heads->layer())
                      : TokenLayout::ofStream(m_model->model(), input, stream);
    side.rows = std::min(kMostTokens, tokens > 0 ? tokens : side.layout.tokens());
    if (stream < 0 || stream >= int(input.streams.size())) return side;
    // The separator behind the second text belongs to it where the model counts segments.
    for (const verbs::TextToken& token : input.streams[std::size_t(stream)].tokens)
        side.second.push_back(token.inPair || token.segment == 1);
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
    QString says = tr("Nothing inspected yet");
    if (m_model->hasInput() && layer < m_model->input().blocks.size()) {
        const verbs::BlockGrid& block = m_model->input().blocks[layer];
        m_poolsQueries = block.kind == "pool";
        m_queries = sideOf(block.queryStream, m_poolsQueries ? 1 : block.queries, false);
        m_keys = sideOf(block.keyStream, block.keys, true);
        bool none = false;
        says = limits(block, none);
        if (none) m_queries.rows = m_keys.rows = 0;
    }
    const auto both = [](const Side& one) { return std::ranges::count(one.second, true) > 0; };
    m_filter->setVisible(m_queries.rows > 0 && both(m_queries) && both(m_keys));
    m_text->setText(says);
    m_text->setVisible(!says.isEmpty());
    measure();
    rebuild();
}

void LinesView::measure()
{
    for (Side* one : {&m_queries, &m_keys}) {
        one->widest = 40;
        for (int row = 0; row < one->rows; ++row)
            one->widest = std::max(one->widest, fontMetrics().horizontalAdvance(nameOf(*one, row, false)));
    }
    setMinimumWidth(200);
    setMinimumHeight(top() + std::max(m_queries.rows, m_keys.rows) * rowHeight() + 4);
    repaintAll();
    QMetaObject::invokeMethod(this, &LinesView::showQuery, Qt::QueuedConnection); // once the new height is laid out
}

// A query that was chosen elsewhere is scrolled into view.
void LinesView::showQuery()
{
    const Side& asking = side(m_tokens->reverse());
    if (m_under.row >= 0 || asking.stream != m_tokens->query().stream) return;
    const int row = asking.layout.parentToken(m_tokens->query().token);
    if (row < 0 || row >= asking.rows) return;
    for (QWidget* around = parentWidget(); around != nullptr; around = around->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(around))
            return area->ensureVisible(0, rowRect(m_tokens->reverse(), row).center().y(), 0, 2 * rowHeight());
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

int LinesView::tokenOf(const Place& place) const
{
    if (place.row < 0 || (!place.key && m_poolsQueries)) return -1; // a learnt query is no token
    return side(place.key).layout.middle(place.row);
}

LinesView::Place LinesView::placeAt(const QPoint& point) const
{
    const int row = point.y() < top() ? -1 : (point.y() - top()) / rowHeight();
    for (const bool key : {false, true})
        if (row >= 0 && row < side(key).rows && rowRect(key, row).contains(point)) return {key, row};
    return {};
}

LinesView::Place LinesView::focused() const
{
    if (m_under.row >= 0 || !m_tokens->isPinned()) return m_under;
    const bool reverse = m_tokens->reverse();
    for (const bool key : {reverse, !reverse}) { // of one sequence the token asks, in reverse it answers
        const Side& one = side(key);
        if (one.stream != m_tokens->query().stream || (!key && m_poolsQueries)) continue;
        if (const int row = one.layout.parentToken(m_tokens->query().token); row < one.rows) return {key, row};
    }
    return {};
}

void LinesView::mouseMoveEvent(QMouseEvent* event)
{
    const Place place = placeAt(event->position().toPoint());
    if (place == m_under) return;
    m_under = place;
    if (const int token = tokenOf(place); token >= 0) m_tokens->hover({side(place.key).stream, token});
    update();
}

void LinesView::mousePressEvent(QMouseEvent* event)
{
    const Place place = placeAt(event->position().toPoint());
    if (const int token = tokenOf(place); token >= 0 && event->button() == Qt::LeftButton)
        m_tokens->pin({side(place.key).stream, token});
}

} // namespace headlens
