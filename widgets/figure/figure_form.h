// SPDX-License-Identifier: GPL-3.0-or-later
// Everything about a figure that can be chosen, each with its name.
#pragma once

#include "widgets/figure/figure_spec.h"

#include <QScrollArea>

#include <functional>

class QFormLayout;

namespace headlens {

class FigureLinesEditor;

class FigureForm : public QScrollArea {
    Q_OBJECT
public:
    explicit FigureForm(QWidget* parent = nullptr);

    void set(const FigureSpec& spec);
    const FigureSpec& spec() const { return m_spec; }

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
    void choice(QFormLayout* form, const QString& name, FieldOf<Enum> field);
    template <class Number>
    void number(QFormLayout* form, const QString& name, const Range& range, FieldOf<Number> field);
    void onOff(QFormLayout* form, const QString& name, FieldOf<bool> field);
    void text(QFormLayout* form, const QString& name, const QString& hint, FieldOf<QString> field);
    void paragraph(QFormLayout* form, const QString& name, const QString& hint, FieldOf<QString> field);
    void oneOf(QFormLayout* form, const QString& name, const QList<std::pair<QString, QString>>& values,
               FieldOf<QString> field);
    void buildLines();
    void buildSubject();
    void buildLook();
    void buildSheet();
    void takeLines();
    void edited();

    FigureSpec m_spec;
    FigureLinesEditor* m_rows;
    FigureLinesEditor* m_columns;
    std::vector<std::function<void()>> m_show; // the fields of m_spec in their controls
    bool m_isSetting = false;
};

} // namespace headlens
