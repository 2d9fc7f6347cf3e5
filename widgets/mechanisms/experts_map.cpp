// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/experts_map.h"

#include "widgets/mechanisms/mechanism_paint.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/live_rows.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headlens {
namespace {

constexpr double kMargin = 3;

QString stateOf(int layer)
{
    return QStringLiteral("experts.%1").arg(layer);
}

// Numbers from the largest on, those above 0, at most `most`.
std::vector<int> largestFirst(const std::vector<double>& values, std::size_t most)
{
    std::vector<int> order(values.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, [&](int a, int b) { return values[std::size_t(a)] > values[std::size_t(b)]; });
    std::erase_if(order, [&](int one) { return values[std::size_t(one)] <= 0; });
    if (order.size() > most) order.resize(most);
    return order;
}

} // namespace

bool hasExperts(const InspectionModel& model)
{
    return std::ranges::any_of(model.input().states,
                               [](const verbs::StateInfo& state) { return state.name.starts_with("experts."); });
}

ExpertsMap::ExpertsMap(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens())
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    connect(model, &InspectionModel::inputChanged, this, [this] {
        m_asked = -1;
        m_weights = {};
        ask();
    });
    connect(m_heads, &HeadChoice::changed, this, &ExpertsMap::ask);
    connect(m_tokens, &TokenChoice::changed, this, &ExpertsMap::tell);
    tell();
}

int ExpertsMap::shownLayer() const
{
    const int layers = int(m_model->input().blocks.size());
    for (int i = 0; i < layers; ++i)
        if (const int layer = (m_heads->layer() + i) % layers; m_model->run().hasState(stateOf(layer))) return layer;
    return -1;
}

void ExpertsMap::ask()
{
    const int layer = shownLayer();
    if (layer == m_asked || layer < 0 || !isVisible()) return tell(); // showEvent() catches up
    m_asked = layer;
    askState(m_model, stateOf(layer), this, [this, layer](const verbs::StateTensor& state) {
        if (layer != m_asked) return;
        m_weights = state.numbers;
        updateGeometry();
        tell();
    });
}

void ExpertsMap::showEvent(QShowEvent*)
{
    ask();
}

QSize ExpertsMap::sizeHint() const
{
    constexpr int kLine = 14, kMost = 280;
    return minimumSizeHint().expandedTo({320, std::min(kMost, experts() * kLine + 2 * fontMetrics().height())});
}

QRectF ExpertsMap::cellRect(int expert, int token) const
{
    const double left = fontMetrics().horizontalAdvance(QStringLiteral("000")) + kMargin;
    const double below = 2.0 * fontMetrics().height() + 2 * kMargin;
    const double wide = (width() - left - kMargin) / std::max(1, tokens());
    const double high = (height() - below - kMargin) / std::max(1, experts());
    return {left + token * wide, kMargin + expert * high, wide, high};
}

int ExpertsMap::tokenAt(const QPointF& point) const
{
    if (tokens() == 0) return -1;
    const QRectF first = cellRect(0, 0), last = cellRect(experts() - 1, tokens() - 1);
    if (!first.united(last).contains(point)) return -1;
    return std::clamp(int((point.x() - first.left()) / first.width()), 0, tokens() - 1);
}

QString ExpertsMap::sentence(int token) const
{
    if (token < 0 || token >= tokens()) return {};
    const auto row = m_weights.part(token);
    QStringList said;
    constexpr std::size_t kMost = 8;
    for (const int expert : largestFirst({row.begin(), row.end()}, kMost))
        said << tr("expert %1 %2 %").arg(expert).arg(std::lround(100 * double(row[std::size_t(expert)])));
    return tr("“%1”: %2")
        .arg(m_model->rows()->layoutOf(m_asked).name(token).trimmed(), said.join(QStringLiteral(", ")));
}

// A token counts for every expert that takes part in it, as much as its weight.
QString ExpertsMap::loads() const
{
    if (tokens() == 0) return {};
    std::vector<double> sums(std::size_t(experts()), 0);
    for (int token = 0; token < tokens(); ++token) {
        const auto row = m_weights.part(token);
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += double(row[i]) / tokens();
    }
    QStringList said;
    constexpr std::size_t kMost = 4;
    for (const int expert : largestFirst(sums, kMost))
        said << tr("expert %1 %2 %").arg(expert).arg(std::lround(100 * sums[std::size_t(expert)]));
    return tr("Layer %1, all tokens: %2; evenly it would be %3 % each")
        .arg(m_asked)
        .arg(said.join(QStringLiteral(", ")))
        .arg(100.0 / experts(), 0, 'f', 1);
}

void ExpertsMap::tell()
{
    setAccessibleName(tr("Experts that compute each token"));
    setAccessibleDescription(sentence(m_tokens->query().token));
    update();
}

void ExpertsMap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tones tones = tonesOf(palette());
    const double line = fontMetrics().height();
    for (int expert = 0; expert < experts(); ++expert) {
        const QRectF row(cellRect(expert, 0).topLeft(), cellRect(expert, tokens() - 1).bottomRight());
        painter.fillRect(row, expert % 2 == 0 ? tones.canvas : tones.alternate);
        for (int token = 0; token < tokens(); ++token)
            if (const float weight = m_weights.part(token)[std::size_t(expert)]; weight > 0)
                painter.fillRect(cellRect(expert, token), mixed(tones.canvas, tones.accent, double(weight)));
        painter.setPen(tones.quiet);
        if (row.height() >= line * 0.7 || expert % std::max(1, int(line / row.height())) == 0)
            painter.drawText(QRectF(0, row.center().y() - line / 2, row.left() - kMargin, line),
                             Qt::AlignRight | Qt::AlignVCenter, QString::number(expert));
    }
    if (const int token = m_tokens->query().token; token < tokens()) {
        painter.setPen(QPen(tones.text, 1));
        painter.drawRect(QRectF(cellRect(0, token).topLeft(), cellRect(experts() - 1, token).bottomRight()));
    }
    painter.setPen(tones.text);
    int below = 2;
    for (const QString& said : {sentence(m_tokens->query().token), loads()})
        painter.drawText(QRectF(0, height() - line * below--, width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(said, Qt::ElideRight, width()));
    paintFocus(painter, *this);
}

void ExpertsMap::mousePressEvent(QMouseEvent* event)
{
    if (const int token = tokenAt(event->position()); token >= 0 && event->button() == Qt::LeftButton)
        m_tokens->setToken(token);
}

void ExpertsMap::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (step == 0 || tokens() == 0) return QWidget::keyPressEvent(event);
    m_tokens->setToken(std::clamp(m_tokens->query().token + step, 0, tokens() - 1));
}

bool ExpertsMap::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const int token = tokenAt(help->pos()); token >= 0)
        QToolTip::showText(help->globalPos(), sentence(token), this);
    else
        QToolTip::hideText();
    return true;
}

void ExpertsMap::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) tell();
    QWidget::changeEvent(event);
}

} // namespace headlens
