// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/chart.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/plots/chart_legend.h"
#include "widgets/plots/plot_theme.h"

#include <QGuiApplication>
#include <QHelpEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

constexpr int kFrame = 3, kNarrowest = 196; // pixels; kFrame: room for the frame of the focus

} // namespace

// The plot hears no mouse: the wheel has to reach the scroll area, and everything else the chart.
Chart::Chart(QWidget* parent)
    : QWidget(parent), m_plot(new QCustomPlot(this)), m_heading(new QCPTextElement(m_plot)),
      m_legend(std::make_unique<ChartLegend>(*m_plot))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kFrame, kFrame, kFrame, kFrame);
    layout->setSpacing(2);
    layout->addWidget(m_plot, 1);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    m_plot->setMinimumWidth(kNarrowest);                  // words are shortened
    m_plot->setAttribute(Qt::WA_OpaquePaintEvent, false); // the ground of the window lies around the axes
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setAutoAddPlottableToLegend(false);
    m_plot->axisRect()->setMinimumMargins({});
    m_plot->plotLayout()->setRowSpacing(2);
    m_plot->plotLayout()->insertRow(0);
    m_plot->plotLayout()->addElement(0, 0, m_heading);
    m_heading->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    m_heading->setMargins({});
    connect(m_plot, &QCustomPlot::beforeReplot, this, [this] { fit(); });
    takeLook();
    setHeading({});
}

Chart::~Chart() = default;

void Chart::takeLook()
{
    takeColours(*m_plot);
    const QPalette colors = QGuiApplication::palette();
    m_plot->setBackground(Qt::NoBrush);
    m_plot->axisRect()->setBackground(colors.brush(QPalette::Base));
    for (QCPAxis* axis : m_plot->axisRect()->axes()) {
        axis->setTickLabelFont(font());
        axis->setLabelFont(font());
    }
    m_legend->setLook(font(), colors.color(QPalette::WindowText));
    m_heading->setTextColor(colors.color(QPalette::WindowText));
}

void Chart::setHeading(const QStringList& lines, bool bold)
{
    m_lines = lines;
    m_bold = bold;
    constexpr int kAboveTicks = 6; // the highest number of an axis reaches above it
    int height = lines.isEmpty() ? 1 : kAboveTicks;
    for (const QString& line : lines) // some scripts are higher than the font says
        height += std::max(fontMetrics().height(), fontMetrics().boundingRect(line).height());
    m_heading->setMinimumSize(1, height); // as high as its lines, however narrow
    m_heading->setMaximumSize(QWIDGETSIZE_MAX, height);
    redraw();
}

void Chart::setHeights(int pixels, int linesBelow)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QCPAxisRect* area = m_plot->axisRect();
    area->setMinimumSize(40, std::max(1, pixels));
    area->setMaximumSize(QWIDGETSIZE_MAX, std::max(1, pixels));
    area->setAutoMargins(QCP::msLeft | QCP::msRight | QCP::msTop); // the height is known before anything is drawn
    area->setMargins({0, area->minimumMargins().top(), 0,
                      area->minimumMargins().bottom() + linesBelow * (fontMetrics().height() + 4)});
    redraw();
}

void Chart::bare(QCPAxis* axis)
{
    axis->setVisible(true);
    axis->setBasePen(Qt::NoPen);
    axis->setTickPen(Qt::NoPen);
    axis->setTickLength(0);
    axis->setSubTicks(false);
    axis->grid()->setVisible(false);
    axis->setNumberFormat(QStringLiteral("g")); // words are no powers of ten
}

void Chart::fit()
{
    QFont heading = font();
    heading.setBold(m_bold);
    QStringList shown;
    for (const QString& line : std::as_const(m_lines))
        shown << QFontMetrics(heading).elidedText(line, Qt::ElideRight, m_plot->width());
    m_heading->setFont(heading);
    m_heading->setText(shown.join(QLatin1Char('\n')));
    m_legend->fit(m_plot->width());
}

void Chart::redraw(bool onlyOverlay)
{
    m_due = onlyOverlay ? std::max(m_due, Due::Overlay) : Due::All;
    settle();
    update();
}

void Chart::drawWhatIsDue()
{
    if (m_plot->size().isEmpty()) return; // nothing to draw on yet
    const Due due = std::exchange(m_due, Due::Nothing);
    if (due == Due::All) m_plot->replot(QCustomPlot::rpQueuedRefresh);
    if (due == Due::Overlay) m_plot->layer(QStringLiteral("overlay"))->replot();
    settle();
}

// Asks for the height that heading, axes and legend need at this width.
void Chart::settle()
{
    const int lowest = m_plot->plotLayout()->minimumOuterSizeHint().height();
    if (std::exchange(m_lowest, lowest) != lowest) m_plot->updateGeometry();
}

void Chart::paintEvent(QPaintEvent*)
{
    drawWhatIsDue();
    QPainter painter(this);
    paintFocus(painter, *this);
}

void Chart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
    settle();
}

void Chart::changeEvent(QEvent* event)
{
    const bool looks = event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange;
    if (looks) takeLook();
    if (looks) style();
    if (looks || event->type() == QEvent::LanguageChange) tell();
    QWidget::changeEvent(event);
}

bool Chart::event(QEvent* event)
{
    const bool points = event->type() == QEvent::ToolTip || event->type() == QEvent::MouseButtonPress;
    if (points) drawWhatIsDue(); // what is pointed at is where it will be seen
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QPointF point = m_plot->mapFrom(this, help->pos());
    QString tip = m_legend->tipAt(point);
    if (tip.isEmpty()) tip = tipAt(point);
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), tip, this);
    return true;
}

} // namespace headlens
