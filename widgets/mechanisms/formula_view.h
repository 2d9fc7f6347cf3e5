// SPDX-License-Identifier: GPL-3.0-or-later
// The formula of attention computed in front of the learner, for the chosen head and token: forwards and backwards step
// by step. Window's thread.
#pragma once

#include "widgets/mechanisms/formula.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace headlens {

class FormulaTable;

class FormulaView : public QWidget {
    Q_OBJECT
public:
    FormulaView(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    const Formula& formula() const { return m_formula; } // empty: the title says why
    FormulaTable* table() const { return m_table; }
    FormulaStep step() const;
    int stepNumber() const { return m_at; } // from 0
    void setStepNumber(int at);
    QSize sizeHint() const override { return {360, 520}; }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    std::optional<verbs::RowQuestion> question(QString& why) const;
    TokenLayout layoutOfQueries(int layer) const;
    void ask();
    void take(const verbs::RowFormula& row);
    void say(const QString& why);

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    QLabel *m_title, *m_text;
    FormulaTable* m_table;
    QPushButton *m_back, *m_next;
    Formula m_formula;
    QString m_why; // nothing is shown because
    int m_at = 0;
    bool m_stale = false; // the numbers are of the run before
};

} // namespace headlens
