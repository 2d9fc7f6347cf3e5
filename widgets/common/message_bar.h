// SPDX-License-Identifier: GPL-3.0-or-later
// One line above the canvas for what went wrong or deserves a word; never a dialog.
#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace headlens {

class MessageBar : public QFrame {
    Q_OBJECT
public:
    enum class Kind { Info, Warning, Problem };
    explicit MessageBar(QWidget* parent = nullptr);

    // Info hides itself after six seconds; the others stay until closed or replaced.
    void say(Kind kind, const QString& text);
    QString text() const;
    void withdrawProblem(); // what went wrong has been followed by something that went right

protected:
    void changeEvent(QEvent* event) override;

private:
    QLabel *m_icon, *m_text;
    QToolButton* m_close;
    class QTimer* m_timer;
    Kind m_kind = Kind::Info;
};

} // namespace headlens
