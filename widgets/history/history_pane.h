// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of undo and redo as a list: a click goes back to one of them, or forward again.
#pragma once

#include <QUndoView>

namespace headlens {

class HistoryPane : public QUndoView {
    Q_OBJECT
public:
    explicit HistoryPane(QWidget* parent = nullptr); // shows the stack that setStack() is given

    QSize sizeHint() const override { return {220, 160}; }
    QSize minimumSizeHint() const override { return {120, 60}; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
};

} // namespace headlens
