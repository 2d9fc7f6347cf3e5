// SPDX-License-Identifier: GPL-3.0-or-later
// What the method on the canvas is: its sentence, formula, source, settings, and what it costs here. Window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QList>
#include <QScrollArea>
#include <QStringList>

class QLabel;

namespace headlens {

class MethodPage : public QScrollArea {
    Q_OBJECT
public:
    MethodPage(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);
    QString text() const; // all lines

protected:
    void changeEvent(QEvent* event) override;

private:
    QStringList linesOf(const verbs::MethodInfo& method) const;
    void follow();

    InspectionModel* m_model;
    Selection* m_selection;
    QLabel *m_title, *m_words;
};

} // namespace headlens
