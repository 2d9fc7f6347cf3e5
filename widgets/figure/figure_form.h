// SPDX-License-Identifier: GPL-3.0-or-later
// Everything about a figure that can be chosen, each with its name.
#pragma once

#include "widgets/figure/figure_starts.h"

#include <QScrollArea>

#include <functional>

class QComboBox;
class QFormLayout;

namespace headlens {

class FigureLinesEditor;

class FigureForm : public QScrollArea {
    Q_OBJECT
public:
    explicit FigureForm(QWidget* parent = nullptr);

    void set(const FigureSpec& spec);
    const FigureSpec& spec() const { return m_spec; }
    void offer(const FigureChoices& choices);
    // What is wrong is marked: what was found with the spec, and what is typed and cannot be read.
    void setProblems(const std::vector<FigureProblem>& found);
    std::vector<FigureProblem> problems() const;

Q_SIGNALS:
    void changed(); // by a person

private:
    struct Range {
        double low, high, step;
        QString unit = {};
        int decimals = 0;
    };
    template <class Field>
    using FieldOf = Field& (*)(FigureSpec&);

    QFormLayout* group(const QString& title);
    void add(QFormLayout* form, const QString& name, QWidget* control);
    // Each shows a field and changes it.
    template <class Enum>
    QWidget* choice(QFormLayout* form, const QString& name, FieldOf<Enum> field);
    template <class Number>
    QWidget* number(QFormLayout* form, const QString& name, const Range& range, FieldOf<Number> field);
    QWidget* onOff(QFormLayout* form, const QString& name, FieldOf<bool> field);
    QComboBox* typed(QFormLayout* form, const QString& name, const QString& hint, FieldOf<QString> field);
    QWidget* paragraph(QFormLayout* form, const QString& name, const QString& hint, FieldOf<QString> field);
    void oneOf(QFormLayout* form, const QString& name, const QList<std::pair<QString, QString>>& values,
               FieldOf<QString> field);
    // Without an effect it is grey.
    void enableWhile(QWidget* control, bool (*has)(const FigureSpec&));
    void showEffects();
    void mark();
    void buildLines();
    void buildSubject();
    void buildLook();
    void buildSheet();
    void takeLines();
    void edited();

    FigureSpec m_spec;
    FigureLinesEditor* m_rows;
    FigureLinesEditor* m_columns;
    QComboBox* m_query = nullptr;
    QComboBox* m_map = nullptr;
    std::map<FigureField, QWidget*> m_fields;  // where problems are marked; rows and columns mark their own
    std::vector<FigureProblem> m_problems;     // that were found
    std::vector<std::function<void()>> m_show; // the fields of m_spec in their controls
    std::vector<std::pair<QWidget*, bool (*)(const FigureSpec&)>> m_effects;
    bool m_isSetting = false;
};

} // namespace headlens
