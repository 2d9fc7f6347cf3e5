// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/pair_view.h"

#include "core/wire/block_grid.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/not_yet.h"

#include <QHelpEvent>
#include <QLabel>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr int kRows = 3, kLeastBars = 24;                                   // query, key, product; height
constexpr QRgb kPositive = qRgb(0, 114, 178), kNegative = qRgb(213, 94, 0); // as the direction says

QString number(double value)
{
    return QString::number(value, 'g', 4);
}

bool same(const verbs::PairQuestion& a, const verbs::PairQuestion& b)
{
    return a.layer == b.layer && a.head == b.head && a.query == b.query && a.key == b.key;
}

float highestOf(const std::vector<float>& values)
{
    float highest = 0;
    for (const float value : values)
        if (std::isfinite(value)) highest = std::max(highest, std::abs(value));
    return highest;
}

} // namespace

PairView::PairView(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()),
      m_title(new QLabel(this)), m_text(new QLabel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_title);
    layout->addStretch(1);
    layout->addWidget(m_text);
    for (QLabel* label : {m_title, m_text}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // pieces like "<s>" are no tags
    }
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setMinimumHeight(5 * fontMetrics().height()); // the bars stay where they are while numbers change
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    const auto again = [this] { ask(); };
    connect(model->rows(), &LiveRows::changed, this, again); // the strongest key is known
    connect(model, &InspectionModel::inputChanged, this, [this] {
        m_parts = {};
        ask();
    });
    connect(m_heads, &HeadChoice::changed, this, again);
    connect(m_tokens, &TokenChoice::changed, this, again);
    connect(m_tokens, &TokenChoice::otherChanged, this, again);
    say(notYet(*m_model));
}

QSize PairView::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return {220, kRows * (line + kLeastBars) + 8 * line};
}

TokenLayout PairView::layoutOf(int stream) const
{
    const verbs::InputInfo& input = m_model->input();
    const int layer = m_heads->layer();
    const bool keys = input.blocks[std::size_t(layer)].keyStream == stream;
    return keys ? TokenLayout::from(m_model->model(), input, layer)
                : TokenLayout::ofStream(m_model->model(), input, stream);
}

// The token under the mouse while one is pinned, else the one with the strongest weight.
int PairView::otherOf(bool reverse, int theirStream, const TokenLayout& theirs) const
{
    const TokenPlace other = m_tokens->other(), query = m_tokens->query();
    if (m_tokens->isPinned() && other.token >= 0 && other.stream == theirStream) return theirs.parentToken(other.token);
    const verbs::Rows& of = m_model->rows()->of(); // may still be those of the token before
    const auto layer = std::size_t(m_heads->layer());
    const bool current = TokenPlace{of.stream, of.token} == query && of.reverse == reverse;
    if (!current || of.difference || layer >= m_model->rows()->layers().size())
        return -1; // of a difference none is strongest
    const FloatArray& rows = m_model->rows()->layers()[layer];
    if (rows.columns() == 0 || m_heads->head() >= rows.rows()) return -1;
    const auto row = rows.part(m_heads->head());
    return int(std::ranges::max_element(row) - row.begin());
}

std::optional<verbs::PairQuestion> PairView::question(QString& why) const
{
    const auto layer = std::size_t(m_heads->layer());
    why = notYet(*m_model);
    if (!m_model->hasInput() || layer >= m_model->input().blocks.size()) return {};
    const verbs::BlockGrid& block = m_model->input().blocks[layer];
    why = tr("Layers that look within windows, or in which not every token takes part, do not show how a weight comes "
             "about.");
    if (isWindowed(block) || block.hidesPatches) return {};
    why = tr("This layer weighs without a softmax; open the dock Formula to see its numbers.");
    if (block.rule != "softmax") return {};
    const bool reverse = m_tokens->reverse();
    const int mine = reverse ? block.keyStream : block.queryStream;
    const int theirs = reverse ? block.queryStream : block.keyStream;
    why = reverse ? tr("Nobody looks at the chosen token in this layer: its keys are another sequence.")
                  : tr("The chosen token asks nothing in this layer: its queries are another sequence.");
    if (m_tokens->query().stream != mine) return {};
    const int token = layoutOf(mine).parentToken(m_tokens->query().token);
    const int other = otherOf(reverse, theirs, layoutOf(theirs));
    why.clear(); // the rows of the token are on their way
    if (other < 0) return {};
    const int query = block.kind == "pool" ? 0 : reverse ? other : token; // a pool has one learnt query
    return verbs::PairQuestion{m_heads->layer(), m_heads->head(), query, reverse ? token : other};
}

void PairView::ask()
{
    if (!isVisible()) return; // showEvent() catches up
    QString why;
    const auto wanted = question(why);
    if (!wanted && !why.isEmpty()) {
        m_parts = {};
        return say(why);
    }
    if (!wanted || (!m_parts.query.empty() && same(*wanted, m_parts.of))) return;
    const auto take = [this](const verbs::Pair& parts) {
        QString unused;
        const auto now = question(unused);
        if (!now || !same(*now, parts.of) || parts.query.empty()) return; // the selection has moved on
        m_parts = parts;
        m_parts.key.resize(m_parts.query.size());
        say();
    };
    headlens::ask(m_model, verbs::kPair, *wanted, this, take, {.quiet = true});
}

QString PairView::nameOf(bool key, int token) const
{
    const auto layer = std::size_t(m_parts.of.layer);
    if (layer >= m_model->input().blocks.size()) return {};
    const verbs::BlockGrid& block = m_model->input().blocks[layer];
    if (!key && block.kind == "pool") return tr("learnt query");
    return layoutOf(key ? block.keyStream : block.queryStream).name(token);
}

QString PairView::arithmetic(const verbs::Pair& pair)
{
    const QString mask = pair.masked      ? tr(" + mask (forbidden)")
                         : pair.mask != 0 ? tr(" + mask %1").arg(number(pair.mask))
                                          : QString();
    const QString scaled =
        pair.cap > 0 ? tr("%1, bounded by %2,").arg(number(pair.scale), number(pair.cap)) : number(pair.scale);
    return tr("Score: dot product %1 × scale %2 + bias %3%4 = %5")
               .arg(number(pair.dot), scaled, number(pair.bias), mask, number(pair.score)) +
           QLatin1Char('\n') +
           tr("Softmax: exp(%1 − highest %2) / sum %3 = weight %4 (%5 %)")
               .arg(number(pair.score), number(pair.highest), number(pair.sum), number(pair.weight),
                    number(100 * pair.weight));
}

void PairView::say(const QString& why)
{
    setAccessibleName(tr("How a weight comes about"));
    const std::size_t dimensions = m_parts.query.size(); // as many as of the key
    m_products.resize(dimensions);
    for (std::size_t i = 0; i < dimensions; ++i) m_products[i] = m_parts.query[i] * m_parts.key[i];
    const verbs::PairQuestion& of = m_parts.of;
    m_title->setText(dimensions == 0 ? why
                                     : tr("%1 → %2 (layer %3, head %4)")
                                           .arg(nameOf(false, of.query), nameOf(true, of.key),
                                                QString::number(of.layer), QString::number(of.head)));
    m_text->setText(dimensions == 0 ? QString() : arithmetic(m_parts));
    setAccessibleDescription(m_title->text() + QLatin1Char('\n') + m_text->text());
    update();
}

// Between the two texts; each below a line with its name.
QRectF PairView::barsRect(int row) const
{
    const double line = fontMetrics().height(), begin = m_title->geometry().bottom() + 4;
    const double each = std::max(line + kLeastBars, (m_text->y() - 4 - begin) / kRows);
    return {8, begin + row * each + line, std::max(1.0, width() - 16.0), each - line - 2};
}

void PairView::paintBars(QPainter& painter, int row, const QString& title, const std::vector<float>& values,
                         float highest) const
{
    const QRectF area = barsRect(row);
    const double middle = area.center().y(), line = fontMetrics().height(), wide = area.width() / double(values.size());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(area.left(), area.top() - line, area.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(title, Qt::ElideRight, int(area.width())));
    painter.fillRect(area, palette().color(QPalette::Base));
    for (std::size_t i = 0; i < values.size() && highest > 0; ++i) {
        if (!std::isfinite(values[i])) continue;
        const double tall = double(std::abs(values[i]) / highest) * area.height() / 2;
        const bool up = values[i] > 0;
        painter.fillRect(
            QRectF(area.left() + double(i) * wide, up ? middle - tall : middle, std::max(wide * 0.85, 0.5), tall),
            QColor(up ? kPositive : kNegative));
    }
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle));
}

void PairView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!m_products.empty()) {
        const float both = std::max(highestOf(m_parts.query), highestOf(m_parts.key)); // one scale: they are compared
        const float product = highestOf(m_products);
        paintBars(painter, 0, tr("Query q, up to ±%1").arg(number(double(both))), m_parts.query, both);
        paintBars(painter, 1, tr("Key k, up to ±%1").arg(number(double(both))), m_parts.key, both);
        paintBars(painter, 2, tr("Product q·k, up to ±%1").arg(number(double(product))), m_products, product);
    }
    Q_EMIT painted();
}

bool PairView::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || m_products.empty()) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QRectF all = barsRect(0).united(barsRect(kRows - 1));
    const double share = (help->pos().x() - all.left()) / all.width();
    if (!all.contains(help->pos()) || share >= 1) return QWidget::event(event);
    const auto i = std::size_t(share * double(m_products.size()));
    QToolTip::showText(help->globalPos(),
                       tr("Dimension %1\nQuery %2, key %3\nProduct %4")
                           .arg(QString::number(i), number(double(m_parts.query[i])), number(double(m_parts.key[i])),
                                number(double(m_products[i]))),
                       this);
    return true;
}

void PairView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void PairView::changeEvent(QEvent* event)
{
    if (QString why; event->type() == QEvent::LanguageChange) {
        question(why);
        say(why);
    }
    QWidget::changeEvent(event);
}

} // namespace headlens
