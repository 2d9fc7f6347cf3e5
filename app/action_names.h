// SPDX-License-Identifier: GPL-3.0-or-later
// By what an action is found in the command palette beside its text.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

class QAction;

namespace headlens {

// Its text is a translation: the palette finds it in every language.
struct SourceText {
    QByteArray context, text;
    bool isEmpty() const { return text.isEmpty(); }
};
void setSourceText(QAction* action, const char* context, const char* text);
SourceText sourceText(const QAction* action);

// It stands for a thing: a file, a model, a lesson.
struct ThingNames {
    QString id;         // the same in every language
    QString name;       // empty: the text of the action
    QString detail;     // behind the name
    QStringList others; // that find it as well
};
void setThing(QAction* action, const ThingNames& names);
ThingNames thingOf(const QAction* action); // without an id: it stands for none

} // namespace headlens
