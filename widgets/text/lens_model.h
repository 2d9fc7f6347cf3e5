// SPDX-License-Identifier: GPL-3.0-or-later
// The logit lens as a table: a line a layer, the last on top, a column a token. Window's thread.
#pragma once

#include "core/wire/verbs_lens.h"

#include <QAbstractTableModel>
#include <QColor>
#include <QStringList>

namespace headlens {

class LensModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    // `tokens`: how they are shown, as many as the table has columns. An empty table shows nothing.
    void show(verbs::LensTable table, QStringList tokens, const QColor& pane, const QColor& strong);
    const verbs::LensTable& table() const { return m_table; }
    int layerOf(int row) const { return rowCount() - 1 - row; } // 0: the embedding
    int tokenOf(int column) const { return m_table.of.begin + column; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const std::string& bestOf(int layer, int column) const;
    QString tipOf(int layer, int column) const;
    QColor groundOf(int layer, int column) const;

    verbs::LensTable m_table;
    QStringList m_tokens;
    QColor m_pane, m_strong;
};

} // namespace headlens
