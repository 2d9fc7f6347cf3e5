// SPDX-License-Identifier: GPL-3.0-or-later
// A few words with their probabilities, a line each: word, bar, number. Window's thread.
#pragma once

#include "widgets/plots/bars.h"

namespace headlens {

struct ShareLine {
    QString word;
    double share = 0; // 0 to 1
};

class ChanceBars final : public BarRows {
    Q_OBJECT
public:
    explicit ChanceBars(QWidget* parent = nullptr) : BarRows(false, parent) {}
    using BarRows::setRoom;

    // `title`: what the numbers are of. `none`: what is said where there are no lines.
    void setLines(const QString& title, const std::vector<ShareLine>& lines, const QString& none);
    const std::vector<ShareLine>& lines() const { return m_lines; }
    QString title() const { return m_title; }

protected:
    void tell() override;
    QString tipAt(const QPointF& point) const override;

private:
    QString m_title, m_none;
    std::vector<ShareLine> m_lines;
};

} // namespace headlens
