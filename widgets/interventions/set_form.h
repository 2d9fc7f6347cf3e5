// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for the sets of inputs that a change takes: a folder of pictures or a file of texts, one or two of them; lets
// the engine run them, and makes the change. Window's thread.
#pragma once

#include "core/wire/verbs.h"

#include <QStringList>
#include <QWidget>

#include <array>
#include <string>

class QLabel;
class QPushButton;

namespace headlens {

class ElidedLabel;
class FieldButton;
class InspectionModel;
class SetAverage;

class SetForm : public QWidget {
    Q_OBJECT
public:
    explicit SetForm(InspectionModel* model, QWidget* parent = nullptr);

    void setChange(const verbs::Change& change); // what is made: its kind and place; the sets stay those chosen last
    const verbs::Change& change() const { return m_change; }
    void setSet(int which, const QString& path); // 0 the first, 1 the one that is taken off
    FieldButton* field(int which) const { return m_sets[std::size_t(which)].field; }
    QPushButton* apply() const { return m_apply; }
    QPushButton* stop() const { return m_stop; }
    QString note() const;

Q_SIGNALS:
    void made(); // the change

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill(int which);
    void begin();
    void make();
    void say();
    int sets() const; // that the kind takes

    InspectionModel* m_model;
    SetAverage* m_average;
    verbs::Change m_change, m_making;
    struct Set {
        FieldButton* field;
        QString path;
    };
    std::array<Set, 2> m_sets;
    QLabel* m_title;
    QPushButton *m_apply, *m_stop;
    ElidedLabel* m_note;
};

} // namespace headlens
