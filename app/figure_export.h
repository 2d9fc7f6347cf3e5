// SPDX-License-Identifier: GPL-3.0-or-later
// File > Export: what the window shows as a file, a figure or numbers. The engine writes its bytes.
#pragma once

#include "core/wire/verbs_export.h"

#include <QObject>
#include <QString>
#include <QStringList>

namespace headlens {

class DisplaySettings;
class HeadChoice;
class InspectionModel;
class MessageBar;
class Selection;
class TokenChoice;

class FigureExport : public QObject {
    Q_OBJECT
public:
    FigureExport(InspectionModel* inspection, Selection* selection, DisplaySettings* display, MessageBar* messages,
                 QWidget* parent);

    // The kind (verbs::Export::what) of what lies over the picture.
    QString shownKind() const;
    // Endings of the files that a kind can be written as with the model at hand, the usual one first; none: it has
    // nothing of this kind.
    QStringList formatsOf(const QString& what) const;
    // As the window shows it now; without what and format.
    verbs::Export request() const;

    // Asks for a file, then writes it.
    void choose(const QString& what);
    // The ending decides the format; a name without one gets the usual one. Says in the message bar what became of it.
    void write(const QString& what, QString path);

private:
    bool has(const QString& what); // says why not

    InspectionModel* m_inspection;
    Selection* m_selection;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    DisplaySettings* m_display;
    MessageBar* m_messages;
    QWidget* m_window;
};

} // namespace headlens
