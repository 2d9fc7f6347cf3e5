// SPDX-License-Identifier: GPL-3.0-or-later
// What the help window lists: keys as the menus have them, gestures, words.
#pragma once

#include <QList>
#include <QString>

class QMenuBar;
class QPalette;

namespace headlens {

struct HelpRow {
    QString section; // a heading stands above the first of each
    QString left, right;
    QString id; // of a word
};

QList<HelpRow> keyRows(const QMenuBar& menus); // every action that has a key, by its menu
QList<HelpRow> gestureRows();
QList<HelpRow> wordRows();

// Those that hold what is typed, as a page; the row `marked` stands out and can be scrolled to by its id.
QString pageOf(const QList<HelpRow>& rows, const QString& typed, const QString& marked, const QPalette& colours);

} // namespace headlens
