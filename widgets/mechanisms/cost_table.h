// SPDX-License-Identifier: GPL-3.0-or-later
// What every pattern costs at one size, a row each. Enter or a click on a row chooses its pattern. Window's thread.
#pragma once

#include "widgets/mechanisms/cost.h"

#include <QTableWidget>

namespace headlens {

class CostTable : public QTableWidget {
    Q_OBJECT
public:
    explicit CostTable(QWidget* parent = nullptr);

    // `running` is ticked; tips say of patterns that are none of `choices` that the open model cannot be run so.
    void setShape(const AttentionShape& shape, const std::string& running, const std::vector<std::string>& choices);
    std::string patternAt(int row) const;
    int rowOf(const std::string& pattern) const; // -1: there is none
    QStringList lines() const;                   // a row each, for those who do not see it

Q_SIGNALS:
    void chosen(const QString& pattern);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fill(int row, const AttentionShape& shape, bool runs, bool possible);
    void write(int row, int column, const QString& text, const QString& tip, bool runs);
    std::vector<int> widthsAt(double scale);
    void fitColumns();
};

} // namespace headlens
