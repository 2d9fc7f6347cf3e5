// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/row_plot.h"

#include "widgets/plots/plot_theme.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/live_rows.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>
#include <functional>
#include <numeric>

namespace headlens {
namespace {

constexpr int kAfterTheFrameMs = 8;

} // namespace

RowPlot::RowPlot(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_display(display), m_plot(new QCustomPlot(this)),
      m_mask(new QCheckBox(this)), m_share(new QSlider(Qt::Horizontal, this)), m_summary(new QLabel(this))
{
    buildPlot();
    buildControls();
    // After the frame with the heatmaps: it may wait, they may not.
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &RowPlot::rebuild);
    connect(model->rows(), &LiveRows::changed, &m_later, [this] {
        if (!m_later.isActive()) m_later.start(kAfterTheFrameMs);
    });
    connect(m_heads, &HeadChoice::changed, this, &RowPlot::rebuild);
    connect(display, &DisplaySettings::changed, this, &RowPlot::rebuild);
    retranslate();
    rebuild();
}

void RowPlot::buildPlot()
{
    m_bars = new QCPBars(m_plot->xAxis, m_plot->yAxis);
    m_bars->setWidth(1);
    m_bars->setPen(Qt::NoPen);
    m_mass = m_plot->addGraph(m_plot->xAxis, m_plot->yAxis2);
    m_keep = new QCPItemStraightLine(m_plot);
    m_cut = new QCPItemStraightLine(m_plot);
    for (QCPItemPosition* position : {m_keep->point1, m_keep->point2}) position->setAxes(m_plot->xAxis, m_plot->yAxis2);
    for (QCPItemStraightLine* line : {m_keep, m_cut}) line->setPen(QPen(QColor(230, 159, 0), 1, Qt::DashLine));
    m_plot->yAxis2->setVisible(true);
    m_plot->yAxis2->setRange(0, 1.02);
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->axisRect()->setRangeZoom(Qt::Horizontal);
    m_plot->axisRect()->setRangeDrag(Qt::Horizontal);
    m_plot->setFocusPolicy(Qt::StrongFocus);
    fitTicks(*m_plot, 5);
    applyTheme(*m_plot);
}

void RowPlot::buildControls()
{
    auto* controls = new QHBoxLayout;
    controls->addWidget(m_mask);
    controls->addWidget(m_share, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kTight, 0, kTight, kTight);
    constexpr int kLeast = 40; // a low pane keeps the words below it
    m_plot->setMinimumSize(kLeast, kLeast);
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_summary);
    layout->addLayout(controls);
    m_summary->setWordWrap(true);
    m_share->setRange(1, 100);
    connect(m_mask, &QCheckBox::toggled, this,
            [this](bool on) { m_display->change([on](Display& d) { d.maskByMass = on; }); });
    connect(m_share, &QSlider::valueChanged, this,
            [this](int percent) { m_display->change([percent](Display& d) { d.keepMass = percent / 100.0; }); });
}

void RowPlot::retranslate()
{
    m_plot->yAxis->setLabel(tr("weight"));
    m_plot->yAxis2->setLabel(tr("cumulative share"));
    m_plot->setAccessibleName(tr("Sorted weights of the current row"));
    m_mask->setText(tr("Show only the strongest"));
    nameTokens();
    m_share->setAccessibleName(tr("Share of the mass that is kept"));
}

// A text has no patches.
void RowPlot::nameTokens()
{
    const bool words = isOfText();
    m_plot->xAxis->setLabel(words ? tr("tokens, strongest first") : tr("patches, strongest first"));
    m_mask->setToolTip(
        words
            ? tr("Paint only the smallest set of tokens that holds this share of the mass")
            : tr("Paint only the smallest set of patches that holds this share of the mass (as the DINO authors do)"));
}

bool RowPlot::isOfText() const
{
    return m_model->hasInput() && !m_model->rows()->keyLayout().isPicture();
}

// What of the row special tokens hold; -1 where there are none. Among patches they stand first, in a text anywhere.
double RowPlot::specialShare(const std::vector<float>& row) const
{
    const double whole = std::accumulate(row.begin(), row.end(), 0.0);
    const TokenLayout& layout = m_model->rows()->keyLayout();
    const int stream = m_model->rows()->of().reverse ? layout.block.queryStream : layout.block.keyStream;
    const std::vector<verbs::Stream>& streams = m_model->input().streams;
    double held = 0;
    bool any = false;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const bool read = isOfText() && stream >= 0 && std::size_t(stream) < streams.size() &&
                          i < streams[std::size_t(stream)].tokens.size() &&
                          streams[std::size_t(stream)].tokens[i].special;
        if (!read && int(i) >= layout.excluded()) continue;
        any = true;
        held += double(row[i]);
    }
    return any ? held / std::max(whole, 1e-30) : -1;
}

// The row without the special tokens, as the mass mask of the DINO authors takes it.
void RowPlot::rebuild()
{
    if (!isVisible()) return; // behind another tab: showEvent() catches up
    const Display& display = m_display->get();
    nameTokens();
    m_mask->setChecked(display.maskByMass);
    m_share->setValue(int(display.keepMass * 100 + 0.5));
    const std::vector<float> row = m_model->rows()->current();
    const auto prefix = std::ptrdiff_t(std::min(row.size(), std::size_t(m_model->rows()->keyLayout().excluded())));
    std::vector<float> patches(row.begin() + prefix, row.end());
    if (const std::vector<bool> seen = m_model->rows()->reachable(m_heads->layer()); seen.size() == patches.size()) {
        std::size_t i = 0; // only what the query can see: its window, the patches that are not hidden
        std::erase_if(patches, [&](float) { return !seen[i++]; });
    }
    if (m_model->rows()->of().difference) return drawDifference(std::move(patches));
    const int kept = int(std::ranges::count(massMask(patches, display.keepMass), true));
    std::ranges::sort(patches, std::greater<>());
    const double total = std::accumulate(patches.begin(), patches.end(), 0.0);
    draw(patches, total, kept);
    if (patches.empty()) return m_summary->clear();
    const QString mass =
        isOfText() ? tr("%1 % of the mass lies on %2 of %3 tokens") : tr("%1 % of the mass lies on %2 of %3 patches");
    const QString where = mass.arg(m_share->value()).arg(kept).arg(patches.size());
    const double special = specialShare(row);
    m_summary->setText(
        special < 0 ? where : tr("%1; %2 % of the row is on special tokens").arg(where).arg(100 * special, 0, 'f', 1));
}

// Less and more around 0; a difference has no mass to cumulate.
void RowPlot::drawDifference(std::vector<float> patches)
{
    std::ranges::sort(patches, std::greater<>());
    draw(patches, 0, 0);
    const auto [low, high] = std::ranges::minmax_element(patches);
    if (patches.empty()) return m_summary->clear();
    const double most = std::max({double(*high), -double(*low), 1e-9});
    m_plot->yAxis->setRange(-1.05 * most, 1.05 * most);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    m_summary->setText(
        tr("Difference to the baseline: from %1 to %2").arg(double(*low), 0, 'g', 3).arg(double(*high), 0, 'g', 3));
}

void RowPlot::draw(const std::vector<float>& sorted, double total, int kept)
{
    QVector<double> ranks, weights, mass;
    double sum = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        sum += double(sorted[i]);
        ranks << double(i);
        weights << double(sorted[i]);
        mass << (total > 0 ? sum / total : 0);
    }
    m_bars->setBrush(palette().color(QPalette::Highlight));
    m_bars->setData(ranks, weights, true);
    m_mass->setPen(QPen(palette().color(QPalette::Text), 1.5));
    m_mass->setData(ranks, mass, true);
    const double keep = m_display->get().keepMass;
    m_keep->point1->setCoords(0, keep);
    m_keep->point2->setCoords(1, keep);
    m_cut->point1->setCoords(kept - 0.5, 0);
    m_cut->point2->setCoords(kept - 0.5, 1);
    if (int(sorted.size()) != m_patches) { // a zoom by hand survives the next hover
        m_patches = int(sorted.size());
        m_plot->xAxis->setRange(-0.5, std::max(1.0, m_patches - 0.5));
    }
    m_plot->yAxis->setRange(0, sorted.empty() || sorted[0] <= 0 ? 1 : double(sorted[0]) * 1.05);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void RowPlot::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    rebuild();
}

void RowPlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) applyTheme(*m_plot);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange) {
        retranslate();
        rebuild();
    }
    QWidget::changeEvent(event);
}

} // namespace headlens
