// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/swin/bias_view.h"

#include "core/base/colormap.h"
#include "widgets/viewmodel/asking.h"

#include <QCheckBox>
#include <QEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace headlens {

BiasView::BiasView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_display(display), m_turned(new QCheckBox),
      m_text(new QLabel)
{
    setMouseTracking(true);
    auto* layout = new QVBoxLayout(this);
    layout->addStretch(1);
    layout->addWidget(m_turned);
    layout->addWidget(m_text);
    m_text->setWordWrap(true);
    m_text->setMinimumHeight(4 * m_text->fontMetrics().height());
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    connect(m_turned, &QCheckBox::toggled, this, [this] {
        say();
        update();
    });
    connect(model, &InspectionModel::inputChanged, this, [this] {
        m_tables = {};
        ask();
    });
    connect(m_heads, &HeadChoice::changed, this, [this] {
        ask();
        update();
    });
    connect(display, &DisplaySettings::changed, this, [this] { update(); });
    say();
}

void BiasView::ask()
{
    if (!isVisible() || !m_model->hasInput() || m_tables.layer == m_heads->layer()) return;
    headlens::ask(m_model, verbs::kPositionBias, {m_heads->layer()}, this, [this](const verbs::BiasTables& tables) {
        m_tables = tables;
        if (tables.tables.shape.size() != 3 || tables.tables.empty()) m_tables.tables = {};
        m_head = -1;
        say();
        update();
    });
}

float BiasView::biasOf(int head, int down, int right) const
{
    // The table counts query minus key, so a key below the query stands above the centre.
    const int row = tableRows() / 2 - down, column = tableColumns() / 2 - right;
    if (head < 0 || head >= m_tables.tables.extent(0) || row < 0 || column < 0 || row >= tableRows() ||
        column >= tableColumns())
        return 0;
    return m_tables.tables.part(head)[std::size_t(row) * std::size_t(tableColumns()) + std::size_t(column)];
}

QRectF BiasView::pictureRect(int head) const
{
    const int count = std::max(1, m_tables.tables.extent(0));
    const double roomHeight = std::max(20.0, double(m_turned->y()) - 8);
    int columns = 1; // as many as make the pictures largest
    double side = 0;
    for (int candidate = 1; candidate <= count; ++candidate) {
        const int lines = (count + candidate - 1) / candidate;
        const double fits = std::min((width() - 8.0) / candidate, roomHeight / lines);
        if (fits > side) {
            side = fits;
            columns = candidate;
        }
    }
    const int column = head % columns, row = head / columns;
    return QRectF(4 + column * side, 4 + row * side, side, side).adjusted(3, 14, -3, -3);
}

int BiasView::headAt(const QPointF& point) const
{
    for (int head = 0; head < m_tables.tables.extent(0); ++head)
        if (pictureRect(head).contains(point)) return head;
    return -1;
}

QPoint BiasView::offsetAt(int head, const QPointF& point) const
{
    const QRectF rect = pictureRect(head);
    const int column = int((point.x() - rect.left()) / rect.width() * tableColumns());
    const int row = int((point.y() - rect.top()) / rect.height() * tableRows());
    const QPoint stored(tableColumns() / 2 - column, tableRows() / 2 - row); // key minus query: right, down
    return m_turned->isChecked() ? -stored : stored;
}

void BiasView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_tables.tables.extent(0) == 0 || m_tables.layer != m_heads->layer()) return;
    const auto [low, high] = std::minmax_element(m_tables.tables.values.begin(), m_tables.tables.values.end());
    const ValueScale scale{*low, *high, false};
    const ColorTable& colors = colorTable(m_display->get().colors().toStdString());
    const int sign = m_turned->isChecked() ? 1 : -1;
    for (int head = 0; head < m_tables.tables.extent(0); ++head) {
        QImage image(tableColumns(), tableRows(), QImage::Format_RGB32);
        for (int y = 0; y < tableRows(); ++y)
            for (int x = 0; x < tableColumns(); ++x) {
                const float value = biasOf(head, sign * (y - tableRows() / 2), sign * (x - tableColumns() / 2));
                const Rgb& c = colorAt(colors, scale.unit(value));
                image.setPixel(x, y, qRgb(c.r, c.g, c.b));
            }
        const QRectF rect = pictureRect(head);
        painter.drawImage(rect, image);
        const double w = rect.width() / tableColumns(), h = rect.height() / tableRows();
        const int centreX = tableColumns() / 2, centreY = tableRows() / 2; // the token itself
        painter.setPen(QPen(Qt::white, 1.5));
        painter.drawRect(QRectF(rect.left() + centreX * w, rect.top() + centreY * h, w, h));
        const bool chosen = m_heads->heads().contains(head);
        painter.setPen(QPen(palette().color(chosen ? QPalette::Highlight : QPalette::Mid), chosen ? 2 : 1));
        painter.drawRect(rect);
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QRectF(rect.left(), rect.top() - 14, rect.width(), 13), Qt::AlignLeft | Qt::AlignVCenter,
                         QString::number(head));
    }
}

void BiasView::mouseMoveEvent(QMouseEvent* event)
{
    m_head = headAt(event->position());
    if (m_head >= 0) m_offset = offsetAt(m_head, event->position());
    say();
}

void BiasView::mousePressEvent(QMouseEvent* event)
{
    if (const int head = headAt(event->position()); head >= 0) m_heads->setHead(head);
}

void BiasView::say()
{
    setAccessibleName(tr("Bias of relative positions"));
    m_turned->setText(tr("Turn so that a cell lies where the key lies"));
    if (m_tables.layer >= 0 && m_tables.tables.extent(0) == 0)
        return m_text->setText(tr("This block knows no relative positions."));
    if (m_head >= 0)
        return m_text->setText(tr("Head %1: a key %2 rows below and %3 columns to the right of the query gets %4 added "
                                  "to its score.")
                                   .arg(m_head)
                                   .arg(m_offset.y())
                                   .arg(m_offset.x())
                                   .arg(double(biasOf(m_head, m_offset.y(), m_offset.x())), 0, 'g', 3));
    m_text->setText(
        m_turned->isChecked()
            ? tr("The square in the middle is the token itself; a cell above it is a key above it. All heads "
                 "share one scale.")
            : tr("As stored, query minus key: the square in the middle is the token itself; a cell below it "
                 "is a key above it. All heads share one scale."));
}

void BiasView::showEvent(QShowEvent*)
{
    ask();
}

void BiasView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) say();
    QWidget::changeEvent(event);
}

} // namespace headlens
