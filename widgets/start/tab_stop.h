// SPDX-License-Identifier: GPL-3.0-or-later
// Makes many widgets one stop of the Tab key: the one that had the focus last, or the first. The arrow keys go from
// one to the other, which is up to whoever holds them.
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <QWidget>

namespace headlens {

class TabStop : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void setWidgets(const QList<QWidget*>& widgets);
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void choose(QWidget* chosen);

    QList<QPointer<QWidget>> m_widgets;
    QPointer<QWidget> m_chosen;
};

} // namespace headlens
