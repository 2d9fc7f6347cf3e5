// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/predictions_panel.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <functional>

namespace headlens {
namespace {

constexpr int kLine = 24, kMargin = 8;

} // namespace

PredictionsPanel::PredictionsPanel(InspectionModel* model, QWidget* parent) : QWidget(parent), m_model(model)
{
    const auto refresh = [this] {
        describe();
        update();
    };
    connect(model, &InspectionModel::inputChanged, this, refresh);
    connect(model, &InspectionModel::modelChanged, this, refresh);
    describe();
}

QString PredictionsPanel::firstName(const std::string& label)
{
    return QString::fromStdString(label).section(QLatin1Char(','), 0, 0);
}

// Classes, labels scored against the picture, or guesses for a gap or for what comes next.
std::vector<verbs::Prediction> PredictionsPanel::shown() const
{
    const verbs::InputInfo& input = m_model->input();
    if (!input.predictions.empty()) return input.predictions;
    std::vector<verbs::Prediction> all;
    for (const verbs::TextScore& score : input.scores) all.push_back({score.id, score.text, score.probability});
    if (!all.empty()) {
        std::ranges::stable_sort(all, std::greater<>(), &verbs::Prediction::probability);
        return all;
    }
    if (!input.guesses.empty())
        for (const verbs::TextScore& guess : input.guesses.front().best)
            all.push_back({guess.id, guess.text, guess.probability});
    return all;
}

void PredictionsPanel::describe()
{
    setAccessibleName(tr("Predicted classes"));
    QStringList lines;
    for (const verbs::Prediction& p : shown())
        lines << tr("%1: %2 %").arg(firstName(p.label)).arg(100 * p.probability, 0, 'f', 1);
    setAccessibleDescription(lines.join(QLatin1String("; ")));
}

void PredictionsPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    const auto predictions = shown();
    if (predictions.empty()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        const bool headless = m_model->hasInput() && m_model->model().classes == 0;
        painter.drawText(rect().adjusted(kMargin, kMargin, -kMargin, -kMargin), Qt::AlignCenter | Qt::TextWordWrap,
                         headless ? tr("This model has no classifier") : tr("Nothing inspected yet"));
        return;
    }
    const int lines = std::min(int(predictions.size()), std::max(1, (height() - kMargin) / kLine));
    for (int i = 0; i < lines; ++i) {
        const verbs::Prediction& p = predictions[std::size_t(i)];
        const QRectF line(kMargin, kMargin + i * kLine, width() - 2 * kMargin, kLine - 4);
        QColor bar = palette().color(QPalette::Highlight);
        bar.setAlpha(110);
        painter.fillRect(QRectF(line.topLeft(), QSizeF(std::max(2.0, line.width() * p.probability), line.height())),
                         bar);
        painter.setPen(palette().color(QPalette::Text));
        const QString share = tr("%1 %").arg(100 * p.probability, 0, 'f', 1);
        const int shareWidth = painter.fontMetrics().horizontalAdvance(share) + 8;
        const QString name =
            painter.fontMetrics().elidedText(firstName(p.label), Qt::ElideRight, int(line.width()) - shareWidth - 8);
        painter.drawText(line.adjusted(4, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.drawText(line.adjusted(0, 0, -4, 0), Qt::AlignRight | Qt::AlignVCenter, share);
    }
}

bool PredictionsPanel::event(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) describe();
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto line = std::size_t(std::max(0, help->pos().y() - kMargin) / kLine);
    const auto predictions = shown();
    if (line < predictions.size())
        QToolTip::showText(
            help->globalPos(),
            tr("%1 (class %2)").arg(QString::fromStdString(predictions[line].label)).arg(predictions[line].index),
            this);
    return true;
}

} // namespace headlens
