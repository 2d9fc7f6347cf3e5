// SPDX-License-Identifier: GPL-3.0-or-later
// Widgets side by side as long as each stays wide enough, otherwise below each other. Owns them. Window's thread.
#pragma once

#include <QWidget>

#include <vector>

class QGridLayout;

namespace headlens {

class ColumnsBox : public QWidget {
    Q_OBJECT
public:
    static constexpr int kNarrowest = 340; // pixels of a column
    explicit ColumnsBox(QWidget* parent = nullptr);

    void setParts(const std::vector<QWidget*>& parts); // deletes those before
    int columns() const { return m_columns; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    QGridLayout* m_layout;
    std::vector<QWidget*> m_parts;
    int m_columns = 0;
};

} // namespace headlens
