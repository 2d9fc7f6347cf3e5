// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/contrast_view.h"

#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/heat_image.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QSlider>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr int kFrameMs = 600;
constexpr double kMargin = 8;

} // namespace

ContrastView::ContrastView(InspectionModel* model, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_display(display), m_text(new QLabel), m_slider(new QSlider(Qt::Horizontal)),
      m_play(new QToolButton)
{
    auto* layout = new QVBoxLayout(this);
    m_text->setWordWrap(true);
    layout->addWidget(m_text);
    auto* line = new QHBoxLayout;
    line->addWidget(m_play);
    line->addWidget(m_slider, 1);
    layout->addLayout(line);
    layout->addStretch(1);
    m_play->setCheckable(true);
    m_playing.setInterval(kFrameMs);
    connect(m_play, &QToolButton::toggled, this, &ContrastView::play);
    connect(m_slider, &QSlider::valueChanged, this, &ContrastView::setStep);
    connect(&m_playing, &QTimer::timeout, this, [this] {
        if (m_step + 1 >= int(m_record.steps.size())) return m_play->setChecked(false);
        setStep(m_step + 1);
    });
    connect(model, &InspectionModel::modelChanged, this, [this] {
        m_record = {};
        m_of.clear();
        m_play->setChecked(false);
        tell();
        ask();
    });
    connect(display, &DisplaySettings::changed, this, qOverload<>(&QWidget::update));
    tell();
}

void ContrastView::ask()
{
    const QString path = QString::fromStdString(m_model->model().path);
    if (!isVisible() || !m_model->model().remembersContrast || path == m_of) return; // showEvent() catches up
    const auto take = [this, path](const verbs::Contrast& record) {
        if (path != QString::fromStdString(m_model->model().path)) return;
        m_record = record;
        m_of = path;
        setStep(int(record.steps.size()) - 1);
    };
    headlens::ask(m_model, verbs::kContrast, {}, this, take, {.about = Asking::About::Model});
}

int ContrastView::found(const verbs::ContrastStep& step)
{
    int right = 0;
    for (std::size_t i = 0; i < step.cosines.size(); ++i)
        right += std::size_t(std::ranges::max_element(step.cosines[i]) - step.cosines[i].begin()) == i ? 1 : 0;
    return right;
}

void ContrastView::setStep(int index)
{
    m_step = std::clamp(index, 0, std::max(0, int(m_record.steps.size()) - 1));
    tell();
}

void ContrastView::play(bool on)
{
    if (on && m_step + 1 >= int(m_record.steps.size())) setStep(0);
    if (on)
        m_playing.start();
    else
        m_playing.stop();
    tell();
}

void ContrastView::tell()
{
    const bool there = !m_record.steps.empty();
    m_slider->setVisible(there);
    m_play->setVisible(there);
    m_slider->setRange(0, std::max(0, int(m_record.steps.size()) - 1));
    m_slider->setValue(m_step);
    m_slider->setAccessibleName(tr("Step of the training"));
    m_play->setText(m_play->isChecked() ? tr("Pause") : tr("Play"));
    setAccessibleName(tr("Contrastive training"));
    if (there) {
        const verbs::ContrastStep& step = m_record.steps[std::size_t(m_step)];
        m_text->setText(tr("After %1 steps: loss %2, temperature %3. %4 of %5 captions are most similar to their own "
                           "picture.")
                            .arg(QLocale().toString(qlonglong(step.step)))
                            .arg(step.loss, 0, 'f', 2)
                            .arg(step.temperature, 0, 'f', 3)
                            .arg(found(step))
                            .arg(m_record.captions.size()));
    } else {
        m_text->setText(tr("This model brings no record of a contrastive training (contrast.json). Open emoji-clip to "
                           "see how pictures and texts find each other."));
    }
    setAccessibleDescription(m_text->text());
    update();
}

// A square below the controls, captions on its left; the curve has the rest.
QRectF ContrastView::matrixRect() const
{
    const double top = m_slider->geometry().bottom() + kMargin;
    const double captions = std::min(180.0, width() * 0.38);
    const double side = std::max(0.0, std::min(width() - captions - 2 * kMargin, (height() - top - kMargin) * 0.62));
    return {captions + kMargin, top, side, side};
}

QRectF ContrastView::curveRect() const
{
    const double line = fontMetrics().height();
    const QRectF above = matrixRect();
    return {QPointF(kMargin + 3 * line, above.bottom() + 2.2 * line),
            QPointF(width() - kMargin, height() - kMargin - line)};
}

void ContrastView::paintMatrix(QPainter& painter) const
{
    const auto& cosines = m_record.steps[std::size_t(m_step)].cosines;
    const QRectF rect = matrixRect();
    const int n = int(cosines.size());
    std::vector<float> values;
    for (const auto& row : cosines)
        for (const double value : row) values.push_back(float(value));
    // One scale for all steps: sharpening must be seen as such.
    painter.drawImage(rect, heatImage(values, n, n, {-1, 1, false}, m_display->get().colors()));
    const double cell = rect.height() / n;
    QFont small = font();
    small.setPointSizeF(std::clamp(cell * 0.55, 6.0, font().pointSizeF()));
    painter.setFont(small);
    painter.setPen(palette().color(QPalette::Text));
    for (int i = 0; i < n; ++i) {
        const QRectF beside(kMargin, rect.top() + i * cell, rect.left() - 2 * kMargin, cell);
        painter.drawText(beside, Qt::AlignRight | Qt::AlignVCenter,
                         QFontMetricsF(small).elidedText(QString::fromStdString(m_record.captions[std::size_t(i)]),
                                                         Qt::ElideRight, beside.width()));
    }
    painter.setFont(font());
    painter.drawText(QRectF(kMargin, rect.bottom() + 2, rect.right() - kMargin, fontMetrics().height()),
                     Qt::AlignRight | Qt::AlignVCenter, tr("columns: their pictures, in the same order"));
}

// The loss over the steps, which grow by doubling.
void ContrastView::paintCurve(QPainter& painter) const
{
    const QRectF rect = curveRect();
    const auto& steps = m_record.steps;
    if (rect.height() < 20 || rect.width() < 30) return;
    double high = 0;
    for (const verbs::ContrastStep& step : steps) high = std::max(high, step.loss);
    const double last = std::log2(double(steps.back().step) + 1);
    const auto pointOf = [&](const verbs::ContrastStep& step) {
        return QPointF(rect.left() + rect.width() * std::log2(double(step.step) + 1) / std::max(last, 1e-9),
                       rect.bottom() - rect.height() * step.loss / std::max(high, 1e-9));
    };
    const double line = fontMetrics().height();
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(rect.bottomLeft(), rect.bottomRight());
    painter.drawLine(rect.bottomLeft(), rect.topLeft());
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QRectF(0, rect.top() - line / 2, rect.left() - 4, line), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(high, 'f', 1));
    painter.drawText(QRectF(0, rect.bottom() - line / 2, rect.left() - 4, line), Qt::AlignRight | Qt::AlignVCenter,
                     QStringLiteral("0"));
    painter.drawText(QRectF(rect.left(), rect.bottom() + 1, rect.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("loss by step of the training, doubling to the right"));
    QPolygonF curve;
    for (const verbs::ContrastStep& step : steps) curve << pointOf(step);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(0, 114, 178), 2));
    painter.drawPolyline(curve);
    painter.setBrush(QColor(213, 94, 0));
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(pointOf(steps[std::size_t(m_step)]), 5, 5);
}

void ContrastView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!m_record.steps.empty()) {
        paintMatrix(painter);
        paintCurve(painter);
    }
    Q_EMIT painted();
}

void ContrastView::showEvent(QShowEvent*)
{
    ask();
}

void ContrastView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    QWidget::changeEvent(event);
}

bool ContrastView::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || m_record.steps.empty()) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QRectF rect = matrixRect();
    if (!rect.contains(help->pos())) {
        QToolTip::hideText();
        return true;
    }
    const auto n = m_record.captions.size();
    const auto at = [&](double from, double place) {
        return std::min(n - 1, std::size_t((place - from) / rect.width() * double(n)));
    };
    const std::size_t row = at(rect.top(), help->pos().y()), column = at(rect.left(), help->pos().x());
    QToolTip::showText(
        help->globalPos(),
        tr("text: %1\npicture of: %2\nsimilarity %3")
            .arg(QString::fromStdString(m_record.captions[row]), QString::fromStdString(m_record.captions[column]))
            .arg(m_record.steps[std::size_t(m_step)].cosines[row][column], 0, 'f', 3),
        this);
    return true;
}

} // namespace headlens
