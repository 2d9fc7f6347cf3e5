// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/cost_table.h"

#include "widgets/mechanisms/switch_editor.h"

#include <QHeaderView>
#include <QScrollBar>

#include <algorithm>
#include <numeric>

namespace headlens {
namespace {

enum Column : int { Name, Pairs, Share, Work, Against, Memory, kColumns };

constexpr int kPadding = 6, kPaddingOfLines = 6; // pixels of a cell, both sides together
constexpr double kSmall = 0.86;

} // namespace

CostTable::CostTable(QWidget* parent) : QTableWidget(int(costedPatterns().size()), kColumns, parent)
{
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false); // Tab leaves, arrow keys go from row to row
    setWordWrap(false);
    setShowGrid(false);
    setAlternatingRowColors(true);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // the dock scrolls
    const auto choose = [this](int row) { Q_EMIT chosen(QString::fromStdString(patternAt(row))); };
    connect(this, &QTableWidget::cellClicked, this, choose);
    connect(this, &QTableWidget::cellActivated, this, choose);
}

std::string CostTable::patternAt(int row) const
{
    return row >= 0 && row < rowCount() ? costedPatterns()[std::size_t(row)] : std::string();
}

int CostTable::rowOf(const std::string& pattern) const
{
    const auto& all = costedPatterns();
    const auto found = std::ranges::find(all, pattern);
    return found == all.end() ? -1 : int(found - all.begin());
}

void CostTable::setShape(const AttentionShape& shape, const std::string& running,
                         const std::vector<std::string>& choices)
{
    setAccessibleName(tr("What every pattern costs"));
    setHorizontalHeaderLabels(
        {tr("Pattern"), tr("Pairs"), tr("of dense"), tr("Multiply-\nadds"), tr("against\ndense"), tr("Maps")});
    horizontalHeaderItem(Pairs)->setToolTip(tr("Pairs of a query and a key that get a weight, in one head"));
    horizontalHeaderItem(Work)->setToolTip(
        tr("Of one block, all heads: queries with keys, weights with values, and what the pattern itself needs. The "
           "projections before and after are the same for all and not counted."));
    horizontalHeaderItem(Memory)->setToolTip(tr("Memory of the weights of all heads, four bytes each"));
    for (int row = 0; row < rowCount(); ++row) {
        const std::string pattern = patternAt(row);
        fill(row, shape, pattern == running, std::ranges::find(choices, pattern) != choices.end());
    }
    fitColumns();
    setAccessibleDescription(lines().join(QLatin1Char('\n')));
}

void CostTable::fill(int row, const AttentionShape& shape, bool runs, bool possible)
{
    const std::string pattern = patternAt(row);
    const QString name = CostText::pattern(pattern);
    const QString tip = SwitchEditor::choiceText(pattern) + (runs       ? tr("\nThe model runs so now.")
                                                             : possible ? tr("\nEnter or a click runs the model so.")
                                                                        : tr("\nThis model cannot be run so."));
    write(row, Name, (runs ? QStringLiteral("✓ ") : QString()) + name, tip, runs);
    const auto cost = attentionCost(pattern, shape);
    const int span = cost ? 1 : kColumns - Pairs;
    if (columnSpan(row, Pairs) != span) setSpan(row, Pairs, 1, span);
    if (!cost) return write(row, Pairs, tr("needs a picture: a text has no grid"), tip, runs);
    const AttentionCost dense = *attentionCost("dense", shape);
    const QString pairs = (cost->average ? QStringLiteral("≈") : QString()) + CostText::count(cost->pairs);
    write(row, Pairs, pairs,
          cost->average ? tr("Which patches are added depends on chance: the mean over all draws")
                        : CostText::exactly(cost->pairs),
          runs);
    write(row, Share, CostText::share(cost->pairs, dense.pairs), {}, runs);
    write(row, Work, CostText::count(cost->multiplyAdds),
          cost->own > 0 ? tr("%1, of them %2 for what the pattern itself needs: means, mixtures or features")
                              .arg(CostText::exactly(cost->multiplyAdds), CostText::exactly(cost->own))
                        : CostText::exactly(cost->multiplyAdds),
          runs);
    write(row, Against,
          pattern == "dense" ? QStringLiteral("–") : CostText::against(cost->multiplyAdds, dense.multiplyAdds), {},
          runs);
    const QString memory = CostText::memory(cost->mapBytes);
    write(row, Memory, cost->holdsMap ? memory : QStringLiteral("(%1)").arg(memory),
          cost->holdsMap ? QString() : tr("Only to look at them: the pattern itself needs no weights"), runs);
}

void CostTable::write(int row, int column, const QString& text, const QString& tip, bool runs)
{
    if (item(row, column) == nullptr) setItem(row, column, new QTableWidgetItem); // owned by the table
    QTableWidgetItem* cell = item(row, column);
    QFont look = font();
    look.setBold(runs);
    cell->setFont(look);
    cell->setText(text);
    cell->setToolTip(tip);
    cell->setTextAlignment(Qt::AlignVCenter | (column == Name ? Qt::AlignLeft : Qt::AlignRight));
}

// The width that every column needs for its texts in letters of `scale`, which they get.
std::vector<int> CostTable::widthsAt(double scale)
{
    QFont head = font();
    head.setPointSizeF(font().pointSizeF() * scale);
    horizontalHeader()->setFont(head);
    std::vector<int> wide;
    for (int column = 0; column < kColumns; ++column) {
        int most = 0;
        for (const QString& word : horizontalHeaderItem(column)->text().split(QLatin1Char('\n')))
            most = std::max(most, QFontMetrics(head).horizontalAdvance(word));
        for (int row = 0; row < rowCount(); ++row) {
            QTableWidgetItem* cell = item(row, column);
            if (cell == nullptr) continue;
            QFont look = cell->font(); // bold where it runs
            look.setPointSizeF(head.pointSizeF());
            cell->setFont(look);
            if (column == Name || columnSpan(row, Pairs) == 1)
                most = std::max(most, QFontMetrics(look).horizontalAdvance(cell->text()));
        }
        wide.push_back(most + kPadding);
    }
    return wide;
}

// Smaller letters where a narrow dock needs them; what is left goes between the columns.
void CostTable::fitColumns()
{
    const int room = width() - 2 * frameWidth();
    std::vector<int> wide = widthsAt(1);
    const auto sum = [&] { return std::accumulate(wide.begin(), wide.end(), 0); };
    if (sum() > room) wide = widthsAt(kSmall);
    const int spare = std::max(0, room - sum()) / kColumns;
    for (int column = 0; column < kColumns; ++column) setColumnWidth(column, wide[std::size_t(column)] + spare);
    const int line = fontMetrics().height() + kPaddingOfLines;
    for (int row = 0; row < rowCount(); ++row) setRowHeight(row, line);
    const int bar = sum() > room ? horizontalScrollBar()->sizeHint().height() : 0;
    setFixedHeight(horizontalHeader()->sizeHint().height() + rowCount() * line + 2 * frameWidth() + bar);
}

void CostTable::resizeEvent(QResizeEvent* event)
{
    QTableWidget::resizeEvent(event);
    if (horizontalHeaderItem(0) != nullptr) fitColumns();
}

QStringList CostTable::lines() const
{
    const auto headerText = [this](int column) {
        return horizontalHeaderItem(column)->text().replace(QLatin1String("-\n"), QLatin1String("-")).simplified();
    };
    QStringList all;
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < (columnSpan(row, Pairs) > 1 ? Pairs + 1 : int(kColumns)); ++column)
            cells << (column == Name ? QString() : headerText(column) + QLatin1String(": ")) +
                         item(row, column)->text();
        all << cells.join(QLatin1String(", "));
    }
    return all;
}

} // namespace headlens
