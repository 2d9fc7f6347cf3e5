// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a lesson, whichever part of its sheet has the focus.
#pragma once

#include <QObject>

class QKeyEvent;
class QWidget;

namespace headlens {

class LessonKeys : public QObject {
    Q_OBJECT
public:
    explicit LessonKeys(QWidget* sheet);

    void watch(); // all parts that the sheet has now
    // Digits are keys only where a prediction is asked for.
    void setActive(bool isOpen, bool predicts);

Q_SIGNALS:
    void nextPressed();
    void backPressed();
    void firstPressed();
    void choicePressed(int choice); // from 0

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isMeant(const QObject* watched, const QKeyEvent& key) const;
    bool takes(const QObject* where, int key) const;
    void press(int key);

    QWidget* m_sheet;
    bool m_isOpen = false, m_predicts = false;
};

} // namespace headlens
