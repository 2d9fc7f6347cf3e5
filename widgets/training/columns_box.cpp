// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/columns_box.h"

#include <QGridLayout>

#include <algorithm>

namespace headlens {

ColumnsBox::ColumnsBox(QWidget* parent) : QWidget(parent), m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
    setMinimumWidth(kNarrowest / 2); // not that of all columns side by side: then they could never part
}

void ColumnsBox::setParts(const std::vector<QWidget*>& parts)
{
    for (QWidget* part : m_parts) delete part;
    m_parts = parts;
    m_columns = 0;
    arrange();
    setVisible(!m_parts.empty());
}

void ColumnsBox::arrange()
{
    if (m_parts.empty()) return;
    const int columns = std::clamp(width() / kNarrowest, 1, int(m_parts.size()));
    if (columns == m_columns) return;
    for (int i = 0; i < std::max(columns, m_layout->columnCount()); ++i)
        m_layout->setColumnStretch(i, i < columns ? 1 : 0);
    m_columns = columns;
    const int count = int(m_parts.size());
    for (int i = 0; i < count; ++i) {
        QWidget* part = m_parts[std::size_t(i)];
        m_layout->removeWidget(part);
        const int column = i % columns, span = i + 1 == count ? columns - column : 1; // the last one has the rest
        m_layout->addWidget(part, i / columns, column, 1, span);
    }
}

void ColumnsBox::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace headlens
