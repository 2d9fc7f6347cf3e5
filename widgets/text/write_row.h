// SPDX-License-Identifier: GPL-3.0-or-later
// Lets the model write from beside the text: how many tokens, stop, and once more. How they are chosen is the pane
// Generation's.
#pragma once

#include <QWidget>

class QPushButton;
class QSpinBox;
class QToolButton;

namespace headlens {

class Writing;

class WriteRow : public QWidget {
    Q_OBJECT
public:
    explicit WriteRow(Writing* writing, QWidget* parent = nullptr);

    QPushButton* button() { return m_write; } // Write; Stop while it writes
    QToolButton* retryButton() { return m_retry; }
    QSpinBox* tokens() { return m_tokens; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void press();
    void retranslate();

    Writing* m_writing;
    QPushButton* m_write;
    QSpinBox* m_tokens;
    QToolButton* m_retry;
};

} // namespace headlens
