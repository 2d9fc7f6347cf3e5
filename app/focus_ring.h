// SPDX-License-Identifier: GPL-3.0-or-later
// A frame around whatever the keyboard has reached, so that one sees where it is: widgets that paint themselves show no
// focus of their own, and some styles hardly do. Not after a click, as browsers have it.
#pragma once

#include <QObject>
#include <QPointer>
#include <QWidget>

namespace headlens {

class FocusRing : public QObject {
    Q_OBJECT
public:
    // Watches the widgets of `window`, which owns the ring; lives as long as it.
    explicit FocusRing(QWidget* window);

    // Where the ring is drawn; null: nowhere.
    const QWidget* around() const { return m_frame == nullptr ? nullptr : m_frame->parentWidget(); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show(QWidget* focused);
    void hide();
    QPointer<QWidget> m_frame; // a child of what it surrounds, and gone with it
};

} // namespace headlens
