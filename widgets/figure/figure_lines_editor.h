// SPDX-License-Identifier: GPL-3.0-or-later
// What changes from row to row (or column to column), and through which values.
#pragma once

#include "widgets/figure/figure_spec.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace headlens {

class FigureLinesEditor : public QWidget {
    Q_OBJECT
public:
    // `name`: "Rows", "Columns", with its mnemonic.
    explicit FigureLinesEditor(const QString& name, QWidget* parent = nullptr);

    // Pictures are the inputs of the figure.
    void set(const FigureLines& lines, const QList<FigureInput>& inputs);
    FigureLines lines() const;
    QList<FigureInput> inputs() const; // as they are or as they were edited here
    void forbid(FigureAxis what);      // the other side has it

Q_SIGNALS:
    void changed();

private:
    void build(const QString& name);
    void showFields();
    void chooseFiles();
    FigureAxis what() const;
    QStringList typedLines() const;

    QList<FigureInput> m_inputs;
    QComboBox* m_what;
    QLineEdit* m_numbers;
    QPlainTextEdit* m_names;
    QPushButton* m_add;
    QLabel* m_hint;
};

} // namespace headlens
