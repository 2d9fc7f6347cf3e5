// SPDX-License-Identifier: GPL-3.0-or-later
// The choices of a question that is answered before the numbers are shown.
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace headlens {

class LessonPrediction : public QWidget {
    Q_OBJECT
public:
    explicit LessonPrediction(QWidget* parent = nullptr);

    // `chosen`: -1: none yet. `right`: nothing: not known yet; -1: no choice is. It is not shown before one is chosen.
    void setState(const QStringList& choices, int chosen, std::optional<int> right);
    QStringList choices() const { return m_choices; }
    QString verdict() const; // empty before a choice
    void choose(int index);  // as a click on it

Q_SIGNALS:
    void chosen(int index);
    void grown(); // there are new buttons

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void makeRows();
    void tell();

    QGridLayout* m_rows;
    QLabel* m_verdict;
    std::vector<QPushButton*> m_buttons;
    std::vector<QLabel*> m_names;
    QStringList m_choices;
    int m_chosen = -1;
    std::optional<int> m_right;
};

} // namespace headlens
