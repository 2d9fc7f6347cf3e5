// SPDX-License-Identifier: GPL-3.0-or-later
// What the chosen study is: what it says, its formula and source, what it costs, and an editor for every setting.
// Window's thread.
#pragma once

#include <QWidget>

class QLabel;

namespace headlens {

class Studies;

class StudyPad : public QWidget {
    Q_OBJECT
public:
    explicit StudyPad(Studies* studies, QWidget* parent = nullptr);
    // Below a widget, as a menu would open; gone when it is left.
    static QWidget* open(Studies* studies, QWidget* at);

private:
    void describe();

    Studies* m_studies;
    QLabel* m_about;
};

} // namespace headlens
