// SPDX-License-Identifier: GPL-3.0-or-later
// A large map of the head that is looked at, in the corner of the pane that is farthest from it: never over its cell.
#pragma once

#include "widgets/viewmodel/head_choice.h"

#include <QTimer>
#include <QWidget>

namespace headlens {

class DisplaySettings;
class HeadOrder;
class InspectionModel;

// Where it stands in `pane`, as large as `wanted` or as fits beside `cell`; empty: there is no room.
QRect magnifierRect(const QRect& pane, const QRect& cell, const QSize& wanted, const QSize& least);

class HeadMagnifier : public QWidget {
    Q_OBJECT
public:
    HeadMagnifier(const InspectionModel* model, const DisplaySettings* display, const HeadOrder* order,
                  QWidget* parent);

    bool isOn() const { return m_isOn; }
    void setOn(bool on);
    // `cell` in pixels of the parent, `pane` what it may lie over.
    void lookAt(const HeadPlace& place, const QRect& cell, const QRect& pane);
    void lookAway();
    const HeadPlace& place() const { return m_place; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void comeUp();
    QSize sizeOf(int map) const; // with its texts
    QStringList lines() const;
    void markQuery(QPainter& painter, const QRectF& map) const;

    const InspectionModel* m_model;
    const DisplaySettings* m_display;
    const HeadOrder* m_order;
    HeadPlace m_place{-1, 0};
    QRect m_cell, m_pane;
    QTimer m_wait; // who only passes by is left alone
    bool m_isOn = true;
};

} // namespace headlens
