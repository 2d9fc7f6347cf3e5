// SPDX-License-Identifier: GPL-3.0-or-later
// One line above the canvas for what went wrong or deserves a word; never a dialog.
#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace headlens {

class MessageBar : public QFrame {
    Q_OBJECT
public:
    enum class Kind { Info, Warning, Problem };
    explicit MessageBar(QWidget* parent = nullptr);

    // Info hides itself after six seconds; the others stay until closed or replaced.
    void say(Kind kind, const QString& text);
    // With a button that does `act` and takes the message away.
    void offer(Kind kind, const QString& text, const QString& button, std::function<void()> act);
    QString text() const;
    void withdrawProblem();             // what went wrong has been followed by something that went right
    void withdraw(const QString& text); // if that is what it says

protected:
    void changeEvent(QEvent* event) override;

private:
    QLabel *m_icon, *m_text;
    QPushButton* m_offer;
    QToolButton* m_close;
    std::function<void()> m_act;
    class QTimer* m_timer;
    Kind m_kind = Kind::Info;
};

} // namespace headlens
