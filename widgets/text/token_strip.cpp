// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/token_strip.h"

#include "core/base/colormap.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr int kMargin = 6, kGap = 3, kPad = 5;

} // namespace

TokenStrip::TokenStrip(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()), m_display(display)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    const auto again = [this] { update(); };
    connect(model->rows(), &LiveRows::changed, this, again);
    connect(model->map(), &MethodMap::changed, this, again);
    connect(selection, &Selection::mapChanged, this, again);
    connect(m_tokens, &TokenChoice::otherChanged, this, again);
    connect(display, &DisplaySettings::changed, this, again);
    connect(model, &InspectionModel::inputChanged, this, [this] { setStream(m_stream); });
    describe();
}

void TokenStrip::setStream(int stream)
{
    m_stream = stream;
    m_width = -1;
    describe();
    updateGeometry();
    update();
}

void TokenStrip::setIdsShown(bool shown)
{
    m_ids = shown;
    setStream(m_stream);
}

const std::vector<verbs::TextToken>& TokenStrip::tokens() const
{
    static const std::vector<verbs::TextToken> kNone;
    const auto& streams = m_model->input().streams;
    return m_stream >= 0 && m_stream < int(streams.size()) ? streams[std::size_t(m_stream)].tokens : kNone;
}

// The piece without the marks of its vocabulary; a blank is shown as one.
QString TokenStrip::shown(const verbs::TextToken& token) const
{
    QString piece = QString::fromStdString(token.piece);
    piece.replace(QChar(0x0120), QChar(' ')); // Ġ of byte-level vocabularies
    piece.replace(QChar(0x2581), QChar(' ')); // ▁ of SentencePiece
    piece.remove(QStringLiteral("</w>"));
    if (piece.trimmed().isEmpty()) piece = QChar(0x2423);
    constexpr int kLongest = 40;
    return piece.trimmed().size() > kLongest ? piece.trimmed().left(kLongest) + QChar(0x2026) : piece.trimmed();
}

// What was written cannot be unseen, and SigLIP was trained without a mask.
bool TokenStrip::canHide() const
{
    const auto& streams = m_model->input().streams;
    const verbs::ModelInfo& model = m_model->model();
    return std::size_t(m_stream) < streams.size() && streams[std::size_t(m_stream)].name != "decoder" &&
           !model.text.padToMaxLength;
}

// The second line of a token: its id, or the class that the model gives it.
QString TokenStrip::below(int token) const
{
    if (m_ids) return QString::number(tokens()[std::size_t(token)].id);
    const auto& labels = m_model->input().outputs.get<verbs::TokenClasses>().tokens;
    if (m_stream != 0 || std::size_t(token) >= labels.size() || labels[std::size_t(token)].best.empty()) return {};
    const std::string& label = labels[std::size_t(token)].best.front().text;
    return label == "O" ? QString() : QString::fromStdString(label); // "outside" of everything that has a name
}

bool TokenStrip::isAnswer(int token) const
{
    const auto& spans = m_model->input().outputs.get<verbs::Spans>().best;
    return m_stream == 0 && !spans.empty() && token >= spans.front().begin && token <= spans.front().end;
}

void TokenStrip::arrange(int width) const
{
    if (m_width == width && m_rects.size() == tokens().size()) return;
    m_width = width;
    m_rects.clear();
    const QFontMetricsF metrics(font());
    const double height = metrics.height() * (hasSecondLine() ? 1.9 : 1.0) + 2 * kPad;
    double x = kMargin, y = kMargin;
    for (int i = 0; i < int(tokens().size()); ++i) {
        constexpr double kSmall = 0.8; // the second line is smaller
        const double w = std::max(metrics.horizontalAdvance(shown(tokens()[std::size_t(i)])),
                                  metrics.horizontalAdvance(below(i)) * kSmall) +
                         2 * kPad;
        if (x + w > width - kMargin && x > kMargin) {
            x = kMargin;
            y += height + kGap;
        }
        m_rects.emplace_back(x, y, w, height);
        x += w + kGap;
    }
}

int TokenStrip::heightForWidth(int width) const
{
    arrange(width);
    return m_rects.empty() ? 2 * kMargin + fontMetrics().height() : int(m_rects.back().bottom()) + kMargin;
}

QRectF TokenStrip::rectOf(int token) const
{
    arrange(width());
    return token >= 0 && std::size_t(token) < m_rects.size() ? m_rects[std::size_t(token)] : QRectF();
}

int TokenStrip::tokenAt(const QPointF& point) const
{
    arrange(width());
    for (std::size_t i = 0; i < m_rects.size(); ++i)
        if (m_rects[i].contains(point)) return int(i);
    return -1;
}

// Of a method that says something of words; others leave them their weights in the row.
bool TokenStrip::showsMap() const
{
    const verbs::MethodInfo* method = m_model->map()->method();
    return method != nullptr && (method->needsGradients || !m_model->map()->shown().streams.empty());
}

std::optional<float> TokenStrip::valueOf(int token) const
{
    if (showsMap()) {
        const auto& streams = m_model->map()->shown().streams;
        if (m_stream < 0 || std::size_t(m_stream) >= streams.size()) return {};
        const std::vector<float>& values = streams[std::size_t(m_stream)].values;
        return std::size_t(token) < values.size() ? std::optional(values[std::size_t(token)]) : std::nullopt;
    }
    const auto layer = std::size_t(m_heads->layer());
    const auto& blocks = m_model->input().blocks;
    if (layer >= m_model->rows()->layers().size() || layer >= blocks.size() ||
        m_model->rows()->layers()[layer].rows() == 0)
        return {};
    const int looked = m_model->rows()->of().reverse ? blocks[layer].queryStream : blocks[layer].keyStream;
    if (looked != m_stream) return {};
    const FloatArray& rows = m_model->rows()->layers()[layer];
    if (token >= rows.columns()) return {};
    const int head = std::min(m_heads->head(), rows.rows() - 1);
    if (m_heads->fusion() == HeadFusion::Single) return rows.part(head)[std::size_t(token)];
    std::vector<float> heads;
    for (int h = 0; h < rows.rows(); ++h) heads.push_back(rows.part(h)[std::size_t(token)]);
    return fuseHeads(heads, rows.rows(), m_heads->fusion(), head)[0];
}

// The colour of a token's value, where it has one.
QColor TokenStrip::fillOf(int token, float high) const
{
    const auto value = valueOf(token);
    if (!value) return palette().color(QPalette::AlternateBase);
    Display display = displayFor(*m_model, *m_display);
    display.difference = display.difference && !showsMap();
    const Rgb& c = colorAt(colorTable(display.colors().toStdString()), display.scaleTo(high).unit(*value));
    return {c.r, c.g, c.b};
}

// Its rim tells the query, the token that is read against it, and an answer.
QPen TokenStrip::rimOf(int token) const
{
    const bool query = m_tokens->query() == TokenPlace{m_stream, token};
    const bool other = m_tokens->other() == TokenPlace{m_stream, token};
    const bool answer = isAnswer(token);
    QColor rim = palette().color(QPalette::Mid);
    if (query)
        rim = m_tokens->isPinned() ? QColor(255, 90, 60) : palette().color(QPalette::Text);
    else if (answer)
        rim = QColor(0, 158, 115);
    else if (other)
        rim = QColor(120, 200, 255);
    const bool special = tokens()[std::size_t(token)].special;
    return {rim, query || other || answer ? 2.5 : 1, special ? Qt::DashLine : Qt::SolidLine};
}

void TokenStrip::paintToken(QPainter& painter, int token, float high) const
{
    const QRectF rect = m_rects[std::size_t(token)];
    const QColor fill = fillOf(token, high);
    const auto& hidden = m_model->request().text.hiddenTokens;
    const bool isHidden = canHide() && std::ranges::find(hidden, token) != hidden.end();
    painter.setBrush(isHidden ? QBrush(palette().color(QPalette::Mid), Qt::BDiagPattern) : QBrush(fill));
    painter.setPen(rimOf(token));
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.setPen(isHidden ? palette().color(QPalette::PlaceholderText) : readableOn(fill));
    const QRectF word = hasSecondLine() ? rect.adjusted(0, 0, 0, -rect.height() * 0.42) : rect;
    painter.drawText(word, Qt::AlignCenter, shown(tokens()[std::size_t(token)]));
    if (!hasSecondLine()) return;
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.75);
    painter.setFont(small);
    painter.drawText(rect.adjusted(0, rect.height() * 0.52, 0, 0), Qt::AlignCenter, below(token));
    painter.setFont(font());
}

void TokenStrip::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    arrange(width());
    float high = 0;
    for (int i = 0; i < int(m_rects.size()); ++i) high = std::max(high, std::abs(valueOf(i).value_or(0.0F)));
    for (int i = 0; i < int(m_rects.size()); ++i)
        if (m_rects[std::size_t(i)].intersects(event->rect())) paintToken(painter, i, high);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    Q_EMIT painted();
}

void TokenStrip::mouseMoveEvent(QMouseEvent* event)
{
    if (const int token = tokenAt(event->position()); token >= 0) m_tokens->hover({m_stream, token});
}

void TokenStrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) m_tokens->pin({m_stream, tokenAt(event->position())});
}

void TokenStrip::contextMenuEvent(QContextMenuEvent* event)
{
    const int token = tokenAt(event->pos());
    if (token < 0 || !canHide()) return;
    const auto& hidden = m_model->request().text.hiddenTokens;
    QMenu menu;
    const bool isHidden = std::ranges::find(hidden, token) != hidden.end();
    QAction* toggle =
        menu.addAction(isHidden ? tr("Let the model see this token again") : tr("Hide this token from the model"));
    if (menu.exec(event->globalPos()) == toggle) Q_EMIT hideToggled(token);
}

// The arrows move the query; once one is pinned, the token whose weight is read.
void TokenStrip::keyPressEvent(QKeyEvent* event)
{
    const int last = int(tokens().size()) - 1;
    const bool isRead = m_tokens->isPinned() && m_tokens->other().token >= 0 && m_tokens->other().stream == m_stream;
    const TokenPlace looked = isRead ? m_tokens->other() : m_tokens->query();
    const int here = looked.stream == m_stream ? looked.token : -1;
    const auto go = [&](int token) { m_tokens->hover({m_stream, std::clamp(token, 0, std::max(0, last))}); };
    switch (event->key()) {
    case Qt::Key_Left: return go(here - 1);
    case Qt::Key_Right: return go(here + 1);
    case Qt::Key_Home: return go(0);
    case Qt::Key_End: return go(last);
    case Qt::Key_Return:
    case Qt::Key_Enter: return m_tokens->pin({m_stream, std::max(0, here)});
    case Qt::Key_Delete:
        if (canHide() && here >= 0) Q_EMIT hideToggled(here);
        return;
    default: QWidget::keyPressEvent(event);
    }
}

void TokenStrip::leaveEvent(QEvent*)
{
    m_tokens->hover({m_stream, -1});
}

void TokenStrip::resizeEvent(QResizeEvent*)
{
    m_width = -1;
}

void TokenStrip::describe()
{
    setAccessibleName(tr("Tokens of the text"));
    QStringList words;
    for (const verbs::TextToken& token : tokens()) words << QString::fromStdString(token.piece);
    setAccessibleDescription(words.mid(0, 200).join(QLatin1Char(' ')));
}

bool TokenStrip::event(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) describe();
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int token = tokenAt(help->pos());
    if (token < 0) {
        QToolTip::hideText();
        return true;
    }
    const verbs::TextToken& text = tokens()[std::size_t(token)];
    QString tip = tr("Token %1: %2\nid %3, characters %4 to %5")
                      .arg(token)
                      .arg(QString::fromStdString(text.piece))
                      .arg(text.id)
                      .arg(text.begin)
                      .arg(text.end);
    const auto& labels = m_model->input().outputs.get<verbs::TokenClasses>().tokens;
    if (m_stream == 0 && std::size_t(token) < labels.size())
        for (const verbs::TextScore& label : labels[std::size_t(token)].best)
            tip += QStringLiteral("\n%1: %2 %")
                       .arg(QString::fromStdString(label.text))
                       .arg(100 * label.probability, 0, 'f', 1);
    if (const auto value = valueOf(token)) tip += QLatin1Char('\n') + tr("weight %1").arg(double(*value), 0, 'g', 3);
    QToolTip::showText(help->globalPos(), tip, this);
    return true;
}

} // namespace headlens
