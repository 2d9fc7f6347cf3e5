// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/token_strip.h"

#include "widgets/text/token_facts.h"
#include "widgets/text/token_paint.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/selection.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QToolTip>

#include <algorithm>

namespace headlens {
namespace {

constexpr double kHero = 1.15; // words are larger than what stands around them
constexpr double kSmall = 0.85;
constexpr int kMargin = 2; // for the rims
constexpr double kRow = 8; // room above and below a word

QFont scaled(QFont font, double by)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * by);
    else
        font.setPixelSize(std::max(1, int(font.pixelSize() * by)));
    return font;
}

} // namespace

TokenStrip::TokenStrip(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_selection(selection), m_tokens(selection->tokens()), m_display(display)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    const auto again = [this] {
        m_values.reset();
        update();
    };
    connect(model->rows(), &LiveRows::changed, this, again);
    connect(model->map(), &MethodMap::changed, this, again);
    connect(selection, &Selection::mapChanged, this, again);
    connect(selection->heads(), &HeadChoice::changed, this, again);
    connect(m_tokens, &TokenChoice::changed, this, again);
    connect(m_tokens, &TokenChoice::otherChanged, this, [this] { update(); });
    connect(display, &DisplaySettings::changed, this, [this] { forgetFlow(); }); // sinks say their share
    connect(model, &InspectionModel::inputChanged, this, [this] {
        m_values.reset();
        cutIntoPieces();
    });
    describe();
}

void TokenStrip::setStream(int stream, int begin, int end)
{
    m_stream = stream;
    m_begin = std::max(0, begin);
    m_end = end;
    cutIntoPieces();
}

void TokenStrip::setIdsShown(bool shown)
{
    m_ids = shown;
    forgetFlow();
}

void TokenStrip::setBlanksShown(bool shown)
{
    m_blanks = shown;
    cutIntoPieces();
}

void TokenStrip::setLead(QWidget* lead)
{
    m_lead = lead;
    lead->setParent(this);
    lead->move(kMargin, kMargin);
    forgetFlow();
}

void TokenStrip::setFollower(TokenStrip* after)
{
    m_follower = after;
    after->m_leader = this;
    after->describe();
}

void TokenStrip::compareWith(InspectionModel* other, const Selection* itsSelection, int itsStream)
{
    m_other = other;
    m_itsSelection = itsSelection;
    m_itsStream = itsStream;
    m_values.reset();
    update();
}

const std::vector<verbs::TextToken>& TokenStrip::tokens() const
{
    static const std::vector<verbs::TextToken> kNone;
    const auto& streams = m_model->input().streams;
    return m_stream >= 0 && m_stream < int(streams.size()) ? streams[std::size_t(m_stream)].tokens : kNone;
}

void TokenStrip::cutIntoPieces()
{
    const auto& streams = m_model->input().streams;
    const bool is = m_stream >= 0 && m_stream < int(streams.size());
    m_pieces = is ? piecesOf(streams[std::size_t(m_stream)], m_blanks) : std::vector<TokenPiece>();
    for (TokenPiece& piece : m_pieces)
        if (piece.folded > 0) piece.text = tr("%n patches", nullptr, piece.folded);
    forgetFlow();
    describe();
}

void TokenStrip::forgetFlow()
{
    m_wide.clear();
    m_width = -1;
    m_values.reset();
    updateGeometry();
    update();
}

bool TokenStrip::hasSecondLine() const
{
    return m_ids || !m_model->input().outputs.get<verbs::TokenClasses>().tokens.empty();
}

// The second line of a token: its id, or the class that the model gives it.
QString TokenStrip::below(int token) const
{
    return m_ids ? QString::number(tokens()[std::size_t(token)].id) : classOf(m_model->input(), m_stream, token);
}

double TokenStrip::widthOf(int token) const
{
    const TokenPiece& piece = m_pieces[std::size_t(token)];
    const QFontMetricsF small(scaled(font(), kSmall));
    const QFontMetricsF metrics = piece.dim ? small : QFontMetricsF(scaled(font(), kHero));
    const QString text = values().isSink(token) ? sinkText(piece.text, 1) : piece.text; // as long as it may get
    return std::max(metrics.horizontalAdvance(text), hasSecondLine() ? small.horizontalAdvance(below(token)) : 0.0);
}

void TokenStrip::arrange(int width) const
{
    const int all = int(std::min(m_pieces.size(), tokens().size()));
    const int end = m_end < 0 ? all : std::min(m_end, all), shown = std::max(0, end - m_begin);
    if (int(m_wide.size()) != shown) {
        m_wide.clear();
        for (int i = 0; i < shown; ++i) m_wide.push_back(widthOf(m_begin + i));
        m_width = -1;
    }
    if (m_width == width) return;
    m_width = width;
    const double line = QFontMetricsF(scaled(font(), kHero)).height();
    const double lead = m_lead != nullptr && !m_lead->isHidden() ? m_lead->sizeHint().width() : 0;
    m_flow.arrange(m_pieces, m_begin, m_wide, line * (hasSecondLine() ? 1.8 : 1.0) + kRow, width - 2 * kMargin, lead);
}

int TokenStrip::heightForWidth(int width) const
{
    arrange(width);
    return int(m_flow.bottom()) + 2 * kMargin + 1;
}

QSize TokenStrip::sizeHint() const
{
    constexpr int kUsual = 320;
    const int wide = width() > 100 ? width() : kUsual;
    return {kUsual, heightForWidth(wide)};
}

QRectF TokenStrip::rectOf(int token) const
{
    arrange(width());
    return m_flow.rectOf(token).translated(kMargin, kMargin);
}

QString TokenStrip::textOf(int token) const
{
    return std::size_t(token) < m_pieces.size() ? m_pieces[std::size_t(token)].text : QString();
}

int TokenStrip::tokenAt(const QPointF& point) const
{
    arrange(width());
    return m_flow.tokenAt(point - QPointF(kMargin, kMargin));
}

const TokenValues& TokenStrip::values() const
{
    if (m_values) return *m_values;
    m_values = tokenValues(*m_model, *m_selection, *m_display, m_stream);
    if (m_other != nullptr) takeAway(*m_values, tokenValues(*m_other, *m_itsSelection, *m_display, m_itsStream));
    return *m_values;
}

TokenLook TokenStrip::lookOf(int token) const
{
    TokenLook look;
    const auto next = std::size_t(token) + 1;
    look.rect = rectOf(token);
    look.piece = m_pieces[std::size_t(token)];
    look.joinsNext =
        next < m_pieces.size() && m_pieces[next].joined && m_flow.rectOf(int(next)).top() == m_flow.rectOf(token).top();
    look.piece.joined =
        look.piece.joined && token > m_begin && m_flow.rectOf(token - 1).top() == m_flow.rectOf(token).top();
    look.twoLines = hasSecondLine();
    if (look.twoLines) look.below = below(token);
    look.query = m_tokens->query() == TokenPlace{m_stream, token};
    look.pinned = m_tokens->isPinned();
    look.other = m_tokens->other() == TokenPlace{m_stream, token};
    look.answer = isAnswer(m_model->input(), m_stream, token);
    look.hidden = isHiddenToken(*m_model, m_stream, token);
    look.sink = values().isSink(token);
    look.value = values().of(token);
    return look;
}

void TokenStrip::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    arrange(width());
    const TokenPaint with{scaled(font(), kHero), scaled(font(), kSmall), palette(), values()};
    const QRectF seen = event->rect().translated(-kMargin, -kMargin); // long texts: only what is on the screen
    const auto [first, end] = m_flow.tokensBetween(seen.top(), seen.bottom() + 1);
    std::vector<TokenLook> marked; // their rims lie over the tokens beside them
    for (int token = first; token < end; ++token) {
        if (m_pieces[std::size_t(token)].folded < 0) continue;
        TokenLook look = lookOf(token);
        paintToken(painter, with, look);
        if (look.query || look.other || look.answer) marked.push_back(std::move(look));
    }
    for (const TokenLook& look : marked) paintToken(painter, with, look);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    Q_EMIT painted();
}

void TokenStrip::mouseMoveEvent(QMouseEvent* event)
{
    const int token = tokenAt(event->position());
    if (m_brushHides) return brush(token);
    if (token >= 0 && m_pieces[std::size_t(token)].folded == 0) m_tokens->hover({m_stream, token});
}

void TokenStrip::mousePressEvent(QMouseEvent* event)
{
    const int token = tokenAt(event->position());
    if (event->button() != Qt::LeftButton) return;
    if (token >= 0 && event->modifiers() == Qt::ShiftModifier && canHide(*m_model, m_stream)) {
        m_brushHides = !isHiddenToken(*m_model, m_stream, token);
        return brush(token);
    }
    if (token >= 0 && m_pieces[std::size_t(token)].folded != 0)
        Q_EMIT pictureWanted();
    else
        m_tokens->pin({m_stream, token});
}

void TokenStrip::mouseReleaseEvent(QMouseEvent*)
{
    m_brushHides.reset();
}

// As the first word of the stroke, so the others.
void TokenStrip::brush(int token)
{
    if (token < 0 || m_pieces[std::size_t(token)].folded != 0) return;
    if (isHiddenToken(*m_model, m_stream, token) != *m_brushHides) toggleHide(token);
}

void TokenStrip::toggleHide(int token)
{
    if (token >= 0 && canHide(*m_model, m_stream)) Q_EMIT hideToggled(token);
}

void TokenStrip::contextMenuEvent(QContextMenuEvent* event)
{
    const int token = tokenAt(event->pos());
    if (token < 0 || !canHide(*m_model, m_stream)) return;
    QMenu menu;
    QAction* toggle = menu.addAction(isHiddenToken(*m_model, m_stream, token) ? tr("Let the model see this token again")
                                                                              : tr("Hide this token from the model"));
    if (menu.exec(event->globalPos()) == toggle) toggleHide(token);
}

int TokenStrip::here() const
{
    const bool isRead = m_tokens->isPinned() && m_tokens->other().token >= 0 && m_tokens->other().stream == m_stream;
    const TokenPlace looked = isRead ? m_tokens->other() : m_tokens->query();
    return looked.stream == m_stream ? looked.token : -1;
}

// The next token in a direction that stands alone: patches that are folded are left to the picture.
int TokenStrip::beside(int token, int by) const
{
    int next = token + by;
    while (next >= 0 && next < int(m_pieces.size()) && m_pieces[std::size_t(next)].folded != 0) next += by;
    return next;
}

// Beyond the last token of the prompt comes the first of the answer, and back.
void TokenStrip::walkTo(int token)
{
    const int all = int(tokens().size()), end = m_end < 0 ? all : std::min(m_end, all);
    const auto goOn = [](TokenStrip* strip, int next) {
        strip->setFocus(Qt::OtherFocusReason);
        strip->walkTo(next);
    };
    const auto shows = [](TokenStrip* strip) { return strip != nullptr && strip->isVisible(); };
    if (token >= end && shows(m_follower)) return goOn(m_follower, m_follower->m_begin);
    if (token < m_begin && shows(m_leader)) {
        const int last = m_leader->m_end < 0 ? int(m_leader->tokens().size()) : m_leader->m_end;
        return goOn(m_leader, last - 1);
    }
    const int next = std::clamp(token, m_begin, std::max(m_begin, end - 1));
    m_tokens->hover({m_stream, next});
    reveal(next);
}

void TokenStrip::reveal(int token)
{
    for (QWidget* around = parentWidget(); around != nullptr; around = around->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(around); area != nullptr && area->widget() != nullptr) {
            const QPoint middle = mapTo(area->widget(), rectOf(token).center().toPoint());
            return area->ensureVisible(middle.x(), middle.y(), 0, int(rectOf(token).height()));
        }
}

// The arrows move the query; once one is pinned, the token whose weight is read.
void TokenStrip::keyPressEvent(QKeyEvent* event)
{
    const int now = here();
    arrange(width());
    switch (event->key()) {
    case Qt::Key_Left: return walkTo(beside(now, -1));
    case Qt::Key_Right: return walkTo(now < 0 ? m_begin : beside(now, 1));
    case Qt::Key_Up: return walkTo(m_flow.above(now, 1));
    case Qt::Key_Down: return walkTo(m_flow.above(now, -1));
    case Qt::Key_Home: return walkTo(m_begin);
    case Qt::Key_End: return walkTo((m_end < 0 ? int(tokens().size()) : m_end) - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter: return m_tokens->pin({m_stream, std::max(m_begin, now)});
    case Qt::Key_Delete: return toggleHide(now);
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
    constexpr int kMost = 200; // that are read aloud
    setAccessibleName(m_leader != nullptr ? tr("Tokens of the answer") : tr("Tokens of the text"));
    QStringList words;
    const int all = int(tokens().size()), end = m_end < 0 ? all : std::min(m_end, all);
    for (int i = m_begin; i < std::min(end, m_begin + kMost); ++i)
        words << QString::fromStdString(tokens()[std::size_t(i)].piece);
    setAccessibleDescription(words.join(QLatin1Char(' ')));
}

bool TokenStrip::event(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) cutIntoPieces();
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutRequest) forgetFlow();
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const int token = tokenAt(help->pos()); token < 0)
        QToolTip::hideText();
    else if (m_pieces[std::size_t(token)].folded != 0)
        QToolTip::showText(help->globalPos(), tr("The patches of the picture: click to go there"), this);
    else
        QToolTip::showText(help->globalPos(), tipOf(m_model->input(), m_stream, token, values()), this);
    return true;
}

} // namespace headlens
