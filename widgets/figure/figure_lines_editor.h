// SPDX-License-Identifier: GPL-3.0-or-later
// What changes from row to row (or column to column), and through which values.
#pragma once

#include "widgets/figure/figure_starts.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
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
    void offer(const FigureChoices& choices) { m_choices = choices; }
    QString problem() const; // with what is typed; its numbers stay as they were. Empty: none
    void mark(const QString& why);

Q_SIGNALS:
    void changed();

private:
    void build(const QString& name);
    void showFields();
    void chooseFiles();
    FigureAxis what() const;
    QStringList typedLines() const;
    QStringList typedNames() const;
    void fillMenu();
    void hear(); // what was typed, if it is something else

    QList<FigureInput> m_inputs;
    FigureChoices m_choices;
    QList<int> m_good; // the last numbers that could be read
    QString m_heard;   // of the numbers
    QMenu* m_menu;     // of what there is to choose from
    QComboBox* m_what;
    QLineEdit* m_numbers;
    QPlainTextEdit* m_names;
    QPushButton* m_add;
    QLabel* m_hint;
};

} // namespace headlens
