// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/predictions_panel.h"

#include "widgets/viewmodel/answers.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/not_yet.h"

#include <QEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>

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
    connect(model->comparison(), &Comparison::changed, this, refresh);
    connect(model->map(), &MethodMap::changed, this, refresh);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    describe();
}

std::vector<verbs::Prediction> PredictionsPanel::shown() const
{
    return answersOf(m_model->input());
}

// Of a regression: no shares of anything.
bool PredictionsPanel::areNumbers() const
{
    return m_model->input().outputs.get<verbs::Classes>().areNumbers;
}

void PredictionsPanel::describe()
{
    setAccessibleName(tr("Predicted classes"));
    QStringList lines;
    if (hint() > 0 && !shown().empty()) lines << hintText();
    for (const verbs::Prediction& p : shown())
        lines << (areNumbers() ? QStringLiteral("%1: %2").arg(firstName(p.label)).arg(p.probability, 0, 'g', 5)
                               : tr("%1: %2 %").arg(firstName(p.label)).arg(100 * p.probability, 0, 'f', 1));
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
                         headless ? tr("This model has no classifier") : notYet(*m_model));
        return;
    }
    if (hint() > 0) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        const QRectF line = lineRect(0).translated(4, -kLine);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(hintText(), Qt::ElideRight, int(line.width()) - 4));
    }
    const int room = std::max(1, (height() - kMargin - hint()) / kLine);
    const auto gone = left(predictions);
    const int lines = std::min(int(predictions.size()), std::max(1, room - int(gone.size())));
    for (int i = 0; i < std::min(int(gone.size()), room - lines); ++i)
        paintLeft(painter, lines + i, gone[std::size_t(i)]);
    const int explained = explainedOf(predictions);
    for (int i = 0; i < lines; ++i) paintLine(painter, i, predictions[std::size_t(i)], i == explained);
}

void PredictionsPanel::paintLine(QPainter& painter, int i, const verbs::Prediction& p, bool isExplained) const
{
    const QRectF line = lineRect(i);
    const QColor accent = palette().color(QPalette::Highlight);
    QColor bar = accent;
    bar.setAlpha(110);
    const bool isNumber = areNumbers();
    const double share = isNumber ? 0 : line.width() * p.probability;
    painter.fillRect(QRectF(line.topLeft(), QSizeF(std::max(2.0, share), line.height())), bar);
    QFont font = this->font();
    font.setBold(isExplained);
    painter.setFont(font);
    painter.setPen(palette().color(QPalette::Text));
    const QString said = isNumber ? QString::number(p.probability, 'g', 5)
                                  : tr("%1 %").arg(100 * p.probability, 0, 'f', 1) + changeOf(p);
    const int shareWidth = painter.fontMetrics().horizontalAdvance(said) + 8;
    const QString name =
        painter.fontMetrics().elidedText(firstName(p.label), Qt::ElideRight, int(line.width()) - shareWidth - 8);
    painter.drawText(line.adjusted(4, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.drawText(line.adjusted(0, 0, -4, 0), Qt::AlignRight | Qt::AlignVCenter, said);
    constexpr double kMark = 3;
    if (isExplained) painter.fillRect(QRectF(line.left() - kMark - 1, line.top(), kMark, line.height()), accent);
    if (!hasFocus() || i != m_line) return;
    painter.setPen(QPen(accent, 1));
    painter.drawRect(line.adjusted(-2, -1, 2, 1));
}

// Which of them the map that is shown explains; -1: none.
int PredictionsPanel::explainedOf(const std::vector<verbs::Prediction>& predictions) const
{
    const verbs::MethodInfo* method = m_model->map()->method();
    if (method == nullptr || !method->ofScore || !method->refusal.empty()) return -1;
    const auto& similarity = m_model->input().outputs.get<verbs::Similarity>();
    const bool ofLabels = m_model->input().outputs.get<verbs::Classes>().best.empty() && !similarity.texts.empty();
    const int target = m_model->map()->score().target;
    std::string label = m_model->request().text.activeLabel.toStdString();
    if (ofLabels && label.empty()) label = similarity.texts.front().text;
    for (std::size_t i = 0; i < predictions.size(); ++i)
        if (ofLabels ? predictions[i].label == label : predictions[i].index == target) return int(i);
    return target < 0 && !ofLabels ? 0 : -1; // the engine takes the most probable one
}

QString PredictionsPanel::hintText() const
{
    if (explainedOf(shown()) < 0) return tr("Click one: what does it rest on?");
    const int against = m_model->map()->score().against;
    const auto all = shown();
    const auto other = std::ranges::find(all, against, &verbs::Prediction::index);
    return against < 0 || other == all.end()
               ? tr("The map shows what the marked one rests on")
               : tr("The map shows what lifts the marked one above %1").arg(firstName(other->label));
}

int PredictionsPanel::hint() const
{
    return m_model->map()->explains() ? kLine : 0;
}

QRectF PredictionsPanel::lineRect(int line) const
{
    return {kMargin, double(kMargin + hint() + line * kLine), double(width() - 2 * kMargin), kLine - 4};
}

// Probable classes of the baseline that are none any more: at most two, and those that were above one in ten.
std::vector<verbs::Prediction> PredictionsPanel::left(const std::vector<verbs::Prediction>& now) const
{
    constexpr double kProbable = 0.1;
    std::vector<verbs::Prediction> gone;
    if (!m_model->comparison()->isOfThisModel()) return gone;
    for (const verbs::Prediction& then : answersOf(m_model->comparison()->baseline()))
        if (then.probability > kProbable && gone.size() < 2 &&
            std::ranges::find(now, then.label, &verbs::Prediction::label) == now.end())
            gone.push_back(then);
    return gone;
}

void PredictionsPanel::paintLeft(QPainter& painter, int line, const verbs::Prediction& then) const
{
    const QRectF place = lineRect(line).adjusted(4, 0, -4, 0);
    const QString was = tr("was %1 %").arg(100 * then.probability, 0, 'f', 1);
    const int wide = painter.fontMetrics().horizontalAdvance(was) + 8;
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(
        place, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(firstName(then.label), Qt::ElideRight, int(place.width()) - wide));
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, was);
}

// A line is a question: what does this rest on?
void PredictionsPanel::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) explain(lineAt(event->position().y()));
}

void PredictionsPanel::keyPressEvent(QKeyEvent* event)
{
    const int last = int(shown().size()) - 1;
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up) {
        m_line = std::clamp(m_line + (event->key() == Qt::Key_Down ? 1 : -1), 0, std::max(0, last));
        update();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        explain(std::size_t(m_line));
    } else {
        QWidget::keyPressEvent(event);
    }
}

// At a height in the widget; many: at none.
std::size_t PredictionsPanel::lineAt(double y) const
{
    const double below = y - kMargin - hint();
    return below < 0 ? std::numeric_limits<std::size_t>::max() : std::size_t(below / kLine);
}

void PredictionsPanel::explain(std::size_t line)
{
    const auto predictions = shown();
    if (line >= predictions.size() || !m_model->map()->explains()) return;
    m_line = int(line);
    update();
    explainAnswer(m_model, predictions[line]);
}

// How much more probable the class is than in the baseline. Of a run only the most probable classes are known: one that
// was not among them had less than the last of them; with another model that says nothing.
QString PredictionsPanel::changeOf(const verbs::Prediction& prediction) const
{
    if (!m_model->comparison()->holds()) return {};
    const auto held = answersOf(m_model->comparison()->baseline());
    if (held.empty()) return {};
    const auto before = std::ranges::find(held, prediction.label, &verbs::Prediction::label);
    const bool known = before != held.end();
    if (!known && !m_model->comparison()->isOfThisModel()) return {};
    const double then = known ? before->probability : held.back().probability;
    const double points = 100 * (prediction.probability - then);
    constexpr double kSeen = 0.05; // what is written has one digit
    if (std::abs(points) < kSeen || (!known && points <= 0)) return {};
    return (known ? QStringLiteral(" (%1%2)") : QStringLiteral(" (\u2265 %1%2)"))
        .arg(points < 0 ? QString(QChar(0x2212)) : QStringLiteral("+"))
        .arg(std::abs(points), 0, 'f', 1);
}

bool PredictionsPanel::event(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) describe();
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const std::size_t line = lineAt(help->pos().y());
    const auto predictions = shown();
    if (line < predictions.size())
        QToolTip::showText(
            help->globalPos(),
            (m_model->map()->explains() ? tr("%1 (class %2)\nClick: what does this rest on?") : tr("%1 (class %2)"))
                .arg(QString::fromStdString(predictions[line].label))
                .arg(predictions[line].index),
            this);
    return true;
}

} // namespace headlens
