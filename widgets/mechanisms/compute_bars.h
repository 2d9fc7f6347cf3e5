// SPDX-License-Identifier: GPL-3.0-or-later
// What every block computes, as its share of the block with all tokens. Window's thread.
#pragma once

#include "widgets/mechanisms/routing.h"

#include <QWidget>

namespace headlens {

class ComputeBars : public QWidget {
    Q_OBJECT
public:
    explicit ComputeBars(QWidget* parent = nullptr);

    void setLoads(const std::vector<BlockLoad>& loads);
    const std::vector<BlockLoad>& loads() const { return m_loads; }
    static QString sentence(const std::vector<BlockLoad>& loads); // of all blocks together
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return minimumSizeHint().expandedTo({320, 0}); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    double lineHeight() const { return fontMetrics().height() + 4.0; }
    QString nameOf(int block) const;
    void tell();

    std::vector<BlockLoad> m_loads;
};

} // namespace headlens
