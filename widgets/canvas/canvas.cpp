// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvas.h"

#include "widgets/canvas/canvas_brush.h"
#include "widgets/canvas/canvas_caption.h"
#include "widgets/canvas/canvas_hidden.h"
#include "widgets/canvas/canvas_input.h"
#include "widgets/canvas/canvas_inset.h"
#include "widgets/canvas/canvas_legend.h"
#include "widgets/canvas/canvas_marks.h"
#include "widgets/canvas/canvas_styles.h"
#include "widgets/canvas/canvas_weights.h"
#include "widgets/canvas/kept_map.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/components.h"
#include "widgets/viewmodel/method_map.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace headlens {

Canvas::Canvas(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_selection(selection), m_display(display),
      m_brush(new CanvasBrush(model, this)), m_kept(new KeptMap(model, selection, display, this))
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
    connect(model->map(), &MethodMap::changed, this, &Canvas::refit);
    connect(model->components(), &Components::changed, this, &Canvas::refit);
    connect(model->comparison(), &Comparison::changed, this, &Canvas::refit);
    connect(selection, &Selection::mapChanged, this,
            &Canvas::refit); // layers differ in how many tokens stand beside the picture
    // The rows of the new query arrive within a frame as a rule: one paint for both instead of two.
    m_late.setSingleShot(true);
    m_late.setInterval(16);
    connect(&m_late, &QTimer::timeout, this, repaint);
    connect(selection->tokens(), &TokenChoice::changed, &m_late, qOverload<>(&QTimer::start));
    connect(selection->tokens(), &TokenChoice::otherChanged, this, [this] {
        update();
        announce();
    });
    connect(display, &DisplaySettings::changed, this, &Canvas::refit);
    connect(model->wishes(), &RunWishes::changing, this, repaint); // painted patches show before their run
    const auto* input = new CanvasInput(this, model, selection->tokens());
    connect(input, &CanvasInput::zoomed, this, &Canvas::zoomAt);
    connect(input, &CanvasInput::zoomedOut, this, &Canvas::fitToWindow);
    connect(input, &CanvasInput::panned, this, [this](const QPointF& way) {
        m_view.pan(way);
        tellZoom();
    });
}

CanvasScene Canvas::ownScene() const
{
    return {m_model, m_selection, m_display, m_view, QSizeF(size()), fontMetrics(), palette()};
}

CanvasScene Canvas::scene() const
{
    CanvasScene now = ownScene();
    if (m_other != nullptr) now.minus = m_other->m_kept->of(m_other->ownScene());
    return now;
}

void Canvas::compareWith(const Canvas* other)
{
    if (m_other == other) return;
    m_other = other;
    refit();
}

bool Canvas::showsDifference() const
{
    return scene().map().isMinusOther;
}

QRectF Canvas::rectOf(int token) const
{
    return scene().rectOf(token);
}

int Canvas::tokenAt(const QPointF& point) const
{
    return scene().tokenAt(point);
}

QString Canvas::caption() const
{
    return captionOf(scene());
}

QRectF Canvas::colourBar() const
{
    return scene().legend().bar;
}

QColor Canvas::ground() const
{
    const QColor base = palette().color(QPalette::Base);
    return base.darker(base.lightness() > 127 ? 106 : 90);
}

void Canvas::onInput()
{
    const CanvasScene now = scene();
    // While a film plays, the view stays where it was put.
    const bool sameFilm = m_model->input().frame > 0 && now.contentSize() == m_content;
    if (!sameFilm) m_view.fit(now.contentSize(), now.pictureArea());
    remember(now);
    update();
}

void Canvas::refit()
{
    const CanvasScene now = scene();
    // Another picture of the same input: what was zoomed to stays where it is.
    if (!m_view.isFitted() && now.contentSize() != m_content) m_view.place(now.place().seen, m_view.toWidget(m_seen));
    m_view.refit(now.contentSize(), now.pictureArea());
    remember(now);
    update();
}

void Canvas::remember(const CanvasScene& now)
{
    m_content = now.contentSize();
    m_seen = now.place().seen;
}

Canvas::Zoom Canvas::zoom() const
{
    const CanvasScene now = scene();
    const QRectF seen = now.place().seen;
    if (m_view.isFitted() || seen.isEmpty()) return {};
    ViewTransform whole;
    whole.fit(now.contentSize(), now.pictureArea());
    const QPointF middle = m_view.toPicture(now.pictureArea().center()) - seen.topLeft();
    return {false, {middle.x() / seen.width(), middle.y() / seen.height()}, m_view.scale() / whole.scale()};
}

void Canvas::setZoom(const Zoom& zoom)
{
    const CanvasScene now = scene();
    const QRectF seen = now.place().seen, area = now.pictureArea();
    m_view.fit(now.contentSize(), area);
    if (!zoom.isFitted && !seen.isEmpty() && zoom.times > 0) {
        QRectF shown({0, 0}, area.size() / (m_view.scale() * zoom.times));
        shown.moveCenter(seen.topLeft() + QPointF(zoom.middle.x() * seen.width(), zoom.middle.y() * seen.height()));
        m_view.place(shown, area);
    }
    update();
}

void Canvas::tellZoom()
{
    update();
    Q_EMIT zoomed();
}

void Canvas::zoomAt(const QPointF& point, double factor)
{
    m_view.zoomAt(point, factor);
    tellZoom();
}

void Canvas::zoomBy(double factor)
{
    zoomAt(scene().pictureArea().center(), factor);
}

void Canvas::fitToWindow()
{
    const CanvasScene now = scene();
    m_view.fit(now.contentSize(), now.pictureArea());
    tellZoom();
}

void Canvas::resizeEvent(QResizeEvent*)
{
    refit();
}

bool Canvas::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && tellCaption(*static_cast<QHelpEvent*>(event))) return true;
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Picture with attention map"));
    return QWidget::event(event);
}

// All of a caption that is longer than its line.
bool Canvas::tellCaption(const QHelpEvent& event)
{
    const QRectF line = scene().legend().caption;
    const QString whole = caption();
    if (!line.contains(event.pos()) || fontMetrics().horizontalAdvance(whole) <= line.width()) return false;
    QToolTip::showText(event.globalPos(), whole, this, line.toRect());
    return true;
}

void Canvas::announce()
{
    const QString said = announcementOf(scene());
    if (said.isEmpty()) return;
    setAccessibleDescription(said);
    if (!QAccessible::isActive()) return;
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void Canvas::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ground());
    if (!m_model->run().hasPicture()) {
        paintEmpty(painter);
    } else {
        paintScene(painter);
    }
    Q_EMIT painted();
}

void Canvas::paintScene(QPainter& painter)
{
    const CanvasScene now = scene();
    const CanvasLegend legend = now.legend();
    painter.save();
    painter.setClipRect(QRectF(rect()).adjusted(0, 0, 0, -legend.height));
    m_photo.paint(painter, now);
    paintHidden(painter, now);
    paintPassedBy(painter, now);
    paintMap(painter, now);
    paintTaken(painter, now);
    paintBrushed(painter, now);
    paintGridLines(painter, now);
    paintWindows(painter, now);
    paintCorners(painter, now, ground());
    paintMarks(painter, now);
    paintWeights(painter, now.beside());
    painter.restore();
    paintChips(painter, now);
    paintInset(painter, now);
    paintColorBar(painter, now, legend);
    paintCaption(painter, now, legend);
    paintHeadNames(painter, now);
}

void Canvas::paintEmpty(QPainter& painter) const
{
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const QString text =
        m_model->hasModel() ? tr("Drop a picture here, press Ctrl+O, or paste one") : tr("Starting the engine…");
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, text);
}

} // namespace headlens
