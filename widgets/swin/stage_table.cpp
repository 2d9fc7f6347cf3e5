// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/swin/stage_table.h"
#include "widgets/viewmodel/live_rows.h"

#include <QEvent>
#include <QHeaderView>
#include <QSignalBlocker>

namespace headlens {

StageTable::StageTable(InspectionModel* model, Selection* selection, QWidget* parent)
    : QTableWidget(parent), m_model(model), m_heads(selection->heads())
{
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    verticalHeader()->hide();
    connect(model, &InspectionModel::inputChanged, this, &StageTable::rebuild);
    connect(m_heads, &HeadChoice::changed, this, &StageTable::follow);
    connect(this, &QTableWidget::currentCellChanged, this, [this](int row) {
        if (row >= 0) m_heads->setLayer(row);
    });
    rebuild();
}

void StageTable::rebuild()
{
    const QSignalBlocker quiet(this);
    setAccessibleName(tr("Blocks of the model"));
    const auto& blocks = m_model->model().blocks;
    const QStringList titles{tr("Layer"), tr("Stage"),  tr("Tokens"), tr("Width"),
                             tr("Heads"), tr("Window"), tr("Shift")};
    setColumnCount(int(titles.size()));
    setHorizontalHeaderLabels(titles);
    setRowCount(m_model->hasInput() ? int(blocks.size()) : 0);
    for (int row = 0; row < rowCount(); ++row) {
        const verbs::BlockOutline& block = blocks[std::size_t(row)];
        const verbs::BlockGrid& grid = m_model->rows()->layoutOf(row).block;
        const auto pair = [](int a, int b) { return QStringLiteral("%1 × %2").arg(a).arg(b); };
        const QString stage = block.tower.empty() ? QString::number(block.stage) : tr("decoder");
        const QStringList texts{QString::number(row),
                                stage,
                                pair(grid.gridHeight, grid.gridWidth),
                                QString::number(block.width),
                                QString::number(block.heads),
                                isWindowed(grid) ? pair(grid.windowHeight, grid.windowWidth) : tr("all"),
                                isWindowed(grid) && (grid.shiftY > 0 || grid.shiftX > 0)
                                    ? pair(grid.shiftY, grid.shiftX)
                                    : QStringLiteral("–")};
        for (int column = 0; column < texts.size(); ++column) {
            auto* item = new QTableWidgetItem(texts[column]); // owned by the table
            item->setTextAlignment(Qt::AlignCenter);
            setItem(row, column, item);
        }
    }
    explainColumns();
    resizeColumnsToContents();
    follow();
}

void StageTable::explainColumns()
{
    enum Column { Stage = 1, Window = 5, Shift = 6 };
    horizontalHeaderItem(Stage)->setToolTip(
        tr("Layers with a map of one size. Before the next stage, 2 × 2 patches become one."));
    horizontalHeaderItem(Window)->setToolTip(tr("How many patches look at each other: rows × columns"));
    horizontalHeaderItem(Shift)->setToolTip(tr("How many patches the windows are moved in this layer; –: not at all"));
}

void StageTable::follow()
{
    const QSignalBlocker quiet(this);
    if (m_heads->layer() < rowCount()) setCurrentCell(m_heads->layer(), 0);
}

void StageTable::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) rebuild();
    QTableWidget::changeEvent(event);
}

} // namespace headlens
