// SPDX-License-Identifier: GPL-3.0-or-later
// The menu that takes the shown matrix of a study out of the window: as a table to the clipboard, as CSV, as PNG. What
// is of an earlier input or choice stays here: a file would not say so. Window's thread.
#pragma once

#include <QObject>

class QAction;
class QMenu;
class QWidget;

namespace headlens {

class HeatMatrix;
class Studies;

class StudyExport : public QObject {
    Q_OBJECT
public:
    StudyExport(Studies* studies, HeatMatrix* matrix, QWidget* owner);

    QMenu* menu() const { return m_menu; }
    void follow(); // there is something to take out, or no longer
    // As the ending of the file says: .csv the numbers, .png the matrix.
    void write(const QString& file);
    void retranslate();

Q_SIGNALS:
    void told(const QString& sentence); // how it went

private:
    void ask(const QString& ending, const QString& filter);
    void copy();

    Studies* m_studies;
    HeatMatrix* m_matrix;
    QWidget* m_owner;
    QMenu* m_menu;
    QAction *m_copy, *m_csv, *m_png;
};

} // namespace headlens
