// SPDX-License-Identifier: GPL-3.0-or-later
// Bars that lie below each other, each between its name and its number, on tracks that are as long as the highest.
// Window's thread.
#pragma once

#include "widgets/plots/chart.h"

#include <vector>

class QCPBars;

namespace headlens {

class BarRows : public Chart {
    Q_OBJECT
protected:
    enum class Kind : int { One, Pair }; // Pair: two bars a row, solid above hatched
    struct Row {
        QString name, number;
        double value = 0, second = 0; // second: of a pair
    };
    BarRows(Kind kind, QWidget* parent);

    void setRows(const std::vector<Row>& rows, double highest);
    void setRoom(int rows); // that are shown; kept where there are fewer, so that nothing jumps
    void setNames(const QString& first, const QString& second); // of a pair, in the legend
    void setEmptyText(const QString& text);                     // where there are no rows

    void style() override;
    void fit() override;
    QString tipAt(const QPointF& point) const override;

private:
    QCPBars* addBars(double wide);
    double lineHeight() const { return fontMetrics().height() + 4.0; }

    std::vector<Row> m_rows;
    Kind m_kind;
    QCPBars *m_track, *m_first, *m_second = nullptr;
    QCPTextElement* m_empty = nullptr;
    double m_highest = 1;
    int m_room = -1; // -1: as many as there are
};

} // namespace headlens
