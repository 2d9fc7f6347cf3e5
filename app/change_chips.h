// SPDX-License-Identifier: GPL-3.0-or-later
// In the top bar, seen in every workspace: what of the model is off, and the baseline that maps are compared with. A
// click takes it back; nothing is shown while all is as trained. Where one compares, the shown run can be made the
// baseline.
#pragma once

#include <QWidget>

class QToolButton;

namespace headlens {

class InspectionModel;

class ChangeChips : public QWidget {
    Q_OBJECT
public:
    explicit ChangeChips(InspectionModel* model, QWidget* parent = nullptr);

    QToolButton* changes() const { return m_changes; }
    QToolButton* baseline() const { return m_baseline; }
    void offerBaseline(bool offers); // while there is none

protected:
    void changeEvent(QEvent* event) override;

private:
    void tell();
    void tellBaseline();

    InspectionModel* m_model;
    QToolButton *m_changes, *m_baseline;
    bool m_offers = false;
};

} // namespace headlens
