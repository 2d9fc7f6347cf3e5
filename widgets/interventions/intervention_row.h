// SPDX-License-Identifier: GPL-3.0-or-later
// One intervention: what is changed, its factor where it has one, and a button that takes it back. Window's thread.
#pragma once

#include "core/wire/verbs.h"

#include <QWidget>

class QDoubleSpinBox;
class QSlider;
class QToolButton;

namespace headlens {

class ElidedLabel;

class InterventionRow : public QWidget {
    Q_OBJECT
public:
    explicit InterventionRow(const verbs::Change& change, QWidget* parent = nullptr);

    const verbs::Change& change() const { return m_change; }
    void setChange(const verbs::Change& change); // of the same place
    QSlider* slider() const { return m_slider; }
    QDoubleSpinBox* number() const { return m_number; }
    QToolButton* removal() const { return m_remove; }

Q_SIGNALS:
    void changed(const headlens::verbs::Change& change); // by the person
    void removed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void take(double factor);
    void retranslate();

    verbs::Change m_change;
    ElidedLabel* m_name;
    QSlider* m_slider;
    QDoubleSpinBox* m_number;
    QToolButton* m_remove;
};

} // namespace headlens
