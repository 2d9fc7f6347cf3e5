// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas.h"

#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/components.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/shown_heads.h"

#include <QAccessible>
#include <QEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kChipHeight = 26, kChipWidth = 72;

} // namespace

Canvas::Canvas(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_selection(selection), m_heads(selection->heads()),
      m_tokens(selection->tokens()), m_display(display)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Picture with attention map"));
    const auto repaint = [this] { update(); };
    connect(model, &InspectionModel::inputChanged, this, &Canvas::onInput);
    connect(model->rows(), &LiveRows::changed, this, [this] {
        m_late.stop();
        update();
        announce();
    });
    const auto refit = [this] { // the caption may be higher or lower than before
        m_view.refit(contentSize(), pictureArea());
        update();
    };
    connect(model->map(), &MethodMap::changed, this, refit);
    connect(model->components(), &Components::changed, this, refit);
    connect(model->comparison(), &Comparison::changed, this, refit);
    connect(selection, &Selection::mapChanged, this,
            refit); // layers differ in how many tokens stand beside the picture
    // The rows of the new query arrive within a frame as a rule: one paint for both instead of two.
    m_late.setSingleShot(true);
    m_late.setInterval(16);
    connect(&m_late, &QTimer::timeout, this, repaint);
    connect(m_tokens, &TokenChoice::changed, &m_late, qOverload<>(&QTimer::start));
    connect(m_tokens, &TokenChoice::otherChanged, this, [this] {
        update();
        announce();
    });
    connect(display, &DisplaySettings::changed, this, refit);
}

const QImage& Canvas::picture() const
{
    switch (m_display->get().ground) {
    case Ground::Original: return m_model->run().original.isNull() ? m_model->run().seen : m_model->run().original;
    case Ground::Reconstruction:
        return m_model->run().reconstruction.isNull() ? m_model->run().seen : m_model->run().reconstruction;
    case Ground::Seen:
    case Ground::Components: break;
    }
    return m_model->run().seen;
}

QRectF Canvas::gridInPicture(const TokenLayout& layout) const
{
    const verbs::InputInfo& input = m_model->input();
    // Sides that are no multiple of the patch lose their rest or are padded, so the grid may differ from the picture.
    const int cell = cellPixels(input, layout.block, layout.gridWidth);
    const QRectF inSeen(0, 0, double(layout.gridWidth) * cell, double(layout.gridHeight) * cell);
    if (&picture() != &m_model->run().original || input.region.size() != 4 || input.originalWidth < 1) return inSeen;
    const double shrink = double(m_model->run().original.width()) / input.originalWidth;
    const double sx = input.region[2] / input.seenWidth * shrink, sy = input.region[3] / input.seenHeight * shrink;
    return {input.region[0] * shrink, input.region[1] * shrink, inSeen.width() * sx, inSeen.height() * sy};
}

QSizeF Canvas::contentSize() const
{
    QRectF whole(picture().rect());
    for (int layer = 0; layer < int(m_model->input().blocks.size()); ++layer)
        whole = whole.united(gridInPicture(m_model->rows()->layoutOf(layer)));
    return &picture() == &m_model->run().original ? QSizeF(picture().size()) : whole.size();
}

QRectF Canvas::pictureArea() const
{
    const double left = pictureTokens().prefix.size() == pictureTokens().text ? kMargin : kChipWidth + 2 * kMargin;
    return QRectF(rect()).adjusted(left, kMargin, -kMargin, -legend().height - kMargin);
}

const TokenLayout& Canvas::pictureTokens() const
{
    return m_model->rows()->queryLayout();
}

bool Canvas::lookedAtPicture() const
{
    const auto layer = std::size_t(m_heads->layer());
    return layer < m_model->rows()->layers().size() && m_model->rows()->layers()[layer].rows() > 0 &&
           m_model->rows()->layoutOf(int(layer)).isPicture();
}

bool Canvas::selectionIsHere() const
{
    return m_tokens->query().stream == m_model->run().pictureStream();
}

QRectF Canvas::chipRect(int token) const
{
    return {kMargin, kMargin + (token - pictureTokens().text) * (kChipHeight + 6), kChipWidth, kChipHeight};
}

QRectF Canvas::rectOf(int token) const
{
    if (!pictureTokens().isPatch(token)) return chipRect(token);
    const TokenLayout& layout = m_model->rows()->queryLayout();
    return layout.rectOf(layout.parentToken(token), m_view.toWidget(gridInPicture(layout)));
}

int Canvas::tokenAt(const QPointF& point) const
{
    if (!m_model->hasInput()) return -1;
    const TokenLayout& tokens = pictureTokens();
    for (int i = tokens.text; i < tokens.prefix.size(); ++i) // words have a place of their own
        if (chipRect(i).contains(point)) return i;
    const TokenLayout& layout = m_model->rows()->queryLayout();
    return layout.middle(layout.tokenAt(m_view.toPicture(point), gridInPicture(layout)));
}

void Canvas::onInput()
{
    // While a film plays, the view stays where it was put.
    const bool sameFilm = m_model->input().frame > 0 && contentSize() == m_content;
    m_content = contentSize();
    if (!sameFilm) m_view.fit(contentSize(), pictureArea());
    update();
}

void Canvas::zoomBy(double factor)
{
    m_view.zoomAt(pictureArea().center(), factor);
    update();
}

void Canvas::fitToWindow()
{
    m_view.fit(contentSize(), pictureArea());
    update();
}

void Canvas::resizeEvent(QResizeEvent*)
{
    m_view.refit(contentSize(), pictureArea());
}

void Canvas::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragging) {
        m_view.pan(event->position() - m_dragFrom);
        m_dragFrom = event->position();
        update();
        return;
    }
    m_tokens->hover({m_model->run().pictureStream(), tokenAt(event->position())});
}

void Canvas::mousePressEvent(QMouseEvent* event)
{
    const bool pans = event->button() == Qt::MiddleButton ||
                      (event->button() == Qt::LeftButton && event->modifiers() & Qt::ShiftModifier);
    if (pans) {
        m_dragging = true;
        m_dragFrom = event->position();
        setCursor(Qt::ClosedHandCursor);
    } else if (event->button() == Qt::LeftButton) {
        m_tokens->pin({m_model->run().pictureStream(), tokenAt(event->position())});
    }
}

void Canvas::mouseReleaseEvent(QMouseEvent*)
{
    m_dragging = false;
    unsetCursor();
}

void Canvas::wheelEvent(QWheelEvent* event)
{
    constexpr double kPerNotch = 1.2, kUnitsPerNotch = 120;
    m_view.zoomAt(event->position(), std::pow(kPerNotch, event->angleDelta().y() / kUnitsPerNotch));
    update();
}

bool Canvas::event(QEvent* event)
{
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            m_view.zoomAt(gesture->position(), 1 + gesture->value());
            update();
            return true;
        }
    }
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Picture with attention map"));
    return QWidget::event(event);
}

void Canvas::leaveEvent(QEvent*)
{
    m_tokens->hover({m_model->run().pictureStream(), -1});
}

// The arrows move the query; once it is pinned, the token whose weight is read.
void Canvas::step(int dx, int dy)
{
    const TokenLayout& layout = m_model->rows()->queryLayout();
    const bool isRead = m_tokens->isPinned();
    const bool hasOther = m_tokens->other().token >= 0 && m_tokens->other().stream == m_model->run().pictureStream();
    const int from = isRead && hasOther ? m_tokens->other().token : m_tokens->query().token;
    const int to = layout.middle(layout.moved(layout.parentToken(from), dx, dy));
    if (isRead)
        m_tokens->hover({m_model->run().pictureStream(), to});
    else
        m_tokens->setToken(to);
}

void Canvas::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left: return step(-1, 0);
    case Qt::Key_Right: return step(1, 0);
    case Qt::Key_Up: return step(0, -1);
    case Qt::Key_Down: return step(0, 1);
    case Qt::Key_Escape: return m_tokens->unpin();
    case Qt::Key_Return:
    case Qt::Key_Enter: return m_tokens->pinLookedAt();
    default: QWidget::keyPressEvent(event);
    }
}

// Screen readers hear what the eye sees: where the query is, where most of its attention goes, and what the token that
// is pointed at gets.
void Canvas::announce()
{
    const std::vector<float> row = m_model->rows()->current();
    if (row.empty()) return;
    const auto strongest = int(std::max_element(row.begin(), row.end()) - row.begin());
    const TokenLayout &layout = m_model->rows()->imageLayout(), &asking = m_model->rows()->queryLayout();
    QString said = tr("Layer %1, %2, query %3; strongest: %4 with %5")
                       .arg(m_heads->layer())
                       .arg(shownHeads(*m_heads))
                       .arg(asking.name(asking.parentToken(m_model->rows()->of().token)), layout.name(strongest))
                       .arg(double(row[std::size_t(strongest)]), 0, 'g', 3);
    const int other = layout.parentToken(m_tokens->other().token);
    if (m_tokens->other().token >= 0 && m_tokens->other().stream == m_model->run().pictureStream() &&
        std::size_t(other) < row.size())
        said = tr("%1 gets %2. %3").arg(layout.name(other)).arg(double(row[std::size_t(other)]), 0, 'g', 3).arg(said);
    setAccessibleDescription(said);
    if (!QAccessible::isActive()) return;
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

} // namespace headlens
