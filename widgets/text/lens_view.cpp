// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/text/lens_view.h"

#include "widgets/style/tokens.h"
#include "widgets/text/token_pieces.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/selection.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {

bool hasLens(const InspectionModel& model)
{
    const verbs::TextAbilities& can = model.model().text;
    return model.hasInput() && (can.writes || can.isMaskedLm);
}

LensView::LensView(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()), m_words(new QLabel),
      m_table(new QTableView), m_lens(new LensModel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kTight, kTight, kTight, kTight);
    layout->addWidget(m_words);
    layout->addWidget(m_table, 1);
    m_words->setWordWrap(true);
    m_table->setModel(m_lens);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    connect(m_table, &QTableView::clicked, this, &LensView::choose);
    connect(m_table, &QTableView::activated, this, &LensView::choose);
    connect(model, &InspectionModel::inputChanged, this, [this] {
        m_asked = {-1, 0, 0};
        ask();
    });
    connect(m_tokens, &TokenChoice::changed, this, &LensView::ask);
    connect(m_heads, &HeadChoice::changed, this, &LensView::follow);
    retranslate();
}

int LensView::textStream() const
{
    const auto& streams = m_model->input().streams;
    const auto hasWords = [&](int one) {
        return one >= 0 && std::size_t(one) < streams.size() && !streams[std::size_t(one)].tokens.empty();
    };
    if (hasWords(m_tokens->query().stream)) return m_tokens->query().stream;
    for (int i = int(streams.size()) - 1; i >= 0; --i) // a decoder stands behind what it hears
        if (hasWords(i)) return i;
    return -1;
}

// The tokens around the chosen one, as many as a question may have; the same ones while it stays among them.
void LensView::ask()
{
    if (!isVisible() || !hasLens(*m_model)) return; // showEvent() catches up
    const int stream = textStream();
    if (stream < 0) return;
    const int all = int(m_model->input().streams[std::size_t(stream)].tokens.size());
    const int query = m_tokens->query().stream == stream ? m_tokens->query().token : all - 1;
    if (m_asked.stream == stream && query >= m_asked.begin && query < m_asked.end) return follow();
    const int begin = std::clamp(query - verbs::kMostLensTokens / 2, 0, std::max(0, all - verbs::kMostLensTokens));
    m_asked = {stream, begin, std::min(all, begin + verbs::kMostLensTokens)};
    headlens::ask(m_model, verbs::kLensTable, m_asked, this, [this](const verbs::LensTable& table) { take(table); },
                  {.quiet = true});
}

void LensView::take(const verbs::LensTable& table)
{
    if (table.of.stream != m_asked.stream || table.of.begin != m_asked.begin) return;
    const Tones tones = tonesOf(palette());
    const auto& streams = m_model->input().streams;
    QStringList tokens;
    if (std::size_t(table.of.stream) < streams.size())
        for (const TokenPiece& piece : piecesOf(streams[std::size_t(table.of.stream)], false)) tokens << piece.text;
    m_lens->show(table, tokens.mid(table.of.begin, table.of.end - table.of.begin), tones.canvas, tones.accent);
    m_table->resizeColumnsToContents();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kTight);
    retranslate();
    follow();
}

int LensView::blockOf(int layer) const
{
    const auto& blocks = m_model->input().blocks;
    int count = 0;
    for (int i = 0; i < int(blocks.size()); ++i) {
        const verbs::BlockGrid& block = blocks[std::size_t(i)];
        if (block.queryStream != m_asked.stream || block.queryStream != block.keyStream) continue;
        if (++count == std::max(1, layer)) return i;
    }
    return -1;
}

void LensView::choose(const QModelIndex& index)
{
    if (const int block = blockOf(m_lens->layerOf(index.row())); block >= 0) m_heads->setLayer(block);
    m_tokens->hover({m_asked.stream, m_lens->tokenOf(index.column())});
}

// The chosen token and layer are the current cell.
void LensView::follow()
{
    const int column = m_tokens->query().token - m_lens->table().of.begin;
    if (m_tokens->query().stream != m_asked.stream || column < 0 || column >= m_lens->columnCount()) return;
    for (int row = 0; row < m_lens->rowCount(); ++row)
        if (m_lens->layerOf(row) > 0 && blockOf(m_lens->layerOf(row)) == m_heads->layer())
            return m_table->setCurrentIndex(m_lens->index(row, column));
    m_table->scrollTo(m_lens->index(0, column));
}

void LensView::retranslate()
{
    m_table->setAccessibleName(tr("Logit lens: what every layer would say"));
    const bool isThere = m_lens->rowCount() > 0;
    m_words->setText(isThere ? tr("What each layer would say next if it were the last; the darker, the higher it ranks "
                                  "the word that stands there")
                             : tr("Nothing to show: the model predicts no words, or hidden states were not kept"));
}

void LensView::showEvent(QShowEvent*)
{
    ask();
}

void LensView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::PaletteChange && m_lens->rowCount() > 0) take(m_lens->table());
    QWidget::changeEvent(event);
}

} // namespace headlens
