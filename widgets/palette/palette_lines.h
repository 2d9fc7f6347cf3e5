// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of the command palette: what was found, and how a line is painted.
#pragma once

#include "widgets/palette/palette_index.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace headlens {

class PaletteLines : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void set(const QList<PaletteHit>& hits);
    const PaletteHit& at(int row) const { return m_hits[row]; }
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_hits.size()); }
    // What screen readers say of a line.
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<PaletteHit> m_hits;
};

class PaletteLinePainter : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit PaletteLinePainter(PaletteLines* lines);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    PaletteLines* m_lines;
};

} // namespace headlens
