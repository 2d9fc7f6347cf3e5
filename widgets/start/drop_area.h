// SPDX-License-Identifier: GPL-3.0-or-later
// A large calm place to drop things on: a dashed frame that lights up while something is held over it.
#pragma once

#include <QMimeData>
#include <QWidget>

namespace headlens {

class DropArea : public QWidget {
    Q_OBJECT
public:
    explicit DropArea(QWidget* parent = nullptr);

    bool isLit() const { return m_isLit; }

Q_SIGNALS:
    void dropped(const QMimeData* what);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void light(bool lit);

    bool m_isLit = false;
};

} // namespace headlens
