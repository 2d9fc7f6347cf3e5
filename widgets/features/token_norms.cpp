// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/features/token_norms.h"

#include "core/base/outliers.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/live_rows.h"

#include <QGuiApplication>
#include <QLabel>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headlens {
namespace {

constexpr std::size_t kNamed = 5; // outliers that the sentence names

} // namespace

TokenNorms TokenNorms::of(const FloatArray& states, int special)
{
    TokenNorms found;
    std::vector<double> counted;
    for (int token = 0; token < states.rows(); ++token) {
        const auto state = states.part(token);
        const double norm = std::sqrt(std::inner_product(state.begin(), state.end(), state.begin(), 0.0));
        found.norms.push_back(float(norm));
        if (token >= special) counted.push_back(norm);
    }
    found.limit = float(outlierLimit(counted));
    for (std::size_t i = 0; i < found.norms.size(); ++i)
        if (found.norms[i] > found.limit) found.outliers.push_back(int(i));
    return found;
}

TokenNormsView::TokenNormsView(InspectionModel* model, Selection* selection, QWidget* parent)
    : Chart(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()),
      m_all(plot().addGraph()), m_marked(plot().addGraph()), m_limit(new QCPItemStraightLine(&plot())),
      m_summary(new QLabel)
{
    layout()->addWidget(m_summary);
    m_summary->setWordWrap(true);
    for (QCPGraph* graph : {m_all, m_marked}) graph->setLineStyle(QCPGraph::lsNone);
    m_limit->setPen(QPen(QColor(230, 159, 0), 1, Qt::DashLine));
    setFocusPolicy(Qt::StrongFocus);
    plot().setMinimumWidth(100);
    plot().axisRect()->setMinimumMargins({0, 8, 12, 0});
    TokenNormsView::style();
    connect(model, &InspectionModel::inputChanged, this, &TokenNormsView::ask);
    connect(m_heads, &HeadChoice::changed, this, &TokenNormsView::ask);
    tell();
}

void TokenNormsView::style()
{
    const QColor usual = QGuiApplication::palette().color(QPalette::Highlight);
    m_all->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, usual, 4));
    m_marked->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDiamond, QColor(213, 94, 0), 10));
}

void TokenNormsView::ask()
{
    if (!isVisible() || !m_model->hasInput()) return; // behind another tab: showEvent() catches up
    headlens::ask(m_model, verbs::kHidden, {m_heads->layer()}, this,
                  [this](const verbs::HiddenStates& answer) {
                      m_norms = TokenNorms::of(answer.states, m_model->rows()->layoutOf(m_heads->layer()).excluded());
                      tell();
                  },
                  {.quiet = true, .unanswered = Unanswered::EmptyWhenFailed});
}

void TokenNormsView::tell()
{
    QVector<double> tokens, norms, markedTokens, markedNorms;
    for (std::size_t i = 0; i < m_norms.norms.size(); ++i) {
        tokens << double(i);
        norms << double(m_norms.norms[i]);
    }
    for (const int token : m_norms.outliers) {
        markedTokens << token;
        markedNorms << double(m_norms.norms[std::size_t(token)]);
    }
    m_all->setData(tokens, norms, true);
    m_marked->setData(markedTokens, markedNorms, true);
    m_limit->point1->setCoords(0, double(m_norms.limit));
    m_limit->point2->setCoords(1, double(m_norms.limit));
    m_limit->setVisible(!tokens.isEmpty());
    const double highest = norms.isEmpty() ? 1 : *std::ranges::max_element(norms);
    plot().xAxis->setRange(-0.5, std::max<double>(1, double(tokens.size())) - 0.5);
    plot().yAxis->setRange(0, 1.08 * std::max({highest, double(m_norms.limit), 1e-9}));
    plot().xAxis->setLabel(tr("token"));
    plot().yAxis->setLabel(tr("length of its hidden state"));
    redraw();
    m_summary->setText(summary());
    setAccessibleName(tr("Length of every token's hidden state"));
    setAccessibleDescription(m_summary->text());
}

QString TokenNormsView::summary() const
{
    if (m_norms.norms.empty()) return tr("Open a picture or a text.");
    if (m_norms.outliers.empty()) return tr("Layer %1: no token is an outlier.").arg(m_heads->layer());
    std::vector<int> longest = m_norms.outliers;
    std::ranges::sort(longest,
                      [this](int a, int b) { return m_norms.norms[std::size_t(a)] > m_norms.norms[std::size_t(b)]; });
    QStringList names;
    const TokenLayout& layout = m_model->rows()->layoutOf(m_heads->layer());
    for (std::size_t i = 0; i < std::min(kNamed, longest.size()); ++i) names << layout.name(longest[i]);
    return tr("Layer %1: %n outliers, longest first: %2", nullptr, int(longest.size()))
        .arg(m_heads->layer())
        .arg(names.join(QStringLiteral(", ")));
}

// The token under the click becomes the query.
void TokenNormsView::mousePressEvent(QMouseEvent* event)
{
    const double x = plot().mapFrom(this, event->position()).x();
    const int nearest = int(std::lround(plot().xAxis->pixelToCoord(x)));
    if (nearest < 0 || std::size_t(nearest) >= m_norms.norms.size()) return;
    m_tokens->setToken(m_model->rows()->layoutOf(m_heads->layer()).middle(nearest));
}

void TokenNormsView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

} // namespace headlens
