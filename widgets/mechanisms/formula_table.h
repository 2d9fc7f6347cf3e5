// SPDX-License-Identifier: GPL-3.0-or-later
// The formula of attention with live numbers: the line itself with the part that is computed now framed, the query as
// bars, and a table of keys whose columns appear step by step. Window's thread.
#pragma once

#include "widgets/mechanisms/formula_content.h"

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
    const FormulaContent& content() const { return m_content; }
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return minimumSizeHint().expandedTo({340, 0}); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    double lineHeight() const { return fontMetrics().height() + 4.0; }
    double nameWidth() const;
    void paintFormula(QPainter& painter, const QRectF& area) const;
    void paintQuery(QPainter& painter, const QRectF& area) const;
    std::vector<QRectF> columnRects(const QRectF& area) const;
    void paintColumn(QPainter& painter, const FormulaContent::Column& column, const QRectF& top,
                     FormulaStep shows) const;
    void paintNumbers(QPainter& painter, const QRectF& area) const;
    void paintSum(QPainter& painter, const QRectF& area) const;

    FormulaContent m_content;
};

} // namespace headlens
