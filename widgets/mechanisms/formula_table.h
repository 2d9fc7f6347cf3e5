// SPDX-License-Identifier: GPL-3.0-or-later
// The formula of attention with live numbers: the line itself with the part that is computed now framed, the query as
// bars, and a table of keys whose columns appear step by step. Window's thread.
#pragma once

#include "widgets/mechanisms/formula.h"

#include <QStringList>
#include <QWidget>

#include <functional>

namespace headlens {

class FormulaTable : public QWidget {
    Q_OBJECT
public:
    explicit FormulaTable(QWidget* parent = nullptr);

    // `nameOf` a key of the block.
    void setFormula(const Formula& formula, std::function<QString(int key)> nameOf);
    void setStep(FormulaStep step);
    QString nameOf(const FormulaRow& row) const; // "12 others together" of the last
    // The table of the step as text, a line a key: for screen readers and tests.
    QStringList lines() const;
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return minimumSizeHint().expandedTo({340, 0}); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    static constexpr double kQueryBars = 34; // height
    struct Column {
        FormulaStep step;
        QString title;
    };
    struct Piece { // of the formula's line
        FormulaStep step;
        QString text;
    };
    std::vector<Column> columns() const; // those that have been computed
    std::vector<Piece> pieces() const;
    QString cell(const FormulaRow& row, FormulaStep step) const;
    QString totalOf(FormulaStep step) const;
    double lineHeight() const { return fontMetrics().height() + 4.0; }
    double nameWidth() const;
    void paintFormula(QPainter& painter, const QRectF& area) const;
    void paintQuery(QPainter& painter, const QRectF& area) const;
    std::vector<QRectF> columnRects(const QRectF& area) const;
    void paintColumn(QPainter& painter, const Column& column, const QRectF& top, FormulaStep shows) const;
    void paintNumbers(QPainter& painter, const QRectF& area) const;
    void paintSum(QPainter& painter, const QRectF& area) const;

    Formula m_formula;
    std::function<QString(int)> m_nameOf;
    FormulaStep m_step = FormulaStep::Query;
};

} // namespace headlens
